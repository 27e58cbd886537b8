//! The part of an incident that people change: out of both APIs' answers, and into the bodies that change it.
//!
//! Members keep the API's own words. A body for Sentinel is the whole incident as it was served, because a PUT
//! replaces; one for Graph holds the changed members alone. Never here: whether something may be written.

use domain::change::{Edit, Fields, Member, Value};
use wire::Maybe;
use wire::arm::incident::{Comment as ArmComment, CommentProperties, Incident as ArmIncident, Label, Owner};
use wire::graph::comment::Comment as GraphComment;
use wire::graph::incident::Incident as GraphIncident;

use crate::incident::{owner, tags, text};

/// What Sentinel says.
pub fn sentinel_fields(wire: &ArmIncident) -> Fields {
    let Some(said) = wire.properties.as_ref() else { return Fields::default() };
    Fields {
        status: said.status.as_deref().unwrap_or_default().to_owned(),
        owner: said.owner.as_ref().and_then(owner),
        severity: said.severity.as_deref().unwrap_or_default().to_owned(),
        classification: text(&said.classification),
        determination: text(&said.classification_reason),
        tags: said.labels.items().iter().filter_map(|label| text(&label.label_name)).collect(),
    }
}

/// What Graph says.
pub fn graph_fields(wire: &GraphIncident) -> Fields {
    Fields {
        status: wire.status.as_deref().unwrap_or_default().to_owned(),
        owner: text(&wire.assigned_to),
        severity: wire.severity.as_deref().unwrap_or_default().to_owned(),
        classification: text(&wire.classification),
        determination: text(&wire.determination),
        tags: tags(wire),
    }
}

/// The incident to put: as it was served, with its etag, and the edits in it. An owner that `old` holds under the name
/// that is wanted is put back whole.
pub fn sentinel_body(served: &ArmIncident, edits: &[Edit], old: Option<&ArmIncident>) -> ArmIncident {
    let mut body = served.clone();
    let Some(said) = body.properties.as_mut() else { return body };
    for edit in edits {
        match edit.member {
            Member::Status => said.status = member(&edit.after),
            Member::Severity => said.severity = member(&edit.after),
            Member::Classification => said.classification = member(&edit.after),
            Member::Determination => said.classification_reason = member(&edit.after),
            Member::Owner => said.owner = Maybe::Value(owner_of(&edit.after, old)),
            Member::Tags => said.labels = Maybe::Value(labels(&edit.after, said.labels.items())),
        }
    }
    body
}

/// The changed members alone. What is to be empty is `null`, or the enum's own word for it.
pub fn graph_body(edits: &[Edit]) -> GraphIncident {
    let mut body = GraphIncident::default();
    for edit in edits {
        match (edit.member, &edit.after) {
            (Member::Status, after) => body.status = member(after),
            (Member::Severity, after) => body.severity = member(after),
            (Member::Classification, Value::Nothing) => body.classification = "unknown".into(),
            (Member::Classification, after) => body.classification = member(after),
            (Member::Determination, Value::Nothing) => body.determination = "unknown".into(),
            (Member::Determination, after) => body.determination = member(after),
            (Member::Owner, Value::Nothing) => body.assigned_to = Maybe::Null,
            (Member::Owner, after) => body.assigned_to = member(after),
            (Member::Tags, after) => body.custom_tags = Maybe::Value(list(after)),
        }
    }
    body
}

/// A comment as Sentinel takes it.
pub fn sentinel_comment(message: &str) -> ArmComment {
    let properties = CommentProperties { message: message.into(), ..CommentProperties::default() };
    ArmComment { properties: Maybe::Value(properties), ..ArmComment::default() }
}

/// A comment as Graph takes it.
/// <https://learn.microsoft.com/graph/api/security-incident-post-comments>
pub fn graph_comment(message: &str) -> GraphComment {
    GraphComment {
        odata_type: "microsoft.graph.security.alertComment".into(),
        comment: message.into(),
        ..GraphComment::default()
    }
}

/// How many of these comments say just this.
pub fn count_comments(comments: &[GraphComment], message: &str) -> usize {
    let same = |one: &&GraphComment| one.comment.as_deref().is_some_and(|text| text.trim() == message.trim());
    comments.iter().filter(same).count()
}

fn member(value: &Value) -> Maybe<String> {
    match value {
        Value::Text(text) => Maybe::Value(text.clone()),
        Value::Nothing | Value::List(_) => Maybe::Absent,
    }
}

fn list(value: &Value) -> Vec<String> {
    match value {
        Value::List(items) => items.clone(),
        Value::Nothing | Value::Text(_) => Vec::new(),
    }
}

/// Sentinel finds a person by object id or by user principal name.
fn owner_of(value: &Value, old: Option<&ArmIncident>) -> Owner {
    let Value::Text(name) = value else {
        let none = || Maybe::Null;
        return Owner {
            object_id: none(),
            email: none(),
            assigned_to: none(),
            user_principal_name: none(),
            ..Owner::default()
        };
    };
    let before = old.and_then(|old| old.properties.as_ref()).and_then(|said| said.owner.as_ref());
    if let Some(before) = before.filter(|before| owner(before).as_ref() == Some(name)) {
        return before.clone();
    }
    if is_guid(name) {
        return Owner { object_id: name.as_str().into(), ..Owner::default() };
    }
    Owner { user_principal_name: name.as_str().into(), email: name.as_str().into(), ..Owner::default() }
}

fn is_guid(text: &str) -> bool {
    let groups: Vec<usize> = text.split('-').map(str::len).collect();
    groups == [8, 4, 4, 4, 12] && text.chars().all(|c| c == '-' || c.is_ascii_hexdigit())
}

/// Labels that stay keep what else was said of them.
fn labels(wanted: &Value, served: &[Label]) -> Vec<Label> {
    let new = |name: &String| Label {
        label_name: name.as_str().into(),
        label_type: "User".into(),
        ..Label::default()
    };
    let kept = |name: &String| served.iter().find(|label| label.label_name.as_deref() == Some(name)).cloned();
    list(wanted).iter().map(|name| kept(name).unwrap_or_else(|| new(name))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value as Json, json};

    fn served() -> ArmIncident {
        serde_json::from_value(json!({
            "id": "/x/incidents/a", "name": "a", "etag": "\"7\"", "newMember": 1,
            "properties": {
                "title": "<b>=1+1</b>", "severity": "High", "status": "New", "description": null,
                "owner": { "objectId": "o-1", "email": null, "assignedTo": "Ada", "userPrincipalName": "ada@contoso.example" },
                "labels": [{ "labelName": "auto", "labelType": "AutoAssigned" }], "incidentNumber": 7
            }
        }))
        .unwrap()
    }

    fn edit(member: Member, after: Value) -> Edit {
        Edit { member, before: Value::Nothing, after }
    }

    fn text(text: &str) -> Value {
        Value::Text(text.to_owned())
    }

    #[test]
    fn a_put_sends_back_all_that_was_served() {
        let tags = edit(Member::Tags, Value::List(vec!["auto".into(), "p1".into()]));
        let body = sentinel_body(&served(), &[edit(Member::Status, text("Active")), tags], None);
        let mut expected = serde_json::to_value(served()).unwrap();
        expected["properties"]["status"] = json!("Active");
        expected["properties"]["labels"] = json!([
            { "labelName": "auto", "labelType": "AutoAssigned" }, { "labelName": "p1", "labelType": "User" }
        ]);
        assert_eq!(serde_json::to_value(body).unwrap(), expected);
    }

    #[test]
    fn an_owner_is_named_by_guid_or_address_emptied_with_nulls_and_put_back_whole() {
        let owner = |value, old: Option<&ArmIncident>| -> Json {
            let body = sentinel_body(&served(), &[edit(Member::Owner, value)], old);
            serde_json::to_value(body).unwrap()["properties"]["owner"].clone()
        };
        let guid = "2046feea-040d-4a46-9e2b-91c2941bfa70";
        assert_eq!(owner(text(guid), None), json!({ "objectId": guid }));
        let bob = json!({ "userPrincipalName": "bob@contoso.example", "email": "bob@contoso.example" });
        assert_eq!(owner(text("bob@contoso.example"), None), bob);
        assert_eq!(owner(Value::Nothing, None)["objectId"], Json::Null);
        let back = owner(text("ada@contoso.example"), Some(&served()));
        assert_eq!((&back["objectId"], &back["assignedTo"]), (&json!("o-1"), &json!("Ada")));
    }

    #[test]
    fn a_patch_holds_the_changed_members_alone() {
        let edits = [
            edit(Member::Status, text("resolved")),
            edit(Member::Owner, Value::Nothing),
            edit(Member::Classification, Value::Nothing),
        ];
        let body = serde_json::to_value(graph_body(&edits)).unwrap();
        assert_eq!(body, json!({ "status": "resolved", "assignedTo": null, "classification": "unknown" }));
    }

    #[test]
    fn both_answers_are_read_in_their_own_words() {
        assert_eq!(sentinel_fields(&served()).owner.as_deref(), Some("ada@contoso.example"));
        let graph: GraphIncident =
            serde_json::from_value(json!({ "status": "inProgress", "assignedTo": "", "customTags": ["a"] }))
                .unwrap();
        let fields = graph_fields(&graph);
        assert_eq!((fields.status.as_str(), fields.owner, fields.tags.len()), ("inProgress", None, 1));
    }
}
