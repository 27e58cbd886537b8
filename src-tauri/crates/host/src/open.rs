//! What is open now, and opening it.
//!
//! One session is current. Accounts that live in memory alone stay beside it until they are closed, so that one can
//! go from tenant to tenant without keeping anything. Never here: two sessions that share a store or a token.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError, RwLock};

use contract::mail::MailSuggestion;
use contract::session::SessionKind;
use domain::fault::{Code, Fault};
use engine::clock::{Clock, Still, system};
use engine::scope::{Account, Aside, Key, Store, Waits, Way};
use engine::{Control, Scope};
use time::OffsetDateTime;

use crate::Host;
use crate::account::sign_in::Refresh;
use crate::account::way::{Proof, rescoped};
use crate::connection::Connection;
use crate::connection::lock::{self, Held};
use crate::connection::vault::{key, new_key};
use crate::descriptor::Descriptor;
use crate::view::instant;

/// The name of a sandbox that was opened by its descriptor; no stored connection can have it.
const SANDBOX: &str = "sandbox tenant";

/// An open session and what lives as long as it does.
pub(crate) struct Open {
    pub kind: SessionKind,
    /// The facts of its account; none where files are open.
    account: Option<RwLock<Connection>>,
    /// Whether the account is stored.
    pub kept: bool,
    files: String,
    pub scope: Scope,
    pub notice: Option<String>,
    pub mail: MailSuggestion,
    /// Told of the waits that a service asks for.
    pub control: WaitRelay,
    /// Shared with the session that takes this one's place on another way out.
    pub holds: Arc<Holds>,
}

/// What ends with the last session that uses it.
#[derive(Default)]
pub(crate) struct Holds {
    /// Removed, with all that lies in it.
    _folder: Option<tempfile::TempDir>,
    /// Keeps other copies of the program from removing what is open.
    lock: Mutex<Option<Held>>,
    /// When it was last read in the background, or tried to.
    read: Mutex<Option<OffsetDateTime>>,
    kept_current: OnceLock<()>,
}

impl Holds {
    /// Whether somebody looks after it already; from now on somebody does.
    pub fn is_kept_current(&self) -> bool {
        self.kept_current.set(()).is_err()
    }

    pub fn note_reading(&self, at: OffsetDateTime) {
        *self.read.lock().unwrap_or_else(PoisonError::into_inner) = Some(at);
    }

    pub fn last_reading(&self) -> Option<OffsetDateTime> {
        *self.read.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets other copies, or this one, remove what is open: a session that ends is still held by what works in it.
    pub fn let_go(&self) {
        *self.lock.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

/// Passes a service's waits on to whichever job runs.
#[derive(Clone, Default)]
pub(crate) struct WaitRelay(Arc<std::sync::Mutex<Option<Control>>>);

impl WaitRelay {
    pub fn listen(&self, control: Control) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(control);
    }

    fn waits(&self) -> Waits {
        let relay = self.clone();
        Arc::new(move |wait| {
            let listening = relay.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
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

    /// The facts as they are now.
    pub fn connection(&self) -> Option<Connection> {
        let account = self.account.as_ref()?;
        Some(account.read().unwrap_or_else(PoisonError::into_inner).clone())
    }

    pub fn set_connection(&self, connection: Connection) {
        if let Some(account) = &self.account {
            *account.write().unwrap_or_else(PoisonError::into_inner) = connection;
        }
    }

    /// The account's name; none where files are open.
    pub fn name(&self) -> Option<String> {
        self.connection().map(|connection| connection.name)
    }

    pub fn is(&self, name: &str) -> bool {
        self.name().is_some_and(|mine| mine == name)
    }

    /// What the chip shows.
    pub fn title(&self) -> String {
        self.connection().map_or_else(|| self.files.clone(), |connection| connection.title().to_owned())
    }

    /// Where the key of its store lies.
    pub fn key_in(&self) -> &'static str {
        if self.kept { "keychain" } else { "memory" }
    }

    /// Waits until nobody else reads into its store, in this copy of the program or another.
    pub async fn read_alone(&self, control: &Control) -> Result<Held, Fault> {
        let store = self.scope.store.path();
        lock::read(store.parent().unwrap_or(store), control).await
    }

    /// One turn of asking where merged incidents went; answers how many ends are left. Whoever waits to read gets the
    /// next turn.
    pub async fn read_ends(&self, control: &Control) -> Result<usize, Fault> {
        let alone = self.read_alone(control).await?;
        let left = self.scope.read_ends(control).await?;
        drop(alone);
        if left > 0 {
            lock::give_way().await;
        }
        control.checkpoint().await;
        Ok(left)
    }
}

impl Host {
    /// Opens a sandbox that runs elsewhere on this machine. Nothing is kept without a data folder.
    pub(crate) async fn open_descriptor(&self, descriptor: Descriptor) -> Result<Arc<Open>, Fault> {
        let proof = Proof::secret(descriptor.secret()?);
        if self.0.options.data_dir.is_none() {
            return self.open_in_memory(Connection::of_sandbox(SANDBOX, descriptor), proof).await;
        }
        // The same sandbox is the same connection, run after run.
        let name = format!("sandbox-{}", descriptor.tenant_id.chars().take(8).collect::<String>());
        if self.connection(&name).is_err() {
            self.store_connection(Connection::of_sandbox(&name, descriptor.clone()), &proof).await?;
        }
        let kept = self.connection(&name)?;
        let (tenant, client) = (descriptor.tenant_id.clone(), descriptor.client_id.clone());
        let now = Connection { tenant, client, sandbox: Some(descriptor), ..kept };
        self.open_stored(now, Some(proof)).await
    }

    /// Opens an account by its name: one in memory, else a stored one.
    pub(crate) async fn open_account(&self, name: &str) -> Result<Arc<Open>, Fault> {
        if let Some(open) = self.in_memory(name) {
            self.replace_session(Some(open.clone()));
            return Ok(open);
        }
        self.real_sessions_allowed()?;
        self.open_stored(self.connection(name)?, None).await
    }

    /// Opens a stored connection, with what was just typed or with what the keychain holds.
    async fn open_stored(&self, connection: Connection, typed: Option<Proof>) -> Result<Arc<Open>, Fault> {
        let folder = self.folder(&connection.name)?;
        let lock = lock::share(&folder)?;
        let key = self.store_key(&connection).await?;
        let proof = match typed {
            Some(proof) => proof,
            None => self.kept_proof(&connection).await?,
        };
        let (store, notice) = open_store(&folder, key)?;
        let refresh = Refresh::in_keychain(&connection);
        let holds = Holds { lock: Mutex::new(Some(lock)), ..Holds::default() };
        let mut open = self.session_of(connection, proof, refresh, store, holds).await?;
        (open.kept, open.notice) = (true, notice);
        self.put(open).await
    }

    /// Opens an account of which nothing is kept.
    pub(crate) async fn open_in_memory(
        &self,
        connection: Connection,
        proof: Proof,
    ) -> Result<Arc<Open>, Fault> {
        let (folder, store) = ephemeral()?;
        let holds = Holds { _folder: Some(folder), ..Holds::default() };
        let open = self.session_of(connection, proof, Refresh::in_memory(), store, holds).await?;
        self.put(open).await
    }

    async fn session_of(
        &self,
        connection: Connection,
        proof: Proof,
        refresh: Refresh,
        store: Store,
        holds: Holds,
    ) -> Result<Open, Fault> {
        let way = self.way(&connection, proof, refresh)?;
        let relay = WaitRelay::default();
        let endpoints = self.endpoints(&connection).await?;
        let account = account(&connection, way);
        let scope = Scope::tenant(endpoints, account, store, clock(&connection), relay.waits())?;
        let open = plain(connection.kind(), scope, relay, holds);
        Ok(Open { mail: self.suggested(&connection), account: Some(RwLock::new(connection)), ..open })
    }

    /// The same session on another way out, or with other scopes: its store and what was read stay.
    pub(crate) async fn open_anew(&self, open: &Open) -> Result<Arc<Open>, Fault> {
        let (Some(connection), Some(before)) = (open.connection(), open.scope.account.clone()) else {
            return Err(Fault::new(Code::Invalid, "Only files are open."));
        };
        let endpoints = self.endpoints(&connection).await?;
        let relay = WaitRelay::default();
        let way = rescoped(before.way, &connection);
        let scope = open.scope.anew(endpoints, account(&connection, way), relay.waits())?;
        self.put(Open {
            kind: open.kind,
            account: Some(RwLock::new(connection)),
            kept: open.kept,
            files: String::new(),
            scope,
            notice: open.notice.clone(),
            mail: open.mail.clone(),
            control: relay,
            holds: open.holds.clone(),
        })
        .await
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
        let holds = Holds { _folder: Some(folder), ..Holds::default() };
        let open = plain(SessionKind::Files, scope, WaitRelay::default(), holds);
        self.put(Open { files: title, ..open }).await
    }

    /// Makes a session the current one; one that is not stored is remembered until it is closed.
    async fn put(&self, open: Open) -> Result<Arc<Open>, Fault> {
        let open = Arc::new(open);
        if let (false, Some(name)) = (open.kept, open.name()) {
            self.forget_in_memory(&name);
            self.memory().push(open.clone());
        }
        self.replace_session(Some(open.clone()));
        self.note_use(&open);
        self.watch_ends(&open);
        Ok(open)
    }

    /// When the account was opened last, for the eye: a disk that refuses it hinders nothing.
    fn note_use(&self, open: &Open) {
        let Some(connection) = open.connection() else { return };
        let used = Connection { used_at: Some(instant(time::OffsetDateTime::now_utc())), ..connection };
        if open.kept {
            let _ = self.keep_facts(&used);
        }
        open.set_connection(used);
    }
}

fn account(connection: &Connection, way: Way) -> Account {
    Account { tenant: connection.tenant.clone(), client: connection.client.clone(), way }
}

/// A sandbox's story stands still at its own instant.
fn clock(connection: &Connection) -> Arc<dyn Clock> {
    match connection.sandbox.as_ref().and_then(Descriptor::now) {
        Some(now) => Arc::new(Still(now)),
        None => system(),
    }
}

fn plain(kind: SessionKind, scope: Scope, control: WaitRelay, holds: Holds) -> Open {
    Open {
        kind,
        account: None,
        kept: false,
        files: String::new(),
        scope,
        notice: None,
        mail: MailSuggestion::default(),
        control,
        holds: Arc::new(holds),
    }
}

/// A private folder that goes with the session, and a store in it whose key is nowhere but in memory.
fn ephemeral() -> Result<(tempfile::TempDir, Store), Fault> {
    let folder = tempfile::Builder::new()
        .prefix("crosswalk-")
        .tempdir()
        .map_err(|error| Fault::new(Code::Storage, format!("No temporary folder can be made: {error}.")))?;
    let (store, _) = open_store(folder.path(), key(&new_key()?)?)?;
    Ok((folder, store))
}

fn open_store(folder: &Path, key: Key) -> Result<(Store, Option<String>), Fault> {
    let opened = engine::scope::open_store(folder, key)?;
    Ok((opened.store, opened.set_aside.map(|aside| set_aside(&aside))))
}

fn set_aside(aside: &Aside) -> String {
    let path = aside.path.display();
    if aside.damaged {
        format!(
            "The local data was damaged and set aside as `{path}`. Settings and the audit were carried over as far as \
             they could be read; sync again to read the incidents anew."
        )
    } else {
        format!(
            "The local data could not be read with the key in the keychain. It was set aside as `{path}`; sync again \
             to rebuild it."
        )
    }
}

fn title_of(paths: &[PathBuf]) -> String {
    let first =
        paths.first().and_then(|path| path.file_name()).unwrap_or_default().to_string_lossy().into_owned();
    match paths.len() {
        1 => first,
        many => format!("{first} and {} more", many - 1),
    }
}
