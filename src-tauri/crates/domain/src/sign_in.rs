//! Why Entra ID refuses a sign-in: each AADSTS number in plain words, in one place.
//!
//! The words are ours; Microsoft's own line, and the trace and correlation ids, are kept beside them by whoever asks.
//! Numbers may change their meaning, so an unknown one is never guessed: [`explain`] answers `None`.
//! Source: <https://learn.microsoft.com/entra/identity-platform/reference-error-codes>, unless a row says otherwise.
//!
//! Whoever shows a refused sign-in (the cloud's `SignInFault`, the mail catalogue) takes its words from here.
//! Start at [`explain`], then the families below `sign_in/`; [`said`] puts a row in its sentence, and holds those that are
//! no row.

mod account;
mod app;
mod certificate;
mod consent;
mod policy;
mod request;
mod row;
pub mod said;
mod session;
mod tenant;
mod word;

pub(crate) mod rows {
    //! The rows that the mail catalogue shows too.
    pub(crate) use super::account::USER_UNKNOWN;
    pub(crate) use super::app::*;
    pub(crate) use super::certificate::*;
    pub(crate) use super::consent::CONSENT;
    pub(crate) use super::policy::{BLOCKED, SECURITY_POLICY};
    pub(crate) use super::request::*;
    pub(crate) use super::tenant::{COMMON, CROSS_CLOUD, NO_TENANT, TENANT_MALFORMED, TENANT_UNKNOWN};
}

pub(crate) use row::Row;

use crate::account::Way;
use crate::mail::Owner;

/// What a refused sign-in means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Diagnosis {
    /// What is wrong; whole sentences.
    pub cause: &'static str,
    pub who_fixes: Owner,
    pub fix: &'static str,
    /// Where in Microsoft's portal, in words; `None` where nothing there mends it.
    pub page: Option<&'static str>,
    /// A way in that could work where this one did not.
    pub another_way: Option<Way>,
}

impl Diagnosis {
    /// The same for whoever signed in by `used`: nobody is sent to the way that just failed.
    pub fn besides(self, used: Way) -> Diagnosis {
        Diagnosis { another_way: self.another_way.filter(|way| *way != used), ..self }
    }
}

/// Every row, family by family.
fn rows() -> impl Iterator<Item = &'static Row> {
    let families: [&[Row]; 8] = [
        app::ROWS,
        certificate::ROWS,
        tenant::ROWS,
        request::ROWS,
        consent::ROWS,
        policy::ROWS,
        account::ROWS,
        session::ROWS,
    ];
    families.into_iter().flatten()
}

/// What the number behind `AADSTS` means; `None` for one that isn't in the catalogue.
pub fn explain(aadsts: u32) -> Option<Diagnosis> {
    rows().find(|row| row.has(aadsts)).map(Row::diagnosis)
}

/// What OAuth's own word means, where Entra gives no number: `access_denied`, `expired_token`, …
pub fn explain_word(error: &str) -> Option<Diagnosis> {
    word::explain(error)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn a_number_stands_in_one_row() {
        let mut seen = HashSet::new();
        for number in rows().flat_map(Row::numbers) {
            assert!(seen.insert(number), "{number} stands twice");
        }
        assert!(seen.len() > 100, "only {} numbers", seen.len());
    }

    #[test]
    fn every_row_says_what_is_wrong_and_what_to_do_in_whole_sentences() {
        for row in rows() {
            let said = row.diagnosis();
            let numbers: Vec<u32> = row.numbers().collect();
            assert!(!numbers.is_empty(), "{}: a code is no AADSTS number", said.cause);
            assert!(said.cause.len() > 15 && said.cause.ends_with('.'), "{numbers:?}: {}", said.cause);
            assert!(said.fix.len() > 10 && said.fix.ends_with('.'), "{numbers:?}: {}", said.fix);
            for text in [said.cause, said.fix] {
                assert!(!text.to_lowercase().contains("please"), "{numbers:?}: {text}");
            }
        }
    }

    #[test]
    fn an_administrators_fix_names_the_portal_page() {
        for row in rows().filter(|row| row.diagnosis().who_fixes == Owner::EntraAdmin) {
            assert!(row.diagnosis().page.is_some(), "{}", row.diagnosis().cause);
        }
    }

    #[test]
    fn the_numbers_that_sign_ins_meet_are_all_there() {
        for number in [
            7_000_215, 7_000_222, 700_016, 90_002, 65_001, 650_056, 650_057, 90_094, 90_095, 53_003, 53_000,
            530_003, 530_032, 50_076, 50_079, 50_158, 50_020, 500_021, 50_173, 700_082, 700_084, 70_043,
            50_132, 50_133, 70_016, 70_018, 70_019, 70_020, 50_011, 50_034, 50_126, 50_057, 50_053,
        ] {
            assert!(explain(number).is_some(), "{number} is not explained");
        }
        assert_eq!(explain(123_456), None);
    }

    #[test]
    fn policies_that_want_a_person_or_a_device_point_to_the_browser_but_never_back_to_it() {
        for number in [53_000, 530_003, 50_076, 50_079, 50_158] {
            let said = explain(number).unwrap();
            assert_eq!(said.besides(Way::DeviceCode).another_way, Some(Way::Browser), "{number}");
            assert_eq!(said.besides(Way::Browser).another_way, None, "{number}");
        }
    }

    #[test]
    fn words_without_a_number_are_explained() {
        for word in ["access_denied", "authorization_declined", "expired_token", "interaction_required"] {
            assert!(explain_word(word).is_some(), "{word}");
        }
        assert_eq!(explain_word("teapot"), None);
    }
}
