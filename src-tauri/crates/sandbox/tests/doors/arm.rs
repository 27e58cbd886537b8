//! ARM: versions, paging, filters, etags, comments, what a tenant has set up.

use crate::client::{World, text};
use reqwest::Method;
use serde_json::{Value, json};
use std::collections::HashSet;

const V: &str = "api-version=2025-09-01";

#[tokio::test]
async fn pages_hold_each_incident_once_and_links_carry_the_version() {
    let world = World::of(1_000).await;
    let url = world.sentinel("soc-primary", &format!("incidents?{V}&$top=150"));
    let first = world.get(&url).await;
    let link = text(&first.body, "/nextLink");
    assert!(link.starts_with(&world.sandbox.descriptor().arm) && link.contains(V), "{link}");
    assert!(link.contains("$skipToken="), "{link}");
    let all = world.all(&url).await;
    let names: HashSet<&str> = all.iter().map(|one| text(one, "/name")).collect();
    let planted = world.sandbox.truth();
    assert_eq!(names.len(), all.len(), "no incident twice");
    assert_eq!(planted["incidents"]["by_workspace"]["soc-primary"], names.len());
    let created: Vec<&str> = all.iter().map(|one| text(one, "/properties/createdTimeUtc")).collect();
    assert!(created.is_sorted_by(|a, b| a >= b), "newest first where no order is asked for");
}

#[tokio::test]
async fn orders_and_filters() {
    let world = World::of(600).await;
    let query = "&$top=1000&$orderby=properties/lastModifiedTimeUtc%20asc\
                 &$filter=properties/lastModifiedTimeUtc%20ge%202026-10-01T00:00:00Z%20and%20properties/status%20ne%20'New'";
    let some = world.all(&world.sentinel("soc-primary", &format!("incidents?{V}{query}"))).await;
    assert!(!some.is_empty());
    let times: Vec<&str> = some.iter().map(|one| text(one, "/properties/lastModifiedTimeUtc")).collect();
    assert!(times.is_sorted() && times[0] >= "2026-10-01", "{:?}", times.first());
    assert!(some.iter().all(|one| text(one, "/properties/status") != "New"));
    let all = world.all(&world.sentinel("soc-primary", &format!("incidents?{V}&$top=1000"))).await;
    let expected = all.iter().filter(|one| {
        text(one, "/properties/lastModifiedTimeUtc") >= "2026-10-01"
            && text(one, "/properties/status") != "New"
    });
    assert_eq!(some.len(), expected.count());
    for bad in ["$filter=nonsense", "$top=0", "$top=1001", "$orderby=properties/owner", "$skipToken=!"] {
        let answer = world.get(&world.sentinel("soc-primary", &format!("incidents?{V}&{bad}"))).await;
        assert_eq!(answer.status, 400, "{bad}");
    }
}

#[tokio::test]
async fn versions_are_checked() {
    let world = World::of(0).await;
    for (query, code) in
        [("", "MissingApiVersionParameter"), ("?api-version=2019-01-01", "InvalidResourceType")]
    {
        let answer = world.get(&world.sentinel("soc-primary", &format!("alertRules{query}"))).await;
        assert_eq!((answer.status, text(&answer.body, "/error/code")), (400, code));
    }
    let stable = world.all(&world.sentinel("soc-primary", &format!("alertRules?{V}"))).await;
    let preview =
        world.all(&world.sentinel("soc-primary", "alertRules?api-version=2025-07-01-preview")).await;
    let nrt = |rules: &[Value]| rules.iter().filter(|rule| rule["kind"] == "NRT").count();
    assert_eq!(nrt(&stable), 0, "NRT rules appear under a preview only");
    assert!(nrt(&preview) > 0 && preview.len() > stable.len());
}

#[tokio::test]
async fn a_put_needs_the_present_etag() {
    let world = World::of(100).await;
    let list = world.get(&world.sentinel("soc-primary", &format!("incidents?{V}&$top=1"))).await;
    let incident = list.items()[0].clone();
    let url = world.sentinel("soc-primary", &format!("incidents/{}?{V}", text(&incident, "/name")));
    let body = |etag: Value, title: &str| json!({"etag": etag, "properties": {"title": title, "severity": "Low", "status": "Active"}});
    let stale = world.arm(Method::PUT, &url, Some(body(json!("\"old\""), "x"))).await;
    assert_eq!((stale.status, text(&stale.body, "/error/code")), (409, "Conflict"));
    let missing = world.arm(Method::PUT, &url, Some(body(Value::Null, "x"))).await;
    assert_eq!(missing.status, 409, "no etag is a stale etag");
    let good = world.arm(Method::PUT, &url, Some(body(incident["etag"].clone(), "Renamed"))).await;
    assert_eq!(good.status, 200, "{}", good.body);
    assert_eq!(text(&good.body, "/properties/title"), "Renamed");
    assert_ne!(good.body["etag"], incident["etag"]);
    for kept in ["providerName", "providerIncidentId", "incidentNumber", "createdTimeUtc"] {
        let pointer = format!("/properties/{kept}");
        assert_eq!(good.body.pointer(&pointer), incident.pointer(&pointer), "{kept} is read-only");
    }
    assert!(
        text(&good.body, "/properties/lastModifiedTimeUtc")
            > text(&incident, "/properties/lastModifiedTimeUtc")
    );
    assert_eq!(world.get(&url).await.body, good.body);
}

#[tokio::test]
async fn a_put_with_a_new_name_makes_an_incident_of_sentinels_own() {
    let world = World::of(50).await;
    let name = "5f1e2d3c-1111-4222-8333-444455556666";
    let url = world.sentinel("retail", &format!("incidents/{name}?{V}"));
    let body =
        json!({"properties": {"title": "By hand", "severity": "High", "status": "New", "description": "d"}});
    let made = world.arm(Method::PUT, &url, Some(body)).await;
    assert_eq!(made.status, 201, "{}", made.body);
    assert_eq!(text(&made.body, "/properties/providerName"), "Azure Sentinel");
    let number = made.body.pointer("/properties/incidentNumber").unwrap().to_string();
    assert_eq!(text(&made.body, "/properties/providerIncidentId"), number, "Sentinel's own number, no twin");
    let first = world.get(&world.sentinel("retail", &format!("incidents?{V}&$top=1"))).await;
    assert_eq!(text(&first.items()[0], "/name"), name, "the newest");
    let elsewhere = world.get(&world.sentinel("soc-primary", &format!("incidents/{name}?{V}"))).await;
    assert_eq!(elsewhere.status, 404);
    let bad = json!({"properties": {"title": "x", "severity": "Huge", "status": "New"}});
    assert_eq!(world.arm(Method::PUT, &url, Some(bad)).await.status, 400);
}

#[tokio::test]
async fn comments_come_and_go_and_change_the_incident() {
    let world = World::of(50).await;
    let list = world.get(&world.sentinel("soc-primary", &format!("incidents?{V}&$top=1"))).await;
    let incident = &list.items()[0];
    let base = format!("incidents/{}/comments", text(incident, "/name"));
    let one = world.sentinel("soc-primary", &format!("{base}/c0ffee00-1111-4222-8333-444455556666?{V}"));
    let body = json!({"properties": {"message": "<b>see</b> ticket"}});
    assert_eq!(world.arm(Method::PUT, &one, Some(body.clone())).await.status, 201);
    assert_eq!(world.arm(Method::PUT, &one, Some(body)).await.status, 200, "the same name again");
    let all = world.get(&world.sentinel("soc-primary", &format!("{base}?{V}"))).await;
    assert_eq!(all.items().len(), 1);
    assert_eq!(text(&all.items()[0], "/properties/message"), "<b>see</b> ticket");
    let now = world
        .get(&world.sentinel("soc-primary", &format!("incidents/{}?{V}", text(incident, "/name"))))
        .await;
    assert_ne!(now.body["etag"], incident["etag"], "a comment changes the version");
    assert_eq!(world.arm(Method::DELETE, &one, None).await.status, 200);
    assert_eq!(world.arm(Method::DELETE, &one, None).await.status, 204);
}

#[tokio::test]
async fn alerts_and_entities_are_asked_for_by_post() {
    let world = World::of(50).await;
    let list = world.get(&world.sentinel("soc-primary", &format!("incidents?{V}&$top=50"))).await;
    let incident =
        list.items().iter().find(|one| one["properties"]["additionalData"]["alertsCount"] != 0).unwrap();
    let path = |tail: &str| {
        world.sentinel("soc-primary", &format!("incidents/{}/{tail}?{V}", text(incident, "/name")))
    };
    let alerts = world.arm(Method::POST, &path("alerts"), None).await;
    assert_eq!(json!(alerts.items().len()), incident["properties"]["additionalData"]["alertsCount"]);
    let entities = world.arm(Method::POST, &path("entities"), None).await;
    assert!(entities.body["value"].is_null(), "entities are not in `value`");
    assert_eq!(entities.body["entities"].as_array().unwrap().len(), 3);
    assert_eq!(entities.body["metaData"][0]["entityKind"], "Account");
}

#[tokio::test]
async fn tasks_bookmarks_and_relations_are_read_page_by_page() {
    let world = World::of(200).await;
    let list = world.get(&world.sentinel("soc-primary", &format!("incidents?{V}&$top=100"))).await;
    let (mut most, mut statuses, mut hostile, mut bookmarks) = (0, HashSet::new(), false, 0);
    for incident in list.items() {
        let base = format!("incidents/{}", text(incident, "/name"));
        let url = |tail: &str| world.sentinel("soc-primary", &format!("{base}/{tail}?{V}"));
        let tasks = world.all(&url("tasks")).await;
        most = most.max(tasks.len());
        for task in &tasks {
            statuses.insert(text(task, "/properties/status").to_owned());
            hostile |= text(task, "/properties/title").contains(['<', '=', '\u{202e}']);
            let one = world.get(&url(&format!("tasks/{}", text(task, "/name")))).await;
            assert_eq!(&one.body, task);
        }
        let kept = world.arm(Method::POST, &url("bookmarks"), None).await;
        let relations = world.all(&url("relations")).await;
        let counts = &incident["properties"]["additionalData"];
        assert_eq!(counts["bookmarksCount"], kept.items().len());
        assert_eq!(
            counts["alertsCount"].as_u64().map(|all| all as usize + kept.items().len()),
            Some(relations.len())
        );
        if let Some(one) = relations.first() {
            let again = world.get(&url(&format!("relations/{}", text(one, "/name")))).await;
            assert_eq!(&again.body, one);
        }
        bookmarks += kept.items().len();
    }
    assert!(most > 3 && bookmarks > 0 && hostile, "{most} tasks at most, {bookmarks} bookmarks");
    assert_eq!(statuses, HashSet::from(["New".to_owned(), "Completed".to_owned()]));
    let nobody = world.get(&world.sentinel("soc-primary", &format!("incidents/nobody/tasks?{V}"))).await;
    assert_eq!(nobody.status, 404);
    let name = text(&list.items()[0], "/name");
    let no_task =
        world.get(&world.sentinel("soc-primary", &format!("incidents/{name}/tasks/nobody?{V}"))).await;
    assert_eq!(no_task.status, 404);
}

#[tokio::test]
async fn what_the_tenant_has_set_up_is_listed() {
    let world = World::of(0).await;
    let descriptor = world.sandbox.descriptor();
    let group =
        format!("/subscriptions/{}/resourcegroups/{}", descriptor.subscription_id, descriptor.resource_group);
    let workspaces = world
        .all(&format!(
            "{}{group}/providers/microsoft.operationalinsights/workspaces?api-version=2023-09-01",
            descriptor.arm
        ))
        .await;
    let names: Vec<&str> = workspaces.iter().map(|one| text(one, "/name")).collect();
    assert_eq!(names, descriptor.workspaces);
    let mut rules = 0;
    for name in &descriptor.workspaces {
        rules += world.all(&world.sentinel(name, &format!("automationRules?{V}"))).await.len();
        for kind in ["dataConnectors", "watchlists", "sourcecontrols"] {
            let items = world.all(&world.sentinel(name, &format!("{kind}?{V}"))).await;
            for item in &items {
                let one =
                    world.get(&world.sentinel(name, &format!("{kind}/{}?{V}", text(item, "/name")))).await;
                assert_eq!(one.status, 200, "{kind}");
            }
        }
        let state = world.get(&world.sentinel(name, &format!("onboardingStates/default?{V}"))).await;
        assert_eq!(state.status, 200);
    }
    assert_eq!(rules, 60);
    let workflows = world
        .all(&format!("{}{group}/providers/Microsoft.Logic/workflows?api-version=2019-05-01", descriptor.arm))
        .await;
    assert_eq!(workflows.len(), 30);
    let analytics: usize = {
        let mut count = 0;
        for name in &descriptor.workspaces {
            count +=
                world.all(&world.sentinel(name, "alertRules?api-version=2025-07-01-preview")).await.len();
        }
        count
    };
    assert_eq!(analytics, 200);
}

#[tokio::test]
async fn what_is_missing_is_told_in_arms_shapes() {
    let world = World::of(10).await;
    let descriptor = world.sandbox.descriptor();
    let code = |answer: &crate::client::Answer| text(&answer.body, "/error/code").to_owned();
    let parent = world.get(&world.sentinel("nobody", &format!("incidents?{V}"))).await;
    assert_eq!((parent.status, code(&parent).as_str()), (404, "ParentResourceNotFound"));
    let bare = world.get(&world.sentinel("not-onboarded", &format!("incidents?{V}"))).await;
    assert_eq!(bare.status, 400);
    let inner: Value = serde_json::from_str(text(&bare.body, "/error/message")).unwrap();
    assert!(text(&inner, "/error/message").contains("is not onboarded to Microsoft Sentinel"));
    let incident = world.get(&world.sentinel("retail", &format!("incidents/nobody?{V}"))).await;
    assert_eq!(incident.status, 404);
    let other = format!(
        "{}/subscriptions/00000000-0000-4000-8000-000000000000?api-version=2022-12-01",
        descriptor.arm
    );
    assert_eq!(code(&world.get(&other).await), "SubscriptionNotFound");
}

#[tokio::test]
async fn a_list_can_be_capped_and_a_workspace_denied() {
    let capped = World::story("list-capped", 2_000).await;
    let all = capped.all(&capped.sentinel("soc-primary", &format!("incidents?{V}&$top=300"))).await;
    assert_eq!(all.len(), 1_200, "the page on which the thousandth stands is the last");
    let denied = World::story("denied", 10).await;
    let answer = denied.get(&denied.sentinel("retail", &format!("incidents?{V}"))).await;
    assert_eq!((answer.status, text(&answer.body, "/error/code")), (403, "AuthorizationFailed"));
    assert_eq!(denied.get(&denied.sentinel("soc-primary", &format!("incidents?{V}"))).await.status, 200);
}
