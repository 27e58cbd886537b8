//! The thirty playbooks of the demo tenant.
//!
//! Data only; `offends` is written by hand and is the truth. Paths and methods are those of the Sentinel connector.

use super::Trigger::{Alert, Entity, Incident, Recurrence, Request};
use super::step::Step::{Call, Compose, Each, Entities, Http, If, Note, Scope, Switch, Update};
use super::{Blueprint, playbook};
use crate::content::planted::{fail, warn};

const ARM_ID: &str = "@triggerBody()?['object']?['id']";
const TITLE: &str = "@{triggerBody()?['object']?['properties']?['title']}";
const ALERTS: &str = "@triggerBody()?['object']?['properties']?['alerts']";
const DEFENDER_LINK: &str =
    "@{triggerBody()?['object']?['properties']?['additionalData']?['providerIncidentUrl']}";
const SEVERITY: &str = "@triggerBody()?['object']?['properties']?['severity']";
/// The Sentinel connector's path to the incidents of this workspace, and to the incident of an alert.
const INCIDENTS: &str = "/Incidents/subscriptions/@{encodeURIComponent('%sub%')}/resourceGroups/@{encodeURIComponent('%rg%')}/workspaces/@{encodeURIComponent('%ws%')}";
const OF_ALERT: &str = "/Incidents/subscriptions/@{encodeURIComponent('%sub%')}/resourceGroups/@{encodeURIComponent('%rg%')}/workspaces/@{encodeURIComponent('%ws%')}/alerts/@{encodeURIComponent(triggerBody()?['SystemAlertId'])}";
const LIST_ITEM: &str = "/Watchlists/subscriptions/@{encodeURIComponent('%sub%')}/resourceGroups/@{encodeURIComponent('%rg%')}/workspaces/@{encodeURIComponent('%ws%')}/watchlists/@{encodeURIComponent('NetworkBlocks')}/watchlistItem";
const CHANNEL: &str = "/beta/teams/conversation/message/poster/@{encodeURIComponent('Flow bot')}/location/@{encodeURIComponent('Channel')}";
const TICKETS: &str = "/api/now/v2/table/@{encodeURIComponent('incident')}";
const ISSUES: &str = "/v2/3/issue";
const MAIL: &str = "/v2/Mail";
const POST: &str = "post";

#[rustfmt::skip]
pub(super) const TABLE: &[Blueprint] = &[
    playbook("Notify-Teams-SOC", Incident, &[
        Call("Post_message", "teams", POST, CHANNEL, &[("messageBody", TITLE), ("link", DEFENDER_LINK), ("recipient", "19:soc@thread.tacv2")]),
    ]),
    playbook("Enrich-IPReputation", Incident, &[
        Entities("Entities_-_Get_IPs", "ip"),
        Each("For_each_IP", "@body('Entities_-_Get_IPs')?['IPs']", &[
            Http("Ask_reputation", "GET", "https://reputation.example/v1/@{items('For_each_IP')?['Address']}", &[]),
            Note("<p>Reputation: @{body('Ask_reputation')?['score']}</p>"),
        ]),
    ]),
    playbook("Create-ServiceNow-Ticket", Incident, &[
        Call("Create_Record", "service-now", POST, TICKETS, &[
            ("short_description", TITLE),
            ("comments", "@{triggerBody()?['object']?['properties']?['description']}"),
            ("correlation_display", "@{triggerBody()?['object']?['properties']?['incidentUrl']}"),
        ]),
        Update(&[("tagsToAdd", "ticket")]),
    ]).offends(&[warn("PB-06")]),
    // Reads the Defender link: the remedy of PB-06, not the fault.
    playbook("Create-Jira-Issue", Incident, &[
        Call("Create_issue", "jira", POST, ISSUES, &[("summary", TITLE), ("customfield_10010", DEFENDER_LINK)]),
        Note("<p>Issue @{body('Create_issue')?['key']}</p>"),
    ]),
    playbook("Mail-Incident-Summary", Incident, &[
        If("Severity_is_high", [SEVERITY, "High"], &[
            Scope("Send", &[
                Call("Send_an_email_(V2)", "office365", POST, MAIL, &[
                    ("To", "soc@%domain%"), ("Subject", TITLE),
                    ("Body", "<p>@{triggerBody()?['object']?['properties']?['description']}</p>"),
                ]),
            ]),
        ], &[Note("<p>No mail below High.</p>")]),
    ]).offends(&[warn("PB-06")]),
    playbook("Isolate-Machine", Incident, &[
        Entities("Entities_-_Get_Hosts", "host"),
        Each("For_each_host", "@body('Entities_-_Get_Hosts')?['Hosts']", &[
            Call("Isolate", "wdatp", POST, "/api/machines/@{encodeURIComponent(items('For_each_host')?['MdatpDeviceId'])}/isolate", &[("Comment", TITLE), ("IsolationType", "Full")]),
        ]),
        Note("<p>Isolated.</p>"),
    ]),
    playbook("Revoke-EntraSessions", Incident, &[
        Entities("Entities_-_Get_Accounts", "account"),
        Each("For_each_account", "@body('Entities_-_Get_Accounts')?['Accounts']", &[
            Http("Revoke", "POST", "https://graph.microsoft.com/v1.0/users/@{items('For_each_account')?['AadUserId']}/revokeSignInSessions", &[]),
        ]),
    ]),
    playbook("Reset-UserPassword", Incident, &[
        Entities("Entities_-_Get_Accounts", "account"),
        Each("For_each_account", "@body('Entities_-_Get_Accounts')?['Accounts']", &[
            Call("Ask_manager", "office365", POST, "/approvalmail/$subscriptions", &[("To", "helpdesk@%domain%"), ("Subject", "Reset a password?")]),
        ]),
    ]),
    playbook("Block-IP-Firewall", Incident, &[
        Entities("Entities_-_Get_IPs", "ip"),
        Each("For_each_IP", "@body('Entities_-_Get_IPs')?['IPs']", &[
            Http("Block", "PUT", "https://firewall.example/api/block/@{items('For_each_IP')?['Address']}", &[("reason", TITLE)]),
        ]),
        Note("<p>Blocked.</p>"),
    ]),
    // PUT on a watchlist's path looks like the incident path and is not it.
    playbook("Add-To-Watchlist", Incident, &[
        Entities("Entities_-_Get_IPs", "ip"),
        Each("For_each_IP", "@body('Entities_-_Get_IPs')?['IPs']", &[
            Call("Add_item", "azuresentinel", "put", LIST_ITEM, &[("Network", "@{items('For_each_IP')?['Address']}")]),
        ]),
    ]),
    playbook("Close-Duplicates", Incident, &[
        Call("Find_earlier", "azuremonitorlogs", POST, "/queryData", &[("query", "SecurityIncident | summarize arg_max(TimeGenerated, *) by IncidentName | where Status != 'Closed'")]),
        Update(&[("status", "Closed"), ("classification", "Undetermined")]),
    ]),
    playbook("Join-Related-Alerts", Incident, &[
        Each("For_each_alert", ALERTS, &[
            Call("Add_alert_to_incident", "azuresentinel", POST, "/Incidents/Relation/Create", &[("incidentArmId", ARM_ID), ("relatedResourceId", "@{items('For_each_alert')?['id']}")]),
        ]),
    ]).offends(&[fail("PB-05")]),
    playbook("Split-Noisy-Alerts", Incident, &[
        Switch("By_severity", SEVERITY, "Low", &[
            Each("For_each_alert", ALERTS, &[
                Call("Remove_alert_from_incident", "azuresentinel", POST, "/Incidents/Relation/Delete", &[("incidentArmId", ARM_ID), ("relatedResourceId", "@{items('For_each_alert')?['id']}")]),
            ]),
        ], &[Note("<p>Kept together.</p>")]),
    ]).offends(&[fail("PB-05")]),
    playbook("Create-Child-Incident", Incident, &[
        If("Is_high", [SEVERITY, "High"], &[], &[
            Call("Create_incident", "azuresentinel", "put", INCIDENTS, &[("title", "Follow-up"), ("severity", "Medium"), ("status", "New")]),
        ]),
    ]).offends(&[fail("PB-05")]),
    playbook("Route-By-Provider", Incident, &[
        If("From_Defender", ["@triggerBody()?['object']?['properties']?['providerName']", "Microsoft 365 Defender"], &[
            Update(&[("tagsToAdd", "defender")]),
        ], &[Update(&[("tagsToAdd", "sentinel")])]),
    ]).offends(&[warn("PB-06")]),
    playbook("Page-OnCall", Incident, &[
        Http("Page", "POST", "https://pager.example/v2/enqueue", &[
            ("summary", TITLE),
            ("link", "https://portal.azure.com/#asset/Microsoft_Azure_Security_Insights/Incident@{triggerBody()?['object']?['id']}"),
        ]),
    ]).offends(&[warn("PB-06")]),
    playbook("Tag-Business-Unit", Incident, &[
        Compose("Unit", "@first(split(triggerBody()?['object']?['properties']?['title'], ' '))"),
        Update(&[("tagsToAdd", "@{outputs('Unit')}")]),
    ]),
    playbook("Escalate-VIP", Incident, &[
        Entities("Entities_-_Get_Accounts", "account"),
        Update(&[("severity", "High"), ("tagsToAdd", "vip")]),
    ]),
    // Switched off: would offend PB-05 and PB-06.
    playbook("Collect-Forensics", Incident, &[
        Call("Add_alert_to_incident", "azuresentinel", POST, "/Incidents/Relation/Create", &[("incidentArmId", ARM_ID), ("relatedResourceId", "@{triggerBody()?['object']?['properties']?['description']}")]),
    ]).off(),
    // The dotted way of reading a field.
    playbook("Comment-With-Link", Incident, &[
        Note("<a href=\"@{triggerBody().object.properties.incidentUrl}\">Open</a>"),
    ]).offends(&[warn("PB-06")]),
    // GET on the incident path reads, it does not create.
    playbook("Alert-Enrich-Entities", Alert, &[
        Call("Alert_-_Get_incident", "azuresentinel", "get", OF_ALERT, &[]),
        Http("Ask_assets", "POST", "https://assets.example/v1/lookup", &[("entities", "@{triggerBody()?['Entities']}")]),
    ]),
    playbook("Alert-Notify-Mail", Alert, &[
        Call("Send_an_email_(V2)", "office365", POST, MAIL, &[("To", "cloud@%domain%"), ("Subject", "@{triggerBody()?['AlertDisplayName']}")]),
    ]).offends(&[fail("PB-02")]),
    playbook("Alert-Close-Scanner", Alert, &[
        Call("Alert_-_Get_incident", "azuresentinel", "get", OF_ALERT, &[]),
        Call("Close_incident", "azuresentinel", "put", "/Incidents", &[("incidentArmId", "@{body('Alert_-_Get_incident')?['id']}"), ("status", "Closed"), ("classification", "Undetermined")]),
    ]).offends(&[fail("PB-02")]),
    playbook("Triage-Cloud-Control-Plane", Incident, &[
        Call("Run_query", "azuremonitorlogs", POST, "/queryData", &[("query", "AzureActivity | where TimeGenerated > ago(1d) | take 50")]),
        Note("<p>@{length(body('Run_query')?['value'])} operations in a day.</p>"),
    ]).offends(&[fail("PB-02")]),
    playbook("Entity-Isolate-Host", Entity("Host"), &[
        Call("Isolate", "wdatp", POST, "/api/machines/@{encodeURIComponent(triggerBody()?['Entity']?['properties']?['MdatpDeviceId'])}/isolate", &[("Comment", "By hand"), ("IsolationType", "Full")]),
    ]),
    playbook("Entity-Block-IP", Entity("IP"), &[
        Http("Block", "PUT", "https://firewall.example/api/block/@{triggerBody()?['Entity']?['properties']?['Address']}", &[]),
    ]),
    playbook("Entity-Revoke-Account", Entity("Account"), &[
        Http("Revoke", "POST", "https://graph.microsoft.com/v1.0/users/@{triggerBody()?['Entity']?['properties']?['AadUserId']}/revokeSignInSessions", &[]),
    ]),
    playbook("Nightly-Watchlist-Refresh", Recurrence(1, "Day"), &[
        Http("Get_networks", "GET", "https://ipam.example/networks.csv", &[]),
        Call("Add_item", "azuresentinel", "put", LIST_ITEM, &[("Network", "@{body('Get_networks')}")]),
    ]),
    // No Sentinel trigger, yet it makes incidents.
    playbook("Poll-Phishing-Mailbox", Recurrence(10, "Minute"), &[
        Call("Get_emails", "office365", "get", "/v3/Mail", &[]),
        Each("For_each_mail", "@body('Get_emails')?['value']", &[
            Call("Create_incident", "azuresentinel", "put", INCIDENTS, &[("title", "Phishing report: @{items('For_each_mail')?['Subject']}"), ("severity", "Medium"), ("status", "New")]),
        ]),
    ]).offends(&[fail("PB-05")]),
    playbook("Ticket-Webhook-Receiver", Request, &[
        Call("Update_incident", "azuresentinel", "put", "/Incidents", &[("incidentArmId", "@{triggerBody()?['correlation_id']}"), ("status", "Active")]),
    ]),
];
