use domain::incident::queue::{Column, Filter, Presence, Sort};
use domain::incident::{GraphIncident, Identity, SentinelIncident, Severity, Status};
use domain::redirect::{KnownBy, resolve, unread};
use time::OffsetDateTime;
use time::macros::datetime;

use super::*;
use crate::{Key, Store};

const AT: OffsetDateTime = datetime!(2026-11-24 09:00 UTC);
const BY_UPDATE: Sort = Sort { column: Column::Updated, descending: true };

pub(super) fn store() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let opened = Store::open(folder.path(), Key::new([7; 32])).expect("a new store opens");
    (folder, opened.store)
}

pub(super) fn arm(id: &str, number: i64, provider_id: Option<&str>) -> ArmRow {
    let incident = SentinelIncident {
        workspace: "soc".into(),
        sentinel_id: id.into(),
        arm_id: format!("/x/{id}"),
        etag: None,
        number,
        title: format!("Inbox rule {id}"),
        description: Some("forwards to the outside".into()),
        severity: Severity::Medium,
        status: Status::Active,
        classification: None,
        owner: Some("lena@contoso.example".into()),
        labels: vec!["tier2".into()],
        created: Some(AT),
        modified: Some(AT),
        provider_name: Some("Microsoft XDR".into()),
        provider_incident_id: provider_id.map(Into::into),
        provider_incident_url: provider_id.map(|id| format!("https://x/incidents/{id}")),
        incident_url: None,
        alerts: Some(2),
        tactics: vec![],
        products: vec![],
    };
    ArmRow { incident, raw: "{}".into() }
}

fn merged(id: &str, number: i64, target: &str) -> ArmRow {
    let mut row = arm(id, number, Some(target));
    row.incident.status = Status::Closed;
    row.incident.labels = vec!["Redirected".into()];
    row
}

fn graph(id: &str, next: Option<&str>) -> GraphRow {
    let incident = GraphIncident {
        graph_id: id.into(),
        title: format!("Defender {id}"),
        description: None,
        severity: Severity::High,
        status: if next.is_some() { Status::Redirected } else { Status::InProgress },
        classification: None,
        determination: None,
        owner: None,
        tags: vec![],
        created: Some(AT),
        modified: Some(AT),
        modified_by: None,
        url: None,
        redirect_incident_id: next.map(Into::into),
        alerts: None,
    };
    GraphRow { incident, raw: "{}".into() }
}

pub(super) fn put_arm(store: &Store, rows: &[ArmRow]) {
    store.put_arm_page("soc", rows, "GET /incidents", &Listing::default(), AT).expect("an ARM page is kept");
}

fn put_graph(store: &Store, rows: &[GraphRow]) {
    store.put_graph_page(rows, "GET /incidents", &Listing::default(), AT).expect("a Graph page is kept");
}

fn keys(store: &Store, filter: &Filter) -> Vec<(String, Presence)> {
    let sort = Sort { column: Column::Number, descending: false };
    let page = store.incidents(filter, sort, 0, 100).expect("the queue is read");
    page.rows.into_iter().map(|row| (row.key, row.presence)).collect()
}

#[test]
fn twins_are_one_row_whichever_side_comes_first() {
    for arm_first in [true, false] {
        let (_folder, store) = store();
        if arm_first {
            put_arm(&store, &[arm("a", 1, Some("10"))]);
            assert_eq!(keys(&store, &Filter::default()), [("s:soc/a".into(), Presence::DefenderNotRead)]);
            put_graph(&store, &[graph("10", None)]);
        } else {
            put_graph(&store, &[graph("10", None)]);
            assert_eq!(keys(&store, &Filter::default()), [("g:10".into(), Presence::DefenderOnly)]);
            put_arm(&store, &[arm("a", 1, Some("10"))]);
        }
        assert_eq!(keys(&store, &Filter::default()), [("s:soc/a".into(), Presence::Both)]);
        assert_eq!(store.tally().map(|tally| tally.twins).ok(), Some(1));
    }
}

#[test]
fn reading_a_page_twice_changes_nothing() {
    let (_folder, store) = store();
    for _ in 0..2 {
        put_arm(&store, &[arm("a", 1, Some("10")), arm("b", 2, None)]);
        put_graph(&store, &[graph("10", None), graph("11", None)]);
    }
    let tally = store.tally().expect("counts");
    assert_eq!((tally.rows, tally.sentinel, tally.graph), (3, 2, 2));
}

#[test]
fn a_twin_that_is_merged_keeps_the_id_it_had() {
    let (_folder, store) = store();
    put_arm(&store, &[arm("a", 1, Some("10"))]);
    put_graph(&store, &[graph("10", None), graph("20", None)]);
    put_arm(&store, &[merged("a", 1, "20"), arm("t", 2, Some("20"))]);
    put_graph(&store, &[graph("10", Some("20"))]);
    let rows = resolve(&store.readings().expect("readings"));
    assert_eq!(rows.len(), 1, "one source, known in both: {rows:?}");
    assert_eq!((rows[0].graph_id.as_deref(), rows[0].known_by), (Some("10"), KnownBy::Both));
    store.put_redirects(&rows).expect("redirects are kept");
    let row = store.incident("s:soc/a").expect("read").expect("the source has a row");
    assert_eq!((row.redirected, row.target.as_deref()), (true, Some("20")));
    assert_eq!(store.incident("s:soc/t").expect("read").map(|row| row.absorbed), Some(1));
}

#[test]
fn the_log_pairs_a_source_and_the_graph_row_is_absorbed() {
    let (_folder, store) = store();
    put_arm(&store, &[merged("a", 1, "20")]);
    put_graph(&store, &[graph("10", Some("20")), graph("20", None)]);
    assert_eq!(resolve(&store.readings().expect("readings")).len(), 2, "two sources until the log tells");
    let told = Identity { sentinel_id: "a".into(), graph_id: "10".into() };
    store.put_identities("soc", &[told], &Listing::default(), AT).expect("identities are kept");
    assert_eq!(resolve(&store.readings().expect("readings")).len(), 1);
    assert!(!keys(&store, &Filter::default()).iter().any(|(key, _)| key == "g:10"));
}

#[test]
fn a_404_is_remembered_and_a_reading_that_vanished_is_kept() {
    let (_folder, store) = store();
    put_graph(&store, &[graph("10", Some("99")), graph("11", Some("12"))]);
    let ids = unread(&store.readings().expect("readings"));
    assert_eq!(ids, ["12", "99"]);
    store.put_graph_missing("99", AT).expect("kept");
    store.put_graph_missing("11", AT).expect("kept");
    let rows = resolve(&store.readings().expect("readings"));
    assert!(rows.iter().any(|row| row.known_by == KnownBy::Earlier && row.graph_id.as_deref() == Some("11")));
    assert_eq!(unread(&store.readings().expect("readings")), ["12"]);
}

#[test]
fn filters_facets_and_search_agree() {
    let (_folder, store) = store();
    put_arm(&store, &[arm("a", 1, Some("10")), arm("b", 2, None)]);
    put_graph(&store, &[graph("10", None), graph("11", None)]);
    assert_eq!(store.index_text(100).ok(), Some(0));
    let search = |text: &str| keys(&store, &Filter { text: text.into(), ..Filter::default() }).len();
    assert_eq!(
        (search("forw"), search("inbox rule"), search("defender"), search("2"), search("11")),
        (2, 2, 2, 1, 1)
    );
    assert_eq!(search("\" OR 1=1 --"), 0);
    let high = Filter { severity: vec!["high".into()], ..Filter::default() };
    let facets = store.facets(&high, AT + time::Duration::hours(1), time::Duration::days(1)).expect("facets");
    assert_eq!(facets.severity, [("medium".into(), 2), ("high".into(), 1)]);
    assert_eq!(facets.presence, [("defender_only".into(), 1)]);
    assert_eq!(facets.strip.iter().map(|bucket| bucket.count).sum::<u64>(), 1);
}

#[test]
fn a_tag_that_goes_is_found_no_more() {
    let (_folder, store) = store();
    let tagged = |tag: &str| keys(&store, &Filter { tag: vec![tag.into()], ..Filter::default() }).len();
    let mut alone = graph("10", None);
    alone.incident.tags = vec!["vip".into(), "VIP".into(), String::new()];
    put_graph(&store, &[alone]);
    put_arm(&store, &[arm("b", 2, None)]);
    assert_eq!((tagged("Vip"), tagged("tier2"), tagged("")), (1, 1, 0));
    let mut retagged = arm("b", 2, None);
    retagged.incident.labels = vec!["handover".into()];
    put_arm(&store, &[arm("a", 1, Some("10")), retagged]);
    assert_eq!(
        (tagged("vip"), tagged("tier2"), tagged("handover")),
        (0, 1, 1),
        "the twin shows Sentinel's tags"
    );
    let lines = store.read(|db| list::scalar(db, "SELECT count(*) FROM incident_tag")).expect("a count");
    assert_eq!(lines, 2);
}

#[test]
fn every_sort_can_be_paged_without_gaps() {
    let (_folder, store) = store();
    let rows: Vec<ArmRow> = (0..25).map(|n| arm(&format!("id{n:02}"), n / 2, None)).collect();
    put_arm(&store, &rows);
    for column in
        [Column::Severity, Column::Title, Column::Status, Column::Owner, Column::Number, Column::Alerts]
    {
        for descending in [true, false] {
            let sort = Sort { column, descending };
            let mut seen = std::collections::HashSet::new();
            for offset in [0, 10, 20] {
                let page = store.incidents(&Filter::default(), sort, offset, 10).expect("a page");
                seen.extend(page.rows.into_iter().map(|row| row.key));
            }
            assert_eq!(seen.len(), 25, "{column:?}");
        }
    }
    assert_eq!(store.incidents(&Filter::default(), BY_UPDATE, 0, 1).map(|page| page.total).ok(), Some(25));
}

#[test]
fn nothing_readable_lies_on_disk() {
    let (folder, store) = store();
    put_arm(&store, &[arm("a", 1, Some("10"))]);
    for entry in std::fs::read_dir(folder.path()).expect("the folder").flatten() {
        let bytes = std::fs::read(entry.path()).expect("a file");
        assert!(!bytes.windows(10).any(|window| window == b"Inbox rule"), "{:?} is readable", entry.path());
    }
}

#[test]
fn a_file_that_does_not_fit_its_key_is_set_aside() {
    let (folder, first) = store();
    put_arm(&first, &[arm("a", 1, None)]);
    drop(first);
    let opened = Store::open(folder.path(), Key::new([8; 32])).expect("a fresh store");
    assert!(
        opened.set_aside.is_some_and(|aside| aside.path.exists() && !aside.damaged),
        "the old file is kept"
    );
    assert_eq!(opened.store.tally().map(|tally| tally.rows).ok(), Some(0));
}
