//! The way out of this machine: proxy, authorities.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ProxyChoice {
    /// As environment and operating system say.
    System,
    /// Straight out.
    None,
    /// The address given here.
    Explicit,
}

/// How requests leave, and what the system says about it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Network {
    pub proxy: ProxyChoice,
    /// `http://proxy.contoso.com:8080`; empty unless explicit.
    pub address: String,
    pub user: String,
    /// Whether a password for `user` lies in the keychain.
    pub password_kept: bool,
    /// PEM file with further authorities; empty = the system's only.
    pub ca_file: String,
    /// Subjects of the authorities in that file.
    pub authorities: Vec<String>,
    /// What the system says: one line per variable or setting, passwords masked.
    pub found: Vec<String>,
    /// A setting that is recognised and not supported, such as a PAC script, with the way round.
    pub unsupported: Option<String>,
}

/// Replace the settings of this machine.
#[derive(Clone, PartialEq, Serialize, Deserialize, TS, zeroize::Zeroize, zeroize::ZeroizeOnDrop)]
pub struct NetworkSet {
    #[zeroize(skip)]
    pub proxy: ProxyChoice,
    pub address: String,
    pub user: String,
    /// Null = as it is.
    pub password: Option<String>,
    pub ca_file: String,
}

impl std::fmt::Debug for NetworkSet {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "NetworkSet {{ proxy: {:?}, user: {:?} }}", self.proxy, self.user)
    }
}
