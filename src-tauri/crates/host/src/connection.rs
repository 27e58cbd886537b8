//! Connections kept on this machine: facts in a file of their own folder, secrets and store key in the keychain.
//!
//! Never here: a secret in a file; a folder or an item of the keychain that changes its name. Start at [`Connection`];
//! `file` writes it, `vault` speaks to the keychain, `lock` keeps two copies of the program apart.

mod cloud;
mod file;
pub(crate) mod lock;
pub(crate) mod vault;

use std::path::{Path, PathBuf};

use contract::account::{CloudName, CustomCloud, Tier, WayIn};
use contract::session::SessionKind;
use domain::fault::{Code, Fault};
use domain::secret::{Item, Purpose};
use serde::{Deserialize, Serialize};
use time::format_description::well_known::Iso8601;
use time::{Date, OffsetDateTime};

use crate::Host;
use crate::descriptor::Descriptor;

pub(crate) use file::write_private;

/// The file in a connection's folder.
pub(crate) const FILE: &str = "connection.json";

/// What is written beside the data. Nothing in it is secret. What older versions did not write has a default.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Connection {
    /// The folder's name; never changes.
    pub name: String,
    /// Name of its items in the keychain; differs from the name so that two data folders never share a key.
    pub vault: String,
    pub tenant: String,
    pub client: String,
    /// Present = a sandbox on loopback, marked DEMO.
    pub sandbox: Option<Descriptor>,
    /// What the chip shows; the name where it is empty.
    #[serde(default)]
    pub title: String,
    /// 1 to 6.
    #[serde(default = "first_colour")]
    pub colour: u8,
    #[serde(default)]
    pub production: bool,
    #[serde(default = "least_tier")]
    pub tier: Tier,
    #[serde(default)]
    pub mail: bool,
    /// ARM id of the primary workspace.
    #[serde(default)]
    pub primary: Option<String>,
    #[serde(default = "public_cloud")]
    pub cloud: CloudName,
    #[serde(default)]
    pub custom: Option<CustomCloud>,
    #[serde(default = "client_secret")]
    pub way: WayIn,
    /// The user who signed in.
    #[serde(default)]
    pub user: Option<String>,
    /// Whether a refresh token lies in the keychain; said here so that a list of accounts unlocks nothing.
    #[serde(default)]
    pub signed_in: bool,
    /// RFC 3339 UTC.
    #[serde(default)]
    pub used_at: Option<String>,
    /// ISO date that was typed.
    #[serde(default)]
    pub secret_ends: Option<String>,
}

fn first_colour() -> u8 {
    1
}

fn least_tier() -> Tier {
    Tier::Look
}

fn public_cloud() -> CloudName {
    CloudName::Public
}

fn client_secret() -> WayIn {
    WayIn::ClientSecret
}

impl Connection {
    /// A client secret's connection to the public cloud, untitled, at the least tier.
    pub fn new(name: &str, vault: String, tenant: &str, client: &str) -> Self {
        Self {
            name: name.to_owned(),
            vault,
            tenant: tenant.trim().to_owned(),
            client: client.trim().to_owned(),
            sandbox: None,
            title: String::new(),
            colour: first_colour(),
            production: false,
            tier: least_tier(),
            mail: false,
            primary: None,
            cloud: public_cloud(),
            custom: None,
            way: client_secret(),
            user: None,
            signed_in: false,
            used_at: None,
            secret_ends: None,
        }
    }

    /// The account of a sandbox: it signs in as its descriptor says. A sandbox is nobody's tenant, so its mail may be tested.
    pub fn of_sandbox(name: &str, descriptor: Descriptor) -> Self {
        let connection = Self::new(name, String::new(), &descriptor.tenant_id, &descriptor.client_id);
        Self { sandbox: Some(descriptor), mail: true, ..connection }
    }

    /// A tenant's own name for the eye.
    pub fn title(&self) -> &str {
        if self.title.is_empty() { &self.name } else { &self.title }
    }

    pub fn kind(&self) -> SessionKind {
        match &self.sandbox {
            Some(_) if self.runs_here() => SessionKind::Demo,
            Some(_) => SessionKind::Sandbox,
            None => SessionKind::Tenant,
        }
    }

    /// Whether its sandbox is the one that this program runs itself.
    pub fn runs_here(&self) -> bool {
        self.sandbox.is_some() && self.cloud == CloudName::Demo
    }

    /// Whether a person signs in, so that somebody has to be there for the first time.
    pub fn by_person(&self) -> bool {
        matches!(self.way, WayIn::Browser | WayIn::DeviceCode)
    }

    /// The instant at which a typed day is over.
    pub fn secret_end(&self) -> Option<OffsetDateTime> {
        let day = Date::parse(self.secret_ends.as_deref()?, &Iso8601::DATE).ok()?;
        Some(day.next_day()?.midnight().assume_utc())
    }

    pub fn item(&self, purpose: Purpose) -> Item {
        Item::new(self.vault.clone(), purpose)
    }
}

/// 1 to 40 of a–z, 0–9, `-`, `_`: it is a folder's name too.
pub(crate) fn check_name(name: &str) -> Result<(), Fault> {
    let good = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_';
    if (1..=40).contains(&name.len()) && name.chars().all(good) {
        return Ok(());
    }
    Err(Fault::new(Code::Invalid, format!("`{name}` can't be the name of a connection."))
        .hint("Use 1 to 40 lower-case letters, digits, `-` or `_`."))
}

impl Host {
    pub(crate) fn data_dir(&self) -> Result<&Path, Fault> {
        self.0.options.data_dir.as_deref().ok_or_else(|| {
            Fault::new(Code::Invalid, "This session keeps nothing, so no connection can be stored.").hint(
                "Start it with a data folder, or connect without keeping: the account then lives in memory.",
            )
        })
    }

    pub(crate) fn folder(&self, name: &str) -> Result<PathBuf, Fault> {
        check_name(name)?;
        Ok(self.data_dir()?.join(name))
    }

    pub(crate) fn connection(&self, name: &str) -> Result<Connection, Fault> {
        let missing = || {
            Fault::new(Code::NotFound, format!("There is no connection `{name}`."))
                .hint("Connect it first; Accounts lists what is stored.")
        };
        file::read(&self.folder(name)?)?.ok_or_else(missing)
    }

    /// Every connection in the data folder, by name.
    pub(crate) fn connections(&self) -> Vec<Connection> {
        let Ok(folder) = self.data_dir() else { return Vec::new() };
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
        let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
        let mut found: Vec<Connection> = names.filter_map(|name| self.connection(&name).ok()).collect();
        found.sort_by(|a, b| a.name.cmp(&b.name));
        found
    }

    /// Writes the facts of a stored connection anew.
    pub(crate) fn keep_facts(&self, connection: &Connection) -> Result<(), Fault> {
        file::write(&self.folder(&connection.name)?, connection)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_an_older_version_is_read() {
        let old = r#"{"name":"contoso","vault":"contoso-1a2b3c4d","tenant":"contoso.example","client":"c","sandbox":null}"#;
        let read: Connection = serde_json::from_str(old).expect("older files stay readable");
        assert_eq!(read, Connection::new("contoso", "contoso-1a2b3c4d".into(), "contoso.example", "c"));
        assert_eq!((read.title(), read.kind(), read.tier), ("contoso", SessionKind::Tenant, Tier::Look));
    }

    #[test]
    fn a_title_is_for_the_eye_and_the_name_stays() {
        let connection = Connection {
            title: "Contoso Ltd".into(),
            ..Connection::new("contoso", "contoso-1".into(), "t", "c")
        };
        assert_eq!((connection.title(), connection.name.as_str()), ("Contoso Ltd", "contoso"));
        assert_eq!(connection.item(Purpose::StoreKey).account(), "contoso-1/store-key");
    }
}
