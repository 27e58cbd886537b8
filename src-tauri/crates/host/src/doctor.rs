//! What an account may do and how long: the doctor, end dates, the way to Microsoft step by step.
//!
//! Never here: a judgement; the engine asks, `domain::account` judges.

use contract::account::{ConnectionTest, Doctor, ExpiryList, WorkspaceList, WorkspaceRow};
use contract::job::JobView;
use domain::account::Tier;
use domain::fault::{Code, Fault};

use crate::Host;
use crate::open::Open;
use crate::view::account as view;

impl Host {
    pub(crate) fn start_doctor(&self) -> Result<JobView, Fault> {
        let open = self.open_session()?;
        let (tier, mail) = self.chosen(&open)?;
        let scope = open.scope.clone();
        Ok(self.job("doctor_run", &open, move |control| async move {
            scope.run_doctor(tier, mail, &control).await
        }))
    }

    /// What the doctor said last; nothing yet is an answer too.
    pub(crate) fn doctor(&self) -> Result<Doctor, Fault> {
        let open = self.open_session()?;
        let (tier, mail) = self.chosen(&open)?;
        Ok(match open.scope.doctor()? {
            Some((doctor, asked_at)) => view::doctor(doctor, Some(asked_at)),
            None => view::no_doctor(tier, mail),
        })
    }

    /// The tier that the open account is held to.
    pub(crate) fn chosen(&self, open: &Open) -> Result<(Tier, bool), Fault> {
        let account = open.connection().ok_or_else(no_account)?;
        Ok((view::tier_in(account.tier), account.mail))
    }

    pub(crate) fn expiries(&self) -> Result<ExpiryList, Fault> {
        let open = self.open_session()?;
        let account = open.connection().ok_or_else(no_account)?;
        let expiries = open.scope.expiries(account.secret_end())?;
        Ok(view::expiries(&account.name, expiries, open.scope.now()))
    }

    pub(crate) fn start_connection_test(&self, name: &str) -> Result<JobView, Fault> {
        let open = self.open_of(name)?;
        let scope = open.scope.clone();
        Ok(self.job("connection_test", &open, move |control| async move {
            scope.run_connection_test(&control).await
        }))
    }

    /// The last test of an account; of one that is not open nothing can be read.
    pub(crate) fn connection_steps(&self, name: String) -> Result<ConnectionTest, Fault> {
        self.account(&name)?;
        let kept = match self.session().filter(|open| open.is(&name)) {
            Some(open) => open.scope.connection_test()?,
            None => None,
        };
        Ok(view::connection_test(name, kept))
    }
}

fn no_account() -> Fault {
    Fault::new(Code::Invalid, "Only files are open, so there is no account to look at.")
        .hint("Open the demo tenant or a connection.")
}

/// The workspaces of the open tenant, with why one can't be read, and what could not be seen at all.
pub(crate) fn workspaces(open: &Open) -> Result<WorkspaceList, Fault> {
    let primary = open.connection().and_then(|account| account.primary);
    let found = open.scope.workspaces()?;
    let row = |one: engine::workspace::Seen| WorkspaceRow {
        primary: primary.as_deref().is_some_and(|id| id.eq_ignore_ascii_case(&one.id)),
        id: one.id,
        name: one.name,
        subscription: one.subscription,
        resource_group: one.resource_group,
        trouble: one.trouble,
    };
    Ok(WorkspaceList { workspaces: found.seen.into_iter().map(row).collect(), unseen: found.unseen })
}
