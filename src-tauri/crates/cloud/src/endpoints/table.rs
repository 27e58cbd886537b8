//! The rows of the table: what is asked for, with which token, how often, how long, how much.

use std::borrow::Cow;
use std::time::Duration;

use reqwest::Url;

const MEGABYTE: usize = 1024 * 1024;

/// The resource that a token is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Audience {
    Arm,
    Graph,
    Logs,
    /// Exchange Online: SMTP with OAuth.
    Exchange,
}

/// The names that tokens are asked for, of each API of one cloud.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Resources {
    pub(super) arm: Cow<'static, str>,
    pub(super) graph: Cow<'static, str>,
    pub(super) logs: Cow<'static, str>,
    pub(super) exchange: &'static str,
}

impl Resources {
    pub(super) const PUBLIC: Self = Self {
        arm: Cow::Borrowed("https://management.azure.com"),
        graph: Cow::Borrowed("https://graph.microsoft.com"),
        logs: Cow::Borrowed("https://api.loganalytics.io"),
        exchange: "https://outlook.office365.com",
    };

    /// The addresses themselves. Exchange is asked for by its application id, which is the same in every cloud:
    /// <https://learn.microsoft.com/troubleshoot/entra/entra-id/governance/verify-first-party-apps-sign-in>
    pub(super) fn named_after(arm: &Url, graph: &Url, logs: &Url) -> Self {
        let named = |url: &Url| Cow::Owned(url.origin().ascii_serialization());
        Self {
            arm: named(arm),
            graph: named(graph),
            logs: named(logs),
            exchange: "00000002-0000-0ff1-ce00-000000000000",
        }
    }

    pub(super) fn of(&self, audience: Audience) -> &str {
        match audience {
            Audience::Arm => &self.arm,
            Audience::Graph => &self.graph,
            Audience::Logs => &self.logs,
            Audience::Exchange => self.exchange,
        }
    }
}

/// What a request is for. Each purpose is a row of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// Tokens.
    SignIn,
    /// Azure Resource Manager: Sentinel, workspaces, playbooks.
    Arm,
    /// Defender's incidents.
    Incidents,
    /// Sending mail, reading Sent Items.
    Mail,
    /// What the directory says of the app: service principal, grants, end dates.
    Directory,
    /// Log Analytics queries.
    Logs,
}

/// How often a purpose may be asked.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Budget {
    /// A bucket of `size` that regains `per_second`.
    Bucket { size: u32, per_second: f64 },
    /// At most `count` in any stretch of `span`.
    Window { count: u32, span: Duration },
}

/// A row of the table.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub purpose: Purpose,
    /// The one host, with its port where it isn't 443.
    pub host: String,
    /// None: no token is sent.
    pub audience: Option<Audience>,
    /// None: no limit of ours.
    pub budget: Option<Budget>,
    /// The longest that one request may take.
    pub timeout: Duration,
    /// The longest body that is read, in bytes after decompression.
    pub longest_body: usize,
}

impl Purpose {
    pub const ALL: [Purpose; 6] =
        [Self::SignIn, Self::Arm, Self::Incidents, Self::Mail, Self::Directory, Self::Logs];

    pub(super) fn audience(self) -> Option<Audience> {
        match self {
            Self::SignIn => None,
            Self::Arm => Some(Audience::Arm),
            Self::Incidents | Self::Mail | Self::Directory => Some(Audience::Graph),
            Self::Logs => Some(Audience::Logs),
        }
    }

    /// Published limits. ARM: 250 reads, 25 more each second, per subscription and principal
    /// (<https://learn.microsoft.com/azure/azure-resource-manager/management/request-limits-and-throttling>).
    /// Graph names no row for incidents; 50 a minute is what the older Defender incidents API allows
    /// (<https://learn.microsoft.com/defender-xdr/api-list-incidents>). Log Analytics: 200 in 30 s per user
    /// (<https://learn.microsoft.com/azure/azure-monitor/service-limits>).
    pub(super) fn published(self) -> Option<Budget> {
        match self {
            Self::SignIn | Self::Mail | Self::Directory => None,
            Self::Arm => Some(Budget::Bucket { size: 250, per_second: 25.0 }),
            Self::Incidents => Some(Budget::Window { count: 50, span: Duration::from_secs(60) }),
            Self::Logs => Some(Budget::Window { count: 200, span: Duration::from_secs(30) }),
        }
    }

    /// A query's answer may have about 100 MB (<https://learn.microsoft.com/azure/azure-monitor/service-limits>); a page
    /// of a list is far from 64.
    pub(super) fn longest_body(self) -> usize {
        match self {
            Self::SignIn => MEGABYTE,
            Self::Arm | Self::Incidents | Self::Mail | Self::Directory => 64 * MEGABYTE,
            Self::Logs => 112 * MEGABYTE,
        }
    }

    /// A query may run for three minutes before Log Analytics gives up on it.
    pub(super) fn timeout(self) -> Duration {
        Duration::from_secs(match self {
            Self::SignIn => 30,
            Self::Arm | Self::Incidents | Self::Mail | Self::Directory => 120,
            Self::Logs => 200,
        })
    }
}
