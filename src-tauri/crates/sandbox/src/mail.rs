//! Mailboxes, and the mail half of the Graph door.
//!
//! A mailbox's name decides its fate: `full@…` is full, `ceo@…` is out of the app's scope, `throttled@…` is throttled.
//! So every error can be shown by typing an address. The table is [`mailbox`]; the SMTP door reads the same one.
//!
//! Never here: a mail that leaves the machine. What is "sent" stands in Sent Items of the session's memory.
//! Start reading at [`mailbox`], then [`door`].

mod door;
mod mailbox;
mod mime;
mod planted;
mod query;
mod refusal;
mod send;
mod sent;
mod state;

pub use door::router;
pub(crate) use mailbox::{Mailbox, Once, WRONG_PASSWORD};
pub use planted::planted;
pub(crate) use send::deliver;
pub(crate) use sent::Sent;
pub(crate) use state::SignedIn;
pub use state::State;

use crate::descriptor::{Mailboxes, PasswordMailbox};
use crate::scope::Scope;
use crate::seed;

/// The address of a mailbox by its name.
#[must_use]
pub fn address(scope: &Scope, name: &str) -> String {
    format!("{name}@{}", scope.mail_domain)
}

/// Every mailbox there is, the app's own first.
pub(crate) fn addresses(scope: &Scope) -> Vec<String> {
    mailbox::TABLE.iter().map(|mailbox| address(scope, mailbox.name)).collect()
}

/// The descriptor's part: a mailbox in scope, one out of scope, and one whose password works.
#[must_use]
pub fn descriptor(scope: &Scope) -> Mailboxes {
    Mailboxes {
        allowed: address(scope, "alerts"),
        denied: address(scope, "ceo"),
        password_ok: PasswordMailbox { user: address(scope, "legacy"), password: password(scope) },
    }
}

/// The one password that works.
pub(crate) fn password(scope: &Scope) -> String {
    format!("Old-{}", &seed::guid(scope.seed, "password", 0)[..18])
}
