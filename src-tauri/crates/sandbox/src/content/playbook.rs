//! Playbooks: 30 Logic Apps workflows with their definitions, and the API connections they use.
//!
//! Shapes: Microsoft.Logic/workflows 2019-05-01, Microsoft.Web/connections 2016-06-01. One resource group holds
//! them all. No definition holds a secret or a callback address with a signature.

mod connection;
mod step;
mod table;

use super::Faults;
use super::place::{Place, stamp};
use super::planted::{Offence, PlantedObject};
use crate::scope::Scope;
use serde_json::{Value, json};
use step::{Step, connections_of, render};
use table::TABLE;

/// Whether the default story has playbooks, switched on, that create Sentinel incidents (readiness check IN-03);
/// story `ready` has none.
pub const CREATES_INCIDENTS: bool = true;

/// The tenant's Logic Apps and their connections, in the order they are served.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Playbooks {
    pub workflows: Vec<Value>,
    pub connections: Vec<Value>,
}

/// What starts a workflow.
enum Trigger {
    /// Sentinel incident: `/incident-creation`.
    Incident,
    /// Sentinel alert: `/subscribe`.
    Alert,
    /// Sentinel entity of this kind: `/entity/@{encodeURIComponent('…')}`.
    Entity(&'static str),
    /// Every n of `Minute`, `Hour`, `Day`.
    Recurrence(u32, &'static str),
    /// An HTTP call.
    Request,
}

/// One workflow as a row of the table.
struct Blueprint {
    name: &'static str,
    trigger: Trigger,
    enabled: bool,
    steps: &'static [Step],
    offends: &'static [Offence],
}

const fn playbook(name: &'static str, trigger: Trigger, steps: &'static [Step]) -> Blueprint {
    Blueprint { name, trigger, enabled: true, steps, offends: &[] }
}

impl Blueprint {
    const fn off(mut self) -> Self {
        self.enabled = false;
        self
    }

    const fn offends(mut self, offences: &'static [Offence]) -> Self {
        self.offends = offences;
        self
    }
}

/// Playbooks of the default story, faults included.
#[must_use]
pub fn playbooks(scope: &Scope) -> Playbooks {
    build(scope, Faults::All)
}

/// Playbooks of story `ready`: those that offend a check are left out.
#[must_use]
pub fn playbooks_ready(scope: &Scope) -> Playbooks {
    build(scope, Faults::None)
}

fn build(scope: &Scope, faults: Faults) -> Playbooks {
    let Some(place) = Place::nth(scope, 0) else {
        return Playbooks::default();
    };
    let kept = TABLE.iter().filter(|row| faults == Faults::All || row.offends.is_empty());
    Playbooks {
        workflows: kept.map(|row| row.json(&place)).collect(),
        connections: connection::connections(&place),
    }
}

/// The blueprints that offend, with their notes.
pub(super) fn offenders(scope: &Scope) -> Vec<(PlantedObject, &'static [Offence])> {
    let offending = TABLE.iter().filter(|row| !row.offends.is_empty());
    offending.map(|row| (row.object(scope), row.offends)).collect()
}

impl Blueprint {
    fn object(&self, scope: &Scope) -> PlantedObject {
        PlantedObject { kind: "playbook", id: scope.workflow_id(self.name), name: self.name.to_owned() }
    }

    fn json(&self, place: &Place) -> Value {
        let key = format!("workflows/{}", self.name);
        let region = place.below(&key, 90);
        json!({
            "properties": {
                "provisioningState": "Succeeded",
                "createdTime": stamp(place.made(&key), 7),
                "changedTime": stamp(place.changed(&key), 7),
                "state": if self.enabled { "Enabled" } else { "Disabled" },
                "version": format!("0858{:016}", place.below(&format!("{key}/version"), 9_999_999_999_999_999)),
                "accessEndpoint": format!(
                    "https://prod-{region:02}.westeurope.logic.azure.com:443/workflows/{}",
                    place.guid(&key).replace('-', "")
                ),
                "definition": self.definition(place),
                "parameters": {"$connections": {"value": connection::references(&self.connections(), place)}},
                "endpointsConfiguration": endpoints(),
            },
            "id": place.scope.workflow_id(self.name),
            "name": self.name,
            "type": "Microsoft.Logic/workflows",
            "location": connection::LOCATION,
            "tags": {"owner": "soc"},
            "identity": {
                "type": "SystemAssigned",
                "principalId": place.guid(&format!("{key}/identity")),
                "tenantId": place.scope.tenant_id,
            },
        })
    }

    fn definition(&self, place: &Place) -> Value {
        json!({
            "$schema": "https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#",
            "contentVersion": "1.0.0.0",
            "parameters": {"$connections": {"defaultValue": {}, "type": "Object"}},
            "triggers": self.trigger.json(),
            "actions": render(self.steps, place),
            "outputs": {},
        })
    }

    /// Connections of the trigger and of all steps, each once.
    fn connections(&self) -> Vec<&'static str> {
        let mut names = connections_of(self.steps);
        if !matches!(self.trigger, Trigger::Recurrence(..) | Trigger::Request) {
            names.push("azuresentinel");
        }
        names.sort_unstable();
        names.dedup();
        names
    }
}

impl Trigger {
    fn json(&self) -> Value {
        match self {
            Self::Incident => webhook("Microsoft_Sentinel_incident", "/incident-creation"),
            Self::Alert => webhook("Microsoft_Sentinel_alert", "/subscribe"),
            Self::Entity(kind) => {
                webhook("Microsoft_Sentinel_entity", &format!("/entity/@{{encodeURIComponent('{kind}')}}"))
            }
            Self::Recurrence(every, unit) => {
                json!({"Recurrence": {"recurrence": {"frequency": unit, "interval": every}, "type": "Recurrence"}})
            }
            Self::Request => json!({"manual": {"type": "Request", "kind": "Http", "inputs": {"schema": {}}}}),
        }
    }
}

fn webhook(name: &str, path: &str) -> Value {
    json!({name: {
        "type": "ApiConnectionWebhook",
        "inputs": {
            "body": {"callback_url": "@{listCallbackUrl()}"},
            "host": {"connection": {"name": connection::expression("azuresentinel")}},
            "path": path,
        },
    }})
}

/// Addresses out of the documentation ranges.
fn endpoints() -> Value {
    let address = |last: u8| json!({"address": format!("203.0.113.{last}")});
    json!({
        "workflow": {
            "outgoingIpAddresses": [address(10), address(11)],
            "accessEndpointIpAddresses": [address(20), address(21)],
        },
        "connector": {"outgoingIpAddresses": [address(30)]},
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_note_on_creating_playbooks_holds() {
        let creates = |text: &str| text.contains("\"put\"") && text.contains("\"/Incidents/subscriptions/");
        let scope = Scope::new(1, time::macros::datetime!(2026-11-24 0:00 UTC), std::time::Duration::ZERO);
        let found = |all: Playbooks| all.workflows.iter().any(|one| creates(&one.to_string()));
        assert_eq!(found(playbooks(&scope)), CREATES_INCIDENTS);
        assert!(!found(playbooks_ready(&scope)));
    }
}
