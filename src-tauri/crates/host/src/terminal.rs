//! What the terminal asks: whole verbs, awaited, in the shapes that `xwalk --json` prints.

use std::path::PathBuf;

use contract::mail::{MailExplanation, MailLadder, MailTestRequest};
use contract::terminal as out;
use domain::fault::{Code, Fault};
use domain::secret::Secret;
use engine::Control;
use engine::readiness::KeptReport;
use engine::sync::{ApiReport, Apis, SyncReport};

use crate::descriptor::Descriptor;
use crate::menu::blocking;
use crate::view::{mail, readiness, redirect};
use crate::{Host, view};

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
            Source::Connection(name) => self.open_connection(&name).await.map(|_| ()),
            Source::Files(paths) => self.open_files(paths).await.map(|_| ()),
        }
    }

    /// Stores a connection to a sandbox.
    pub async fn connect_descriptor(
        &self,
        name: &str,
        path: &std::path::Path,
    ) -> Result<out::Connected, Fault> {
        let descriptor = Descriptor::read(path)?;
        let secret = descriptor
            .client_secret
            .clone()
            .ok_or_else(|| Fault::new(Code::Invalid, "The descriptor holds no `client_secret`."))?;
        let (tenant, client) = (descriptor.tenant_id.clone(), descriptor.client_id.clone());
        let kept = self.connect(name, &tenant, &client, Secret::from(secret), Some(descriptor)).await?;
        Ok(out::Connected { name: kept.name.clone(), demo: true, stored: self.stored(&kept) })
    }

    /// Stores a connection to a tenant of the public cloud.
    pub async fn connect_tenant(
        &self,
        name: &str,
        tenant: &str,
        client: &str,
        secret: Secret,
    ) -> Result<out::Connected, Fault> {
        let kept = self.connect(name, tenant, client, secret, None).await?;
        Ok(out::Connected { name: kept.name.clone(), demo: false, stored: self.stored(&kept) })
    }

    /// Reads the APIs that are asked for.
    pub async fn sync(&self, apis: Apis) -> Result<out::Sync, Fault> {
        let open = self.open_session()?;
        Ok(sync(open.scope.sync(apis, &Control::silent()).await?))
    }

    /// Whether any listing of the open session ever came to its end.
    pub async fn was_read(&self) -> Result<bool, Fault> {
        let open = self.open_session()?;
        let listings = blocking(move || Ok(open.scope.store.listings()?)).await?;
        Ok(listings.iter().any(|(_, _, state)| state.completed.is_some()))
    }

    /// Makes every word searchable.
    pub async fn index_text(&self) -> Result<(), Fault> {
        self.open_session()?.scope.index_text().await
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
