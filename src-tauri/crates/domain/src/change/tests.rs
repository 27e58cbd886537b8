use super::*;
use crate::incident::{Severity, Status};

fn arm() -> Fields {
    Fields { status: "New".into(), severity: "Medium".into(), tags: vec!["vip".into()], ..Fields::default() }
}

fn graph() -> Fields {
    Fields {
        status: "active".into(),
        severity: "medium".into(),
        classification: Some("unknown".into()),
        determination: Some("unknown".into()),
        ..Fields::default()
    }
}

fn wish(change: impl FnOnce(&mut Typed)) -> Result<Wish, String> {
    let mut typed = Typed::default();
    change(&mut typed);
    Wish::read(typed)
}

fn closing() -> Wish {
    wish(|typed| {
        typed.status = Some("closed".into());
        typed.classification = Some("TruePositive".into());
        typed.determination = Some("phishing".into());
    })
    .unwrap()
}

fn shown(plan: &Plan) -> Vec<(Member, &Value)> {
    plan.edits.iter().map(|edit| (edit.member, &edit.after)).collect()
}

#[test]
fn each_api_is_spoken_to_in_its_own_words() {
    let text = |text: &str| Value::Text(text.into());
    let plan = closing().plan(Api::Graph, &graph()).unwrap();
    assert_eq!(
        shown(&plan),
        [
            (Member::Status, &text("resolved")),
            (Member::Classification, &text("truePositive")),
            (Member::Determination, &text("phishing")),
        ]
    );
    let plan = closing().plan(Api::Sentinel, &arm()).unwrap();
    assert_eq!(
        shown(&plan),
        [
            (Member::Status, &text("Closed")),
            (Member::Classification, &text("TruePositive")),
            (Member::Determination, &text("SuspiciousActivity")),
        ]
    );
    assert!(plan.notes[0].contains("no determination"), "{:?}", plan.notes);
}

#[test]
fn redirected_is_never_a_wish() {
    for word in ["redirected", "Redirected", "REDIRECTED"] {
        assert!(wish(|typed| typed.status = Some(word.into())).unwrap_err().contains("correlation"));
        assert!(wish(|typed| typed.add_tags = vec![word.into()]).is_err());
        assert!(wish(|typed| typed.remove_tags = vec![word.into()]).is_err());
    }
}

#[test]
fn what_no_api_knows_is_refused_with_what_there_is() {
    assert!(wish(|typed| typed.status = Some("parked".into())).unwrap_err().contains("`in_progress`"));
    assert!(wish(|typed| typed.severity = Some("critical".into())).unwrap_err().contains("`high`"));
    assert!(wish(|typed| typed.determination = Some("clean".into())).unwrap_err().contains("notMalicious"));
    assert!(wish(|typed| typed.comment = Some("x".repeat(30_001))).unwrap_err().contains("30001"));
    assert!(wish(|_| {}).unwrap_err().contains("Nothing"));
    assert!(wish(|typed| typed.comment = Some("  ".into())).is_err(), "a blank comment is none");
}

#[test]
fn sentinel_closes_only_with_a_classification_and_keeps_a_fitting_reason() {
    let close = wish(|typed| typed.status = Some("closed".into())).unwrap();
    assert!(close.plan(Api::Sentinel, &arm()).unwrap_err().contains("classification"));
    assert!(close.plan(Api::Graph, &graph()).is_ok());
    let held = Fields {
        classification: Some("FalsePositive".into()),
        determination: Some("InaccurateData".into()),
        ..arm()
    };
    assert_eq!(close.plan(Api::Sentinel, &held).unwrap().edits.len(), 1);
    let again = wish(|typed| typed.classification = Some("FalsePositive".into())).unwrap();
    assert_eq!(again.plan(Api::Sentinel, &held).unwrap().edits, [], "the reason still fits");
    let open = again.plan(Api::Sentinel, &arm()).unwrap();
    assert_eq!(open.edits.len(), 1, "two reasons fit, so none is guessed: {open:?}");
}

#[test]
fn what_an_api_lacks_is_written_as_the_nearest_and_said() {
    let progress = wish(|typed| typed.status = Some("in_progress".into())).unwrap();
    assert!(progress.plan(Api::Sentinel, &arm()).unwrap().notes[0].contains("`Active`"));
    let new = wish(|typed| typed.status = Some("new".into())).unwrap();
    assert_eq!(new.plan(Api::Graph, &graph()).unwrap().edits, [], "`active` it is already");
    assert!(
        wish(|typed| typed.status = Some("awaiting_action".into()))
            .unwrap()
            .plan(Api::Sentinel, &arm())
            .is_err()
    );
}

#[test]
fn tags_are_added_beside_those_that_are_there() {
    let wish = wish(|typed| {
        typed.add_tags = vec!["vip".into(), "p1".into(), "p1".into()];
        typed.remove_tags = vec!["gone".into()];
    })
    .unwrap();
    let plan = wish.plan(Api::Sentinel, &arm()).unwrap();
    assert_eq!(shown(&plan), [(Member::Tags, &Value::List(vec!["vip".into(), "p1".into()]))]);
    assert!(!wish.replaces());
}

#[test]
fn a_wish_that_replaces_clashes_with_any_change_and_one_that_adds_with_none() {
    let now = Fields { owner: Some("b@contoso.example".into()), ..graph() };
    let plan = closing().plan(Api::Graph, &now).unwrap();
    let met = clashes(&graph(), &now, &plan.edits, true);
    assert_eq!(met.len(), 1);
    assert_eq!((met[0].member, &met[0].yours), (Member::Owner, &None));
    assert_eq!(clashes(&graph(), &now, &plan.edits, false), []);
    let other_case = Fields { status: "Active".into(), ..graph() };
    assert_eq!(clashes(&graph(), &other_case, &plan.edits, true), [], "casing is no change");
}

#[test]
fn undoing_goes_back_only_from_what_we_wrote() {
    let plan = closing().plan(Api::Graph, &graph()).unwrap();
    let after = graph().edited(&plan.edits);
    assert!(after.holds(&plan.edits));
    let back = undo(&graph(), &after, &after).unwrap();
    assert!(graph().holds(&back) && back.len() == 3, "{back:?}");
    let theirs = Fields { status: "inProgress".into(), ..after.clone() };
    assert_eq!(undo(&graph(), &after, &theirs).unwrap_err()[0].member, Member::Status);
    assert_eq!(undo(&graph(), &after, &graph()).unwrap(), [], "it was undone already");
}

#[test]
fn the_row_decides_the_api() {
    let row = |presence, redirected| Row {
        key: "s:a/b".into(),
        sentinel_id: None,
        graph_id: None,
        number: None,
        workspace: None,
        title: String::new(),
        severity: Severity::High.as_str().into(),
        status: Status::Active.as_str().into(),
        owner: None,
        alerts: None,
        tags: vec![],
        created: None,
        updated: None,
        presence,
        redirected,
        target: redirected.then(|| "368".into()),
        unresolved: None,
        absorbed: 0,
    };
    assert_eq!(route(&row(Presence::Both, false)), Ok(Api::Graph));
    assert_eq!(route(&row(Presence::DefenderOnly, false)), Ok(Api::Graph));
    for alone in [Presence::SentinelOnly, Presence::TwinNotProved, Presence::TwinMissing] {
        assert_eq!(route(&row(alone, false)), Ok(Api::Sentinel));
    }
    assert!(route(&row(Presence::DefenderNotRead, false)).unwrap_err().contains("Open"));
    assert!(route(&row(Presence::Both, true)).unwrap_err().contains("`368`"));
}
