//! Alerts, entities, comments and tasks of one incident.

use contract::incident_part as out;
use domain::incident::Api;
use domain::incident::part::{Alert, Comment, Entity, Moment, Task};
use engine::incident::{Part, Parts};

use super::instant;

pub(crate) fn parts(parts: Parts, readable: bool) -> out::IncidentParts {
    out::IncidentParts {
        alerts: out::IncidentAlerts {
            age: age(&parts.alerts),
            items: parts.alerts.items.into_iter().map(alert).collect(),
        },
        entities: out::IncidentEntities {
            age: age(&parts.entities),
            items: parts.entities.items.into_iter().map(entity).collect(),
        },
        comments: out::IncidentComments {
            age: age(&parts.comments),
            items: parts.comments.items.into_iter().map(comment).collect(),
        },
        tasks: out::IncidentTasks {
            age: age(&parts.tasks),
            items: parts.tasks.items.into_iter().map(task).collect(),
            kept: parts.in_sentinel,
        },
        timeline: parts.timeline.into_iter().map(moment).collect(),
        readable,
    }
}

fn age<T>(part: &Part<T>) -> out::PartAge {
    out::PartAge { read_at: part.read_at.map(instant), trouble: part.trouble.clone() }
}

fn alert(alert: Alert) -> out::Alert {
    out::Alert {
        id: alert.id,
        title: alert.title,
        severity: alert.severity.as_str().to_owned(),
        status: alert.status,
        product: alert.product,
        tactics: alert.tactics,
        first: alert.first.map(instant),
        last: alert.last.map(instant),
        teller: teller(Some(alert.api)),
    }
}

fn entity(entity: Entity) -> out::Entity {
    let Entity { kind, name, aliases, api } = entity;
    out::Entity { kind, name, aliases, teller: teller(Some(api)) }
}

fn comment(comment: Comment) -> out::Comment {
    let Comment { text, author, at, api, in_both } = comment;
    out::Comment { text, author, at: at.map(instant), teller: teller(Some(api)), in_both }
}

fn task(task: Task) -> out::Task {
    out::Task {
        title: task.title,
        description: task.description,
        status: task.status.as_str().to_owned(),
        created: task.created.map(instant),
        created_by: task.created_by,
        changed: task.changed.map(instant),
        changed_by: task.changed_by,
    }
}

fn moment(moment: Moment) -> out::TimelineMoment {
    let Moment { at, api, what, text } = moment;
    out::TimelineMoment { at: instant(at), teller: teller(api), what: what.to_owned(), text }
}

fn teller(api: Option<Api>) -> out::Teller {
    match api {
        Some(Api::Graph) => out::Teller::Graph,
        Some(Api::Sentinel | Api::Logs) => out::Teller::Sentinel,
        None => out::Teller::Crosswalk,
    }
}
