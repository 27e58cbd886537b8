//! The queue and one incident.

use contract::change::IncidentCan;
use contract::incident as out;
use domain::change::route;
use domain::incident::queue;
use engine::incident as engine;
use time::{Date, Duration, OffsetDateTime};

use super::instant;

pub(crate) fn filter(asked: out::IncidentFilter, now: OffsetDateTime) -> queue::Filter {
    let day = asked.updated_day.as_deref().map(day_of);
    let since = asked.updated_hours.map(|hours| now - Duration::hours(hours.into()));
    queue::Filter {
        text: asked.text,
        severity: asked.severity,
        status: asked.status,
        workspace: asked.workspace,
        presence: asked.presence.into_iter().map(presence_in).collect(),
        redirected: asked.redirected,
        owner: asked.owner,
        target: asked.target,
        tag: asked.tag,
        classification: asked.classification,
        product: asked.product,
        owner_differs: asked.owner_differs,
        updated_since: since.max(day.map(|(from, _)| from)),
        updated_until: day.map(|(_, until)| until),
    }
}

/// A UTC day's start and end; a text that is no day is one that nothing happened on.
fn day_of(text: &str) -> (OffsetDateTime, OffsetDateTime) {
    let format = time::macros::format_description!("[year]-[month]-[day]");
    let start =
        Date::parse(text, format).map_or(OffsetDateTime::UNIX_EPOCH, |day| day.midnight().assume_utc());
    (start, start + Duration::DAY)
}

pub(crate) fn group(asked: out::IncidentGroup) -> queue::Group {
    use out::IncidentGroup as From;
    use queue::Group as To;
    match asked {
        From::Severity => To::Severity,
        From::Status => To::Status,
        From::Owner => To::Owner,
        From::Workspace => To::Workspace,
        From::Presence => To::Presence,
        From::Target => To::Target,
        From::Day => To::Day,
    }
}

/// Groups in one answer.
const MOST_GROUPS: usize = 1_000;

pub(crate) fn groups(counts: Vec<queue::Count>) -> out::IncidentGroups {
    out::IncidentGroups {
        total: counts.len() as u64,
        groups: counts
            .into_iter()
            .take(MOST_GROUPS)
            .map(|(value, count)| out::FacetValue { value, count })
            .collect(),
    }
}

pub(crate) fn sort(asked: out::Sort) -> queue::Sort {
    use out::SortColumn as From;
    use queue::Column as To;
    let column = match asked.column {
        From::Severity => To::Severity,
        From::Title => To::Title,
        From::Status => To::Status,
        From::Owner => To::Owner,
        From::Number => To::Number,
        From::Workspace => To::Workspace,
        From::Created => To::Created,
        From::Updated => To::Updated,
        From::Alerts => To::Alerts,
    };
    queue::Sort { column, descending: asked.descending }
}

/// `no_change` is why the session writes nothing.
pub(crate) fn page(page: queue::Page, no_change: Option<&str>) -> out::IncidentPage {
    out::IncidentPage {
        rows: page.rows.into_iter().map(|one| row(one, no_change)).collect(),
        total: page.total,
        of: page.of,
        unindexed: page.unindexed,
        with_entities: page.with_entities,
    }
}

fn row(row: queue::Row, no_change: Option<&str>) -> out::IncidentRow {
    out::IncidentRow {
        can: can(&row, no_change),
        key: row.key,
        sentinel_id: row.sentinel_id,
        graph_id: row.graph_id,
        number: row.number,
        workspace: row.workspace,
        title: row.title,
        severity: row.severity,
        status: row.status,
        owner: row.owner,
        alerts: row.alerts,
        tags: row.tags,
        created: row.created.map(instant),
        updated: row.updated.map(instant),
        presence: presence_out(row.presence),
        redirected: row.redirected,
        target: row.target,
        unresolved_reason: row.unresolved,
        absorbed: row.absorbed,
    }
}

/// What the incident forbids is told first: no tier changes that.
fn can(row: &queue::Row, no_change: Option<&str>) -> IncidentCan {
    let refused = |why: &str| IncidentCan { change: None, why_not: Some(why.to_owned()) };
    match (route(row), no_change) {
        (Err(why), _) => refused(&why),
        (Ok(_), Some(why)) => refused(why),
        (Ok(api), None) => IncidentCan { change: super::change::api(api), why_not: None },
    }
}

pub(crate) fn facets(facets: queue::Facets) -> out::IncidentFacets {
    let values = |counts: Vec<queue::Count>| {
        counts.into_iter().map(|(value, count)| out::FacetValue { value, count }).collect()
    };
    out::IncidentFacets {
        severity: values(facets.severity),
        status: values(facets.status),
        workspace: values(facets.workspace),
        presence: values(facets.presence),
        classification: values(facets.classification),
        product: values(facets.product),
        tag: values(facets.tag),
        redirected: facets.redirected,
        owner_differs: facets.owner_differs,
        strip: facets
            .strip
            .into_iter()
            .map(|bucket| out::StripBucket {
                from: instant(bucket.from),
                count: bucket.count,
                redirected: bucket.redirected,
            })
            .collect(),
    }
}

pub(crate) fn detail(detail: engine::Detail, no_change: Option<&str>) -> out::IncidentDetail {
    out::IncidentDetail {
        row: row(detail.row, no_change),
        sentinel: detail.sentinel.map(side),
        graph: detail.graph.map(side),
        compare: detail.compare.into_iter().map(compare).collect(),
        listed: detail.listed.map(|one| out::IncidentListed { at: instant(one.at), held: one.held }),
        portals: detail.portals.into_iter().map(portal_out).collect(),
    }
}

fn side(side: engine::Side) -> out::IncidentSide {
    out::IncidentSide {
        read_at: instant(side.body.read_at),
        request: side.body.request,
        raw: side.pretty,
        description: side.description,
        portal: side.portal,
    }
}

fn compare(row: engine::CompareRow) -> out::CompareRow {
    out::CompareRow {
        field: row.field.to_owned(),
        sentinel: row.sentinel,
        graph: row.graph,
        relation: match row.relation {
            engine::Relation::Same => out::Relation::Same,
            engine::Relation::Documented => out::Relation::Documented,
            engine::Relation::Differs => out::Relation::Differs,
            engine::Relation::OneSided => out::Relation::OneSided,
        },
        reason: row.reason,
    }
}

fn presence_out(presence: queue::Presence) -> out::Presence {
    use queue::Presence as From;
    match presence {
        From::Both => out::Presence::Both,
        From::SentinelOnly => out::Presence::SentinelOnly,
        From::TwinNotProved => out::Presence::TwinNotProved,
        From::TwinMissing => out::Presence::TwinMissing,
        From::DefenderNotRead => out::Presence::DefenderNotRead,
        From::DefenderOnly => out::Presence::DefenderOnly,
    }
}

fn presence_in(presence: out::Presence) -> queue::Presence {
    use queue::Presence as To;
    match presence {
        out::Presence::Both => To::Both,
        out::Presence::SentinelOnly => To::SentinelOnly,
        out::Presence::TwinNotProved => To::TwinNotProved,
        out::Presence::TwinMissing => To::TwinMissing,
        out::Presence::DefenderNotRead => To::DefenderNotRead,
        out::Presence::DefenderOnly => To::DefenderOnly,
    }
}

fn portal_out(portal: engine::Portal) -> out::Portal {
    match portal {
        engine::Portal::Defender => out::Portal::Defender,
        engine::Portal::Azure => out::Portal::Azure,
    }
}

pub(crate) fn portal_in(portal: out::Portal) -> engine::Portal {
    match portal {
        out::Portal::Defender => engine::Portal::Defender,
        out::Portal::Azure => engine::Portal::Azure,
    }
}
