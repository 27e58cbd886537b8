//! What the terminal asks: whole verbs, awaited, in the shapes that `xwalk --json` prints.

use std::path::PathBuf;

use contract::account::{AccountConnect, ConnectionTest, Doctor, SignInPrompt};
use contract::export::IncidentExport;
use contract::incident_part::IncidentParts;
use contract::mail::{MailExplanation, MailLadder, MailTestRequest};
use contract::terminal as out;
use domain::fault::{Code, Fault};
use engine::Control;
use engine::readiness::KeptReport;
use engine::sync::{ApiReport, Apis, Part, SyncPlan, SyncReport};

use crate::descriptor::Descriptor;
use crate::guard::{self, Write};
use crate::menu::blocking;
use crate::view::{mail, readiness, redirect};
use crate::{Host, export, view};

/// What a terminal session works on.
#[derive(Clone, Debug)]
pub enum Source {
    /// A running sandbox, by the file that holds its line.
    Descriptor(PathBuf),
    /// A stored connection.
    Connection(String),
    /// Files and folders.
    Files(Vec<PathBuf>),
}

impl Host {
    /// Opens a source; the verbs below work on it.
    pub async fn open(&self, source: Source) -> Result<(), Fault> {
        match source {
            Source::Descriptor(path) => self.open_descriptor(Descriptor::read(&path)?).await.map(|_| ()),
            Source::Connection(name) => self.open_account(&name).await.map(|_| ()),
            Source::Files(paths) => self.open_files(paths).await.map(|_| ()),
        }
    }

    /// Stores a connection to a tenant.
    pub async fn connect_tenant(&self, request: AccountConnect) -> Result<out::Connected, Fault> {
        let name = request.name.clone();
        self.connect(request).await?;
        self.connected(&name)
    }

    pub(crate) fn connected(&self, name: &str) -> Result<out::Connected, Fault> {
        let kept = self.connection(name)?;
        let demo = kept.sandbox.is_some();
        Ok(out::Connected { name: kept.name.clone(), demo, stored: self.stored(&kept, true) })
    }

    /// Opens a stored connection and signs in; `told` hears what a person has to do. Answers who signed in.
    pub async fn sign_in(&self, name: &str, told: impl Fn(&SignInPrompt)) -> Result<Option<String>, Fault> {
        let mut events = self.events();
        let open = self.open_account(name).await?;
        let control = Control::silent();
        let mut work = std::pin::pin!(open.scope.sign_in(&control));
        let mut shown = None;
        let signed_in = loop {
            tokio::select! {
                outcome = &mut work => break outcome?,
                _ = events.recv() => {}
            }
            let prompt = self.sign_in_view().prompt;
            if let Some(prompt) = prompt.as_ref().filter(|_| prompt != shown) {
                told(prompt);
            }
            shown = prompt;
        };
        self.change_facts(name, |facts| facts.user.clone_from(&signed_in.user))?;
        Ok(signed_in.user)
    }

    /// Asks what is granted, and answers what the doctor says.
    pub async fn run_doctor(&self) -> Result<Doctor, Fault> {
        let open = self.open_session()?;
        let (tier, mail) = self.chosen(&open)?;
        open.scope.run_doctor(tier, mail, &Control::silent()).await?;
        let host = self.clone();
        blocking(move || host.doctor()).await
    }

    /// Walks the way to Microsoft for the open account.
    pub async fn test_connection(&self) -> Result<ConnectionTest, Fault> {
        let open = self.open_session()?;
        open.scope.run_connection_test(&Control::silent()).await?;
        let (host, name) = (self.clone(), open.name().unwrap_or_default());
        blocking(move || host.connection_steps(name)).await
    }

    /// Reads the APIs that are asked for.
    pub async fn sync(&self, apis: Apis) -> Result<out::Sync, Fault> {
        let open = self.open_session()?;
        let control = Control::silent();
        let _alone = open.read_alone(&control).await?;
        Ok(sync(open.scope.sync(apis, &control).await?))
    }

    /// As [`Host::sync`], with all that ARM has.
    pub async fn reconcile(&self, apis: Apis) -> Result<out::Sync, Fault> {
        let open = self.open_session()?;
        let control = Control::silent();
        let _alone = open.read_alone(&control).await?;
        Ok(sync(open.scope.reconcile(apis, &control).await?))
    }

    /// What the next sync would ask.
    pub async fn plan_sync(&self, apis: Apis, all: bool) -> Result<out::Planned, Fault> {
        let open = self.open_session()?;
        let plan = open.scope.plan_sync(apis, all, &Control::silent()).await?;
        Ok(out::Planned { plan: plan.as_ref().map(planned) })
    }

    /// Whether any listing of the open session ever came to its end.
    pub async fn was_read(&self) -> Result<bool, Fault> {
        let open = self.open_session()?;
        let listings = blocking(move || Ok(open.scope.store.listings()?)).await?;
        Ok(listings.iter().any(|(_, _, state)| state.completed.is_some()))
    }

    /// Writes the view to a file and answers how many rows it holds.
    pub async fn export_incidents(&self, asked: IncidentExport) -> Result<u64, Fault> {
        let open = self.open_session()?;
        let path = std::path::absolute(asked.path.clone().unwrap_or_default())
            .map_err(|error| Fault::new(Code::Invalid, format!("The file's path can't be read: {error}.")))?;
        let view = view::export::view(asked, open.scope.now());
        let go_on = |_: u64, _: u64| Ok(());
        blocking(move || open.scope.export_incidents(&view, export::whose(&open), &path, &go_on)).await
    }

    /// Asks for one incident's parts now, and answers what is kept then.
    pub async fn read_incident(&self, key: &str) -> Result<IncidentParts, Fault> {
        let open = self.open_session()?;
        open.scope.read_incident(key, &Control::silent()).await?;
        let key = key.to_owned();
        Ok(view::incident_part::parts(blocking(move || open.scope.incident_parts(&key)).await?, true))
    }

    /// Makes every word searchable.
    pub async fn index_text(&self) -> Result<(), Fault> {
        self.open_session()?.scope.index_text().await
    }

    /// Asks where merged incidents went that a large tenant's first sync left unread; `told` hears how many ends are
    /// left.
    pub async fn read_ends(&self, told: impl Fn(usize)) -> Result<(), Fault> {
        let open = self.open_session()?;
        if open.scope.cloud.is_none() {
            return Ok(());
        }
        loop {
            match open.read_ends(&Control::silent()).await? {
                0 => return Ok(()),
                left => told(left),
            }
        }
    }

    /// Every redirected source, ordered as stored.
    pub async fn redirects(&self) -> Result<Vec<out::Redirect>, Fault> {
        let open = self.open_session()?;
        let stored = blocking(move || open.scope.redirects()).await?;
        Ok(stored
            .into_iter()
            .map(|row| out::Redirect {
                target: row.target.map(|graph_id| out::RedirectEnd {
                    sentinel_id: row.target_sentinel_id,
                    graph_id: Some(graph_id),
                    number: row.target_number,
                }),
                source: out::RedirectEnd {
                    sentinel_id: row.sentinel_id,
                    graph_id: row.graph_id,
                    number: row.number,
                },
                hops: row.hops,
                known_by: redirect::known_by(&row.known_by),
                unresolved_reason: row.unresolved.as_deref().map(redirect::unresolved),
            })
            .collect())
    }

    /// Runs the checks over the tenant, or answers what opening the files found.
    pub async fn readiness(&self) -> Result<out::Readiness, Fault> {
        let open = self.open_session()?;
        let report = match open.scope.cloud {
            Some(_) => open.scope.run_readiness(&Control::silent()).await?,
            None => blocking(move || open.scope.readiness())
                .await?
                .map(|(report, _)| report)
                .ok_or_else(|| Fault::new(Code::Internal, "The files were opened and no result was kept."))?,
        };
        Ok(report_out(report))
    }

    /// Climbs the mail ladder; without a mailbox, from the one that the sandbox suggests.
    pub async fn mail_test(&self, request: MailTestRequest) -> Result<MailLadder, Fault> {
        let open = self.open_session()?;
        let mut request = request;
        if request.mailbox.is_empty() {
            request.mailbox = open.mail.mailbox.clone().ok_or_else(|| {
                Fault::new(Code::Invalid, "No mailbox was named.")
                    .hint("Name the one that sends with --mailbox.")
            })?;
        }
        if request.send {
            guard::allowed(&open, &Write::Mail)?;
        }
        request.outside = request.outside.take().or_else(|| open.mail.outside.clone());
        open.scope.test_mail(mail::request(request), &Control::silent()).await?;
        let suggested = open.mail.clone();
        Ok(mail::ladder(blocking(move || open.scope.mail_ladder()).await?, suggested))
    }
}

/// What a pasted error text means. Needs no session.
pub fn explain(text: &str) -> MailExplanation {
    view::mail::explain(text)
}

fn sync(report: SyncReport) -> out::Sync {
    let part = |part: ApiReport| out::SyncApi {
        incidents: part.incidents,
        read: part.read,
        requests: part.requests,
        bytes: part.bytes,
        retries: part.retries,
    };
    out::Sync {
        sentinel: report.sentinel.map(part),
        graph: report.graph.map(part),
        logs: report.logs.map(part),
        elapsed_ms: report.elapsed.as_millis() as u64,
        troubles: report.troubles,
        notes: report.notes,
        plan: report.plan.as_ref().map(planned),
    }
}

fn planned(plan: &SyncPlan) -> out::SyncPlan {
    let part = |part: Part| out::SyncPart {
        requests: part.requests,
        rows: part.rows,
        seconds: part.time.as_secs_f64(),
    };
    out::SyncPlan {
        sentence: plan.sentence(),
        requests: plan.requests(),
        singles: plan.singles(),
        rows: plan.rows(),
        seconds: plan.time().as_secs_f64(),
        sentinel: plan.sentinel.map(part),
        graph: plan.graph.map(part),
        logs: plan.logs.map(part),
    }
}

fn report_out(report: KeptReport) -> out::Readiness {
    out::Readiness {
        schema: "crosswalk.readiness/1".to_owned(),
        coverage: readiness::coverage(&report),
        checks: report
            .checks
            .into_iter()
            .map(|check| out::ReadinessCheck {
                verdict: readiness::verdict(&check.verdict),
                severity: readiness::severity(&check.severity),
                objects: check.objects.into_iter().map(readiness::object).collect(),
                id: check.id,
                title: check.title,
                reason: check.reason,
            })
            .collect(),
        files: report
            .files
            .into_iter()
            .map(|file| out::ReadinessFile { file: file.file, read: file.read, reason: file.reason })
            .collect(),
    }
}
