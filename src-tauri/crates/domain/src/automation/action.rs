//! What a rule does, in its order.

use crate::tree::{Field, Setting, Source};

/// One action; `source` is the whole action.
#[derive(Clone, Debug, PartialEq)]
pub struct Action {
    pub source: Source,
    /// Its `actionConfiguration`.
    pub configuration: Source,
    pub deed: Deed,
}

/// The three action types, and what is none of them.
#[derive(Clone, Debug, PartialEq)]
pub enum Deed {
    ModifyProperties(Box<Changes>),
    RunPlaybook { playbook: Field<String> },
    AddIncidentTask,
    Other(Setting<String>),
}

/// The fields of an incident that an action sets; unset ones are absent, the wire sends them as null.
#[derive(Clone, Debug, PartialEq)]
pub struct Changes {
    pub status: Setting<String>,
    pub severity: Setting<String>,
    pub classification: Setting<String>,
    /// Whoever it assigns: object id, mail or name, whichever is given.
    pub owner: Setting<String>,
}

impl Action {
    pub fn changes(&self) -> Option<&Changes> {
        match &self.deed {
            Deed::ModifyProperties(changes) => Some(changes),
            _ => None,
        }
    }

    pub fn closes(&self) -> bool {
        self.changes().is_some_and(|c| c.status.is("Closed"))
    }
}
