//! Which checks missing rights stop, and which single grant frees most of them.

use super::super::Way;
use super::super::check::stopped_by;
use super::super::need::{Asked, Need};
use super::super::right::Right;
use super::Unlock;

/// Every check that at least one missing right stops, in the catalogue's order.
pub(super) fn blocked(asked: &Asked, missing: &[&Need]) -> Vec<&'static str> {
    let mut blocked: Vec<&'static str> = Vec::new();
    for check in missing.iter().flat_map(|need| stopped_by(asked, need)) {
        if !blocked.contains(&check) {
            blocked.push(check);
        }
    }
    blocked
}

/// The grant that frees most. Where no grant on one group frees any check, because a check reads every workspace, the
/// same role on all its groups counts as one.
pub(super) fn best(asked: &Asked, missing: &[&Need]) -> Option<Unlock> {
    let grantable: Vec<&&Need> = missing.iter().filter(|need| can_be_granted(asked, need)).collect();
    let single = grantable.iter().map(|need| vec![**need]);
    let together = grantable.iter().map(|need| same_right(need, &grantable));
    pick(asked, missing, single).or_else(|| pick(asked, missing, together))
}

fn same_right<'a>(need: &Need, all: &[&&'a Need]) -> Vec<&'a Need> {
    all.iter().filter(|one| one.right == need.right).map(|one| **one).collect()
}

/// The first of those that free most.
fn pick<'a>(asked: &Asked, missing: &[&Need], grants: impl Iterator<Item = Vec<&'a Need>>) -> Option<Unlock> {
    let mut best: Option<Unlock> = None;
    for grant in grants {
        let checks = freed(asked, missing, &grant);
        if checks.len() > best.as_ref().map_or(0, |best| best.checks.len()) {
            let scopes: Vec<String> = grant.iter().map(|need| need.reach.text()).collect();
            let permission = grant.first().map_or("", |need| need.permission()).to_owned();
            best = Some(Unlock { permission, scope: scopes.join(", "), checks });
        }
    }
    best
}

/// Checks that nothing else stops.
fn freed(asked: &Asked, missing: &[&Need], grant: &[&Need]) -> Vec<&'static str> {
    let rest: Vec<&Need> = missing.iter().filter(|need| !grant.contains(need)).copied().collect();
    let still = blocked(asked, &rest);
    let mut freed: Vec<&'static str> = Vec::new();
    for check in blocked(asked, grant) {
        if !still.contains(&check) {
            freed.push(check);
        }
    }
    freed
}

/// Nobody can add a Graph permission to Azure CLI's token.
fn can_be_granted(asked: &Asked, need: &Need) -> bool {
    asked.way != Way::AzureCli || !matches!(need.right, Right::Graph(_))
}
