//! Dates, thresholds, and which credential is the one in use.

use time::Duration;
use time::macros::datetime;

use super::*;

const NOW: OffsetDateTime = datetime!(2026-11-24 09:00 UTC);

fn ending(after: Duration) -> Expiry {
    Expiry {
        what: What::Secret,
        label: "sync".into(),
        hint: None,
        ends: Some(NOW + after),
        ours: true,
        known_by: KnownBy::Application,
    }
}

fn secret(mark: &str, days: i64) -> Listed {
    Listed {
        what: What::Secret,
        label: Some(format!("secret {mark}")),
        mark: Some(mark.into()),
        ends: Some(NOW + Duration::days(days)),
    }
}

#[test]
fn days_are_whole_and_go_below_zero() {
    assert_eq!(ending(Duration::days(6) + Duration::hours(3)).days(NOW), Some(6));
    assert_eq!(ending(Duration::hours(1)).days(NOW), Some(0));
    assert_eq!(ending(Duration::hours(-1)).days(NOW), Some(-1));
    assert_eq!(Expiry { ends: None, ..ending(Duration::ZERO) }.days(NOW), None);
}

#[test]
fn each_threshold_is_told_once() {
    let mut told = None;
    let mut said = Vec::new();
    let expiry = ending(Duration::days(40));
    for hour in 0..41 * 24 {
        if let Some(due) = expiry.due(NOW + Duration::hours(hour), told) {
            said.push(due.days);
            told = Some(due);
        }
    }
    assert_eq!(said, [30, 7, 1]);
}

#[test]
fn whoever_was_away_hears_of_the_nearest_alone() {
    let late = ending(Duration::hours(5));
    let due = late.due(NOW, None).unwrap();
    assert_eq!(due.days, 1);
    assert_eq!(late.due(NOW, Some(due)), None, "it was told");
    assert!(ending(Duration::days(-3)).due(NOW, None).is_some(), "what has ended is told too");
    assert_eq!(ending(Duration::days(31)).due(NOW, None), None);
}

#[test]
fn a_new_date_begins_anew() {
    let old = Told { ends: NOW + Duration::days(1), days: 1 };
    assert_eq!(ending(Duration::days(20)).due(NOW, Some(old)).map(|told| told.days), Some(30));
}

#[test]
fn the_secret_in_use_is_known_by_its_hint() {
    let listed = Given::Read(vec![secret("xY8", 300), secret("aB3", 20)]);
    let found = expiries(&listed, Some(&InUse::Secret("aB3".into())), None);
    let rows: Vec<(bool, Option<&str>)> =
        found.rows.iter().map(|row| (row.ours, row.hint.as_deref())).collect();
    assert_eq!(rows, [(true, Some("aB3")), (false, Some("xY8"))], "soonest first");
    assert!(found.notes.is_empty(), "{:?}", found.notes);
    let twins = Given::Read(vec![secret("aB3", 20), secret("aB3", 30)]);
    let found = expiries(&twins, Some(&InUse::Secret("aB3".into())), None);
    assert!(found.rows.iter().all(|row| row.ours), "either may be it");
    assert!(found.notes[0].contains("begin alike"), "{:?}", found.notes);
}

#[test]
fn what_can_not_be_read_is_said_and_a_typed_date_stands_in() {
    let unread = Given::Missing("Graph refused".to_owned());
    let blind = expiries(&unread, Some(&InUse::Secret("aB3".into())), None);
    assert_eq!(blind.rows[0].ends, None);
    assert_eq!(blind.notes.len(), 2, "{:?}", blind.notes);
    let typed = expiries(&unread, Some(&InUse::Secret("aB3".into())), Some(NOW));
    assert_eq!((typed.rows[0].ends, typed.rows[0].known_by), (Some(NOW), KnownBy::Typed));
}

#[test]
fn a_certificate_is_known_by_its_thumbprint_in_either_writing() {
    let thumbprint = "52ED9B5038A47B9E2E2190715CC238359D4F8F73";
    let in_use = InUse::Certificate { thumbprint: thumbprint.into(), subject: "CN=sync".into(), ends: NOW };
    for mark in [thumbprint, "Uu2bUDike54uIZBxXMI4NZ1Pj3M=", "52ed9b5038a47b9e2e2190715cc238359d4f8f73"] {
        let listed =
            Listed { what: What::Certificate, label: None, mark: Some(mark.into()), ends: Some(NOW) };
        let found = expiries(&Given::Read(vec![listed]), Some(&in_use), None);
        assert_eq!(found.rows.len(), 1, "{mark}");
        assert!(found.rows[0].ours, "{mark}");
        assert_eq!(found.rows[0].hint.as_deref(), Some(thumbprint));
    }
    let stranger =
        Listed { what: What::Certificate, label: None, mark: Some("AAAA".into()), ends: Some(NOW) };
    let found = expiries(&Given::Read(vec![stranger]), Some(&in_use), None);
    assert_eq!(found.rows.len(), 2, "the file's own dates stand beside it");
    assert!(found.notes[0].contains("lists no certificate"), "{:?}", found.notes);
}
