//! The window: one Tauri window over the host.
//!
//! Never here: a decision about a tenant's data, an address handed to an opener, a second command.
