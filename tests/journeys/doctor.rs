//! The permission doctor against a sandbox: one story for each missing right, and what the readiness checks then say.

use domain::account::expiry::{KnownBy, What};
use domain::account::{Doctor, State, Tier};
use engine::clock::Still;
use engine::scope::{Account, Endpoints, Key, SmtpHost, Way, open_store};
use engine::sync::Apis;
use engine::{Control, Scope};
use sandbox::Sandbox;
use tests::world;

/// A tenant that is open, without a host: what the doctor keeps is read back as any screen would.
struct Tenant {
    scope: Scope,
    sandbox: Sandbox,
    _folder: tempfile::TempDir,
}

impl Tenant {
    async fn open(story: &str) -> Self {
        Self::of(story, None).await
    }

    async fn of(story: &str, tenant: Option<&str>) -> Self {
        Self::by(story, tenant, |line| Way::Secret(line.client_secret.as_str().into())).await
    }

    async fn by(story: &str, tenant: Option<&str>, way: impl Fn(&sandbox::Descriptor) -> Way) -> Self {
        let options = sandbox::Options { story: story.into(), ..world(1, 300) };
        let sandbox = Sandbox::start(options).await.expect("the sandbox starts");
        let line = sandbox.descriptor();
        let authority = std::fs::read_to_string(&line.ca_cert).expect("the authority's certificate");
        let smtp = SmtpHost { host: line.smtp.host.clone(), port: line.smtp.port };
        let endpoints =
            Endpoints::sandbox(&line.authority, &line.arm, &line.graph, &line.logs, smtp, authority)
                .expect("loopback");
        let account = Account {
            tenant: tenant.unwrap_or(&line.tenant_id).to_owned(),
            client: line.client_id.clone(),
            way: way(line),
        };
        let folder = tempfile::tempdir().expect("a folder");
        let store = open_store(folder.path(), Key::new([7; 32])).expect("a store").store;
        let now = time::OffsetDateTime::parse(&line.now, &time::format_description::well_known::Rfc3339);
        let clock = std::sync::Arc::new(Still(now.expect("the story's instant")));
        let scope = Scope::tenant(endpoints, account, store, clock, std::sync::Arc::new(|_| {}));
        Self { scope: scope.expect("nothing typed is wrong"), sandbox, _folder: folder }
    }

    async fn doctor(&self, tier: Tier, mail: bool) -> Doctor {
        self.scope.run_doctor(tier, mail, &Control::silent()).await.expect("the doctor ends");
        self.scope.doctor().expect("the store reads").expect("it was kept").0
    }

    /// What each check says after everything that may be read was read.
    async fn verdicts(&self) -> Vec<(String, String)> {
        self.scope.sync(Apis::ALL, &Control::silent()).await.expect("what may be read is read");
        let report = self.scope.run_readiness(&Control::silent()).await.expect("a report");
        report.checks.into_iter().map(|check| (check.id, check.verdict)).collect()
    }
}

fn state(doctor: &Doctor, permission: &str) -> State {
    let row = doctor.rows.iter().find(|row| row.permission == permission);
    row.unwrap_or_else(|| panic!("no row for {permission}: {:?}", doctor.rows)).state
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_tier_needs_is_there_and_what_goes_beyond_it_is_named() {
    let tenant = Tenant::open("half-migrated").await;
    let doctor = tenant.doctor(Tier::Look, false).await;
    for granted in
        ["Microsoft Sentinel Reader", "Reader", "SecurityIncident.Read.All", "Application.Read.All"]
    {
        assert_eq!(state(&doctor, granted), State::Granted, "{granted}: {:?}", doctor.rows);
    }
    for wide in ["Microsoft Sentinel Responder", "SecurityIncident.ReadWrite.All", "Mail.Send"] {
        assert_eq!(state(&doctor, wide), State::TooWide, "{wide}");
    }
    assert_eq!(state(&doctor, "ThreatHunting.Read.All"), State::NotNeeded);
    assert_eq!((doctor.blocked.len(), doctor.checks, doctor.unlock), (0, 23, None));
    let respond = tenant.doctor(Tier::Respond, false).await;
    assert_eq!(state(&respond, "Microsoft Sentinel Responder"), State::Granted);
    assert_eq!(state(&respond, "Microsoft Sentinel Reader"), State::NotNeeded);
    let fix = tenant.doctor(Tier::Fix, true).await;
    assert_eq!(state(&fix, "Microsoft Sentinel Contributor"), State::Missing);
    assert_eq!(state(&fix, "Application Mail.Send"), State::Unknown, "only the mail tests tell");
}

/// The stories that withhold a right: the right, and how many checks that stops.
const STORIES: [(&str, &str, usize); 5] = [
    ("denied", "SecurityIncident.Read.All", 21),
    ("no-graph-incidents", "SecurityIncident.Read.All", 2),
    ("no-playbook-reader", "Reader", 3),
    ("no-log-reader", "Log Analytics Reader", 0),
    ("no-directory", "Application.Read.All", 0),
];

#[tokio::test(flavor = "multi_thread")]
async fn a_check_whose_right_is_missing_never_passes() {
    for (story, right, stopped) in STORIES {
        let tenant = Tenant::open(story).await;
        let doctor = tenant.doctor(Tier::Look, false).await;
        assert_eq!(state(&doctor, right), State::Missing, "{story}: {:?}", doctor.rows);
        assert_eq!(doctor.blocked.len(), stopped, "{story}: {:?}", doctor.blocked);
        let verdicts = tenant.verdicts().await;
        for check in &doctor.blocked {
            let verdict = verdicts.iter().find(|(id, _)| id == check).map(|(_, verdict)| verdict.as_str());
            assert!(
                matches!(verdict, Some("could_not_run" | "review" | "fail")),
                "{story}: {check} lacks a right and ended in {verdict:?}"
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_used_is_counted_from_the_requests_that_left() {
    let tenant = Tenant::open("half-migrated").await;
    tenant.verdicts().await;
    let doctor = tenant.doctor(Tier::Look, false).await;
    for used in ["Microsoft Sentinel Reader", "Reader", "SecurityIncident.Read.All"] {
        let row = doctor.rows.iter().find(|row| row.permission == used).expect("it is needed");
        assert!(row.used.is_some_and(|used| used > 0), "{row:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_grant_that_frees_most_is_named_with_its_place() {
    let playbooks = Tenant::open("no-playbook-reader").await;
    let doctor = playbooks.doctor(Tier::Look, false).await;
    let unlock = doctor.unlock.expect("one grant frees them");
    assert_eq!(unlock.permission, "Reader");
    assert_eq!(unlock.scope, playbooks.sandbox.descriptor().resource_group);
    assert_eq!(unlock.checks, ["PB-02", "PB-05", "PB-06"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_directory_does_not_tell_is_said_and_never_guessed() {
    let tenant = Tenant::open("no-directory").await;
    let doctor = tenant.doctor(Tier::Look, false).await;
    assert!(doctor.notes.iter().any(|note| note.contains("granted Graph permissions")), "{:?}", doctor.notes);
    let expiries = tenant.scope.expiries(None).expect("the store reads");
    assert_eq!(expiries.rows.len(), 1, "the secret in use is known to exist: {expiries:?}");
    assert_eq!(expiries.rows[0].ends, None);
    assert_eq!(expiries.notes.len(), 2, "{:?}", expiries.notes);
    let typed = tenant.scope.now();
    let expiries = tenant.scope.expiries(Some(typed)).expect("the store reads");
    assert_eq!(expiries.rows[0].ends, Some(typed), "a typed date stands in");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_secret_in_use_is_found_by_its_hint() {
    let tenant = Tenant::open("half-migrated").await;
    let before = tenant.scope.expiries(None).expect("the store reads");
    assert!(before.notes[0].contains("not asked yet"), "{before:?}");
    tenant.doctor(Tier::Look, false).await;
    let expiries = tenant.scope.expiries(None).expect("the store reads");
    let ours: Vec<_> = expiries.rows.iter().filter(|row| row.ours).collect();
    assert_eq!(ours.len(), 1, "{expiries:?}");
    let secret = &tenant.sandbox.descriptor().client_secret;
    assert_eq!(ours[0].hint.as_deref(), Some(&secret[..3]));
    assert!(ours[0].ends.is_some() && expiries.rows.len() > 1, "{expiries:?}");
    let ends: Vec<_> = expiries.rows.iter().filter_map(|row| row.ends).collect();
    assert!(ends.is_sorted(), "soonest first: {ends:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_certificate_in_use_is_found_by_its_thumbprint() {
    let read = |path: &str| domain::secret::Secret::new(std::fs::read(path).expect("the sandbox wrote it"));
    let pem =
        |line: &sandbox::Descriptor| Way::Certificate { file: read(&line.certificate.pem), password: None };
    let pfx = |line: &sandbox::Descriptor| Way::Certificate {
        file: read(&line.certificate.pfx),
        password: Some(line.certificate.pfx_password.as_str().into()),
    };
    for tenant in [Tenant::by("half-migrated", None, pem).await, Tenant::by("half-migrated", None, pfx).await]
    {
        let before = tenant.scope.expiries(None).expect("the store reads");
        assert!(
            before.rows.iter().any(|row| row.ours && row.ends.is_some()),
            "its own file tells its end: {before:?}"
        );
        tenant.doctor(Tier::Look, false).await;
        let expiries = tenant.scope.expiries(None).expect("the store reads");
        let ours: Vec<_> = expiries.rows.iter().filter(|row| row.ours).collect();
        assert_eq!(ours.len(), 1, "listed and in use are one: {expiries:?}");
        let thumbprint = &tenant.sandbox.descriptor().certificate.thumbprint;
        assert_eq!(ours[0].hint.as_ref(), Some(thumbprint));
        assert_eq!((ours[0].what, ours[0].known_by), (What::Certificate, KnownBy::Application));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn workspaces_say_what_stands_in_the_way() {
    let denied = Tenant::open("denied").await;
    let found = denied.scope.survey_workspaces(&Control::silent()).await.expect("ARM answers");
    let refused: Vec<&str> =
        found.seen.iter().filter(|one| one.trouble.is_some()).map(|one| one.name.as_str()).collect();
    assert_eq!(refused, ["retail"], "{found:?}");
    assert!(found.seen.iter().all(|one| !one.is_off), "a refusal is not off: {found:?}");
    let many = Tenant::open("multi-workspace").await;
    let found = many.scope.survey_workspaces(&Control::silent()).await.expect("ARM answers");
    assert_eq!(found.seen.iter().filter(|one| one.is_off).count(), 1, "{found:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_without_any_role_sees_nothing_and_is_told_so() {
    let tenant = Tenant::of("half-migrated", Some("denied")).await;
    let doctor = tenant.doctor(Tier::Look, false).await;
    assert_eq!(state(&doctor, "Microsoft Sentinel Reader"), State::Missing);
    assert!(doctor.blocked.len() >= 21, "{:?}", doctor.blocked);
    let found = tenant.scope.workspaces().expect("the store reads");
    assert!(found.seen.is_empty() && found.unseen.len() == 1, "{found:?}");
    assert!(doctor.notes.contains(&found.unseen[0]), "{:?}", doctor.notes);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_test_walks_to_the_end_and_is_kept() {
    let tenant = Tenant::open("half-migrated").await;
    assert!(tenant.scope.connection_test().expect("the store reads").is_none());
    tenant.scope.run_connection_test(&Control::silent()).await.expect("it ends");
    let (steps, _) = tenant.scope.connection_test().expect("the store reads").expect("it was kept");
    let ids: Vec<&str> = steps.iter().map(|step| step.id.as_str()).collect();
    assert_eq!(ids, ["proxy", "dns", "tcp", "tls", "sign_in", "arm", "graph", "logs"]);
    assert!(steps.iter().all(|step| step.outcome != "fail"), "{steps:?}");
}
