//! Which rights a tier needs, for which part of the tenant, and why.
//!
//! Never here: a right that no call of the product uses.
//! Roles are asked for on resource groups, not on workspaces: a role on the workspace alone also needs one on its
//! solution. <https://learn.microsoft.com/azure/sentinel/roles>

use super::right::{GrantKind, Permission, Right, Role};
use super::{Tier, Way};

/// A resource group.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Group {
    /// The subscription's GUID.
    pub subscription: String,
    pub name: String,
}

impl Group {
    /// Its ARM id.
    pub fn id(&self) -> String {
        format!("/subscriptions/{}/resourceGroups/{}", self.subscription, self.name)
    }

    /// The group that an ARM id lies in; casing differs between answers.
    pub fn of(id: &str) -> Option<Group> {
        let parts: Vec<&str> = id.trim_matches('/').split('/').collect();
        let after = |name: &str| {
            let at = parts.iter().position(|part| part.eq_ignore_ascii_case(name))?;
            parts.get(at + 1).map(|part| (*part).to_owned())
        };
        Some(Group { subscription: after("subscriptions")?, name: after("resourceGroups")? })
    }

    /// Azure compares names without case.
    pub fn same(&self, other: &Group) -> bool {
        self.subscription.eq_ignore_ascii_case(&other.subscription)
            && self.name.eq_ignore_ascii_case(&other.name)
    }
}

/// Where a right is granted.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Reach {
    Group(Group),
    /// No workspace was seen yet.
    WorkspaceGroups,
    /// No workspace was seen yet, so no playbook either.
    PlaybookGroups,
    Tenant,
    /// The mailboxes of a management scope in Exchange.
    Mailboxes,
}

impl Reach {
    /// As screens show it.
    pub fn text(&self) -> String {
        match self {
            Reach::Group(group) => group.name.clone(),
            Reach::WorkspaceGroups => "resource group of each workspace".to_owned(),
            Reach::PlaybookGroups => "resource groups of the playbooks".to_owned(),
            Reach::Tenant => "tenant".to_owned(),
            Reach::Mailboxes => "mailboxes of the tests".to_owned(),
        }
    }
}

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    pub tier: Tier,
    /// Whether test mail is sent.
    pub mail: bool,
    pub way: Way,
    /// Groups that hold workspaces with Sentinel.
    pub workspaces: Vec<Group>,
    /// Groups that hold playbooks; where none were read, those of the workspaces.
    pub playbooks: Vec<Group>,
}

/// One right that a tier needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Need {
    pub right: Right,
    pub reach: Reach,
    pub why: &'static str,
    /// Nothing stops without it.
    pub optional: bool,
}

impl Need {
    fn new(right: Right, reach: Reach, why: &'static str) -> Need {
        Need { right, reach, why, optional: false }
    }

    pub fn kind(&self) -> GrantKind {
        self.right.kind()
    }

    pub fn permission(&self) -> &'static str {
        self.right.name()
    }
}

/// Every right of a tier, Azure's first, each resource group once.
pub fn needs(asked: &Asked) -> Vec<Need> {
    let (role, why) = sentinel(asked.tier);
    let mut all: Vec<Need> = reaches(&asked.workspaces, Reach::WorkspaceGroups)
        .map(|reach| Need::new(Right::Azure(role), reach, why))
        .collect();
    let groups = if asked.playbooks.is_empty() { &asked.workspaces } else { &asked.playbooks };
    let (role, why) = playbooks(asked.tier);
    all.extend(reaches(groups, Reach::PlaybookGroups).map(|reach| Need::new(Right::Azure(role), reach, why)));
    all.extend(graph(asked));
    all
}

/// Asking the log, which every Sentinel role holds too: nobody has to grant it, but a custom role may lack it.
pub(super) fn log(asked: &Asked) -> Vec<Need> {
    let why =
        "Queries the log, which remembers which Defender incident a Sentinel incident was before a merge.";
    let need = |group: &Group| Need {
        optional: true,
        ..Need::new(Right::Azure(Role::LogAnalyticsReader), Reach::Group(group.clone()), why)
    };
    asked.workspaces.iter().map(need).collect()
}

/// The delegated Graph scopes that a person's sign-in asks for: what the tier needs, and nothing that is optional,
/// because one scope without consent stops the whole sign-in.
pub fn delegated_scopes(tier: Tier, mail: bool) -> Vec<String> {
    let asked = Asked { tier, mail, way: Way::Browser, workspaces: Vec::new(), playbooks: Vec::new() };
    let required = graph(&asked).into_iter().filter(|need| !need.optional);
    required.map(|need| need.permission().to_owned()).collect()
}

fn sentinel(tier: Tier) -> (Role, &'static str) {
    match tier {
        Tier::Look => (
            Role::SentinelReader,
            "Reads incidents, analytics rules and automation rules, and queries the log for them. It changes nothing.",
        ),
        Tier::Respond => (
            Role::SentinelResponder,
            "Reads incidents and rules, and edits incidents: status, owner, tags, comments.",
        ),
        Tier::Fix => (
            Role::SentinelContributor,
            "Reads incidents and rules, and edits incidents, analytics rules and automation rules.",
        ),
    }
}

fn playbooks(tier: Tier) -> (Role, &'static str) {
    match tier {
        Tier::Look => {
            (Role::Reader, "Reads playbooks, so that the checks can look into them. It can't run them.")
        }
        Tier::Respond | Tier::Fix => {
            (Role::PlaybookOperator, "Reads playbooks, and runs one on an incident.")
        }
    }
}

fn graph(asked: &Asked) -> Vec<Need> {
    let (permission, why) = match asked.tier {
        Tier::Look => (
            Permission::IncidentRead,
            "Reads Defender's incidents: where a merged incident went is only known there.",
        ),
        Tier::Respond | Tier::Fix => (
            Permission::IncidentReadWrite,
            "Reads Defender's incidents and edits them: status, owner, tags, comments.",
        ),
    };
    let mut all = vec![Need::new(Right::Graph(permission), Reach::Tenant, why)];
    if asked.mail {
        all.push(mail(asked.way));
    }
    if matches!(asked.way, Way::ClientSecret | Way::Certificate) {
        all.push(Need {
            optional: true,
            ..Need::new(
                Right::Graph(Permission::ApplicationRead),
                Reach::Tenant,
                "Reads the end dates of this app's secrets and certificates, and which permissions it was granted.",
            )
        });
    }
    all
}

fn mail(way: Way) -> Need {
    if way.is_person() {
        return Need::new(
            Right::Graph(Permission::MailSend),
            Reach::Tenant,
            "Sends test mail from the mailbox of whoever signs in.",
        );
    }
    Need::new(
        Right::ApplicationMailSend,
        Reach::Mailboxes,
        "Sends test mail, from the chosen mailboxes alone. `Mail.Send` in Microsoft Graph would reach every mailbox.",
    )
}

fn reaches(groups: &[Group], none: Reach) -> impl Iterator<Item = Reach> {
    let mut seen: Vec<Group> = Vec::new();
    for group in groups {
        if !seen.iter().any(|one| one.same(group)) {
            seen.push(group.clone());
        }
    }
    seen.sort();
    let unknown = seen.is_empty().then_some(none);
    seen.into_iter().map(Reach::Group).chain(unknown)
}

#[cfg(test)]
mod tests;
