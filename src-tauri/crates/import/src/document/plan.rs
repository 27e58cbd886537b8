//! Terraform plans as `terraform show -json` prints them: the resources of the azurerm and azapi providers.
//!
//! Attributes are brought into ARM's form, so that one reader serves both. Names of attributes: azurerm's
//! `azurerm_sentinel_automation_rule` and its kin, azapi's `azapi_resource`.

use domain::tree::{Tree, Unknown, step};

use crate::template::Resource;

mod rule;

const MAX_DEPTH: usize = 16;

/// Whether the document is a plan or a state.
pub(super) fn is_plan(tree: &Tree) -> bool {
    tree.has("terraform_version") && (tree.has("planned_values") || tree.has("values"))
}

/// The rules and workflows of the plan, each in ARM's form, at the place of its `values`.
pub(super) fn resources(tree: &Tree) -> Vec<Resource> {
    let mut found = Vec::new();
    for root in ["planned_values", "values"] {
        if let Some(module) = tree.get(root).and_then(|values| values.get("root_module")) {
            collect(module, &format!("{root}.root_module"), &mut found, 0);
        }
    }
    found
}

fn collect(module: &Tree, path: &str, found: &mut Vec<Resource>, depth: usize) {
    if depth > MAX_DEPTH {
        return;
    }
    let list = |key: &str| module.get(key).and_then(Tree::list).unwrap_or(&[]);
    for (index, one) in list("resources").iter().enumerate() {
        let path = format!("{path}.resources[{index}].values");
        let values = one.get("values").unwrap_or(&Tree::Null);
        let kind = one.get("type").and_then(Tree::text).unwrap_or_default();
        found.extend(resource(kind, values, path));
    }
    for (index, child) in list("child_modules").iter().enumerate() {
        collect(child, &format!("{path}.child_modules[{index}]"), found, depth + 1);
    }
}

fn resource(kind: &str, values: &Tree, path: String) -> Option<Resource> {
    let (kind, now) = match kind {
        "azurerm_sentinel_automation_rule" => {
            ("microsoft.securityinsights/automationrules", rule::automation(values))
        }
        "azurerm_sentinel_alert_rule_scheduled" => (ALERT_RULES, rule::analytics(values, "Scheduled")),
        "azurerm_sentinel_alert_rule_nrt" => (ALERT_RULES, rule::analytics(values, "NRT")),
        "azurerm_sentinel_alert_rule_fusion" => (ALERT_RULES, rule::analytics(values, "Fusion")),
        "azurerm_sentinel_alert_rule_ms_security_incident" => {
            (ALERT_RULES, rule::analytics(values, "MicrosoftSecurityIncidentCreation"))
        }
        "azapi_resource" => return azapi(values, path),
        _ => return None,
    };
    Some(Resource { kind: kind.to_owned(), written: now.clone(), now, path })
}

const ALERT_RULES: &str = "microsoft.securityinsights/alertrules";

/// `type = "Namespace/type@version"`, `body` an object, or JSON in a text in older versions of the provider.
fn azapi(values: &Tree, path: String) -> Option<Resource> {
    let full = values.get("type").and_then(Tree::text)?;
    let kind = full.split('@').next()?.to_ascii_lowercase();
    let body = match values.get("body")? {
        Tree::Text(text) => parsed(text),
        other => other.clone(),
    };
    let Tree::Map(mut members) = body else {
        return None;
    };
    if let Some(name) = values.get("name") {
        members.push(("name".into(), name.clone()));
    }
    let now = Tree::Map(members);
    Some(Resource { kind, written: now.clone(), now, path: step(&path, "body") })
}

/// JSON that a plan carries as text.
fn parsed(text: &str) -> Tree {
    match crate::jsonc::parse(text) {
        Ok(value) => translate::tree::from_json(&value),
        Err(fault) => Tree::Unknown(Unknown {
            because: format!("the JSON in the plan can't be read: {fault}"),
            raw: text.to_owned(),
            shape: None,
        }),
    }
}
