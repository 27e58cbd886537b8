//! The main job as the window does it: open the demo tenant, look at everything, leave.

use contract::job::JobState;
use serde_json::{Value, json};
use tests::{finish, get, host};

fn list_request(filter: Value) -> Value {
    let mut all = json!({
        "text": "", "severity": [], "status": [], "workspace": [], "presence": [], "redirected": null,
        "updated_hours": null
    });
    for (key, value) in filter.as_object().expect("a filter is an object") {
        all[key] = value.clone();
    }
    json!({ "filter": all, "sort": { "column": "updated", "descending": true }, "offset": 0, "limit": 50 })
}

#[tokio::test(flavor = "multi_thread")]
async fn an_analyst_sees_it_all_without_signing_in() {
    let host = host(None, true);
    assert_eq!(get(&host, "session_get", json!({})).await["kind"], "none");
    let state = get(&host, "session_demo", json!({})).await;
    assert_eq!((&state["kind"], &state["demo"]), (&json!("demo"), &json!(true)));
    assert_eq!(finish(&host, "sync_run", json!({})).await.0, JobState::Done);
    assert_eq!(finish(&host, "readiness_run", json!({})).await.0, JobState::Done);

    incidents(&host).await;
    redirects(&host).await;
    readiness(&host).await;
    mail(&host).await;
    rest(&host).await;

    assert_eq!(get(&host, "session_close", json!({})).await["kind"], "none");
    assert!(host.call("incident_list", list_request(json!({}))).await.is_err(), "nothing is open any more");
}

async fn incidents(host: &host::Host) {
    let page = get(host, "incident_list", list_request(json!({}))).await;
    let total = page["total"].as_u64().expect("a total");
    assert!(total >= 300, "300 Sentinel incidents and Defender's own: {total}");
    let facets = get(host, "incident_facets", list_request(json!({}))["filter"].clone()).await;
    let by_severity: u64 =
        facets["severity"].as_array().expect("values").iter().filter_map(|one| one["count"].as_u64()).sum();
    assert_eq!(by_severity, total, "every incident has a severity");
    for facet in ["classification", "product", "tag"] {
        let first = &facets[facet][0];
        let narrowed = get(host, "incident_list", list_request(json!({ facet: [first["value"]] }))).await;
        assert_eq!(narrowed["total"], first["count"], "the count beside a {facet} is what it leaves");
    }
    let differ = get(host, "incident_list", list_request(json!({ "owner_differs": true }))).await;
    assert_eq!(differ["total"], facets["owner_differs"]);
    let mut all = list_request(json!({}));
    (all["first"], all["count"]) = (json!(0), json!(10_000));
    let keys = get(host, "incident_keys", all).await;
    assert_eq!(
        (keys["keys"].as_array().map(Vec::len), &keys["total"]),
        (Some(total as usize), &json!(total))
    );
    assert_eq!(keys["keys"][0], page["rows"][0]["key"], "in the order of the list");
    let twins = get(host, "incident_list", list_request(json!({ "presence": ["both"] }))).await;
    let key = &twins["rows"][0]["key"];
    let detail = get(host, "incident_get", json!({ "key": key })).await;
    assert!(
        detail["sentinel"]["raw"].is_string() && detail["graph"]["raw"].is_string(),
        "a twin has both sides"
    );
    assert!(!detail["compare"].as_array().expect("rows").is_empty());
    let number = twins["rows"][0]["number"].to_string();
    let found = get(host, "incident_list", list_request(json!({ "text": number }))).await;
    assert!(
        found["rows"].as_array().expect("rows").iter().any(|row| &row["key"] == key),
        "found by its number"
    );
}

async fn redirects(host: &host::Host) {
    let list = get(host, "redirect_list", json!({})).await;
    let sources = list["sources"].as_u64().expect("a count");
    assert!(sources > 0, "the demo has merged incidents");
    let first = &list["groups"][0]["rows"][0];
    let proof = get(host, "redirect_get", json!({ "key": first["key"] })).await;
    let hits =
        proof["evidence"].as_array().expect("evidence").iter().flat_map(|one| {
            one["lines"].as_array().expect("lines").iter().filter(|line| line["hit"] == true)
        });
    assert!(hits.count() > 0, "a claim shows what it rests on: {proof}");
}

async fn readiness(host: &host::Host) {
    let list = get(host, "readiness_list", json!({})).await;
    let checks = list["checks"].as_array().expect("checks");
    assert_eq!(checks.len() as u64, list["coverage"]["total"].as_u64().expect("a total"));
    let failed = checks.iter().find(|check| check["id"] == "AU-01").expect("AU-01 ran");
    assert_eq!(failed["verdict"], "fail");
    let detail = get(host, "readiness_get", json!({ "id": "AU-01" })).await;
    assert!(detail["text"]["fix"].as_str().is_some_and(|fix| !fix.is_empty()));
    let evidence = get(host, "readiness_evidence", json!({ "check": "AU-01", "index": 0 })).await;
    let lines = evidence["evidence"]["lines"].as_array().expect("lines");
    let shown: Vec<&str> =
        lines.iter().filter(|line| line["hit"] == true).filter_map(|line| line["text"].as_str()).collect();
    assert!(
        shown.iter().any(|text| text.contains("IncidentProviderName")),
        "the path leads to the value: {shown:?}"
    );
}

async fn mail(host: &host::Host) {
    let suggested = get(host, "mail_ladder", json!({})).await["suggested"].clone();
    let request = json!({
        "mailbox": suggested["mailbox"], "outside": suggested["outside"], "login": null, "send": true
    });
    assert_eq!(finish(host, "mail_test", request).await.0, JobState::Done);
    let ladder = get(host, "mail_ladder", json!({})).await;
    let steps = ladder["steps"].as_array().expect("steps");
    let verdict = |id: &str| steps.iter().find(|step| step["id"] == id).map(|step| step["verdict"].clone());
    assert_eq!(verdict("E-01"), Some(json!("pass")), "delivery to Sent Items is proved");
    let text =
        "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant.";
    let explained = get(host, "mail_explain", json!({ "text": text })).await;
    assert!(explained["matches"][0]["id"].as_str().is_some_and(|id| id.contains("tenant")), "{explained}");
}

async fn rest(host: &host::Host) {
    let overview = get(host, "overview_get", json!({})).await;
    assert_eq!(overview["deadlines"].as_array().map(Vec::len), Some(2));
    assert_eq!(
        overview["redirected"].as_u64(),
        overview["resolved"].as_u64().zip(overview["unresolved"].as_u64()).map(|(a, b)| a + b)
    );
    let accounts = get(host, "account_list", json!({})).await["accounts"].clone();
    assert_eq!(accounts.as_array().map(Vec::len), Some(1), "the demo is an account: {accounts}");
    assert_eq!((&accounts[0]["kind"], &accounts[0]["kept"]), (&json!("demo"), &json!(false)));
    let requests = get(host, "request_list", json!({ "offset": 0, "limit": 500, "text": "" })).await;
    assert!(requests["total"].as_u64() > Some(5), "what left the machine is listed");
    assert!(!requests.to_string().contains("client_secret="), "and holds no secret");
}

#[tokio::test(flavor = "multi_thread")]
async fn files_are_checked_without_a_tenant() {
    let host = host(None, true);
    let fixtures = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/import/checks/AU-01");
    let state = get(&host, "session_files", json!({ "paths": [fixtures] })).await;
    assert_eq!(state["kind"], "files");
    let list = get(&host, "readiness_list", json!({})).await;
    let check = |id: &str| {
        let checks = list["checks"].as_array().expect("checks");
        checks.iter().find(|check| check["id"] == id).cloned().expect("the check is listed")
    };
    assert_eq!(check("AU-01")["verdict"], "fail");
    assert_eq!(check("PB-05")["verdict"], "could_not_run");
    assert_eq!(check("PB-05")["reason"], "Could not run: no playbooks in this import");
    let evidence = get(&host, "readiness_evidence", json!({ "check": "AU-01", "index": 0 })).await;
    assert_eq!(evidence["evidence"]["source"], "file");
    assert!(host.call("sync_run", json!({})).await.is_err(), "files have nothing to sync");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_can_be_paused_resumed_and_cancelled() {
    let desk = tests::Desk::open(sandbox::Options {
        latency: std::time::Duration::from_millis(40),
        ..tests::world(1, 2_000)
    })
    .await;
    let id = desk.get("sync_run", json!({})).await["id"].clone();
    let state = |list: Value| list["jobs"][0]["state"].clone();
    assert_eq!(state(desk.get("job_pause", json!({ "id": id })).await), "paused");
    assert_eq!(state(desk.get("job_resume", json!({ "id": id })).await), "running");
    assert_eq!(state(desk.get("job_cancel", json!({ "id": id })).await), "cancelled");
    let (end, failure) = desk.run("sync_run", json!({})).await;
    assert_eq!((end, failure), (JobState::Done, None), "it goes on where it stopped");
    let total = desk.sandbox.truth()["incidents"]["sentinel"].clone();
    let sources = desk.get("session_get", json!({})).await["sources"].clone();
    assert_eq!(sources[0]["rows"], total);
    assert!(!desk.get("job_list", json!({})).await["jobs"].as_array().expect("jobs").is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_first_reading_is_put_to_a_person_before_it_begins() {
    let desk = tests::Desk::open(tests::world(1, 5_100)).await;
    let (id, plan) = tests::asks(&desk.host).await;
    assert!(plan.starts_with("About ") && plan.contains("ARM "), "{plan}");
    let read = async || desk.get("session_get", json!({})).await["sources"][0]["rows"].clone();
    assert_eq!(read().await, json!(0), "nothing is read before the word");
    let refused = desk.get("job_cancel", json!({ "id": id })).await["jobs"][0].clone();
    assert_eq!((&refused["state"], &refused["asked"]["waits"]), (&json!("cancelled"), &json!(false)));
    assert_eq!(read().await, json!(0));

    let (id, again) = tests::asks(&desk.host).await;
    assert_eq!(again, plan, "it is asked anew");
    desk.get("job_resume", json!({ "id": id })).await;
    // The same job, for there is one at a time.
    assert_eq!(desk.run("sync_run", json!({})).await, (JobState::Done, None));
    let jobs = desk.get("job_list", json!({})).await;
    let outcome =
        jobs["jobs"].as_array().and_then(|jobs| jobs.last()).expect("a job")["asked"]["outcome"].clone();
    assert!(outcome.as_str().is_some_and(|said| said.contains("were needed")), "{outcome}");
    assert_eq!(read().await, desk.sandbox.truth()["incidents"]["sentinel"]);
    assert_eq!(desk.run("sync_run", json!({})).await, (JobState::Done, None), "what changed is read unasked");
}
