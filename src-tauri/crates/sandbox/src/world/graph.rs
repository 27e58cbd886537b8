//! Graph's JSON of an incident and its alerts
//! (<https://learn.microsoft.com/graph/api/resources/security-incident>).

use super::edit::Comment;
use super::facts::{Facts, Nature};
use super::unit::Kind;
use super::view::View;
use crate::{json, moment};
use std::fmt::Write as _;

/// How a client wants to read Graph's answers.
#[derive(Clone, Copy, Debug, Default)]
pub struct Manner {
    /// `$expand=alerts`
    pub alerts: bool,
    /// `Prefer: include-unknown-enum-members`: members behind `unknownFutureValue` by their name.
    pub unknown: bool,
}

impl Manner {
    /// A member as this client reads it.
    fn word<'a>(&self, word: &'a str) -> &'a str {
        let behind = matches!(
            word,
            "awaitingAction" | "microsoftSentinel" | "scheduledAlerts" | "microsoftDefenderForCloud"
        );
        if behind && !self.unknown { "unknownFutureValue" } else { word }
    }
}

/// Who correlation says it is; documents and field reports differ, "correlation" is in both.
const CORRELATION: &str = "Microsoft Defender XDR - alert correlation";

impl View<'_> {
    /// Appends the incident.
    pub fn write_graph(&self, out: &mut String, at: u32, manner: Manner) {
        let (facts, unit) = (self.facts(at), self.unit(at));
        let _ = write!(out, r#"{{"id":"{}","tenantId":"{}","#, unit.graph_id, self.world.scope.tenant_id);
        let _ = write!(out, r#""status":"{}","incidentWebUrl":"#, manner.word(facts.status.in_graph()));
        json::text(out, &self.portal_url(unit.graph_id));
        out.push_str(r#","redirectIncidentId":"#);
        match self.redirect(at) {
            Some(redirect) => {
                let _ = write!(out, r#""{}""#, redirect.next);
            }
            None => out.push_str("null"),
        }
        self.write_graph_facts(out, at, &facts);
        let _ = write!(
            out,
            r#","createdDateTime":"{}","lastUpdateDateTime":"{}","comments":"#,
            moment::text(self.graph_created(at)),
            moment::text(self.graph_changed(at))
        );
        write_comments(out, self.comments(at));
        if manner.alerts {
            self.write_graph_alerts(out, at, &facts, manner);
        }
        out.push('}');
    }

    fn write_graph_facts(&self, out: &mut String, at: u32, facts: &Facts) {
        out.push_str(r#","displayName":"#);
        json::text(out, &self.display_name(at, facts));
        for (name, value) in [
            ("assignedTo", facts.owner.as_ref().map(|owner| owner.address.as_str())),
            ("classification", Some(classification(facts.classification.as_deref()))),
            ("determination", Some(&*facts.determination)),
            ("severity", Some(severity(&facts.severity))),
            ("description", facts.description.as_deref()),
            ("lastModifiedBy", Some(self.modifier(at))),
            ("resolvingComment", facts.remark.as_deref()),
            ("summary", None),
        ] {
            let _ = write!(out, r#","{name}":"#);
            json::maybe(out, value);
        }
        out.push_str(r#","customTags":"#);
        json::texts(out, facts.labels.iter().map(AsRef::as_ref));
        out.push_str(r#","systemTags":[],"priorityScore":null"#);
    }

    /// Correlation renames some incidents that took alerts in; Sentinel keeps the first alert's title. One that was
    /// merged away keeps its name.
    fn display_name(&self, at: u32, facts: &Facts) -> String {
        let plain = self.redirect(at).is_none()
            && !self.world.odd.contains_key(&at)
            && !self.changes.edits.contains_key(&at);
        let tactic = self.nature(at).template.and_then(|one| one.tactics.first());
        match tactic {
            Some(tactic) if at.is_multiple_of(11) && plain && self.unit(at).kind == Kind::Twin => {
                format!("Multi-stage incident involving {tactic} reported by multiple sources")
            }
            _ => facts.title.clone().into_owned(),
        }
    }

    fn modifier(&self, at: u32) -> &'static str {
        match (self.redirect(at), self.changes.edits.contains_key(&at)) {
            (Some(_), _) => CORRELATION,
            (None, true) => "API-App:Crosswalk",
            (None, false) => "Microsoft 365 Defender-AlertCreation",
        }
    }

    fn write_graph_alerts(&self, out: &mut String, at: u32, facts: &Facts, manner: Manner) {
        let nature = self.nature(at);
        out.push_str(r#","alerts":"#);
        json::list(out, 0..nature.alerts, |out, which| {
            self.write_alert(out, at, which, (&nature, facts), manner);
        });
    }

    /// Appends one of an incident's alerts.
    pub fn write_graph_alert(&self, out: &mut String, at: u32, which: u32, manner: Manner) {
        self.write_alert(out, at, which, (&self.nature(at), &self.facts(at)), manner);
    }

    fn write_alert(
        &self,
        out: &mut String,
        at: u32,
        which: u32,
        (nature, facts): (&Nature, &Facts),
        manner: Manner,
    ) {
        let unit = self.unit(at);
        let name = self.alert_name(at, which);
        let tenant = &self.world.scope.tenant_id;
        let Some(template) = nature.template else { return out.push_str("{}") };
        let (service, detection) =
            (manner.word(template.product.service), manner.word(template.product.detection));
        let _ = write!(
            out,
            r##"{{"@odata.type":"#microsoft.graph.security.alert","id":"{name}","providerAlertId":"{name}","incidentId":"{}","status":"new","severity":"{}","classification":null,"determination":null,"serviceSource":"{service}","detectionSource":"{detection}","productName":"{}","tenantId":"{tenant}","title":"##,
            unit.graph_id,
            severity(&facts.severity),
            template.product.name
        );
        json::text(out, &facts.title);
        let _ = write!(out, r#","description":"{}","category":"#, template.description);
        json::maybe(out, template.tactics.first().copied());
        out.push_str(r#","mitreTechniques":"#);
        json::texts(out, template.techniques.iter().copied());
        let _ = write!(
            out,
            r#","assignedTo":null,"actorDisplayName":null,"threatDisplayName":null,"threatFamilyName":null,"alertWebUrl":"https://security.microsoft.com/alerts/{name}?tid={tenant}","incidentWebUrl":"{}""#,
            self.portal_url(unit.graph_id)
        );
        for (member, ticks) in [
            ("createdDateTime", self.graph_created(at)),
            ("lastUpdateDateTime", self.graph_created(at)),
            ("firstActivityDateTime", self.world.timeline.first_activity(at)),
            ("lastActivityDateTime", self.world.timeline.last_activity(at)),
        ] {
            let _ = write!(out, r#","{member}":"{}""#, moment::text(ticks));
        }
        out.push_str(r#","resolvedDateTime":null,"comments":[],"evidence":"#);
        self.write_evidence(out, at, nature);
        out.push('}');
    }

    fn write_evidence(&self, out: &mut String, at: u32, nature: &Nature) {
        let created = moment::text(self.graph_created(at));
        let _ = write!(
            out,
            r##"[{{"@odata.type":"#microsoft.graph.security.userEvidence","createdDateTime":"{created}","verdict":"unknown","remediationStatus":"none","roles":[],"tags":[],"userAccount":{{"accountName":"{}","userPrincipalName":"{}"}}}},{{"@odata.type":"#microsoft.graph.security.deviceEvidence","createdDateTime":"{created}","verdict":"unknown","remediationStatus":"none","roles":[],"tags":[],"deviceDnsName":"{}"}}]"##,
            nature.user.split('@').next().unwrap_or(""),
            nature.user,
            nature.host
        );
    }
}

/// Appends the comments, as the comment call answers too.
pub fn write_comments(out: &mut String, comments: &[Comment]) {
    json::list(out, comments, |out, comment| {
        out.push_str(r##"{"@odata.type":"#microsoft.graph.security.alertComment","comment":"##);
        json::text(out, &comment.text);
        out.push_str(r#","createdByDisplayName":"#);
        json::text(out, &comment.author);
        let _ = write!(out, r#","createdDateTime":"{}"}}"#, moment::text(comment.created));
    });
}

/// Graph's word for ARM's severity; a severity of no enum reads as unknown here.
pub fn severity(arm: &str) -> &'static str {
    match arm {
        "High" => "high",
        "Medium" => "medium",
        "Low" => "low",
        "Informational" => "informational",
        _ => "unknown",
    }
}

/// Graph's word for ARM's classification.
pub fn classification(arm: Option<&str>) -> &'static str {
    match arm {
        Some("TruePositive") => "truePositive",
        Some("BenignPositive") => "informationalExpectedActivity",
        Some("FalsePositive") => "falsePositive",
        _ => "unknown",
    }
}
