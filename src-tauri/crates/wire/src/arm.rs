//! Azure Resource Manager: Sentinel, Logic Apps, API connections, workspaces, subscriptions, rights.
//!
//! Shapes follow the REST specifications of Microsoft.SecurityInsights (2025-09-01 and its previews),
//! Microsoft.Logic 2019-05-01, Microsoft.Web 2016-06-01, Microsoft.OperationalInsights 2023-09-01 and
//! Microsoft.Authorization 2022-04-01, widened by what recorded answers hold.

pub mod alert_rule;
pub mod alert_rule_action;
pub mod automation_rule;
pub mod data_connector;
pub mod error;
pub mod incident;
pub mod logic;
pub mod onboarding_state;
pub mod page;
pub mod resource;
pub mod role_assignment;
pub mod source_control;
pub mod subscription;
pub mod watchlist;
pub mod workspace;

pub use error::{ErrorAnswer, ErrorBody};
pub use page::Page;
pub use resource::{Person, Resource, SystemData};
