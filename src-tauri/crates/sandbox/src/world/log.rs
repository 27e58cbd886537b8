//! Rows of `SecurityIncident` as Log Analytics keeps them: history, one row per change.
//!
//! What matters here is the row from before a merge, since it alone still holds a source's own Graph id.

use super::listing::{Order, Place};
use super::unit::Kind;
use super::view::View;
use crate::moment::{SECOND, Ticks};
use std::ops::Range;

/// The newest row of a Defender incident that is not labelled as merged.
#[derive(Clone, Debug)]
pub struct LogRow {
    pub name: String,
    pub number: u32,
    pub provider: &'static str,
    /// Its own Graph id; of an incident made by API its number.
    pub provider_incident_id: u32,
    pub generated: Ticks,
}

/// Rows come this much later than the change.
const INGESTION: Ticks = 60 * SECOND;

impl View<'_> {
    /// Rows of a workspace's Defender incidents made in `made` that are not labelled as merged, the newest of each
    /// incident, not older than `since`.
    pub fn log_identity(&self, workspace: usize, since: Ticks, made: &Range<Ticks>) -> Vec<LogRow> {
        let all = self.walk(Place::Workspace(workspace), Order::Created, false, None);
        let made = all.filter(|cursor| made.contains(&self.arm_created(cursor.at)));
        made.filter_map(|cursor| self.log_row(cursor.at)).filter(|row| row.generated >= since).collect()
    }

    /// Incidents made in `made`, deleted ones too, in windows of about `size` that never part a second: when each
    /// begins, and how many it has.
    pub fn log_windows(&self, workspace: usize, made: &Range<Ticks>, size: usize) -> Vec<(Ticks, usize)> {
        let all = self.walk_all(Place::Workspace(workspace), Order::Created, false, None);
        let all = all.map(|cursor| self.arm_created(cursor.at)).filter(|at| made.contains(at));
        let seconds: Vec<Ticks> = all.map(|made| made - made.rem_euclid(SECOND)).collect();
        let (mut windows, mut so_far, mut number) = (Vec::<(Ticks, usize)>::new(), 0, None);
        for second in seconds.chunk_by(|one, other| one == other) {
            so_far += second.len();
            let at = (so_far - 1) / size.max(1);
            match windows.last_mut().filter(|_| number == Some(at)) {
                Some(window) => window.1 += second.len(),
                None => windows.push((second[0], second.len())),
            }
            number = Some(at);
        }
        windows
    }

    fn log_row(&self, at: u32) -> Option<LogRow> {
        let unit = self.unit(at);
        let own = match unit.kind {
            Kind::Twin | Kind::Concealed => unit.graph_id,
            Kind::Unproved => unit.number,
            Kind::Sentinel | Kind::ByApi | Kind::Defender => return None,
        };
        // After the merge every row has the label; from before it one may be left.
        let changed = match self.redirect(at) {
            Some(redirect) if redirect.logged => self.arm_created(at),
            Some(_) => return None,
            None => self.arm_changed(at),
        };
        Some(LogRow {
            name: self.name(at).into_owned(),
            number: unit.number,
            provider: self.provider(at).name,
            provider_incident_id: own,
            generated: changed + INGESTION,
        })
    }
}
