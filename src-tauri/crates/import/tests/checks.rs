//! Every check of the catalogue against a file that offends it and one that does not.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::{Path, PathBuf};

use domain::readiness::{CheckResult, Verdict, catalogue, run};
use time::macros::datetime;

/// Verdict of the failing file, and the one path it must name.
const EXPECTED: [(&str, Verdict, &str); 23] = [
    (
        "AU-01",
        Verdict::Fail,
        "properties.triggeringLogic.conditions[1].conditionProperties.innerConditions[1].conditionProperties.innerConditions[1].conditionProperties",
    ),
    (
        "AU-02",
        Verdict::Fail,
        "properties.triggeringLogic.conditions[1].conditionProperties.itemConditions[0].conditionProperties",
    ),
    ("AU-03", Verdict::Fail, "properties.triggeringLogic.conditions[1].conditionProperties"),
    ("AU-04", Verdict::Review, "properties.triggeringLogic.conditions[0].conditionProperties"),
    ("AU-05", Verdict::Fail, "properties.triggeringLogic.conditions"),
    ("AU-06", Verdict::Review, "properties.triggeringLogic.triggersOn"),
    (
        "AU-07",
        Verdict::Fail,
        "value[0].properties.triggeringLogic.conditions[0].conditionProperties.propertyValues[0]",
    ),
    ("AU-08", Verdict::Review, "properties.triggeringLogic.conditions[0].conditionProperties"),
    (
        "AU-09",
        Verdict::Fail,
        "properties.triggeringLogic.conditions[0].conditionProperties.innerConditions[0].conditionProperties",
    ),
    ("AU-12", Verdict::Review, "properties.triggeringLogic.expirationTimeUtc"),
    ("AR-01", Verdict::Review, "properties.enabled"),
    ("AR-02", Verdict::Fail, "properties.productFilter"),
    ("AR-03", Verdict::Review, "properties.incidentConfiguration.createIncident"),
    ("AR-04", Verdict::Review, "properties.incidentConfiguration.groupingConfiguration.reopenClosedIncident"),
    ("AR-05", Verdict::Review, "properties.incidentConfiguration.groupingConfiguration.enabled"),
    ("AR-06", Verdict::Fail, "properties.description"),
    ("AR-07", Verdict::Review, "properties.alertDetailsOverride.alertDisplayNameFormat"),
    ("PB-02", Verdict::Fail, "value[1].properties.definition.triggers.start.inputs.path"),
    (
        "PB-05",
        Verdict::Fail,
        "properties.definition.actions.each.actions.if.else.actions['Add alert'].inputs.path",
    ),
    ("PB-06", Verdict::Review, "properties.definition.actions.mail.inputs.body.Body"),
    ("IN-01", Verdict::Review, "value[1]"),
    ("IN-02", Verdict::Review, ""),
    ("IN-03", Verdict::Review, "value[1]"),
];

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/fixtures/import/checks")
}

fn judge(id: &str, file: &str) -> CheckResult {
    let path = fixtures().join(id).join(file);
    assert!(path.is_file(), "{id} has no {file}");
    let now = datetime!(2026-11-24 09:00 UTC);
    let import = import::read(&[path]);
    assert!(import.files[0].read, "{id}: {}", import.files[0].reason);
    let ledger = import.ledger(now);
    let report = run(&import.subject(&ledger, None, now));
    let found = report.checks.into_iter().find(|c| c.id == id);
    found.unwrap_or_else(|| panic!("{id} is not in the report"))
}

#[test]
fn every_check_has_a_passing_and_a_failing_file() {
    let ids: Vec<_> = catalogue().iter().map(|c| c.id).collect();
    let expected: Vec<_> = EXPECTED.iter().map(|(id, ..)| *id).collect();
    assert_eq!(ids, expected, "a check lacks its row, or a row its check");
}

#[test]
fn the_passing_files_pass() {
    for (id, ..) in EXPECTED {
        let result = judge(id, "pass.json");
        assert_eq!(result.verdict, Verdict::Pass, "{id}: {}", result.reason);
        assert_eq!(result.objects, [], "{id}");
    }
}

#[test]
fn the_failing_files_fail_at_their_place() {
    for (id, verdict, path) in EXPECTED {
        let result = judge(id, "fail.json");
        assert_eq!(result.verdict, verdict, "{id}: {}", result.reason);
        let paths: Vec<_> = result.objects.iter().map(|o| o.path.as_str()).collect();
        if path.is_empty() {
            assert_eq!(result.objects, [], "{id}");
            continue;
        }
        assert!(paths.contains(&path), "{id} names {paths:?}");
        for offence in &result.objects {
            assert!(offence.id.is_some() && offence.file.is_some(), "{id}: {offence:?}");
            assert!(offence.value.is_some(), "{id}: no raw value");
        }
    }
}

#[test]
fn what_a_file_does_not_hold_could_not_run() {
    let result = judge("PB-05", "../AR-01/pass.json");
    assert_eq!(result.verdict, Verdict::CouldNotRun);
    assert_eq!(result.reason, "Could not run: no playbooks in this import");
    let result = judge("AU-07", "../AU-01/pass.json");
    assert_eq!(result.reason, "Could not run: no analytics rules in this import");
}
