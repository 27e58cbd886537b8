//! What is planted in each mailbox, for `truth`: the cause, and how each test of the ladder must end.
//!
//! Written by hand, never computed from what the doors say. It is told for a run that sends its test messages, takes
//! `ceo@…` as the mailbox that must be out of scope, and reads Sent Items; S-06 depends on the user's giving a
//! password, so its verdict stands apart under `with_password`.

use super::address;
use crate::scope::Scope;
use serde_json::{Map, Value, json};

/// Where the ladder meets the mailbox's trouble.
#[derive(Clone, Copy)]
enum Story {
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
const fn verdicts(story: Story) -> [&'static str; 6] {
    const OFF: &str = "could_not_run";
    match story {
        Story::Well => ["pass", "pass", "pass", "pass", "pass", "pass"],
        Story::OutOfScope => ["fail", OFF, "fail", OFF, OFF, OFF],
        Story::NoMailbox => ["fail", "fail", OFF, OFF, OFF, OFF],
        Story::TokenRefused => ["pass", OFF, "fail", OFF, OFF, OFF],
        Story::Busy => ["pass", OFF, OFF, OFF, OFF, OFF],
        Story::NotSent => ["pass", "pass", "pass", "fail", OFF, OFF],
        Story::NoMime => ["pass", "pass", "pass", "pass", "fail", "pass"],
        Story::Lost => ["pass", "pass", "pass", "pass", "pass", "fail"],
        Story::NoToken => ["fail", "pass", "pass", "pass", "pass", "pass"],
        Story::SmtpBusy => [OFF, "pass", "pass", "pass", "pass", "pass"],
    }
}

/// Name, cause, story, and S-06 when a password is given.
const PLANTED: &[(&str, Option<&str>, Story, &str)] = &[
    ("alerts", None, Story::Well, "fail"),
    ("reports", None, Story::Well, "fail"),
    ("soc", None, Story::Well, "fail"),
    ("legacy", None, Story::Well, "review"),
    ("slow", None, Story::Well, "fail"),
    ("lost", None, Story::Lost, "fail"),
    ("ceo", Some("graph.denied.raop"), Story::OutOfScope, "fail"),
    ("odata", Some("graph.denied.raop"), Story::OutOfScope, "fail"),
    ("rbac", Some("graph.denied"), Story::OutOfScope, "fail"),
    ("directory", Some("graph.directory-denied"), Story::OutOfScope, "fail"),
    ("gone", Some("graph.invalid-user"), Story::NoMailbox, "fail"),
    ("nouser", Some("graph.not-found"), Story::NoMailbox, "fail"),
    ("onprem", Some("graph.mailbox-not-online"), Story::NoMailbox, "fail"),
    ("onprem-old", Some("graph.mailbox-not-online"), Story::NoMailbox, "fail"),
    ("nomailbox", Some("graph.no-mailbox"), Story::NoMailbox, "fail"),
    ("audience", Some("graph.token.audience"), Story::TokenRefused, "fail"),
    ("expired", Some("graph.token.expired"), Story::TokenRefused, "fail"),
    ("malformed", Some("graph.token.malformed"), Story::TokenRefused, "fail"),
    ("noroles", Some("graph.no-permissions"), Story::TokenRefused, "fail"),
    ("claims", Some("graph.claims-challenge"), Story::TokenRefused, "fail"),
    ("throttled", Some("graph.throttled"), Story::Busy, "fail"),
    ("throttled-plain", Some("graph.throttled"), Story::Busy, "fail"),
    ("busy", Some("graph.busy"), Story::Busy, "fail"),
    ("broken", Some("graph.busy"), Story::Busy, "fail"),
    ("unavailable", Some("graph.busy"), Story::Busy, "fail"),
    ("sendas", Some("graph.send-as-denied"), Story::NotSent, "fail"),
    ("full", Some("graph.mailbox-full"), Story::NotSent, "fail"),
    ("full-send", Some("graph.mailbox-full"), Story::NotSent, "fail"),
    ("large", Some("graph.message-size"), Story::NotSent, "fail"),
    ("toolarge", Some("graph.too-large"), Story::NotSent, "fail"),
    ("daily", Some("graph.daily-limit"), Story::NotSent, "fail"),
    ("recipients", Some("graph.submission-refused"), Story::NotSent, "fail"),
    ("hourly", Some("graph.submission-refused"), Story::NotSent, "fail"),
    ("blocked", Some("graph.submission-refused"), Story::NotSent, "fail"),
    ("suspended", Some("graph.submission-refused"), Story::NotSent, "fail"),
    ("badbody", Some("graph.bad-body"), Story::NotSent, "fail"),
    ("deserialize", Some("graph.bad-body"), Story::NotSent, "fail"),
    ("bcc", Some("graph.no-recipients"), Story::NotSent, "fail"),
    ("item", Some("graph.item-not-found"), Story::NotSent, "fail"),
    ("base64", Some("graph.mime-base64"), Story::NoMime, "fail"),
    ("tenant-off", Some("smtp.535-5.7.139.tenant"), Story::NoToken, "fail"),
    ("mailbox-off", Some("smtp.535-5.7.139.mailbox"), Story::NoToken, "fail"),
    ("generic", Some("smtp.535-5.7.3.token"), Story::NoToken, "fail"),
    ("temp-auth", Some("smtp.454-4.7.0"), Story::SmtpBusy, "could_not_run"),
    ("temp-server", Some("smtp.451-4.7.0"), Story::SmtpBusy, "could_not_run"),
    ("drain", Some("smtp.421-4.3.2"), Story::SmtpBusy, "could_not_run"),
    ("oldtls", Some("smtp.421-4.7.66"), Story::NoToken, "fail"),
    ("basic-off", Some("smtp.535-5.7.139.basic-disabled"), Story::Well, "fail"),
    ("secdefaults", Some("smtp.535-5.7.139.security-defaults"), Story::Well, "fail"),
    ("policy", Some("smtp.535-5.7.139.policy"), Story::Well, "fail"),
    ("wrongpw", Some("smtp.535-5.7.139.credentials"), Story::Well, "fail"),
    ("unsaid", Some("smtp.535-5.7.139"), Story::Well, "fail"),
    ("retired", Some("smtp.550-5.7.30"), Story::Well, "fail"),
    ("sendas-store", Some("smtp.554-5.2.0.send-as"), Story::Well, "fail"),
    ("nologon", Some("smtp.430-4.2.0"), Story::Well, "fail"),
    ("threads", Some("smtp.432-4.3.2.threads"), Story::Well, "fail"),
    ("unsigned", Some("smtp.5.7.512"), Story::Well, "fail"),
    ("rate", Some("smtp.421-4.4.2"), Story::Well, "fail"),
];

/// `[{"mailbox","cause","tests":{"G-02":"fail",…},"with_password":{"S-06":"fail"}}]`.
#[must_use]
pub fn planted(scope: &Scope) -> Value {
    let row = |(name, cause, story, login): &(&str, Option<&str>, Story, &str)| {
        json!({
            "mailbox": address(scope, name),
            "cause": cause,
            "tests": tests(*story),
            "with_password": {"S-06": login},
        })
    };
    PLANTED.iter().map(row).collect()
}

fn tests(story: Story) -> Map<String, Value> {
    let everywhere = ["T-01", "T-02", "T-03", "T-04", "T-05", "S-01", "S-02", "S-03", "S-04", "S-07", "L-01"];
    let by_story = ["S-08", "G-01", "G-02", "G-03", "G-04", "E-01"].into_iter().zip(verdicts(story));
    let everywhere = everywhere.into_iter().map(|test| (test, "pass"));
    everywhere.chain(by_story).map(|(test, verdict)| (test.to_owned(), json!(verdict))).collect()
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
