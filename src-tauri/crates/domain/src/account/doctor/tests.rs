//! Granted, missing, too wide, not needed, unknown; which checks stop; which grant frees most.

use super::*;
use crate::account::need::{Group, Reach};
use crate::account::right::{Permission, Role};
use crate::readiness::Given;

fn group(name: &str) -> Group {
    Group { subscription: "s-1".into(), name: name.into() }
}

fn asked() -> Asked {
    Asked {
        tier: Tier::Look,
        mail: false,
        way: Way::ClientSecret,
        workspaces: vec![group("rg-soc")],
        playbooks: vec![group("rg-play")],
    }
}

fn effective(actions: &[&str]) -> Given<Vec<Effective>> {
    Given::Read(vec![Effective {
        actions: actions.iter().map(|one| (*one).to_owned()).collect(),
        not_actions: Vec::new(),
    }])
}

/// Sentinel Reader and Reader as Azure tells them, and the Graph permission in the token.
fn granted() -> Evidence {
    let assigned = |role: Role, scope: Group| Assignment { role: role.id().into(), scope: scope.id() };
    Evidence {
        claims: Given::Read(Claims {
            roles: vec!["SecurityIncident.Read.All".into(), "Application.Read.All".into()],
            is_app: true,
            ..Claims::default()
        }),
        app_roles: Given::Read(Vec::new()),
        assignments: vec![(
            "s-1".into(),
            Given::Read(vec![
                assigned(Role::SentinelReader, group("rg-soc")),
                assigned(Role::Reader, group("rg-play")),
            ]),
        )],
        effective: vec![
            (
                group("rg-soc"),
                effective(&[
                    "Microsoft.SecurityInsights/*/read",
                    "Microsoft.OperationalInsights/workspaces/analytics/query/action",
                    "Microsoft.OperationalInsights/workspaces/*/read",
                ]),
            ),
            (group("rg-play"), effective(&["*/read"])),
        ],
        answers: Vec::new(),
        used: vec![(Right::Azure(Role::SentinelReader), 12)],
    }
}

fn without_assignment(role: Role) -> Evidence {
    let mut evidence = granted();
    if let Given::Read(all) = &mut evidence.assignments[0].1 {
        all.retain(|one| Role::of(&one.role) != Some(role));
    }
    evidence
}

fn state(doctor: &Doctor, permission: &str) -> State {
    let row = doctor.rows.iter().find(|row| row.permission == permission);
    row.unwrap_or_else(|| panic!("no row for {permission}: {:?}", doctor.rows)).state
}

#[test]
fn what_is_granted_is_granted_and_nothing_is_blocked() {
    let doctor = judge(&asked(), &granted());
    assert!(doctor.rows.iter().all(|row| row.state == State::Granted), "{:?}", doctor.rows);
    assert_eq!((doctor.blocked.len(), doctor.checks), (0, 23));
    assert_eq!((doctor.unlock, doctor.notes), (None, Vec::new()));
    let reader = doctor.rows.iter().find(|row| row.permission == "Microsoft Sentinel Reader").unwrap();
    assert_eq!((reader.used, reader.known_by, reader.checks.len()), (Some(12), "role assignment", 23 - 2));
}

#[test]
fn without_the_sentinel_role_its_checks_stop_and_it_unlocks_them() {
    let mut evidence = without_assignment(Role::SentinelReader);
    evidence.effective[0].1 = effective(&[]);
    let doctor = judge(&asked(), &evidence);
    assert_eq!(state(&doctor, "Microsoft Sentinel Reader"), State::Missing);
    assert_eq!(doctor.blocked.len(), 21, "{:?}", doctor.blocked);
    let unlock = doctor.unlock.unwrap();
    assert_eq!((unlock.permission.as_str(), unlock.scope.as_str()), ("Microsoft Sentinel Reader", "rg-soc"));
    assert_eq!(unlock.checks.len(), 21);
}

#[test]
fn of_two_missing_rights_the_one_that_frees_more_is_named_and_frees_only_what_it_frees_alone() {
    let mut evidence = granted();
    evidence.assignments.clear();
    evidence.effective = vec![(group("rg-soc"), effective(&[])), (group("rg-play"), effective(&[]))];
    let doctor = judge(&asked(), &evidence);
    assert_eq!(doctor.blocked.len(), 23);
    let unlock = doctor.unlock.unwrap();
    assert_eq!(unlock.permission, "Microsoft Sentinel Reader");
    assert!(!unlock.checks.contains(&"PB-02"), "it waits for the playbooks too: {:?}", unlock.checks);
    assert_eq!(unlock.checks.len(), 20);
}

#[test]
fn two_groups_are_one_grant_where_neither_alone_frees_a_check() {
    let mut both = asked();
    both.workspaces.push(group("rg-two"));
    let mut evidence = without_assignment(Role::SentinelReader);
    evidence.effective[0].1 = effective(&[]);
    evidence.effective.push((group("rg-two"), effective(&[])));
    let unlock = judge(&both, &evidence).unlock.unwrap();
    assert_eq!(unlock.scope, "rg-soc, rg-two");
    assert_eq!(unlock.checks.len(), 21);
}

#[test]
fn without_graph_the_chains_of_incidents_stop() {
    let mut evidence = granted();
    evidence.claims = Given::Read(Claims { is_app: true, ..Claims::default() });
    let doctor = judge(&asked(), &evidence);
    assert_eq!(state(&doctor, "SecurityIncident.Read.All"), State::Missing);
    assert_eq!(doctor.blocked, ["IN-01", "IN-02"]);
    assert_eq!(state(&doctor, "Application.Read.All"), State::Missing, "optional, and said all the same");
}

#[test]
fn an_inherited_or_wider_role_is_granted_and_the_wider_one_is_named() {
    let mut evidence = granted();
    let owner = Assignment { role: Role::Owner.id().into(), scope: "/subscriptions/s-1".into() };
    evidence.assignments = vec![("s-1".into(), Given::Read(vec![owner]))];
    evidence.effective.clear();
    let doctor = judge(&asked(), &evidence);
    assert_eq!(state(&doctor, "Microsoft Sentinel Reader"), State::Granted);
    assert_eq!(state(&doctor, "Owner"), State::TooWide);
    assert!(doctor.blocked.is_empty());
}

#[test]
fn an_assignment_that_no_list_shows_may_come_from_a_group_so_it_is_unknown() {
    let mut evidence = without_assignment(Role::SentinelReader);
    evidence.effective[0].1 = Given::Missing("refused".into());
    let doctor = judge(&asked(), &evidence);
    assert_eq!(state(&doctor, "Microsoft Sentinel Reader"), State::Unknown);
    assert!(doctor.blocked.is_empty(), "what isn't known is not called missing");
    assert!(doctor.notes[0].contains("rg-soc"), "{:?}", doctor.notes);
    let row = doctor.rows.iter().find(|row| row.state == State::Unknown).unwrap();
    assert!(row.why.contains("group"), "{}", row.why);
}

#[test]
fn a_groups_grant_is_seen_by_what_is_allowed() {
    let doctor = judge(&asked(), &without_assignment(Role::SentinelReader));
    let row = doctor.rows.iter().find(|row| row.permission == "Microsoft Sentinel Reader").unwrap();
    assert_eq!((row.state, row.known_by), (State::Granted, "answer"));
}

#[test]
fn a_refusal_outranks_every_list() {
    let mut evidence = granted();
    evidence.answers.push(Answer {
        right: Right::Azure(Role::SentinelReader),
        reach: Reach::Group(group("RG-SOC")),
        refused: Some("AuthorizationFailed.".into()),
    });
    let doctor = judge(&asked(), &evidence);
    assert_eq!(state(&doctor, "Microsoft Sentinel Reader"), State::Missing);
    assert_eq!(doctor.blocked.len(), 21);
}

#[test]
fn an_answer_proves_reading_and_never_writing() {
    let mut evidence = without_assignment(Role::SentinelReader);
    evidence.effective[0].1 = Given::Missing("refused".into());
    for (tier, role, expected) in [
        (Tier::Look, Role::SentinelReader, State::Granted),
        (Tier::Respond, Role::SentinelResponder, State::Unknown),
    ] {
        let answer =
            Answer { right: Right::Azure(role), reach: Reach::Group(group("rg-soc")), refused: None };
        evidence.answers = vec![answer];
        let doctor = judge(&Asked { tier, ..asked() }, &evidence);
        assert_eq!(state(&doctor, role.name()), expected);
    }
}

#[test]
fn what_is_more_than_looking_is_too_wide() {
    let mut evidence = granted();
    evidence.claims = Given::Read(Claims {
        roles: ["SecurityIncident.ReadWrite.All", "Mail.Send", "User.Read.All", "Application.Read.All"]
            .map(str::to_owned)
            .to_vec(),
        is_app: true,
        ..Claims::default()
    });
    if let Given::Read(all) = &mut evidence.assignments[0].1 {
        let scope = group("rg-soc").id();
        all.push(Assignment { role: Role::SentinelContributor.id().into(), scope: scope.clone() });
        all.push(Assignment { role: Role::LogAnalyticsReader.id().into(), scope: scope.clone() });
        all.push(Assignment { role: "/x/0000-custom".into(), scope });
    }
    let doctor = judge(&asked(), &evidence);
    assert_eq!(state(&doctor, "SecurityIncident.Read.All"), State::Granted, "the wider one holds it");
    assert_eq!(state(&doctor, "SecurityIncident.ReadWrite.All"), State::TooWide);
    assert_eq!(state(&doctor, "Mail.Send"), State::TooWide);
    assert_eq!(state(&doctor, "User.Read.All"), State::NotNeeded);
    assert_eq!(state(&doctor, "Microsoft Sentinel Contributor"), State::TooWide);
    assert_eq!(state(&doctor, "Log Analytics Reader"), State::NotNeeded);
    assert_eq!(state(&doctor, "role 0000-custom"), State::Unknown);
}

#[test]
fn rights_beyond_the_tier_show_where_no_assignment_explains_them() {
    let mut evidence = granted();
    evidence.effective[0].1 = effective(&["*"]);
    let doctor = judge(&asked(), &evidence);
    let row = doctor.rows.iter().find(|row| row.state == State::TooWide).unwrap();
    assert!(row.why.contains("assign roles"), "{}", row.why);
    assert_eq!(row.scope, "rg-soc");
}

#[test]
fn mail_by_exchange_is_unknown_until_a_mail_test_tells() {
    let mail = Asked { mail: true, ..asked() };
    let doctor = judge(&mail, &granted());
    assert_eq!(state(&doctor, "Application Mail.Send"), State::Unknown);
    let mut evidence = granted();
    evidence.answers.push(Answer {
        right: Right::ApplicationMailSend,
        reach: Reach::Mailboxes,
        refused: None,
    });
    assert_eq!(state(&judge(&mail, &evidence), "Application Mail.Send"), State::Granted);
    evidence.claims =
        Given::Read(Claims { roles: vec!["Mail.Send".into()], is_app: true, ..Claims::default() });
    let wide = judge(&mail, &evidence);
    assert_eq!(state(&wide, "Application Mail.Send"), State::Unknown, "the wide grant hides it");
    assert_eq!(state(&wide, "Mail.Send"), State::TooWide);
}

#[test]
fn a_persons_scope_that_is_refused_points_to_the_persons_own_role() {
    let person = Asked { way: Way::Browser, ..asked() };
    let mut evidence = granted();
    evidence.claims = Given::Read(Claims {
        scopes: vec!["SecurityIncident.Read.All".into(), "openid".into(), "User.Read".into()],
        directory_roles: vec!["62e90394-69f5-4237-9190-012177145e10".into()],
        ..Claims::default()
    });
    evidence.answers.push(Answer {
        right: Right::Graph(Permission::IncidentRead),
        reach: Reach::Tenant,
        refused: Some("Forbidden.".into()),
    });
    let doctor = judge(&person, &evidence);
    let row = doctor.rows.iter().find(|row| row.permission == "SecurityIncident.Read.All").unwrap();
    assert_eq!(row.state, State::Missing);
    assert!(row.why.contains("Security Reader"), "{}", row.why);
    assert!(doctor.notes.iter().any(|note| note.contains("Global Administrator")), "{:?}", doctor.notes);
    assert!(!doctor.rows.iter().any(|row| row.permission == "openid"));
}

#[test]
fn azure_cli_can_not_carry_graphs_right_so_no_grant_of_it_is_proposed() {
    let cli = Asked { way: Way::AzureCli, ..asked() };
    let mut evidence = granted();
    evidence.claims = Given::Read(Claims {
        scopes: vec!["AuditLog.Read.All".into(), "Directory.AccessAsUser.All".into()],
        ..Claims::default()
    });
    let doctor = judge(&cli, &evidence);
    assert_eq!(state(&doctor, "SecurityIncident.Read.All"), State::Missing);
    assert_eq!((doctor.blocked.len(), doctor.unlock), (2, None));
    assert!(doctor.notes[0].contains("Azure CLI"), "{:?}", doctor.notes);
    assert!(
        !doctor.rows.iter().any(|row| row.permission.starts_with("Directory")),
        "Microsoft's own are not judged"
    );
}

#[test]
fn a_role_that_does_not_ask_the_log_is_told_and_stops_no_check() {
    let mut evidence = granted();
    evidence.effective[0].1 = effective(&["Microsoft.SecurityInsights/*/read"]);
    let doctor = judge(&asked(), &evidence);
    assert_eq!(state(&doctor, "Microsoft Sentinel Reader"), State::Granted);
    assert_eq!(state(&doctor, "Log Analytics Reader"), State::Missing);
    assert_eq!((doctor.blocked.len(), doctor.unlock), (0, None));
}

#[test]
fn nothing_that_could_be_read_leaves_everything_unknown() {
    let unread = || "nobody answered".to_owned();
    let evidence = Evidence {
        claims: Given::Missing(unread()),
        app_roles: Given::Missing(unread()),
        assignments: vec![("s-1".into(), Given::Missing(unread()))],
        effective: vec![(group("rg-soc"), Given::Missing(unread()))],
        answers: Vec::new(),
        used: Vec::new(),
    };
    let doctor = judge(&asked(), &evidence);
    assert!(doctor.rows.iter().all(|row| row.state == State::Unknown), "{:?}", doctor.rows);
    assert_eq!(doctor.notes.len(), 4, "{:?}", doctor.notes);
}

#[test]
fn a_right_granted_after_the_sign_in_asks_for_another_one() {
    let mut evidence = granted();
    evidence.claims = Given::Read(Claims { is_app: true, ..Claims::default() });
    evidence.app_roles = Given::Read(vec![Permission::IncidentRead.application_id().to_uppercase()]);
    let doctor = judge(&asked(), &evidence);
    let row = doctor.rows.iter().find(|row| row.permission == "SecurityIncident.Read.All").unwrap();
    assert_eq!((row.state, row.known_by), (State::Granted, "app role assignment"));
    assert!(row.why.contains("sign in again"), "{}", row.why);
}

#[test]
fn words_read_back_and_what_is_missing_comes_first() {
    for state in State::ALL {
        assert_eq!(State::from_word(state.as_str()), Some(state));
    }
    let mut evidence = granted();
    evidence.claims =
        Given::Read(Claims { roles: vec!["Mail.Send".into()], is_app: true, ..Claims::default() });
    let rows = judge(&asked(), &evidence).rows;
    assert_eq!(rows[0].state, State::Missing);
    assert_eq!(rows.last().unwrap().state, State::Granted);
}
