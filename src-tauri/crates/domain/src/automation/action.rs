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
    /// Unset members are absent; the wire sends them as null.
    ModifyProperties {
        status: Setting<String>,
        severity: Setting<String>,
        classification: Setting<String>,
        reason: Setting<String>,
        /// Whoever it assigns: object id, mail or name, whichever is given.
        owner: Setting<String>,
    },
    RunPlaybook {
        playbook: Field<String>,
    },
    AddIncidentTask,
    Other(Setting<String>),
}

impl Action {
    pub fn closes(&self) -> bool {
        matches!(&self.deed, Deed::ModifyProperties { status, .. } if status.is("Closed"))
    }
}
