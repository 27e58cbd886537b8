//! From Microsoft's JSON to Crosswalk's nouns: live answers, stored snapshots and files alike.
//!
//! The only place that forgives Microsoft: differing case, missing members, nulls, texts where numbers are due. Pure;
//! never here: I/O, a clock, a verdict. Rules and playbooks are read from a [`domain::tree::Tree`] through [`Node`],
//! because files hold expressions where typed values are due; start at [`automation_rule`].

pub mod alert;
pub mod analytics_rule;
pub mod automation_rule;
pub mod change;
pub mod incident;
pub mod incident_facts;
pub mod incident_part;
mod node;
pub mod playbook;
pub mod tree;

pub use node::Node;
