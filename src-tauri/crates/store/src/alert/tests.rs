use proptest::prelude::*;
use proptest::sample::{select, subsequence};
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
    assert_eq!(text("honey deni"), ["a"], "each word by its beginning");
    assert!(text("%").is_empty() && text("' OR 1 = 1 --").is_empty(), "marks alone name nothing");
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

const WORDS: [&str; 8] = ["denied", "Denial", "sign-in", "sql", "WS-0042", "é", "Über", "42"];
const TYPED: [&str; 10] =
    ["den", "sign", "SQL", "42", "ws 0042", "in", "denial 42", "e", "uber", "\"den\" OR *"];
const SEVERITIES: [&str; 3] = ["high", "medium", "odd"];
const WORKSPACES: [&str; 2] = ["soc", "retail"];

fn any_alert() -> impl Strategy<Value = (LogAlert, u8)> {
    let words = || prop::collection::vec(select(&WORDS), 1..4);
    let made = (0..60u32, select(&WORKSPACES), select(&SEVERITIES), 0..9i64, 0..3u8);
    (words(), prop::option::of(words()), made).prop_map(
        |(title, rule, (id, workspace, severity, hour, way))| {
            let written = NOON + Duration::hours(hour);
            let rule = rule.map(|words| words.join(" "));
            let severity = Severity::parse(severity);
            let id = format!("id{id}");
            (
                LogAlert {
                    workspace: workspace.into(),
                    title: title.join(" "),
                    rule,
                    severity,
                    ..one(&id, written)
                },
                way,
            )
        },
    )
}

/// What the list holds after each was put, by workspace and id: the newer row of one alert, of two as new the later.
fn kept(put: &[(LogAlert, u8)]) -> Vec<LogAlert> {
    let mut kept: Vec<LogAlert> = Vec::new();
    for (alert, way) in put {
        let from = alert.written - Duration::HOUR;
        // A whole answer for the hour before and the row's own second.
        kept.retain(|one| {
            *way > 0 || one.workspace != alert.workspace || one.written < from || one.written > alert.written
        });
        let same = |one: &&mut LogAlert| one.workspace == alert.workspace && one.id == alert.id;
        match kept.iter_mut().find(same) {
            Some(one) if one.written > alert.written => {}
            Some(one) => *one = alert.clone(),
            None => kept.push(alert.clone()),
        }
    }
    kept
}

/// Small letters without marks above them.
fn plain(text: &str) -> Vec<String> {
    let plain = text.to_lowercase().replace('é', "e").replace('ü', "u");
    plain.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn lets(filter: &Filter, alert: &LogAlert) -> bool {
    let texts = [
        Some(&alert.title),
        alert.rule.as_ref(),
        alert.entity.as_ref(),
        alert.product.as_ref(),
        Some(&alert.id),
    ];
    let words: Vec<String> = texts.into_iter().flatten().flat_map(|text| plain(text)).collect();
    let typed = plain(&filter.text);
    let named = filter.text.trim().is_empty()
        || (!typed.is_empty() && typed.iter().all(|start| words.iter().any(|word| word.starts_with(start))));
    let wanted = |list: &[String], value: &str| list.is_empty() || list.iter().any(|one| one == value);
    named && wanted(&filter.severity, alert.severity.as_str()) && wanted(&filter.workspace, &alert.workspace)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn every_filter_gives_the_rows_of_a_plain_reference(
        put in prop::collection::vec(any_alert(), 0..60),
        asked in prop::collection::vec(
            (prop::option::of(select(&TYPED)), subsequence(&SEVERITIES, 0..3), subsequence(&WORKSPACES, 0..2), 0..5u64),
            1..8,
        ),
    ) {
        let (_folder, store) = store();
        for (alert, way) in &put {
            let hour = (alert.written - Duration::HOUR, alert.written + Duration::MILLISECOND);
            store.put_alerts(&alert.workspace, hour, std::slice::from_ref(alert), *way == 0).unwrap();
        }
        let kept = kept(&put);
        for (text, severity, workspace, skip) in asked {
            let texts = |list: Vec<&str>| list.into_iter().map(str::to_owned).collect();
            let filter = Filter {
                text: text.unwrap_or_default().to_owned(),
                severity: texts(severity),
                workspace: texts(workspace),
            };
            let due: Vec<&LogAlert> = kept.iter().filter(|one| lets(&filter, one)).collect();
            let page = store.alerts(&filter, 0, 500).unwrap();
            prop_assert_eq!((page.total, page.of), (due.len() as u64, kept.len() as u64), "{:?}", &filter);
            prop_assert!(page.rows.is_sorted_by(|one, next| one.written >= next.written));
            let key = |one: &LogAlert| (one.workspace.clone(), one.id.clone());
            let mut found: Vec<LogAlert> = page.rows.clone();
            let mut due: Vec<LogAlert> = due.into_iter().cloned().collect();
            found.sort_by_key(key);
            due.sort_by_key(key);
            prop_assert_eq!(found, due, "{:?}", &filter);
            let part = store.alerts(&filter, skip, 3).unwrap();
            let wanted: Vec<LogAlert> = page.rows.iter().skip(skip as usize).take(3).cloned().collect();
            prop_assert_eq!((part.rows, part.total), (wanted, page.total), "{:?}", &filter);
            let of = |value: &str| kept.iter().filter(|one| one.severity.as_str() == value).count() as u64;
            prop_assert!(page.severities.iter().all(|(value, rows)| *rows == of(value)));
            prop_assert_eq!(page.workspaces.iter().map(|(_, rows)| rows).sum::<u64>(), kept.len() as u64);
        }
    }
}
