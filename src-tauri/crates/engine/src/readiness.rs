//! Readiness: reads the tenant's rules and playbooks, or files, runs the checks, and keeps the result.

use std::path::PathBuf;

use cloud::CloudError;
use cloud::arm::{Listing as Answered, Workspace};
use domain::fault::{Code, Fault};
use domain::incident::Api;
use domain::readiness::{self, CheckInfo, Given, IncidentFacts, IncidentLedger, Onboarding, Report, Subject};
use store::{Collection, Fact};
use time::OffsetDateTime;

use crate::excerpt::around_path;
use crate::job::Control;
use crate::redirect::Evidence;
use crate::{Scope, redirect};

mod given;
mod kept;

pub(crate) use given::first_sentence;
use given::{given, given_playbooks, why_unread};
pub use kept::{KeptCheck, KeptFile, KeptOffence, KeptReport};

/// Name of the kept result.
const DOCUMENT: &str = "readiness";

/// What the checks read, by the kind's word in the store.
pub(crate) const AUTOMATION_RULE: &str = "automation_rule";
const ANALYTICS_RULE: &str = "analytics_rule";
pub(crate) const PLAYBOOK: &str = "playbook";

impl Scope {
    /// Reads the tenant's rules and playbooks, runs every check over what is stored, and keeps the result.
    ///
    /// # Errors
    /// Sign-in and discovery. A listing that fails makes its checks `could_not_run`, with the reason.
    pub async fn run_readiness(&self, control: &Control) -> Result<KeptReport, Fault> {
        control.step("Reading rules and playbooks");
        let workspaces = self.discover_workspaces().await?;
        for workspace in &workspaces {
            control.checkpoint().await;
            self.read_workspace(workspace, control).await?;
        }
        self.read_playbooks(&workspaces, control).await?;
        self.flush_log().await?;
        control.step("Running the checks");
        let scope = self.clone();
        tokio::task::spawn_blocking(move || scope.check_store())
            .await
            .map_err(|broken| Fault::new(Code::Internal, format!("The checks ended early: {broken}.")))?
    }

    /// Runs every check over files and folders, and keeps the result.
    pub fn check_files(&self, paths: &[PathBuf]) -> Result<KeptReport, Fault> {
        let import = import::read(paths);
        let ledger = import.ledger(self.now());
        let report = readiness::run(&import.subject(&ledger, None, self.now()));
        let files = import.files.iter().map(KeptFile::of).collect();
        self.keep(&report, files)
    }

    /// The result of the last run, with its time.
    pub fn readiness(&self) -> Result<Option<(KeptReport, OffsetDateTime)>, Fault> {
        let kept = self.store.document(DOCUMENT)?;
        Ok(kept.and_then(|(json, at)| Some((serde_json::from_str(&json).ok()?, at))))
    }

    /// The lines that an offence points at, from the stored resource or the file as it is now.
    pub fn offence_evidence(&self, offence: &KeptOffence) -> Result<Option<Evidence>, Fault> {
        match (&offence.file, &offence.id) {
            (Some(file), _) => Ok(file_evidence(file, offence)),
            (None, Some(id)) => self.object_evidence(id, offence),
            (None, None) => Ok(None),
        }
    }

    fn object_evidence(&self, id: &str, offence: &KeptOffence) -> Result<Option<Evidence>, Fault> {
        let Some(object) = self.store.object(&offence.kind, id)? else { return Ok(None) };
        let read = self.store.collections()?;
        let read = read.into_iter().find(|one| one.kind == offence.kind && one.workspace == object.workspace);
        Ok(Some(Evidence {
            source: "sentinel",
            request: read.as_ref().map_or_else(|| id.to_owned(), |one| format!("GET {}", one.request)),
            read_at: read.map(|one| one.read_at),
            path: offence.path.clone(),
            lines: around_path(&object.json, offence.path.as_deref().unwrap_or_default()),
        }))
    }

    async fn read_workspace(&self, workspace: &Workspace, control: &Control) -> Result<(), Fault> {
        let arm = self.cloud()?.arm();
        let rules = arm.automation_rules(workspace).await;
        self.keep_listing(AUTOMATION_RULE, &workspace.name, rules).await?;
        let rules = arm.alert_rules(workspace).await;
        self.keep_listing(ANALYTICS_RULE, &workspace.name, rules).await?;
        control.advance(2);
        Ok(())
    }

    async fn read_playbooks(&self, workspaces: &[Workspace], control: &Control) -> Result<(), Fault> {
        let mut subscriptions: Vec<&str> =
            workspaces.iter().map(|workspace| workspace.subscription.as_str()).collect();
        subscriptions.sort_unstable();
        subscriptions.dedup();
        for subscription in subscriptions {
            control.checkpoint().await;
            let workflows = self.cloud()?.arm().workflows(subscription).await;
            self.keep_listing(PLAYBOOK, subscription, workflows).await?;
            control.advance(1);
        }
        Ok(())
    }

    /// Keeps a listing whole, or the reason why there is none.
    async fn keep_listing(
        &self,
        kind: &str,
        place: &str,
        listing: Result<Answered, CloudError>,
    ) -> Result<(), Fault> {
        let mut collection = Collection {
            kind: kind.to_owned(),
            workspace: place.to_owned(),
            request: String::new(),
            read_at: self.wall.now(),
            trouble: None,
        };
        match listing {
            Ok(listing) => {
                collection.request = format!("{}?api-version={}", listing.request_path, listing.api_version);
                let objects: Vec<(String, String)> = listing.items.iter().map(named).collect();
                self.store(move |store| store.set_objects(&collection, &objects)).await
            }
            Err(error) => {
                collection.trouble = Some(error.fault().sentence);
                self.store(move |store| store.set_trouble(&collection)).await
            }
        }
    }

    fn check_store(&self) -> Result<KeptReport, Fault> {
        let collections = self.store.collections()?;
        let automation = self.trees(AUTOMATION_RULE)?;
        let analytics = self.trees(ANALYTICS_RULE)?;
        let playbooks = self.trees(PLAYBOOK)?;
        let automation: Vec<_> = automation.iter().map(translate::automation_rule::from_answer).collect();
        let analytics: Vec<_> = analytics.iter().map(translate::analytics_rule::from_answer).collect();
        let playbooks: Vec<_> = playbooks.iter().map(translate::playbook::from_answer).collect();
        let ledger = self.incident_ledger()?;
        let report = readiness::run(&Subject {
            automation_rules: given(&automation, AUTOMATION_RULE, "automation rules", &collections),
            analytics_rules: given(&analytics, ANALYTICS_RULE, "analytics rules", &collections),
            playbooks: given_playbooks(&playbooks, &automation, &collections),
            incidents: self.given_incidents(&ledger)?,
            tenant_correlates: None,
            now: self.now(),
        });
        self.keep(&report, Vec::new())
    }

    /// The incidents of every workspace, or those of some with what is missing. What was read before a source began to
    /// refuse still counts as read in part: it may be out of date.
    fn given_incidents<'a>(&self, ledger: &'a IncidentLedger) -> Result<Given<&'a IncidentLedger>, Fault> {
        let listings = self.store.listings()?;
        let unread: Vec<String> = listings
            .iter()
            .filter(|(api, ..)| api == Api::Sentinel.as_str())
            .filter_map(|(_, workspace, state)| Some(format!("{workspace}{}", why_unread(state)?)))
            .collect();
        let read = listings.iter().any(|(_, _, state)| state.completed.is_some());
        Ok(match (read, unread.len()) {
            (false, _) => Given::Missing("no incidents were read".to_owned()),
            (_, 0) => Given::Read(ledger),
            _ => Given::Partly(ledger, format!("incidents of {}", unread.join(", "))),
        })
    }

    pub(crate) fn trees(&self, kind: &str) -> Result<Vec<domain::tree::Tree>, Fault> {
        let objects = self.store.objects(kind)?;
        let read =
            |json: &str| serde_json::from_str(json).ok().map(|value| translate::tree::from_json(&value));
        Ok(objects.iter().filter_map(|object| read(&object.json)).collect())
    }

    /// One pass for the onboarding of each workspace, one for the counts: a tenant is never held in memory.
    fn incident_ledger(&self) -> Result<IncidentLedger, Fault> {
        let mut onboarding = Onboarding::default();
        self.store.each_fact(|fact| onboarding.see(&facts(fact)))?;
        let mut ledger = IncidentLedger::new(self.now(), onboarding);
        self.store.each_fact(|fact| ledger.add(&facts(fact)))?;
        let defender = why_unread(&self.store.listing(Api::Graph, "")?);
        ledger.defender_unread = defender.map(|why| format!("Defender's incidents{why}"));
        Ok(ledger)
    }

    fn keep(&self, report: &Report, files: Vec<KeptFile>) -> Result<KeptReport, Fault> {
        let kept = KeptReport::of(report, files);
        let json = serde_json::to_string(&kept)
            .map_err(|error| Fault::new(Code::Internal, format!("The result could not be kept: {error}.")))?;
        self.store.set_document(DOCUMENT, &json, self.wall.now())?;
        Ok(kept)
    }
}

/// What is known of a check before it ran.
pub fn check_info(id: &str) -> Option<CheckInfo> {
    readiness::catalogue().into_iter().find(|info| info.id == id)
}

fn named(item: &serde_json::Value) -> (String, String) {
    let id = item.get("id").and_then(|id| id.as_str()).unwrap_or_default();
    (id.to_owned(), item.to_string())
}

fn facts(fact: Fact) -> IncidentFacts {
    IncidentFacts {
        redirect_end: fact.redirected.then(|| end(&fact)),
        id: fact.arm_id.or(fact.graph_id),
        name: fact.title,
        file: None,
        path: String::new(),
        workspace: fact.workspace.unwrap_or_default(),
        provider_name: fact.provider_name,
        has_provider_url: fact.has_provider_url,
        created: fact.created,
    }
}

fn end(fact: &Fact) -> String {
    match (&fact.target, &fact.unresolved) {
        (Some(target), _) => format!("now in {target}"),
        (None, Some(why)) => redirect::short_reason(why).to_owned(),
        (None, None) => "not followed yet".to_owned(),
    }
}

fn file_evidence(file: &str, offence: &KeptOffence) -> Option<Evidence> {
    let json = import::document(std::path::Path::new(file)).ok()?;
    let path = offence.path.clone().unwrap_or_default();
    Some(Evidence {
        source: "file",
        request: file.to_owned(),
        read_at: None,
        lines: around_path(&json.to_string(), &path),
        path: Some(path),
    })
}
