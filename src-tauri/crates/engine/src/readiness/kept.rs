//! The result of a run as it is kept in the store.

use domain::readiness::{CheckResult, Offence, Report};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KeptReport {
    pub checks: Vec<KeptCheck>,
    pub files: Vec<KeptFile>,
    pub ran: u32,
    pub could_not_run: u32,
    pub total: u32,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KeptCheck {
    pub id: String,
    pub title: String,
    pub verdict: String,
    pub severity: String,
    pub reason: String,
    pub objects: Vec<KeptOffence>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KeptOffence {
    pub kind: String,
    pub id: Option<String>,
    pub name: String,
    pub file: Option<String>,
    pub path: Option<String>,
    pub value: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KeptFile {
    pub file: String,
    pub read: bool,
    pub reason: String,
}

impl KeptReport {
    pub(super) fn of(report: &Report, files: Vec<KeptFile>) -> Self {
        Self {
            checks: report.checks.iter().map(check).collect(),
            files,
            ran: report.coverage.ran as u32,
            could_not_run: report.coverage.could_not_run as u32,
            total: report.coverage.total as u32,
        }
    }
}

impl KeptFile {
    pub(super) fn of(report: &import::FileReport) -> Self {
        Self { file: report.file.clone(), read: report.read, reason: report.reason.clone() }
    }
}

fn check(result: &CheckResult) -> KeptCheck {
    KeptCheck {
        id: result.id.to_owned(),
        title: result.title.to_owned(),
        verdict: result.verdict.as_str().to_owned(),
        severity: result.severity.as_str().to_owned(),
        reason: result.reason.clone(),
        objects: result.objects.iter().map(offence).collect(),
    }
}

fn offence(offence: &Offence) -> KeptOffence {
    KeptOffence {
        kind: offence.kind.as_str().to_owned(),
        id: offence.id.clone(),
        name: offence.name.clone(),
        file: offence.file.clone(),
        path: Some(offence.path.clone()).filter(|path| !path.is_empty()),
        value: offence.value.clone(),
    }
}
