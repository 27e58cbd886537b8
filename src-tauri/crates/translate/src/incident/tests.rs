use super::*;
use serde_json::json;
use time::macros::datetime;

fn arm(properties: Value) -> SentinelIncident {
    let json = json!({"id": "/s/w/incidents/8a", "name": "8a", "etag": "\"e\"", "properties": properties});
    sentinel(&serde_json::from_value(json).unwrap(), "soc").unwrap()
}

fn defender(json: Value) -> GraphIncident {
    graph(&serde_json::from_value(json).unwrap()).unwrap()
}

#[test]
fn an_incident_of_arm_is_read_whole() {
    let read = arm(json!({
        "title": "<b>x</b>", "severity": "HIGH", "status": "closed", "incidentNumber": 4711,
        "labels": [{"labelName": "Redirected", "labelType": "AutoAssigned"}, {"labelName": null}],
        "owner": {"objectId": null, "email": "a@contoso.example", "assignedTo": "A", "userPrincipalName": null},
        "providerName": "Microsoft XDR", "providerIncidentId": "4712",
        "lastModifiedTimeUtc": "2026-11-20T08:00:00.1234567Z",
        "additionalData": {"alertsCount": 3, "tactics": ["Execution"], "alertProductNames": ["P"],
            "providerIncidentUrl": "https://security.microsoft.com/incidents/4712"},
    }));
    assert_eq!((read.workspace.as_str(), read.sentinel_id.as_str(), read.number), ("soc", "8a", 4711));
    assert_eq!((read.severity.as_str(), read.status.as_str()), ("high", "closed"));
    assert_eq!(
        (read.labels.as_slice(), read.owner.as_deref()),
        (&["Redirected".to_owned()][..], Some("a@contoso.example"))
    );
    assert_eq!(read.provider_incident_id.as_deref(), Some("4712"));
    assert!(read.provider_incident_url.is_some() && read.is_redirected());
    assert_eq!(read.modified, Some(datetime!(2026-11-20 08:00:00.123_456_7 UTC)));
    assert_eq!((read.alerts, read.tactics.len(), read.products.len()), (Some(3), 1, 1));
    assert_eq!(read.title, "<b>x</b>", "text stays verbatim");
}

#[test]
fn odd_members_are_absent_and_nothing_fails() {
    let read = arm(json!({
        "title": 7, "severity": null, "status": ["x"], "incidentNumber": "12", "labels": "none", "owner": "me",
        "createdTimeUtc": "yesterday", "lastModifiedTimeUtc": 5, "additionalData": [], "providerIncidentId": 99,
    }));
    assert_eq!(
        (read.title.as_str(), read.number, read.owner, read.created, read.modified),
        ("", 12, None, None, None)
    );
    assert_eq!((read.severity, read.status), (Severity::Other(String::new()), Status::Other(String::new())));
    assert_eq!(read.provider_incident_id.as_deref(), Some("99"), "a number where an id is due is that id");
    for properties in [json!(null), json!("x"), json!([]), json!({})] {
        assert_eq!(arm(properties).sentinel_id, "8a");
    }
}

#[test]
fn an_owner_of_nulls_is_no_owner() {
    let nobody = json!({"objectId": null, "email": null, "assignedTo": null, "userPrincipalName": null, "ownerType": "Unknown"});
    assert_eq!(arm(json!({"owner": nobody})).owner, None);
    assert_eq!(arm(json!({"owner": null})).owner, None);
    assert_eq!(arm(json!({"owner": {"assignedTo": " ", "objectId": "o-1"}})).owner.as_deref(), Some("o-1"));
}

#[test]
fn the_id_stands_in_for_a_missing_name() {
    let unnamed = serde_json::from_value(json!({"id": "/s/w/incidents/9b"})).unwrap();
    assert_eq!(sentinel(&unnamed, "soc").unwrap().sentinel_id, "9b");
    assert_eq!(sentinel(&ArmIncident::default(), "soc"), None);
}

#[test]
fn times_have_up_to_seven_digits_and_any_offset() {
    let base = datetime!(2022-06-27 03:43:58 UTC);
    assert_eq!(time("2022-06-27T03:43:58Z"), Some(base));
    assert_eq!(time("2022-06-27T03:43:58+00:00"), Some(base));
    assert_eq!(time("2022-06-27T05:43:58.0+02:00"), Some(base));
    assert_eq!(time("2022-06-27T03:43:58"), Some(base), "without an offset it is UTC");
    assert_eq!(time(" 2022-06-27T03:43:58Z\n"), Some(base));
    for digits in 1..=7 {
        let nanos = 123_456_700 / 10_u32.pow(9 - digits) * 10_u32.pow(9 - digits);
        let fraction = &"1234567"[..digits as usize];
        let at = time(&format!("2022-06-27T03:43:58.{fraction}Z"));
        assert_eq!(at, Some(base.replace_nanosecond(nanos).unwrap()), "{digits} digits");
    }
}

#[test]
fn what_is_no_time_is_none() {
    for bad in [
        "",
        "Z",
        "now",
        "2022-13-01T00:00:00Z",
        "2022-02-30T00:00:00Z",
        "0001-01-01T00:00:00Z",
        "9".repeat(400).as_str(),
    ] {
        assert_eq!(time(bad), None, "{bad}");
    }
}

#[test]
fn an_incident_of_graph_is_read_whole() {
    let read = defender(json!({
        "id": "4712", "displayName": "x", "status": "redirected", "severity": "Medium", "redirectIncidentId": "4713",
        "classification": "truePositive", "assignedTo": null, "customTags": [], "tags": ["t"],
        "lastUpdateDateTime": "2026-11-20T08:00:00Z", "alerts": [{"id": "a"}, {"id": "b"}],
    }));
    assert_eq!(
        (read.graph_id.as_str(), read.status, read.severity),
        ("4712", Status::Redirected, Severity::Medium)
    );
    assert_eq!(
        (read.redirect_incident_id.as_deref(), read.alerts, read.owner),
        (Some("4713"), Some(2), None)
    );
    assert_eq!(read.tags, ["t"]);
}

#[test]
fn unknown_values_of_graph_are_kept_and_alerts_not_asked_for_are_unknown() {
    let read = defender(json!({"id": 5, "status": "awaitingSomething", "severity": "unknownFutureValue"}));
    assert_eq!(read.graph_id, "5");
    assert_eq!((read.status.as_str(), read.severity.as_str()), ("awaitingSomething", "unknownFutureValue"));
    assert_eq!(read.alerts, None);
    assert_eq!(graph(&WireGraphIncident::default()), None);
}

#[test]
fn identities_are_found_by_column_and_rows_without_both_ids_say_nothing() {
    let columns = ["TimeGenerated", "incidentname", "ProviderIncidentId"].map(str::to_owned);
    let rows = [
        vec![json!("2026-11-01T10:00:00Z"), json!("8a"), json!("4712")],
        vec![json!(2), json!("8b"), json!(4713)],
        vec![json!(3), json!("8c"), json!("")],
        vec![json!(4), json!(null), json!("4714")],
        vec![json!(5)],
    ];
    let read = identities(&columns, &rows).expect("all columns are there");
    let pairs: Vec<_> =
        read.iter().map(|(id, at)| (id.sentinel_id.as_str(), id.graph_id.as_str(), at.is_some())).collect();
    assert_eq!(pairs, [("8a", "4712", true), ("8b", "4713", false)]);
    assert_eq!(identities(&columns[..1], &rows), None);
}
