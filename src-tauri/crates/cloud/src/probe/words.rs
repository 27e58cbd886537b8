//! What the connection test says at each step.

use std::io;
use std::net::IpAddr;
use std::time::Duration;

use rustls::CertificateError as Bad;

use super::{ProbeOutcome, ProbeStep};
use crate::endpoints::{Kind, Url, host};
use crate::error::CloudError;
use crate::proxy::WAY_ROUND;
use crate::trust::Facts;

/// A sentence, and what to do. A hint beside a success means: look at it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) said: String,
    pub(super) hint: Option<String>,
}

impl Said {
    pub(super) fn pass(said: String) -> Self {
        Self { said, hint: None }
    }

    fn hint(said: String, hint: &str) -> Self {
        Self { said, hint: Some(hint.to_owned()) }
    }
}

/// Organisations that issue the certificates of Microsoft's clouds.
/// <https://learn.microsoft.com/azure/security/fundamentals/azure-certificate-authority-details>
const ISSUERS: [&str; 2] = ["Microsoft", "DigiCert"];

const DIRECT: &str = "If this network lets requests out through a proxy only, give its address under Network; \
                      otherwise a firewall has to allow the host.";
const TYPED: &str = "Compare address and port of the proxy under Network.";
const OWN_AUTHORITY: &str = "A proxy or another program opens TLS. Give its authority's certificate as a PEM file under \
                             Network, or have this host left out of the inspection.";
const CLOCK: &str = "Compare this machine's clock with the real time.";

pub(super) fn no_proxy(target: &Url, unsupported: Option<String>) -> ProbeStep {
    let said = "No proxy: requests go straight out.".to_owned();
    let outcome = if unsupported.is_some() { ProbeOutcome::Review } else { ProbeOutcome::Pass };
    ProbeStep { id: "proxy", host: host(target), outcome, took: Duration::ZERO, said, hint: unsupported }
}

pub(super) fn unusable_trust(target: &Url) -> ProbeStep {
    let said = "The certificate authorities of this connection can't be read.".to_owned();
    let hint = Some("Give the PEM file anew under Network.".to_owned());
    ProbeStep { id: "tls", host: host(target), outcome: ProbeOutcome::Fail, took: Duration::ZERO, said, hint }
}

pub(super) fn not_reached(id: &'static str, host: String) -> ProbeStep {
    let said = "Not tried, because an earlier step failed.".to_owned();
    ProbeStep { id, host, outcome: ProbeOutcome::NotReached, took: Duration::ZERO, said, hint: None }
}

pub(super) fn reached(id: &'static str, host: String) -> ProbeStep {
    let said = "It is reached. Nothing was asked, because nobody is signed in.".to_owned();
    ProbeStep { id, host, outcome: ProbeOutcome::Pass, took: Duration::ZERO, said, hint: None }
}

/// An API's answer. A right that is missing, or a person who has yet to sign in, is no fault of the connection.
pub(super) fn answered(
    id: &'static str,
    host: String,
    took: Duration,
    answer: Result<String, CloudError>,
) -> ProbeStep {
    let (outcome, said, hint) = match answer {
        Ok(said) => (ProbeOutcome::Pass, said, None),
        Err(error) => {
            let fault = error.fault();
            let works = match &error {
                CloudError::Denied { .. } => true,
                CloudError::SignIn(fault) => fault.needs_person,
                _ => false,
            };
            (if works { ProbeOutcome::Review } else { ProbeOutcome::Fail }, fault.sentence, fault.hint)
        }
    };
    ProbeStep { id, host, outcome, took, said, hint }
}

pub(super) fn addresses(name: &str, one: IpAddr, count: usize) -> Said {
    let more = if count > 1 { format!(", and {} more", count - 1) } else { String::new() };
    Said::pass(format!("`{name}` is at {one}{more}."))
}

pub(super) fn no_address(name: &str, why: &io::Error, proxy: bool) -> Said {
    let hint = if proxy { TYPED } else { DIRECT };
    Said::hint(format!("DNS gives no address for `{name}`: {why}."), hint)
}

pub(super) fn no_connection(at: &str, why: &io::Error, proxy: bool) -> Said {
    let hint = if proxy { TYPED } else { DIRECT };
    Said::hint(format!("`{at}` takes no connection: {why}."), hint)
}

pub(super) fn late(host: &str) -> Said {
    Said::hint(format!("`{host}` doesn't answer within 10 seconds."), DIRECT)
}

pub(super) fn proxy_ended(proxy: &str, why: &io::Error) -> Said {
    let hint = "Something else than a proxy may listen there, or it speaks TLS: then its address begins with `https://`.";
    Said::hint(format!("The proxy `{proxy}` ends the connection without an answer: {why}."), hint)
}

/// Reads a proxy's answer to CONNECT.
pub(super) fn proxy_answered(proxy: &str, target: &str, head: &str, with_user: bool) -> Result<Said, Said> {
    let status = head.split(' ').nth(1).unwrap_or_default();
    match status {
        "200" => Ok(Said::pass(format!("The proxy `{proxy}` connects to `{target}`."))),
        "407" => Err(asks(proxy, &schemes(head), with_user)),
        _ => {
            let first = head.lines().next().unwrap_or_default().chars().filter(|c| !c.is_control());
            let first: String = first.take(100).collect();
            let said = format!("The proxy `{proxy}` does not connect to `{target}`: it answers `{first}`.");
            Err(Said::hint(
                said,
                if with_user { REFUSED_WITH_USER } else { "Have the host allowed in the proxy." },
            ))
        }
    }
}

/// tinyproxy answers 401 where squid says 407.
const REFUSED_WITH_USER: &str = "Compare user name and password under Network; if they are right, have the host allowed \
                                 in the proxy.";

/// The ways to sign in that a 407 offers: the first word of each `Proxy-Authenticate`.
fn schemes(head: &str) -> Vec<String> {
    let lines = head.lines().filter_map(|line| line.split_once(':'));
    let offers = lines.filter(|(name, _)| name.trim().eq_ignore_ascii_case("proxy-authenticate"));
    let words = offers.filter_map(|(_, value)| value.split_whitespace().next());
    words.map(|word| word.trim_end_matches(',').chars().take(20).collect()).collect()
}

fn asks(proxy: &str, schemes: &[String], with_user: bool) -> Said {
    let basic = schemes.is_empty() || schemes.iter().any(|scheme| scheme.eq_ignore_ascii_case("basic"));
    if !basic {
        let offers = schemes.join(", ");
        let said = format!(
            "The proxy `{proxy}` takes sign-ins by {offers} only (407), which Crosswalk does not speak."
        );
        return Said::hint(said, WAY_ROUND);
    }
    if with_user {
        let said =
            format!("The proxy `{proxy}` does not take the user name and password it was given (407).");
        return Said::hint(said, "Give them anew under Network. They were tried once.");
    }
    Said::hint(
        format!("The proxy `{proxy}` asks for a user name and a password (407)."),
        "Give them under Network.",
    )
}

pub(super) fn trusted(name: &str, facts: Option<Facts>, kind: &Kind) -> Said {
    let Some(facts) = facts else { return Said::pass(format!("TLS with `{name}` is agreed.")) };
    let said = format!("TLS with `{name}` is agreed. `{}` issued its certificate.", facts.issuer);
    let usual =
        ISSUERS.iter().any(|issuer| facts.organisation.contains(issuer) || facts.issuer.contains(issuer));
    if usual || matches!(kind, Kind::Sandbox { .. }) {
        return Said::pass(said);
    }
    Said::hint(
        said,
        "This is none of Microsoft's usual authorities: a proxy may be opening TLS. Requests work all the same.",
    )
}

pub(super) fn untrusted(name: &str, why: &io::Error, facts: Option<Facts>) -> Said {
    let cause = why.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>());
    let issuer = facts.as_ref().map_or("an unknown issuer", |facts| facts.issuer.as_str());
    match cause {
        Some(rustls::Error::InvalidCertificate(bad)) => refused(name, bad, issuer, facts.as_ref()),
        Some(rustls::Error::InvalidMessage(_)) => {
            Said::hint(format!("What answers for `{name}` does not speak TLS."), DIRECT)
        }
        Some(other) => Said::hint(format!("TLS with `{name}` fails: {other}."), OWN_AUTHORITY),
        None => Said::hint(format!("The connection to `{name}` ends during TLS ({}).", why.kind()), CUT),
    }
}

const CUT: &str = "A firewall or proxy that filters by name may cut it; have the host allowed there.";

fn refused(name: &str, bad: &Bad, issuer: &str, facts: Option<&Facts>) -> Said {
    let date = |pick: fn(&Facts) -> time::OffsetDateTime| {
        facts.map(|facts| pick(facts).date().to_string()).unwrap_or_default()
    };
    match bad {
        Bad::Expired | Bad::ExpiredContext { .. } => Said::hint(
            format!("The certificate of `{name}` by `{issuer}` ended on {}.", date(|facts| facts.ends)),
            CLOCK,
        ),
        Bad::NotValidYet | Bad::NotValidYetContext { .. } => Said::hint(
            format!("The certificate of `{name}` by `{issuer}` begins on {}.", date(|facts| facts.begins)),
            CLOCK,
        ),
        Bad::NotValidForName | Bad::NotValidForNameContext { .. } => Said::hint(
            format!("The certificate that came, by `{issuer}`, is not for `{name}`."),
            OWN_AUTHORITY,
        ),
        _ => Said::hint(
            format!("`{issuer}` issued the certificate of `{name}` and is not trusted here."),
            OWN_AUTHORITY,
        ),
    }
}

#[cfg(test)]
mod tests;
