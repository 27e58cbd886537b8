//! How the doors read the world: one incident at a time, with its edits.

use super::edit::{Changes, Comment};
use super::facts::{Facts, Nature, Status};
use super::listing::Place;
use super::merge::Redirect;
use super::unit::{Kind, Unit};
use super::{World, name};
use crate::moment::{SECOND, Ticks};
use crate::story::Story;
use std::borrow::Cow;
use std::ops::Deref;
use std::sync::RwLockReadGuard;

/// A consistent look at the world. Holds off changes until it is dropped.
pub struct View<'a> {
    pub(super) world: &'a World,
    pub(super) changes: Held<'a>,
}

/// The changes, held by this look or by the writer that looks.
pub(super) enum Held<'a> {
    Guard(RwLockReadGuard<'a, Changes>),
    Writer(&'a Changes),
}

impl Deref for Held<'_> {
    type Target = Changes;

    fn deref(&self) -> &Changes {
        match self {
            Self::Guard(guard) => guard,
            Self::Writer(changes) => changes,
        }
    }
}

/// What ARM says of an incident's provider.
pub struct Provider {
    pub name: &'static str,
    pub id: u32,
    /// The Graph id that `providerIncidentUrl` leads to.
    pub portal: Option<u32>,
}

/// The label of a merged incident (<https://learn.microsoft.com/defender-xdr/alerts-incidents-correlation>).
pub const REDIRECTED: &str = "Redirected";

/// ARM follows Graph by this much.
const LAG: Ticks = 20 * SECOND;

impl<'a> View<'a> {
    pub(super) fn new(world: &'a World, changes: Held<'a>) -> Self {
        Self { world, changes }
    }

    /// The unit at a position; positions come from [`find`](Self::find) and lists.
    pub fn unit(&self, at: u32) -> Unit {
        let base = self.world.units.len();
        match self.world.units.get(at as usize) {
            Some(unit) => *unit,
            None => self.changes.made.get(at as usize - base).map_or(NOBODY, |made| made.unit),
        }
    }

    /// The incident's GUID in ARM.
    pub fn name(&self, at: u32) -> Cow<'_, str> {
        let base = self.world.units.len();
        match (at as usize).checked_sub(base).and_then(|made| self.changes.made.get(made)) {
            Some(made) => Cow::Borrowed(&made.name),
            None => Cow::Owned(name::encode(self.world.scope.seed, at)),
        }
    }

    /// The position of an ARM incident of a workspace.
    pub fn find(&self, workspace: usize, guid: &str) -> Option<u32> {
        let made = || self.changes.made.iter().position(|made| made.name.eq_ignore_ascii_case(guid));
        let base = u32::try_from(self.world.units.len()).ok()?;
        let at = name::decode(self.world.scope.seed, guid)
            .filter(|at| *at < base)
            .or_else(|| made().and_then(|place| u32::try_from(place).ok()).map(|place| base + place))?;
        let unit = self.unit(at);
        let here = unit.kind.in_arm() && usize::from(unit.workspace) == workspace;
        (here && !self.changes.deleted.contains(&at)).then_some(at)
    }

    /// The position of a Graph incident.
    pub fn find_graph(&self, id: &str) -> Option<u32> {
        let id: u32 = id.parse().ok()?;
        let shown = &self.world.in_graph;
        let place = shown.binary_search_by_key(&id, |at| self.world.units[*at as usize].graph_id);
        match place {
            Ok(place) => shown.get(place).copied(),
            Err(_) => self.made(Place::Graph).into_iter().find(|at| self.unit(*at).graph_id == id),
        }
    }

    /// The redirect that is here now.
    pub fn redirect(&self, at: u32) -> Option<&Redirect> {
        self.changes.merged.get(&at).or_else(|| self.world.redirects.get(&at))
    }

    /// All redirects as they are now, by the source's position.
    pub fn redirects(&self) -> impl Iterator<Item = (u32, Redirect)> + '_ {
        let planted = self.world.redirects.keys().filter(|at| !self.changes.merged.contains_key(at));
        let all = planted.chain(self.changes.merged.keys());
        all.filter_map(|at| Some((*at, *self.redirect(*at)?)))
    }

    /// Where it stands, edits and merges included.
    pub fn status(&self, at: u32) -> Status {
        if self.redirect(at).is_some() {
            return Status::Redirected;
        }
        match self.changes.edits.get(&at) {
            Some(edit) => edit.facts.status,
            None => self.world.writer().status(at, self.unit(at)),
        }
    }

    /// Severity in ARM's words.
    pub fn severity(&self, at: u32) -> Cow<'_, str> {
        match self.changes.edits.get(&at) {
            Some(edit) => Cow::Borrowed(&*edit.facts.severity),
            None if self.world.odd.get(&at) == Some(&super::facts::Oddity::UnknownSeverity) => {
                Cow::Borrowed(super::facts::UNKNOWN_SEVERITY)
            }
            None => Cow::Borrowed(self.world.writer().severity(at, self.unit(at))),
        }
    }

    /// The part that people change.
    pub fn facts(&self, at: u32) -> Facts {
        let mut facts = match self.changes.edits.get(&at) {
            Some(edit) => edit.facts.clone(),
            None if self.is_made(at) => Facts::empty(),
            None => {
                let odd = self.world.odd.get(&at).copied();
                self.world.writer().facts(at, self.unit(at), &self.nature(at), odd)
            }
        };
        if self.redirect(at).is_some() {
            facts.merge_away();
        }
        facts
    }

    /// The part that follows from the alerts; a merged incident has none left.
    pub fn nature(&self, at: u32) -> Nature {
        let mut nature = self.world.writer().nature(at, self.unit(at));
        if self.is_made(at) {
            nature.template = None;
        }
        if self.is_made(at) || self.redirect(at).is_some() {
            nature.alerts = 0;
        }
        nature
    }

    pub fn comments(&self, at: u32) -> &[Comment] {
        self.changes.edits.get(&at).map_or(&[], |edit| &edit.comments)
    }

    pub fn arm_created(&self, at: u32) -> Ticks {
        match self.made_created(at) {
            Some(created) => created,
            None => self.world.timeline.arm_created(at),
        }
    }

    pub fn graph_created(&self, at: u32) -> Ticks {
        self.made_created(at).unwrap_or_else(|| self.world.timeline.graph_created(at))
    }

    /// `lastModifiedTimeUtc`
    pub fn arm_changed(&self, at: u32) -> Ticks {
        match (self.changes.edits.get(&at), self.made_created(at)) {
            (Some(edit), _) => edit.changed,
            (None, Some(created)) => created,
            (None, None) => self.world.base_changed(at) + LAG,
        }
    }

    /// `lastUpdateDateTime`
    pub fn graph_changed(&self, at: u32) -> Ticks {
        self.changes.edits.get(&at).map_or_else(|| self.world.base_changed(at), |edit| edit.changed)
    }

    /// The etag in the body, its quotes included.
    pub fn etag(&self, at: u32) -> String {
        let version = self.changes.edits.get(&at).map_or(0, |edit| edit.version);
        let seconds = self.arm_changed(at) / SECOND;
        format!("\"{:04x}{version:04x}-0000-0d00-0000-{seconds:08x}0000\"", at & 0xffff)
    }

    /// What ARM says of the provider.
    pub fn provider(&self, at: u32) -> Provider {
        let unit = self.unit(at);
        let own = match unit.kind {
            Kind::Twin | Kind::Concealed => unit.graph_id,
            _ => unit.number,
        };
        match unit.kind {
            Kind::Twin | Kind::Concealed => {
                let id = match self.redirect(at) {
                    Some(redirect) if self.world.scope.story != Story::OwnId => redirect.named,
                    _ => own,
                };
                Provider { name: self.defender_name(at), id, portal: Some(id) }
            }
            Kind::Unproved => Provider { name: "Microsoft XDR", id: own, portal: None },
            _ => Provider { name: "Azure Sentinel", id: own, portal: None },
        }
    }

    /// Defender's older name on the oldest of its incidents.
    fn defender_name(&self, at: u32) -> &'static str {
        let old = self.world.scope.story != Story::Ready && self.world.timeline.age_days(at) >= 84;
        if old { "Microsoft 365 Defender" } else { "Microsoft XDR" }
    }

    pub(super) fn is_made(&self, at: u32) -> bool {
        at as usize >= self.world.units.len()
    }

    fn made_created(&self, at: u32) -> Option<Ticks> {
        let made = (at as usize).checked_sub(self.world.units.len())?;
        self.changes.made.get(made).map(|made| made.created)
    }
}

/// Stands for a position that nobody has; no list holds one.
const NOBODY: Unit = Unit { kind: Kind::ByApi, workspace: u8::MAX, number: 0, graph_id: 0 };

impl World {
    /// When an unedited incident last changed.
    pub(super) fn base_changed(&self, at: u32) -> Ticks {
        match self.redirects.get(&at) {
            Some(redirect) => redirect.merged,
            None => self.timeline.changed(at),
        }
    }
}

impl Facts {
    /// What is known of a made incident before its first edit: nothing.
    pub(super) fn empty() -> Self {
        Self {
            title: "".into(),
            description: None,
            severity: "Informational".into(),
            status: Status::New,
            classification: None,
            reason: None,
            remark: None,
            determination: "unknown".into(),
            owner: None,
            labels: Vec::new(),
        }
    }

    /// What correlation leaves of a source.
    fn merge_away(&mut self) {
        self.status = Status::Redirected;
        self.classification = Some("Undetermined".into());
        self.reason = None;
        self.remark = None;
        self.determination = "unknown".into();
        if !self.labels.iter().any(|label| label.eq_ignore_ascii_case(REDIRECTED)) {
            self.labels.push(REDIRECTED.into());
        }
    }
}
