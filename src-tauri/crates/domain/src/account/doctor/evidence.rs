//! What is known of an account's rights, and what of it could not be read.

use super::super::need::{Group, Reach};
use super::super::right::Right;
use crate::readiness::Given;

/// What a Graph token says of itself. Shown and compared, never trusted for more.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Claims {
    /// `roles`: application permissions.
    pub roles: Vec<String>,
    /// `scp`, split: delegated permissions.
    pub scopes: Vec<String>,
    /// `wids`: GUIDs of the person's directory roles.
    pub directory_roles: Vec<String>,
    /// Whether an app signed in, whatever the way in is.
    pub is_app: bool,
}

/// An Azure role assignment of this account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assignment {
    /// The role definition's id or GUID.
    pub role: String,
    /// Where it was made: an ARM id, a management group, or `/`.
    pub scope: String,
}

/// What the account may do in a resource group, whichever role or group gives it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Effective {
    pub actions: Vec<String>,
    pub not_actions: Vec<String>,
}

/// What a call that needs a right answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub right: Right,
    pub reach: Reach,
    /// Microsoft's refusal in a sentence; `None`: it was answered.
    pub refused: Option<String>,
}

/// Everything that was asked.
#[derive(Clone, Debug)]
pub struct Evidence {
    pub claims: Given<Claims>,
    /// GUIDs of Graph's app roles that the app was granted.
    pub app_roles: Given<Vec<String>>,
    /// By subscription: assignments in it, and those it inherits.
    pub assignments: Vec<(String, Given<Vec<Assignment>>)>,
    pub effective: Vec<(Group, Given<Vec<Effective>>)>,
    pub answers: Vec<Answer>,
    /// How many requests used a right.
    pub used: Vec<(Right, u64)>,
}

impl Evidence {
    pub(super) fn claims(&self) -> Option<&Claims> {
        read(&self.claims)
    }

    pub(super) fn effective_in(&self, group: &Group) -> Option<&[Effective]> {
        let (_, given) = self.effective.iter().find(|(one, _)| one.same(group))?;
        read(given).map(Vec::as_slice)
    }

    pub(super) fn assignments_in(&self, subscription: &str) -> Option<&[Assignment]> {
        let (_, given) = self.assignments.iter().find(|(one, _)| one.eq_ignore_ascii_case(subscription))?;
        read(given).map(Vec::as_slice)
    }

    /// A refusal outranks an answer: what is refused in one workspace of a group is missing there.
    pub(super) fn answer(&self, right: Right, reach: &Reach) -> Option<&Answer> {
        let same = |one: &&Answer| one.right == right && same_reach(&one.reach, reach);
        let refused = self.answers.iter().filter(same).find(|one| one.refused.is_some());
        refused.or_else(|| self.answers.iter().find(same))
    }

    pub(super) fn used(&self, right: Right) -> Option<u64> {
        self.used.iter().find(|(one, _)| *one == right).map(|(_, count)| *count)
    }

    /// The widest directory role that the token names.
    /// <https://learn.microsoft.com/entra/identity/role-based-access-control/permissions-reference>
    pub(super) fn directory_role(&self) -> Option<&'static str> {
        const WIDE: [(&str, &str); 2] = [
            ("62e90394-69f5-4237-9190-012177145e10", "Global Administrator"),
            ("194ae4cb-b126-40b2-bd5b-6091b380977d", "Security Administrator"),
        ];
        let held = &self.claims()?.directory_roles;
        WIDE.iter().find(|(id, _)| held.iter().any(|one| one.eq_ignore_ascii_case(id))).map(|(_, name)| *name)
    }

    /// What could not be read, a sentence each.
    pub(super) fn gaps(&self) -> Vec<String> {
        let mut gaps = Vec::new();
        gaps.extend(gap("The token for Microsoft Graph", &self.claims));
        gaps.extend(gap("The app's granted Graph permissions", &self.app_roles));
        for (subscription, given) in &self.assignments {
            gaps.extend(gap(&format!("The role assignments in subscription `{subscription}`"), given));
        }
        for (group, given) in &self.effective {
            gaps.extend(gap(&format!("What this account may do in resource group `{}`", group.name), given));
        }
        gaps
    }
}

fn gap<T>(what: &str, given: &Given<T>) -> Option<String> {
    match given {
        Given::Read(_) => None,
        Given::Partly(_, because) => Some(format!("{what} could not be read whole: {because}.")),
        Given::Missing(because) => Some(format!("{what} could not be read: {because}.")),
    }
}

fn read<T>(given: &Given<T>) -> Option<&T> {
    match given {
        Given::Read(read) | Given::Partly(read, _) => Some(read),
        Given::Missing(_) => None,
    }
}

fn same_reach(one: &Reach, other: &Reach) -> bool {
    match (one, other) {
        (Reach::Group(one), Reach::Group(other)) => one.same(other),
        _ => one == other,
    }
}
