//! The rights there are: Azure roles, Microsoft Graph permissions, and Exchange's scoped role, each with what it is
//! called and, where Microsoft's pages give one, its GUID.
//!
//! Never here: which tier needs what (that is [`super::need`]).
//! Roles: <https://learn.microsoft.com/azure/role-based-access-control/built-in-roles>.
//! Permissions: <https://learn.microsoft.com/graph/permissions-reference>.

/// Where a right is granted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum GrantKind {
    AzureRole,
    Graph,
    Exchange,
}

impl GrantKind {
    /// The word used in JSON and in the store.
    pub fn as_str(self) -> &'static str {
        match self {
            GrantKind::AzureRole => "azure_role",
            GrantKind::Graph => "graph",
            GrantKind::Exchange => "exchange",
        }
    }

    /// The kind a word names; `None` for any other word.
    pub fn from_word(word: &str) -> Option<GrantKind> {
        let all = [GrantKind::AzureRole, GrantKind::Graph, GrantKind::Exchange];
        all.into_iter().find(|kind| kind.as_str() == word)
    }
}

/// A built-in Azure role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    SentinelReader,
    SentinelResponder,
    SentinelContributor,
    PlaybookOperator,
    Reader,
    Contributor,
    Owner,
    UserAccessAdministrator,
    LogAnalyticsReader,
    LogAnalyticsContributor,
    SecurityReader,
}

impl Role {
    pub const ALL: [Role; 11] = [
        Role::SentinelReader,
        Role::SentinelResponder,
        Role::SentinelContributor,
        Role::PlaybookOperator,
        Role::Reader,
        Role::Contributor,
        Role::Owner,
        Role::UserAccessAdministrator,
        Role::LogAnalyticsReader,
        Role::LogAnalyticsContributor,
        Role::SecurityReader,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Role::SentinelReader => "Microsoft Sentinel Reader",
            Role::SentinelResponder => "Microsoft Sentinel Responder",
            Role::SentinelContributor => "Microsoft Sentinel Contributor",
            Role::PlaybookOperator => "Microsoft Sentinel Playbook Operator",
            Role::Reader => "Reader",
            Role::Contributor => "Contributor",
            Role::Owner => "Owner",
            Role::UserAccessAdministrator => "User Access Administrator",
            Role::LogAnalyticsReader => "Log Analytics Reader",
            Role::LogAnalyticsContributor => "Log Analytics Contributor",
            Role::SecurityReader => "Security Reader",
        }
    }

    /// The role definition's GUID, the same in every tenant.
    pub fn id(self) -> &'static str {
        match self {
            Role::SentinelReader => "8d289c81-5878-46d4-8554-54e1e3d8b5cb",
            Role::SentinelResponder => "3e150937-b8fe-4cfb-8069-0eaf05ecd056",
            Role::SentinelContributor => "ab8e14d6-4a74-4a29-9ba8-549422addade",
            Role::PlaybookOperator => "51d6186e-6489-4900-b93f-92e23144cca5",
            Role::Reader => "acdd72a7-3385-48ef-bd42-f606fba81ae7",
            Role::Contributor => "b24988ac-6180-42a0-ab88-20f7382dd24c",
            Role::Owner => "8e3af657-a8ff-443c-a75c-2fe8c4bcb635",
            Role::UserAccessAdministrator => "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9",
            Role::LogAnalyticsReader => "73c42c96-874c-492b-b04d-ab87d138a893",
            Role::LogAnalyticsContributor => "92aaf0da-9dab-42b6-94a3-d43ce8d16293",
            Role::SecurityReader => "39bc4728-0917-49c7-9d2c-d95423bc2eb4",
        }
    }

    /// The role behind a role definition's id: the GUID, or the path that ends in it.
    pub fn of(definition: &str) -> Option<Role> {
        let guid = definition.rsplit('/').next().unwrap_or_default();
        Role::ALL.into_iter().find(|role| role.id().eq_ignore_ascii_case(guid))
    }

    /// What Crosswalk does by this role, as Azure's actions. Empty for a role that nothing asks for.
    pub fn actions(self) -> &'static [&'static str] {
        match self {
            Role::SentinelReader => READ,
            Role::SentinelResponder => RESPOND,
            Role::SentinelContributor => FIX,
            Role::LogAnalyticsReader => &["Microsoft.OperationalInsights/workspaces/analytics/query/action"],
            Role::Reader => &["Microsoft.Logic/workflows/read"],
            Role::PlaybookOperator => &[
                "Microsoft.Logic/workflows/read",
                "Microsoft.Logic/workflows/triggers/listCallbackUrl/action",
            ],
            _ => &[],
        }
    }

    /// Roles that hold everything that is done by this one.
    pub fn within(self) -> &'static [Role] {
        match self {
            Role::SentinelReader => &[
                Role::SentinelReader,
                Role::SentinelResponder,
                Role::SentinelContributor,
                Role::Contributor,
                Role::Owner,
            ],
            Role::SentinelResponder => {
                &[Role::SentinelResponder, Role::SentinelContributor, Role::Contributor, Role::Owner]
            }
            Role::SentinelContributor => &[Role::SentinelContributor, Role::Contributor, Role::Owner],
            Role::Reader => &[Role::Reader, Role::PlaybookOperator, Role::Contributor, Role::Owner],
            Role::PlaybookOperator => &[Role::PlaybookOperator, Role::Contributor, Role::Owner],
            Role::LogAnalyticsReader => &[
                Role::LogAnalyticsReader,
                Role::LogAnalyticsContributor,
                Role::SentinelReader,
                Role::SentinelResponder,
                Role::SentinelContributor,
                Role::Contributor,
                Role::Owner,
            ],
            _ => &[],
        }
    }
}

const READ: &[&str] = &[
    "Microsoft.SecurityInsights/onboardingStates/read",
    "Microsoft.SecurityInsights/incidents/read",
    "Microsoft.SecurityInsights/automationRules/read",
    "Microsoft.SecurityInsights/alertRules/read",
];
const RESPOND: &[&str] = &[
    "Microsoft.SecurityInsights/incidents/read",
    "Microsoft.SecurityInsights/automationRules/read",
    "Microsoft.SecurityInsights/alertRules/read",
    "Microsoft.SecurityInsights/incidents/write",
];
const FIX: &[&str] = &[
    "Microsoft.SecurityInsights/incidents/write",
    "Microsoft.SecurityInsights/automationRules/write",
    "Microsoft.SecurityInsights/alertRules/write",
];

/// The application id of Microsoft Graph in every tenant.
pub const GRAPH: &str = "00000003-0000-0000-c000-000000000000";

/// A Microsoft Graph permission.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Permission {
    IncidentRead,
    IncidentReadWrite,
    MailSend,
    ApplicationRead,
}

impl Permission {
    pub const ALL: [Permission; 4] = [
        Permission::IncidentRead,
        Permission::IncidentReadWrite,
        Permission::MailSend,
        Permission::ApplicationRead,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Permission::IncidentRead => "SecurityIncident.Read.All",
            Permission::IncidentReadWrite => "SecurityIncident.ReadWrite.All",
            Permission::MailSend => "Mail.Send",
            Permission::ApplicationRead => "Application.Read.All",
        }
    }

    pub fn of(name: &str) -> Option<Permission> {
        Permission::ALL.into_iter().find(|one| one.name().eq_ignore_ascii_case(name))
    }

    /// The GUID of the application permission (`Role`).
    pub fn application_id(self) -> &'static str {
        match self {
            Permission::IncidentRead => "45cc0394-e837-488b-a098-1918f48d186c",
            Permission::IncidentReadWrite => "34bf0e97-1971-4929-b999-9e2442d941d7",
            Permission::MailSend => "b633e1c5-b582-4048-a93e-9f11b44c7e96",
            Permission::ApplicationRead => "9a5d68dd-52b0-4cc2-bd40-abcf44ac3a30",
        }
    }

    /// The GUID of the delegated permission (`Scope`).
    pub fn delegated_id(self) -> &'static str {
        match self {
            Permission::IncidentRead => "b9abcc4f-94fc-4457-9141-d20ce80ec952",
            Permission::IncidentReadWrite => "128ca929-1a19-45e6-a3b8-435ec44a36ba",
            Permission::MailSend => "e383f46e-2787-4529-855e-0e479a3ffac0",
            Permission::ApplicationRead => "c79f8feb-a9db-4090-85f9-90d820caa0eb",
        }
    }

    /// Names of permissions that hold this one.
    pub fn within(self) -> &'static [&'static str] {
        match self {
            Permission::IncidentRead => &["SecurityIncident.Read.All", "SecurityIncident.ReadWrite.All"],
            Permission::IncidentReadWrite => &["SecurityIncident.ReadWrite.All"],
            Permission::MailSend => &["Mail.Send"],
            Permission::ApplicationRead => &[
                "Application.Read.All",
                "Application.ReadWrite.All",
                "Directory.Read.All",
                "Directory.ReadWrite.All",
            ],
        }
    }
}

/// One right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Right {
    Azure(Role),
    Graph(Permission),
    /// Exchange's RBAC for Applications, limited to the mailboxes of a management scope.
    ApplicationMailSend,
}

impl Right {
    pub fn kind(self) -> GrantKind {
        match self {
            Right::Azure(_) => GrantKind::AzureRole,
            Right::Graph(_) => GrantKind::Graph,
            Right::ApplicationMailSend => GrantKind::Exchange,
        }
    }

    /// As Microsoft's portals call it.
    pub fn name(self) -> &'static str {
        match self {
            Right::Azure(role) => role.name(),
            Right::Graph(permission) => permission.name(),
            Right::ApplicationMailSend => "Application Mail.Send",
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn guids_are_guids_and_stand_for_one_right() {
        let roles = Role::ALL.iter().map(|role| role.id());
        let graph = Permission::ALL.iter().flat_map(|one| [one.application_id(), one.delegated_id()]);
        let all: Vec<&str> = roles.chain(graph).collect();
        for id in &all {
            let groups: Vec<usize> = id.split('-').map(str::len).collect();
            assert_eq!(groups, [8, 4, 4, 4, 12], "{id}");
            assert!(id.chars().all(|c| c == '-' || c.is_ascii_hexdigit()), "{id}");
        }
        assert_eq!(all.iter().collect::<HashSet<_>>().len(), all.len(), "a GUID stands twice");
    }

    #[test]
    fn a_role_is_known_by_its_guid_or_by_the_path_that_ends_in_it() {
        let path = "/subscriptions/s/providers/Microsoft.Authorization/roleDefinitions/8D289C81-5878-46D4-8554-54E1E3D8B5CB";
        assert_eq!(Role::of(path), Some(Role::SentinelReader));
        assert_eq!(Role::of("8e3af657-a8ff-443c-a75c-2fe8c4bcb635"), Some(Role::Owner));
        assert_eq!(Role::of("00000000-0000-0000-0000-000000000000"), None);
    }

    #[test]
    fn a_right_lies_within_itself() {
        for role in Role::ALL.into_iter().filter(|role| !role.actions().is_empty()) {
            assert!(role.within().contains(&role), "{}", role.name());
        }
        for permission in Permission::ALL {
            assert!(permission.within().contains(&permission.name()), "{}", permission.name());
        }
    }
}
