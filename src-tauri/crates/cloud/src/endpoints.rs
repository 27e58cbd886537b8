//! Who may be asked, for what, with which token, how often: one table.
//!
//! A `nextLink` or any other address that an answer names goes through [`Endpoints::check`] before it is asked.
//! Never here: a redirect that is followed (none is), a way to add a host at run time.

use std::fmt;
use std::net::IpAddr;

mod table;

pub use reqwest::Url;
pub use table::{Audience, Budget, Purpose, Row};

/// An address that isn't asked, and why.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{host}` is not asked: {why}")]
pub struct Refused {
    /// Host and port as they stand in the address.
    pub host: String,
    pub why: String,
}

/// Where mail is submitted; the HTTP side never connects to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SmtpHost {
    pub host: String,
    pub port: u16,
}

/// Which world the endpoints belong to.
#[derive(Clone, PartialEq, Eq)]
pub enum Kind {
    /// The public cloud, with the system's authorities.
    Public,
    /// A sandbox on loopback. Its own authority is the only one that is trusted.
    Sandbox { ca_pem: String },
}

impl fmt::Debug for Kind {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Public => out.write_str("Public"),
            Self::Sandbox { .. } => out.write_str("Sandbox"),
        }
    }
}

/// The addresses of one cloud. Made by [`Endpoints::public`] or [`Endpoints::sandbox`] only.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Endpoints {
    pub authority: Url,
    pub arm: Url,
    pub graph: Url,
    pub logs: Url,
    pub smtp: SmtpHost,
    pub kind: Kind,
}

impl Endpoints {
    /// The public cloud; GCC uses it too.
    ///
    /// # Errors
    /// Never in practice: the addresses are constants.
    pub fn public() -> Result<Self, Refused> {
        Ok(Self {
            authority: parse("https://login.microsoftonline.com")?,
            arm: parse("https://management.azure.com")?,
            graph: parse("https://graph.microsoft.com")?,
            logs: parse("https://api.loganalytics.io")?,
            smtp: SmtpHost { host: "smtp.office365.com".into(), port: 587 },
            kind: Kind::Public,
        })
    }

    /// A sandbox's descriptor: https origins without path, all of them on loopback.
    ///
    /// # Errors
    /// [`Refused`], naming the first address that is anything else.
    pub fn sandbox(
        authority: &str,
        arm: &str,
        graph: &str,
        logs: &str,
        smtp: SmtpHost,
        ca_pem: String,
    ) -> Result<Self, Refused> {
        if !is_loopback(&smtp.host) {
            return Err(Refused { host: smtp.host, why: "a sandbox lies on loopback only".into() });
        }
        Ok(Self {
            authority: loopback(authority)?,
            arm: loopback(arm)?,
            graph: loopback(graph)?,
            logs: loopback(logs)?,
            smtp,
            kind: Kind::Sandbox { ca_pem },
        })
    }

    /// The table: who is asked, for the user to read and for every request to obey.
    pub fn table(&self) -> [Row; 5] {
        Purpose::ALL.map(|purpose| self.row(purpose))
    }

    pub(crate) fn row(&self, purpose: Purpose) -> Row {
        Row {
            purpose,
            host: host(self.origin(purpose)),
            audience: purpose.audience(),
            budget: if self.kind == Kind::Public { purpose.published() } else { None },
            timeout: purpose.timeout(),
            longest_body: purpose.longest_body(),
        }
    }

    /// Where requests of a purpose go.
    pub(crate) fn origin(&self, purpose: Purpose) -> &Url {
        match purpose {
            Purpose::SignIn => &self.authority,
            Purpose::Arm => &self.arm,
            Purpose::Incidents | Purpose::Mail => &self.graph,
            Purpose::Logs => &self.logs,
        }
    }

    /// Whether `url` may be asked for `purpose`: https, the purpose's host and port, no user in it.
    ///
    /// # Errors
    /// [`Refused`], naming the host.
    pub fn check(&self, purpose: Purpose, url: &Url) -> Result<(), Refused> {
        let refuse = |why: String| Err(Refused { host: host(url), why });
        if url.scheme() != "https" {
            return refuse(format!("the address begins with `{}:` and not with `https:`", url.scheme()));
        }
        let home = self.origin(purpose);
        if url.host() != home.host() || url.port_or_known_default() != home.port_or_known_default() {
            return refuse(format!("only `{}` may be asked for this", host(home)));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return refuse("the address names a user".into());
        }
        Ok(())
    }
}

/// Host, and port where it isn't the scheme's own.
pub(crate) fn host(url: &Url) -> String {
    let name = url.host_str().unwrap_or("no host");
    url.port().map_or_else(|| name.to_owned(), |port| format!("{name}:{port}"))
}

pub(crate) fn parse(address: &str) -> Result<Url, Refused> {
    Url::parse(address).map_err(|why| Refused {
        host: address.chars().take(80).collect(),
        why: format!("no address ({why})"),
    })
}

fn is_loopback(name: &str) -> bool {
    let bare = name.trim_start_matches('[').trim_end_matches(']');
    name == "localhost" || bare.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

fn loopback(address: &str) -> Result<Url, Refused> {
    let url = parse(address)?;
    let why = if url.scheme() != "https" {
        "a sandbox speaks https"
    } else if !is_loopback(url.host_str().unwrap_or_default()) {
        "a sandbox lies on loopback only"
    } else if url.path() != "/" || url.query().is_some() || url.fragment().is_some() {
        "a sandbox's address has no path"
    } else if !url.username().is_empty() || url.password().is_some() {
        "the address names a user"
    } else {
        return Ok(url);
    };
    Err(Refused { host: host(&url), why: why.into() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sandbox(arm: &str) -> Result<Endpoints, Refused> {
        let smtp = SmtpHost { host: "127.0.0.1".into(), port: 2525 };
        let here = "https://127.0.0.1:4001";
        Endpoints::sandbox(here, arm, here, "https://localhost:4002", smtp, String::new())
    }

    #[test]
    fn a_sandbox_is_https_on_loopback_without_path() {
        assert!(sandbox("https://127.0.0.1:4000").is_ok());
        assert!(sandbox("https://[::1]:4000").is_ok());
        for bad in [
            "http://127.0.0.1:4000",
            "https://management.azure.com",
            "https://127.0.0.1:4000/tenant",
            "https://127.0.0.1:4000/?x=1",
            "https://user@127.0.0.1:4000",
            "https://127.0.0.1.example.com",
            "https://localhost.example.com",
            "https://169.254.169.254",
            "file:///etc/passwd",
            "nonsense",
        ] {
            assert!(sandbox(bad).is_err(), "{bad} was accepted");
        }
    }

    #[test]
    fn a_sandbox_with_smtp_elsewhere_is_refused_by_name() {
        let smtp = SmtpHost { host: "smtp.office365.com".into(), port: 587 };
        let here = "https://127.0.0.1:1";
        let refused = Endpoints::sandbox(here, here, here, here, smtp, String::new()).unwrap_err();
        assert_eq!(refused.host, "smtp.office365.com");
    }

    #[test]
    fn only_the_purposes_own_host_is_asked() {
        let public = Endpoints::public().unwrap();
        let check = |purpose, address: &str| public.check(purpose, &Url::parse(address).unwrap());
        assert!(check(Purpose::Arm, "https://management.azure.com/subscriptions?x=1").is_ok());
        assert!(check(Purpose::Arm, "https://MANAGEMENT.azure.com:443/x").is_ok());
        let refused = check(Purpose::Arm, "https://evil.example/x").unwrap_err();
        assert!(refused.to_string().contains("evil.example"), "{refused}");
        assert!(check(Purpose::Arm, "http://management.azure.com/x").is_err(), "http was accepted");
        assert!(check(Purpose::Arm, "https://graph.microsoft.com/v1.0").is_err(), "another API of ours");
        assert!(check(Purpose::Arm, "https://management.azure.com:8443/x").is_err(), "another port");
        assert!(check(Purpose::Arm, "https://management.azure.com@evil.example/x").is_err());
    }

    #[test]
    fn a_sandbox_has_no_budget_and_the_public_cloud_has() {
        assert!(sandbox("https://127.0.0.1:4000").unwrap().table().iter().all(|row| row.budget.is_none()));
        let limited = Endpoints::public().unwrap().table().iter().filter(|row| row.budget.is_some()).count();
        assert_eq!(limited, 3);
    }

    #[test]
    fn debug_leaves_the_certificate_out() {
        let kind = Kind::Sandbox { ca_pem: "-----BEGIN".into() };
        assert_eq!(format!("{kind:?}"), "Sandbox");
    }
}
