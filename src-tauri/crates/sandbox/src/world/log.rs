//! Rows of `SecurityIncident` as Log Analytics keeps them: history, one row per change.
//!
//! What matters here is the row from before a merge, since it alone still holds a source's own Graph id.

use super::listing::{Order, Place};
use super::unit::Kind;
use super::view::View;
use crate::moment::{SECOND, Ticks};

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
    /// Rows of a workspace's Defender incidents that are not labelled as merged, the newest of each incident, not
    /// older than `since`.
    pub fn log_identity(&self, workspace: usize, since: Ticks) -> Vec<LogRow> {
        let all = self.walk(Place::Workspace(workspace), Order::Created, false, None);
        all.filter_map(|cursor| self.log_row(cursor.at)).filter(|row| row.generated >= since).collect()
    }

    /// Incidents that have a row not older than `since`, and the newest row's time.
    pub fn log_count(&self, workspace: usize, since: Ticks) -> (usize, Option<Ticks>) {
        let newest_first = self.walk(Place::Workspace(workspace), Order::Changed, true, None);
        let times = newest_first.map(|cursor| cursor.key + INGESTION).take_while(|time| *time >= since);
        times.fold((0, None), |(count, newest), time| (count + 1, newest.or(Some(time))))
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
