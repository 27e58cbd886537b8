//! What the mail doors share: the session's scope, its signer, and what was sent.

use super::mailbox::{Mailbox, SentItems};
use super::refusal::{self, Refusal};
use super::sent::Sent;
use crate::scope::Scope;
use crate::token::{Claims, Refusal as BadToken, Signer};
use std::collections::{HashMap, VecDeque};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Messages kept for each mailbox; older ones are dropped.
const KEPT: usize = 500;

/// Shared by the Graph and the SMTP door of one session.
pub struct State {
    pub(crate) scope: Scope,
    signer: Arc<Signer>,
    boxes: Mutex<HashMap<&'static str, Folder>>,
    sessions: Mutex<HashMap<&'static str, usize>>,
    numbers: AtomicU64,
}

#[derive(Default)]
struct Folder {
    messages: VecDeque<Sent>,
    looks: u64,
}

impl State {
    #[must_use]
    pub fn new(scope: &Scope, signer: Arc<Signer>) -> Self {
        Self {
            scope: scope.clone(),
            signer,
            boxes: Mutex::default(),
            sessions: Mutex::default(),
            numbers: AtomicU64::new(1),
        }
    }

    pub(crate) fn mailbox(&self, address: &str) -> Option<&'static Mailbox> {
        Mailbox::at(address, &self.scope.mail_domain)
    }

    /// A token for one of these audiences, or Graph's refusal of it.
    pub(crate) fn claims(&self, token: &str, audiences: &[&str]) -> Result<Claims, Refusal> {
        let claims = self.signer.verify(token).map_err(|bad| match bad {
            BadToken::Malformed => refusal::BAD_TOKEN,
            BadToken::Signature => refusal::BAD_SIGNATURE,
            BadToken::Expired => refusal::EXPIRED,
        })?;
        let fits = audiences.iter().any(|audience| claims.aud.trim_end_matches('/') == *audience);
        if fits { Ok(claims) } else { Err(refusal::AUDIENCE) }
    }

    /// Puts a message into Sent Items, where it shows as the mailbox's name says.
    pub(crate) fn store(&self, mailbox: &'static Mailbox, message: Sent) {
        if mailbox.sent_items == SentItems::Never {
            return;
        }
        let mut boxes = locked(&self.boxes);
        let folder = boxes.entry(mailbox.name).or_default();
        folder.looks = 0;
        folder.messages.push_front(message);
        folder.messages.truncate(KEPT);
    }

    /// Sent Items as one look finds them, newest first.
    pub(crate) fn look(&self, mailbox: &'static Mailbox) -> Vec<Sent> {
        let mut boxes = locked(&self.boxes);
        let Some(folder) = boxes.get_mut(mailbox.name) else { return Vec::new() };
        folder.looks += 1;
        let hidden = mailbox.sent_items == SentItems::SecondLook && folder.looks == 1;
        if hidden { Vec::new() } else { folder.messages.iter().cloned().collect() }
    }

    /// The next number of this session, for ids.
    pub(crate) fn number(&self) -> u64 {
        self.numbers.fetch_add(1, Ordering::Relaxed)
    }

    /// Counts a signed-in SMTP session of a mailbox until the guard is dropped.
    pub(crate) fn enter(self: &Arc<Self>, mailbox: &'static Mailbox) -> SignedIn {
        *locked(&self.sessions).entry(mailbox.name).or_default() += 1;
        SignedIn { state: Arc::clone(self), mailbox }
    }
}

/// A signed-in SMTP session.
pub(crate) struct SignedIn {
    state: Arc<State>,
    pub(crate) mailbox: &'static Mailbox,
}

impl SignedIn {
    /// How many sessions this mailbox has now, this one among them.
    pub(crate) fn sessions(&self) -> usize {
        locked(&self.state.sessions).get(self.mailbox.name).copied().unwrap_or_default()
    }
}

impl Drop for SignedIn {
    fn drop(&mut self) {
        if let Some(count) = locked(&self.state.sessions).get_mut(self.mailbox.name) {
            *count = count.saturating_sub(1);
        }
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
