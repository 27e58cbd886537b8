//! The way out of this machine: proxy, and authorities beyond the system's.
//!
//! Never here: a proxy's password in anything that prints, or a setting read from the system (`proxy` does that).

use std::fmt;

use domain::secret::Secret;
use reqwest::Url;

use super::{Refused, host};

/// How requests leave. A sandbox keeps to loopback: it ignores what the system says and obeys an explicit proxy.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Route {
    pub proxy: Proxy,
    /// Certificates as PEM, trusted beside the system's.
    /// A sandbox trusts its own authority alone, whatever stands here.
    pub authorities: Vec<String>,
}

/// Which proxy is asked.
#[derive(Clone, Default, PartialEq, Eq)]
pub enum Proxy {
    /// As environment and operating system say.
    #[default]
    System,
    /// Straight out.
    None,
    /// This one, for every host.
    Explicit { address: Url, user: Option<(String, Secret)> },
}

impl fmt::Debug for Proxy {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::System => out.write_str("System"),
            Self::None => out.write_str("None"),
            Self::Explicit { address, user } => {
                let user = user.as_ref().map(|(name, _)| format!("{name}:…"));
                out.debug_struct("Explicit").field("address", &host(address)).field("user", &user).finish()
            }
        }
    }
}

impl Proxy {
    /// A proxy as it is typed: `http://proxy.contoso.com:8080`, or without the scheme, which then is http.
    ///
    /// # Errors
    /// [`Refused`] where it is no address of a proxy. A password in the address is not repeated.
    pub fn explicit(address: &str, user: Option<(String, Secret)>) -> Result<Self, Refused> {
        let address = address.trim();
        let full = if address.contains("://") { address.to_owned() } else { format!("http://{address}") };
        let url = Url::parse(&full).map_err(|_| refuse("what was typed", "it is no address of a proxy"))?;
        let why = if !url.username().is_empty() || url.password().is_some() {
            "user and password have fields of their own"
        } else if url.scheme().starts_with("socks") {
            "a SOCKS proxy is not supported; give the address of an HTTP proxy"
        } else if !matches!(url.scheme(), "http" | "https") {
            "the address of a proxy begins with `http://` or `https://`"
        } else if url.host_str().is_none_or(str::is_empty) {
            "the address of a proxy needs a host"
        } else if !matches!(url.path(), "" | "/") || url.query().is_some() || url.fragment().is_some() {
            "the address of a proxy ends with host and port"
        } else {
            return Ok(Self::Explicit { address: url, user });
        };
        Err(refuse(&host(&url), why))
    }
}

fn refuse(host: &str, why: &str) -> Refused {
    Refused { host: host.to_owned(), why: why.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(address: &str) -> Result<Proxy, Refused> {
        Proxy::explicit(address, None)
    }

    #[test]
    fn a_proxy_is_taken_as_people_type_it() {
        for (given, shown) in [
            ("http://proxy.contoso.com:8080", "http://proxy.contoso.com:8080/"),
            (" proxy.contoso.com:8080 ", "http://proxy.contoso.com:8080/"),
            ("https://proxy.contoso.com", "https://proxy.contoso.com/"),
            ("10.0.0.1:3128", "http://10.0.0.1:3128/"),
            ("[fd00::1]:3128", "http://[fd00::1]:3128/"),
        ] {
            let Ok(Proxy::Explicit { address, .. }) = typed(given) else { panic!("{given} was refused") };
            assert_eq!(address.as_str(), shown);
        }
    }

    #[test]
    fn what_is_no_proxy_is_refused_with_the_reason() {
        for (given, why) in [
            ("socks5://proxy.contoso.com:1080", "SOCKS"),
            ("ftp://proxy.contoso.com", "begins with"),
            ("http://proxy.contoso.com/proxy.pac", "ends with host"),
            ("", "no address"),
            ("http://", "no address"),
        ] {
            let refused = typed(given).unwrap_err();
            assert!(refused.why.contains(why), "{given}: {refused}");
        }
    }

    #[test]
    fn a_password_in_the_address_is_refused_and_not_repeated() {
        let refused = typed("http://ada:hunter2@proxy.contoso.com:8080").unwrap_err();
        assert!(refused.why.contains("fields of their own"), "{refused}");
        assert!(!refused.to_string().contains("hunter2") && !format!("{refused:?}").contains("hunter2"));
    }

    #[test]
    fn debug_shows_the_user_and_no_password() {
        let proxy = Proxy::explicit("proxy:8080", Some(("ada".into(), Secret::from("hunter2")))).unwrap();
        let printed = format!("{:?}", Route { proxy, authorities: vec![] });
        assert!(printed.contains("proxy:8080") && printed.contains("ada:…"), "{printed}");
        assert!(!printed.contains("hunter2"), "{printed}");
    }
}
