//! One row of the catalogue: numbers of one meaning, cause, fix, portal page.

use super::Diagnosis;
use crate::account::Way;
use crate::mail::{Certainty, Owner};

#[derive(Clone, Copy, Debug)]
pub(crate) struct Row {
    /// As they stand in texts: `AADSTS7000215`.
    pub codes: &'static [&'static str],
    pub cause: &'static str,
    pub who_fixes: Owner,
    pub fix: &'static str,
    pub certainty: Certainty,
    page: Option<&'static str>,
    another_way: Option<Way>,
}

impl Row {
    pub const fn new(codes: &'static [&'static str], cause: &'static str) -> Self {
        Self {
            codes,
            cause,
            who_fixes: Owner::Person,
            fix: "",
            certainty: Certainty::Documented,
            page: None,
            another_way: None,
        }
    }

    pub const fn fix(mut self, who: Owner, fix: &'static str) -> Self {
        self.who_fixes = who;
        self.fix = fix;
        self
    }

    pub const fn page(mut self, page: &'static str) -> Self {
        self.page = Some(page);
        self
    }

    pub const fn or_by(mut self, way: Way) -> Self {
        self.another_way = Some(way);
        self
    }

    pub const fn sure(mut self, certainty: Certainty) -> Self {
        self.certainty = certainty;
        self
    }

    pub fn numbers(&self) -> impl Iterator<Item = u32> + use<> {
        self.codes.iter().filter_map(|code| code.strip_prefix("AADSTS")?.parse().ok())
    }

    pub fn has(&self, number: u32) -> bool {
        self.numbers().any(|one| one == number)
    }

    pub fn diagnosis(&self) -> Diagnosis {
        Diagnosis {
            cause: self.cause,
            who_fixes: self.who_fixes,
            fix: self.fix,
            page: self.page,
            another_way: self.another_way,
        }
    }
}
