//! Azure roles: from effective permissions, role assignments and answers.
//!
//! An assignment counts where its scope holds the group, however far above it was made. A group that the account is a
//! member of may hold a role that no list shows; then only effective permissions or an answer tell.

use super::super::Tier;
use super::super::need::{Asked, Group, Need, Reach};
use super::super::right::{GrantKind, Right, Role};
use super::evidence::{Assignment, Effective, Evidence};
use super::{BY_ANSWER, BY_ROLE, Found, Row, State};

pub(super) fn found(role: Role, reach: &Reach, evidence: &Evidence) -> Found {
    let answer = evidence.answer(Right::Azure(role), reach);
    if let Some(said) = answer.and_then(|answer| answer.refused.as_ref()) {
        return Found::new(State::Missing, BY_ANSWER).saying(format!("Refused: {said}"));
    }
    let Reach::Group(group) = reach else {
        return Found::new(State::Unknown, "").saying("No workspace was seen yet.");
    };
    let held = evidence.assignments_in(&group.subscription).and_then(|all| holder(role, group, all));
    let effective = evidence.effective_in(group);
    match (effective.map(|all| covers(all, role)), held) {
        (Some(true) | None, Some(by)) => granted_by(role, by),
        (Some(true), None) => Found::new(State::Granted, BY_ANSWER)
            .saying("No assignment of its own shows: a group that it is a member of gives it."),
        _ if answer.is_some() && reads_only(role) => Found::new(State::Granted, BY_ANSWER),
        (Some(false), _) => Found::new(State::Missing, BY_ANSWER),
        (None, None) => Found::new(State::Unknown, "")
            .saying("No assignment shows, and a group that it is a member of may give it."),
    }
}

fn granted_by(role: Role, by: Role) -> Found {
    let found = Found::new(State::Granted, BY_ROLE);
    if by == role { found } else { found.saying(format!("`{}` holds it.", by.name())) }
}

/// Whether an answer to a read proves the whole role.
fn reads_only(role: Role) -> bool {
    matches!(role, Role::SentinelReader | Role::Reader | Role::LogAnalyticsReader)
}

/// The narrowest assigned role that holds `role` in the group.
fn holder(role: Role, group: &Group, all: &[Assignment]) -> Option<Role> {
    let assigned: Vec<Role> =
        all.iter().filter(|one| holds(&one.scope, group)).filter_map(|one| Role::of(&one.role)).collect();
    role.within().iter().find(|one| assigned.contains(one)).copied()
}

/// Whether a scope holds a resource group. What is listed for a subscription and was made above it, in a management
/// group or at the root, is inherited by all of it.
fn holds(scope: &str, group: &Group) -> bool {
    let scope = scope.trim_end_matches('/').to_ascii_lowercase();
    let id = group.id().to_ascii_lowercase();
    scope.is_empty()
        || scope.starts_with("/providers/microsoft.management/managementgroups/")
        || id == scope
        || id.strip_prefix(&scope).is_some_and(|rest| rest.starts_with('/'))
}

/// Whether everything that is done by a role is allowed.
fn covers(all: &[Effective], role: Role) -> bool {
    role.actions().iter().all(|action| allows(all, action))
}

fn allows(all: &[Effective], action: &str) -> bool {
    all.iter().any(|one| {
        one.actions.iter().any(|pattern| matches(pattern, action))
            && !one.not_actions.iter().any(|pattern| matches(pattern, action))
    })
}

/// Azure's patterns: `*` stands for anything, casing doesn't count.
/// <https://learn.microsoft.com/azure/role-based-access-control/role-definitions#actions>
fn matches(pattern: &str, action: &str) -> bool {
    let (pattern, action) = (pattern.to_ascii_lowercase(), action.to_ascii_lowercase());
    let Some((head, rest)) = pattern.split_once('*') else { return pattern == action };
    let Some(mut left) = action.strip_prefix(head) else { return false };
    let mut parts: Vec<&str> = rest.split('*').collect();
    let tail = parts.pop().unwrap_or_default();
    for part in parts {
        let Some(at) = left.find(part) else { return false };
        left = &left[at + part.len()..];
    }
    left.ends_with(tail)
}

/// Assigned roles that no need names, and rights beyond the tier that no assignment explains.
pub(super) fn beside(asked: &Asked, needs: &[Need], evidence: &Evidence) -> Vec<Row> {
    let wanted: Vec<Role> = needs
        .iter()
        .filter_map(|need| match need.right {
            Right::Azure(role) => Some(role),
            _ => None,
        })
        .collect();
    let mut rows: Vec<Row> = Vec::new();
    for (_, given) in &evidence.assignments {
        let (crate::readiness::Given::Read(all) | crate::readiness::Given::Partly(all, _)) = given else {
            continue;
        };
        for one in all {
            let row = assigned(&wanted, one);
            rows.extend(row.filter(|row| !rows.contains(row)));
        }
    }
    let explained = rows.iter().any(|row| row.state == State::TooWide);
    if !explained {
        rows.extend(asked.workspaces.iter().filter_map(|group| beyond(asked.tier, group, evidence)));
    }
    rows
}

fn assigned(wanted: &[Role], assignment: &Assignment) -> Option<Row> {
    let (state, name, why) = match Role::of(&assignment.role) {
        Some(role) if wanted.contains(&role) => return None,
        Some(role @ (Role::Owner | Role::Contributor | Role::UserAccessAdministrator)) => {
            (State::TooWide, role.name().to_owned(), "Far more than any tier needs.".to_owned())
        }
        Some(role) if wanted.iter().any(|one| one.within().contains(&role)) => {
            (State::TooWide, role.name().to_owned(), "It may change what this tier leaves alone.".to_owned())
        }
        Some(role) => (State::NotNeeded, role.name().to_owned(), "Nothing of this tier uses it.".to_owned()),
        None => (
            State::Unknown,
            format!("role {}", assignment.role.rsplit('/').next().unwrap_or_default()),
            "Nothing asks for this role; what it allows was not read.".to_owned(),
        ),
    };
    let scope = scope_text(&assignment.scope);
    Some(row(state, name, scope, why, BY_ROLE))
}

/// The last part says most: a group, a subscription, a management group.
fn scope_text(scope: &str) -> String {
    match scope.trim_end_matches('/').rsplit('/').next() {
        None | Some("") => "whole directory".to_owned(),
        Some(last) => last.to_owned(),
    }
}

fn beyond(tier: Tier, group: &Group, evidence: &Evidence) -> Option<Row> {
    let all = evidence.effective_in(group)?;
    let writes = "Microsoft.SecurityInsights/incidents/write";
    let edits = "Microsoft.SecurityInsights/alertRules/write";
    let assigns = "Microsoft.Authorization/roleAssignments/write";
    let beyond: &[(&str, &str)] = match tier {
        Tier::Look => &[(assigns, "assign roles"), (edits, "edit rules"), (writes, "edit incidents")],
        Tier::Respond => &[(assigns, "assign roles"), (edits, "edit rules")],
        Tier::Fix => &[(assigns, "assign roles")],
    };
    let (_, what) = beyond.iter().find(|(action, _)| allows(all, action))?;
    let why = format!("This account may {what} here, which the tier does not need; a group may give it.");
    Some(row(State::TooWide, "Rights beyond the tier".to_owned(), group.name.clone(), why, BY_ANSWER))
}

fn row(state: State, permission: String, scope: String, why: String, known_by: &'static str) -> Row {
    Row {
        state,
        kind: GrantKind::AzureRole,
        permission,
        scope,
        used: None,
        why,
        checks: Vec::new(),
        known_by,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_as_azures_do() {
        let read = "Microsoft.SecurityInsights/incidents/read";
        for pattern in
            ["*", "*/read", "microsoft.securityinsights/*", "Microsoft.SecurityInsights/*/read", read]
        {
            assert!(matches(pattern, read), "{pattern}");
        }
        for pattern in
            ["", "*/write", "Microsoft.SecurityInsights/incidents/read/x", "Microsoft.Logic/*/read", "x*"]
        {
            assert!(!matches(pattern, read), "{pattern}");
        }
        assert!(matches("Microsoft.*/incidents/*", read), "two stars");
    }

    #[test]
    fn a_scope_holds_what_lies_below_it() {
        let group = Group { subscription: "s-1".into(), name: "rg-soc".into() };
        for scope in [
            "/",
            "/subscriptions/S-1",
            "/subscriptions/s-1/resourceGroups/RG-SOC/",
            "/providers/Microsoft.Management/managementGroups/root",
        ] {
            assert!(holds(scope, &group), "{scope}");
        }
        for scope in [
            "/subscriptions/s-1/resourceGroups/rg-so",
            "/subscriptions/s-12",
            "/subscriptions/s-1/resourceGroups/rg-soc/providers/Microsoft.OperationalInsights/workspaces/w",
        ] {
            assert!(!holds(scope, &group), "{scope}");
        }
    }
}
