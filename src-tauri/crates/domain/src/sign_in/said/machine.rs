//! What keeps this machine's own sign-ins from working: the Azure CLI's, and its managed identity.

use std::fmt::Display;

use super::{Said, Whom, said};

const INSTALL: &str = "Install Azure CLI 2.54 or newer: https://aka.ms/azcli. Then run `az login`.";
const WHERE: &str = "A managed identity exists on Azure virtual machines, App Service and the like: assign one there, or \
                     choose another way in.";

pub fn no_cli() -> Said {
    said("Azure CLI is not installed, or not on the PATH.", INSTALL)
}

pub fn old_cli() -> Said {
    said("Azure CLI is too old: it does not say when its tokens end.", INSTALL)
}

/// Its token can't see what Graph is asked for; nothing was sent.
pub fn blind_cli() -> Said {
    said(
        "Azure CLI's token for Microsoft Graph does not hold `SecurityIncident.Read.All`, so Defender's incidents can't \
         be read with it.",
        "Sentinel and Log Analytics are read with it all the same. For Graph, sign in through the system's browser or \
         with an app registration.",
    )
}

impl Whom<'_> {
    /// `first`: the first line of what `az` said, which is written for people.
    pub fn cli_refuses(&self, first: &str) -> Said {
        said(
            format!("Azure CLI gives no token for tenant `{}`: {first}", self.tenant),
            self.in_a_terminal(None),
        )
    }

    /// `claims`: as `az login --claims-challenge` takes them.
    pub fn cli_challenged(&self, claims: &str) -> Said {
        said(
            format!("A Conditional Access policy of tenant `{}` asks for another sign-in.", self.tenant),
            self.in_a_terminal(Some(claims)),
        )
    }

    fn in_a_terminal(&self, claims: Option<&str>) -> String {
        format!("Run `{}` in a terminal, then try again.", self.login(claims))
    }

    /// <https://learn.microsoft.com/cli/azure/reference-index#az-login>
    fn login(&self, claims: Option<&str>) -> String {
        let challenge = claims.map(|claims| format!(" --claims-challenge \"{claims}\"")).unwrap_or_default();
        format!("az login --tenant \"{}\"{challenge}", self.tenant)
    }

    pub fn identity_refused(&self) -> Said {
        let identity = match self.client {
            "" => "a system-assigned identity".to_owned(),
            client => format!("the identity `{client}`"),
        };
        said(
            format!("This machine's identity service gives no token for {identity}."),
            "Assign the identity to this machine, or correct its client ID; an empty one means system-assigned.",
        )
    }

    /// The service caches tokens and takes no claims.
    pub fn identity_challenged(&self, claims: &str) -> Said {
        said(
            format!(
                "A Conditional Access policy of tenant `{}` asks for another sign-in, which a managed identity can't make.",
                self.tenant
            ),
            format!(
                "Exclude the identity from the policy, or sign in as a person: `{}`, then connect through Azure CLI.",
                self.login(Some(claims))
            ),
        )
    }
}

pub fn no_identity() -> Said {
    said("This machine offers no managed identity: its identity service does not answer.", WHERE)
}

pub fn identity_answers(status: u16) -> Said {
    said(format!("This machine's identity service answers {status}."), WHERE)
}

/// No client can be made that asks the service.
pub fn no_identity_client() -> Said {
    said("No client for the identity service can be made.", WHERE)
}

/// A machine of a kind that is recognised and not supported.
pub fn unusable_identity(why: impl Display) -> Said {
    said(
        format!("No managed identity can be used here: {why}."),
        "Virtual machines and App Service are supported; on others, sign in by another way.",
    )
}
