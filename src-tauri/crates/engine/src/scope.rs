//! One open connection: its store, its way to Microsoft, its clock.

use std::sync::Arc;

use cloud::Cloud;
use domain::fault::{Code, Fault};
use time::OffsetDateTime;

use crate::change::READ_AGAIN;
use crate::clock::{Clock, system};
use crate::request::Log;

// What a scope is made of, for whoever makes one.
pub use cloud::endpoints::{CloudKind, Endpoints, Proxy, Refused, Route, SmtpHost, Url, china};
pub use cloud::proxy::system_proxy;
pub use cloud::trust::{Authority, authorities};
pub use cloud::{Account, Desk, Prompt, SignInFault, SignedIn, Waits, Way};
pub use store::{Aside, Key, Opened, Store};

/// What every verb works on. Cheap to clone.
#[derive(Clone)]
pub struct Scope {
    pub store: Arc<Store>,
    /// Absent where only files are open.
    pub cloud: Option<Cloud>,
    /// Who signs in: the mail tests look at what was typed before anything is sent.
    pub account: Option<Account>,
    /// By which windows and expiries are judged: a sandbox's story stands still.
    pub clock: Arc<dyn Clock>,
    /// By which readings are stamped.
    pub wall: Arc<dyn Clock>,
    pub log: Log,
}

impl Scope {
    /// A tenant, or a sandbox that stands for one. Nothing is sent yet.
    ///
    /// # Errors
    /// What was typed can't sign in, such as a secret's ID in place of its value.
    pub fn tenant(
        endpoints: Endpoints,
        account: Account,
        store: Store,
        clock: Arc<dyn Clock>,
        waits: Waits,
    ) -> Result<Self, Fault> {
        let log = Log::default();
        let cloud =
            Cloud::new(endpoints, account.clone(), log.sink(), waits).map_err(|error| error.fault())?;
        let (cloud, account) = (Some(cloud), Some(account));
        Ok(Self { store: Arc::new(store), cloud, account, clock, wall: system(), log })
    }

    /// The same store, log and clocks by another way to the tenant.
    ///
    /// # Errors
    /// As [`Scope::tenant`].
    pub fn anew(&self, endpoints: Endpoints, account: Account, waits: Waits) -> Result<Self, Fault> {
        let cloud = Cloud::new(endpoints, account.clone(), self.log.sink(), waits);
        let cloud = Some(cloud.map_err(|error| error.fault())?);
        Ok(Self { cloud, account: Some(account), ..self.clone() })
    }

    /// Files alone: there is nobody to ask.
    pub fn files(store: Store) -> Self {
        let log = Log::default();
        Self { store: Arc::new(store), cloud: None, account: None, clock: system(), wall: system(), log }
    }

    pub fn now(&self) -> OffsetDateTime {
        self.clock.now()
    }

    pub(crate) fn cloud(&self) -> Result<&Cloud, Fault> {
        self.cloud.as_ref().ok_or_else(|| {
            Fault::new(Code::Invalid, "Only files are open, so there is no tenant to ask.")
                .hint("Open the demo tenant or a connection first.")
        })
    }

    /// Runs `work` on a thread that may block.
    pub(crate) async fn store<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Store) -> Result<T, store::StoreError> + Send + 'static,
    ) -> Result<T, Fault> {
        let store = self.store.clone();
        match tokio::task::spawn_blocking(move || work(&store)).await {
            Ok(answer) => Ok(answer?),
            Err(broken) => {
                Err(Fault::new(Code::Internal, format!("Work on the store ended early: {broken}.")))
            }
        }
    }
}

/// Looks at what was typed, without sending anything.
///
/// # Errors
/// As [`Scope::tenant`].
pub fn check_account(endpoints: Endpoints, account: Account) -> Result<(), Fault> {
    let nobody = Log::default().sink();
    Cloud::new(endpoints, account, nobody, Arc::new(|_| {})).map(|_| ()).map_err(|error| error.fault())
}

/// Opens the store in a folder. What an earlier run was about to write is unknown from here on.
///
/// # Errors
/// The disk's or the database's.
pub fn open_store(folder: &std::path::Path, key: Key) -> Result<Opened, Fault> {
    let opened = Store::open(folder, key)?;
    opened.store.changes_cut_off(&format!(
        "Crosswalk ended before an answer came, so it may have been written. {READ_AGAIN}"
    ))?;
    Ok(opened)
}
