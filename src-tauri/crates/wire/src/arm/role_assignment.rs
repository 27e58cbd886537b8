//! Who may do what: roles that were given, and what they amount to.

use super::resource::Resource;

/// `GET …/providers/Microsoft.Authorization/roleAssignments?api-version=2022-04-01`.
/// <https://learn.microsoft.com/rest/api/authorization/role-assignments/list-for-subscription>
pub type RoleAssignment = Resource<RoleAssignmentProperties>;

record! {
    /// `roleDefinitionId` is a resource id whose last part is the role's GUID, the same in every tenant for a
    /// built-in role. `scope` is the resource id that the role holds at and below.
    pub struct RoleAssignmentProperties {
        role_definition_id: String,
        principal_id: String,
        /// `User`, `Group`, `ServicePrincipal`, `ForeignGroup`, `Device`.
        principal_type: String,
        scope: String,
        description: String,
        condition: String,
        condition_version: String,
        delegated_managed_identity_resource_id: String,
        created_on: String,
        updated_on: String,
        created_by: String,
        updated_by: String,
    }
}

record! {
    /// An item of `GET {scope}/providers/Microsoft.Authorization/permissions?api-version=2022-04-01`: what whoever asks
    /// may do there, by all roles together. Actions may hold `*`.
    /// <https://learn.microsoft.com/rest/api/authorization/permissions/list-for-resource>
    pub struct Permission {
        actions: Vec<String>,
        not_actions: Vec<String>,
        data_actions: Vec<String>,
        not_data_actions: Vec<String>,
        condition: String,
        condition_version: String,
    }
}
