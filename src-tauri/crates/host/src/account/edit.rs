//! Changing what can be changed without signing in again. The folder and the keychain's items keep their names.

use contract::account::AccountEdit;
use domain::fault::{Code, Fault};
use time::Date;
use time::format_description::well_known::Iso8601;

use crate::Host;
use crate::connection::Connection;

/// Characters of a title at most; the chip cuts longer ones anyway.
const LONGEST_TITLE: usize = 60;

impl Host {
    /// # Errors
    /// A colour or a date that is none, an account that is not there, a disk that refuses.
    pub(crate) async fn edit(&self, edit: AccountEdit) -> Result<(), Fault> {
        check(&edit)?;
        let before = self.account(&edit.name)?;
        let name = edit.name.clone();
        let after = self.change_facts(&name, |facts| apply(facts, edit))?;
        let asks_anew = after.by_person() && (before.tier, before.mail) != (after.tier, after.mail);
        if asks_anew && let Ok(open) = self.open_of(&name) {
            self.open_anew(&open).await?;
        }
        Ok(())
    }
}

fn check(edit: &AccountEdit) -> Result<(), Fault> {
    let invalid = |sentence: String| Err(Fault::new(Code::Invalid, sentence));
    if let Some(colour) = edit.colour.filter(|colour| !(1..=6).contains(colour)) {
        return invalid(format!("There is no colour {colour}; there are 1 to 6."));
    }
    if edit.title.as_ref().is_some_and(|title| title.chars().count() > LONGEST_TITLE) {
        return invalid(format!("A title has {LONGEST_TITLE} characters at most."));
    }
    match edit.secret_ends.as_deref() {
        Some(day) if !day.is_empty() && Date::parse(day, &Iso8601::DATE).is_err() => {
            invalid(format!("`{day}` is no date. Write it like 2027-03-31."))
        }
        _ => Ok(()),
    }
}

fn apply(facts: &mut Connection, edit: AccountEdit) {
    if let Some(title) = edit.title {
        facts.title = title.trim().to_owned();
    }
    facts.colour = edit.colour.unwrap_or(facts.colour);
    facts.production = edit.production.unwrap_or(facts.production);
    facts.tier = edit.tier.unwrap_or(facts.tier);
    facts.mail = edit.mail.unwrap_or(facts.mail);
    if let Some(primary) = edit.primary {
        facts.primary = (!primary.is_empty()).then_some(primary);
    }
    if let Some(day) = edit.secret_ends {
        facts.secret_ends = (!day.is_empty()).then_some(day);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edit() -> AccountEdit {
        AccountEdit {
            name: "contoso".into(),
            title: None,
            colour: None,
            production: None,
            tier: None,
            mail: None,
            primary: None,
            secret_ends: None,
        }
    }

    #[test]
    fn what_is_absent_stays() {
        let before = Connection {
            title: "Contoso".into(),
            colour: 4,
            secret_ends: Some("2027-03-31".into()),
            ..Connection::new("contoso", "v".into(), "t", "c")
        };
        let mut after = before.clone();
        apply(&mut after, edit());
        assert_eq!(after, before);
        apply(&mut after, AccountEdit { secret_ends: Some(String::new()), colour: Some(2), ..edit() });
        assert_eq!((after.secret_ends, after.colour), (None, 2), "an empty date forgets it");
    }

    #[test]
    fn what_can_not_be_is_named() {
        for (wrong, word) in [
            (AccountEdit { colour: Some(7), ..edit() }, "7"),
            (AccountEdit { secret_ends: Some("31.3.2027".into()), ..edit() }, "31.3.2027"),
            (AccountEdit { title: Some("x".repeat(61)), ..edit() }, "60"),
        ] {
            let fault = check(&wrong).expect_err("it is refused");
            assert!(fault.sentence.contains(word), "{fault}");
        }
        assert!(check(&AccountEdit { secret_ends: Some("2027-03-31".into()), ..edit() }).is_ok());
    }
}
