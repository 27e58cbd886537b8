//! What is open: the demo tenant, a connected tenant, files, or nothing yet.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SessionKind {
    /// Nothing is open: the first run.
    None,
    Demo,
    /// A sandbox that runs elsewhere on this machine.
    Sandbox,
    Tenant,
    Files,
}

/// How old what is shown is, per source.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct SourceAge {
    /// `sentinel`, `graph` or `logs`.
    pub api: String,
    /// Last complete reading, RFC 3339 UTC; null = never.
    pub read_at: Option<String>,
    pub rows: u64,
    /// Why the last reading failed, a sentence.
    pub trouble: Option<String>,
    /// What else is to be known of it: read in a slower way, counted otherwise by the log, not read to its end.
    pub note: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct SessionState {
    pub kind: SessionKind,
    /// Name shown in the chip; null when nothing is open.
    pub name: Option<String>,
    /// Shown in every screen and export.
    pub demo: bool,
    pub workspaces: Vec<String>,
    /// The instant by which windows and expiries are judged, RFC 3339 UTC.
    pub now: String,
    pub sources: Vec<SourceAge>,
    /// Whether the store's key lies in the keychain (`keychain`), in memory for this session (`memory`), or there is no store (`none`).
    pub store: String,
    /// What the user should know about this session, such as a store that was set aside.
    pub notice: Option<String>,
}

/// A page outside the application. The core builds its address; the UI only names it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "page", rename_all = "snake_case")]
pub enum Link {
    /// The page of the sign-in that waits.
    SignIn,
    /// Microsoft's page on which an administrator consents to what a tier needs.
    Consent { account: String, tier: crate::account::Tier, mail: bool },
    /// Microsoft's page about an AADSTS number.
    Aadsts { number: u32 },
    /// An incident's page, by the key of its row. A sandbox's is told, and never opened.
    Incident { key: String, portal: crate::incident::Portal },
}

/// Where a link leads, and whether it was opened in the system's browser.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct LinkOpened {
    /// For the user to copy where it was not opened.
    pub address: String,
    pub opened: bool,
}

/// A connection by name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct SessionOpen {
    pub name: String,
}

/// Files and folders on this machine.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct SessionFiles {
    pub paths: Vec<String>,
}

/// No arguments.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct Nothing {}
