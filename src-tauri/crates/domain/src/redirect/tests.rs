use super::*;

fn to(next: &str) -> Seen {
    Seen::Redirected { next: Some(next.into()), gone: false }
}

fn graph(nodes: &[(&str, Seen)]) -> Readings {
    Readings {
        graph: nodes.iter().map(|(id, seen)| ((*id).to_owned(), seen.clone())).collect(),
        ..Readings::default()
    }
}

fn source(graph_id: Option<&str>, provider_id: Option<&str>) -> ArmSource {
    ArmSource {
        sentinel_id: "guid".into(),
        workspace: "soc".into(),
        number: 1,
        provider_id: provider_id.map(Into::into),
        graph_id: graph_id.map(Into::into),
    }
}

fn holder(workspace: &str) -> Holder {
    Holder { sentinel_id: "twin".into(), workspace: workspace.into(), number: 9 }
}

fn only(readings: &Readings) -> Redirect {
    let mut rows = resolve(readings);
    assert_eq!(rows.len(), 1, "one row per redirected source");
    rows.remove(0)
}

#[test]
fn every_source_of_a_chain_has_a_row() {
    let rows = resolve(&graph(&[("1", to("2")), ("2", to("3")), ("3", Seen::Live)]));
    let hops: Vec<_> = rows.iter().map(|row| (row.graph_id.as_deref(), row.hops)).collect();
    assert_eq!(hops, [(Some("1"), 2), (Some("2"), 1)]);
    assert!(rows.iter().all(|row| row.outcome.as_ref().is_ok_and(|target| target.graph_id == "3")));
}

#[test]
fn both_apis_that_end_alike_agree_even_when_one_skips_hops() {
    let mut readings = graph(&[("1", to("2")), ("2", to("3")), ("3", Seen::Live)]);
    readings.sources.push(source(Some("1"), Some("3")));
    let rows = resolve(&readings);
    assert_eq!(rows.len(), 2, "the source in the middle keeps a row of its own");
    assert_eq!((rows[0].known_by, rows[0].hops), (KnownBy::Both, 2));
}

#[test]
fn ends_that_differ_are_told_and_graph_wins() {
    let mut readings = graph(&[("1", to("2")), ("2", Seen::Live), ("8", Seen::Live)]);
    readings.sources.push(source(Some("1"), Some("8")));
    let row = only(&readings);
    assert_eq!(row.known_by, KnownBy::Disagree);
    assert!(row.outcome.is_ok_and(|target| target.graph_id == "2"));
}

#[test]
fn without_an_earlier_reading_two_sources_stay_two() {
    let mut readings = graph(&[("1", to("2")), ("2", Seen::Live)]);
    readings.sources.push(source(None, Some("2")));
    let rows = resolve(&readings);
    assert_eq!(rows.len(), 2);
    assert_eq!((rows[0].graph_id.as_deref(), rows[0].known_by), (None, KnownBy::Arm));
    assert_eq!((rows[1].sentinel_id.as_deref(), rows[1].known_by), (None, KnownBy::Graph));
}

#[test]
fn a_source_that_still_carries_its_own_id_goes_on_through_graph() {
    let mut readings = graph(&[("1", to("2")), ("2", Seen::Live)]);
    readings.sources.push(source(Some("1"), Some("1")));
    let row = only(&readings);
    assert_eq!((row.known_by, row.hops), (KnownBy::Graph, 1));
    readings.sources = vec![source(None, Some("1"))];
    assert!(resolve(&readings)[0].outcome.as_ref().is_ok_and(|target| target.graph_id == "2"));
}

#[test]
fn a_ring_is_a_cycle_for_its_members_and_for_those_that_lead_into_it() {
    let rows = resolve(&graph(&[("1", to("2")), ("2", to("3")), ("3", to("2"))]));
    assert!(rows.iter().all(|row| row.outcome == Err(Unresolved::Cycle)));
    assert_eq!(rows.iter().map(|row| row.hops).collect::<Vec<_>>(), [3, 2, 2]);
    let alone = only(&graph(&[("5", to("5"))]));
    assert_eq!((alone.outcome, alone.hops), (Err(Unresolved::Cycle), 1));
}

#[test]
fn a_404_that_another_workspace_holds_is_told_apart() {
    let mut readings = graph(&[("1", to("2")), ("2", Seen::Missing)]);
    readings.sources.push(source(Some("1"), Some("2")));
    assert_eq!(only(&readings).outcome, Err(Unresolved::TargetNotVisible));
    readings.holders.insert("2".into(), vec![holder("retail")]);
    assert_eq!(only(&readings).outcome, Err(Unresolved::OtherWorkspace));
    readings.holders.insert("2".into(), vec![holder("retail"), holder("soc")]);
    assert_eq!(only(&readings).outcome, Err(Unresolved::TargetNotVisible));
    readings.sources.clear();
    readings.holders.insert("2".into(), vec![holder("retail")]);
    assert_eq!(
        only(&readings).outcome,
        Err(Unresolved::TargetNotVisible),
        "no workspace, so none is another"
    );
}

#[test]
fn a_target_that_graph_shows_is_resolved_wherever_its_twin_lies() {
    let mut readings = graph(&[("1", to("2")), ("2", Seen::Live)]);
    readings.sources.push(source(Some("1"), Some("2")));
    readings.holders.insert("2".into(), vec![holder("retail")]);
    assert!(only(&readings).outcome.is_ok_and(|target| target.twin == Some(holder("retail"))));
}

#[test]
fn an_unread_end_is_asked_for_then_called_too_long() {
    let mut readings = graph(&[("1", to("2"))]);
    assert_eq!(unread(&readings), ["2"]);
    assert_eq!(only(&readings).outcome, Err(Unresolved::TargetNotVisible));
    readings.cut_off = true;
    assert_eq!(only(&readings).outcome, Err(Unresolved::ChainTooLong));
}

#[test]
fn where_graph_was_listed_in_part_an_unread_end_is_neither_found_nor_lost() {
    let readings = Readings { in_part: true, ..graph(&[("1", to("2"))]) };
    let row = only(&readings);
    assert_eq!((row.outcome, row.last.as_deref()), (Err(Unresolved::TargetNotRead), Some("2")));
}

#[test]
fn where_graph_was_not_asked_the_twin_in_the_same_workspace_tells() {
    let mut readings = Readings { sources: vec![source(None, Some("2"))], ..Readings::default() };
    readings.holders.insert("2".into(), vec![holder("retail")]);
    assert_eq!(only(&readings).outcome, Err(Unresolved::TargetNotVisible));
    readings.holders.insert("2".into(), vec![holder("soc")]);
    assert!(only(&readings).outcome.is_ok());
}

#[test]
fn a_reading_that_graph_no_longer_confirms_is_called_earlier() {
    let gone = Seen::Redirected { next: Some("2".into()), gone: true };
    let row = only(&graph(&[("1", gone), ("2", Seen::Live)]));
    assert_eq!(row.known_by, KnownBy::Earlier);
}

#[test]
fn a_redirect_without_a_name_has_no_target() {
    let row = only(&graph(&[("1", Seen::Redirected { next: None, gone: false })]));
    assert_eq!((row.outcome, row.last), (Err(Unresolved::TargetNotVisible), None));
}

#[test]
fn a_chain_of_a_hundred_thousand_is_followed() {
    let mut readings = Readings::default();
    for at in 0..100_000 {
        readings.graph.insert(at.to_string(), to(&(at + 1).to_string()));
    }
    readings.graph.insert("100000".into(), Seen::Live);
    let row = resolve(&readings).into_iter().find(|row| row.graph_id.as_deref() == Some("0"));
    assert_eq!(row.map(|row| row.hops), Some(100_000));
}

#[test]
fn where_graph_was_listed_in_part_a_twin_tells_and_only_other_ends_are_asked_for() {
    let mut readings = graph(&[("1", to("9")), ("2", to("8")), ("3", to("7"))]);
    readings.sources = vec![source(Some("1"), Some("9")), source(Some("2"), Some("8"))];
    readings.holders = [("9".into(), vec![holder("soc")]), ("8".into(), vec![holder("retail")])].into();
    assert_eq!(unread(&readings), ["7", "8", "9"]);
    readings.in_part = true;
    assert_eq!(
        unread(&readings),
        ["7", "8"],
        "a twin of another workspace proves nothing, nor does Graph alone"
    );
    readings.cut_off = true;
    let rows = resolve(&readings);
    let told = rows.iter().find(|row| row.graph_id.as_deref() == Some("1")).unwrap();
    assert_eq!(told.outcome.as_ref().map(|target| target.graph_id.as_str()), Ok("9"));
    assert_eq!(told.known_by, KnownBy::Both);
}

#[test]
fn ids_that_are_no_plain_numbers_stay_apart() {
    let far = u64::MAX.to_string();
    let rows =
        resolve(&graph(&[("7", to("007")), ("007", to("abc")), ("abc", to(&far)), (&far, Seen::Live)]));
    let hops: Vec<_> = rows.iter().map(|row| (row.graph_id.as_deref(), row.hops)).collect();
    assert_eq!(hops, [(Some("007"), 2), (Some("7"), 3), (Some("abc"), 1)]);
    assert!(rows.iter().all(|row| row.outcome.as_ref().is_ok_and(|target| target.graph_id == far)));
}

#[test]
fn numbers_far_apart_are_followed_as_those_close_together() {
    let rows = resolve(&graph(&[("1", to("900000000")), ("900000000", to("5")), ("8", to("8"))]));
    let ends: Vec<_> = rows.iter().map(|row| (row.last.as_deref(), row.hops)).collect();
    assert_eq!(ends, [(Some("5"), 2), (Some("8"), 1), (Some("5"), 1)]);
}
