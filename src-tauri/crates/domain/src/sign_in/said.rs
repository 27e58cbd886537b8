//! The sentences around the catalogue: what is wrong before Entra is asked, its clock, an answer that no row explains.
//!
//! Never here: recognising any of it; that is whoever asks Entra. Start at [`Said`]; [`mod@file`] speaks of certificates,
//! [`person`] of who signs in by hand, [`machine`] of the Azure CLI and managed identities.

pub mod file;
pub mod machine;
pub mod person;

use super::Diagnosis;

/// What is wrong, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    pub sentence: String,
    pub hint: String,
}

/// Whom a sentence is about. `client` is empty where none was typed.
#[derive(Clone, Copy, Debug)]
pub struct Whom<'a> {
    pub tenant: &'a str,
    pub client: &'a str,
}

const OVERVIEW: &str = "Copy Directory (tenant) ID and Application (client) ID from the app registration's overview; \
                        an object ID is neither.";
const VALUE: &str = "Copy the column Value under Certificates & secrets, not Secret ID. Value is shown once, when the \
                     secret is made; if it is gone, make a new secret.";
const CLOCK: &str = "Set the clock, or let the system set it; then sign in again.";

fn said(sentence: impl Into<String>, hint: impl Into<String>) -> Said {
    Said { sentence: sentence.into(), hint: hint.into() }
}

impl Whom<'_> {
    fn shown(&self) -> String {
        match self.client {
            "" => format!("Tenant: `{}`", self.tenant),
            client => format!("Tenant: `{}`, app: `{client}`", self.tenant),
        }
    }

    /// A GUID was given as the secret.
    pub fn secret_id(&self) -> Said {
        let client = self.client;
        said(
            format!(
                "What was given as the client secret of app `{client}` is a GUID: that is the secret's ID, not its value."
            ),
            VALUE,
        )
    }

    /// The tenant or the client can't be right.
    pub fn malformed(&self) -> Said {
        match self.client {
            "" => said("The client ID is empty.", OVERVIEW),
            _ => said(format!("`{}` is neither a tenant ID nor a domain name.", self.tenant), OVERVIEW),
        }
    }

    /// `off`: "61 minutes ahead of".
    pub fn wrong_clock(&self, off: &str) -> Said {
        let tenant = self.tenant;
        said(format!("This machine's clock is {off} Entra ID's, so tenant `{tenant}` gives no token."), CLOCK)
    }

    /// Entra speaks of times, and did not tell its own.
    pub fn wrong_clock_somehow(&self) -> Said {
        let tenant = self.tenant;
        said(
            format!(
                "Tenant `{tenant}` holds the sign-in for not valid at this time: this machine's clock is wrong."
            ),
            CLOCK,
        )
    }

    /// A row of the catalogue, with whom it is about and where to go.
    pub fn known(&self, row: Diagnosis) -> Said {
        let page = row.page.map(|page| format!(" Where: {page}.")).unwrap_or_default();
        let way = row.another_way.map(|way| format!(" Another way in: {}.", way.title())).unwrap_or_default();
        said(format!("{} {}.", row.cause, self.shown()), format!("{}{page}{way}", row.fix))
    }

    /// A number that stands in no row.
    pub fn unknown(&self, aadsts: u32, entra: &str) -> Said {
        said(
            format!("Entra ID refuses the sign-in: {entra} {}.", self.shown()),
            format!(
                "Microsoft explains this number at https://login.microsoftonline.com/error?code={aadsts}."
            ),
        )
    }

    pub fn refused_without_reason(&self) -> Said {
        said(
            format!("Entra ID refuses the sign-in without saying why. {}.", self.shown()),
            "An administrator of the tenant can see why in the sign-in log.",
        )
    }
}

pub fn no_secret() -> Said {
    said("The client secret is empty or is no text.", VALUE)
}

/// An API asks for another sign-in in the middle of a session, and got one that was not enough either.
pub fn challenged(about: &str) -> Said {
    said(
        format!("A Conditional Access policy asks for another sign-in before {about} can be read."),
        "Crosswalk answered the challenge once and the new token was not enough. An administrator can exclude the app \
         from the policy, or allow this machine's address in it.",
    )
}

/// An API does not take a token that Entra just gave.
pub fn unaccepted(about: &str, api: &str) -> Said {
    said(
        format!("The sign-in is not accepted for {about}, even with a new token: {api}"),
        "Compare this machine's clock with the real time; then test the connection under Accounts.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sentence_ends_and_says_what_to_do() {
        let whom = Whom { tenant: "contoso", client: "app-1" };
        let row = super::super::explain(53_003).unwrap();
        for one in [
            whom.secret_id(),
            whom.malformed(),
            Whom { client: "", ..whom }.malformed(),
            whom.wrong_clock("61 minutes ahead of"),
            whom.wrong_clock_somehow(),
            whom.known(row),
            whom.unknown(1, "AADSTS1: New."),
            whom.refused_without_reason(),
            no_secret(),
            challenged("Sentinel"),
            unaccepted("Sentinel", "it says no."),
            whom.cli_refuses("Run az login."),
            whom.cli_challenged("e30="),
            whom.identity_refused(),
            whom.identity_challenged("e30="),
            file::not_rsa(),
            file::old_pfx(),
            file::expired("AB12", "2026-11-24"),
            file::not_yet_valid("AB12", "2026-11-24"),
            person::no_port("in use"),
            person::code_expired(),
            person::nobody("contoso"),
            person::foreign(person::Foreign::OtherApp),
            machine::no_cli(),
            machine::blind_cli(),
            machine::no_identity(),
            machine::unusable_identity("of another kind"),
        ] {
            assert!(one.sentence.ends_with('.') && one.hint.ends_with('.'), "{one:?}");
        }
    }
}
