//! The way out of this machine: proxy and authorities, kept in a file without secrets; the password in the keychain.
//!
//! Never here: a password in a file or an answer; a change that waits for the next start. An open tenant goes the new
//! way at once, with what was read.

use std::sync::PoisonError;

use contract::network::{Network, NetworkSet, ProxyChoice};
use domain::fault::{Code, Fault};
use domain::secret::{Item, Purpose, Secret};
use engine::scope::{Authority, Endpoints, Proxy, Route, authorities, system_proxy};
use serde::{Deserialize, Serialize};

use crate::Host;
use crate::connection::{Connection, write_private};

/// The file in the data folder.
const FILE: &str = "network.json";

/// Longer than the whole list of a large organisation.
const LONGEST_FILE: u64 = 4 * 1024 * 1024;

/// Name of the password's item in the keychain; a connection's own is never so short.
const VAULT: &str = "network";

/// What is written. Nothing in it is secret.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Settings {
    proxy: ProxyChoice,
    address: String,
    user: String,
    /// Said here so that showing the settings unlocks nothing.
    password_kept: bool,
    ca_file: String,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            proxy: ProxyChoice::System,
            address: String::new(),
            user: String::new(),
            password_kept: false,
            ca_file: String::new(),
        }
    }
}

fn password_item() -> Item {
    Item::new(VAULT, Purpose::ProxyPassword)
}

impl Host {
    /// Where a connection's requests go, and by which way.
    ///
    /// # Errors
    /// A cloud that is refused; a proxy or an authority's file that can't be used.
    pub(crate) async fn endpoints(&self, connection: &Connection) -> Result<Endpoints, Fault> {
        let settings = self.network_settings()?;
        let password = self.proxy_password(&settings).await?;
        Ok(connection.addresses()?.via(route(&settings, password)?))
    }

    async fn proxy_password(&self, settings: &Settings) -> Result<Option<Secret>, Fault> {
        if settings.password_kept { self.kept_secret(password_item()).await } else { Ok(None) }
    }

    /// The settings of the data folder, or of this session where nothing is kept.
    fn network_settings(&self) -> Result<Settings, Fault> {
        let Ok(folder) = self.data_dir() else {
            return Ok(self.0.network.lock().unwrap_or_else(PoisonError::into_inner).clone());
        };
        let path = folder.join(FILE);
        let Ok(text) = std::fs::read_to_string(&path) else { return Ok(Settings::default()) };
        serde_json::from_str(&text).map_err(|error| {
            Fault::new(Code::Storage, format!("`{}` can't be read: {error}.", path.display()))
                .hint("Delete it; the settings are then those of the system.")
        })
    }

    fn keep_network(&self, settings: &Settings) -> Result<(), Fault> {
        let Ok(folder) = self.data_dir() else {
            *self.0.network.lock().unwrap_or_else(PoisonError::into_inner) = settings.clone();
            return Ok(());
        };
        let json = serde_json::to_string_pretty(settings)
            .map_err(|error| Fault::new(Code::Internal, format!("Settings can't be written: {error}.")))?;
        write_private(folder, FILE, &json)
    }

    pub(crate) fn network(&self) -> Result<Network, Fault> {
        let Settings { proxy, address, user, password_kept, ca_file } = self.network_settings()?;
        let system = system_proxy();
        let authorities = trusted(&ca_file)?.into_iter().map(|one| one.subject).collect();
        Ok(Network {
            proxy,
            address,
            user,
            password_kept,
            ca_file,
            authorities,
            found: system.lines,
            unsupported: system.unsupported,
        })
    }

    /// Replaces the settings; an open tenant goes the new way from here on.
    pub(crate) async fn set_network(&self, wanted: NetworkSet) -> Result<(), Fault> {
        let before = self.network_settings()?;
        let explicit = wanted.proxy == ProxyChoice::Explicit;
        let text = |text: &str| if explicit { text.trim().to_owned() } else { String::new() };
        let mut settings = Settings {
            proxy: wanted.proxy,
            address: text(&wanted.address),
            user: text(&wanted.user),
            password_kept: false,
            ca_file: wanted.ca_file.trim().to_owned(),
        };
        let typed = wanted.password.as_deref().filter(|_| !settings.user.is_empty()).map(Secret::from);
        // Whatever can't be used is refused before anything is changed.
        route(&settings, typed.clone())?;
        let same_user = before.user == settings.user && before.password_kept;
        settings.password_kept = match &typed {
            Some(password) => !password.is_empty(),
            None => same_user && !settings.user.is_empty(),
        };
        match typed.filter(|_| settings.password_kept) {
            Some(password) => self.keep_secret(password_item(), password).await?,
            None if before.password_kept && !settings.password_kept => {
                self.keychain(|keychain| keychain.delete(&password_item())).await?;
            }
            None => {}
        }
        self.keep_network(&settings)?;
        if let Some(open) = self.session().filter(|open| open.scope.cloud.is_some()) {
            self.open_anew(&open).await?;
        }
        Ok(())
    }
}

/// A further authority's file, read; none where none is named.
fn trusted(file: &str) -> Result<Vec<Authority>, Fault> {
    if file.is_empty() {
        return Ok(Vec::new());
    }
    let unread = |why: String| {
        Fault::new(Code::Invalid, format!("The authorities in `{file}` can't be read: {why}."))
            .hint("Name a PEM file, or none.")
    };
    let found = std::fs::metadata(file).map_err(|error| unread(error.to_string()))?;
    if !found.is_file() || found.len() > LONGEST_FILE {
        return Err(unread("it is no file, or far larger than a list of certificates".to_owned()));
    }
    authorities(&std::fs::read_to_string(file).map_err(|error| unread(error.to_string()))?)
}

fn route(settings: &Settings, password: Option<Secret>) -> Result<Route, Fault> {
    let proxy = match settings.proxy {
        ProxyChoice::System => Proxy::System,
        ProxyChoice::None => Proxy::None,
        ProxyChoice::Explicit => {
            let user = (!settings.user.is_empty())
                .then(|| (settings.user.clone(), password.unwrap_or_else(|| Secret::from(""))));
            Proxy::explicit(&settings.address, user).map_err(|refused| {
                Fault::new(Code::Invalid, format!("This proxy can't be used: {refused}."))
                    .hint("Write it like http://proxy.contoso.com:8080.")
            })?
        }
    };
    let authorities = trusted(&settings.ca_file)?.into_iter().map(|one| one.pem).collect();
    Ok(Route { proxy, authorities })
}
