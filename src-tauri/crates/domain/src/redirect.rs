//! Where a merged incident went: sources, hops, ends, and how each is known.
//!
//! A merge closes the source and moves its alerts into a target; the target may be merged in turn. Graph names the
//! next hop, ARM (as posted from the field) the target. Chains are followed over what was read, in linear time and
//! without recursion. Never here: inference from alerts, a join by title or time, a guess presented as an answer.

use std::collections::HashMap;

mod chain;

pub use chain::{End, Ends, Fate, Follower, Step};

/// What is known of a Graph incident.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Seen {
    /// Read, and holds its own alerts.
    Live,
    /// Read as `redirected`; `gone` when Graph has since answered 404, so only the earlier reading tells.
    Redirected { next: Option<String>, gone: bool },
    /// Graph answered 404: no right to see it, or older than its retention.
    Missing,
}

/// A merged incident as ARM tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArmSource {
    pub sentinel_id: String,
    pub workspace: String,
    pub number: i64,
    /// `providerIncidentId`: the target, or still the incident's own id.
    pub provider_id: Option<String>,
    /// Its own Graph id, from a reading before the merge.
    pub graph_id: Option<String>,
}

/// An ARM incident that is the twin of a Graph incident.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    pub sentinel_id: String,
    pub workspace: String,
    pub number: i64,
}

/// All that was read, ready to be followed.
#[derive(Clone, Debug, Default)]
pub struct Readings {
    pub sources: Vec<ArmSource>,
    /// By Graph id. An id that is not here was never read.
    pub graph: HashMap<String, Seen>,
    /// By the Graph id they carry.
    pub holders: HashMap<String, Vec<Holder>>,
    /// Whether fetching stopped at its bound: an unread end is then [`Unresolved::ChainTooLong`].
    pub cut_off: bool,
    /// Whether Graph was listed in part only: then ARM's own twin tells of an unread end, where the source's workspace
    /// holds one, and Graph is asked for the other ends alone.
    pub in_part: bool,
}

/// Which reading the end rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KnownBy {
    Graph,
    Arm,
    /// Both, and they end at the same incident.
    Both,
    /// Both, and they end apart; Graph's end is shown.
    Disagree,
    /// Neither tells it any more; an earlier reading did.
    Earlier,
}

impl KnownBy {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Graph => "graph",
            Self::Arm => "arm",
            Self::Both => "both",
            Self::Disagree => "disagree",
            Self::Earlier => "earlier",
        }
    }
}

/// Why a source has no target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unresolved {
    Cycle,
    TargetNotVisible,
    OtherWorkspace,
    ChainTooLong,
    /// Its id is known; Graph was read in part only, and not asked for it yet.
    TargetNotRead,
}

impl Unresolved {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Cycle => "cycle",
            Self::TargetNotVisible => "target_not_visible",
            Self::OtherWorkspace => "other_workspace",
            Self::ChainTooLong => "chain_too_long",
            Self::TargetNotRead => "target_not_read",
        }
    }
}

/// The incident that holds the alerts now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    pub graph_id: String,
    pub twin: Option<Holder>,
}

/// One redirected source and its end. Ids that are not proved to be the same incident's stay apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redirect {
    pub sentinel_id: Option<String>,
    pub graph_id: Option<String>,
    pub number: Option<i64>,
    pub workspace: Option<String>,
    /// The Graph id that the first hop leads to, where one is named.
    pub next: Option<String>,
    pub outcome: Result<Target, Unresolved>,
    /// The last id that was named, whether or not it could be read.
    pub last: Option<String>,
    /// Redirects followed.
    pub hops: u32,
    pub known_by: KnownBy,
}

/// One row per redirected source: ARM's first, then those that only Graph shows.
pub fn resolve(readings: &Readings) -> Vec<Redirect> {
    let follower = Follower::new(&readings.graph);
    let claimed = claimed(readings);
    let arm = readings.sources.iter().map(|source| from_arm(readings, &follower, source));
    let mut alone: Vec<&String> = readings
        .graph
        .iter()
        .filter(|(id, seen)| matches!(seen, Seen::Redirected { .. }) && !claimed.contains(id.as_str()))
        .map(|(id, _)| id)
        .collect();
    alone.sort();
    arm.chain(alone.into_iter().map(|id| from_graph(readings, &follower, id))).collect()
}

/// Graph ids that are a source's of ARM.
fn claimed(readings: &Readings) -> std::collections::HashSet<&str> {
    readings.sources.iter().filter_map(|source| source.graph_id.as_deref()).collect()
}

/// The ids at which chains stop because nobody read them yet, once each.
pub fn unread(readings: &Readings) -> Vec<String> {
    let follower = Follower::new(&readings.graph);
    let end = |start: &str| match follower.follow(start).0 {
        End::Unread(id) => Some(id.to_owned()),
        _ => None,
    };
    let redirected = |id: &str| matches!(readings.graph.get(id), Some(Seen::Redirected { .. }));
    let told = |source: &ArmSource, id: &str| {
        let holders = readings.holders.get(id).map(Vec::as_slice).unwrap_or_default();
        readings.in_part && holders.iter().any(|holder| holder.workspace == source.workspace)
    };
    let of_sources = readings.sources.iter().flat_map(|source| {
        let own = source.graph_id.as_deref().filter(|id| redirected(id));
        let starts = [source.provider_id.as_deref(), own].into_iter().flatten();
        starts.filter_map(end).filter(|id| !told(source, id)).collect::<Vec<_>>()
    });
    let claimed = claimed(readings);
    let alone = readings.graph.keys().filter(|id| redirected(id) && !claimed.contains(id.as_str()));
    let mut ids: Vec<String> = of_sources.chain(alone.filter_map(|id| end(id))).collect();
    ids.sort();
    ids.dedup();
    ids
}

fn from_graph(readings: &Readings, follower: &Follower, id: &str) -> Redirect {
    let (end, hops) = follower.follow(id);
    let (next, gone) = hop(readings, id);
    Redirect {
        sentinel_id: None,
        graph_id: Some(id.to_owned()),
        number: None,
        workspace: None,
        next,
        outcome: outcome(readings, &end, None),
        last: end.last().map(str::to_owned),
        hops,
        known_by: if gone { KnownBy::Earlier } else { KnownBy::Graph },
    }
}

fn from_arm(readings: &Readings, follower: &Follower, source: &ArmSource) -> Redirect {
    let own = source
        .graph_id
        .as_deref()
        .filter(|id| matches!(readings.graph.get(*id), Some(Seen::Redirected { .. })));
    let named = source.provider_id.as_deref().filter(|id| Some(*id) != source.graph_id.as_deref());
    let by_graph = own.map(|id| follower.follow(id));
    let by_arm = named.map(|id| {
        let (end, hops) = follower.follow(id);
        (end, hops + 1)
    });
    let gone = own.is_some_and(|id| hop(readings, id).1);
    let known_by = match (&by_graph, &by_arm) {
        (Some(graph), Some(arm)) if graph.0 == arm.0 => KnownBy::Both,
        (Some(_), Some(_)) => KnownBy::Disagree,
        (Some(_), None) if gone => KnownBy::Earlier,
        (Some(_), None) => KnownBy::Graph,
        (None, _) => KnownBy::Arm,
    };
    let (end, hops) = by_graph.or(by_arm).unwrap_or((End::Nowhere, 0));
    Redirect {
        sentinel_id: Some(source.sentinel_id.clone()),
        graph_id: source.graph_id.clone(),
        number: Some(source.number),
        workspace: Some(source.workspace.clone()),
        next: own.and_then(|id| hop(readings, id).0).or_else(|| named.map(str::to_owned)),
        outcome: outcome(readings, &end, Some(&source.workspace)),
        last: end.last().map(str::to_owned),
        hops,
        known_by,
    }
}

fn hop(readings: &Readings, id: &str) -> (Option<String>, bool) {
    match readings.graph.get(id) {
        Some(Seen::Redirected { next, gone }) => (next.clone(), *gone),
        _ => (None, false),
    }
}

fn outcome(readings: &Readings, end: &End, workspace: Option<&str>) -> Result<Target, Unresolved> {
    let holders = |id: &str| readings.holders.get(id).map(Vec::as_slice).unwrap_or_default();
    let here =
        |id: &str| holders(id).iter().find(|holder| Some(holder.workspace.as_str()) == workspace).cloned();
    match end {
        End::Live(id) => {
            Ok(Target { graph_id: (*id).to_owned(), twin: here(id).or_else(|| holders(id).first().cloned()) })
        }
        End::Missing(id) if workspace.is_some() && here(id).is_none() && !holders(id).is_empty() => {
            Err(Unresolved::OtherWorkspace)
        }
        End::Unread(id) if readings.in_part && here(id).is_some() => {
            Ok(Target { graph_id: (*id).to_owned(), twin: here(id) })
        }
        End::Unread(_) if readings.cut_off => Err(Unresolved::ChainTooLong),
        End::Unread(_) if readings.in_part => Err(Unresolved::TargetNotRead),
        // Graph was not asked (no right, or not synced); ARM's own twin in the same workspace still tells.
        End::Unread(id) => here(id)
            .map(|twin| Target { graph_id: (*id).to_owned(), twin: Some(twin) })
            .ok_or(Unresolved::TargetNotVisible),
        End::Missing(_) | End::Nowhere => Err(Unresolved::TargetNotVisible),
        End::Cycle(_) => Err(Unresolved::Cycle),
    }
}

#[cfg(test)]
mod tests;
