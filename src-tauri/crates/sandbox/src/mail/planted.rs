//! What is planted in each mailbox, for `truth`: the cause, and how each test of the ladder must end.
//!
//! Written by hand, never computed from what the doors say. It is told for a run that sends its test messages, takes
//! `ceo@…` as the mailbox that must be out of scope, and reads Sent Items; S-06 depends on the user's giving a
//! password, so its verdict stands apart under `with_password`.

use super::address;
use crate::scope::Scope;
use crate::story::Story;
use serde_json::{Map, Value, json};

/// Where the ladder meets the mailbox's trouble.
#[derive(Clone, Copy)]
enum Fate {
    /// Nowhere.
    Well,
    /// Graph refuses the app here, and so does Exchange.
    OutOfScope,
    /// There is no mailbox, so Exchange doesn't honour the token either.
    NoMailbox,
    /// Graph refuses the token here; SMTP is another door.
    TokenRefused,
    /// Graph is busy.
    Busy,
    /// Graph takes the probe and refuses the message.
    NotSent,
    /// Graph refuses MIME alone.
    NoMime,
    /// Graph takes the message, and it never shows.
    Lost,
    /// SMTP refuses the token for good.
    NoToken,
    /// SMTP is busy at the sign-in.
    SmtpBusy,
}

/// Verdicts of S-08, G-01, G-02, G-03, G-04 and E-01; all other tests pass everywhere.
const fn verdicts(fate: Fate) -> [&'static str; 6] {
    const OFF: &str = "could_not_run";
    match fate {
        Fate::Well => ["pass", "pass", "pass", "pass", "pass", "pass"],
        Fate::OutOfScope => ["fail", OFF, "fail", OFF, OFF, OFF],
        Fate::NoMailbox => ["fail", "fail", OFF, OFF, OFF, OFF],
        Fate::TokenRefused => ["pass", OFF, "fail", OFF, OFF, OFF],
        Fate::Busy => ["pass", OFF, OFF, OFF, OFF, OFF],
        Fate::NotSent => ["pass", "pass", "pass", "fail", OFF, OFF],
        Fate::NoMime => ["pass", "pass", "pass", "pass", "fail", "pass"],
        Fate::Lost => ["pass", "pass", "pass", "pass", "pass", "fail"],
        Fate::NoToken => ["fail", "pass", "pass", "pass", "pass", "pass"],
        Fate::SmtpBusy => [OFF, "pass", "pass", "pass", "pass", "pass"],
    }
}

/// Name, cause, fate, and S-06 when a password is given.
const PLANTED: &[(&str, Option<&str>, Fate, &str)] = &[
    ("alerts", None, Fate::Well, "fail"),
    ("reports", None, Fate::Well, "fail"),
    ("soc", None, Fate::Well, "fail"),
    ("legacy", None, Fate::Well, "review"),
    ("slow", None, Fate::Well, "fail"),
    ("lost", None, Fate::Lost, "fail"),
    ("ceo", Some("graph.denied.raop"), Fate::OutOfScope, "fail"),
    ("odata", Some("graph.denied.raop"), Fate::OutOfScope, "fail"),
    ("rbac", Some("graph.denied"), Fate::OutOfScope, "fail"),
    ("directory", Some("graph.directory-denied"), Fate::OutOfScope, "fail"),
    ("gone", Some("graph.invalid-user"), Fate::NoMailbox, "fail"),
    ("nouser", Some("graph.not-found"), Fate::NoMailbox, "fail"),
    ("onprem", Some("graph.mailbox-not-online"), Fate::NoMailbox, "fail"),
    ("onprem-old", Some("graph.mailbox-not-online"), Fate::NoMailbox, "fail"),
    ("nomailbox", Some("graph.no-mailbox"), Fate::NoMailbox, "fail"),
    ("audience", Some("graph.token.audience"), Fate::TokenRefused, "fail"),
    ("expired", Some("graph.token.expired"), Fate::TokenRefused, "fail"),
    ("malformed", Some("graph.token.malformed"), Fate::TokenRefused, "fail"),
    ("noroles", Some("graph.no-permissions"), Fate::TokenRefused, "fail"),
    ("claims", Some("graph.claims-challenge"), Fate::TokenRefused, "fail"),
    ("throttled", Some("graph.throttled"), Fate::Busy, "fail"),
    ("throttled-plain", Some("graph.throttled"), Fate::Busy, "fail"),
    ("busy", Some("graph.busy"), Fate::Busy, "fail"),
    ("broken", Some("graph.busy"), Fate::Busy, "fail"),
    ("unavailable", Some("graph.busy"), Fate::Busy, "fail"),
    ("sendas", Some("graph.send-as-denied"), Fate::NotSent, "fail"),
    ("full", Some("graph.mailbox-full"), Fate::NotSent, "fail"),
    ("full-send", Some("graph.mailbox-full"), Fate::NotSent, "fail"),
    ("large", Some("graph.message-size"), Fate::NotSent, "fail"),
    ("toolarge", Some("graph.too-large"), Fate::NotSent, "fail"),
    ("daily", Some("graph.daily-limit"), Fate::NotSent, "fail"),
    ("recipients", Some("graph.submission-refused"), Fate::NotSent, "fail"),
    ("hourly", Some("graph.submission-refused"), Fate::NotSent, "fail"),
    ("blocked", Some("graph.submission-refused"), Fate::NotSent, "fail"),
    ("suspended", Some("graph.submission-refused"), Fate::NotSent, "fail"),
    ("badbody", Some("graph.bad-body"), Fate::NotSent, "fail"),
    ("deserialize", Some("graph.bad-body"), Fate::NotSent, "fail"),
    ("bcc", Some("graph.no-recipients"), Fate::NotSent, "fail"),
    ("item", Some("graph.item-not-found"), Fate::NotSent, "fail"),
    ("base64", Some("graph.mime-base64"), Fate::NoMime, "fail"),
    ("tenant-off", Some("smtp.535-5.7.139.tenant"), Fate::NoToken, "fail"),
    ("mailbox-off", Some("smtp.535-5.7.139.mailbox"), Fate::NoToken, "fail"),
    ("generic", Some("smtp.535-5.7.3.token"), Fate::NoToken, "fail"),
    ("temp-auth", Some("smtp.454-4.7.0"), Fate::SmtpBusy, "could_not_run"),
    ("temp-server", Some("smtp.451-4.7.0"), Fate::SmtpBusy, "could_not_run"),
    ("drain", Some("smtp.421-4.3.2"), Fate::SmtpBusy, "could_not_run"),
    ("oldtls", Some("smtp.421-4.7.66"), Fate::NoToken, "fail"),
    ("basic-off", Some("smtp.535-5.7.139.basic-disabled"), Fate::Well, "fail"),
    ("secdefaults", Some("smtp.535-5.7.139.security-defaults"), Fate::Well, "fail"),
    ("policy", Some("smtp.535-5.7.139.policy"), Fate::Well, "fail"),
    ("wrongpw", Some("smtp.535-5.7.139.credentials"), Fate::Well, "fail"),
    ("unsaid", Some("smtp.535-5.7.139"), Fate::Well, "fail"),
    ("retired", Some("smtp.550-5.7.30"), Fate::Well, "fail"),
    ("sendas-store", Some("smtp.554-5.2.0.send-as"), Fate::Well, "fail"),
    ("nologon", Some("smtp.430-4.2.0"), Fate::Well, "fail"),
    ("threads", Some("smtp.432-4.3.2.threads"), Fate::Well, "fail"),
    ("unsigned", Some("smtp.5.7.512"), Fate::Well, "fail"),
    ("rate", Some("smtp.421-4.4.2"), Fate::Well, "fail"),
];

/// `[{"mailbox","cause","tests":{"G-02":"fail",…},"with_password":{"S-06":"fail"}}]`.
#[must_use]
pub fn planted(scope: &Scope) -> Value {
    let no_right = scope.story == Story::LegacyMail;
    let row = |(name, cause, fate, login): &(&str, Option<&str>, Fate, &str)| {
        let (cause, tests) = match no_right {
            true => (Some("graph.denied"), without_right()),
            false => (*cause, tests(*fate)),
        };
        json!({
            "mailbox": address(scope, name),
            "cause": cause,
            "tests": tests,
            "with_password": {"S-06": login},
        })
    };
    PLANTED.iter().map(row).collect()
}

const INPUT_AND_SERVER: [&str; 9] = ["T-01", "T-02", "T-03", "T-04", "S-01", "S-02", "S-03", "S-04", "S-07"];

fn tests(fate: Fate) -> Map<String, Value> {
    let own = ["S-08", "G-01", "G-02", "G-03", "G-04", "E-01"].into_iter().zip(verdicts(fate));
    let everywhere = INPUT_AND_SERVER.into_iter().chain(["T-05", "L-01"]).map(|test| (test, "pass"));
    everywhere.chain(own).map(told).collect()
}

/// In story `legacy-mail` the app was never given a right to mail, so each mailbox ends alike: the token carries no
/// mail role, Graph refuses everywhere, and that refusal proves no scope.
fn without_right() -> Map<String, Value> {
    const OFF: &str = "could_not_run";
    let own = [
        ("T-05", "review"),
        ("S-08", "fail"),
        ("G-01", OFF),
        ("G-02", "fail"),
        ("G-03", OFF),
        ("G-04", OFF),
        ("L-01", "review"),
        ("E-01", OFF),
    ];
    INPUT_AND_SERVER.into_iter().map(|test| (test, "pass")).chain(own).map(told).collect()
}

fn told((test, verdict): (&str, &str)) -> (String, Value) {
    (test.to_owned(), json!(verdict))
}

#[cfg(test)]
mod tests {
    use super::super::mailbox::TABLE;
    use super::PLANTED;

    #[test]
    fn every_mailbox_is_told_of_once() {
        let mut told: Vec<&str> = PLANTED.iter().map(|row| row.0).collect();
        let mut there: Vec<&str> = TABLE.iter().map(|mailbox| mailbox.name).collect();
        told.sort_unstable();
        there.sort_unstable();
        assert_eq!(told, there);
    }
}
