//! Views of the queue that a team keeps by name. The address stays the truth; a view is a way to it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::export::IncidentColumn;
use crate::incident::{IncidentFilter, IncidentGroup, Sort};

/// A name and what it shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct SavedView {
    /// 1 to 60 characters, no two alike but for case.
    pub name: String,
    pub filter: IncidentFilter,
    pub sort: Sort,
    /// In this order; none = the columns as they are.
    pub columns: Vec<IncidentColumn>,
    /// Of columns that were made wider or narrower.
    #[serde(default)]
    pub widths: Vec<ColumnWidth>,
    pub group: Option<IncidentGroup>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ColumnWidth {
    pub column: IncidentColumn,
    pub px: u32,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ViewList {
    /// Those that come with Crosswalk; they can be neither changed nor removed.
    pub built_in: Vec<SavedView>,
    pub saved: Vec<SavedView>,
    /// Name of the one that the queue opens with; null = every incident.
    pub default: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ViewSave {
    pub view: SavedView,
    /// The name that it had: it takes its place. Null = it is new.
    pub was: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ViewName {
    pub view: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ViewDefault {
    /// Null = every incident.
    pub view: Option<String>,
}
