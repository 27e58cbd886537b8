//! Mail: climbs the ladder of one mailer, from what was typed to a message found in Sent Items, and keeps the result.
//!
//! The doing is here, the judging in `domain::mail::ladder`. Never here: a verdict of its own, a second AUTH LOGIN, a
//! message that the user did not ask for, a secret or a token in evidence. Start at [`Scope::test_mail`], then `climb`.

use domain::fault::{Code, Fault};
use domain::secret::Secret;
use time::OffsetDateTime;

use crate::Scope;
use crate::job::Control;

mod climb;
mod dialogue;
mod kept;
mod met;
mod new_path;
mod old_path;
mod seen;
mod sent;
mod token;

pub use kept::{KeptCause, KeptEvidence, KeptLadder, KeptStep};

use climb::Climb;

/// Name of the kept result.
const DOCUMENT: &str = "mail";

/// What to test.
#[derive(Clone, Debug)]
pub struct MailRequest {
    /// The mailbox that sends.
    pub mailbox: String,
    /// A mailbox that the app must not reach, for L-01.
    pub outside: Option<String>,
    /// Opt-in to one AUTH LOGIN: a refused one counts towards a lock-out.
    pub login: Option<Login>,
    /// Whether G-03 and G-04 may send, to the mailbox itself.
    pub send: bool,
}

/// A user and a password, borrowed from the user for one try.
#[derive(Clone, Debug)]
pub struct Login {
    pub user: String,
    pub password: Secret,
}

impl Scope {
    /// Runs the tests in order, stopping where going on makes no sense, and keeps the result. Dropping the future ends
    /// it at once; what left the machine until then stays in the log.
    ///
    /// # Errors
    /// `Invalid` where only files are open; `Storage` where the result can't be kept. What goes wrong in a test is
    /// that test's verdict.
    pub async fn test_mail(&self, request: MailRequest, control: &Control) -> Result<KeptLadder, Fault> {
        let cloud = self.cloud()?;
        let account = self.account.as_ref().ok_or_else(no_account)?;
        let mut climb = Climb::new(self, cloud, account, &request);
        climb.all(control).await;
        let ladder = KeptLadder::of(&request.mailbox, &climb.into_steps());
        self.flush_log().await?;
        self.keep_ladder(&ladder).await?;
        Ok(ladder)
    }

    /// The result of the last run, with its time.
    pub fn mail_ladder(&self) -> Result<Option<(KeptLadder, OffsetDateTime)>, Fault> {
        let kept = self.store.document(DOCUMENT)?;
        Ok(kept.and_then(|(json, at)| Some((serde_json::from_str(&json).ok()?, at))))
    }

    async fn keep_ladder(&self, ladder: &KeptLadder) -> Result<(), Fault> {
        let json = serde_json::to_string(ladder)
            .map_err(|error| Fault::new(Code::Internal, format!("The result could not be kept: {error}.")))?;
        let at = self.wall.now();
        self.store(move |store| store.set_document(DOCUMENT, &json, at)).await
    }
}

fn no_account() -> Fault {
    Fault::new(Code::Invalid, "No app is signed in, so there is no mailer to test.")
        .hint("Open the demo tenant or a connection first.")
}
