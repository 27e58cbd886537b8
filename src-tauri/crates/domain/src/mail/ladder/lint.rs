//! T-01: what can be seen wrong in the inputs before anything leaves the machine.
//!
//! A secret that looks like a GUID is the secret's *ID*: Entra's values never look so. The secret is borrowed for the
//! judging, and nothing of it enters a sentence.

use super::step::Judged;
use crate::readiness::Verdict;

/// What the user typed.
pub struct Inputs<'a> {
    pub tenant: &'a str,
    pub client_id: &'a str,
    pub secret: &'a str,
    pub mailbox: &'a str,
}

struct Finding {
    field: &'static str,
    verdict: Verdict,
    says: &'static str,
    fix: &'static str,
}

/// Judges T-01. A Fail stops the new path: Entra would only say the same with less.
pub fn lint(inputs: &Inputs<'_>) -> Judged {
    let mut findings = Vec::new();
    edges(&mut findings, "tenant", inputs.tenant);
    edges(&mut findings, "client id", inputs.client_id);
    edges(&mut findings, "secret", inputs.secret);
    edges(&mut findings, "mailbox", inputs.mailbox);
    tenant(&mut findings, clean(inputs.tenant));
    client_id(&mut findings, clean(inputs.client_id), clean(inputs.tenant));
    secret(&mut findings, clean(inputs.secret));
    mailbox(&mut findings, clean(inputs.mailbox));
    judged(&findings)
}

fn judged(findings: &[Finding]) -> Judged {
    if findings.is_empty() {
        return Judged::pass("clean", "Tenant, client id, secret and mailbox have the right form.");
    }
    let fields: Vec<&str> = findings.iter().map(|finding| finding.field).collect();
    let says = findings.iter().map(|finding| finding.says).collect::<Vec<_>>().join(" ");
    let fix = findings.iter().map(|finding| finding.fix).collect::<Vec<_>>().join(" ");
    let observed = unique(&fields).join(", ");
    let failed = findings.iter().any(|finding| finding.verdict == Verdict::Fail);
    let judged = if failed { Judged::fail(&observed, &says) } else { Judged::review(&observed, &says) };
    judged.fixed_by(&fix)
}

fn unique<'a>(fields: &[&'a str]) -> Vec<&'a str> {
    let mut seen: Vec<&str> = Vec::new();
    for field in fields {
        if !seen.contains(field) {
            seen.push(field);
        }
    }
    seen
}

/// Blanks, line breaks, a BOM or invisible characters around a value: copied with it, and sent with it.
fn edges(findings: &mut Vec<Finding>, field: &'static str, value: &str) {
    if value.is_empty() {
        findings.push(fail(field, "A value is missing.", "Fill in the value."));
    } else if value != clean(value) {
        let says = match field {
            "secret" => "The secret has a blank, line break or invisible character around it.",
            "client id" => "The client id has a blank, line break or invisible character around it.",
            "tenant" => "The tenant has a blank, line break or invisible character around it.",
            _ => "The mailbox has a blank, line break or invisible character around it.",
        };
        findings.push(fail(field, says, "Paste the value again without what surrounds it."));
    }
}

fn clean(value: &str) -> &str {
    let around = |c: char| {
        c.is_whitespace()
            || c.is_control()
            || matches!(c, '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{202a}'..='\u{202e}')
    };
    value.trim_matches(around)
}

fn tenant(findings: &mut Vec<Finding>, value: &str) {
    let shared = ["common", "organizations", "consumers"];
    if shared.contains(&value.to_ascii_lowercase().as_str()) {
        findings.push(fail(
            "tenant",
            "An app's own sign-in needs its tenant; `common`, `organizations` and `consumers` aren't one.",
            "Take Directory (tenant) ID from the app registration's overview.",
        ));
    } else if !value.is_empty() && !is_guid(value) && !is_domain(value) {
        findings.push(fail(
            "tenant",
            "The tenant is neither a GUID nor a domain name.",
            "Take Directory (tenant) ID from the app registration's overview.",
        ));
    }
}

fn client_id(findings: &mut Vec<Finding>, value: &str, tenant: &str) {
    if value.is_empty() {
        return;
    }
    if !is_guid(value) {
        findings.push(fail(
            "client id",
            "The client id isn't a GUID.",
            "Take Application (client) ID from the app registration's overview.",
        ));
    } else if value.eq_ignore_ascii_case(tenant) {
        findings.push(fail(
            "client id",
            "Client id and tenant are the same GUID.",
            "Take Application (client) ID and Directory (tenant) ID each from its own line of the overview.",
        ));
    }
}

fn secret(findings: &mut Vec<Finding>, value: &str) {
    if is_guid(value) {
        findings.push(fail(
            "secret",
            "The secret is a GUID, so it is the secret's ID and not its value.",
            "Copy the column Value of Certificates & secrets, shown once when the secret is made; Secret ID is another column.",
        ));
    } else if value.contains(char::is_whitespace) || value.contains(char::is_control) {
        findings.push(fail(
            "secret",
            "The secret has a blank or line break inside.",
            "Copy the column Value again, alone.",
        ));
    } else if quoted(value) {
        findings.push(fail("secret", "The secret stands in quotes.", "Paste it without quotes."));
    } else if percent_encoded(value) {
        findings.push(review(
            "secret",
            "The secret looks percent-encoded; the form encodes it once more.",
            "Paste the value as Entra shows it.",
        ));
    } else if (1..16).contains(&value.chars().count()) {
        findings.push(review(
            "secret",
            "The secret is shorter than Entra's values usually are.",
            "Compare it with the column Value; part of it may be missing.",
        ));
    }
}

fn mailbox(findings: &mut Vec<Finding>, value: &str) {
    if !value.is_empty() && !is_address(value) && !is_guid(value) {
        findings.push(fail(
            "mailbox",
            "The mailbox isn't an e-mail address.",
            "Give the address alone: name@domain, without a display name or brackets.",
        ));
    }
}

fn fail(field: &'static str, says: &'static str, fix: &'static str) -> Finding {
    Finding { field, verdict: Verdict::Fail, says, fix }
}

fn review(field: &'static str, says: &'static str, fix: &'static str) -> Finding {
    Finding { field, verdict: Verdict::Review, says, fix }
}

fn quoted(value: &str) -> bool {
    value.len() > 1 && ['"', '\''].iter().any(|quote| value.starts_with(*quote) && value.ends_with(*quote))
}

/// `%7E`, `%2B`, …: a percent sign with two hex digits.
fn percent_encoded(value: &str) -> bool {
    let hex = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_hexdigit);
    let bytes = value.as_bytes();
    bytes
        .iter()
        .enumerate()
        .any(|(at, byte)| *byte == b'%' && hex(bytes.get(at + 1)) && hex(bytes.get(at + 2)))
}

/// 8-4-4-4-12 hex digits, in braces or not.
pub(super) fn is_guid(value: &str) -> bool {
    let bare = value.trim_start_matches('{').trim_end_matches('}');
    let parts: Vec<&str> = bare.split('-').collect();
    parts.iter().map(|part| part.len()).eq([8, 4, 4, 4, 12])
        && parts.iter().all(|part| part.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

fn is_domain(value: &str) -> bool {
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    value.len() <= 253 && value.contains('.') && value.split('.').all(label)
}

fn is_address(value: &str) -> bool {
    let local = |c: char| c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c);
    match value.rsplit_once('@') {
        Some((name, domain)) => {
            !name.is_empty() && name.len() <= 64 && name.chars().all(local) && is_domain(domain)
        }
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: Inputs<'static> = Inputs {
        tenant: "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0",
        client_id: "11112222-3333-4444-5555-666677778888",
        secret: "abc8Q~rStUvWxYz0123456789-_.abcdefghijkl",
        mailbox: "alerts@contoso.com",
    };

    #[test]
    fn clean_inputs_pass() {
        assert_eq!(lint(&GOOD).verdict, Verdict::Pass);
        let by_name = Inputs { tenant: "contoso.onmicrosoft.com", ..GOOD };
        assert_eq!(lint(&by_name).verdict, Verdict::Pass);
        let unicode = Inputs { mailbox: "müller@bücher.example", ..GOOD };
        assert_eq!(lint(&unicode).verdict, Verdict::Pass);
    }

    #[test]
    fn each_slip_names_its_field_and_its_column() {
        for (inputs, field, part) in [
            (Inputs { secret: "9a8b7c6d-5e4f-3a2b-1c0d-ffeeddccbbaa", ..GOOD }, "secret", "column Value"),
            (
                Inputs { secret: "abc8Q~rStUvWxYz0123456789-_.abcdefghijkl\n", ..GOOD },
                "secret",
                "Paste the value again",
            ),
            (
                Inputs { secret: "\u{feff}abc8Q~rStUvWxYz0123456789-_.abcdefghijkl", ..GOOD },
                "secret",
                "Paste the value again",
            ),
            (
                Inputs { secret: "\"abc8Q~rStUvWxYz0123456789-_.abcdefgh\"", ..GOOD },
                "secret",
                "without quotes",
            ),
            (Inputs { secret: "abc8Q~rStUv WxYz0123456789-_.abcdefgh", ..GOOD }, "secret", "Value again"),
            (Inputs { secret: "", ..GOOD }, "secret", "Fill in"),
            (Inputs { tenant: "common", ..GOOD }, "tenant", "Directory (tenant) ID"),
            (
                Inputs { tenant: "'0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0'", ..GOOD },
                "tenant",
                "Directory (tenant) ID",
            ),
            (Inputs { tenant: "contoso", ..GOOD }, "tenant", "Directory (tenant) ID"),
            (Inputs { client_id: "alerts-app", ..GOOD }, "client id", "Application (client) ID"),
            (Inputs { client_id: GOOD.tenant, ..GOOD }, "client id", "each from its own line"),
            (Inputs { mailbox: "Alerts <alerts@contoso.com>", ..GOOD }, "mailbox", "address alone"),
            (Inputs { mailbox: "alerts@", ..GOOD }, "mailbox", "address alone"),
        ] {
            let judged = lint(&inputs);
            assert_eq!(judged.verdict, Verdict::Fail, "{field}: {}", judged.says);
            assert_eq!(judged.observed, field);
            assert!(judged.fix.contains(part), "{}", judged.fix);
        }
    }

    #[test]
    fn doubts_are_for_review_and_dont_stop() {
        for secret in ["abc8Q%7ErStUvWxYz0123456789-_.abcdefghijkl", "short"] {
            let judged = lint(&Inputs { secret, ..GOOD });
            assert_eq!(judged.verdict, Verdict::Review);
            assert!(!judged.stops);
        }
    }

    #[test]
    fn nothing_of_the_secret_enters_a_sentence() {
        for secret in ["9a8b7c6d-5e4f-3a2b-1c0d-ffeeddccbbaa", " hunter2hunter2hunter2 ", "%7Ehunter2"] {
            let judged = lint(&Inputs { secret, ..GOOD });
            let all = format!("{judged:?}");
            assert!(!all.contains("hunter2") && !all.contains("9a8b"), "{all}");
        }
    }
}
