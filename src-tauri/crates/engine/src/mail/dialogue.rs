//! One SMTP connection with its line in the request log: host, steps, bytes read, last code.
//!
//! The line is written however the dialogue ends, also when the caller stops waiting for it.

use std::time::Instant;

use cloud::endpoints::{Endpoints, Kind};
use domain::mail::ladder::Certificate;
use domain::mail::{Direction, EvidenceLine, Reply};
use smtp::{Error, Limits, OAuthReply, Session, Target, Trust};
use store::RequestRow;

use crate::Scope;
use crate::request::Log;

/// A connection to the submission server.
pub(super) struct Dialogue {
    session: Session,
    line: Line,
    /// The lines before this one belong to earlier tests.
    mark: usize,
}

/// The log's line, written when it goes.
struct Line {
    log: Log,
    row: RequestRow,
    began: Instant,
    steps: Vec<&'static str>,
}

impl Line {
    fn open(scope: &Scope, endpoints: &Endpoints) -> Self {
        let row = RequestRow {
            at: scope.wall.now(),
            verb: "SMTP".to_owned(),
            host: format!("{}:{}", endpoints.smtp.host, endpoints.smtp.port),
            path: String::new(),
            purpose: "mail test".to_owned(),
            status: None,
            bytes: 0,
            took_ms: 0,
            refused: None,
        };
        Self { log: scope.log.clone(), row, began: Instant::now(), steps: Vec::new() }
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        let path = match (self.steps.is_empty(), self.row.bytes) {
            (true, 0) => "connect".to_owned(),
            (true, _) => "greeting".to_owned(),
            (false, _) => self.steps.join(", "),
        };
        let took_ms = self.began.elapsed().as_millis() as u64;
        self.log.add(RequestRow { path, took_ms, ..self.row.clone() });
    }
}

impl Dialogue {
    /// Connects; nothing is said yet.
    pub(super) async fn open(scope: &Scope, endpoints: &Endpoints) -> Result<Self, Error> {
        let line = Line::open(scope, endpoints);
        let session = Session::connect(&target(endpoints)).await?;
        Ok(Self { session, line, mark: 0 })
    }

    /// As far as a sign-in may begin: greeting, EHLO, STARTTLS, EHLO. What was said so far is no longer news.
    pub(super) async fn encrypted(scope: &Scope, endpoints: &Endpoints) -> Result<Self, Error> {
        let mut dialogue = Self::open(scope, endpoints).await?;
        dialogue.greeting().await?;
        dialogue.ehlo().await?;
        dialogue.starttls().await?;
        dialogue.ehlo().await?;
        dialogue.news();
        Ok(dialogue)
    }

    /// The lines since the last call.
    pub(super) fn news(&mut self) -> Vec<EvidenceLine> {
        let lines = self.session.lines_since(self.mark);
        self.mark += lines.len();
        lines
    }

    pub(super) async fn greeting(&mut self) -> Result<Reply, Error> {
        let reply = self.session.greeting().await;
        self.answered(reply)
    }

    pub(super) async fn ehlo(&mut self) -> Result<Reply, Error> {
        let reply = self.session.ehlo().await;
        self.answered(reply)
    }

    pub(super) async fn starttls(&mut self) -> Result<Certificate, Error> {
        self.line.steps.push("STARTTLS");
        let certificate = self.session.starttls().await;
        self.line.row.bytes = bytes(self.session.transcript());
        certificate
    }

    pub(super) async fn mail_without_auth(&mut self, from: &str) -> Result<Reply, Error> {
        self.line.steps.push("MAIL FROM");
        let reply = self.session.mail_without_auth(from).await;
        self.answered(reply)
    }

    pub(super) async fn auth_login(&mut self, user: &str, password: &str) -> Result<Reply, Error> {
        self.line.steps.push("AUTH LOGIN");
        let reply = self.session.auth_login(user, password).await;
        self.answered(reply)
    }

    pub(super) async fn auth_xoauth2(&mut self, user: &str, token: &str) -> Result<OAuthReply, Error> {
        self.line.steps.push("AUTH XOAUTH2");
        let answer = self.session.auth_xoauth2(user, token).await?;
        self.answered(Ok(answer.reply.clone()))?;
        Ok(answer)
    }

    /// Says goodbye; the code that counts stays the one before.
    pub(super) async fn quit(mut self) {
        let _ = self.session.quit().await;
        self.line.row.bytes = bytes(self.session.transcript());
    }

    fn answered(&mut self, reply: Result<Reply, Error>) -> Result<Reply, Error> {
        self.line.row.bytes = bytes(self.session.transcript());
        let reply = reply?;
        self.line.row.status = Some(reply.code);
        Ok(reply)
    }
}

fn target(endpoints: &Endpoints) -> Target {
    let trust = match &endpoints.kind {
        Kind::Microsoft => Trust::System,
        Kind::Sandbox { ca_pem } => Trust::Only(ca_pem.clone()),
    };
    let host = endpoints.smtp.host.clone();
    Target { host, port: endpoints.smtp.port, trust, limits: Limits::default() }
}

/// What was read, from the lines that are shown: exact but for a secret that a server said back.
fn bytes(lines: &[EvidenceLine]) -> u64 {
    const LINE_END: usize = 2;
    let read = lines.iter().filter(|line| line.direction == Direction::Received);
    read.map(|line| (line.text.len() + LINE_END) as u64).sum()
}
