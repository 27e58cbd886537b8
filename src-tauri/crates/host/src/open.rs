//! What is open now, and opening it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use contract::mail::MailSuggestion;
use contract::session::SessionKind;
use domain::fault::{Code, Fault};
use domain::secret::Secret;
use engine::clock::{Clock, Still, system};
use engine::scope::{Account, Endpoints, Key, Store, Waits, Way};
use engine::{Control, Scope};

use crate::Host;
use crate::connection::new_key;
use crate::descriptor::Descriptor;

/// An open session and what lives as long as it does.
pub(crate) struct Open {
    pub kind: SessionKind,
    /// Name of a stored connection.
    pub name: Option<String>,
    /// What the chip shows.
    pub title: String,
    pub scope: Scope,
    /// `keychain` or `memory`.
    pub key_in: &'static str,
    pub notice: Option<String>,
    pub mail: MailSuggestion,
    /// Told of the waits that a service asks for.
    pub control: WaitRelay,
    /// Removed, with all that lies in it, when the session ends.
    _folder: Option<tempfile::TempDir>,
    #[cfg(feature = "demo")]
    _sandbox: Option<sandbox::Sandbox>,
}

/// Passes a service's waits on to whichever job runs.
#[derive(Clone, Default)]
pub(crate) struct WaitRelay(Arc<std::sync::Mutex<Option<Control>>>);

impl WaitRelay {
    pub fn listen(&self, control: Control) {
        *self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = Some(control);
    }

    fn waits(&self) -> Waits {
        let relay = self.clone();
        Arc::new(move |wait| {
            let listening = relay.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner).clone();
            if let Some(control) = listening {
                control.waiting(wait);
            }
        })
    }
}

impl Open {
    pub fn is_demo(&self) -> bool {
        matches!(self.kind, SessionKind::Demo | SessionKind::Sandbox)
    }
}

impl Host {
    /// Opens a sandbox that runs elsewhere on this machine. Nothing is kept without a data folder.
    pub(crate) async fn open_descriptor(&self, descriptor: Descriptor) -> Result<Arc<Open>, Fault> {
        let secret = descriptor
            .client_secret
            .clone()
            .ok_or_else(|| Fault::new(Code::Invalid, "The descriptor holds no `client_secret`."))?;
        if self.0.options.data_dir.is_some() {
            // The same sandbox is the same connection, run after run.
            let name = format!("sandbox-{}", descriptor.tenant_id.chars().take(8).collect::<String>());
            let known = self.connection(&name).is_ok();
            if !known {
                let (tenant, client) = (descriptor.tenant_id.clone(), descriptor.client_id.clone());
                self.connect(&name, &tenant, &client, secret.as_str().into(), Some(descriptor.clone()))
                    .await?;
            }
            return self.open_connection_as(&name, Some((descriptor, secret.as_str().into()))).await;
        }
        let (folder, store) = ephemeral()?;
        let open = sandbox_session(&descriptor, secret.as_str().into(), store, SessionKind::Sandbox)?;
        self.put(Open { _folder: Some(folder), ..open })
    }

    /// Opens a stored connection.
    pub(crate) async fn open_connection(&self, name: &str) -> Result<Arc<Open>, Fault> {
        self.open_connection_as(name, None).await
    }

    async fn open_connection_as(
        &self,
        name: &str,
        fresh: Option<(Descriptor, Secret)>,
    ) -> Result<Arc<Open>, Fault> {
        let connection = self.connection(name)?;
        let key = self.store_key(&connection).await?;
        let folder = self.folder(name)?;
        let (store, notice) = open_store(&folder, key)?;
        let (descriptor, secret) = match fresh {
            Some((descriptor, secret)) => (Some(descriptor), secret),
            None => (connection.sandbox.clone(), self.client_secret(&connection).await?),
        };
        let open = match &descriptor {
            Some(descriptor) => sandbox_session(descriptor, secret, store, SessionKind::Sandbox)?,
            None => {
                let account = Account {
                    tenant: connection.tenant.clone(),
                    client: connection.client.clone(),
                    way: Way::Secret(secret),
                };
                session(connection.endpoints()?, account, store, SessionKind::Tenant, system())?
            }
        };
        self.put(Open {
            name: Some(name.to_owned()),
            title: name.to_owned(),
            key_in: "keychain",
            notice,
            ..open
        })
    }

    /// Opens files: there is no tenant behind them, and what was found is forgotten with the session.
    pub(crate) async fn open_files(&self, paths: Vec<PathBuf>) -> Result<Arc<Open>, Fault> {
        let missing: Vec<String> =
            paths.iter().filter(|path| !path.exists()).map(|path| format!("`{}`", path.display())).collect();
        if paths.is_empty() || missing.len() == paths.len() {
            return Err(Fault::new(
                Code::Invalid,
                format!("There is nothing to read: {}.", missing.join(", ")),
            )
            .hint("Name files or folders on this machine."));
        }
        let (folder, store) = ephemeral()?;
        let scope = Scope::files(store);
        let checking = scope.clone();
        let title = title_of(&paths);
        tokio::task::spawn_blocking(move || checking.check_files(&paths))
            .await
            .map_err(|broken| Fault::new(Code::Internal, format!("The files were not read: {broken}.")))??;
        let open = plain(SessionKind::Files, title, scope, WaitRelay::default());
        self.put(Open { _folder: Some(folder), ..open })
    }

    pub(crate) fn put(&self, open: Open) -> Result<Arc<Open>, Fault> {
        let open = Arc::new(open);
        self.replace_session(Some(open.clone()));
        Ok(open)
    }
}

/// The demo tenant: a sandbox of our own for as long as the session lasts.
#[cfg(feature = "demo")]
impl Host {
    pub(crate) async fn open_demo(&self, options: sandbox::Options) -> Result<Arc<Open>, Fault> {
        let sandbox = sandbox::Sandbox::start(options).await.map_err(|error| {
            Fault::new(Code::Internal, format!("The demo tenant did not start: {error}."))
        })?;
        let line = serde_json::to_string(sandbox.descriptor()).map_err(|error| {
            Fault::new(Code::Internal, format!("The demo tenant can't be read: {error}."))
        })?;
        let descriptor = Descriptor::parse(&line)?;
        let secret = descriptor.client_secret.clone().unwrap_or_default();
        let (folder, store) = ephemeral()?;
        let open = sandbox_session(&descriptor, secret.as_str().into(), store, SessionKind::Demo)?;
        let mail = MailSuggestion { mailboxes: sandbox.mailboxes(), ..open.mail.clone() };
        self.put(Open {
            title: "Demo tenant".into(),
            mail,
            _folder: Some(folder),
            _sandbox: Some(sandbox),
            ..open
        })
    }
}

fn sandbox_session(
    descriptor: &Descriptor,
    secret: Secret,
    store: Store,
    kind: SessionKind,
) -> Result<Open, Fault> {
    let account = Account {
        tenant: descriptor.tenant_id.clone(),
        client: descriptor.client_id.clone(),
        way: Way::Secret(secret),
    };
    let clock: Arc<dyn Clock> = match descriptor.now() {
        Some(now) => Arc::new(Still(now)),
        None => system(),
    };
    let open = session(descriptor.endpoints()?, account, store, kind, clock)?;
    let mail = descriptor.mailboxes.as_ref().map(suggestion).unwrap_or_default();
    Ok(Open { mail, ..open })
}

fn suggestion(mailboxes: &crate::descriptor::Mailboxes) -> MailSuggestion {
    MailSuggestion {
        mailbox: Some(mailboxes.allowed.clone()),
        outside: Some(mailboxes.denied.clone()),
        mailboxes: vec![mailboxes.allowed.clone(), mailboxes.denied.clone()],
    }
}

fn session(
    endpoints: Endpoints,
    account: Account,
    store: Store,
    kind: SessionKind,
    clock: Arc<dyn Clock>,
) -> Result<Open, Fault> {
    let relay = WaitRelay::default();
    let title = account.tenant.clone();
    let scope = Scope::tenant(endpoints, account, store, clock, relay.waits())?;
    Ok(plain(kind, title, scope, relay))
}

fn plain(kind: SessionKind, title: String, scope: Scope, control: WaitRelay) -> Open {
    Open {
        kind,
        name: None,
        title,
        scope,
        key_in: "memory",
        notice: None,
        mail: MailSuggestion::default(),
        control,
        _folder: None,
        #[cfg(feature = "demo")]
        _sandbox: None,
    }
}

/// A private folder that goes with the session, and a store in it whose key is nowhere but in memory.
fn ephemeral() -> Result<(tempfile::TempDir, Store), Fault> {
    let folder = tempfile::Builder::new()
        .prefix("crosswalk-")
        .tempdir()
        .map_err(|error| Fault::new(Code::Storage, format!("No temporary folder can be made: {error}.")))?;
    let secret = new_key()?;
    let bytes = <[u8; 32]>::try_from(secret.expose())
        .map_err(|_| Fault::new(Code::Internal, "A key has 32 bytes."))?;
    let (store, _) = open_store(folder.path(), Key::new(bytes))?;
    Ok((folder, store))
}

fn open_store(folder: &Path, key: Key) -> Result<(Store, Option<String>), Fault> {
    let opened = engine::scope::open_store(folder, key)?;
    let notice = opened.set_aside.map(|aside| {
        format!(
            "The local data could not be read with the key in the keychain. It was set aside as `{}`; sync again to \
             rebuild it.",
            aside.display()
        )
    });
    Ok((opened.store, notice))
}

fn title_of(paths: &[PathBuf]) -> String {
    let first =
        paths.first().and_then(|path| path.file_name()).unwrap_or_default().to_string_lossy().into_owned();
    match paths.len() {
        1 => first,
        many => format!("{first} and {} more", many - 1),
    }
}
