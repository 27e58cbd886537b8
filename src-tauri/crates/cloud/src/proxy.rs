//! The proxy that requests leave by: what was typed, or what environment and operating system say.
//!
//! Which host goes by it follows the rules of `NO_PROXY` as the HTTP client applies them, so the connection test and
//! the client decide alike. A script (PAC) is recognised and never run; a SOCKS proxy is recognised and not spoken to.
//! A password prints nowhere. Start at [`system_proxy`], then `Hop`.

mod setting;
mod system;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::secret::Secret;
use hyper_util::client::proxy::matcher::Matcher;
use reqwest::header::HeaderValue;
use reqwest::{NoProxy, Url};

use crate::endpoints::{Endpoints, Kind, Proxy};
use system::System;

/// The way round a proxy that can't be used, for hints.
pub(crate) const WAY_ROUND: &str = "Run a local forwarder that does it (px and cntlm are such programs) and give its \
                                    address under Network, or give the address of a proxy that takes a password.";

/// What the system says about proxies.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SystemProxy {
    /// Settings that were found, one a line, passwords masked.
    pub lines: Vec<String>,
    /// A sentence about a setting that is recognised and not supported, with the way round.
    pub unsupported: Option<String>,
}

/// Reads environment and operating system. May start the system's own tool and wait for it, two seconds at most.
pub fn system_proxy() -> SystemProxy {
    let System { lines, unsupported, .. } = System::read();
    SystemProxy { lines, unsupported }
}

/// A proxy as it is asked.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Hop {
    /// Without user and password.
    pub(crate) address: Url,
    /// Basic, marked as sensitive.
    pub(crate) auth: Option<HeaderValue>,
    /// Hosts that are reached without it, as in `NO_PROXY`.
    without: String,
}

impl Hop {
    /// The proxy of a connection. What the system says is read anew each time.
    pub(crate) fn of(endpoints: &Endpoints) -> Option<Self> {
        match (&endpoints.route.proxy, &endpoints.kind) {
            (Proxy::None, _) | (Proxy::System, Kind::Sandbox { .. }) => None,
            (Proxy::System, Kind::Microsoft) => System::read().hop(),
            (Proxy::Explicit { address, user }, _) => {
                let auth = user.as_ref().and_then(|(name, password)| basic(name, password));
                Some(Self { address: address.clone(), auth, without: String::new() })
            }
        }
    }

    /// Reads a value as environment variables hold it; `None` where it is no proxy over HTTP.
    fn read(value: &str, without: &str) -> Option<Self> {
        let found =
            Matcher::builder().https(value).build().intercept(&"https://any.invalid/".parse().ok()?)?;
        let address = Url::parse(&found.uri().to_string()).ok()?;
        let auth = found.basic_auth().cloned();
        let spoken = matches!(address.scheme(), "http" | "https");
        spoken.then(|| Self { address, auth, without: without.to_owned() })
    }

    /// Whether requests to `url` go by it.
    pub(crate) fn serves(&self, url: &Url) -> bool {
        let rules = Matcher::builder().https(self.address.as_str()).no(self.without.as_str()).build();
        url.as_str().parse().is_ok_and(|target| rules.intercept(&target).is_some())
    }

    /// The same for the HTTP client.
    pub(crate) fn client(&self) -> Result<reqwest::Proxy, reqwest::Error> {
        let proxy =
            reqwest::Proxy::https(self.address.clone())?.no_proxy(NoProxy::from_string(&self.without));
        Ok(match &self.auth {
            Some(auth) => proxy.custom_http_auth(auth.clone()),
            None => proxy,
        })
    }
}

/// `None` where the header can't hold it, which base64 always can.
fn basic(name: &str, password: &Secret) -> Option<HeaderValue> {
    let pair = Secret::new([name.as_bytes(), b":", password.expose()].concat());
    let mut header = HeaderValue::from_str(&format!("Basic {}", STANDARD.encode(pair.expose()))).ok()?;
    header.set_sensitive(true);
    Some(header)
}

/// A value with the password in it replaced, whatever else it is.
fn masked(value: &str) -> String {
    let (scheme, rest) = value.split_once("://").map_or(("", value), |(scheme, rest)| (scheme, rest));
    let Some((user, host)) = rest.rsplit_once('@') else { return value.to_owned() };
    let name = user.split(':').next().unwrap_or_default();
    let colon = if scheme.is_empty() { "" } else { "://" };
    format!("{scheme}{colon}{name}:…@{host}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::endpoints::Route;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    #[test]
    fn a_value_is_read_with_its_user_and_without_a_scheme_too() {
        let hop = Hop::read("http://ada:p%40ss@proxy.example:8080", "").unwrap();
        assert_eq!(hop.address.as_str(), "http://proxy.example:8080/");
        let auth = hop.auth.unwrap();
        assert_eq!((auth.to_str().unwrap(), auth.is_sensitive()), ("Basic YWRhOnBAc3M=", true));
        assert_eq!(
            Hop::read("proxy.example:8080", "").unwrap().address.as_str(),
            "http://proxy.example:8080/"
        );
        assert!(Hop::read("socks5://proxy.example:1080", "").is_none() && Hop::read("", "").is_none());
    }

    #[test]
    fn exceptions_go_by_name_and_by_address() {
        let hop = Hop::read("proxy:8080", "microsoft.com, 10.0.0.0/8").unwrap();
        for (address, by_proxy) in [
            ("https://graph.microsoft.com/v1.0", false),
            ("https://notmicrosoft.com/", true),
            ("https://10.1.2.3/", false),
            ("https://management.azure.com/", true),
        ] {
            assert_eq!(hop.serves(&url(address)), by_proxy, "{address}");
        }
    }

    #[test]
    fn what_was_typed_reaches_the_proxy_whatever_is_in_it() {
        let user = Some(("CORP\\ada".to_owned(), Secret::from("p:@ß/ %41")));
        let route = Route { proxy: Proxy::explicit("proxy:8080", user).unwrap(), authorities: vec![] };
        let hop = Hop::of(&Endpoints::public().unwrap().via(route)).unwrap();
        let expected = STANDARD.encode("CORP\\ada:p:@ß/ %41");
        assert_eq!(hop.auth.unwrap().to_str().unwrap(), format!("Basic {expected}"));
    }

    #[test]
    fn no_password_is_shown() {
        for (value, shown) in [
            ("http://ada:hunter2@proxy:8080", "http://ada:…@proxy:8080"),
            ("ada:hunter2@proxy", "ada:…@proxy"),
            ("http://ada:hun@ter2@proxy", "http://ada:…@proxy"),
            ("http://proxy:8080", "http://proxy:8080"),
        ] {
            assert_eq!(masked(value), shown);
        }
    }

    #[test]
    fn a_sandbox_takes_a_typed_proxy_and_none_of_the_systems() {
        let smtp = crate::endpoints::SmtpHost { host: "127.0.0.1".into(), port: 25 };
        let here = "https://127.0.0.1:1";
        let sandbox = Endpoints::sandbox(here, here, here, here, smtp, String::new()).unwrap();
        assert!(Hop::of(&sandbox).is_none());
        let typed = Route { proxy: Proxy::explicit("127.0.0.1:3128", None).unwrap(), authorities: vec![] };
        assert!(Hop::of(&sandbox.via(typed)).unwrap().serves(&url(here)));
        let straight = Route { proxy: Proxy::None, authorities: vec![] };
        assert!(Hop::of(&Endpoints::public().unwrap().via(straight)).is_none());
    }
}
