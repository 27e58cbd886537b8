//! A right: an Azure role, a Microsoft Graph permission, or Exchange's scoped role.

pub use super::permission::{GRAPH, Permission};
pub use super::role::Role;

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
