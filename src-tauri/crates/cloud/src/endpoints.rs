//! Who may be asked, for what, with which token, how often: one table.
//!
//! A `nextLink` or any other address that an answer names goes through [`Endpoints::check`] before it is asked.
//! Never here: a redirect that is followed (none is), a way to add a host at run time.

use std::fmt;
use std::net::IpAddr;

mod national;
mod portal;
mod route;
mod table;

pub use national::{CloudKind, china};
pub use reqwest::Url;
pub use route::{Proxy, Route};
pub use table::{Audience, Budget, Purpose, Row};

use portal::Portals;
use table::Resources;

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
    /// One of Microsoft's clouds, or one whose addresses were typed; with the system's authorities.
    Microsoft,
    /// A sandbox on loopback. Its own authority is the only one that is trusted.
    Sandbox { ca_pem: String },
}

impl fmt::Debug for Kind {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Microsoft => out.write_str("Microsoft"),
            Self::Sandbox { .. } => out.write_str("Sandbox"),
        }
    }
}

/// The addresses of one cloud and the way to them. Made by [`Endpoints::public`], [`Endpoints::national`],
/// [`Endpoints::custom`] or [`Endpoints::sandbox`] only.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Endpoints {
    pub authority: Url,
    pub arm: Url,
    pub graph: Url,
    pub logs: Url,
    pub smtp: SmtpHost,
    pub kind: Kind,
    /// How requests leave this machine.
    pub route: Route,
    /// Where a sandbox plays a machine's identity service: a plain http origin on loopback.
    pub(crate) identity: Option<Url>,
    resources: Resources,
    /// Where people see it; unknown where addresses were typed.
    portals: Option<Portals>,
    /// Whether published limits are kept.
    limited: bool,
}

impl Endpoints {
    /// The public cloud; GCC uses it too.
    ///
    /// # Errors
    /// Never in practice: the addresses are constants.
    pub fn public() -> Result<Self, Refused> {
        Self::national(CloudKind::Public)
    }

    /// A cloud whose addresses were typed, such as one that only its own customers know. Its APIs' names, which
    /// tokens are asked for, are taken to be their addresses.
    ///
    /// # Errors
    /// [`Refused`], naming the first address that isn't an https origin without path, or lies on loopback.
    pub fn custom(
        authority: &str,
        arm: &str,
        graph: &str,
        logs: &str,
        smtp: SmtpHost,
    ) -> Result<Self, Refused> {
        let remote = |address: &str| {
            let url = origin(address)?;
            let why = "loopback is the sandbox's, not a cloud's".to_owned();
            if is_loopback(&url) { Err(Refused { host: host(&url), why }) } else { Ok(url) }
        };
        // A host of mail is written without a scheme; with one it obeys the same rules.
        remote(&format!("https://{}", smtp.host))?;
        Ok(Self {
            authority: remote(authority)?,
            resources: Resources::named_after(&remote(arm)?, &remote(graph)?, &remote(logs)?),
            arm: remote(arm)?,
            graph: remote(graph)?,
            logs: remote(logs)?,
            smtp,
            portals: None,
            kind: Kind::Microsoft,
            limited: true,
            route: Route::default(),
            identity: None,
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
        let local = |address: &str| {
            let url = origin(address)?;
            let why = "a sandbox lies on loopback only".to_owned();
            if is_loopback(&url) { Ok(url) } else { Err(Refused { host: host(&url), why }) }
        };
        local(&format!("https://{}", smtp.host))?;
        Ok(Self {
            authority: local(authority)?,
            arm: local(arm)?,
            graph: local(graph)?,
            logs: local(logs)?,
            smtp,
            kind: Kind::Sandbox { ca_pem },
            limited: false,
            route: Route::default(),
            identity: None,
            resources: Resources::PUBLIC,
            portals: Some(Portals::of(CloudKind::Public)),
        })
    }

    /// A sandbox that answers 429 beyond the published limits is asked within them, as Microsoft's clouds always are.
    pub fn limited(self) -> Self {
        Self { limited: true, ..self }
    }

    /// The same cloud by another way out of this machine. A sandbox takes no proxy that lies elsewhere: nothing of
    /// it may leave loopback.
    pub fn via(self, route: Route) -> Self {
        let elsewhere = match &route.proxy {
            Proxy::Explicit { address, .. } => !is_loopback(address),
            Proxy::System | Proxy::None => false,
        };
        match self.kind {
            Kind::Sandbox { .. } if elsewhere => self,
            _ => Self { route, ..self },
        }
    }

    /// The same sandbox with an identity service, which stands for the one at `http://169.254.169.254`.
    ///
    /// # Errors
    /// [`Refused`] where this is no sandbox, or the address no http origin on loopback.
    pub fn identity_at(self, address: &str) -> Result<Self, Refused> {
        let url = parse(address)?;
        let sandbox = matches!(self.kind, Kind::Sandbox { .. });
        if !sandbox || url.scheme() != "http" || url.path() != "/" || !is_loopback(&url) {
            let why = "only a sandbox plays an identity service, by http on loopback";
            return Err(Refused { host: host(&url), why: why.into() });
        }
        Ok(Self { identity: Some(url), ..self })
    }

    /// The scope to ask a token for, `<resource>/.default`. A sandbox signs for the public cloud's resources.
    /// <https://learn.microsoft.com/entra/identity-platform/scopes-oidc#the-default-scope>
    pub fn scope(&self, audience: Audience) -> String {
        format!("{}/.default", self.resources.of(audience))
    }

    /// The table: who is asked, for the user to read and for every request to obey.
    pub fn table(&self) -> [Row; 6] {
        Purpose::ALL.map(|purpose| self.row(purpose))
    }

    pub(crate) fn row(&self, purpose: Purpose) -> Row {
        Row {
            purpose,
            host: host(self.origin(purpose)),
            audience: purpose.audience(),
            budget: if self.limited { purpose.published() } else { None },
            timeout: purpose.timeout(),
            longest_body: purpose.longest_body(),
        }
    }

    /// Where requests of a purpose go.
    pub(crate) fn origin(&self, purpose: Purpose) -> &Url {
        match purpose {
            Purpose::SignIn => &self.authority,
            Purpose::Arm => &self.arm,
            Purpose::Incidents | Purpose::Mail | Purpose::Directory => &self.graph,
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

/// An https origin: nothing behind the port, nobody before the host.
fn origin(address: &str) -> Result<Url, Refused> {
    let url = parse(address)?;
    let why = if url.scheme() != "https" {
        "the address has to begin with `https://`"
    } else if !url.username().is_empty() || url.password().is_some() {
        "the address names a user"
    } else if url.path() != "/" || url.query().is_some() || url.fragment().is_some() {
        "the address has to end with the host, without a path"
    } else {
        return Ok(url);
    };
    Err(Refused { host: host(&url), why: why.into() })
}

fn is_loopback(url: &Url) -> bool {
    let name = url.host_str().unwrap_or_default();
    let bare = name.trim_start_matches('[').trim_end_matches(']');
    name == "localhost" || bare.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests;
