use time::Duration;
use time::macros::datetime;

use super::*;
use crate::Key;

const NOON: OffsetDateTime = datetime!(2026-11-24 12:00 UTC);
const ALWAYS: (OffsetDateTime, OffsetDateTime) = (OffsetDateTime::UNIX_EPOCH, datetime!(2100-01-01 0:00 UTC));

fn store() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let opened = Store::open(folder.path(), Key::new([7; 32])).expect("a new store opens");
    (folder, opened.store)
}

fn one(id: &str, written: OffsetDateTime) -> LogAlert {
    LogAlert {
        workspace: "soc".into(),
        id: id.into(),
        title: format!("Denied 100% of {id}"),
        severity: Severity::Medium,
        status: None,
        product: Some("Azure Sentinel".into()),
        rule: Some("Honeypot".into()),
        entity: None,
        tactics: vec!["Discovery".into()],
        description: None,
        first: None,
        last: Some(written),
        written,
    }
}

fn ids(store: &Store, filter: &Filter) -> Vec<String> {
    store.alerts(filter, 0, 100).unwrap().rows.into_iter().map(|row| row.id).collect()
}

#[test]
fn a_whole_stretch_replaces_what_was_known_of_it_and_a_part_adds() {
    let (_folder, store) = store();
    let later = NOON + Duration::HOUR;
    store.put_alerts("soc", ALWAYS, &[one("a", NOON), one("b", later)], true).unwrap();
    store.put_alerts("retail", ALWAYS, &[one("a", NOON)], true).unwrap();
    assert_eq!(ids(&store, &Filter::default()), ["b", "a", "a"], "newest first, each workspace's own");
    store.put_alerts("soc", (later, ALWAYS.1), &[one("c", later)], false).unwrap();
    assert_eq!(ids(&store, &Filter::default()).len(), 4, "a part takes nothing away");
    store.put_alerts("soc", (later, ALWAYS.1), &[one("c", later)], true).unwrap();
    assert_eq!(ids(&store, &Filter::default()), ["c", "a", "a"], "b has an incident now");
}

#[test]
fn of_two_rows_of_one_alert_the_newer_counts_in_either_order() {
    let (_folder, store) = store();
    let later = LogAlert { title: "later".into(), ..one("a", NOON + Duration::HOUR) };
    let only = [later.clone()];
    for rows in [[later.clone(), one("a", NOON)], [one("a", NOON), later.clone()]] {
        store.put_alerts("soc", ALWAYS, &rows, true).unwrap();
        assert_eq!(store.alerts(&Filter::default(), 0, 9).unwrap().rows, only);
    }
}

#[test]
fn what_is_typed_is_compared_and_never_a_pattern_or_a_statement() {
    let (_folder, store) = store();
    let alerts = [one("a", NOON), LogAlert { severity: Severity::High, title: "x".into(), ..one("b", NOON) }];
    store.put_alerts("soc", ALWAYS, &alerts, true).unwrap();
    let text = |text: &str| ids(&store, &Filter { text: text.into(), ..Filter::default() });
    assert_eq!(text("100% OF a"), ["a"]);
    assert_eq!(text("honeypot").len(), 2);
    assert!(text("%").len() == 1 && text("' OR 1 = 1 --").is_empty());
    let high = Filter { severity: vec!["high".into()], ..Filter::default() };
    let page = store.alerts(&high, 0, 9).unwrap();
    assert_eq!((page.total, page.of, page.rows.len()), (1, 2, 1));
    assert_eq!(page.severities, [("high".to_owned(), 1), ("medium".to_owned(), 1)]);
    assert_eq!(page.workspaces, [("soc".to_owned(), 2)]);
}

#[test]
fn how_far_it_was_read_is_kept() {
    let (_folder, store) = store();
    assert_eq!(store.alerts_read("soc").unwrap(), AlertsRead::default());
    let read =
        AlertsRead { until: Some(NOON), whole: None, read_at: Some(NOON), trouble: Some("No.".into()) };
    store.set_alerts_read("soc", &read).unwrap();
    assert_eq!(store.alerts_read("soc").unwrap(), read);
    let readings = store.alerts(&Filter::default(), 0, 1).unwrap().readings;
    assert_eq!((readings.len(), readings[0].trouble.as_deref()), (1, Some("No.")));
}
