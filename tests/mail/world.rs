//! A sandbox without incidents, and the engine in front of it with a store of its own.

use std::sync::Arc;
use std::time::Duration;

use domain::secret::Secret;
use engine::mail::{KeptLadder, KeptStep, Login, MailRequest};
use engine::scope::{Account, Endpoints, Key, SmtpHost, Store, Way};
use engine::{Control, Scope};
use sandbox::{Options, Sandbox};
use tempfile::TempDir;

pub struct World {
    pub sandbox: Sandbox,
    pub scope: Scope,
    _folder: TempDir,
}

impl World {
    pub async fn start(story: &str) -> Self {
        Self::with(story, |_, _| {}).await
    }

    /// `change` types something else than the descriptor says, or goes to another submission server.
    pub async fn with(story: &str, change: impl FnOnce(&mut Account, &mut SmtpHost)) -> Self {
        let options = Options {
            incidents: 0,
            story: story.to_owned(),
            smtp_pause: Duration::ZERO,
            ..Options::default()
        };
        let sandbox = Sandbox::start(options).await.unwrap();
        let at = sandbox.descriptor();
        let mut account = Account {
            tenant: at.tenant_id.clone(),
            client: at.client_id.clone(),
            way: Way::Secret(Secret::from(at.client_secret.as_str())),
        };
        let mut smtp = SmtpHost { host: at.smtp.host.clone(), port: at.smtp.port };
        change(&mut account, &mut smtp);
        let folder = tempfile::tempdir().unwrap();
        let scope = scope(&sandbox, account, smtp, &folder);
        Self { sandbox, scope, _folder: folder }
    }

    /// A run that asks for everything but a password.
    pub fn request(&self, mailbox: &str) -> MailRequest {
        let outside = Some(self.sandbox.descriptor().mailboxes.denied.clone());
        MailRequest { mailbox: mailbox.to_owned(), outside, login: None, send: true }
    }

    pub fn with_password(&self, mailbox: &str, password: &str) -> MailRequest {
        let login = Login { user: mailbox.to_owned(), password: Secret::from(password) };
        MailRequest { login: Some(login), ..self.request(mailbox) }
    }

    pub async fn run(&self, request: MailRequest) -> KeptLadder {
        self.scope.test_mail(request, &Control::silent()).await.unwrap()
    }
}

fn scope(sandbox: &Sandbox, account: Account, smtp: SmtpHost, folder: &TempDir) -> Scope {
    let at = sandbox.descriptor();
    let ca_pem = std::fs::read_to_string(&at.ca_cert).unwrap();
    let endpoints = Endpoints::sandbox(&at.authority, &at.arm, &at.graph, &at.logs, smtp, ca_pem).unwrap();
    let store = Store::open(folder.path(), Key::new([7; 32])).unwrap().store;
    Scope::tenant(endpoints, account, store, engine::clock::system(), Arc::new(|_| {})).unwrap()
}

pub fn step<'a>(ladder: &'a KeptLadder, id: &str) -> &'a KeptStep {
    ladder.steps.iter().find(|step| step.id == id).unwrap_or_else(|| panic!("{id} has no step"))
}

pub fn verdict<'a>(ladder: &'a KeptLadder, id: &str) -> &'a str {
    &step(ladder, id).verdict
}

/// The ids of all causes that a run names.
pub fn causes(ladder: &KeptLadder) -> Vec<&str> {
    ladder.steps.iter().filter_map(|step| step.cause.as_ref()).map(|cause| cause.id.as_str()).collect()
}
