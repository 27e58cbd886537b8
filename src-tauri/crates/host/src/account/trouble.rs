//! Why an account's last sign-in failed, in memory until the next one works.
//!
//! Never here: a job's own failure; one source may refuse while the job goes on, so the cloud itself is asked.

use std::sync::{Arc, PoisonError};

use contract::account::SignInTrouble;
use contract::event::{Event, Topic};

use crate::Host;
use crate::connection::Connection;
use crate::open::Open;
use crate::view;

impl Host {
    /// What is wrong with an account, and whether only a person can put it right.
    pub(crate) fn trouble(&self, connection: &Connection) -> (Option<SignInTrouble>, bool) {
        let troubles = self.0.troubles.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(fault) = troubles.get(&connection.name) else { return (None, false) };
        (Some(view::account::trouble(fault, connection.way)), fault.needs_person)
    }

    /// Looks how the last token request of a session ended, and tells where that is news.
    pub(crate) fn note_sign_in(&self, open: &Arc<Open>) {
        let Some(name) = open.name() else { return };
        let now = open.scope.sign_in_trouble();
        let news = {
            let mut troubles = self.0.troubles.lock().unwrap_or_else(PoisonError::into_inner);
            let before = match now.clone() {
                Some(fault) => troubles.insert(name, fault),
                None => troubles.remove(&name),
            };
            before != now
        };
        if news {
            let _ = self.0.events.send(Event::Changed { topics: vec![Topic::Accounts, Topic::Session] });
        }
    }

    pub(crate) fn forget_trouble(&self, name: &str) {
        self.0.troubles.lock().unwrap_or_else(PoisonError::into_inner).remove(name);
    }
}
