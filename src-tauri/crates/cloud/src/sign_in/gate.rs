//! Whom a token request may go to: the cloud's authority, or this machine's own identity service.
//!
//! Never here: a host that an answer named. Where to start: [`Gate::pass`].

use std::net::Ipv4Addr;

use reqwest::Url;

use crate::endpoints::{self, Endpoints, Kind, Purpose, Refused};

/// Azure's Instance Metadata Service, the same on every virtual machine; plain http by design.
/// <https://learn.microsoft.com/azure/virtual-machines/instance-metadata-service>
const IMDS: Ipv4Addr = Ipv4Addr::new(169, 254, 169, 254);

#[derive(Clone, Debug)]
pub(super) enum Gate {
    Authority(Box<Endpoints>),
    /// `sandbox`: nothing but loopback may be asked.
    Machine {
        sandbox: bool,
        identity: Option<Url>,
    },
}

impl Gate {
    pub(super) fn machine(endpoints: &Endpoints) -> Self {
        let sandbox = matches!(endpoints.kind, Kind::Sandbox { .. });
        Self::Machine { sandbox, identity: endpoints.identity.clone() }
    }

    /// The address to ask in place of `url`, which is the same except where a sandbox plays the identity service.
    pub(super) fn pass(&self, url: &Url) -> Result<Url, Refused> {
        match self {
            Self::Authority(endpoints) => endpoints.check(Purpose::SignIn, url).map(|()| url.clone()),
            Self::Machine { sandbox, identity } => machine(url, *sandbox, identity.as_ref()),
        }
    }
}

fn machine(url: &Url, sandbox: bool, identity: Option<&Url>) -> Result<Url, Refused> {
    let refuse = |why: &str| Err(Refused { host: endpoints::host(url), why: why.to_owned() });
    let address = match url.host_str() {
        Some("localhost") => Ipv4Addr::LOCALHOST,
        Some(name) => match name.parse::<Ipv4Addr>() {
            Ok(address) => address,
            Err(_) => return refuse("an identity service is on this machine"),
        },
        None => return refuse("the address names no host"),
    };
    if address == IMDS
        && let Some(identity) = identity
    {
        let mut there = identity.clone();
        there.set_path(url.path());
        there.set_query(url.query());
        return Ok(there);
    }
    match (sandbox, address.is_loopback(), address.is_link_local()) {
        (_, true, _) | (false, _, true) => Ok(url.clone()),
        (true, ..) => refuse("a sandbox lies on loopback only"),
        (false, ..) => refuse("an identity service is on this machine"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pass(url: &str, sandbox: bool, identity: Option<&str>) -> Result<String, Refused> {
        let identity = identity.map(|at| Url::parse(at).unwrap());
        machine(&Url::parse(url).unwrap(), sandbox, identity.as_ref()).map(|url| url.to_string())
    }

    #[test]
    fn an_identity_service_is_on_this_machine_or_nowhere() {
        for good in ["http://169.254.169.254/metadata", "http://127.0.0.1:41741/msi", "http://localhost:42/x"]
        {
            assert!(pass(good, false, None).is_ok(), "{good}");
        }
        for bad in ["http://169.254.169.254.evil.example/x", "http://evil.example/x", "http://10.0.0.4/x"] {
            assert!(pass(bad, false, None).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_sandbox_stays_on_loopback_and_may_play_the_service() {
        assert!(pass("http://169.254.169.254/metadata", true, None).is_err());
        let there =
            pass("http://169.254.169.254/metadata?resource=r", true, Some("http://127.0.0.1:7")).unwrap();
        assert_eq!(there, "http://127.0.0.1:7/metadata?resource=r");
    }
}
