//! Automation rules that survive the move, among them the look-alikes of every fault.
//!
//! Data only. A rule here offends nothing: it is scoped to analytics rules, or switched off, or guarded.

use super::{Blueprint, alert, created, updated};
use crate::content::action::Act::{Close, CloseBare, Owner, Run, Severity, Status, Tag, Task};
use crate::content::condition::Cond::{Added, AlertRules, All, Any, Changed, Is, Item, Rules};
use crate::content::condition::Target::{Fusion, Gone, OtherCase, Rule};

#[rustfmt::skip]
pub(super) const PRIMARY: &[Blueprint] = &[
    created(1, "Assign identity attacks to the identity team",
        &[Rules(&[Rule("Password spray against many accounts"), Rule("MFA prompts refused many times")])],
        &[Owner(0), Tag(&["identity"])]),
    created(2, "Close port sweeps by the vulnerability scanner",
        &[Rules(&[Rule("Port sweep from one internal host")]), Is("IPAddress", "Equals", &["10.20.4.15", "10.20.4.16"])],
        &[Close("FalsePositive", Some("InaccurateData"))]),
    created(3, "Enrich network incidents with address reputation",
        &[Rules(&[Rule("Traffic to a known command server"), Rule("IPS signature for a remote code flaw")])],
        &[Run("Enrich-IPReputation")]),
    created(4, "Raise severity for administrators",
        &[Rules(&[Rule("Token used from two networks at once")]),
          Any(&[Is("AccountName", "StartsWith", &["adm-"]), Is("AccountUPNSuffix", "Equals", &["admin.contoso.example"])])],
        &[Severity("High")]),
    // Each branch names its analytics rule, so the rule is scoped.
    created(5, "Page the on-call for signs of ransomware",
        &[Any(&[All(&[Rules(&[Rule("Shadow copies deleted")]), Is("IncidentSeverity", "Equals", &["High"])]),
                Rules(&[Rule("Many files renamed with a new extension")])])],
        &[Run("Notify-Teams-SOC"), Tag(&["ransomware"])]),
    created(6, "Steps for a forwarding mailbox rule",
        &[Rules(&[Rule("Mailbox rule forwards to an outside address")])],
        &[Task("Remove the rule", "Remove the inbox rule and keep a copy of it."), Task("Ask the user", "Ask whether the user made it.")]),
    // The id in other capitals is the same rule, near real time.
    created(7, "Revoke sessions after a privileged role was given",
        &[Rules(&[OtherCase("NRT User added to a privileged role")])],
        &[Run("Revoke-EntraSessions")]),
    created(8, "Tag incidents of the payment zone",
        &[Rules(&[Rule("Database dump by a service account")]),
          Item("CustomDetailValues", &[Is("IncidentCustomDetailsValue", "Contains", &["pci"])])],
        &[Tag(&["pci"])]),
    // The same order, and nothing that contradicts.
    created(9, "Own AWS root incidents", &[Rules(&[Rule("AWS root account used")])], &[Owner(3)]),
    created(9, "Tag AWS root incidents", &[Rules(&[Rule("AWS root account used")])], &[Tag(&["aws"])]),
    // The same order as a rule that is off.
    created(10, "Raise public buckets", &[Rules(&[Rule("S3 bucket made public")])], &[Severity("High")]),
    created(10, "Lower public buckets (trial)", &[Rules(&[Rule("S3 bucket made public")])], &[Severity("Low")]).off(),
    updated(11, "Copy comments to the chat", &[Added("Comments")], &[Run("Notify-Teams-SOC")]),
    updated(12, "Reassess when alerts join, not after a merge",
        &[Added("Alerts"), Is("IncidentLabel", "NotEquals", &["Redirected"])],
        &[Tag(&["grown"])]),
    updated(13, "Mark what a playbook touched",
        &[Is("IncidentUpdatedBySource", "Equals", &["Playbook"])],
        &[Tag(&["touched-by-playbook"])]),
    // Switched off: would offend AU-01, AU-02, AU-03, AU-05 and AU-07.
    created(14, "Old Defender import rule",
        &[Is("IncidentProviderName", "Equals", &["Microsoft 365 Defender"]), Is("IncidentTitle", "Contains", &["malware"]),
          Is("IncidentDescription", "Contains", &["quarantine"]), Any(&[Rules(&[Gone("old-import")]), Rules(&[Fusion])])],
        &[CloseBare]).off(),
    // Switched off: would offend AU-06.
    alert(15, "Old alert enrichment", &[AlertRules(&[Rule("Reverse shell started")])], &[Run("Alert-Enrich-Entities")]).off(),
    // Switched off: would offend AU-08, AU-09 and, expired, AU-12.
    updated(16, "Old close mirror", &[Changed("IncidentStatus", "ChangedTo", &["Closed"])], &[Tag(&["mirrored"])]).off().lives(4000, 720),
];

#[rustfmt::skip]
pub(super) const RETAIL: &[Blueprint] = &[
    created(1, "Assign store network incidents",
        &[Rules(&[Rule("VPN logins from two countries"), Rule("Beaconing at a steady interval")])],
        &[Owner(4), Status("Active")]),
    created(2, "Close pen-test traffic",
        &[Rules(&[OtherCase("Port sweep from one internal host")]), Is("IPAddress", "StartsWith", &["192.0.2."])],
        &[Close("TruePositive", Some("SuspiciousActivity")), Tag(&["pentest"])]),
    created(3, "Open a Jira issue for store servers",
        &[Rules(&[Rule("Reverse shell started"), Rule("Kernel module loaded")]), Is("HostName", "StartsWith", &["store-"])],
        &[Run("Create-Jira-Issue")]),
    created(4, "Block the source of a web attack",
        &[All(&[Rules(&[Rule("IPS signature for a remote code flaw")]), Is("IncidentSeverity", "Equals", &["High", "Medium"])])],
        &[Run("Block-IP-Firewall")]),
    created(5, "Close sign-ins of the monitoring account",
        &[Rules(&[Rule("Sign-ins from two distant places")]), Is("AccountName", "Equals", &["svc-monitor"])],
        &[Close("FalsePositive", Some("IncorrectAlertLogic"))]),
    created(6, "Close what nobody can judge",
        &[Rules(&[Rule("DNS query for a sinkholed domain")]), Is("HostName", "EndsWith", &["-lab"])],
        &[Close("Undetermined", None)]),
    created(7, "Tag till incidents", &[Rules(&[Rule("Cron job added by a web server account")])], &[Tag(&["till"])]).lives(900, 8760),
    updated(8, "Watch the tactics grow", &[Added("Tactics"), Is("IncidentSeverity", "NotEquals", &["Informational"])], &[Run("Tag-Business-Unit")]),
    // The guard in small letters holds as well: tags compare without case.
    updated(9, "Ticket label sync, not after a merge",
        &[Added("Labels"), Is("IncidentLabel", "NotEquals", &["redirected"])],
        &[Run("Tag-Business-Unit")]),
    alert(10, "Old till alert rule", &[AlertRules(&[Gone("till")])], &[Run("Alert-Enrich-Entities")]).off(),
];
