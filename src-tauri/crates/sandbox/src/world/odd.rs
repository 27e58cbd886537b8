//! Chooses the incidents whose text is planted: hostile titles, distinctive titles, one unknown severity.

use super::facts::Oddity;
use super::merge::Redirects;
use super::template::{DISTINCTIVE, HOSTILE};
use super::unit::{Kind, Unit};
use std::collections::BTreeMap;

/// Planted texts by position. None of them is on a redirected source.
pub type Oddities = BTreeMap<u32, Oddity>;

/// Worlds smaller than this have distinctive titles only.
const ROOM_FOR_HOSTILE: usize = 200;

/// Spreads the oddities over what ARM shows.
pub fn plant(units: &[Unit], redirects: &Redirects) -> Oddities {
    let shown: Vec<u32> = (0..)
        .zip(units)
        .filter(|(at, unit)| unit.kind.in_arm() && !redirects.contains_key(at))
        .map(|(at, _)| at)
        .collect();
    let wanted = wanted(shown.len());
    let stride = shown.len() / wanted.len().max(1);
    let mut odd: Oddities =
        wanted.into_iter().enumerate().map(|(k, what)| (shown[k * stride], what)).collect();
    unknown_severity(units, &shown, &mut odd);
    odd
}

fn wanted(shown: usize) -> Vec<Oddity> {
    let hostile = if shown < ROOM_FOR_HOSTILE { 0 } else { HOSTILE.len() };
    let distinctive = DISTINCTIVE.len().min(shown);
    // The hostile ones go last: they are among the newest, where a list begins.
    (0..distinctive).map(Oddity::Distinctive).chain((0..hostile).map(Oddity::Hostile)).collect()
}

/// On an incident of Sentinel alone: no Graph enum is involved.
fn unknown_severity(units: &[Unit], shown: &[u32], odd: &mut Oddities) {
    if shown.len() < ROOM_FOR_HOSTILE {
        return;
    }
    let plain = |at: &&u32| {
        matches!(units[**at as usize].kind, Kind::Sentinel | Kind::ByApi) && !odd.contains_key(at)
    };
    if let Some(at) = shown.iter().rev().find(plain) {
        odd.insert(*at, Oddity::UnknownSeverity);
    }
}
