//! The menu: everything a user interface can ask of the core, one line each.
//!
//! `query` reads the store; `action` changes something and is audited; `job` takes long, reports progress and can be
//! cancelled. The topics behind an entry say what a query shows, or what an action or job changes.

use serde_json::Value;

use crate::account::{
    AccountConnect, AccountEdit, AccountKey, AccountList, AccountRemove, AccountRemoved, ConnectionTest,
    Doctor, ExpiryList, Registration, RegistrationRequest, SignInView, TierAsk, TierRequest, WorkspaceList,
};
use crate::alert::{AlertListRequest, AlertPage};
use crate::cache::{Cache, CacheRetain};
use crate::change::{ChangeApply, ChangeListRequest, ChangePage, ChangePreview, ChangeRequest, ChangeUndo};
use crate::error::ErrorView;
use crate::event::Topic;
use crate::export::{ExportPart, ExportPartRequest, IncidentExport};
use crate::incident::{
    IncidentDetail, IncidentFacets, IncidentFilter, IncidentGroups, IncidentGroupsRequest, IncidentKey,
    IncidentKeys, IncidentKeysRequest, IncidentListRequest, IncidentPage,
};
use crate::incident_part::IncidentParts;
use crate::job::{JobId, JobList, JobView};
use crate::mail::{MailExplanation, MailLadder, MailTestRequest, MailText};
use crate::network::{Network, NetworkSet};
use crate::overview::Overview;
use crate::readiness::{CheckDetail, CheckKey, OffenceEvidence, OffenceKey, ReadinessList};
use crate::redirect::{RedirectKey, RedirectList, RedirectProof};
use crate::request::{RequestListRequest, RequestPage};
use crate::schedule::{Schedule, ScheduleSet};
use crate::session::{Link, LinkOpened, Nothing, SessionFiles, SessionOpen, SessionState};
use crate::view::{ViewDefault, ViewList, ViewName, ViewSave};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Query,
    Action,
    Job,
}

/// One entry of the menu, as data.
#[derive(Clone, Copy, Debug)]
pub struct Command {
    pub name: &'static str,
    pub kind: Kind,
    pub topics: &'static [Topic],
}

macro_rules! menu {
    ($($kind:ident $name:ident($input:ty) -> $output:ty, [$($topic:ident),*];)*) => {
        /// What the host answers; a missing entry does not compile.
        #[async_trait::async_trait]
        pub trait Menu: Send + Sync {
            $(async fn $name(&self, request: $input) -> Result<$output, ErrorView>;)*
        }

        /// The menu as a table.
        pub const COMMANDS: &[Command] = &[
            $(Command { name: stringify!($name), kind: menu!(@kind $kind), topics: &[$(Topic::$topic),*] },)*
        ];

        /// Answers one command by its name with JSON in and out.
        pub async fn dispatch(menu: &dyn Menu, command: &str, arguments: Value) -> Result<Value, ErrorView> {
            match command {
                $(stringify!($name) => answer(menu.$name(read(arguments)?).await?),)*
                _ => Err(invalid(format!("There is no command `{command}`."))),
            }
        }

        pub(crate) fn visit(visitor: &mut impl ts_rs::TypeVisitor) {
            $(visitor.visit::<$input>(); visitor.visit::<$output>();)*
            visitor.visit::<crate::event::Event>();
            visitor.visit::<ErrorView>();
        }

        pub(crate) fn signatures(config: &ts_rs::Config) -> Vec<(&'static str, String, String)> {
            use ts_rs::TS;
            vec![$((stringify!($name), <$input>::name(config), <$output>::name(config)),)*]
        }
    };
    (@kind query) => { Kind::Query };
    (@kind action) => { Kind::Action };
    (@kind job) => { Kind::Job };
}

menu! {
    query session_get(Nothing) -> SessionState, [Session, Incidents];
    action session_demo(Nothing) -> SessionState, [Session, Incidents, Redirects, Changes, Readiness, Mail, Accounts, Requests];
    action session_open(SessionOpen) -> SessionState, [Session, Incidents, Redirects, Changes, Readiness, Mail, Accounts, Requests];
    action session_files(SessionFiles) -> SessionState, [Session, Incidents, Redirects, Changes, Readiness, Mail, Accounts, Requests];
    action session_close(Nothing) -> SessionState, [Session, Incidents, Redirects, Changes, Readiness, Mail, Accounts, Requests];

    query overview_get(Nothing) -> Overview, [Session, Incidents, Redirects, Readiness, Mail];

    query schedule_get(Nothing) -> Schedule, [Session];
    action schedule_set(ScheduleSet) -> Schedule, [Session];
    job sync_run(Nothing) -> JobView, [Session, Incidents, Redirects, Changes, Requests];
    job sync_reconcile(Nothing) -> JobView, [Session, Incidents, Redirects, Changes, Requests];
    job sync_older(Nothing) -> JobView, [Session, Incidents, Redirects, Requests];
    query incident_list(IncidentListRequest) -> IncidentPage, [Incidents, Accounts];
    query incident_keys(IncidentKeysRequest) -> IncidentKeys, [Incidents];
    query incident_facets(IncidentFilter) -> IncidentFacets, [Incidents];
    query incident_groups(IncidentGroupsRequest) -> IncidentGroups, [Incidents];
    query incident_get(IncidentKey) -> IncidentDetail, [Incidents, Accounts];
    job incident_read(IncidentKey) -> JobView, [Incidents, Redirects, Requests];
    query incident_parts(IncidentKey) -> IncidentParts, [Incidents, Changes, Session];
    query alert_list(AlertListRequest) -> AlertPage, [Incidents, Session];
    job alert_read(Nothing) -> JobView, [Incidents, Requests];
    query view_list(Nothing) -> ViewList, [Views, Session];
    action view_save(ViewSave) -> ViewList, [Views];
    action view_remove(ViewName) -> ViewList, [Views];
    action view_default(ViewDefault) -> ViewList, [Views];
    job incident_export(IncidentExport) -> JobView, [];
    query export_part(ExportPartRequest) -> ExportPart, [];

    query change_preview(ChangeRequest) -> ChangePreview, [Incidents, Accounts];
    job change_apply(ChangeApply) -> JobView, [Incidents, Redirects, Changes, Requests];
    job change_undo(ChangeUndo) -> JobView, [Incidents, Redirects, Changes, Requests];
    query change_list(ChangeListRequest) -> ChangePage, [Changes, Accounts];

    query redirect_list(Nothing) -> RedirectList, [Redirects];
    query redirect_get(RedirectKey) -> RedirectProof, [Redirects];

    job readiness_run(Nothing) -> JobView, [Readiness, Requests];
    query readiness_list(Nothing) -> ReadinessList, [Readiness];
    query readiness_get(CheckKey) -> CheckDetail, [Readiness];
    query readiness_evidence(OffenceKey) -> OffenceEvidence, [Readiness];

    job mail_test(MailTestRequest) -> JobView, [Mail, Requests];
    query mail_ladder(Nothing) -> MailLadder, [Mail];
    query mail_explain(MailText) -> MailExplanation, [];

    query account_list(Nothing) -> AccountList, [Accounts, Session];
    action account_connect(AccountConnect) -> AccountList, [Accounts, Session, Incidents, Redirects, Changes, Readiness, Mail, Requests];
    action account_edit(AccountEdit) -> AccountList, [Accounts, Session];
    action account_remove(AccountRemove) -> AccountRemoved, [Accounts, Session];
    job account_sign_in(AccountKey) -> JobView, [Accounts, Session, Requests];
    query sign_in_get(Nothing) -> SignInView, [Accounts];
    query registration_get(RegistrationRequest) -> Registration, [];
    query tier_get(TierRequest) -> TierAsk, [Accounts];
    job doctor_run(Nothing) -> JobView, [Accounts, Requests];
    query doctor_get(Nothing) -> Doctor, [Accounts, Readiness];
    query expiry_list(Nothing) -> ExpiryList, [Accounts];
    job connection_test(AccountKey) -> JobView, [Accounts, Requests];
    query connection_get(AccountKey) -> ConnectionTest, [Accounts];
    query workspace_list(Nothing) -> WorkspaceList, [Accounts, Session];

    query cache_get(Nothing) -> Cache, [Incidents, Accounts];
    action cache_retain(CacheRetain) -> Cache, [Accounts];
    job cache_tidy(Nothing) -> JobView, [Incidents, Accounts];

    query network_get(Nothing) -> Network, [Network];
    action network_set(NetworkSet) -> Network, [Network, Accounts];
    action link_open(Link) -> LinkOpened, [];

    query request_list(RequestListRequest) -> RequestPage, [Requests];

    query job_list(Nothing) -> JobList, [Jobs];
    action job_cancel(JobId) -> JobList, [Jobs];
    action job_pause(JobId) -> JobList, [Jobs];
    action job_resume(JobId) -> JobList, [Jobs];
}

fn read<T: serde::de::DeserializeOwned>(arguments: Value) -> Result<T, ErrorView> {
    serde_json::from_value(arguments)
        .map_err(|error| invalid(format!("The arguments could not be read: {error}.")))
}

fn answer(value: impl serde::Serialize) -> Result<Value, ErrorView> {
    serde_json::to_value(value).map_err(|error| ErrorView {
        code: crate::error::Code::Internal,
        ..invalid(format!("The answer could not be written: {error}."))
    })
}

fn invalid(message: String) -> ErrorView {
    ErrorView { code: crate::error::Code::Invalid, message, hint: None, retry_after: None, request_id: None }
}
