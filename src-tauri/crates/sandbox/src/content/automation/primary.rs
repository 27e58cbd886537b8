//! Automation rules of the first workspace that the move breaks or changes.
//!
//! Data only; `offends` is written by hand and is the truth.

use super::{Blueprint, alert, created, updated};
use crate::content::action::Act::{Close, Owner, Run, RunOtherCase, Severity, Tag};
use crate::content::condition::Cond::{AlertRules, All, Any, Changed, Is, Item, Rules};
use crate::content::condition::Target::{Fusion, Gone, OtherCase, Rule};
use crate::content::planted::{fail, warn};

#[rustfmt::skip]
pub(super) const BROKEN: &[Blueprint] = &[
    created(21, "Escalate what Defender finds",
        &[Is("IncidentProviderName", "Equals", &["Microsoft 365 Defender"])],
        &[Severity("High")]).offends(&[fail("AU-01"), warn("AU-05")]),
    // Three levels down.
    created(22, "Watch Sentinel-only impact",
        &[Rules(&[Rule("Many users deleted")]),
          Any(&[Is("IncidentSeverity", "Equals", &["High"]),
                All(&[Is("IncidentStatus", "Equals", &["New"]),
                      Any(&[Is("IncidentTactics", "Contains", &["Impact"]), Is("IncidentProviderName", "Equals", &["Azure Sentinel"])])])])],
        &[Tag(&["impact"])]).offends(&[fail("AU-01")]),
    created(23, "Tag Tor sign-ins by title",
        &[Rules(&[Rule("Sign-in from a Tor exit node")]), Is("IncidentTitle", "Contains", &["Tor"])],
        &[Tag(&["tor"])]).offends(&[warn("AU-02")]),
    created(24, "Close test incidents by title",
        &[Is("IncidentTitle", "StartsWith", &["[TEST]", "[DRILL]"])],
        &[Close("Undetermined", None)]).offends(&[fail("AU-02"), fail("AU-05")]),
    created(25, "Send phishing reports to the mail team",
        &[Rules(&[Rule("Web filter blocked a phishing page")]),
          Any(&[Is("IncidentDescription", "Contains", &["reported by a user"]), Is("IncidentLabel", "Equals", &["phish"])])],
        &[Owner(1)]).offends(&[fail("AU-03")]),
    updated(26, "Count what Defender changes",
        &[Is("IncidentUpdatedBySource", "Equals", &["Microsoft 365 Defender"])],
        &[Tag(&["changed-by-defender"])]).offends(&[warn("AU-04")]),
    created(27, "Tell the SOC about everything", &[], &[Run("Notify-Teams-SOC")]).offends(&[fail("AU-05")]),
    // One branch names no analytics rule.
    created(28, "Close noisy DNS or anything informational",
        &[Any(&[Rules(&[Rule("DNS queries for new domains")]), Is("IncidentSeverity", "Equals", &["Informational"])])],
        &[Close("FalsePositive", Some("InaccurateData"))]).offends(&[fail("AU-05")]),
    alert(29, "Enrich shell alerts",
        &[AlertRules(&[Rule("Reverse shell started"), OtherCase("Encoded PowerShell started")])],
        &[Run("Alert-Enrich-Entities")]).offends(&[warn("AU-06")]),
    alert(30, "Triage role grants from alerts",
        &[AlertRules(&[Rule("Owner role given on an Azure subscription")])],
        &[Run("Triage-Cloud-Control-Plane")]).offends(&[warn("AU-06")]),
    created(31, "Own the retired proxy detection", &[Rules(&[Gone("proxy")])], &[Owner(2)]).offends(&[fail("AU-07")]),
    created(32, "Tag multistage attacks", &[Rules(&[Fusion])], &[Tag(&["multistage"])]).offends(&[fail("AU-07")]),
    updated(33, "Announce severity changes",
        &[Changed("IncidentSeverity", "ChangedTo", &["High"])],
        &[Run("Notify-Teams-SOC")]).offends(&[warn("AU-08")]),
    updated(34, "Close the ticket with the incident",
        &[Changed("IncidentStatus", "ChangedTo", &["Closed"])],
        &[Run("Create-ServiceNow-Ticket")]).offends(&[warn("AU-08"), fail("AU-09")]),
    // The same order, the same incidents, two severities.
    created(35, "Raise root logins", &[Rules(&[Rule("Root login over SSH")])], &[Severity("High")]).offends(&[warn("AU-12")]),
    created(35, "Lower root logins in the lab", &[Rules(&[Rule("Root login over SSH")])], &[Severity("Low")]).offends(&[warn("AU-12")]),
    // Made from an incident five hours ago, as the portal proposes it.
    created(36, "Suppress: Mass download from SharePoint",
        &[Rules(&[Rule("Mass download from SharePoint")]), Is("AccountName", "Equals", &["m.almeida"]), Is("IPAddress", "Equals", &["198.51.100.23"])],
        &[Close("BenignPositive", Some("SuspiciousButExpected"))]).lives(5, 24).offends(&[warn("AU-12")]),
    // An alert playbook under an incident rule, its id in other capitals; the title hides in an item condition.
    created(37, "Mail the owners of leaked keys",
        &[Rules(&[Rule("Access key made for another user")]),
          Item("CustomDetails", &[Any(&[Is("IncidentCustomDetailsKey", "Equals", &["owner"]), Is("IncidentTitle", "Contains", &["key"])])])],
        &[RunOtherCase("Alert-Notify-Mail"), Tag(&["key"])]).offends(&[warn("AU-02")]),
];
