//! Azure roles and where they are assigned, judged as Azure does: a role's actions hold at its scope and below
//! (<https://learn.microsoft.com/azure/role-based-access-control/built-in-roles/security>).
//!
//! Of the built-in roles only the actions that matter to these doors are listed. Custom roles stand where no built-in
//! one holds so little.

use crate::scope::Scope;
use crate::seed;
use crate::session::DENIED_TENANT;
use crate::story::Story;

/// A role definition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Role {
    pub name: &'static str,
    /// The GUID of a built-in role; empty for a custom one, whose GUID belongs to the tenant.
    known_id: &'static str,
    pub actions: &'static [&'static str],
    pub not_actions: &'static [&'static str],
}

impl Role {
    /// The definition's GUID.
    #[must_use]
    pub fn id(&self, scope: &Scope) -> String {
        match self.known_id {
            "" => seed::guid(scope.seed, self.name, 0),
            id => id.to_owned(),
        }
    }
}

const DISCOVERY: Role = Role {
    name: "Crosswalk discovery",
    known_id: "",
    actions: &[
        "Microsoft.Authorization/*/read",
        "Microsoft.Resources/subscriptions/read",
        "Microsoft.Resources/subscriptions/resourceGroups/read",
        "Microsoft.OperationalInsights/workspaces/read",
        "Microsoft.Web/connections/read",
    ],
    not_actions: &[],
};
const SENTINEL_READER: Role = Role {
    name: "Microsoft Sentinel Reader",
    known_id: "8d289c81-5878-46d4-8554-54e1e3d8b5cb",
    actions: &[
        "Microsoft.SecurityInsights/*/read",
        "Microsoft.SecurityInsights/dataConnectorsCheckRequirements/action",
        "Microsoft.SecurityInsights/threatIntelligence/indicators/query/action",
        "Microsoft.SecurityInsights/threatIntelligence/queryIndicators/action",
        "Microsoft.OperationalInsights/workspaces/analytics/query/action",
        "Microsoft.OperationalInsights/workspaces/*/read",
        "Microsoft.OperationalInsights/workspaces/query/read",
        "Microsoft.OperationalInsights/workspaces/query/*/read",
        "Microsoft.Insights/workbooks/read",
        "Microsoft.Authorization/*/read",
        "Microsoft.Resources/subscriptions/resourceGroups/read",
    ],
    not_actions: &["Microsoft.SecurityInsights/ConfidentialWatchlists/*"],
};
const SENTINEL_RESPONDER: Role = Role {
    name: "Microsoft Sentinel Responder",
    known_id: "3e150937-b8fe-4cfb-8069-0eaf05ecd056",
    actions: &[
        "Microsoft.SecurityInsights/*/read",
        "Microsoft.SecurityInsights/automationRules/*",
        "Microsoft.SecurityInsights/cases/*",
        "Microsoft.SecurityInsights/incidents/*",
        "Microsoft.SecurityInsights/entities/runPlaybook/action",
        "Microsoft.OperationalInsights/workspaces/analytics/query/action",
        "Microsoft.OperationalInsights/workspaces/*/read",
        "Microsoft.OperationalInsights/workspaces/query/read",
        "Microsoft.OperationalInsights/workspaces/query/*/read",
        "Microsoft.Authorization/*/read",
        "Microsoft.Resources/subscriptions/resourceGroups/read",
    ],
    not_actions: &[
        "Microsoft.SecurityInsights/cases/*/Delete",
        "Microsoft.SecurityInsights/incidents/*/Delete",
        "Microsoft.SecurityInsights/ConfidentialWatchlists/*",
    ],
};
const PLAYBOOK_OPERATOR: Role = Role {
    name: "Microsoft Sentinel Playbook Operator",
    known_id: "51d6186e-6489-4900-b93f-92e23144cca5",
    actions: &[
        "Microsoft.Logic/workflows/read",
        "Microsoft.Logic/workflows/triggers/listCallbackUrl/action",
        "Microsoft.Web/sites/read",
    ],
    not_actions: &[],
};
/// Microsoft's Sentinel roles all query the log, so whoever may not holds a role of the tenant's own.
const INCIDENTS_ONLY: Role = Role {
    name: "Sentinel without the log",
    known_id: "",
    actions: &[
        "Microsoft.SecurityInsights/*/read",
        "Microsoft.SecurityInsights/incidents/*",
        "Microsoft.OperationalInsights/workspaces/read",
    ],
    not_actions: &[],
};

/// A role given to a principal at a scope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assignment {
    pub role: Role,
    /// Subscription, resource group or workspace, as a path.
    pub at: String,
}

/// What every principal of the tenant's own holds: the app, its managed identity and its people.
#[must_use]
pub fn assignments(scope: &Scope, tid: &str) -> Vec<Assignment> {
    if tid == DENIED_TENANT {
        return Vec::new();
    }
    let sentinel_at = match (scope.story, scope.workspaces.first()) {
        (Story::Denied, Some(first)) => scope.workspace_id(first),
        _ => scope.group(),
    };
    let sentinel = match scope.story {
        Story::NoLogReader => vec![INCIDENTS_ONLY],
        Story::LookOnly => vec![SENTINEL_READER],
        _ => vec![SENTINEL_READER, SENTINEL_RESPONDER],
    };
    let playbooks = (scope.story != Story::NoPlaybookReader).then_some(PLAYBOOK_OPERATOR);
    let at = |at: String| move |role: Role| Assignment { role, at: at.clone() };
    let all = std::iter::once(DISCOVERY).map(at(scope.subscription()));
    all.chain(sentinel.into_iter().map(at(sentinel_at)))
        .chain(playbooks.into_iter().map(at(scope.group())))
        .collect()
}

/// Whether an action is allowed at a resource. Neither names nor paths mind case.
#[must_use]
pub fn allows(scope: &Scope, tid: &str, action: &str, resource: &str) -> bool {
    let held = assignments(scope, tid);
    held.iter().any(|one| covers(&one.at, resource) && one.role.holds(action))
}

impl Role {
    fn holds(&self, action: &str) -> bool {
        let any = |patterns: &[&str]| patterns.iter().any(|pattern| fits(pattern, action));
        any(self.actions) && !any(self.not_actions)
    }
}

/// Whether a scope reaches a resource: the same path, or one above it.
#[must_use]
pub fn covers(scope: &str, resource: &str) -> bool {
    let (scope, resource) = (scope.to_lowercase(), resource.to_lowercase());
    resource.strip_prefix(&scope).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// `*` stands for any run of characters, slashes too.
fn fits(pattern: &str, action: &str) -> bool {
    let (pattern, action) = (pattern.to_lowercase(), action.to_lowercase());
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|first| action.strip_prefix(first)) else { return false };
    let parts: Vec<&str> = parts.collect();
    let Some((last, middle)) = parts.split_last() else { return rest.is_empty() };
    for part in middle {
        match rest.split_once(part) {
            Some((_, after)) => rest = after,
            None => return false,
        }
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;
    use time::OffsetDateTime;

    const LOG: &str = "Microsoft.OperationalInsights/workspaces/query/SecurityIncident/read";

    fn scope(story: Story) -> Scope {
        Scope::new(1, OffsetDateTime::UNIX_EPOCH, Duration::ZERO).with_story(story)
    }

    #[test]
    fn wildcards_and_scopes_reach_as_far_as_azures() {
        assert!(fits("Microsoft.SecurityInsights/*/read", "microsoft.securityinsights/incidents/read"));
        assert!(fits("Microsoft.SecurityInsights/*/read", "Microsoft.SecurityInsights/a/b/read"));
        assert!(!fits("Microsoft.SecurityInsights/*/read", "Microsoft.SecurityInsights/incidents/write"));
        assert!(!fits("Microsoft.Logic/workflows/read", "Microsoft.Logic/workflows/read/more"));
        assert!(covers("/subscriptions/a", "/Subscriptions/A/resourceGroups/b"));
        assert!(!covers("/subscriptions/a", "/subscriptions/ab"));
    }

    #[test]
    fn each_story_withholds_its_right_and_no_other() {
        let asked = [
            ("Microsoft.SecurityInsights/incidents/read", Story::Ready),
            ("Microsoft.Logic/workflows/read", Story::NoPlaybookReader),
            (LOG, Story::NoLogReader),
            ("Microsoft.Authorization/roleAssignments/read", Story::Ready),
            ("Microsoft.Web/connections/read", Story::Ready),
            ("Microsoft.SecurityInsights/incidents/write", Story::LookOnly),
        ];
        for story in [Story::NoPlaybookReader, Story::NoLogReader, Story::LookOnly, Story::HalfMigrated] {
            let scope = scope(story);
            for (action, missing_in) in asked {
                let allowed = allows(&scope, "t", action, &scope.workspace_id("soc-primary"));
                assert_eq!(allowed, missing_in != story, "{action} in {story}");
            }
        }
    }

    #[test]
    fn the_denied_story_reaches_the_first_workspace_alone() {
        let scope = scope(Story::Denied);
        let reads = |workspace: &str| allows(&scope, "t", LOG, &scope.workspace_id(workspace));
        assert!(reads("soc-primary") && !reads("retail"));
    }
}
