//! What somebody wants of one or many incidents, and reading it from what was typed.

use crate::incident::{Severity, Status};

/// ARM's classifications, with Graph's word for each.
/// <https://learn.microsoft.com/rest/api/securityinsights/incidents/create-or-update>
pub const CLASSIFICATIONS: [(&str, &str); 4] = [
    ("Undetermined", "unknown"),
    ("TruePositive", "truePositive"),
    ("BenignPositive", "informationalExpectedActivity"),
    ("FalsePositive", "falsePositive"),
];

/// ARM's reasons, with the classification that each belongs to.
pub const REASONS: [(&str, &str); 4] = [
    ("SuspiciousActivity", "TruePositive"),
    ("SuspiciousButExpected", "BenignPositive"),
    ("IncorrectAlertLogic", "FalsePositive"),
    ("InaccurateData", "FalsePositive"),
];

/// Graph's determinations, as its schema spells them; the documentation has older names for some.
/// <https://learn.microsoft.com/graph/api/resources/security-alert>
pub const DETERMINATIONS: [&str; 15] = [
    "unknown",
    "apt",
    "malware",
    "securityPersonnel",
    "securityTesting",
    "unwantedSoftware",
    "other",
    "multiStagedAttack",
    "compromisedAccount",
    "phishing",
    "maliciousUserActivity",
    "notMalicious",
    "notEnoughDataToValidate",
    "confirmedActivity",
    "lineOfBusinessApplication",
];

/// The most characters of a comment that Sentinel takes.
/// <https://learn.microsoft.com/azure/sentinel/sentinel-service-limits>
const LONGEST_COMMENT: usize = 30_000;

/// The label by which merged incidents are known.
const REDIRECTED: &str = "redirected";

/// As it was typed. What is absent stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    pub status: Option<String>,
    /// Empty = nobody.
    pub owner: Option<String>,
    pub severity: Option<String>,
    pub classification: Option<String>,
    pub determination: Option<String>,
    pub reason: Option<String>,
    pub comment: Option<String>,
    pub add_tags: Vec<String>,
    pub remove_tags: Vec<String>,
}

/// What is wanted. What is `None` stays as it is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Wish {
    pub status: Option<Status>,
    /// `Some(None)` = nobody.
    pub owner: Option<Option<String>>,
    pub severity: Option<Severity>,
    /// ARM's word.
    pub classification: Option<&'static str>,
    /// Graph's word; Sentinel has no such member.
    pub determination: Option<&'static str>,
    /// ARM's word; Graph has no such member.
    pub reason: Option<&'static str>,
    pub comment: Option<String>,
    pub add_tags: Vec<String>,
    pub remove_tags: Vec<String>,
}

impl Wish {
    /// # Errors
    /// What can't be wanted, a sentence.
    pub fn read(typed: Typed) -> Result<Self, String> {
        let wish = Self {
            status: typed.status.as_deref().map(status).transpose()?,
            owner: typed.owner.map(|owner| Some(owner.trim().to_owned()).filter(|owner| !owner.is_empty())),
            severity: typed.severity.as_deref().map(severity).transpose()?,
            classification: pick(
                typed.classification.as_deref(),
                "classification",
                CLASSIFICATIONS.map(|one| one.0),
            )?,
            determination: pick(typed.determination.as_deref(), "determination", DETERMINATIONS)?,
            reason: pick(typed.reason.as_deref(), "reason", REASONS.map(|one| one.0))?,
            comment: comment(typed.comment)?,
            add_tags: tags(typed.add_tags)?,
            remove_tags: tags(typed.remove_tags)?,
        };
        if wish == Self::default() {
            return Err("Nothing to change was named.".to_owned());
        }
        Ok(wish)
    }

    /// Whether it replaces what somebody else may have set; a comment or a tag is added beside.
    pub fn replaces(&self) -> bool {
        self.status.is_some()
            || self.owner.is_some()
            || self.severity.is_some()
            || self.classification.is_some()
            || self.determination.is_some()
            || self.reason.is_some()
    }
}

fn status(text: &str) -> Result<Status, String> {
    match Status::parse(&text.replace('_', "")) {
        Status::Redirected => {
            Err("`redirected` is set by Defender's correlation alone; nobody can write it.".to_owned())
        }
        Status::Other(text) => Err(format!(
            "There is no status `{text}`; there are `new`, `active`, `in_progress`, `awaiting_action` and `closed`."
        )),
        known => Ok(known),
    }
}

fn severity(text: &str) -> Result<Severity, String> {
    match Severity::parse(text) {
        Severity::Other(text) => Err(format!(
            "There is no severity `{text}`; there are `high`, `medium`, `low` and `informational`."
        )),
        known => Ok(known),
    }
}

fn pick<const N: usize>(
    typed: Option<&str>,
    what: &str,
    known: [&'static str; N],
) -> Result<Option<&'static str>, String> {
    let Some(typed) = typed else { return Ok(None) };
    match known.into_iter().find(|one| one.eq_ignore_ascii_case(typed)) {
        Some(word) => Ok(Some(word)),
        None => Err(format!("There is no {what} `{typed}`; there are `{}`.", known.join("`, `"))),
    }
}

fn comment(typed: Option<String>) -> Result<Option<String>, String> {
    let comment = typed.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    match comment.as_deref().map(|text| text.chars().count()) {
        Some(long) if long > LONGEST_COMMENT => {
            Err(format!("The comment has {long} characters; Sentinel takes {LONGEST_COMMENT} at most."))
        }
        _ => Ok(comment),
    }
}

fn tags(typed: Vec<String>) -> Result<Vec<String>, String> {
    let mut tags: Vec<String> = Vec::new();
    for tag in typed.into_iter().map(|tag| tag.trim().to_owned()).filter(|tag| !tag.is_empty()) {
        if tag.eq_ignore_ascii_case(REDIRECTED) {
            return Err(
                "The tag `Redirected` marks merged incidents, so it is neither added nor taken away."
                    .to_owned(),
            );
        }
        if !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    Ok(tags)
}
