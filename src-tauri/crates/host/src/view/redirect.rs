//! Chains and their proof.

use contract::redirect as out;
use engine::StoredRedirect;
use engine::redirect as engine;

use super::instant;

pub(crate) fn list(tree: engine::Tree) -> out::RedirectList {
    let unresolved: Vec<out::RedirectRow> =
        tree.unresolved.into_iter().map(|stored| row(engine::Source { stored, depth: 1 })).collect();
    let groups: Vec<out::RedirectGroup> = tree.groups.into_iter().filter_map(group).collect();
    let rows = || unresolved.iter().chain(groups.iter().flat_map(|group| &group.rows));
    let resolved = rows().filter(|row| row.target.is_some()).count() as u64;
    let sources = rows().count() as u64;
    let known_by = known_by_counts(rows());
    out::RedirectList { unresolved, groups, sources, resolved, known_by }
}

fn known_by_counts<'a>(rows: impl Iterator<Item = &'a out::RedirectRow>) -> Vec<(out::KnownBy, u64)> {
    let mut counts: Vec<(out::KnownBy, u64)> = Vec::new();
    for row in rows {
        match counts.iter_mut().find(|(known, _)| *known == row.known_by) {
            Some((_, count)) => *count += 1,
            None => counts.push((row.known_by, 1)),
        }
    }
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts
}

fn group(group: engine::Group) -> Option<out::RedirectGroup> {
    let target = target(&group.sources.first()?.stored)?;
    Some(out::RedirectGroup { target, rows: group.sources.into_iter().map(row).collect() })
}

fn target(stored: &StoredRedirect) -> Option<out::TargetRef> {
    let shown = stored.target_shown.clone();
    Some(out::TargetRef {
        sentinel_id: stored.target_sentinel_id.clone(),
        graph_id: stored.target.clone()?,
        number: stored.target_number,
        workspace: stored.target_workspace.clone(),
        title: shown.title,
        severity: shown.severity,
        alerts: shown.alerts,
    })
}

fn row(source: engine::Source) -> out::RedirectRow {
    let stored = source.stored;
    out::RedirectRow {
        target: target(&stored),
        named: stored.last.clone().filter(|_| stored.target.is_none()),
        reason: engine::reason(&stored),
        unresolved_reason: stored.unresolved.as_deref().map(unresolved),
        known_by: known_by(&stored.known_by),
        key: stored.key,
        sentinel_id: stored.sentinel_id,
        graph_id: stored.graph_id,
        number: stored.number,
        workspace: stored.workspace,
        title: stored.shown.title,
        severity: stored.shown.severity,
        merged: stored.shown.updated.map(instant),
        hops: stored.hops,
        depth: source.depth,
    }
}

pub(crate) fn known_by(word: &str) -> out::KnownBy {
    match word {
        "graph" => out::KnownBy::Graph,
        "both" => out::KnownBy::Both,
        "disagree" => out::KnownBy::Disagree,
        "earlier" => out::KnownBy::Earlier,
        _ => out::KnownBy::Arm,
    }
}

pub(crate) fn unresolved(word: &str) -> out::UnresolvedReason {
    match word {
        "cycle" => out::UnresolvedReason::Cycle,
        "other_workspace" => out::UnresolvedReason::OtherWorkspace,
        "chain_too_long" => out::UnresolvedReason::ChainTooLong,
        "target_not_read" => out::UnresolvedReason::TargetNotRead,
        _ => out::UnresolvedReason::TargetNotVisible,
    }
}

pub(crate) fn proof(proof: engine::Proof) -> out::RedirectProof {
    out::RedirectProof {
        row: row(proof.source),
        statement: proof.statement,
        evidence: proof.evidence.into_iter().map(evidence).collect(),
        path: proof.path,
    }
}

pub(crate) fn evidence(evidence: engine::Evidence) -> out::Evidence {
    out::Evidence {
        source: evidence.source.to_owned(),
        request: evidence.request,
        read_at: evidence.read_at.map(instant),
        path: evidence.path,
        lines: evidence
            .lines
            .into_iter()
            .map(|line| out::EvidenceLine { number: line.number, text: line.text, hit: line.hit })
            .collect(),
    }
}
