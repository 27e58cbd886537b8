//! What the tenant's app, its managed identity and its people may do: Azure roles and Graph permissions.
//!
//! It is the one place that knows: tokens, doors and the directory all answer from here, so that what a token says is
//! what `appRoleAssignments` says, and what a door refuses is missing in `permissions`. Start at [`azure`] and [`graph`].

pub mod azure;
pub mod graph;
