//! The doctor's result and the listed credentials as they are kept in the store: plain words, so that a file of an
//! older version is read as far as its words are known.

use domain::account::check;
use domain::account::doctor::KNOWN_BY;
use domain::account::expiry::{Listed, What};
use domain::account::{Doctor, GrantKind, Row, State, Tier, Unlock};
use domain::readiness::Given;
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct KeptDoctor {
    tier: String,
    mail: bool,
    rows: Vec<KeptRow>,
    blocked: Vec<String>,
    checks: u64,
    unlock: Option<KeptUnlock>,
    notes: Vec<String>,
}

#[derive(Debug, Serialize, Deserialize)]
struct KeptRow {
    state: String,
    kind: String,
    permission: String,
    scope: String,
    used: Option<u64>,
    why: String,
    checks: Vec<String>,
    known_by: String,
}

#[derive(Debug, Serialize, Deserialize)]
struct KeptUnlock {
    permission: String,
    scope: String,
    checks: Vec<String>,
}

impl KeptDoctor {
    pub(super) fn of(doctor: &Doctor) -> Self {
        Self {
            tier: doctor.tier.as_str().to_owned(),
            mail: doctor.mail,
            rows: doctor.rows.iter().map(KeptRow::of).collect(),
            blocked: owned(&doctor.blocked),
            checks: doctor.checks as u64,
            unlock: doctor.unlock.as_ref().map(KeptUnlock::of),
            notes: doctor.notes.clone(),
        }
    }

    /// `None` where not even the tier is known any more.
    pub(super) fn read(self) -> Option<Doctor> {
        Some(Doctor {
            tier: Tier::from_word(&self.tier)?,
            mail: self.mail,
            rows: self.rows.into_iter().filter_map(KeptRow::read).collect(),
            blocked: known(&self.blocked),
            checks: self.checks as usize,
            unlock: self.unlock.map(KeptUnlock::read),
            notes: self.notes,
        })
    }
}

impl KeptRow {
    fn of(row: &Row) -> Self {
        Self {
            state: row.state.as_str().to_owned(),
            kind: row.kind.as_str().to_owned(),
            permission: row.permission.clone(),
            scope: row.scope.clone(),
            used: row.used,
            why: row.why.clone(),
            checks: owned(&row.checks),
            known_by: row.known_by.to_owned(),
        }
    }

    fn read(self) -> Option<Row> {
        Some(Row {
            state: State::from_word(&self.state)?,
            kind: GrantKind::from_word(&self.kind)?,
            permission: self.permission,
            scope: self.scope,
            used: self.used,
            why: self.why,
            checks: known(&self.checks),
            known_by: KNOWN_BY.into_iter().find(|by| *by == self.known_by).unwrap_or_default(),
        })
    }
}

impl KeptUnlock {
    fn of(unlock: &Unlock) -> Self {
        Self {
            permission: unlock.permission.clone(),
            scope: unlock.scope.clone(),
            checks: owned(&unlock.checks),
        }
    }

    fn read(self) -> Unlock {
        Unlock { permission: self.permission, scope: self.scope, checks: known(&self.checks) }
    }
}

fn owned(checks: &[&'static str]) -> Vec<String> {
    checks.iter().map(|check| (*check).to_owned()).collect()
}

fn known(checks: &[String]) -> Vec<&'static str> {
    checks.iter().filter_map(|check| check::known(check)).collect()
}

/// What an app registration listed, or why it could not be read.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct KeptListed {
    credentials: Vec<KeptCredential>,
    unread: Option<String>,
}

#[derive(Debug, Serialize, Deserialize)]
struct KeptCredential {
    what: String,
    label: Option<String>,
    mark: Option<String>,
    /// Seconds since 1970.
    ends: Option<i64>,
}

impl KeptListed {
    pub(super) fn of(listed: &Given<Vec<Listed>>) -> Self {
        let (all, unread) = match listed {
            Given::Read(all) => (all.as_slice(), None),
            Given::Partly(all, because) => (all.as_slice(), Some(because.clone())),
            Given::Missing(because) => (&[][..], Some(because.clone())),
        };
        Self { credentials: all.iter().map(KeptCredential::of).collect(), unread }
    }

    pub(super) fn read(self) -> Given<Vec<Listed>> {
        let all: Vec<Listed> = self.credentials.into_iter().filter_map(KeptCredential::read).collect();
        match self.unread {
            None => Given::Read(all),
            Some(because) if all.is_empty() => Given::Missing(because),
            Some(because) => Given::Partly(all, because),
        }
    }
}

impl KeptCredential {
    fn of(listed: &Listed) -> Self {
        Self {
            what: listed.what.as_str().to_owned(),
            label: listed.label.clone(),
            mark: listed.mark.clone(),
            ends: listed.ends.map(OffsetDateTime::unix_timestamp),
        }
    }

    fn read(self) -> Option<Listed> {
        Some(Listed {
            what: What::from_word(&self.what)?,
            label: self.label,
            mark: self.mark,
            ends: self.ends.and_then(|at| OffsetDateTime::from_unix_timestamp(at).ok()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn doctor() -> Doctor {
        Doctor {
            tier: Tier::Respond,
            mail: true,
            rows: vec![Row {
                state: State::TooWide,
                kind: GrantKind::Graph,
                permission: "Mail.Send".into(),
                scope: "tenant".into(),
                used: Some(3),
                why: "Wide.".into(),
                checks: vec!["AU-01"],
                known_by: "token",
            }],
            blocked: vec!["PB-02"],
            checks: 23,
            unlock: Some(Unlock { permission: "Reader".into(), scope: "rg".into(), checks: vec!["PB-02"] }),
            notes: vec!["A note.".into()],
        }
    }

    #[test]
    fn what_is_kept_reads_back() {
        let json = serde_json::to_string(&KeptDoctor::of(&doctor())).unwrap();
        let kept: KeptDoctor = serde_json::from_str(&json).unwrap();
        assert_eq!(kept.read(), Some(doctor()));
    }

    #[test]
    fn a_word_that_is_gone_drops_its_row_and_no_more() {
        let mut kept = KeptDoctor::of(&doctor());
        kept.rows[0].state = "splendid".into();
        kept.blocked.push("ZZ-99".into());
        let read = kept.read().unwrap();
        assert_eq!((read.rows.len(), read.blocked), (0, vec!["PB-02"]));
    }

    #[test]
    fn credentials_read_back_with_the_reason_why_some_are_missing() {
        let end = OffsetDateTime::from_unix_timestamp(1_800_000_000).unwrap();
        let one = Listed { what: What::Secret, label: None, mark: Some("aB3".into()), ends: Some(end) };
        let given = Given::Partly(vec![one.clone()], "cut".to_owned());
        let json = serde_json::to_string(&KeptListed::of(&given)).unwrap();
        let kept: KeptListed = serde_json::from_str(&json).unwrap();
        assert!(matches!(kept.read(), Given::Partly(all, because) if all == [one] && because == "cut"));
    }
}
