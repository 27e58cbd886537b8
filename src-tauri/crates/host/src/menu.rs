//! The menu, answered: each entry finds its session, asks the engine, and puts the answer in the contract's words.

use std::path::PathBuf;

use async_trait::async_trait;
use contract::account::{
    AccountConnect, AccountEdit, AccountKey, AccountList, AccountRemove, AccountRemoved, ConnectionTest,
    Doctor, ExpiryList, Registration, RegistrationRequest, SignInView, TierAsk, TierRequest, WorkspaceList,
};
use contract::alert::{AlertListRequest, AlertPage};
use contract::cache::{Cache, CacheRetain};
use contract::change::{
    ChangeApply, ChangeListRequest, ChangePage, ChangePreview, ChangeRequest, ChangeUndo,
};
use contract::export::{ExportPart, ExportPartRequest, IncidentExport};
use contract::incident::{
    IncidentDetail, IncidentFacets, IncidentFilter, IncidentGroups, IncidentGroupsRequest, IncidentKey,
    IncidentKeys, IncidentKeysRequest, IncidentListRequest, IncidentPage,
};
use contract::incident_part::IncidentParts;
use contract::job::{JobId, JobList, JobView};
use contract::mail::{MailExplanation, MailLadder, MailTestRequest, MailText};
use contract::network::{Network, NetworkSet};
use contract::overview::Overview;
use contract::readiness::{CheckDetail, CheckKey, OffenceEvidence, OffenceKey, ReadinessList};
use contract::redirect::{RedirectKey, RedirectList, RedirectProof};
use contract::request::{RequestListRequest, RequestPage};
use contract::schedule::{Schedule, ScheduleSet};
use contract::session::{Link, LinkOpened, Nothing, SessionFiles, SessionOpen, SessionState};
use contract::view::{ViewDefault, ViewList, ViewName, ViewSave};
use contract::{ErrorView, Menu};
use domain::fault::{Code, Fault};

use crate::{Host, saved_view, view};

type Answer<T> = Result<T, ErrorView>;

/// Rows in one answer.
const MOST_ROWS: u32 = 500;

/// Keys in one answer: what can be ticked at once.
const MOST_KEYS: u32 = 10_000;

#[async_trait]
impl Menu for Host {
    async fn session_get(&self, _: Nothing) -> Answer<SessionState> {
        Ok(self.state().await?)
    }

    async fn session_demo(&self, _: Nothing) -> Answer<SessionState> {
        self.open_demo().await?;
        self.start_reading();
        Ok(self.state().await?)
    }

    async fn session_open(&self, request: SessionOpen) -> Answer<SessionState> {
        let open = self.open_account(&request.name).await?;
        // Without a refresh token every request would only say that somebody has to sign in.
        if open.connection().is_none_or(|account| !account.by_person() || account.signed_in) {
            self.start_reading();
        }
        Ok(self.state().await?)
    }

    async fn session_files(&self, request: SessionFiles) -> Answer<SessionState> {
        self.open_files(request.paths.into_iter().map(PathBuf::from).collect()).await?;
        Ok(self.state().await?)
    }

    async fn session_close(&self, _: Nothing) -> Answer<SessionState> {
        let host = self.clone();
        blocking(move || {
            host.close_session();
            Ok(())
        })
        .await?;
        Ok(self.state().await?)
    }

    async fn overview_get(&self, _: Nothing) -> Answer<Overview> {
        let open = self.open_session()?;
        Ok(blocking(move || view::overview::overview(&open.scope)).await?)
    }

    async fn schedule_get(&self, _: Nothing) -> Answer<Schedule> {
        Ok(self.schedule().await?)
    }

    async fn schedule_set(&self, request: ScheduleSet) -> Answer<Schedule> {
        Ok(self.set_schedule(request).await?)
    }

    async fn sync_run(&self, _: Nothing) -> Answer<JobView> {
        Ok(self.start_sync(false)?)
    }

    async fn sync_reconcile(&self, _: Nothing) -> Answer<JobView> {
        Ok(self.start_sync(true)?)
    }

    async fn sync_older(&self, _: Nothing) -> Answer<JobView> {
        Ok(self.older_job(&self.open_session()?))
    }

    async fn incident_list(&self, request: IncidentListRequest) -> Answer<IncidentPage> {
        let open = self.open_session()?;
        let limit = request.limit.clamp(1, MOST_ROWS);
        let filter = view::incident::filter(request.filter, open.scope.now());
        let sort = view::incident::sort(request.sort);
        let no_change = crate::guard::no_change(&open);
        let page = blocking(move || open.scope.incidents(&filter, sort, request.offset, limit)).await?;
        Ok(view::incident::page(page, no_change.as_deref()))
    }

    async fn incident_keys(&self, request: IncidentKeysRequest) -> Answer<IncidentKeys> {
        let open = self.open_session()?;
        let count = request.count.clamp(1, MOST_KEYS);
        let filter = view::incident::filter(request.filter, open.scope.now());
        let sort = view::incident::sort(request.sort);
        let (keys, total) =
            blocking(move || open.scope.incident_keys(&filter, sort, request.first, count)).await?;
        Ok(IncidentKeys { keys, total })
    }

    async fn incident_facets(&self, request: IncidentFilter) -> Answer<IncidentFacets> {
        let open = self.open_session()?;
        let filter = view::incident::filter(request, open.scope.now());
        Ok(view::incident::facets(blocking(move || open.scope.incident_facets(&filter)).await?))
    }

    async fn incident_groups(&self, request: IncidentGroupsRequest) -> Answer<IncidentGroups> {
        let open = self.open_session()?;
        let filter = view::incident::filter(request.filter, open.scope.now());
        let group = view::incident::group(request.group);
        Ok(view::incident::groups(blocking(move || open.scope.incident_groups(&filter, group)).await?))
    }

    async fn incident_get(&self, request: IncidentKey) -> Answer<IncidentDetail> {
        let open = self.open_session()?;
        let no_change = crate::guard::no_change(&open);
        let found = blocking(move || open.scope.incident(&request.key)).await?;
        Ok(view::incident::detail(found, no_change.as_deref()))
    }

    async fn incident_read(&self, request: IncidentKey) -> Answer<JobView> {
        let open = self.open_session()?;
        let (scope, key) = (open.scope.clone(), request.key.clone());
        Ok(self.job_about("incident_read", &request.key, &open, move |control| async move {
            scope.read_incident(&key, &control).await
        }))
    }

    async fn incident_parts(&self, request: IncidentKey) -> Answer<IncidentParts> {
        let open = self.open_session()?;
        let readable = open.scope.cloud.is_some();
        let parts = blocking(move || open.scope.incident_parts(&request.key)).await?;
        Ok(view::incident_part::parts(parts, readable))
    }

    async fn alert_list(&self, request: AlertListRequest) -> Answer<AlertPage> {
        let open = self.open_session()?;
        let readable = open.scope.cloud.is_some();
        let limit = request.limit.clamp(1, MOST_ROWS);
        let filter = view::alert::filter(request.filter);
        let page = blocking(move || open.scope.alerts(&filter, request.offset, limit)).await?;
        Ok(view::alert::page(page, readable))
    }

    async fn alert_read(&self, _: Nothing) -> Answer<JobView> {
        let open = self.open_session()?;
        let reading = open.clone();
        Ok(self.job("alert_read", &open, move |control| async move {
            let _alone = reading.read_alone(&control).await?;
            reading.scope.read_alerts(&control).await
        }))
    }

    async fn change_preview(&self, request: ChangeRequest) -> Answer<ChangePreview> {
        Ok(self.preview_change(request).await?)
    }

    async fn change_apply(&self, request: ChangeApply) -> Answer<JobView> {
        Ok(self.start_change(request)?)
    }

    async fn change_undo(&self, request: ChangeUndo) -> Answer<JobView> {
        Ok(self.start_undo(&request)?)
    }

    async fn change_list(&self, request: ChangeListRequest) -> Answer<ChangePage> {
        Ok(self.changes(request).await?)
    }

    async fn view_list(&self, _: Nothing) -> Answer<ViewList> {
        let open = self.open_session()?;
        Ok(blocking(move || saved_view::list(&open)).await?)
    }

    async fn view_save(&self, request: ViewSave) -> Answer<ViewList> {
        let open = self.open_session()?;
        Ok(blocking(move || saved_view::save(&open, request)).await?)
    }

    async fn view_remove(&self, request: ViewName) -> Answer<ViewList> {
        let open = self.open_session()?;
        Ok(blocking(move || saved_view::remove(&open, &request.view)).await?)
    }

    async fn view_default(&self, request: ViewDefault) -> Answer<ViewList> {
        let open = self.open_session()?;
        Ok(blocking(move || saved_view::set_default(&open, request.view)).await?)
    }

    async fn incident_export(&self, request: IncidentExport) -> Answer<JobView> {
        Ok(self.start_export(request)?)
    }

    async fn export_part(&self, request: ExportPartRequest) -> Answer<ExportPart> {
        let host = self.clone();
        Ok(blocking(move || host.export_part(&request)).await?)
    }

    async fn redirect_list(&self, _: Nothing) -> Answer<RedirectList> {
        let open = self.open_session()?;
        Ok(view::redirect::list(blocking(move || open.scope.redirect_tree()).await?))
    }

    async fn redirect_get(&self, request: RedirectKey) -> Answer<RedirectProof> {
        let open = self.open_session()?;
        Ok(view::redirect::proof(blocking(move || open.scope.redirect_proof(&request.key)).await?))
    }

    async fn readiness_run(&self, _: Nothing) -> Answer<JobView> {
        let open = self.open_session()?;
        if open.scope.cloud.is_none() {
            return Err(Fault::new(Code::Invalid, "Files are checked when they are opened.")
                .hint("Open them again to check what changed in them.")
                .into());
        }
        Ok(self.start_readiness(&open))
    }

    async fn readiness_list(&self, _: Nothing) -> Answer<ReadinessList> {
        let open = self.open_session()?;
        Ok(view::readiness::list(blocking(move || open.scope.readiness()).await?))
    }

    async fn readiness_get(&self, request: CheckKey) -> Answer<CheckDetail> {
        let open = self.open_session()?;
        let kept = blocking(move || open.scope.readiness()).await?;
        Ok(view::readiness::detail(kept, &request.id)?)
    }

    async fn readiness_evidence(&self, request: OffenceKey) -> Answer<OffenceEvidence> {
        let open = self.open_session()?;
        let evidence = blocking(move || {
            let kept = open.scope.readiness()?;
            let offence = view::readiness::offence(kept.as_ref(), &request)?;
            open.scope.offence_evidence(offence)
        })
        .await?;
        Ok(OffenceEvidence { evidence: evidence.map(view::redirect::evidence) })
    }

    async fn mail_test(&self, request: MailTestRequest) -> Answer<JobView> {
        let open = self.open_session()?;
        if open.scope.cloud.is_none() {
            return Err(Fault::new(Code::Invalid, "Files have no mailbox to test.")
                .hint("Open the demo tenant or a connection.")
                .into());
        }
        Ok(self.start_mail(&open, view::mail::request(request)))
    }

    async fn mail_ladder(&self, _: Nothing) -> Answer<MailLadder> {
        let open = self.open_session()?;
        let suggested = open.mail.clone();
        Ok(view::mail::ladder(blocking(move || open.scope.mail_ladder()).await?, suggested))
    }

    async fn mail_explain(&self, request: MailText) -> Answer<MailExplanation> {
        Ok(view::mail::explain(&request.text))
    }

    async fn account_list(&self, _: Nothing) -> Answer<AccountList> {
        Ok(self.accounts().await?)
    }

    async fn account_connect(&self, request: AccountConnect) -> Answer<AccountList> {
        self.connect(request).await?;
        Ok(self.accounts().await?)
    }

    async fn account_edit(&self, request: AccountEdit) -> Answer<AccountList> {
        self.edit(request).await?;
        Ok(self.accounts().await?)
    }

    async fn account_remove(&self, request: AccountRemove) -> Answer<AccountRemoved> {
        if request.typed != request.name {
            return Err(Fault::new(Code::Invalid, format!("Type `{}` to remove it.", request.name)).into());
        }
        let gone = self.remove(&request.name).await?;
        Ok(AccountRemoved { name: request.name, gone, accounts: self.accounts().await? })
    }

    async fn account_sign_in(&self, request: AccountKey) -> Answer<JobView> {
        Ok(self.start_sign_in(&request.name).await?)
    }

    async fn sign_in_get(&self, _: Nothing) -> Answer<SignInView> {
        Ok(self.sign_in_view())
    }

    async fn registration_get(&self, request: RegistrationRequest) -> Answer<Registration> {
        Ok(crate::tier::registration_of(&request)?)
    }

    async fn tier_get(&self, request: TierRequest) -> Answer<TierAsk> {
        let host = self.clone();
        Ok(blocking(move || host.tier_ask(&request)).await?)
    }

    async fn doctor_run(&self, _: Nothing) -> Answer<JobView> {
        Ok(self.start_doctor()?)
    }

    async fn doctor_get(&self, _: Nothing) -> Answer<Doctor> {
        let host = self.clone();
        Ok(blocking(move || host.doctor()).await?)
    }

    async fn expiry_list(&self, _: Nothing) -> Answer<ExpiryList> {
        let host = self.clone();
        Ok(blocking(move || host.expiries()).await?)
    }

    async fn connection_test(&self, request: AccountKey) -> Answer<JobView> {
        Ok(self.start_connection_test(&request.name)?)
    }

    async fn connection_get(&self, request: AccountKey) -> Answer<ConnectionTest> {
        let host = self.clone();
        Ok(blocking(move || host.connection_steps(request.name)).await?)
    }

    async fn workspace_list(&self, _: Nothing) -> Answer<WorkspaceList> {
        let open = self.open_session()?;
        Ok(blocking(move || crate::doctor::workspaces(&open)).await?)
    }

    async fn cache_get(&self, _: Nothing) -> Answer<Cache> {
        Ok(self.cache().await?)
    }

    async fn cache_retain(&self, request: CacheRetain) -> Answer<Cache> {
        Ok(self.retain(request.days).await?)
    }

    async fn cache_tidy(&self, _: Nothing) -> Answer<JobView> {
        Ok(self.start_tidying()?)
    }

    async fn network_get(&self, _: Nothing) -> Answer<Network> {
        let host = self.clone();
        Ok(blocking(move || host.network()).await?)
    }

    async fn network_set(&self, request: NetworkSet) -> Answer<Network> {
        self.set_network(request).await?;
        let host = self.clone();
        Ok(blocking(move || host.network()).await?)
    }

    async fn link_open(&self, request: Link) -> Answer<LinkOpened> {
        let host = self.clone();
        Ok(blocking(move || host.open_link(request)).await?)
    }

    async fn request_list(&self, request: RequestListRequest) -> Answer<RequestPage> {
        let open = self.open_session()?;
        let limit = request.limit.clamp(1, MOST_ROWS);
        let found = blocking(move || open.scope.requests(&request.text, request.offset, limit)).await?;
        Ok(view::request::page(found))
    }

    async fn job_list(&self, _: Nothing) -> Answer<JobList> {
        Ok(JobList { jobs: self.0.jobs.list() })
    }

    async fn job_cancel(&self, request: JobId) -> Answer<JobList> {
        self.0.jobs.cancel(request.id)?;
        Ok(JobList { jobs: self.0.jobs.list() })
    }

    async fn job_pause(&self, request: JobId) -> Answer<JobList> {
        self.0.jobs.pause(request.id, true)?;
        Ok(JobList { jobs: self.0.jobs.list() })
    }

    async fn job_resume(&self, request: JobId) -> Answer<JobList> {
        self.0.jobs.pause(request.id, false)?;
        Ok(JobList { jobs: self.0.jobs.list() })
    }
}

impl Host {
    pub(crate) fn real_sessions_allowed(&self) -> Result<(), Fault> {
        if self.0.options.demo_only {
            return Err(Fault::new(Code::ReadOnly, "This window serves the demo tenant and files only.")
                .hint("Use the desktop application to connect a tenant."));
        }
        Ok(())
    }
}

/// Runs work on the store off the async threads.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Fault> + Send + 'static,
) -> Result<T, Fault> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|broken| Fault::new(Code::Internal, format!("Reading the store ended early: {broken}.")))?
}
