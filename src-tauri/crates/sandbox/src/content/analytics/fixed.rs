//! Analytics rules without a query of the tenant's own: Fusion, incident creation from Microsoft products,
//! behaviour analytics and Defender threat intelligence.

use super::fault::{Touch, plain};
use crate::content::place::{Place, stamp};
use crate::content::planted::{Offence, fail, warn};
use serde_json::{Value, json};

/// One built-in rule.
pub(super) struct Fixed {
    pub(super) at: usize,
    name: &'static str,
    shape: Shape,
    enabled: bool,
    offends: &'static [Offence],
}

enum Shape {
    Fusion,
    /// Product, severities, display names.
    Product(&'static str, Option<&'static [&'static str]>, Option<&'static [&'static str]>),
    Behaviour,
    Intelligence,
}

const SSH: &str = "(Preview) Anomalous SSH login";
const FEED: &str = "Microsoft Defender Threat Intelligence Analytics";
const MULTISTAGE: &str = "Advanced Multistage Attack Detection";

const fn rule(at: usize, name: &'static str, shape: Shape) -> Fixed {
    Fixed { at, name, shape, enabled: true, offends: &[] }
}

/// An incident-creation rule for `product`, unfiltered.
const fn product(at: usize, name: &'static str, product: &'static str) -> Fixed {
    rule(at, name, Shape::Product(product, None, None))
}

impl Fixed {
    const fn off(mut self) -> Self {
        self.enabled = false;
        self
    }

    const fn offends(mut self, offences: &'static [Offence]) -> Self {
        self.offends = offences;
        self
    }
}

/// Product names are the wire's own, older than today's product names.
pub(super) const FIXED: &[Fixed] = &[
    rule(0, MULTISTAGE, Shape::Fusion).offends(&[warn("AR-01")]),
    product(0, "Incidents from Defender for Cloud Apps", "Microsoft Cloud App Security"),
    product(0, "Incidents from Purview insider risk", "Microsoft 365 Insider Risk Management")
        .offends(&[fail("AR-02")]),
    rule(
        0,
        "Incidents from Defender for Endpoint, high only",
        Shape::Product("Microsoft Defender Advanced Threat Protection", Some(&["High"]), None),
    )
    .offends(&[warn("AR-02")]),
    rule(0, SSH, Shape::Behaviour),
    rule(0, FEED, Shape::Intelligence),
    rule(1, MULTISTAGE, Shape::Fusion).off(),
    product(1, "Incidents from Entra ID Protection", "Azure Active Directory Identity Protection"),
    product(1, "Incidents from Defender for Office 365", "Office 365 Advanced Threat Protection"),
    rule(
        1,
        "Incidents from Defender for Identity, three alert names",
        Shape::Product(
            "Azure Advanced Threat Protection",
            None,
            Some(&["Suspected DCSync attack", "Suspected Golden Ticket usage", "Honeytoken activity"]),
        ),
    )
    .offends(&[warn("AR-02")]),
    product(1, "Incidents from Purview insider risk", "Microsoft 365 Insider Risk Management").off(),
    rule(1, SSH, Shape::Behaviour).off(),
    rule(1, FEED, Shape::Intelligence),
];

impl Fixed {
    pub(super) fn is_fusion(&self) -> bool {
        matches!(self.shape, Shape::Fusion)
    }

    pub(super) fn kind(&self) -> &'static str {
        match self.shape {
            Shape::Fusion => "Fusion",
            Shape::Product(..) => "MicrosoftSecurityIncidentCreation",
            Shape::Behaviour => "MLBehaviorAnalytics",
            Shape::Intelligence => "ThreatIntelligence",
        }
    }

    pub(super) fn touch(&self) -> Touch {
        Touch { enabled: self.enabled, offends: self.offends, ..plain(self.at, self.name) }
    }

    pub(super) fn properties(&self, place: &Place, key: &str) -> Value {
        let modified = stamp(place.changed(key), 7);
        match self.shape {
            Shape::Product(product, severities, names) => json!({
                "productFilter": product, "severitiesFilter": severities, "displayNamesFilter": names,
                "displayNamesExcludeFilter": null, "displayName": self.name, "enabled": self.enabled,
                "description": null, "alertRuleTemplateName": null, "lastModifiedUtc": modified,
            }),
            Shape::Fusion => self.built_in(FUSION_TEMPLATE, FUSION_TACTICS, &modified, sources()),
            Shape::Behaviour => self.built_in(SSH_TEMPLATE, &["InitialAccess"], &modified, Value::Null),
            Shape::Intelligence => {
                self.built_in(FEED_TEMPLATE, &["CommandAndControl"], &modified, Value::Null)
            }
        }
    }

    fn built_in(&self, template: &str, tactics: &[&str], modified: &str, sources: Value) -> Value {
        let mut properties = json!({
            "displayName": self.name, "description": "Built in; its logic is Microsoft's.",
            "alertRuleTemplateName": template, "tactics": tactics, "techniques": null,
            "severity": "High", "enabled": self.enabled, "lastModifiedUtc": modified,
        });
        if !sources.is_null() {
            properties["sourceSettings"] = sources;
        }
        properties
    }
}

/// Templates of the built-in rules, as every tenant has them.
const FUSION_TEMPLATE: &str = "f71aba3d-28fb-450b-b192-4e76a83015c8";
const SSH_TEMPLATE: &str = "fa118b98-de46-4e94-87f9-8e6d5060b60b";
const FEED_TEMPLATE: &str = "0dd422ee-e6af-4204-b219-f59ac172e4c6";

const FUSION_TACTICS: &[&str] =
    &["InitialAccess", "Execution", "CredentialAccess", "LateralMovement", "Impact"];

/// What Fusion listens to; a source without sub-types says so with null.
fn sources() -> Value {
    let filters = ["High", "Medium", "Low"].map(|severity| json!({"severity": severity, "enabled": true}));
    json!([
        {"enabled": true, "sourceName": "Anomalies", "sourceSubTypes": null},
        {"enabled": true, "sourceName": "Alert providers", "sourceSubTypes": [{
            "enabled": true,
            "sourceSubTypeName": "Microsoft 365 Defender",
            "sourceSubTypeDisplayName": "Microsoft 365 Defender",
            "severityFilters": {"isSupported": true, "filters": filters},
        }]},
    ])
}
