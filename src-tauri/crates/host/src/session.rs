//! The open session as the UI sees it, and the jobs that read into it.

use std::sync::Arc;

use contract::job::JobView;
use contract::session::{SessionKind, SessionState, SourceAge};
use domain::fault::Fault;
use domain::incident::Api;
use engine::mail::MailRequest;
use engine::sync::Apis;
use engine::{Control, Scope};

use crate::Host;
use crate::menu::blocking;
use crate::open::Open;
use crate::schedule::was_read;
use crate::view::instant;

impl Host {
    /// What is open, how old it is, and what the user should know.
    pub(crate) async fn state(&self) -> Result<SessionState, Fault> {
        let Some(open) = self.session() else { return Ok(nothing_open()) };
        blocking(move || {
            Ok(SessionState {
                kind: open.kind,
                name: Some(open.title()),
                demo: open.is_demo(),
                workspaces: open.scope.workspace_names()?,
                now: instant(open.scope.now()),
                sources: sources(&open)?,
                store: open.key_in().to_owned(),
                notice: open.notice.clone(),
            })
        })
        .await
    }

    /// Reads a session that was just opened, after a glance at what its store holds.
    pub(crate) fn start_reading(&self) {
        let Ok(open) = self.open_session() else { return };
        self.keep_current(&open);
        if self.0.options.glance.is_zero() {
            return self.read_first(&open);
        }
        let host = self.clone();
        tokio::spawn(async move {
            let looked = open.clone();
            if let Ok(Some(_)) = blocking(move || was_read(&looked)).await {
                tokio::time::sleep(host.0.options.glance).await;
            }
            if host.is_open(&open.holds) {
                host.read_first(&open);
            }
        });
    }

    /// Reads incidents, then rules: what a new session shows first.
    fn read_first(&self, open: &Arc<Open>) {
        let (host, next) = (self.clone(), open.clone());
        self.sync_job(open, false, move || {
            if host.is_open(&next.holds) {
                host.start_readiness(&next);
            }
        });
    }

    /// `all` = everything that ARM has, so that what is no longer there is noticed.
    pub(crate) fn start_sync(&self, all: bool) -> Result<JobView, Fault> {
        let open = self.open_session()?;
        if open.scope.cloud.is_none() {
            return Err(Fault::new(
                domain::fault::Code::Invalid,
                "Only files are open, so there is nothing to sync.",
            ));
        }
        Ok(self.sync_job(&open, all, || {}))
    }

    /// `then` follows the reading, and a plan that was answered with no.
    pub(crate) fn sync_job(
        &self,
        open: &Arc<Open>,
        all: bool,
        then: impl FnOnce() + Send + 'static,
    ) -> JobView {
        let (host, reading) = (self.clone(), open.clone());
        let command = if all { "sync_reconcile" } else { "sync_run" };
        self.job(command, open, move |control| async move {
            let mut alone = reading.read_alone(&control).await?;
            let mut survey = reading.scope.survey(Apis::ALL, all, &control).await?;
            if let Some(plan) = reading.scope.to_ask(&survey).await? {
                // A person may think for hours: others read meanwhile, so that what is there is counted anew.
                drop(alone);
                if !control.ask(plan).await {
                    then();
                    return Ok(());
                }
                alone = reading.read_alone(&control).await?;
                survey = reading.scope.survey(Apis::ALL, all, &control).await?;
            }
            let _alone = alone;
            let report = reading.scope.read_surveyed(survey, &control).await?;
            let is_part = reading.scope.unread_before()?.is_some();
            // The queue is exact from here on; words become searchable behind it.
            index_and_rest(&reading.scope);
            then();
            if is_part {
                host.older_job(&reading);
            }
            match report.first_fault {
                None => Ok(()),
                Some(fault) => Err(Fault { sentence: report.troubles.join(" "), ..fault }),
            }
        })
    }

    /// Reads where merged incidents went, then some of Defender's older incidents, behind the reading that is under way.
    /// Others get their turn in between.
    pub(crate) fn older_job(&self, open: &Arc<Open>) -> JobView {
        let reading = open.clone();
        self.job("sync_older", open, move |control| async move {
            while reading.read_ends(&control).await? > 0 {}
            let _alone = reading.read_alone(&control).await?;
            reading.scope.read_older(&control).await?;
            index_and_rest(&reading.scope);
            Ok(())
        })
    }

    pub(crate) fn start_readiness(&self, open: &Arc<Open>) -> JobView {
        let scope = open.scope.clone();
        self.job("readiness_run", open, move |control| async move {
            scope.run_readiness(&control).await.map(|_| ())
        })
    }

    pub(crate) fn start_mail(&self, open: &Arc<Open>, request: MailRequest) -> JobView {
        let scope = open.scope.clone();
        self.job("mail_test", open, move |control| async move {
            scope.test_mail(request, &control).await.map(|_| ())
        })
    }

    /// The same for what must not be joined: its wishes are its own.
    pub(crate) fn job_alone<W, F>(&self, command: &str, open: &Arc<Open>, work: W) -> Result<JobView, Fault>
    where
        W: FnOnce(Control) -> F + Send + 'static,
        F: Future<Output = Result<(), Fault>> + Send + 'static,
    {
        let _one = self.0.starting.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if ["change_apply", "change_undo"].iter().any(|busy| self.0.jobs.is_running(busy)) {
            return Err(Fault::new(domain::fault::Code::Invalid, "Other changes are being written.")
                .hint("Wait for them, or cancel them, then apply this one."));
        }
        Ok(self.job(command, open, work))
    }

    /// Starts a job on a session; how its sign-in went is noted when it ends.
    pub(crate) fn job<W, F>(&self, command: &str, open: &Arc<Open>, work: W) -> JobView
    where
        W: FnOnce(Control) -> F + Send + 'static,
        F: Future<Output = Result<(), Fault>> + Send + 'static,
    {
        self.job_about(command, "", open, work)
    }

    /// The same for a command that may run for several things at once.
    pub(crate) fn job_about<W, F>(&self, command: &str, about: &str, open: &Arc<Open>, work: W) -> JobView
    where
        W: FnOnce(Control) -> F + Send + 'static,
        F: Future<Output = Result<(), Fault>> + Send + 'static,
    {
        let (host, open) = (self.clone(), open.clone());
        self.0.jobs.start(command, about, move |control| async move {
            open.control.listen(control.clone());
            let outcome = work(control).await;
            host.note_sign_in(&open);
            outcome
        })
    }
}

/// Makes words searchable, then gives back the memory that reading took.
fn index_and_rest(scope: &Scope) {
    let scope = scope.clone();
    tokio::spawn(async move {
        scope.index_text().await?;
        blocking(move || Ok(scope.store.rest()?)).await
    });
}

fn nothing_open() -> SessionState {
    SessionState {
        kind: SessionKind::None,
        name: None,
        demo: false,
        workspaces: Vec::new(),
        now: instant(time::OffsetDateTime::now_utc()),
        sources: Vec::new(),
        store: "none".to_owned(),
        notice: None,
    }
}

/// One line per API; the oldest of its listings tells the age, any of them the trouble.
fn sources(open: &Open) -> Result<Vec<SourceAge>, Fault> {
    if open.scope.cloud.is_none() {
        return Ok(Vec::new());
    }
    let listings = open.scope.store.listings()?;
    let tally = open.scope.store.tally()?;
    let age = |api: Api, rows: u64| {
        let mine = || listings.iter().filter(move |(name, _, _)| name == api.as_str());
        let notes: Vec<&str> = mine().filter_map(|(_, _, state)| state.note.as_deref()).collect();
        let troubles: Vec<String> = mine()
            .filter_map(|(_, workspace, state)| {
                let trouble = state.trouble.as_ref()?;
                Some(if workspace.is_empty() { trouble.clone() } else { format!("{workspace}: {trouble}") })
            })
            .collect();
        SourceAge {
            api: api.as_str().to_owned(),
            read_at: mine().map(|(_, _, state)| state.completed).min().flatten().map(instant),
            rows,
            trouble: (!troubles.is_empty()).then(|| troubles.join(" ")),
            note: (!notes.is_empty()).then(|| notes.join(" ")),
        }
    };
    Ok(vec![
        age(Api::Sentinel, tally.sentinel),
        age(Api::Graph, tally.graph),
        age(Api::Logs, tally.identities),
    ])
}
