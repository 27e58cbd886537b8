//! ARM's JSON of an incident, its alerts, entities and comments
//! (<https://learn.microsoft.com/rest/api/securityinsights/incidents>).

use super::edit::Comment;
use super::facts::{Facts, Nature, Owner};
use super::view::View;
use crate::moment;
use crate::{json, seed};
use std::fmt::Write as _;

impl View<'_> {
    /// The incident's ARM id, in the casing that ARM serves.
    pub fn arm_id(&self, at: u32) -> String {
        let scope = &self.world.scope;
        let workspace = scope.workspaces.get(usize::from(self.unit(at).workspace)).map_or("", String::as_str);
        scope.sentinel_id(workspace, "Incidents", &self.name(at))
    }

    /// Appends the incident.
    pub fn write_arm(&self, out: &mut String, at: u32) {
        let (facts, nature) = (self.facts(at), self.nature(at));
        let id = self.arm_id(at);
        let _ = write!(out, r#"{{"id":"{id}","name":"{}","etag":"#, self.name(at));
        json::text(out, &self.etag(at));
        out.push_str(r#","type":"Microsoft.SecurityInsights/Incidents","properties":{"#);
        facts.write_arm(out);
        self.write_times(out, at);
        let _ = write!(out, r#","incidentNumber":{}"#, self.unit(at).number);
        self.write_additional(out, at, &nature);
        out.push_str(r#","relatedAnalyticRuleIds":"#);
        json::texts(out, self.rule_id(at, &nature).as_deref());
        let _ = write!(
            out,
            r#","incidentUrl":"https://portal.azure.com/#asset/Microsoft_Azure_Security_Insights/Incident{id}""#
        );
        let provider = self.provider(at);
        let _ =
            write!(out, r#","providerName":"{}","providerIncidentId":"{}"}}}}"#, provider.name, provider.id);
    }

    fn write_times(&self, out: &mut String, at: u32) {
        let made = self.is_made(at);
        for (name, ticks) in [
            ("firstActivityTimeUtc", self.world.timeline.first_activity(at)),
            ("lastActivityTimeUtc", self.world.timeline.last_activity(at)),
            ("lastModifiedTimeUtc", self.arm_changed(at)),
            ("createdTimeUtc", self.arm_created(at)),
        ] {
            let _ = write!(out, r#","{name}":""#);
            moment::write(out, if made && name.contains("Activity") { self.arm_created(at) } else { ticks });
            out.push('"');
        }
    }

    fn write_additional(&self, out: &mut String, at: u32, nature: &Nature) {
        let template = nature.template.filter(|_| nature.alerts > 0);
        let _ = write!(
            out,
            r#","additionalData":{{"alertsCount":{},"bookmarksCount":{},"commentsCount":{},"alertProductNames":"#,
            nature.alerts,
            self.bookmark_count(at),
            self.comments(at).len()
        );
        json::texts(out, template.map(|one| one.product.name));
        out.push_str(r#","tactics":"#);
        json::texts(out, template.iter().flat_map(|one| one.tactics.iter().copied()));
        out.push_str(r#","techniques":"#);
        json::texts(out, template.iter().flat_map(|one| one.techniques.iter().copied()));
        if let Some(id) = self.provider(at).portal {
            out.push_str(r#","providerIncidentUrl":"#);
            json::text(out, &self.portal_url(id));
        }
        out.push('}');
    }

    /// Where Defender's portal shows a Graph id.
    pub fn portal_url(&self, id: u32) -> String {
        format!("https://security.microsoft.com/incidents/{id}?tid={}", self.world.scope.tenant_id)
    }

    /// The rule behind an incident of Sentinel's own product.
    fn rule_id(&self, at: u32, nature: &Nature) -> Option<String> {
        nature.template.filter(|one| one.product.service == "microsoftSentinel")?;
        let unit = self.unit(at);
        let rules = self.world.rules.get(usize::from(unit.workspace))?;
        let rule = seed::pick(self.world.scope.seed, "rule", u64::from(at), rules)?;
        let workspace = self.world.scope.workspaces.get(usize::from(unit.workspace))?;
        Some(self.world.scope.sentinel_id(workspace, "alertRules", rule))
    }

    /// Appends the answer of `POST …/alerts`.
    pub fn write_arm_alerts(&self, out: &mut String, at: u32) {
        let (nature, facts) = (self.nature(at), self.facts(at));
        out.push_str(r#"{"value":"#);
        json::list(out, 0..nature.alerts, |out, which| self.write_arm_alert(out, at, which, &nature, &facts));
        out.push('}');
    }

    fn write_arm_alert(&self, out: &mut String, at: u32, which: u32, nature: &Nature, facts: &Facts) {
        let name = self.alert_name(at, which);
        let template = nature.template;
        self.write_entity_head(out, at, &name, "SecurityAlert");
        let _ = write!(out, r#""systemAlertId":"{name}","tactics":"#);
        json::texts(out, template.iter().flat_map(|one| one.tactics.iter().copied()));
        for member in ["alertDisplayName", "friendlyName", "alertType"] {
            let _ = write!(out, r#","{member}":"#);
            json::text(out, &facts.title);
        }
        let _ = write!(
            out,
            r#","confidenceLevel":"Unknown","severity":"{}","vendorName":"Microsoft","productName":"{}","status":"New""#,
            self.severity(at),
            template.map_or("Azure Sentinel", |one| one.product.name)
        );
        for (member, ticks) in [
            ("startTimeUtc", self.world.timeline.first_activity(at)),
            ("endTimeUtc", self.world.timeline.last_activity(at)),
            ("processingEndTime", self.graph_created(at)),
            ("timeGenerated", self.graph_created(at)),
        ] {
            let _ = write!(out, r#","{member}":"{}""#, moment::text(ticks));
        }
        out.push_str("}}");
    }

    /// Appends the answer of `POST …/entities`: not `value` but `entities` and `metaData`.
    pub fn write_arm_entities(&self, out: &mut String, at: u32) {
        let nature = self.nature(at);
        let entities = if nature.alerts == 0 { Vec::new() } else { entities(&nature) };
        out.push_str(r#"{"entities":"#);
        json::list(out, entities.iter().enumerate(), |out, (which, (kind, members))| {
            let name = seed::guid(self.world.scope.seed, kind, u64::from(at) * 8 + which as u64);
            self.write_entity_head(out, at, &name, kind);
            json::list_members(out, members);
            out.push_str("}}");
        });
        out.push_str(r#","metaData":"#);
        json::list(out, &entities, |out, (kind, _)| {
            let _ = write!(out, r#"{{"entityKind":"{kind}","count":1}}"#);
        });
        out.push('}');
    }

    fn write_entity_head(&self, out: &mut String, at: u32, name: &str, kind: &str) {
        let scope = &self.world.scope;
        let workspace = scope.workspaces.get(usize::from(self.unit(at).workspace)).map_or("", String::as_str);
        let id = scope.sentinel_id(workspace, "Entities", name);
        let _ = write!(
            out,
            r#"{{"id":"{id}","name":"{name}","type":"Microsoft.SecurityInsights/Entities","kind":"{kind}","properties":{{"#
        );
    }

    /// The GUID of one of an incident's alerts.
    pub fn alert_name(&self, at: u32, which: u32) -> String {
        seed::guid(self.world.scope.seed, "alert", u64::from(at) * 8 + u64::from(which))
    }

    /// Appends one comment.
    pub fn write_arm_comment(&self, out: &mut String, at: u32, comment: &Comment) {
        let _ = write!(out, r#"{{"id":"{}/Comments/{}","name":"#, self.arm_id(at), comment.name);
        json::text(out, &comment.name);
        let seconds = comment.created / moment::SECOND;
        let _ = write!(out, r#","etag":"\"02000000-0000-0d00-0000-{seconds:08x}0000\"","#);
        out.push_str(r#""type":"Microsoft.SecurityInsights/Incidents/Comments","properties":{"message":"#);
        json::text(out, &comment.text);
        let created = moment::text(comment.created);
        let _ = write!(
            out,
            r#","createdTimeUtc":"{created}","lastModifiedTimeUtc":"{created}","author":{{"objectId":"#
        );
        json::text(out, &self.world.scope.client_id);
        out.push_str(r#","email":null,"name":"#);
        json::text(out, &comment.author);
        out.push_str(r#","userPrincipalName":null}}}"#);
    }
}

impl Facts {
    fn write_arm(&self, out: &mut String) {
        out.push_str(r#""title":"#);
        json::text(out, &self.title);
        // After onboarding a description may be absent; ARM then leaves the member out.
        if let Some(description) = &self.description {
            out.push_str(r#","description":"#);
            json::text(out, description);
        }
        out.push_str(r#","severity":"#);
        json::text(out, &self.severity);
        let _ = write!(out, r#","status":"{}""#, self.status.in_arm());
        for (name, value) in [
            ("classification", &self.classification),
            ("classificationReason", &self.reason),
            ("classificationComment", &self.remark),
        ] {
            if let Some(value) = value {
                let _ = write!(out, r#","{name}":"#);
                json::text(out, value);
            }
        }
        write_owner(out, self.owner.as_ref());
        out.push_str(r#","labels":"#);
        json::list(out, &self.labels, |out, label| {
            out.push_str(r#"{"labelName":"#);
            json::text(out, label);
            out.push_str(r#","labelType":"User"}"#);
        });
    }
}

/// Nobody is explicit nulls, as recorded from the service.
fn write_owner(out: &mut String, owner: Option<&Owner>) {
    let members = [
        ("objectId", owner.map(|one| one.object_id.as_str())),
        ("email", owner.map(|one| one.address.as_str())),
        ("assignedTo", owner.map(|one| one.name.as_str())),
        ("userPrincipalName", owner.map(|one| one.address.as_str())),
    ];
    out.push_str(r#","owner":{"#);
    for (name, value) in members {
        let _ = write!(out, r#""{name}":"#);
        json::maybe(out, value.filter(|text| !text.is_empty()));
        out.push(',');
    }
    let kind = if owner.is_some() { "User" } else { "Unknown" };
    let _ = write!(out, r#""ownerType":"{kind}"}}"#);
}

type Entity = (&'static str, Vec<(&'static str, String)>);

fn entities(nature: &Nature) -> Vec<Entity> {
    let (name, domain) = nature.user.split_once('@').unwrap_or((&nature.user, ""));
    let user = |member, text: &str| (member, text.to_owned());
    vec![
        ("Account", vec![user("friendlyName", name), user("accountName", name), user("upnSuffix", domain)]),
        ("Host", vec![user("friendlyName", &nature.host), user("hostName", &nature.host)]),
        ("Ip", vec![user("friendlyName", &nature.ip), user("address", &nature.ip)]),
    ]
}
