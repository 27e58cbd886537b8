//! Alerts, entities, comments and tasks out of either API's answer. An entity without a name says nothing and is left out.

use domain::incident::part::{Alert, Comment, Entity, Task, TaskStatus};
use domain::incident::{Api, Severity};
use serde_json::Value;
use wire::Maybe;
use wire::arm::incident::{Comment as ArmComment, Entity as ArmEntity, IncidentAlert, Task as ArmTask};
use wire::arm::resource::Person;
use wire::graph::alert::Alert as GraphAlert;
use wire::graph::comment::Comment as GraphComment;

use crate::incident::{moment, text};

/// The longest name of an entity that is kept: a URL of 2,000 characters fits.
const LONGEST: usize = 2_000;

/// Sentinel's telling of an alert.
pub fn sentinel_alert(wire: &IncidentAlert) -> Alert {
    let empty = Default::default();
    let said = wire.properties.as_ref().unwrap_or(&empty);
    Alert {
        id: text(&said.system_alert_id).or_else(|| text(&wire.name)).unwrap_or_default(),
        title: text(&said.alert_display_name).or_else(|| text(&said.friendly_name)).unwrap_or_default(),
        severity: Severity::parse(said.severity.as_deref().unwrap_or_default()),
        status: text(&said.status),
        product: text(&said.product_name),
        tactics: said.tactics.items().to_vec(),
        first: moment(&said.start_time_utc),
        last: moment(&said.end_time_utc),
        api: Api::Sentinel,
    }
}

/// Graph's telling of an alert.
pub fn graph_alert(wire: &GraphAlert) -> Alert {
    Alert {
        id: text(&wire.id).unwrap_or_default(),
        title: text(&wire.title).unwrap_or_default(),
        severity: Severity::parse(wire.severity.as_deref().unwrap_or_default()),
        status: text(&wire.status),
        product: text(&wire.product_name).or_else(|| text(&wire.service_source)),
        tactics: text(&wire.category).into_iter().collect(),
        first: moment(&wire.first_activity_date_time),
        last: moment(&wire.last_activity_date_time),
        api: Api::Graph,
    }
}

pub fn sentinel_comment(wire: &ArmComment) -> Comment {
    let empty = Default::default();
    let said = wire.properties.as_ref().unwrap_or(&empty);
    let author = person(&said.author);
    let at = moment(&said.created_time_utc);
    Comment {
        text: said.message.as_deref().unwrap_or_default().to_owned(),
        author,
        at,
        api: Api::Sentinel,
        in_both: false,
    }
}

pub fn sentinel_task(wire: &ArmTask) -> Task {
    let empty = Default::default();
    let said = wire.properties.as_ref().unwrap_or(&empty);
    Task {
        title: said.title.as_deref().unwrap_or_default().to_owned(),
        description: text(&said.description),
        status: TaskStatus::parse(said.status.as_deref().unwrap_or_default()),
        created: moment(&said.created_time_utc),
        created_by: person(&said.created_by),
        changed: moment(&said.last_modified_time_utc),
        changed_by: person(&said.last_modified_by),
    }
}

fn person(told: &Maybe<Person>) -> Option<String> {
    let one = told.as_ref()?;
    [&one.name, &one.user_principal_name, &one.email, &one.object_id].into_iter().find_map(text)
}

/// Documented answers name author and time in two ways.
pub fn graph_comment(wire: &GraphComment) -> Comment {
    Comment {
        text: wire.comment.as_deref().unwrap_or_default().to_owned(),
        author: text(&wire.created_by_display_name).or_else(|| text(&wire.created_by)),
        at: moment(&wire.created_date_time).or_else(|| moment(&wire.created_time)),
        api: Api::Graph,
        in_both: false,
    }
}

/// Members that name an entity of Sentinel's, the one people know first.
/// <https://learn.microsoft.com/azure/sentinel/entities-reference>
const NAMES: &[&str] = &[
    "hostName",
    "address",
    "url",
    "hashValue",
    "fileName",
    "mailboxPrimaryAddress",
    "domainName",
    "malwareName",
    "friendlyName",
    "accountName",
    "displayName",
    "commandLine",
];

/// Members that name it too.
const ALIASES: &[&str] = &["netBiosName", "upn", "displayName", "sid", "aadUserId", "azureID", "resourceId"];

/// Sentinel's telling of an entity.
pub fn sentinel_entity(wire: &ArmEntity) -> Option<Entity> {
    let kind = text(&wire.kind)?;
    let said = wire.properties.as_ref()?;
    let member = |name: &str| word(said.get(name)?);
    let account = || Some(format!("{}@{}", member("accountName")?, member("upnSuffix")?));
    let host = || Some(format!("{}.{}", member("hostName")?, member("dnsDomain")?));
    let names = [account()].into_iter().chain(NAMES.iter().map(|name| member(name))).flatten();
    let aliases = ALIASES.iter().filter_map(|name| member(name)).chain(host());
    entity(kind, names.take(1).chain(aliases), Api::Sentinel)
}

/// Where each kind of Graph's evidence has its names, the one people know first; kinds in Sentinel's words.
/// <https://learn.microsoft.com/graph/api/resources/security-alertevidence>
const EVIDENCE: &[(&str, &str, &[&str])] = &[
    ("deviceEvidence", "Host", &["/deviceDnsName", "/hostName", "/mdeDeviceId"]),
    (
        "userEvidence",
        "Account",
        &["/userAccount/userPrincipalName", "/userAccount/accountName", "/userAccount/userSid"],
    ),
    ("ipEvidence", "Ip", &["/ipAddress"]),
    ("urlEvidence", "Url", &["/url"]),
    (
        "fileEvidence",
        "File",
        &["/fileDetails/fileName", "/fileDetails/sha256", "/fileDetails/sha1", "/fileDetails/md5"],
    ),
    ("fileHashEvidence", "FileHash", &["/value"]),
    (
        "processEvidence",
        "Process",
        &["/imageFile/fileName", "/imageFile/sha256", "/imageFile/sha1", "/processCommandLine"],
    ),
    ("mailboxEvidence", "Mailbox", &["/primaryAddress", "/upn", "/displayName"]),
    (
        "analyzedMessageEvidence",
        "MailMessage",
        &["/subject", "/networkMessageId", "/recipientEmailAddress", "/p1Sender/emailAddress"],
    ),
    ("oauthApplicationEvidence", "CloudApplication", &["/displayName", "/appId"]),
    ("cloudApplicationEvidence", "CloudApplication", &["/displayName", "/appId"]),
    ("azureResourceEvidence", "AzureResource", &["/resourceName", "/resourceId"]),
    ("securityGroupEvidence", "SecurityGroup", &["/displayName", "/securityGroupId"]),
    ("registryKeyEvidence", "RegistryKey", &["/registryKey"]),
    ("registryValueEvidence", "RegistryValue", &["/registryValueName", "/registryKey"]),
    ("malwareEvidence", "Malware", &["/name"]),
    ("dnsEvidence", "DnsResolution", &["/domainName"]),
];

/// What an alert of Graph's is about. A kind without a row above keeps Graph's own word and its `displayName`.
pub fn evidence(wire: &GraphAlert) -> Vec<Entity> {
    wire.evidence.items().iter().filter_map(one_evidence).collect()
}

fn one_evidence(said: &Value) -> Option<Entity> {
    let full = said.get("@odata.type")?.as_str()?;
    let kind = full.rsplit('.').next().unwrap_or(full);
    let known = EVIDENCE.iter().find(|(name, _, _)| *name == kind);
    let (kind, paths): (&str, &[&str]) =
        known.map_or((kind, &["/displayName", "/name"]), |(_, kind, paths)| (kind, paths));
    entity(kind.to_owned(), paths.iter().filter_map(|path| word(said.pointer(path)?)), Api::Graph)
}

fn entity(kind: String, mut names: impl Iterator<Item = String>, api: Api) -> Option<Entity> {
    let name = names.next()?;
    let mut aliases: Vec<String> = Vec::new();
    for alias in names {
        if alias != name && !aliases.contains(&alias) {
            aliases.push(alias);
        }
    }
    Some(Entity { kind, name, aliases, api })
}

fn word(value: &Value) -> Option<String> {
    let said = value.as_str().map(str::trim).filter(|said| !said.is_empty())?;
    Some(said.chars().take(LONGEST).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn told(kind: &str, properties: Value) -> Option<Entity> {
        let wire = json!({ "kind": kind, "properties": properties });
        sentinel_entity(&serde_json::from_value(wire).unwrap())
    }

    #[test]
    fn sentinels_entities_are_named_as_people_know_them() {
        let name = |kind, properties| told(kind, properties).map(|one| one.name);
        let account =
            json!({ "friendlyName": "lena", "accountName": "lena", "upnSuffix": "contoso.example" });
        assert_eq!(name("Account", account).as_deref(), Some("lena@contoso.example"));
        let local =
            json!({ "friendlyName": "administrator", "accountName": "administrator", "ntDomain": "d" });
        assert_eq!(name("Account", local).as_deref(), Some("administrator"));
        let hash = json!({ "hashValue": "5f1e", "algorithm": "SHA1", "friendlyName": "5f1e(SHA1)" });
        assert_eq!(name("FileHash", hash).as_deref(), Some("5f1e"));
        assert_eq!(name("NewKind", json!({ "friendlyName": "x" })).as_deref(), Some("x"));
        assert_eq!(name("Host", json!({})), None);
        assert_eq!(name("Host", json!({ "hostName": 7 })), None);
        let host = told("Host", json!({ "hostName": "weu-1", "dnsDomain": "corp.example" })).unwrap();
        assert_eq!(host.aliases, ["weu-1.corp.example"]);
    }

    #[test]
    fn graphs_evidence_becomes_entities_in_the_same_words() {
        let alert: GraphAlert = serde_json::from_value(json!({ "evidence": [
            { "@odata.type": "#microsoft.graph.security.deviceEvidence", "deviceDnsName": "tempDns", "mdeDeviceId": "73e7" },
            { "@odata.type": "#microsoft.graph.security.fileEvidence", "fileDetails": { "fileName": "a.exe", "sha256": "89" } },
            { "@odata.type": "#microsoft.graph.security.newEvidence", "displayName": "n" },
            { "@odata.type": "#microsoft.graph.security.ipEvidence", "ipAddress": null },
            7
        ] }))
        .unwrap();
        let told: Vec<_> =
            evidence(&alert).into_iter().map(|one| (one.kind, one.name, one.aliases)).collect();
        let row = |kind: &str, name: &str, alias: Option<&str>| {
            (kind.to_owned(), name.to_owned(), alias.map(str::to_owned).into_iter().collect::<Vec<_>>())
        };
        assert_eq!(
            told,
            [
                row("Host", "tempDns", Some("73e7")),
                row("File", "a.exe", Some("89")),
                row("newEvidence", "n", None)
            ]
        );
    }

    #[test]
    fn a_task_is_read_whole_and_an_unknown_status_is_kept() {
        let wire = json!({ "properties": {
            "title": "Ask the owner", "description": "By phone.", "status": "Blocked",
            "createdTimeUtc": "2026-11-21T09:14:22Z",
            "createdBy": { "objectId": "b6f0", "name": null, "email": "ines@fabrikam.example" }
        } });
        let task = sentinel_task(&serde_json::from_value(wire).unwrap());
        assert_eq!((task.title.as_str(), task.description.as_deref()), ("Ask the owner", Some("By phone.")));
        assert_eq!(task.status, TaskStatus::Other("Blocked".into()));
        assert_eq!(task.created_by.as_deref(), Some("ines@fabrikam.example"), "the name that there is");
        assert_eq!((task.created.is_some(), task.changed, task.changed_by), (true, None, None));
        let bare = sentinel_task(&serde_json::from_value(json!({ "properties": null })).unwrap());
        assert_eq!((bare.title.as_str(), bare.status.as_str()), ("", ""));
    }

    #[test]
    fn both_ways_of_naming_a_comments_author_are_read() {
        let read = |wire| graph_comment(&serde_json::from_value(wire).unwrap());
        let old = read(
            json!({ "comment": "Demo", "createdBy": "D", "createdTime": "2021-09-30T12:07:37.2756993Z" }),
        );
        assert_eq!((old.author.as_deref(), old.at.is_some()), (Some("D"), true));
        let new = read(json!({ "comment": "Demo", "createdByDisplayName": "N", "createdDateTime": "x" }));
        assert_eq!((new.author.as_deref(), new.at), (Some("N"), None));
    }
}
