//! The first screen, put together from what is stored.

use contract::overview as out;
use contract::readiness::{CheckSeverity, Verdict};
use domain::fault::Fault;
use engine::Scope;
use engine::readiness::{KeptReport, check_info};

use super::readiness::{coverage, severity, verdict};

/// Things to do first.
const FIRST: usize = 5;

pub(crate) fn overview(scope: &Scope) -> Result<out::Overview, Fault> {
    let standing = scope.standing()?;
    let report = scope.readiness()?.map(|(report, _)| report);
    let mail = scope.mail_ladder()?;
    let unresolved = standing.unresolved();
    let mut first = report.as_ref().map(first_checks).unwrap_or_default();
    if unresolved > 0 {
        first.push(unresolved_redirects(unresolved));
    }
    Ok(out::Overview {
        deadlines: scope.deadlines().into_iter().map(deadline).collect(),
        incidents: standing.tally.rows,
        twins: standing.tally.twins,
        sentinel_incidents: standing.tally.sentinel,
        graph_incidents: standing.tally.graph,
        redirected: standing.redirected,
        resolved: standing.resolved,
        unresolved,
        not_read: standing.not_read,
        coverage: report.as_ref().map(coverage),
        areas: report.as_ref().map(areas).unwrap_or_default(),
        mail: mail
            .map(|(ladder, _)| tally(ladder.steps.iter().map(|step| verdict(&step.verdict))))
            .unwrap_or_default(),
        first,
    })
}

fn deadline(deadline: engine::overview::Deadline) -> out::Deadline {
    out::Deadline {
        id: deadline.id.to_owned(),
        title: deadline.title.to_owned(),
        date: deadline.date.to_string(),
        days: deadline.days,
        note: deadline.note.to_owned(),
        page: deadline.page.to_owned(),
    }
}

/// Failures first, the gravest first; then what needs a look.
fn first_checks(report: &KeptReport) -> Vec<out::FirstThing> {
    let mut open: Vec<_> = report
        .checks
        .iter()
        .map(|check| (verdict(&check.verdict), severity(&check.severity), check))
        .filter(|(verdict, _, _)| matches!(verdict, Verdict::Fail | Verdict::Review))
        .collect();
    open.sort_by_key(|(verdict, severity, _)| (*verdict != Verdict::Fail, weight(*severity)));
    open.into_iter()
        .take(FIRST)
        .map(|(verdict, _, check)| out::FirstThing {
            title: check.title.clone(),
            detail: check.reason.clone(),
            route: format!("/readiness?check={}", check.id),
            verdict,
        })
        .collect()
}

fn weight(severity: CheckSeverity) -> u8 {
    match severity {
        CheckSeverity::Critical => 0,
        CheckSeverity::High => 1,
        CheckSeverity::Medium => 2,
        CheckSeverity::Low => 3,
        CheckSeverity::Info => 4,
    }
}

fn unresolved_redirects(count: u64) -> out::FirstThing {
    out::FirstThing {
        title: "Redirects without a target".to_owned(),
        detail: format!("{count} merged incidents lead nowhere that can be seen."),
        route: "/redirects".to_owned(),
        verdict: Verdict::Review,
    }
}

fn areas(report: &KeptReport) -> Vec<out::AreaVerdicts> {
    domain::readiness::Area::ALL
        .into_iter()
        .map(|area| {
            let mine = report
                .checks
                .iter()
                .filter(|check| check_info(&check.id).is_some_and(|info| info.area == area));
            out::AreaVerdicts {
                area: area.title().to_owned(),
                verdicts: tally(mine.map(|check| verdict(&check.verdict))),
            }
        })
        .collect()
}

/// How often each verdict came, in the order in which bars are drawn.
pub(crate) fn tally(verdicts: impl Iterator<Item = Verdict>) -> Vec<(Verdict, u32)> {
    const ORDER: [Verdict; 6] = [
        Verdict::Fail,
        Verdict::Review,
        Verdict::CouldNotRun,
        Verdict::Pass,
        Verdict::Waived,
        Verdict::NotApplicable,
    ];
    let seen: Vec<Verdict> = verdicts.collect();
    ORDER
        .into_iter()
        .map(|verdict| (verdict, seen.iter().filter(|seen| **seen == verdict).count() as u32))
        .filter(|(_, count)| *count > 0)
        .collect()
}
