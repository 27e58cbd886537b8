//! Verdict and cause at each mailbox, held against what the sandbox planted; and where a run stops.

use std::collections::BTreeMap;
use std::sync::Arc;

use engine::mail::{KeptLadder, MailRequest};
use engine::scope::Way;
use serde_json::Value;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use crate::world::{World, causes, step, verdict};

/// Ladders climbed at the same time; the sandbox turns away the 65th SMTP session.
const AT_ONCE: usize = 12;

/// Causes that Exchange tells only when a message is submitted over SMTP, which no test of the ladder does.
const ON_SUBMISSION: [&str; 5] =
    ["smtp.554-5.2.0.send-as", "smtp.430-4.2.0", "smtp.432-4.3.2.threads", "smtp.5.7.512", "smtp.421-4.4.2"];

/// A row of the truth with the run without and the run with a password.
struct Row {
    planted: Value,
    plain: KeptLadder,
    with_password: KeptLadder,
}

async fn climbed(story: &str) -> (World, Vec<Row>) {
    let world = World::start(story).await;
    let planted = world.sandbox.truth()["mail"].as_array().unwrap().clone();
    assert!(planted.len() > 50, "the table of mailboxes shrank to {}", planted.len());
    let room = Arc::new(Semaphore::new(AT_ONCE));
    let mut climbs = JoinSet::new();
    for (at, row) in planted.iter().enumerate() {
        let mailbox = row["mailbox"].as_str().unwrap();
        let (plain, password) = (world.request(mailbox), password_for(&world, mailbox));
        let with_password = world.with_password(mailbox, &password);
        climbs.spawn(twice(world.scope.clone(), room.clone(), at, plain, with_password));
    }
    let mut ladders: BTreeMap<usize, (KeptLadder, KeptLadder)> = BTreeMap::new();
    while let Some(climb) = climbs.join_next().await {
        let (at, plain, with_password) = climb.unwrap();
        ladders.insert(at, (plain, with_password));
    }
    let pair = |(planted, (plain, with_password))| Row { planted, plain, with_password };
    (world, planted.into_iter().zip(ladders.into_values()).map(pair).collect())
}

async fn twice(
    scope: engine::Scope,
    room: Arc<Semaphore>,
    at: usize,
    plain: MailRequest,
    with_password: MailRequest,
) -> (usize, KeptLadder, KeptLadder) {
    let _place = room.acquire().await.unwrap();
    let control = engine::Control::silent();
    let plain = scope.test_mail(plain, &control).await.unwrap();
    let with_password = scope.test_mail(with_password, &control).await.unwrap();
    (at, plain, with_password)
}

fn password_for(world: &World, mailbox: &str) -> String {
    let good = &world.sandbox.descriptor().mailboxes.password_ok;
    if mailbox == good.user { good.password.clone() } else { "Wrong-but-long-enough".to_owned() }
}

/// What differs from what was planted, a line each.
fn differences(story: &str, rows: &[Row]) -> Vec<String> {
    rows.iter()
        .flat_map(|row| [verdicts(row), cause(row)].concat())
        .map(|line| format!("{story}: {line}"))
        .collect()
}

fn verdicts(row: &Row) -> Vec<String> {
    let told = |member: &str| row.planted[member].as_object().unwrap().clone();
    let plain = told("tests").into_iter().map(|(id, planted)| (id, planted, &row.plain));
    let password = told("with_password").into_iter().map(|(id, planted)| (id, planted, &row.with_password));
    plain
        .chain(password)
        .filter(|(id, planted, ladder)| planted.as_str() != Some(verdict(ladder, id)))
        .map(|(id, planted, ladder)| {
            let found = step(ladder, &id);
            format!("{} {id}: planted {planted}, found {}: {}", ladder.mailbox, found.verdict, found.reason)
        })
        .collect()
}

fn cause(row: &Row) -> Vec<String> {
    let named = [causes(&row.plain), causes(&row.with_password)].concat();
    match row.planted["cause"].as_str() {
        Some(planted) if named.contains(&planted) || ON_SUBMISSION.contains(&planted) => Vec::new(),
        Some(planted) => vec![format!("{}: planted {planted}, named {named:?}", row.plain.mailbox)],
        // A mailbox without trouble: only its password may be refused, and only where one is tried.
        None => causes_of_failures(&row.plain),
    }
}

fn causes_of_failures(ladder: &KeptLadder) -> Vec<String> {
    let failed = ladder.steps.iter().filter(|step| step.verdict == "fail" && step.cause.is_some());
    failed
        .map(|step| format!("{}: nothing is planted, {} fails: {}", ladder.mailbox, step.id, step.reason))
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_mailbox_ends_as_planted() {
    let (world, rows) = climbed("half-migrated").await;
    let differences = differences("half-migrated", &rows);
    assert!(differences.is_empty(), "{}", differences.join("\n"));
    for ladder in rows.iter().flat_map(|row| [&row.plain, &row.with_password]) {
        assert_eq!(ladder.steps.len(), 19, "each test has a step at {}", ladder.mailbox);
    }
    for row in &rows {
        assert_eq!(verdict(&row.plain, "S-06"), "not_applicable", "no password, no try");
    }
    let (kept, _) = world.scope.mail_ladder().unwrap().expect("the last run is kept");
    assert!(rows.iter().any(|row| row.plain == kept || row.with_password == kept), "{}", kept.mailbox);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_the_right_to_mail_every_mailbox_ends_alike() {
    let (_, rows) = climbed("legacy-mail").await;
    let differences = differences("legacy-mail", &rows);
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[tokio::test]
async fn a_run_that_ends_otherwise_would_be_seen() {
    let world = World::start("half-migrated").await;
    let mailbox = "full@contoso.example";
    let plain = world.run(world.request(mailbox)).await;
    let with_password = world.run(world.with_password(mailbox, "Wrong-but-long-enough")).await;
    let truth = world.sandbox.truth();
    let all = truth["mail"].as_array().unwrap();
    let planted = all.iter().find(|row| row["mailbox"] == mailbox).unwrap().clone();
    let mut row = Row { planted, plain, with_password };
    assert_eq!(differences("", std::slice::from_ref(&row)), Vec::<String>::new());
    row.planted["tests"]["G-03"] = "pass".into();
    row.planted["with_password"]["S-06"] = "review".into();
    row.planted["cause"] = "graph.busy".into();
    assert_eq!(differences("", &[row]).len(), 3, "each of the three lies is a difference");
}

#[tokio::test]
async fn a_refused_password_is_tried_once() {
    let world = World::start("half-migrated").await;
    let ladder = world.run(world.with_password("wrongpw@contoso.example", "Wrong-but-long-enough")).await;
    let step = step(&ladder, "S-06");
    assert_eq!((step.verdict.as_str(), step.observed.as_str()), ("fail", "535 5.7.139"));
    assert_eq!(step.cause.as_ref().map(|cause| cause.id.as_str()), Some("smtp.535-5.7.139.credentials"));
    let (requests, _, _) = world.scope.requests("", 0, 100).unwrap();
    let tries = requests.iter().filter(|row| row.path.contains("AUTH LOGIN")).count();
    assert_eq!(tries, 1, "each try counts towards a lock-out");
}

#[tokio::test]
async fn nothing_is_sent_unless_asked_for() {
    let world = World::start("half-migrated").await;
    let request = MailRequest { send: false, outside: None, ..world.request("alerts@contoso.example") };
    let ladder = world.run(request).await;
    for id in ["G-03", "G-04", "E-01", "L-01", "S-06"] {
        assert_eq!(verdict(&ladder, id), "not_applicable", "{id}");
    }
    assert_eq!(verdict(&ladder, "G-02"), "pass", "the probe sends nothing");
    let (requests, _, _) = world.scope.requests("sendMail", 0, 100).unwrap();
    assert_eq!(requests.len(), 1, "the probe alone went to sendMail");
    assert_eq!(requests[0].status, Some(400));
}

#[tokio::test]
async fn a_wrong_secret_stops_the_new_path_and_not_the_old_one() {
    let world = World::with("half-migrated", |account, _| {
        account.way = Way::Secret("abc8Q~not-the-secret-of-this-app-at-all-0".into());
    })
    .await;
    let ladder = world.run(world.request("alerts@contoso.example")).await;
    let refused = step(&ladder, "T-03");
    assert_eq!((refused.verdict.as_str(), refused.observed.as_str()), ("fail", "AADSTS7000215"));
    assert_eq!(refused.cause.as_ref().map(|cause| cause.id.as_str()), Some("entra.7000215"));
    let notes: Vec<&str> = refused.evidence.iter().map(|line| line.text.as_str()).collect();
    assert!(notes.iter().any(|text| text.starts_with("trace id ")), "support asks for it: {notes:?}");
    for id in ["T-04", "T-05", "S-08", "G-02", "G-01", "G-03", "G-04", "L-01", "E-01"] {
        let stopped = step(&ladder, id);
        assert_eq!(stopped.verdict, "could_not_run", "{id}");
        let because = stopped.stopped_because.as_deref().unwrap_or_default();
        assert!(because.starts_with("Stopped at T-03"), "{id}: {because}");
    }
    for id in ["S-01", "S-02", "S-03", "S-04", "S-07"] {
        assert_eq!(verdict(&ladder, id), "pass", "{id} needs no token");
    }
    let explained = step(&ladder, "C-05");
    assert_eq!((explained.verdict.as_str(), explained.observed.as_str()), ("pass", "entra.7000215"));
}

#[tokio::test]
async fn an_unknown_tenant_is_told_before_a_token_is_asked_for() {
    let world =
        World::with("half-migrated", |account, _| account.tenant = "fabrikam.example".to_owned()).await;
    let ladder = world.run(world.request("alerts@contoso.example")).await;
    let unknown = step(&ladder, "T-02");
    assert_eq!(unknown.verdict, "fail");
    assert_eq!(unknown.cause.as_ref().map(|cause| cause.id.as_str()), Some("entra.90002"));
    assert_eq!(verdict(&ladder, "T-03"), "could_not_run");
    let (requests, _, _) = world.scope.requests("oauth2", 0, 10).unwrap();
    assert!(requests.is_empty(), "no secret goes to a tenant that isn't there");
}

#[tokio::test]
async fn what_is_mistyped_is_told_before_anything_is_sent_to_entra() {
    let world = World::start("half-migrated").await;
    let ladder = world.run(world.request("Alerts <alerts@contoso.example>")).await;
    let lint = step(&ladder, "T-01");
    assert_eq!((lint.verdict.as_str(), lint.observed.as_str()), ("fail", "mailbox"));
    assert!(lint.reason.contains("address alone"), "the fix is told: {}", lint.reason);
    assert_eq!(verdict(&ladder, "T-02"), "could_not_run");
    assert_eq!(verdict(&ladder, "S-04"), "pass", "the server is there all the same");
    let (requests, _, _) = world.scope.requests("", 0, 100).unwrap();
    assert!(requests.iter().all(|row| row.verb == "SMTP"), "{requests:?}");
}

#[tokio::test]
async fn a_dialogue_stands_in_the_log_of_requests() {
    let world = World::start("half-migrated").await;
    world.run(world.with_password("alerts@contoso.example", "Wrong-but-long-enough")).await;
    let (mut rows, _, _) = world.scope.requests("", 0, 100).unwrap();
    rows.retain(|row| row.verb == "SMTP");
    rows.reverse();
    let seen: Vec<_> = rows.iter().map(|row| (row.path.as_str(), row.status)).collect();
    assert_eq!(
        seen,
        [
            ("STARTTLS, MAIL FROM", Some(530)),
            ("STARTTLS, AUTH LOGIN", Some(535)),
            ("STARTTLS, AUTH XOAUTH2", Some(235)),
        ]
    );
    let smtp = &world.sandbox.descriptor().smtp;
    for row in &rows {
        assert_eq!(
            (row.host.as_str(), row.purpose.as_str()),
            (format!("{}:{}", smtp.host, smtp.port).as_str(), "mail test")
        );
        assert!(row.bytes > 600, "banner and two EHLO replies alone are longer than {}", row.bytes);
    }
}

#[tokio::test]
async fn progress_names_each_test_and_a_dropped_run_keeps_nothing() {
    use std::sync::Mutex;
    let world = World::start("half-migrated").await;
    let told = Arc::new(Mutex::new(Vec::new()));
    let keep = told.clone();
    let (reached, mut at_token) = tokio::sync::watch::channel(false);
    let watcher: engine::job::Watcher = Arc::new(move |progress: &engine::Progress| {
        keep.lock().unwrap().push((progress.step.clone(), progress.done, progress.total));
        reached.send_replace(progress.step.starts_with("T-03"));
    });
    let control = engine::Control::new(watcher, tokio::sync::watch::channel(false).1);
    tokio::select! {
        _ = world.scope.test_mail(world.request("alerts@contoso.example"), &control) => panic!("it was dropped"),
        _ = at_token.wait_for(|reached| *reached) => {}
    }
    let told = told.lock().unwrap().clone();
    assert!(told.contains(&("T-01 Inputs look right".to_owned(), 0, Some(19))), "{told:?}");
    assert_eq!(world.scope.mail_ladder().unwrap(), None, "half a ladder is none");
    let (rows, _, _) = world.scope.requests("", 0, 100).unwrap();
    assert!(rows.iter().any(|row| row.path == "STARTTLS, MAIL FROM"), "what left the machine is in the log");
}
