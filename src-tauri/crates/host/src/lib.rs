//! Answers the menu: one host per process, one open session, jobs, guards, audit.
//!
//! It knows no transport: the window, the terminal and the browser host all call [`Host::call`]. Never here: SQL,
//! Microsoft's JSON, a secret in an answer. Start at [`Host`], then [`session`].

mod account;
mod audit;
mod cache;
mod change;
#[cfg(feature = "demo")]
mod check;
mod connection;
mod demo;
mod descriptor;
mod doctor;
mod export;
mod guard;
mod jobs;
mod link;
mod menu;
mod network;
mod notice;
mod open;
#[cfg(feature = "demo")]
pub mod sandbox;
mod saved_view;
mod schedule;
pub mod session;
mod terminal;
mod tier;
mod view;

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Duration;

use contract::account::SignInPrompt;
use contract::{ErrorView, Event};
use domain::secret::Keychain;
use engine::scope::SignInFault;
use futures::FutureExt;
use serde_json::Value;
use tokio::sync::broadcast;

#[cfg(feature = "demo")]
pub use check::CheckRow;
pub use engine::sync::Apis;
pub use schedule::{Machine, MachineWatch};
pub use terminal::{Source, explain};

/// Secrets and their keepers, named by terminals and windows.
pub use domain::fault::{Code, Fault};
pub use domain::secret;

use jobs::Jobs;
use open::Open;

/// What a process allows.
pub struct Options {
    /// Where connections and their data lie; `None` = nothing is kept.
    pub data_dir: Option<PathBuf>,
    pub keychain: Arc<dyn Keychain>,
    /// Only the demo tenant and files can be opened.
    pub demo_only: bool,
    /// Size of the demo tenant; the sandbox's own default where none is given.
    pub demo_incidents: Option<u32>,
    /// Opens an address in the system's browser and says whether that was done; none where there is no browser.
    pub opener: Option<Opener>,
    /// Says whether readings in the background should spare the machine; none where nobody can say.
    pub machine: Option<MachineWatch>,
    /// How long a store that was read before is only shown: what somebody waits for comes before what is new.
    pub glance: Duration,
}

impl Options {
    /// Allows everything and keeps nothing on disk; opens no browser and asks nobody about the machine.
    pub fn new(keychain: Arc<dyn Keychain>) -> Self {
        Self {
            data_dir: None,
            keychain,
            demo_only: false,
            demo_incidents: None,
            opener: None,
            machine: None,
            glance: Duration::ZERO,
        }
    }
}

/// Given https addresses alone. Must not block.
pub type Opener = Arc<dyn Fn(&str) -> bool + Send + Sync>;

/// The core of one process. Cheap to clone.
#[derive(Clone)]
pub struct Host(Arc<Inner>);

struct Inner {
    options: Options,
    session: RwLock<Option<Arc<Open>>>,
    /// Accounts of which nothing is kept, until they are closed.
    memory: Mutex<Vec<Arc<Open>>>,
    /// What a person has to do now.
    prompt: Mutex<Option<SignInPrompt>>,
    /// Why each account's last sign-in failed.
    troubles: Mutex<HashMap<String, SignInFault>>,
    /// The way out where no data folder keeps it.
    network: Mutex<network::Settings>,
    #[cfg(feature = "demo")]
    demo: tokio::sync::OnceCell<::sandbox::Sandbox>,
    /// What was exported last for a browser to take.
    exported: Mutex<Option<export::Kept>>,
    jobs: Jobs,
    /// Held while a job starts that must be alone.
    starting: Mutex<()>,
    events: broadcast::Sender<Event>,
}

/// Events that a slow listener may lag behind before it misses some; it then reads everything again.
const EVENTS: usize = 256;

impl Host {
    pub fn new(options: Options) -> Self {
        let events = broadcast::channel(EVENTS).0;
        Self(Arc::new(Inner {
            options,
            session: RwLock::default(),
            memory: Mutex::default(),
            prompt: Mutex::default(),
            troubles: Mutex::default(),
            network: Mutex::default(),
            #[cfg(feature = "demo")]
            demo: tokio::sync::OnceCell::new(),
            exported: Mutex::default(),
            jobs: Jobs::new(events.clone()),
            starting: Mutex::default(),
            events,
        }))
    }

    /// What the core tells without being asked, from now on.
    pub fn events(&self) -> broadcast::Receiver<Event> {
        self.0.events.subscribe()
    }

    /// Answers one command. A panic inside becomes an error of code `internal`; the host goes on.
    pub async fn call(&self, command: &str, arguments: Value) -> Result<Value, ErrorView> {
        let entry = contract::COMMANDS.iter().find(|entry| entry.name == command);
        if let (Some(write), Some(open)) = (guard::write_of(command, &arguments), self.session()) {
            guard::allowed(&open, &write)?;
        }
        let intent = self.audit_begin(entry, &arguments)?;
        let work = std::panic::AssertUnwindSafe(contract::dispatch(self, command, arguments));
        let answer = work.catch_unwind().await.unwrap_or_else(|_| Err(broken(command)));
        self.audit_end(entry.map(|entry| entry.kind), intent, &answer);
        if let (Some(entry), Ok(_)) = (entry, &answer) {
            self.changed(entry);
        }
        answer
    }

    /// Tells that what an action touched is stale. A job tells when it ends.
    fn changed(&self, entry: &contract::Command) {
        if entry.kind == contract::Kind::Action {
            let _ = self.0.events.send(Event::Changed { topics: entry.topics.to_vec() });
        }
    }

    fn session(&self) -> Option<Arc<Open>> {
        self.0.session.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The open session.
    ///
    /// # Errors
    /// `Invalid` when nothing is open.
    fn open_session(&self) -> Result<Arc<Open>, Fault> {
        self.session().ok_or_else(|| {
            Fault::new(domain::fault::Code::Invalid, "Nothing is open yet.")
                .hint("Open the demo tenant, a connection, or files.")
        })
    }

    /// Closes what is open; an account in memory is gone with it. May block.
    ///
    /// A process that exits drops nothing, so that its store is left as one that was closed here.
    pub fn close_session(&self) {
        let Some(open) = self.session() else { return };
        self.replace_session(None);
        if let Some(name) = open.name() {
            self.forget_in_memory(&name);
        }
        if open.kept {
            // Where it fails, the next opening finds the log, as after a crash.
            let _ = open.scope.store.settle();
        }
    }

    /// Whether the current session is the one that holds these.
    fn is_open(&self, holds: &Arc<open::Holds>) -> bool {
        self.session().is_some_and(|current| Arc::ptr_eq(&current.holds, holds))
    }

    /// Ends the jobs of the session before, then puts `next` in its place. Work that is only now ending keeps nobody
    /// else from what it held.
    fn replace_session(&self, next: Option<Arc<Open>>) {
        self.0.jobs.end_all();
        let mut session = self.0.session.write().unwrap_or_else(PoisonError::into_inner);
        let before = std::mem::replace(&mut *session, next);
        let goes_on =
            |before: &Open| session.as_ref().is_some_and(|open| Arc::ptr_eq(&open.holds, &before.holds));
        if let Some(before) = before.filter(|before| !goes_on(before)) {
            before.holds.let_go();
        }
    }
}

/// Where this user's connections lie unless a folder is named: the same for window and terminal.
pub fn default_data_dir() -> Option<PathBuf> {
    dirs::data_dir().map(|folder| folder.join("crosswalk"))
}

fn broken(command: &str) -> ErrorView {
    ErrorView {
        code: contract::Code::Internal,
        message: format!("`{command}` ended with a defect of Crosswalk's. Nothing was sent after it."),
        hint: Some("What is stored is unchanged. Report what you did with the version number.".into()),
        retry_after: None,
        request_id: None,
    }
}
