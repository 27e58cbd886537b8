//! Accounts: every way into a tenant, stored or in memory: what each is, what may be done with it, what is wrong.
//!
//! Never here: a secret in an answer; a call of the keychain to draw a list. Start at [`Host::accounts`]; `connect`
//! makes one, `sign_in` lets a person in, `remove` proves that nothing is left.

mod connect;
mod edit;
mod remove;
pub(crate) mod sign_in;
mod stored;
mod trouble;
pub(crate) mod way;

use std::sync::{Arc, MutexGuard, PoisonError};

use contract::account::{AccountList, AccountRow, CloudName};
use domain::fault::{Code, Fault};

use crate::Host;
use crate::connection::Connection;
use crate::menu::blocking;
use crate::open::Open;

impl Host {
    /// Every account: those in memory first, then the stored ones by name.
    pub(crate) async fn accounts(&self) -> Result<AccountList, Fault> {
        let host = self.clone();
        blocking(move || {
            let status = host.0.options.keychain.status();
            let in_memory: Vec<Connection> =
                host.memory().iter().filter_map(|open| open.connection()).collect();
            let rows = in_memory.iter().map(|connection| host.row(connection, false));
            let stored = host.connections();
            Ok(AccountList {
                accounts: rows.chain(stored.iter().map(|connection| host.row(connection, true))).collect(),
                browser_ready: host.0.options.opener.is_some(),
                keychain_ready: status.fault.is_none(),
                keychain: match status.fault {
                    Some(fault) => fault.to_string(),
                    None => status.place.to_owned(),
                },
            })
        })
        .await
    }

    /// Accounts that live in memory alone.
    pub(crate) fn memory(&self) -> MutexGuard<'_, Vec<Arc<Open>>> {
        self.0.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn in_memory(&self, name: &str) -> Option<Arc<Open>> {
        self.memory().iter().find(|open| open.is(name)).cloned()
    }

    pub(crate) fn forget_in_memory(&self, name: &str) {
        self.memory().retain(|open| !open.is(name));
    }

    /// The facts of an account, whether it is stored or lives in memory.
    ///
    /// # Errors
    /// `NotFound` where there is none of this name.
    pub(crate) fn account(&self, name: &str) -> Result<Connection, Fault> {
        match self.in_memory(name).and_then(|open| open.connection()) {
            Some(connection) => Ok(connection),
            None => self.connection(name),
        }
    }

    /// The open session, where it is this account's.
    ///
    /// # Errors
    /// `Invalid`, with what to do.
    pub(crate) fn open_of(&self, name: &str) -> Result<Arc<Open>, Fault> {
        self.account(name)?;
        self.session().filter(|open| open.is(name)).ok_or_else(|| {
            Fault::new(Code::Invalid, format!("`{name}` is not open.")).hint("Open it, then try again.")
        })
    }

    /// Changes the facts of an account, in its file where it is stored, and in the session where it is open.
    pub(crate) fn change_facts(
        &self,
        name: &str,
        change: impl FnOnce(&mut Connection),
    ) -> Result<Connection, Fault> {
        let kept = self.in_memory(name).is_none();
        let mut connection = self.account(name)?;
        change(&mut connection);
        if kept {
            self.keep_facts(&connection)?;
        }
        let sessions = self.session().into_iter().chain(self.in_memory(name));
        sessions.filter(|open| open.is(name)).for_each(|open| open.set_connection(connection.clone()));
        Ok(connection)
    }

    fn row(&self, connection: &Connection, kept: bool) -> AccountRow {
        let open = self.session().is_some_and(|open| open.is(&connection.name));
        let (trouble, needs_person) = self.trouble(connection);
        let demo = connection.sandbox.is_some();
        AccountRow {
            name: connection.name.clone(),
            title: connection.title().to_owned(),
            kind: connection.kind(),
            open,
            kept,
            tenant: connection.tenant.clone(),
            client: connection.client.clone(),
            cloud: if demo { CloudName::Demo } else { connection.cloud },
            hosts: connection.hosts(),
            way: connection.way,
            user: connection.user.clone(),
            colour: connection.colour,
            production: connection.production,
            tier: connection.tier,
            mail: connection.mail,
            primary: connection.primary.as_deref().map(last_name),
            sign_in_needed: needs_person || (connection.by_person() && !connection.signed_in),
            trouble,
            used_at: connection.used_at.clone(),
            stored: self.stored(connection, kept),
        }
    }
}

/// The name at the end of an ARM id.
fn last_name(id: &str) -> String {
    id.rsplit('/').next().unwrap_or(id).to_owned()
}
