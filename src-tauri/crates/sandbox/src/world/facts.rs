//! What an incident says: the part that people change, and the part that they can't.
//!
//! Both are computed from the position. An edit replaces the first part and never touches the second.

use super::template::{self, Template};
use super::timeline::Timeline;
use super::unit::{Kind, Unit};
use crate::scope::Scope;
use crate::seed::{self, Dice};
use std::borrow::Cow;

type Word = Cow<'static, str>;

/// Where an incident stands, in terms that both APIs share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    New,
    Active,
    Closed,
    /// Merged away: `Closed` in ARM, `redirected` in Graph.
    Redirected,
    /// Graph only, and only for clients that ask for unknown members.
    Awaiting,
}

impl Status {
    /// ARM's word.
    pub fn in_arm(self) -> &'static str {
        match self {
            Self::New => "New",
            Self::Active | Self::Awaiting => "Active",
            Self::Closed | Self::Redirected => "Closed",
        }
    }

    /// Graph's word, as a client reads it that asks for members behind `unknownFutureValue`.
    pub fn in_graph(self) -> &'static str {
        match self {
            Self::New => "active",
            Self::Active => "inProgress",
            Self::Closed => "resolved",
            Self::Redirected => "redirected",
            Self::Awaiting => "awaitingAction",
        }
    }

    pub fn from_arm(word: &str) -> Option<Self> {
        [Self::New, Self::Active, Self::Closed].into_iter().find(|status| status.in_arm() == word)
    }

    /// `redirected` can't be set by anybody.
    pub fn from_graph(word: &str) -> Option<Self> {
        [Self::New, Self::Active, Self::Closed, Self::Awaiting]
            .into_iter()
            .find(|status| status.in_graph() == word)
    }
}

/// Somebody an incident is assigned to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owner {
    pub name: String,
    pub address: String,
    pub object_id: String,
}

/// What people change, in ARM's words where the APIs differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    pub title: Word,
    pub description: Option<Word>,
    pub severity: Word,
    pub status: Status,
    pub classification: Option<Word>,
    pub reason: Option<Word>,
    pub remark: Option<Word>,
    /// Graph's determination.
    pub determination: Word,
    pub owner: Option<Owner>,
    pub labels: Vec<Word>,
}

/// What follows from the alerts.
#[derive(Clone, Debug)]
pub struct Nature {
    pub template: Option<&'static Template>,
    pub alerts: u32,
    pub user: String,
    pub host: String,
    pub ip: String,
}

/// Something planted in one incident's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Oddity {
    Hostile(usize),
    Distinctive(usize),
    /// A severity that no published enum has.
    UnknownSeverity,
}

/// The severity that no published enum has.
pub const UNKNOWN_SEVERITY: &str = "Critical";

/// Computes both parts.
#[derive(Debug)]
pub struct Writer<'a> {
    pub scope: &'a Scope,
    pub timeline: &'a Timeline,
}

impl Writer<'_> {
    /// Where an unedited incident stands; cheap, for filters.
    pub fn status(&self, at: u32, unit: Unit) -> Status {
        let share = seed::below(self.scope.seed, "status", u64::from(at), 100);
        if unit.kind == Kind::Defender && share >= 97 {
            return Status::Awaiting;
        }
        let (closed, active) = match self.timeline.age_days(at) {
            60.. => (92, 97),
            14.. => (72, 88),
            3.. => (40, 70),
            _ => (12, 45),
        };
        match share {
            _ if share < closed => Status::Closed,
            _ if share < active => Status::Active,
            _ => Status::New,
        }
    }

    /// An unedited incident's severity in ARM's words; cheap, for filters.
    pub fn severity(&self, at: u32, unit: Unit) -> &'static str {
        let usual = usize::from(self.template(at, unit).severity);
        let shift = seed::below(self.scope.seed, "severity", u64::from(at), 10);
        let place = if shift == 0 { (usual + 1).min(3) } else { usual };
        template::SEVERITIES[place]
    }

    fn template(&self, at: u32, unit: Unit) -> &'static Template {
        let table = match unit.kind {
            Kind::Defender => template::DEFENDER_ALERTS,
            Kind::Twin | Kind::Concealed if !at.is_multiple_of(3) => template::DEFENDER_ALERTS,
            _ => template::SENTINEL_RULES,
        };
        &table[usize::try_from(seed::below(self.scope.seed, "template", u64::from(at), table.len() as u64))
            .unwrap_or(0)]
    }

    /// The part that follows from the alerts.
    pub fn nature(&self, at: u32, unit: Unit) -> Nature {
        let mut dice = Dice::new(self.scope.seed, "nature", u64::from(at));
        let (first, last) = (dice.of(&template::FIRST), dice.of(&template::LAST));
        let alerts = if dice.chance(70) { 1 } else { 2 + dice.below(5) };
        Nature {
            template: Some(self.template(at, unit)),
            alerts: u32::try_from(alerts).unwrap_or(1),
            user: format!("{}.{}@{}", first.to_lowercase(), last.to_lowercase(), self.scope.mail_domain),
            host: format!(
                "{}-{}-{:04}",
                dice.of(&template::SITES),
                dice.of(&template::ROLES),
                dice.below(10_000)
            ),
            ip: format!("198.51.{}.{}", 100 + dice.below(2), 1 + dice.below(254)),
        }
    }

    /// The part that people change, before anybody did.
    pub fn facts(&self, at: u32, unit: Unit, nature: &Nature, odd: Option<Oddity>) -> Facts {
        let mut dice = Dice::new(self.scope.seed, "facts", u64::from(at));
        let status = self.status(at, unit);
        let (classification, reason, determination) = verdict(status, &mut dice);
        let severity = match odd {
            Some(Oddity::UnknownSeverity) => UNKNOWN_SEVERITY,
            _ => self.severity(at, unit),
        };
        Facts {
            title: self.title(nature, odd, &mut dice),
            description: nature
                .template
                .filter(|_| unit.kind != Kind::Unproved)
                .map(|one| one.description.into()),
            severity: severity.into(),
            status,
            classification: classification.map(Cow::Borrowed),
            reason: reason.map(Cow::Borrowed),
            remark: classification.map(|_| Cow::Borrowed("Checked against the runbook.")),
            determination: determination.into(),
            owner: self.owner(status, &mut dice),
            labels: labels(&mut dice),
        }
    }

    fn title(&self, nature: &Nature, odd: Option<Oddity>, dice: &mut Dice) -> Word {
        match odd {
            Some(Oddity::Hostile(which)) => template::HOSTILE[which % template::HOSTILE.len()].into(),
            Some(Oddity::Distinctive(which)) => self.distinctive(which).into(),
            _ => {
                let app = dice.of(&template::APPS_SEEN);
                let pattern = nature.template.map_or("", |one| one.title);
                let fill = pattern.replace("{user}", &nature.user).replace("{host}", &nature.host);
                fill.replace("{ip}", &nature.ip).replace("{app}", app).into()
            }
        }
    }

    /// One of the twenty titles that occur nowhere else.
    pub fn distinctive(&self, which: usize) -> String {
        let phrase = template::DISTINCTIVE[which % template::DISTINCTIVE.len()];
        let code = seed::mix(self.scope.seed, "distinctive", which as u64) & 0xfff_ffff;
        format!("{phrase} (case {code:07X})")
    }

    fn owner(&self, status: Status, dice: &mut Dice) -> Option<Owner> {
        let assigned = match status {
            Status::New => 15,
            Status::Active | Status::Awaiting => 90,
            Status::Closed | Status::Redirected => 75,
        };
        dice.chance(assigned).then(|| self.analyst(dice.below(12)))
    }

    /// One of the team's twelve analysts.
    pub fn analyst(&self, which: u64) -> Owner {
        let at = usize::try_from(which).unwrap_or(0);
        let (first, last) = (template::FIRST[at % 16], template::LAST[(at * 5 + 3) % 16]);
        Owner {
            name: format!("{first} {last}"),
            address: format!("{}.{}@{}", first.to_lowercase(), last.to_lowercase(), self.scope.mail_domain),
            object_id: seed::guid(self.scope.seed, "analyst", which),
        }
    }
}

/// Classification and reason in ARM's words, determination in Graph's.
fn verdict(status: Status, dice: &mut Dice) -> (Option<&'static str>, Option<&'static str>, &'static str) {
    if status != Status::Closed {
        return (None, None, "unknown");
    }
    match dice.below(10) {
        0..3 => (Some("TruePositive"), Some("SuspiciousActivity"), "multiStagedAttack"),
        3..5 => (Some("BenignPositive"), Some("SuspiciousButExpected"), "confirmedActivity"),
        5..7 => (Some("FalsePositive"), Some("IncorrectAlertLogic"), "notMalicious"),
        7 => (Some("FalsePositive"), Some("InaccurateData"), "notEnoughDataToValidate"),
        _ => (Some("Undetermined"), None, "unknown"),
    }
}

fn labels(dice: &mut Dice) -> Vec<Word> {
    if dice.chance(70) {
        return Vec::new();
    }
    let count = 1 + dice.below(2);
    let mut labels: Vec<Word> = (0..count).map(|_| dice.of(&template::TAGS).into()).collect();
    labels.dedup();
    labels
}
