//! Permissions in Entra: app roles of the resources' service principals, and their delegated namesakes
//! (<https://learn.microsoft.com/graph/permissions-reference>).

use crate::seed;
use crate::session::{ARM, DENIED_TENANT, EXCHANGE, GRAPH, LOGS};
use crate::story::Story;

/// An application permission of a resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AppRole {
    /// The resource as tokens name it.
    pub resource: &'static str,
    pub value: &'static str,
    /// As the permissions reference gives it; empty where it was not at hand.
    known_id: &'static str,
    pub says: &'static str,
}

impl AppRole {
    /// The role's GUID. Clients find names by ids in `appRoles`, so one that is made up serves as well.
    #[must_use]
    pub fn id(&self) -> String {
        if self.known_id.is_empty() { seed::guid(0, self.value, 0) } else { self.known_id.to_owned() }
    }
}

const fn role(
    resource: &'static str,
    value: &'static str,
    known_id: &'static str,
    says: &'static str,
) -> AppRole {
    AppRole { resource, value, known_id, says }
}

/// Graph's own app id, the same in every tenant.
pub const GRAPH_APP: &str = "00000003-0000-0000-c000-000000000000";
/// Exchange Online's.
pub const EXCHANGE_APP: &str = "00000002-0000-0ff1-ce00-000000000000";

/// Reading apps and service principals.
pub const READ_APPLICATIONS: &str = "Application.Read.All";

/// Every app role that the resources offer here. The app holds all of them, unless the story says otherwise.
pub const ROLES: [AppRole; 10] = [
    role(GRAPH, "Mail.Send", "b633e1c5-b582-4048-a93e-9f11b44c7e96", "Send mail as any user"),
    role(
        GRAPH,
        "Mail.ReadBasic.All",
        "693c5e45-0940-467d-9b8a-1022fb9d42ef",
        "Read basic mail in all mailboxes",
    ),
    role(
        GRAPH,
        "SecurityIncident.Read.All",
        "45cc0394-e837-488b-a098-1918f48d186c",
        "Read all security incidents",
    ),
    role(
        GRAPH,
        "SecurityIncident.ReadWrite.All",
        "34bf0e97-1971-4929-b999-9e2442d941d7",
        "Read and write to all security incidents",
    ),
    role(GRAPH, "SecurityAlert.Read.All", "472e4a4d-bb4a-4026-98d1-0b0d74cb74a5", "Read all security alerts"),
    role(GRAPH, "ThreatHunting.Read.All", "dd98c7f5-2d42-42d3-a0e4-633161547251", "Run hunting queries"),
    role(
        GRAPH,
        "CustomDetection.Read.All",
        "673a007a-9e0f-4c97-b066-3c0164486909",
        "Read all custom detection rules",
    ),
    role(GRAPH, "CaseManagement.Read.All", "", "Read all cases"),
    role(GRAPH, READ_APPLICATIONS, "9a5d68dd-52b0-4cc2-bd40-abcf44ac3a30", "Read all applications"),
    role(EXCHANGE, "SMTP.SendAsApp", "", "Send emails via SMTP AUTH as any user"),
];

/// The app roles that the tenant's app and its managed identity were granted.
pub fn granted(story: Story, tid: &str) -> impl Iterator<Item = &'static AppRole> {
    let nothing = tid == DENIED_TENANT;
    ROLES.iter().filter(move |role| !nothing && !withheld(story, role.value))
}

/// What an administrator of this story's tenant never consented to.
fn withheld(story: Story, value: &str) -> bool {
    let mail = ["Mail.Send", "Mail.ReadBasic.All", "Mail.ReadBasic"].contains(&value);
    match story {
        Story::Denied => !mail && value != READ_APPLICATIONS && !value.starts_with("SMTP."),
        Story::LegacyMail => mail || value.starts_with("SMTP."),
        Story::NoMail => mail,
        Story::NoGraphIncidents => value.starts_with("SecurityIncident."),
        Story::NoDirectory => value == READ_APPLICATIONS,
        Story::LookOnly => value == "SecurityIncident.ReadWrite.All",
        _ => false,
    }
}

/// Delegated permissions that a resource offers.
fn offered(resource: &str) -> &'static [&'static str] {
    match resource {
        GRAPH => &[
            "User.Read",
            "Mail.Send",
            "Mail.ReadBasic",
            "SecurityIncident.Read.All",
            "SecurityIncident.ReadWrite.All",
            "SecurityAlert.Read.All",
            "ThreatHunting.Read.All",
            "CustomDetection.Read.All",
            "CaseManagement.Read.All",
            READ_APPLICATIONS,
        ],
        ARM => &["user_impersonation"],
        LOGS => &["Data.Read"],
        EXCHANGE => &["SMTP.Send"],
        _ => &[],
    }
}

/// Whether a resource has a delegated permission of this name.
#[must_use]
pub fn exists(resource: &str, value: &str) -> bool {
    offered(resource).iter().any(|name| name.eq_ignore_ascii_case(value))
}

/// The delegated permissions of a resource that were consented to for everybody.
pub fn consented(story: Story, tid: &str, resource: &str) -> impl Iterator<Item = &'static str> {
    let nothing = tid == DENIED_TENANT && resource == GRAPH;
    offered(resource).iter().copied().filter(move |value| !nothing && !withheld(story, value))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(story: Story) -> Vec<&'static str> {
        granted(story, "t").map(|role| role.value).collect()
    }

    #[test]
    fn each_story_withholds_its_right_and_no_other() {
        assert_eq!(names(Story::HalfMigrated).len(), ROLES.len());
        let missing = |story| -> Vec<&str> {
            let held = names(story);
            ROLES.iter().map(|role| role.value).filter(|value| !held.contains(value)).collect()
        };
        assert_eq!(missing(Story::NoMail), ["Mail.Send", "Mail.ReadBasic.All"]);
        assert_eq!(
            missing(Story::NoGraphIncidents),
            ["SecurityIncident.Read.All", "SecurityIncident.ReadWrite.All"]
        );
        assert_eq!(missing(Story::NoDirectory), [READ_APPLICATIONS]);
        assert_eq!(missing(Story::LookOnly), ["SecurityIncident.ReadWrite.All"]);
        assert_eq!(missing(Story::NoLogReader), Vec::<&str>::new(), "Azure's rights are no app roles");
    }

    #[test]
    fn a_tenant_that_denies_grants_nothing() {
        assert_eq!(granted(Story::HalfMigrated, DENIED_TENANT).count(), 0);
        assert_eq!(consented(Story::HalfMigrated, DENIED_TENANT, GRAPH).count(), 0);
    }
}
