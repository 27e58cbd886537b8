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
mod tests {
    use super::*;

    fn group(name: &str) -> Group {
        Group { subscription: "s-1".into(), name: name.into() }
    }

    fn asked(tier: Tier, mail: bool, way: Way) -> Asked {
        Asked { tier, mail, way, workspaces: vec![group("rg-soc")], playbooks: vec![group("rg-play")] }
    }

    fn told(asked: &Asked) -> Vec<String> {
        needs(asked).iter().map(|need| format!("{} on {}", need.permission(), need.reach.text())).collect()
    }

    #[test]
    fn looking_needs_nothing_that_writes() {
        let all = told(&asked(Tier::Look, false, Way::Browser));
        assert_eq!(
            all,
            [
                "Microsoft Sentinel Reader on rg-soc",
                "Reader on rg-play",
                "SecurityIncident.Read.All on tenant"
            ]
        );
    }

    #[test]
    fn each_tier_has_its_own_role() {
        let respond = told(&asked(Tier::Respond, false, Way::Browser));
        assert_eq!(respond[0], "Microsoft Sentinel Responder on rg-soc");
        assert_eq!(respond[1], "Microsoft Sentinel Playbook Operator on rg-play");
        assert_eq!(respond[2], "SecurityIncident.ReadWrite.All on tenant");
        let fix = told(&asked(Tier::Fix, false, Way::Browser));
        assert_eq!(fix[0], "Microsoft Sentinel Contributor on rg-soc");
    }

    #[test]
    fn an_app_sends_mail_by_exchanges_scoped_role_and_a_person_by_a_delegated_scope() {
        let app = told(&asked(Tier::Look, true, Way::Certificate));
        assert!(app.contains(&"Application Mail.Send on mailboxes of the tests".to_owned()), "{app:?}");
        assert!(
            !app.iter().any(|one| one.starts_with("Mail.Send")),
            "the whole tenant is never asked for: {app:?}"
        );
        let person = told(&asked(Tier::Look, true, Way::DeviceCode));
        assert!(person.contains(&"Mail.Send on tenant".to_owned()), "{person:?}");
    }

    #[test]
    fn a_group_is_asked_for_once_in_any_casing() {
        let mut twice = asked(Tier::Look, false, Way::Browser);
        twice.workspaces = vec![group("rg-soc"), group("RG-SOC"), group("rg-a")];
        twice.playbooks.clear();
        let all = told(&twice);
        assert_eq!(
            all.iter().filter(|one| one.starts_with("Microsoft Sentinel Reader")).count(),
            2,
            "{all:?}"
        );
    }

    #[test]
    fn where_no_workspace_was_seen_the_places_are_named_in_words() {
        let mut blind = asked(Tier::Look, false, Way::ClientSecret);
        blind.workspaces.clear();
        blind.playbooks.clear();
        let all = told(&blind);
        assert_eq!(all[0], "Microsoft Sentinel Reader on resource group of each workspace");
        assert_eq!(all[1], "Reader on resource groups of the playbooks");
    }

    #[test]
    fn a_persons_sign_in_asks_for_the_tiers_scopes_alone() {
        assert_eq!(delegated_scopes(Tier::Look, false), ["SecurityIncident.Read.All"]);
        assert_eq!(delegated_scopes(Tier::Fix, true), ["SecurityIncident.ReadWrite.All", "Mail.Send"]);
    }

    #[test]
    fn a_group_is_read_from_an_id() {
        let id = "/Subscriptions/s-1/resourcegroups/rg-soc/providers/Microsoft.Logic/workflows/p";
        assert_eq!(Group::of(id), Some(group("rg-soc")));
        assert_eq!(Group::of("/subscriptions/s-1"), None);
    }
}
