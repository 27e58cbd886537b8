//! A playbook: a Logic App with a Sentinel trigger.
//!
//! Shapes follow `Microsoft.Logic/workflows`, api-version 2019-05-01. The definition is kept as a tree, because its
//! depth and names are the customer's own.

use crate::tree::{Field, Setting, Source, Tree};

/// One workflow.
#[derive(Clone, Debug, PartialEq)]
pub struct Playbook {
    /// ARM resource id as served; None where a file gives none.
    pub id: Option<String>,
    /// The workflow's name, or the unresolved text.
    pub name: String,
    /// ARM `name`, its last part: what automation rules refer to.
    pub resource_name: Setting<String>,
    pub source: Source,
    /// From `state`: false when Disabled.
    pub enabled: Field<bool>,
    pub triggers: Vec<Trigger>,
    /// Every action at any depth.
    pub steps: Vec<Step>,
    /// The whole definition, and where it stands.
    pub definition: Tree,
    pub definition_at: Source,
}

/// What starts the workflow.
#[derive(Clone, Debug, PartialEq)]
pub struct Trigger {
    pub name: String,
    /// The whole trigger.
    pub source: Source,
    pub kind: Setting<String>,
    /// `inputs.path`; absent for HTTP and recurrence triggers.
    pub path: Field<String>,
}

/// Which of Sentinel's triggers a workflow has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Starts {
    OnIncident,
    OnAlert,
    OnEntity,
}

impl Starts {
    pub fn as_str(self) -> &'static str {
        match self {
            Starts::OnIncident => "incident",
            Starts::OnAlert => "alert",
            Starts::OnEntity => "entity",
        }
    }
}

/// One action of the workflow.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    pub name: String,
    /// `inputs`, with the raw text of method and path in it.
    pub source: Source,
    pub method: Setting<String>,
    pub path: Setting<String>,
}

impl Trigger {
    /// The Sentinel trigger it is; None for HTTP, recurrence and other connectors.
    ///
    /// Paths as published playbooks carry them; `/subscribe` for alerts is from use, not from a document.
    pub fn starts(&self) -> Option<Starts> {
        let path = self.path.known()?.to_ascii_lowercase();
        if path.starts_with("/incident-creation") {
            Some(Starts::OnIncident)
        } else if path.starts_with("/subscribe") {
            Some(Starts::OnAlert)
        } else if path.starts_with("/entity/") {
            Some(Starts::OnEntity)
        } else {
            None
        }
    }
}

impl Playbook {
    /// Whether it runs, as far as anyone can tell.
    pub fn counts(&self) -> bool {
        self.enabled.is.unless_false()
    }
}
