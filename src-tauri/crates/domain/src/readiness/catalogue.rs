//! The list of checks: one line each, in the order of `transition.md`'s ids.

use super::outcome::Outcome;
use super::subject::Subject;
use super::text::{self, Text};
use super::verdict::Severity::{self, Critical, High, Low, Medium};

/// Which part of a tenant a check is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Area {
    AutomationRules,
    AnalyticsRules,
    Playbooks,
    Incidents,
}

impl Area {
    pub const ALL: [Area; 4] =
        [Area::AutomationRules, Area::AnalyticsRules, Area::Playbooks, Area::Incidents];

    /// The word used in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Area::AutomationRules => "automation_rules",
            Area::AnalyticsRules => "analytics_rules",
            Area::Playbooks => "playbooks",
            Area::Incidents => "incidents",
        }
    }

    pub fn title(self) -> &'static str {
        match self {
            Area::AutomationRules => "Automation rules",
            Area::AnalyticsRules => "Analytics rules",
            Area::Playbooks => "Playbooks",
            Area::Incidents => "Incidents",
        }
    }
}

/// What a screen needs to know of a check before it ran.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CheckInfo {
    pub id: &'static str,
    pub area: Area,
    pub severity: Severity,
    /// The whole text, Markdown.
    pub text_md: &'static str,
}

impl CheckInfo {
    pub fn title(&self) -> &'static str {
        text::title(self.text_md)
    }

    pub fn text(&self) -> Text {
        Text::read(self.text_md)
    }
}

/// A check: its description and its rule.
pub(super) struct Check {
    pub info: CheckInfo,
    pub judge: fn(&Subject<'_>) -> Outcome,
}

/// One row of the list: the id, the module that holds the rule, the area and the severity.
macro_rules! check {
    ($id:literal, $module:ident, $area:ident, $severity:ident) => {
        Check {
            info: CheckInfo {
                id: $id,
                area: Area::$area,
                severity: $severity,
                text_md: include_str!(concat!(stringify!($module), ".md")),
            },
            judge: super::$module::judge,
        }
    };
}

pub(super) static CHECKS: [Check; 23] = [
    check!("AU-01", au_01, AutomationRules, Critical),
    check!("AU-02", au_02, AutomationRules, High),
    check!("AU-03", au_03, AutomationRules, Critical),
    check!("AU-04", au_04, AutomationRules, High),
    check!("AU-05", au_05, AutomationRules, Critical),
    check!("AU-06", au_06, AutomationRules, Medium),
    check!("AU-07", au_07, AutomationRules, High),
    check!("AU-08", au_08, AutomationRules, High),
    check!("AU-09", au_09, AutomationRules, High),
    check!("AU-12", au_12, AutomationRules, Low),
    check!("AR-01", ar_01, AnalyticsRules, Medium),
    check!("AR-02", ar_02, AnalyticsRules, High),
    check!("AR-03", ar_03, AnalyticsRules, High),
    check!("AR-04", ar_04, AnalyticsRules, Medium),
    check!("AR-05", ar_05, AnalyticsRules, High),
    check!("AR-06", ar_06, AnalyticsRules, High),
    check!("AR-07", ar_07, AnalyticsRules, Medium),
    check!("PB-02", pb_02, Playbooks, Critical),
    check!("PB-05", pb_05, Playbooks, High),
    check!("PB-06", pb_06, Playbooks, High),
    check!("IN-01", in_01, Incidents, Critical),
    check!("IN-02", in_02, Incidents, Medium),
    check!("IN-03", in_03, Incidents, High),
];

/// Every check there is, in the order of a report.
pub fn catalogue() -> Vec<CheckInfo> {
    CHECKS.iter().map(|check| check.info).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_has_all_its_parts_and_a_dated_page() {
        for info in catalogue() {
            let text = info.text();
            for part in [text.title, text.why, text.what_changes, text.fix] {
                assert!(!part.is_empty(), "{}: a part is missing", info.id);
            }
            assert!(text.title.len() <= 60, "{}: the title is too long", info.id);
            let lines = info.text_md.lines().filter(|l| l.starts_with("- "));
            assert_eq!(text.pages.len(), lines.count(), "{}: a page is unreadable", info.id);
            for page in &text.pages {
                assert!(page.address.starts_with("https://learn.microsoft.com/"), "{}", info.id);
            }
            let dated = text.pages.iter().any(|page| page.date.is_some());
            assert!(dated, "{}: no page has a date", info.id);
        }
    }

    #[test]
    fn ids_are_unique_and_name_their_area() {
        let mut ids: Vec<_> = catalogue().iter().map(|c| c.id).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), CHECKS.len());
        assert_eq!(ids.len(), 23);
    }
}
