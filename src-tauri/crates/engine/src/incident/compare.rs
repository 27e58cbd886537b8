//! Both tellings, field by field: equal, different as documented, or different without a reason.

use domain::incident::queue::Row;
use domain::incident::{GraphIncident, SentinelIncident, Status};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// How the two values of a field stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    Same,
    /// Differs as Microsoft documents.
    Documented,
    Differs,
    /// Only one side has the field, or only one side was read.
    OneSided,
}

/// One field of both sides.
#[derive(Clone, Debug, PartialEq)]
pub struct CompareRow {
    pub field: &'static str,
    pub sentinel: Option<String>,
    pub graph: Option<String>,
    pub relation: Relation,
    pub reason: Option<String>,
}

/// Compares what was read. With one side alone every row is one-sided.
pub fn compare(
    row: &Row,
    sentinel: Option<&SentinelIncident>,
    graph: Option<&GraphIncident>,
) -> Vec<CompareRow> {
    let both = sentinel.is_some() && graph.is_some();
    let mut rows = identity(row, sentinel, graph);
    rows.extend(state(sentinel, graph));
    rows.extend(rest(sentinel, graph));
    if !both {
        for row in &mut rows {
            row.relation = Relation::OneSided;
            row.reason = None;
        }
    }
    rows.retain(|row| row.sentinel.is_some() || row.graph.is_some());
    rows
}

fn identity(
    row: &Row,
    sentinel: Option<&SentinelIncident>,
    graph: Option<&GraphIncident>,
) -> Vec<CompareRow> {
    let number = sentinel.map(|told| told.number.to_string());
    let id = graph.map(|told| told.graph_id.clone());
    let mut rows = vec![documented("Id", number, id, "Sentinel counts per workspace, Defender per tenant.")];
    if row.redirected {
        let named =
            sentinel.filter(|told| told.is_redirected()).and_then(|told| told.provider_incident_id.clone());
        let next = graph.and_then(|told| told.redirect_incident_id.clone());
        let ends =
            row.target.as_ref().map_or_else(String::new, |target| format!(" The chain ends at {target}."));
        rows.push(documented(
            "Points to",
            named,
            next,
            &format!("Sentinel names the target, Graph the next hop.{ends}"),
        ));
    }
    rows
}

fn state(sentinel: Option<&SentinelIncident>, graph: Option<&GraphIncident>) -> Vec<CompareRow> {
    let status = match (sentinel, graph) {
        (Some(s), Some(g)) => {
            let reason = status_reason(&s.status, &g.status);
            by_reason("Status", s.status.as_str(), g.status.as_str(), reason)
        }
        _ => one("Status", sentinel.map(|s| s.status.as_str()), graph.map(|g| g.status.as_str())),
    };
    vec![
        plain("Title", sentinel.map(|s| s.title.clone()), graph.map(|g| g.title.clone()), TITLE),
        status,
        plain(
            "Severity",
            sentinel.map(|s| s.severity.as_str().to_owned()),
            graph.map(|g| g.severity.as_str().to_owned()),
            None,
        ),
        tags(sentinel, graph),
        plain("Owner", sentinel.and_then(|s| s.owner.clone()), graph.and_then(|g| g.owner.clone()), None),
    ]
}

/// <https://learn.microsoft.com/azure/sentinel/move-to-defender>
const TITLE: Option<&str> =
    Some("Defender's correlation may rename an incident; Sentinel keeps the first alert's name.");

fn rest(sentinel: Option<&SentinelIncident>, graph: Option<&GraphIncident>) -> Vec<CompareRow> {
    vec![
        documented(
            "Alerts",
            sentinel.and_then(|s| s.alerts).map(|n| n.to_string()),
            graph.and_then(|g| g.alerts).map(|n| n.to_string()),
            "Graph lists alerts only where they are asked for.",
        ),
        classification(sentinel, graph),
        documented(
            "Provider",
            sentinel.and_then(|s| s.provider_name.clone()),
            None,
            "Graph has no such field.",
        ),
        documented(
            "Changed by",
            None,
            graph.and_then(|g| g.modified_by.clone()),
            "Sentinel has no such field.",
        ),
        times("Created", sentinel.and_then(|s| s.created), graph.and_then(|g| g.created)),
        times("Changed", sentinel.and_then(|s| s.modified), graph.and_then(|g| g.modified)),
    ]
}

/// <https://learn.microsoft.com/azure/sentinel/microsoft-365-defender-sentinel-integration>
fn status_reason(sentinel: &Status, graph: &Status) -> Option<&'static str> {
    match (sentinel, graph) {
        (Status::Closed, Status::Redirected) => {
            Some("A merge closes the source in Sentinel and redirects it in Defender.")
        }
        (Status::New | Status::Active, Status::Active | Status::InProgress | Status::AwaitingAction) => {
            Some("Sentinel's New and Active are Defender's active and in progress.")
        }
        _ => None,
    }
}

fn tags(sentinel: Option<&SentinelIncident>, graph: Option<&GraphIncident>) -> CompareRow {
    let joined = |tags: &[String]| if tags.is_empty() { "none".to_owned() } else { tags.join(", ") };
    let merged = sentinel.is_some_and(SentinelIncident::is_redirected);
    let reason =
        merged.then_some("A merge moves the tags to the target and leaves `Redirected` on the source.");
    plain("Tags", sentinel.map(|s| joined(&s.labels)), graph.map(|g| joined(&g.tags)), reason)
}

fn classification(sentinel: Option<&SentinelIncident>, graph: Option<&GraphIncident>) -> CompareRow {
    let (left, right) =
        (sentinel.and_then(|s| s.classification.clone()), graph.and_then(|g| g.classification.clone()));
    let pair = (left.as_deref().map(str::to_ascii_lowercase), right.as_deref().map(str::to_ascii_lowercase));
    let same_meaning = matches!(
        (pair.0.as_deref(), pair.1.as_deref()),
        (Some("undetermined") | None, Some("unknown"))
            | (Some("benignpositive"), Some("informationalexpectedactivity"))
    );
    let reason = same_meaning.then_some("The two portals name this classification differently.");
    plain("Classification", left, right, reason)
}

/// Sync between the two takes minutes, so times that lie close are one event.
const LAG: time::Duration = time::Duration::minutes(10);

fn times(field: &'static str, left: Option<OffsetDateTime>, right: Option<OffsetDateTime>) -> CompareRow {
    let text = |at: Option<OffsetDateTime>| at.and_then(|at| at.format(&Rfc3339).ok());
    let close = left.zip(right).is_some_and(|(left, right)| (left - right).abs() <= LAG);
    let reason = close.then_some("The two sides are brought in line within minutes.");
    plain(field, text(left), text(right), reason)
}

fn plain(
    field: &'static str,
    left: Option<String>,
    right: Option<String>,
    reason: Option<&str>,
) -> CompareRow {
    let relation = match (&left, &right) {
        (None, None) => Relation::Same,
        (Some(l), Some(r)) if l.eq_ignore_ascii_case(r) => Relation::Same,
        _ if reason.is_some() => Relation::Documented,
        _ => Relation::Differs,
    };
    let told = match relation {
        Relation::Documented => reason.map(str::to_owned),
        Relation::Differs => Some("Differs without a documented reason.".to_owned()),
        _ => None,
    };
    CompareRow { field, sentinel: left, graph: right, relation, reason: told }
}

fn documented(field: &'static str, left: Option<String>, right: Option<String>, reason: &str) -> CompareRow {
    plain(field, left, right, Some(reason))
}

fn by_reason(field: &'static str, left: &str, right: &str, reason: Option<&'static str>) -> CompareRow {
    plain(field, Some(left.to_owned()), Some(right.to_owned()), reason)
}

fn one(field: &'static str, left: Option<&str>, right: Option<&str>) -> CompareRow {
    plain(field, left.map(str::to_owned), right.map(str::to_owned), None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_documented_difference_is_not_an_alarm() {
        let merged =
            by_reason("Status", "closed", "redirected", status_reason(&Status::Closed, &Status::Redirected));
        assert_eq!(merged.relation, Relation::Documented);
        let odd = by_reason("Status", "closed", "active", status_reason(&Status::Closed, &Status::Active));
        assert_eq!(odd.relation, Relation::Differs);
    }

    #[test]
    fn equal_values_need_no_reason() {
        let row = plain("Severity", Some("High".into()), Some("high".into()), Some("whatever"));
        assert_eq!((row.relation, row.reason), (Relation::Same, None));
    }

    #[test]
    fn times_within_the_lag_are_one_event() {
        let at = time::macros::datetime!(2026-11-24 08:00 UTC);
        assert_eq!(times("Changed", Some(at), Some(at + LAG)).relation, Relation::Documented);
        assert_eq!(times("Changed", Some(at), Some(at + LAG * 2)).relation, Relation::Differs);
    }
}
