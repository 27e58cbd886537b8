//! Where a value was read.

/// File, JSON path from the top of that file (or of the served resource), and the raw value there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// None for an answer of the tenant.
    pub file: Option<String>,
    pub path: String,
    /// A text as it is, anything else as compact JSON; None where the member is absent.
    pub raw: Option<String>,
}
