//! What the readiness checks need of an incident, from the JSON of `Microsoft.SecurityInsights/incidents`.
//!
//! For files: they hold ARM's telling alone, so the end of a redirect is what ARM names.

use domain::readiness::IncidentFacts;
use domain::tree::{Setting, Tree};

use crate::node::Node;

/// Whether this is an incident by its shape, without a type.
pub fn has_shape(tree: &Tree) -> bool {
    let properties = tree.get("properties");
    properties.is_some_and(|p| p.has("incidentNumber") && p.has("status") && p.has("severity"))
}

/// An incident at a place.
pub fn read(node: &Node<'_>) -> IncidentFacts {
    let inner = node.get("properties");
    let source = node.source();
    IncidentFacts {
        id: node.get("id").id(),
        name: name(&inner),
        workspace: workspace(node, source.file.as_deref()),
        file: source.file,
        path: source.path,
        provider_name: inner.get("providerName").shown().or(Some(String::new())),
        has_provider_url: has_url(&inner),
        redirect_end: is_redirected(&inner).then(|| end(&inner)),
        created: inner.get("createdTimeUtc").time().known().copied(),
    }
}

fn name(inner: &Node<'_>) -> String {
    inner
        .get("title")
        .shown()
        .or_else(|| inner.get("incidentNumber").shown())
        .unwrap_or_else(|| "incident without a title".to_owned())
}

/// Stable versions put the address under `additionalData`; some answers have it beside.
fn has_url(inner: &Node<'_>) -> bool {
    let places = [inner.at(&["additionalData", "providerIncidentUrl"]), inner.get("providerIncidentUrl")];
    places.iter().any(|p| p.text().known().is_some_and(|url| !url.is_empty()))
}

/// Closed with the label `Redirected`, in any case.
fn is_redirected(inner: &Node<'_>) -> bool {
    let labelled =
        inner.get("labels").items().iter().any(|label| label.get("labelName").text().is("redirected"));
    labelled && inner.get("status").text().is("Closed")
}

fn end(inner: &Node<'_>) -> String {
    match inner.get("providerIncidentId").text() {
        Setting::Known(id) if !id.is_empty() => format!("{id}, as Sentinel names it"),
        _ => "not named in this file".to_owned(),
    }
}

/// The part of the id that names the workspace; the file where there is none.
fn workspace(node: &Node<'_>, file: Option<&str>) -> String {
    let id = node.get("id").id().unwrap_or_default().to_ascii_lowercase();
    match id.find("/providers/microsoft.securityinsights") {
        Some(end) => id[..end].to_owned(),
        None => format!("file:{}", file.unwrap_or_default()),
    }
}
