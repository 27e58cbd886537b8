//! S-01 to S-04 and S-06 to S-08: the old path, from the greeting to a refused or accepted sign-in.

use time::OffsetDateTime;

use super::step::Judged;
use crate::mail::{Broken, DEADLINE, Reply, Retry, found};

/// Judges S-01. Exchange Online greets by its name; any other greeting is a machine in between.
pub fn banner(seen: Result<&Reply, &Broken>) -> Judged {
    let reply = match seen {
        Ok(reply) => reply,
        Err(broken) => return not_reached(broken),
    };
    if reply.code != 220 {
        return refused_or_busy(reply, "The server answers, but doesn't greet.");
    }
    let text = reply.text.to_ascii_lowercase();
    if text.contains("microsoft esmtp mail service") {
        return Judged::pass("Exchange Online", "The server greets as Exchange Online.");
    }
    Judged::fail(&reply.short(), "Another product than Exchange Online greets: a relay, a firewall or a mail gateway stands in between.")
        .fixed_by("Connect to smtp.office365.com:587 from outside the inspection, or test the relay as what it is.")
}

/// An EHLO reply's capabilities.
#[derive(Clone, Copy, Debug)]
pub struct Capabilities<'a>(pub &'a Reply);

impl<'a> Capabilities<'a> {
    fn lines(self) -> impl Iterator<Item = &'a str> {
        self.0.text.lines().skip(1).map(str::trim)
    }

    pub fn offers(self, keyword: &str) -> bool {
        self.lines()
            .filter_map(|line| line.split_whitespace().next())
            .any(|word| word.eq_ignore_ascii_case(keyword))
    }

    /// The mechanisms of `AUTH …` (also of the old `AUTH=…`), in capitals.
    pub fn mechanisms(self) -> Vec<String> {
        let is_auth = |line: &&str| {
            line.get(..5).is_some_and(|start| {
                start.eq_ignore_ascii_case("auth ") || start.eq_ignore_ascii_case("auth=")
            })
        };
        let mut found: Vec<String> = Vec::new();
        for word in self.lines().filter(is_auth).flat_map(|line| line[5..].split_whitespace()) {
            let word = word.to_ascii_uppercase();
            if !found.contains(&word) {
                found.push(word);
            }
        }
        found
    }
}

/// Judges S-02: STARTTLS, and no AUTH in clear.
pub fn ehlo_in_clear(seen: Result<&Reply, &Broken>) -> Judged {
    let reply = match seen {
        Ok(reply) if reply.code == 250 => reply,
        Ok(reply) => return refused_or_busy(reply, "The server refuses EHLO."),
        Err(broken) => return not_reached(broken),
    };
    let offers = Capabilities(reply);
    let mechanisms = offers.mechanisms();
    match (offers.offers("STARTTLS"), mechanisms.is_empty()) {
        (true, true) => Judged::pass("STARTTLS", "STARTTLS is offered, and no sign-in before it."),
        (true, false) => Judged::fail(
            &format!("STARTTLS, AUTH {}", mechanisms.join(" ")),
            "The server takes passwords before TLS. Exchange Online never does; another machine answers.",
        )
        .fixed_by("Find the relay or firewall in between.")
        .and_go_on(),
        (false, _) => Judged::fail(
            "no STARTTLS",
            "STARTTLS is missing. Something in between strips it, so no secret may go this way.",
        )
        .fixed_by(
            "Have the network stop rewriting SMTP (`fixup`, `inspect esmtp`), or test from another network.",
        ),
    }
}

/// The server's certificate, and how TLS was agreed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Certificate {
    pub subject: String,
    pub names: Vec<String>,
    pub issuer: String,
    /// Seconds since 1970.
    pub not_before: i64,
    pub not_after: i64,
    /// `TLS 1.3`; empty when TLS wasn't agreed.
    pub protocol: String,
}

/// A certificate with less time than this, in days, is for review.
const SOON: i64 = 14;

/// Judges S-03 from the certificate seen, trusted or not, and from the failure, if any.
pub fn starttls(certificate: Option<&Certificate>, failure: Option<&Broken>, now: i64) -> Judged {
    match (failure, certificate) {
        (Some(broken @ Broken::Tls(_)), certificate) => untrusted(broken, certificate),
        (Some(broken), _) => not_reached(broken),
        (None, Some(certificate)) => agreed(certificate, now),
        (None, None) => Judged::could_not_run("", "TLS was agreed, but no certificate was seen."),
    }
}

fn untrusted(broken: &Broken, certificate: Option<&Certificate>) -> Judged {
    let issuer = certificate.map_or("", |certificate| certificate.issuer.as_str());
    let says = match issuer {
        "" => format!("TLS failed: {}", broken.says()),
        issuer => format!("TLS failed: {}. The certificate was issued by {issuer}.", broken.says()),
    };
    Judged::fail(if issuer.is_empty() { "TLS failed" } else { issuer }, &says)
        .explained_by("certificate verify failed")
}

fn agreed(certificate: &Certificate, now: i64) -> Judged {
    let observed = format!("{}, {}", certificate.protocol, certificate.issuer);
    let days = (certificate.not_after - now).div_euclid(86_400);
    if !["TLS 1.2", "TLS 1.3"].contains(&certificate.protocol.as_str()) {
        return Judged::fail(&observed, "TLS older than 1.2 was agreed.").explained_by("421 4.7.66");
    }
    let until = OffsetDateTime::from_unix_timestamp(certificate.not_after)
        .map_or_else(|_| "?".to_owned(), |at| at.date().to_string());
    let says = format!("TLS is agreed; name and chain of the certificate fit; it is valid until {until}.");
    if days < SOON {
        Judged::review(&observed, &says).fixed_by("Watch whether the certificate is renewed in time.")
    } else {
        Judged::pass(&observed, &says)
    }
}

/// Judges S-04: what may be used to sign in once TLS holds.
pub fn mechanisms(seen: Result<&Reply, &Broken>) -> Judged {
    let reply = match seen {
        Ok(reply) if reply.code == 250 => reply,
        Ok(reply) => return refused_or_busy(reply, "The server refuses EHLO after TLS."),
        Err(broken) => return not_reached(broken),
    };
    let offered = Capabilities(reply).mechanisms();
    let has = |name: &str| offered.iter().any(|mechanism| mechanism == name);
    let observed = offered.join(" ");
    match (has("LOGIN"), has("XOAUTH2")) {
        (true, true) => Judged::pass(
            &observed,
            "LOGIN and XOAUTH2 are offered. A program that knows PLAIN alone can't sign in here.",
        ),
        (false, false) if offered.is_empty() => {
            Judged::fail("none", "No sign-in is offered, even after TLS.")
                .fixed_by("Check host and port: 587 is for submission, 25 for relays.")
        }
        (false, false) => Judged::fail(
            &observed,
            "Neither LOGIN nor XOAUTH2 is offered; another product than Exchange Online answers.",
        ),
        (true, false) => {
            Judged::review(&observed, "XOAUTH2 isn't offered, so only a password can be tried here.")
        }
        (false, true) => Judged::review(&observed, "LOGIN isn't offered: passwords are already gone here."),
    }
}

/// Judges S-06: AUTH LOGIN, tried once. A success is for review, because it ends.
pub fn auth_login(seen: Result<&Reply, &Broken>) -> Judged {
    match seen {
        Ok(reply) if reply.code == 235 => {
            Judged::review(&reply.short(), &format!("The password works today. {DEADLINE}."))
                .fixed_by("Move this mailer to Microsoft Graph before then.")
        }
        Ok(reply) if is_busy(reply) => passing(reply),
        Ok(reply) => Judged::fail(&reply.short(), "The sign-in with the password was refused.")
            .said_by(&format!("AUTH LOGIN\n{}", reply.line())),
        Err(broken) => not_reached(broken),
    }
    .and_go_on()
}

/// Judges S-07: mail without a sign-in must be refused.
pub fn mail_without_auth(seen: Result<&Reply, &Broken>) -> Judged {
    match seen {
        Ok(reply) if reply.code == 530 => {
            Judged::pass(&reply.short(), "Without a sign-in the server takes no mail.")
        }
        Ok(reply) if reply.code == 250 => Judged::fail(
            "250",
            "The server takes mail without a sign-in: a relay, and not Exchange Online's submission.",
        )
        .fixed_by("Find out whose server this is; Exchange Online answers 530 5.7.57."),
        Ok(reply) if is_busy(reply) => passing(reply),
        Ok(reply) => Judged::review(
            &reply.short(),
            "Mail without a sign-in is refused, but not with Exchange Online's 530 5.7.57.",
        )
        .explained_by(&reply.line()),
        Err(broken) => not_reached(broken),
    }
    .and_go_on()
}

/// Judges S-08: AUTH XOAUTH2 with the app's token for Exchange. `challenge` is what a server says in a 334 before it
/// refuses, decoded (Exchange refuses at once).
pub fn auth_xoauth2(seen: Result<&Reply, &Broken>, challenge: Option<&str>) -> Judged {
    match seen {
        Ok(reply) if reply.code == 235 => {
            Judged::pass(&reply.short(), "SMTP with the app's token works for this mailbox.")
        }
        Ok(reply) if is_busy(reply) => passing(reply),
        Ok(reply) => {
            let mut judged = Judged::fail(&reply.short(), "The sign-in with the app's token was refused.")
                .said_by(&format!("AUTH XOAUTH2\n{}", reply.line()));
            if let Some(challenge) = challenge.filter(|text| !text.trim().is_empty()) {
                judged.says =
                    format!("{} The server adds: {}", judged.says, crate::mail::redact(challenge.trim()));
            }
            judged
        }
        Err(broken) => not_reached(broken),
    }
    .and_go_on()
}

/// 4xx, unless its text is known to last: `421 4.7.66` refuses old TLS for good.
fn is_busy(reply: &Reply) -> bool {
    reply.is_passing() && found(&reply.line()).is_none_or(|cause| cause.retry != Retry::No)
}

/// 4xx: the server is busy, which says nothing of the test.
fn passing(reply: &Reply) -> Judged {
    Judged::could_not_run(&reply.short(), "The server is busy; this says nothing of the sign-in.")
        .said_by(&reply.line())
}

fn refused_or_busy(reply: &Reply, says: &str) -> Judged {
    if is_busy(reply) {
        passing(reply)
    } else {
        Judged::fail(&reply.short(), says).explained_by(&reply.line())
    }
}

fn not_reached(broken: &Broken) -> Judged {
    match broken {
        Broken::NotReached(says) => {
            Judged::fail("no connection", &format!("The server can't be reached: {says}."))
                .explained_by(&format!("587 connection refused {says}"))
        }
        Broken::TimedOut(says) => {
            Judged::could_not_run("timed out", &format!("The server didn't answer in time: {says}."))
        }
        Broken::Closed(says) => {
            Judged::could_not_run("closed", &format!("The server closed the connection: {says}."))
        }
        Broken::Malformed(says) => {
            Judged::fail("not SMTP", &format!("The server doesn't speak SMTP as written: {says}."))
                .fixed_by("Check host and port, and what stands in between.")
        }
        Broken::NotOffered(says) => {
            Judged::could_not_run("not offered", &format!("The server doesn't offer it: {says}."))
        }
        Broken::Tls(says) => Judged::fail("TLS failed", &format!("TLS failed: {says}."))
            .explained_by("certificate verify failed"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::readiness::Verdict;

    fn ehlo(rest: &str) -> Reply {
        Reply::new(250, format!("AM0PR02CA0134.outlook.office365.com Hello [203.0.113.7]\n{rest}"))
    }

    fn refused(text: &str) -> Reply {
        Reply::new(535, text)
    }

    #[test]
    fn only_exchange_online_greets_as_itself() {
        let own = Reply::new(
            220,
            "AM0PR02CA0134.outlook.office365.com Microsoft ESMTP MAIL Service ready at Tue, 24 Nov 2026 09:12:08 +0000",
        );
        assert_eq!(banner(Ok(&own)).verdict, Verdict::Pass);
        assert_eq!(banner(Ok(&Reply::new(220, "mail.corp ESMTP Postfix"))).verdict, Verdict::Fail);
        assert_eq!(banner(Ok(&Reply::new(421, "4.3.2 Service not active"))).verdict, Verdict::CouldNotRun);
        assert_eq!(banner(Ok(&Reply::new(554, "no"))).verdict, Verdict::Fail);
        let blocked = banner(Err(&Broken::NotReached("refused".to_owned())));
        assert_eq!(blocked.cause.map(|cause| cause.id), Some("smtp.connect-blocked"));
    }

    #[test]
    fn starttls_must_be_there_and_auth_must_not() {
        assert_eq!(ehlo_in_clear(Ok(&ehlo("SIZE 157286400\nSTARTTLS\nSMTPUTF8"))).verdict, Verdict::Pass);
        let stripped = ehlo_in_clear(Ok(&ehlo("SIZE 157286400\nXXXXXXXA")));
        assert!(stripped.verdict == Verdict::Fail && stripped.stops, "no secret may follow");
        let clear = ehlo_in_clear(Ok(&ehlo("STARTTLS\nAUTH PLAIN LOGIN")));
        assert!(clear.verdict == Verdict::Fail && !clear.stops);
    }

    #[test]
    fn mechanisms_are_read_from_either_form() {
        assert_eq!(mechanisms(Ok(&ehlo("AUTH LOGIN XOAUTH2"))).verdict, Verdict::Pass);
        assert_eq!(mechanisms(Ok(&ehlo("auth=login xoauth2"))).observed, "LOGIN XOAUTH2");
        assert_eq!(mechanisms(Ok(&ehlo("AUTH XOAUTH2"))).verdict, Verdict::Review);
        assert_eq!(mechanisms(Ok(&ehlo("AUTH LOGIN PLAIN"))).verdict, Verdict::Review);
        assert_eq!(mechanisms(Ok(&ehlo("AUTH CRAM-MD5"))).verdict, Verdict::Fail);
        assert_eq!(mechanisms(Ok(&ehlo("SIZE 1"))).observed, "none");
        assert_eq!(mechanisms(Ok(&ehlo("AUTHENTICATE X"))).observed, "none");
    }

    #[test]
    fn the_certificate_is_judged_by_trust_protocol_and_time() {
        let now = 1_795_500_000;
        let good = Certificate {
            subject: "CN=outlook.com".to_owned(),
            issuer: "DigiCert Cloud Services CA-1".to_owned(),
            not_after: now + 90 * 86_400,
            protocol: "TLS 1.3".to_owned(),
            ..Certificate::default()
        };
        assert_eq!(starttls(Some(&good), None, now).verdict, Verdict::Pass);
        let ending = Certificate { not_after: now + 3 * 86_400, ..good.clone() };
        assert_eq!(starttls(Some(&ending), None, now).verdict, Verdict::Review);
        let old = Certificate { protocol: "TLS 1.1".to_owned(), ..good.clone() };
        assert_eq!(starttls(Some(&old), None, now).verdict, Verdict::Fail);
        let inspected = starttls(Some(&good), Some(&Broken::Tls("unknown issuer".to_owned())), now);
        assert_eq!(inspected.verdict, Verdict::Fail);
        assert!(inspected.says.contains("DigiCert"), "the issuer is named: {}", inspected.says);
        assert_eq!(inspected.cause.map(|cause| cause.id), Some("smtp.tls-untrusted"));
    }

    #[test]
    fn a_working_password_is_for_review_because_it_ends() {
        let judged = auth_login(Ok(&Reply::new(235, "2.7.0 Authentication successful")));
        assert_eq!(judged.verdict, Verdict::Review);
        assert!(
            judged.says.contains("off by default") && judged.says.contains("switch it back on"),
            "{}",
            judged.says
        );
    }

    #[test]
    fn a_refused_sign_in_names_its_sentences_cause_and_lets_the_ladder_go_on() {
        for (text, id) in [
            (
                "5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant. Visit https://aka.ms/smtp_auth_disabled for more information. [TY1PR01CA0183.jpnprd01.prod.outlook.com]",
                "smtp.535-5.7.139.tenant",
            ),
            ("5.7.139 Authentication unsuccessful", "smtp.535-5.7.139"),
            ("5.7.3 Authentication unsuccessful [AM0.eurprd02.prod.outlook.com]", "smtp.535-5.7.3.login"),
        ] {
            let judged = auth_login(Ok(&refused(text)));
            assert_eq!((judged.verdict, judged.stops), (Verdict::Fail, false));
            assert_eq!(judged.cause.map(|cause| cause.id), Some(id));
        }
        let busy = auth_login(Ok(&Reply::new(454, "4.7.0 Temporary authentication failure")));
        assert_eq!(busy.verdict, Verdict::CouldNotRun, "a busy back end is no wrong password");
        let old = auth_login(Ok(&Reply::new(421, "4.7.66 TLS 1.0 and 1.1 are not supported.")));
        assert_eq!(old.verdict, Verdict::Fail, "4xx, but it lasts");
    }

    #[test]
    fn the_tokens_refusal_is_told_apart_from_the_passwords() {
        let judged =
            auth_xoauth2(Ok(&refused("5.7.3 Authentication unsuccessful")), Some("{\"status\":\"401\"}"));
        assert_eq!(judged.cause.as_ref().map(|cause| cause.id), Some("smtp.535-5.7.3.token"));
        assert!(judged.says.contains("\"status\":\"401\""), "{}", judged.says);
        assert_eq!(auth_xoauth2(Ok(&Reply::new(235, "2.7.0 ok")), None).verdict, Verdict::Pass);
    }

    #[test]
    fn mail_without_a_sign_in_must_be_refused() {
        assert_eq!(
            mail_without_auth(Ok(&Reply::new(530, "5.7.57 Client not authenticated to send mail."))).verdict,
            Verdict::Pass
        );
        assert_eq!(mail_without_auth(Ok(&Reply::new(250, "2.1.0 Sender OK"))).verdict, Verdict::Fail);
        assert_eq!(mail_without_auth(Ok(&Reply::new(550, "5.1.8 no"))).verdict, Verdict::Review);
        assert_eq!(mail_without_auth(Err(&Broken::Closed("eof".to_owned()))).verdict, Verdict::CouldNotRun);
    }
}
