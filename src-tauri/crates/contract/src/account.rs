//! Connections, and what of each is stored where.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::session::SessionKind;

/// Connect a tenant by client secret. The secret goes to the keychain and is answered by nothing.
#[derive(Clone, PartialEq, Serialize, Deserialize, TS, zeroize::Zeroize, zeroize::ZeroizeOnDrop)]
pub struct AccountConnect {
    pub name: String,
    pub tenant: String,
    pub client: String,
    pub secret: String,
}

impl std::fmt::Debug for AccountConnect {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            out,
            "AccountConnect {{ name: {:?}, tenant: {:?}, client: {:?} }}",
            self.name, self.tenant, self.client
        )
    }
}

/// Remove a connection, its secrets, its key and its data.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct AccountRemove {
    pub name: String,
    /// The name again, typed by hand.
    pub typed: String,
}

/// One thing that is kept, and where.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Stored {
    /// `Client secret`, `Store key`, `Incidents and rules`.
    pub what: String,
    /// `OS keychain, Crosswalk / contoso/client-secret`, or a path.
    pub place: String,
    pub note: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct AccountRow {
    pub name: String,
    pub kind: SessionKind,
    pub open: bool,
    pub tenant: String,
    pub client: String,
    pub stored: Vec<Stored>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct AccountList {
    pub accounts: Vec<AccountRow>,
    /// Whether the keychain answers.
    pub keychain_ready: bool,
    /// What the keychain is, or what is wrong with it.
    pub keychain: String,
}
