//! A desk to test at: a sandbox of its own, a host on it, and its answers, in one line.

#![allow(clippy::expect_used, clippy::panic, reason = "a test's helper fails where the test fails")]

pub mod clock;
pub mod limited;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use contract::account::{AccountConnect, CloudName, WayIn};
use contract::job::JobState;
use contract::{ErrorView, Event};
use host::secret::SessionMemory;
use host::{Host, Options, Source};
use sandbox::Sandbox;
use serde_json::{Value, json};

/// A sandbox and a host that has it open. Everything ends with the value.
pub struct Desk {
    pub host: Host,
    pub sandbox: Sandbox,
    folder: tempfile::TempDir,
}

/// How long a job may take before the test calls it stuck.
const PATIENCE: Duration = Duration::from_secs(120);

/// A world of a test's own size, without the pauses that only people need.
pub fn world(seed: u64, incidents: u32) -> sandbox::Options {
    sandbox::Options { seed, incidents, smtp_pause: Duration::ZERO, ..sandbox::Options::default() }
}

/// A host that keeps its connections in a folder and its secrets in memory.
pub fn host(data_dir: Option<PathBuf>, demo_only: bool) -> Host {
    Host::new(Options {
        data_dir,
        demo_only,
        demo_incidents: Some(300),
        ..Options::new(Arc::new(SessionMemory::new()))
    })
}

/// An account as somebody would type it; what is empty is what a sandbox takes.
pub fn account(name: &str, way: WayIn) -> AccountConnect {
    AccountConnect {
        name: name.to_owned(),
        tenant: String::new(),
        client: String::new(),
        cloud: CloudName::Public,
        custom: None,
        way,
        secret: None,
        certificate: None,
        keep: true,
    }
}

impl Desk {
    /// Starts a sandbox and opens it; nothing is read yet.
    pub async fn open(options: sandbox::Options) -> Self {
        let desk = Self::beside(options).await;
        desk.host.open(Source::Descriptor(desk.descriptor())).await.expect("the sandbox opens");
        desk
    }

    /// Starts a sandbox with a host that has not opened it.
    pub async fn beside(options: sandbox::Options) -> Self {
        let sandbox = Sandbox::start(options).await.expect("the sandbox starts");
        let folder = tempfile::tempdir().expect("a folder");
        Self { host: host(None, false), sandbox, folder }
    }

    /// The sandbox's line, in a file.
    pub fn descriptor(&self) -> PathBuf {
        self.descriptor_with(|_| {})
    }

    /// The sandbox's line with something changed in it, in a file.
    pub fn descriptor_with(&self, change: impl Fn(&mut Value)) -> PathBuf {
        let mut line = serde_json::to_value(self.sandbox.descriptor()).expect("a descriptor is JSON");
        change(&mut line);
        let path = self.folder.path().join("sandbox.json");
        std::fs::write(&path, line.to_string()).expect("the folder can be written");
        path
    }

    /// Asks one command.
    pub async fn ask(&self, command: &str, arguments: Value) -> Result<Value, ErrorView> {
        self.host.call(command, arguments).await
    }

    /// Asks one command that must be answered.
    pub async fn get(&self, command: &str, arguments: Value) -> Value {
        get(&self.host, command, arguments).await
    }

    /// Starts a job and waits for its end.
    pub async fn run(&self, command: &str, arguments: Value) -> (JobState, Option<ErrorView>) {
        finish(&self.host, command, arguments).await
    }
}

/// Asks one command of a host that must answer it.
pub async fn get(host: &Host, command: &str, arguments: Value) -> Value {
    let answer = host.call(command, arguments).await;
    answer.unwrap_or_else(|error| panic!("{command} is answered, not: {}", error.message))
}

/// Starts a job, or joins the one under way, and waits for its end.
pub async fn finish(host: &Host, command: &str, arguments: Value) -> (JobState, Option<ErrorView>) {
    let mut events = host.events();
    let started = host.call(command, arguments).await.expect("the job starts");
    let id = started["id"].as_u64().expect("a job has a number");
    let ended = async {
        loop {
            if let Some(end) = ended(host, id).await {
                return end;
            }
            // A lagging listener has missed news; it looks again.
            while let Ok(event) = events.recv().await {
                if matches!(event, Event::Job { .. }) {
                    break;
                }
            }
        }
    };
    tokio::time::timeout(PATIENCE, ended).await.expect("the job ends")
}

/// Begins a reading, or joins the one under way, and waits until it asks: its number and its plan.
pub async fn asks(host: &Host) -> (Value, String) {
    let mut events = host.events();
    let id = get(host, "sync_run", json!({})).await["id"].clone();
    loop {
        let jobs = get(host, "job_list", json!({})).await;
        let job = jobs["jobs"]
            .as_array()
            .and_then(|jobs| jobs.iter().find(|job| job["id"] == id))
            .expect("it is listed");
        if job["asked"]["waits"] == json!(true) {
            assert_eq!(job["state"], "paused");
            return (id, job["asked"]["plan"].as_str().expect("a sentence").to_owned());
        }
        assert_eq!(job["state"], "running", "it ended without asking: {job}");
        let _ = events.recv().await;
    }
}

async fn ended(host: &Host, id: u64) -> Option<(JobState, Option<ErrorView>)> {
    let list = host.call("job_list", json!({})).await.expect("jobs are listed");
    let list: contract::job::JobList = serde_json::from_value(list).expect("a list of jobs");
    let job = list.jobs.into_iter().find(|job| u64::from(job.id) == id).expect("the job is remembered");
    (!matches!(job.state, JobState::Running | JobState::Paused)).then_some((job.state, job.failure))
}
