//! Every incident of the session, computed from (seed, position) when asked for; edits are kept apart.
mod merge;
mod plan;
mod timeline;
mod unit;
