//! IN-02: merged sources counted as closed incidents distort the figures.

use super::outcome::{Finding, Outcome};
use super::subject::{Given, Subject};

/// In hundredths: more than 5 % asks for a look.
const LIMIT: usize = 5;

pub(super) fn judge(subject: &Subject<'_>) -> Outcome {
    let (ledger, gap) = match &subject.incidents {
        Given::Missing(because) => return Outcome::CouldNotRun(because.clone()),
        Given::Read(ledger) => (ledger, None),
        Given::Partly(ledger, because) => (ledger, Some(because.clone())),
    };
    let gap = ledger.merges_unseen(gap);
    if ledger.recent == 0 && gap.is_none() {
        return Outcome::NotApplicable("No incidents were made in the last 30 days.".into());
    }
    let mut finding = Finding::over("incidents of the last 30 days");
    finding.gap = gap;
    finding.looked_at = ledger.recent;
    finding.opening = Some(format!(
        "{} of {} incidents of the last 30 days were merged away ({}).",
        ledger.recent_redirected,
        ledger.recent,
        percent(ledger.recent_redirected, ledger.recent),
    ));
    finding.hangs = ledger.recent_redirected * 100 > ledger.recent * LIMIT;
    Outcome::Ran(finding)
}

/// One decimal, rounded half up.
fn percent(part: usize, whole: usize) -> String {
    let tenths = (part * 2000 + whole) / (whole * 2).max(1);
    format!("{}.{} %", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::percent;

    #[test]
    fn percentages_are_rounded_to_one_decimal() {
        assert_eq!(percent(1, 3), "33.3 %");
        assert_eq!(percent(2, 3), "66.7 %");
        assert_eq!(percent(0, 7), "0.0 %");
        assert_eq!(percent(1, 1000), "0.1 %");
    }
}
