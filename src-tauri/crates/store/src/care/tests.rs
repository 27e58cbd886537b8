use std::io::{Read, Seek, SeekFrom, Write};

use domain::incident::queue::{Column, Filter, Sort};
use domain::incident::{SentinelIncident, Severity, Status};
use time::Duration;
use time::macros::datetime;

use super::*;
use crate::{ArmRow, Key, Listing, Stretch};

const AT: OffsetDateTime = datetime!(2026-11-24 09:00 UTC);

fn open(folder: &std::path::Path) -> crate::Opened {
    Store::open(folder, Key::new([7; 32])).expect("the store opens")
}

/// One workspace's page, a day between neighbours, every other one closed.
fn put(store: &Store, from: i64, count: i64) -> Result<(), StoreError> {
    let rows: Vec<ArmRow> = (from..from + count).map(row).collect();
    let next = Some(format!("page after {}", from + count));
    let listing = Listing { left: vec![Stretch { next, ..Stretch::default() }], ..Listing::default() };
    store.put_arm_page("soc", &rows, "GET /incidents", &listing, AT)
}

fn row(n: i64) -> ArmRow {
    let incident = SentinelIncident {
        workspace: "soc".into(),
        sentinel_id: format!("id-{n:05}"),
        arm_id: format!("/x/{n}"),
        etag: None,
        number: n,
        title: format!("Mass download {n}"),
        description: None,
        severity: Severity::Medium,
        status: if n % 2 == 0 { Status::Closed } else { Status::Active },
        classification: None,
        owner: None,
        labels: vec![],
        created: Some(AT),
        modified: Some(AT - Duration::days(n)),
        provider_name: Some("Azure Sentinel".into()),
        provider_incident_id: None,
        provider_incident_url: None,
        incident_url: None,
        alerts: Some(1),
        tactics: vec![],
        products: vec![],
    };
    ArmRow { incident, raw: format!("{{\"pad\":\"{}\"}}", "x".repeat(3_000)) }
}

fn rows(store: &Store) -> u64 {
    store.tally().expect("counts").rows
}

fn next(store: &Store) -> Option<String> {
    let listing = store.listing(domain::incident::Api::Sentinel, "soc").expect("the listing");
    listing.left.into_iter().find_map(|stretch| stretch.next)
}

#[test]
fn a_full_disk_keeps_nothing_of_a_page_and_loses_nothing_before_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = open(folder.path()).store;
    put(&store, 0, 20).expect("kept");
    let pages: i64 = store.writer().query_row("PRAGMA page_count", [], |row| row.get(0)).expect("a count");
    store.writer().pragma_update(None, "max_page_count", pages + 20).expect("a small disk");
    let full = put(&store, 20, 1_000);
    assert!(matches!(full, Err(StoreError::DiskFull)), "{full:?}");
    assert_eq!((rows(&store), next(&store).as_deref()), (20, Some("page after 20")), "nothing of it stands");
    store.writer().pragma_update(None, "max_page_count", 1_000_000).expect("room again");
    put(&store, 20, 10).expect("it goes on");
    assert_eq!(rows(&store), 30);
    store.check().expect("sound after a full disk");
}

#[test]
fn two_copies_that_write_at_once_lose_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let (one, two) = (open(folder.path()).store, open(folder.path()).store);
    std::thread::scope(|scope| {
        scope.spawn(|| (0..20).for_each(|n| put(&one, n * 10, 10).expect("the first writes")));
        scope.spawn(|| (20..40).for_each(|n| put(&two, n * 10, 10).expect("the second writes")));
    });
    assert_eq!((rows(&one), rows(&two)), (400, 400));
    let sort = Sort { column: Column::Title, descending: false };
    let list = two.incidents(&Filter::default(), sort, 350, 100).expect("a page");
    assert_eq!((list.total, list.rows.len()), (400, 50));
}

#[test]
fn closed_incidents_are_forgotten_with_all_that_was_kept_of_them() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = open(folder.path()).store;
    put(&store, 0, 3_000).expect("kept");
    store.index_text(5_000).expect("indexed");
    let told = || Ok(("[]".to_owned(), Some("weu-sql-0042".to_owned())));
    let hosts = [crate::PartAnswer { part: "entities", api: "sentinel", told: told() }];
    for key in ["s:soc/id-00500", "s:soc/id-00501"] {
        assert!(store.put_incident_parts(key, &hosts, AT).expect("kept"));
    }
    let named = || {
        let text = Filter { text: "weu-sql-0042".into(), ..Filter::default() };
        let sort = Sort { column: Column::Updated, descending: true };
        let page = store.incidents(&text, sort, 0, 1).expect("a page");
        (page.total, page.with_entities)
    };
    assert_eq!(named(), (2, 2));
    let count = |table: &str| -> i64 {
        let sql = format!("SELECT count(*) FROM {table}");
        store.writer().query_row(&sql, [], |row| row.get(0)).expect("a count")
    };
    assert_eq!(store.forget_closed(AT - Duration::days(99)).expect("forgotten"), 1_450);
    for table in ["incident", "sentinel", "sentinel_body", "incident_text"] {
        assert_eq!(count(table), 1_550, "{table}");
    }
    assert_eq!((count("incident_part"), named()), (1, (1, 1)), "names of what is forgotten go with it");
    assert_eq!(rows(&store), 1_550, "the counters follow");
    let text = Filter { text: "download".into(), ..Filter::default() };
    let sort = Sort { column: Column::Updated, descending: true };
    assert_eq!(store.incidents(&text, sort, 0, 1).expect("a page").total, 1_550);

    let before = store.size().expect("a size");
    store.compact().expect("compacted");
    let after = store.size().expect("a size");
    assert!(after.bytes < before.bytes * 3 / 4 && after.free < before.free, "{before:?}, then {after:?}");
    store.check().expect("sound after it shrank");
}

#[test]
fn the_log_does_not_outgrow_its_limit() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = open(folder.path()).store;
    for n in 0..20 {
        put(&store, n * 1_000, 1_000).expect("kept");
    }
    let log = std::fs::metadata(store.path().with_extension("db-wal")).expect("the log").len();
    assert!(log <= 64 << 20, "{log} bytes");
}

#[test]
fn a_damaged_queue_that_a_crash_left_is_set_aside_and_the_users_own_carried_over() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = open(folder.path()).store;
    put(&store, 0, 2_000).expect("kept");
    store.set_setting("view", "mine").expect("set");
    store.audit_begin("incident_close", "17", AT).expect("intent");
    let path = spoil(store, "incident");
    std::fs::write(path.with_extension("db-wal"), b"torn").expect("what a crash leaves");
    let opened = open(folder.path());
    let aside = opened.set_aside.expect("set aside");
    assert!(aside.damaged && aside.path.exists(), "it is kept beside");
    assert_eq!(rows(&opened.store), 0);
    assert_eq!(opened.store.setting("view").expect("read").as_deref(), Some("mine"));
    assert_eq!(opened.store.audit(9).expect("read").len(), 1);
}

#[test]
fn damage_met_at_work_is_repaired_by_the_next_opening() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = open(folder.path()).store;
    put(&store, 0, 2_000).expect("kept");
    spoil(store, "sentinel_body");
    let found = open(folder.path());
    assert_eq!(found.set_aside, None, "what nobody read is not looked at");
    let met = found.store.check();
    assert!(matches!(met, Err(StoreError::Damaged)), "{met:?}");
    drop(found);
    assert!(open(folder.path()).set_aside.is_some_and(|aside| aside.damaged));
    assert_eq!(open(folder.path()).set_aside, None, "once");
}

#[test]
fn a_store_of_a_newer_version_is_left_as_it_is() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = open(folder.path()).store;
    put(&store, 0, 10).expect("kept");
    store.writer().pragma_update(None, "user_version", 99).expect("a newer version wrote it");
    drop(store);
    let refused = Store::open(folder.path(), Key::new([7; 32])).map(|_| ());
    assert!(matches!(refused, Err(StoreError::Newer)), "{refused:?}");
    assert_eq!(std::fs::read_dir(folder.path()).expect("the folder").count(), 1, "nothing was set aside");
}

/// Closes the store and turns a byte over in the first page of a table.
fn spoil(store: Store, table: &str) -> std::path::PathBuf {
    store.compact().expect("all of it in the file itself");
    let root: u32 = store
        .writer()
        .query_row("SELECT rootpage FROM sqlite_schema WHERE name = ?1", [table], |row| row.get(0))
        .expect("a page");
    let path = store.path().to_owned();
    drop(store);
    let mut file = std::fs::OpenOptions::new().read(true).write(true).open(&path).expect("the file");
    let at = SeekFrom::Start((u64::from(root) - 1) * 4_096 + 100);
    let mut byte = [0];
    file.seek(at).expect("a place");
    file.read_exact(&mut byte).expect("a byte");
    file.seek(at).expect("a place");
    file.write_all(&[byte[0] ^ 0xff]).expect("written");
    path
}

#[test]
fn a_settled_store_leaves_an_empty_log_and_opens_as_after_a_clean_end() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = open(folder.path()).store;
    put(&store, 0, 100).expect("it is written");
    let log = store.path().with_extension("db-wal");
    assert!(log.metadata().expect("a log").len() > 0, "there is something to carry over");
    store.settle().expect("it settles");
    assert_eq!(log.metadata().expect("a log").len(), 0);
    // The process ends here: nothing is closed.
    std::mem::forget(store);
    assert_eq!(rows(&open(folder.path()).store), 100);
}

#[test]
fn a_store_that_was_read_and_written_takes_its_log_away_when_it_is_closed() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = open(folder.path()).store;
    put(&store, 0, 100).expect("it is written");
    assert_eq!(rows(&store), 100, "a reader is open");
    let log = store.path().with_extension("db-wal");
    drop(store);
    assert!(!log.exists());
}

#[test]
fn a_store_that_rested_answers_as_before() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = open(folder.path()).store;
    put(&store, 0, 100).expect("it is written");
    assert_eq!(rows(&store), 100);
    store.rest().expect("it rests");
    assert_eq!(rows(&store), 100);
    put(&store, 100, 100).expect("it is written");
    assert_eq!(rows(&store), 200);
}
