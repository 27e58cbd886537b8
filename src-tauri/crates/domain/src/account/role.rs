//! Azure's built-in roles: what they are called, their GUIDs, and which actions Crosswalk does by each.
//! <https://learn.microsoft.com/azure/role-based-access-control/built-in-roles>
//!
//! Never here: which tier needs which (that is [`super::need`]).

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
