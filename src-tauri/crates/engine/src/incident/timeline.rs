//! What happened to one incident, both sides merged: newest first, each moment with who tells it.

use domain::incident::Api;
use domain::incident::part::{Alert, Comment, Moment};
use store::Sides;
use time::OffsetDateTime;

use crate::change::{Change, Outcome};

/// Merges what is kept; what has no time is left out.
pub fn timeline(sides: &Sides, alerts: &[Alert], comments: &[Comment], changes: &[Change]) -> Vec<Moment> {
    let mut all = of_sides(sides);
    all.extend(alerts.iter().flat_map(of_alert));
    all.extend(comments.iter().filter_map(|one| {
        let author = one.author.as_deref().unwrap_or("somebody");
        moment(one.at, Some(one.api), "Comment", format!("{author}: {}", one.text))
    }));
    all.extend(changes.iter().filter(|one| one.outcome == Outcome::Done).map(|one| Moment {
        at: one.at,
        api: None,
        what: "Changed from here",
        text: one.said.clone(),
    }));
    all.sort_by_key(|one| std::cmp::Reverse(one.at));
    all
}

fn of_sides(sides: &Sides) -> Vec<Moment> {
    let sentinel = sides.sentinel.as_ref().map(|told| (Api::Sentinel, told.created, told.modified, None));
    let graph = sides.graph.as_ref().map(|told| {
        (Api::Graph, told.created, told.modified, told.modified_by.as_ref().map(|who| format!("by {who}")))
    });
    let told = sentinel.into_iter().chain(graph);
    told.flat_map(|(api, created, modified, by)| {
        let last = moment(modified, Some(api), "Last change", by.unwrap_or_default());
        moment(created, Some(api), "Incident created", String::new()).into_iter().chain(last)
    })
    .collect()
}

/// A start and an end, or one moment where they are the same.
fn of_alert(alert: &Alert) -> impl Iterator<Item = Moment> {
    let told = |at, what| moment(at, Some(alert.api), what, alert.title.clone());
    let last = alert.last.filter(|last| Some(*last) != alert.first);
    told(alert.first, "First activity of alert").into_iter().chain(told(last, "Last activity of alert"))
}

fn moment(at: Option<OffsetDateTime>, api: Option<Api>, what: &'static str, text: String) -> Option<Moment> {
    Some(Moment { at: at?, api, what, text })
}
