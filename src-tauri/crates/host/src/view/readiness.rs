//! Checks, their text, and the places that offend.

use contract::readiness as out;
use domain::fault::{Code, Fault};
use engine::readiness::{KeptCheck, KeptOffence, KeptReport, check_info};
use time::OffsetDateTime;

use super::instant;

type Kept = Option<(KeptReport, OffsetDateTime)>;

pub(crate) fn list(kept: Kept) -> out::ReadinessList {
    let Some((report, at)) = kept else {
        return out::ReadinessList {
            run_at: None,
            checks: Vec::new(),
            coverage: out::Coverage::default(),
            files: Vec::new(),
        };
    };
    out::ReadinessList {
        run_at: Some(instant(at)),
        checks: report.checks.iter().map(row).collect(),
        coverage: coverage(&report),
        files: report
            .files
            .into_iter()
            .map(|file| out::FileRow { file: file.file, read: file.read, reason: Some(file.reason) })
            .collect(),
    }
}

pub(crate) fn coverage(report: &KeptReport) -> out::Coverage {
    out::Coverage { ran: report.ran, could_not_run: report.could_not_run, total: report.total }
}

pub(crate) fn detail(kept: Kept, id: &str) -> Result<out::CheckDetail, Fault> {
    let unknown = || Fault::new(Code::NotFound, format!("There is no result of a check `{id}`."));
    let (report, _) = kept.ok_or_else(unknown)?;
    let check = report.checks.into_iter().find(|check| check.id == id).ok_or_else(unknown)?;
    let text = check_info(id).ok_or_else(unknown)?.text();
    Ok(out::CheckDetail {
        row: row(&check),
        text: out::CheckText {
            why: text.why.to_owned(),
            changes: text.what_changes.to_owned(),
            fix: text.fix.to_owned(),
            pages: text.pages.into_iter().map(page).collect(),
        },
        objects: check.objects.into_iter().map(object).collect(),
    })
}

pub(crate) fn offence<'a>(
    kept: Option<&'a (KeptReport, OffsetDateTime)>,
    key: &out::OffenceKey,
) -> Result<&'a KeptOffence, Fault> {
    kept.and_then(|(report, _)| report.checks.iter().find(|check| check.id == key.check))
        .and_then(|check| check.objects.get(key.index as usize))
        .ok_or_else(|| Fault::new(Code::NotFound, format!("{} has no finding {}.", key.check, key.index)))
}

fn row(check: &KeptCheck) -> out::CheckRow {
    out::CheckRow {
        area: check_info(&check.id).map(|info| info.area.title().to_owned()).unwrap_or_default(),
        id: check.id.clone(),
        title: check.title.clone(),
        verdict: verdict(&check.verdict),
        severity: severity(&check.severity),
        reason: check.reason.clone(),
        objects: check.objects.len() as u64,
    }
}

pub(crate) fn object(offence: KeptOffence) -> out::Offence {
    out::Offence {
        kind: offence.kind,
        id: offence.id,
        name: offence.name,
        file: offence.file,
        path: offence.path,
        value: offence.value,
    }
}

fn page(page: domain::readiness::Page) -> out::CheckPage {
    out::CheckPage {
        address: page.address.to_owned(),
        date: page.date.map(str::to_owned),
        says: page.says.map(str::to_owned),
    }
}

pub(crate) fn verdict(word: &str) -> out::Verdict {
    match word {
        "pass" => out::Verdict::Pass,
        "fail" => out::Verdict::Fail,
        "review" => out::Verdict::Review,
        "not_applicable" => out::Verdict::NotApplicable,
        "waived" => out::Verdict::Waived,
        _ => out::Verdict::CouldNotRun,
    }
}

pub(crate) fn severity(word: &str) -> out::CheckSeverity {
    match word {
        "critical" => out::CheckSeverity::Critical,
        "high" => out::CheckSeverity::High,
        "medium" => out::CheckSeverity::Medium,
        "low" => out::CheckSeverity::Low,
        _ => out::CheckSeverity::Info,
    }
}
