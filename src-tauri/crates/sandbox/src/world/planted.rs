//! What was planted and what became of it since, told for the truth. It reads the plan and nothing that a door serves.

use super::World;
use super::listing::{Order, Place};
use super::merge::{End, Redirect};
use super::name;
use super::unit::Kind;
use super::view::View;
use crate::moment::{DAY, Ticks};

/// A planted redirect with its source and target resolved to ids.
#[derive(Clone, Debug)]
pub struct PlantedRedirect {
    pub source: Ids,
    pub workspace: Option<String>,
    pub target: Option<Ids>,
    pub hops: u32,
    pub reason: Option<&'static str>,
    /// Whether anything proves that the ARM source and the Graph source are one incident.
    pub joined: bool,
    /// The source's ARM resource id and title, as far as ARM shows it.
    pub arm: Option<(String, String)>,
    /// Its title in Graph.
    pub title: String,
}

/// What identifies an incident, each part only where the API in question shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ids {
    pub sentinel: Option<String>,
    pub graph: u32,
    pub number: Option<u32>,
}

/// An incident that Defender does not hold.
#[derive(Clone, Debug)]
pub struct Stray {
    pub id: String,
    pub title: String,
}

impl World {
    /// Incidents of a workspace.
    pub fn planted_in(&self, workspace: usize) -> usize {
        self.view().walk(Place::Workspace(workspace), Order::Created, false, None).count()
    }

    /// Incidents of both APIs.
    pub fn planted_total(&self) -> usize {
        self.units.len()
    }

    /// Whether any workspace holds incidents of Defender's.
    pub fn planted_onboarded(&self) -> bool {
        self.units.iter().any(|unit| matches!(unit.kind, Kind::Twin | Kind::Concealed | Kind::Unproved))
    }

    /// Incidents that Graph shows.
    pub fn planted_in_graph(&self) -> usize {
        self.view().count(Place::Graph)
    }

    /// All redirects, in order of their sources.
    pub fn planted_redirects(&self) -> Vec<PlantedRedirect> {
        let view = self.view();
        let mut all: Vec<(u32, Redirect)> = view.redirects().collect();
        all.sort_by_key(|(at, _)| *at);
        all.iter().map(|(at, redirect)| self.planted_redirect(&view, *at, redirect)).collect()
    }

    /// Incidents made by API after onboarding, and those that only look like Defender's.
    pub fn planted_strays(&self) -> Vec<Stray> {
        let strays =
            (0..).zip(&self.units).filter(|(_, unit)| matches!(unit.kind, Kind::ByApi | Kind::Unproved));
        strays.map(|(at, _)| Stray { id: self.planted_id(at), title: self.planted_title(at) }).collect()
    }

    /// Of the incidents of both APIs made within 30 days of now: how many were merged away, and how many there are. A
    /// twin counts once, sources that nothing joins count twice.
    pub fn planted_merge_rate(&self) -> (usize, usize) {
        let since: Ticks = self.timeline.now() - 30 * DAY;
        let recent = (0..).zip(&self.units).filter(|(at, _)| self.timeline.arm_created(*at) > since);
        recent.fold((0, 0), |(merged, all), (at, unit)| match self.redirects.get(&at) {
            Some(redirect) if unit.kind.in_arm() && !redirect.logged => (merged + 2, all + 2),
            Some(_) => (merged + 1, all + 1),
            None => (merged, all + 1),
        })
    }

    /// The titles that occur nowhere else.
    pub fn planted_titles(&self) -> Vec<String> {
        let odd = self.odd.values().filter_map(|odd| match odd {
            super::facts::Oddity::Distinctive(which) => Some(self.writer().distinctive(*which)),
            _ => None,
        });
        odd.collect()
    }

    fn planted_redirect(&self, view: &View<'_>, at: u32, redirect: &Redirect) -> PlantedRedirect {
        let unit = view.unit(at);
        let in_arm = unit.kind.in_arm();
        let (target, reason) = match redirect.end {
            End::Shown(target) => (Some(self.planted_ids(view, target)), None),
            End::OtherWorkspace(_) => (None, Some("other_workspace")),
            End::Missing => (None, Some("target_not_visible")),
            End::Cycle => (None, Some("cycle")),
        };
        let title = view.facts(at).title.into_owned();
        PlantedRedirect {
            source: self.planted_ids(view, at),
            workspace: in_arm.then(|| self.scope.workspaces[usize::from(unit.workspace)].clone()),
            target,
            hops: redirect.hops,
            reason,
            joined: redirect.logged,
            arm: in_arm.then(|| (view.arm_id(at), title.clone())),
            title,
        }
    }

    fn planted_ids(&self, view: &View<'_>, at: u32) -> Ids {
        let unit = view.unit(at);
        let in_arm = unit.kind.in_arm();
        Ids {
            sentinel: in_arm.then(|| name::encode(self.scope.seed, at)),
            graph: unit.graph_id,
            number: in_arm.then_some(unit.number),
        }
    }

    fn planted_id(&self, at: u32) -> String {
        let unit = self.units[at as usize];
        let workspace = &self.scope.workspaces[usize::from(unit.workspace)];
        self.scope.sentinel_id(workspace, "Incidents", &name::encode(self.scope.seed, at))
    }

    fn planted_title(&self, at: u32) -> String {
        let (unit, odd) = (self.units[at as usize], self.odd.get(&at).copied());
        let writer = self.writer();
        writer.facts(at, unit, &writer.nature(at, unit), odd).title.into_owned()
    }
}
