//! Microsoft's clouds as values: nothing but the addresses differs between them.
//!
//! Addresses: <https://learn.microsoft.com/graph/deployments> (sign-in, Graph),
//! <https://learn.microsoft.com/azure/azure-government/compare-azure-government-global-azure> (ARM, Log Analytics),
//! <https://learn.microsoft.com/microsoft-365/enterprise/microsoft-365-u-s-government-gcc-high-endpoints> and its
//! page for DoD (Exchange). Not confirmed by a page of Microsoft's: that DoD has no ARM of its own, and the hosts that
//! take mail in GCC High and DoD.

use std::borrow::Cow;

use domain::fault::{Code, Fault};

use super::portal::Portals;
use super::table::Resources;
use super::{Endpoints, Kind, Refused, Route, SmtpHost, parse};

/// Which of Microsoft's clouds a tenant lies in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CloudKind {
    /// The public cloud; GCC uses it too.
    Public,
    GccHigh,
    Dod,
}

/// Why Azure in China can't be connected.
/// <https://aka.ms/sentinelretirementinchina>
pub fn china() -> Fault {
    Fault::new(
        Code::Invalid,
        "Microsoft Sentinel was retired in Azure operated by 21Vianet (China) on 18 August 2026, so there is nothing \
         to connect to there.",
    )
    .hint("Connect the workspace that took its place in another cloud.")
}

struct Addresses {
    authority: &'static str,
    arm: &'static str,
    graph: &'static str,
    logs: &'static str,
    exchange: &'static str,
    smtp: &'static str,
}

impl CloudKind {
    fn addresses(self) -> Addresses {
        let government = Addresses {
            authority: "https://login.microsoftonline.us",
            arm: "https://management.usgovcloudapi.net",
            graph: "https://graph.microsoft.us",
            logs: "https://api.loganalytics.us",
            exchange: "https://outlook.office365.us",
            smtp: "smtp.office365.us",
        };
        match self {
            Self::Public => Addresses {
                authority: "https://login.microsoftonline.com",
                arm: "https://management.azure.com",
                graph: "https://graph.microsoft.com",
                logs: "https://api.loganalytics.io",
                exchange: "https://outlook.office365.com",
                smtp: "smtp.office365.com",
            },
            Self::GccHigh => government,
            Self::Dod => Addresses {
                graph: "https://dod-graph.microsoft.us",
                exchange: "https://outlook-dod.office365.us",
                smtp: "outlook-dod.office365.us",
                ..government
            },
        }
    }
}

impl Endpoints {
    /// One of Microsoft's clouds.
    ///
    /// # Errors
    /// Never in practice: the addresses are constants.
    pub fn national(kind: CloudKind) -> Result<Self, Refused> {
        let Addresses { authority, arm, graph, logs, exchange, smtp } = kind.addresses();
        Ok(Self {
            authority: parse(authority)?,
            arm: parse(arm)?,
            graph: parse(graph)?,
            logs: parse(logs)?,
            smtp: SmtpHost { host: smtp.into(), port: 587 },
            portals: Some(Portals::of(kind)),
            kind: Kind::Microsoft,
            limited: true,
            route: Route::default(),
            identity: None,
            resources: Resources {
                arm: Cow::Borrowed(arm),
                graph: Cow::Borrowed(graph),
                logs: Cow::Borrowed(logs),
                exchange,
            },
        })
    }
}
