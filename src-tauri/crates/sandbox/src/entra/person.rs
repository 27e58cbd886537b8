//! The people of the tenant. What comes before the `@` decides how their sign-in ends, so each ending can be typed.

use super::error::Refused;
use super::error::person as told;
use crate::scope::Scope;
use crate::seed;
use crate::session::Session;

/// How a person's sign-in ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    Well,
    /// Says no on the page.
    Declines,
    /// Conditional access blocks (53003).
    Blocked,
    /// Conditional access wants more, and says what in `claims` (50076).
    WantsMore,
    /// Nobody consented (65001).
    NoConsent,
    /// Signs in well; the refresh token has lapsed whenever it is used (700082).
    Lapses,
    /// Signs in well; the password was changed before the refresh token is used (50173).
    Revoked,
}

/// Everybody, the one without trouble first.
const PEOPLE: [(&str, Fate); 7] = [
    ("analyst", Fate::Well),
    ("denied", Fate::Declines),
    ("blocked", Fate::Blocked),
    ("mfa", Fate::WantsMore),
    ("consent", Fate::NoConsent),
    ("lapsed", Fate::Lapses),
    ("revoked", Fate::Revoked),
];

/// One person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// User principal name, in lower case.
    pub upn: String,
    /// The object's id in the directory.
    pub oid: String,
    pub fate: Fate,
}

/// Names of everybody, the one without trouble first.
pub fn names(scope: &Scope) -> Vec<String> {
    PEOPLE.iter().map(|(name, _)| format!("{name}@{}", scope.mail_domain)).collect()
}

/// The password of everybody.
pub fn password(scope: &Scope) -> String {
    format!("Pass-{}", &seed::guid(scope.seed, "person password", 0)[..18])
}

/// Finds somebody by their name.
pub fn find(scope: &Scope, upn: &str) -> Option<Person> {
    let upn = upn.trim().to_lowercase();
    let name = upn.strip_suffix(&format!("@{}", scope.mail_domain))?;
    let at = PEOPLE.iter().position(|(one, _)| *one == name)?;
    let oid = seed::guid(scope.seed, "person", at as u64);
    Some(Person { fate: PEOPLE[at].1, upn, oid })
}

/// Signs somebody in by name and password.
///
/// # Errors
/// 50034 for a name that nobody has, 50126 for a wrong password.
pub fn sign_in(session: &Session, upn: &str, typed: &str) -> Result<Person, Refused> {
    let person = find(&session.scope, upn).ok_or_else(|| told::no_user(upn, &session.scope.tenant_id))?;
    if typed == password(&session.scope) { Ok(person) } else { Err(told::wrong_password()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;
    use time::OffsetDateTime;

    #[test]
    fn people_are_found_by_name_without_case_and_have_ids_of_their_own() {
        let scope = Scope::new(1, OffsetDateTime::UNIX_EPOCH, Duration::ZERO);
        let found = |name: &str| find(&scope, name);
        assert_eq!(found("MFA@Contoso.example").map(|one| one.fate), Some(Fate::WantsMore));
        assert_eq!(found("nobody@contoso.example"), None);
        assert_eq!(found("analyst@elsewhere.example"), None);
        let mut ids: Vec<String> =
            names(&scope).iter().filter_map(|name| found(name)).map(|one| one.oid).collect();
        ids.dedup();
        assert_eq!(ids.len(), PEOPLE.len());
    }
}
