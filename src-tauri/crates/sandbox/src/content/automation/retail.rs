//! Automation rules of the second workspace that the move breaks or changes.
//!
//! Data only; `offends` is written by hand and is the truth.

use super::{Blueprint, created, updated};
use crate::content::action::Act::{Close, CloseBare, Owner, Run, Severity, Tag};
use crate::content::condition::Cond::{Added, All, Any, Changed, Is, Item, OwnerChanged, Rules};
use crate::content::condition::Target::Rule;
use crate::content::planted::{fail, warn};

#[rustfmt::skip]
pub(super) const BROKEN: &[Blueprint] = &[
    created(21, "Keep Sentinel's own incidents in the queue",
        &[Rules(&[Rule("Security log cleared")]),
          Item("CustomDetailValues", &[All(&[Is("IncidentCustomDetailsValue", "Equals", &["store"]), Is("IncidentProviderName", "NotEquals", &["Microsoft 365 Defender"])])])],
        &[Owner(5)]).offends(&[fail("AU-01")]),
    created(22, "Close voucher noise by title",
        &[Rules(&[Rule("Mass download from SharePoint")]),
          All(&[Is("IncidentSeverity", "Equals", &["Low"]), Any(&[Is("IncidentTitle", "Contains", &["voucher"]), Is("IncidentTitle", "EndsWith", &["(promo)"])])])],
        &[Close("FalsePositive", Some("InaccurateData"))]).offends(&[fail("AU-02")]),
    created(23, "Route card data by its text",
        &[Rules(&[Rule("Anonymous link to a sensitive library")]), Is("IncidentDescription", "Contains", &["card"])],
        &[Tag(&["card-data"])]).offends(&[fail("AU-03")]),
    updated(24, "Ignore what Defender updates",
        &[All(&[Is("IncidentUpdatedBySource", "NotEquals", &["Microsoft Defender XDR"]), Is("IncidentSeverity", "Equals", &["High"])])],
        &[Tag(&["hand-made"])]).offends(&[warn("AU-04")]),
    created(25, "Own every high incident",
        &[Is("IncidentSeverity", "Equals", &["High"])],
        &[Owner(4)]).offends(&[warn("AU-05")]),
    // Scoped on one side only, two levels down.
    created(26, "Open issues for stores",
        &[Any(&[All(&[Rules(&[Rule("Firewall rule opened to any source")]), Is("IncidentStatus", "Equals", &["New"])]),
                All(&[Is("AlertProductNames", "Contains", &["Microsoft Defender for Endpoint"]), Is("HostName", "StartsWith", &["store-"])])])],
        &[Run("Create-Jira-Issue")]).offends(&[fail("AU-05")]),
    created(27, "Watch new local administrators",
        &[Rules(&[Rule("Audit policy changed"), Rule("Local administrator created")])],
        &[Severity("Medium")]).offends(&[fail("AU-07")]),
    updated(28, "Greet a new owner", &[OwnerChanged], &[Run("Notify-Teams-SOC")]).offends(&[warn("AU-08")]),
    // The guard makes it safe from merges; it still relies on a single update.
    updated(29, "Close the store ticket, not after a merge",
        &[Changed("IncidentStatus", "ChangedTo", &["Closed"]), Is("IncidentLabel", "NotEquals", &["Redirected"])],
        &[Tag(&["ticket-closed"])]).offends(&[warn("AU-08")]),
    updated(30, "Follow labels and alerts",
        &[Any(&[Added("Labels"), Added("Alerts")])],
        &[Run("Tag-Business-Unit")]).offends(&[fail("AU-09")]),
    created(31, "Quiet the till migration",
        &[Rules(&[Rule("Scheduled task made by a script host")])],
        &[Tag(&["till-migration"])]).lives(3000, 720).offends(&[warn("AU-12")]),
    created(32, "Close sinkhole tests", &[Rules(&[Rule("DNS query for a sinkholed domain")]), Is("HostName", "Equals", &["dns-test"])],
        &[CloseBare]).offends(&[warn("AU-12")]),
    // Made from an incident, its life prolonged, its default closing kept.
    created(33, "Suppress: Sudoers file changed",
        &[Rules(&[Rule("Sudoers file changed")]), Is("HostName", "Equals", &["store-bak-02"])],
        &[Close("BenignPositive", Some("SuspiciousButExpected"))]).lives(400, 2160).offends(&[warn("AU-12")]),
    // An alert playbook under an incident rule.
    created(34, "Close the scanner's alerts",
        &[Rules(&[Rule("SSH logins refused for many users")])],
        &[Run("Alert-Close-Scanner"), Tag(&["scanner"])]).lives(2, 12).offends(&[warn("AU-12")]),
];
