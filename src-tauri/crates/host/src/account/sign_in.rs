//! A person's sign-in: what has to be done now, where the refresh token lies, and the job that waits for it.
//!
//! Never here: a page opened without its address being shown too; a refresh token in a file.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use async_trait::async_trait;
use contract::account::{SignInPrompt, SignInView, WayIn};
use contract::event::{Event, Topic};
use contract::job::JobView;
use domain::fault::Fault;
use domain::secret::{Item, Purpose, Secret};
use engine::scope::{Desk, Prompt};

use crate::connection::Connection;
use crate::view::instant;
use crate::{Host, Inner};

/// Where a person's refresh token lies.
pub(crate) struct Refresh {
    item: Option<Item>,
    /// The token itself where it can't lie in the keychain.
    memory: Mutex<Option<Secret>>,
}

impl Refresh {
    pub fn in_memory() -> Self {
        Self { item: None, memory: Mutex::default() }
    }

    pub fn in_keychain(connection: &Connection) -> Self {
        Self { item: Some(connection.item(Purpose::RefreshToken)), memory: Mutex::default() }
    }

    fn memory(&self) -> MutexGuard<'_, Option<Secret>> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn get(&self, host: &Host) -> Option<Secret> {
        let held = self.memory().clone();
        match (held, &self.item) {
            (None, Some(item)) => host.kept_secret(item.clone()).await.ok().flatten(),
            (held, _) => held,
        }
    }

    /// A keychain that vanished costs the next start a sign-in, not this session.
    async fn set(&self, host: &Host, token: Option<Secret>) {
        let kept = match (&self.item, token.clone()) {
            (None, _) => false,
            (Some(item), Some(token)) => host.keep_secret(item.clone(), token).await.is_ok(),
            (Some(item), None) => {
                let item = item.clone();
                host.keychain(move |keychain| keychain.delete(&item)).await.is_ok()
            }
        };
        *self.memory() = if kept { None } else { token };
    }
}

/// What the cloud asks of a person, told to whoever looks at this host.
pub(crate) struct SignInDesk {
    host: Weak<Inner>,
    account: String,
    way: WayIn,
    refresh: Refresh,
}

impl SignInDesk {
    pub fn new(host: &Host, connection: &Connection, refresh: Refresh) -> Self {
        let (account, way) = (connection.name.clone(), connection.way);
        Self { host: Arc::downgrade(&host.0), account, way, refresh }
    }

    fn host(&self) -> Option<Host> {
        self.host.upgrade().map(Host)
    }
}

#[async_trait]
impl Desk for SignInDesk {
    fn prompt(&self, prompt: Option<Prompt>) {
        let Some(host) = self.host() else { return };
        let shown = prompt.map(|prompt| SignInPrompt {
            account: self.account.clone(),
            way: self.way,
            address: prompt.address,
            code: prompt.code,
            expires_at: instant(prompt.expires),
        });
        if let (Some(shown), WayIn::Browser) = (&shown, self.way) {
            host.open_address(&shown.address);
        }
        host.show_prompt(shown);
    }

    async fn kept(&self) -> Option<Secret> {
        self.refresh.get(&self.host()?).await
    }

    async fn keep(&self, token: Option<Secret>) {
        let Some(host) = self.host() else { return };
        let signed_in = token.is_some();
        self.refresh.set(&host, token).await;
        if host.account(&self.account).is_ok_and(|account| account.signed_in != signed_in) {
            // Where the fact can't be written, the next start asks for a sign-in that it does not need.
            let _ = host.change_facts(&self.account, |facts| facts.signed_in = signed_in);
            host.tell_accounts();
        }
    }
}

/// Takes the prompt away when a sign-in ends, is cancelled, or is dropped.
struct Shown(Host);

impl Drop for Shown {
    fn drop(&mut self) {
        self.0.show_prompt(None);
    }
}

impl Host {
    pub(crate) fn sign_in_view(&self) -> SignInView {
        SignInView { prompt: self.0.prompt.lock().unwrap_or_else(PoisonError::into_inner).clone() }
    }

    fn show_prompt(&self, prompt: Option<SignInPrompt>) {
        let before = std::mem::replace(
            &mut *self.0.prompt.lock().unwrap_or_else(PoisonError::into_inner),
            prompt.clone(),
        );
        if before != prompt {
            self.tell_accounts();
        }
    }

    pub(crate) fn tell_accounts(&self) {
        let _ = self.0.events.send(Event::Changed { topics: vec![Topic::Accounts] });
    }

    /// Opens an address in the system's browser, where that can be done from here.
    pub(crate) fn open_address(&self, address: &str) -> bool {
        self.0.options.opener.as_ref().is_some_and(|open| open(address))
    }

    /// Signs an account in, opening it first where it is not open; then reads what is new.
    pub(crate) async fn start_sign_in(&self, name: &str) -> Result<JobView, Fault> {
        let open = match self.open_of(name) {
            Ok(open) => open,
            Err(_) => self.open_account(name).await?,
        };
        let (host, name) = (self.clone(), name.to_owned());
        let scope = open.scope.clone();
        Ok(self.job("account_sign_in", &open, move |control| async move {
            let _shown = Shown(host.clone());
            let signed_in = scope.sign_in(&control).await?;
            host.change_facts(&name, |facts| facts.user = signed_in.user)?;
            host.start_reading();
            Ok(())
        }))
    }
}
