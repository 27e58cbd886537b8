//! Every way in through the host, as the window meets it: connect, sign in, read; and what is refused.

use contract::Code;
use contract::account::WayIn;
use contract::job::JobState;
use host::Host;
use serde_json::{Value, json};
use tests::{Desk, account, finish, get, host, world};

/// An account of the sandbox that the host runs.
fn demo(name: &str, way: &str) -> Value {
    json!({
        "name": name, "tenant": "", "client": "", "cloud": "demo", "custom": null, "way": way,
        "secret": null, "certificate": null, "keep": false
    })
}

async fn row(host: &Host, name: &str) -> Value {
    let accounts = get(host, "account_list", json!({})).await["accounts"].clone();
    let all = accounts.as_array().expect("accounts");
    all.iter().find(|row| row["name"] == name).cloned().expect("the account is listed")
}

async fn incidents(host: &Host) -> u64 {
    assert_eq!(finish(host, "sync_run", json!({})).await, (JobState::Done, None));
    get(host, "session_get", json!({})).await["sources"][0]["rows"].as_u64().expect("rows")
}

#[tokio::test(flavor = "multi_thread")]
async fn an_app_reads_by_secret_certificate_and_identity_and_tenants_in_one_host_stay_apart() {
    let host = host(None, true);
    for (name, way) in [
        ("by-secret", "client_secret"),
        ("by-certificate", "certificate"),
        ("by-identity", "managed_identity"),
    ] {
        host.call("account_connect", demo(name, way)).await.expect("it is connected");
        assert!(incidents(&host).await > 0, "{way} reads");
        let row = row(&host, name).await;
        assert_eq!((&row["open"], &row["kept"], &row["way"]), (&json!(true), &json!(false), &json!(way)));
    }
    host.call("session_open", json!({ "name": "by-secret" })).await.expect("the first one is still there");
    assert_eq!(row(&host, "by-certificate").await["open"], false);
    let typed = json!({ "name": "by-certificate", "typed": "by-certificate" });
    let removed = host.call("account_remove", typed).await.expect("what is in memory is forgotten");
    assert!(!removed["accounts"].to_string().contains("by-certificate"), "{removed}");
    let twice =
        host.call("account_connect", demo("by-secret", "client_secret")).await.expect_err("a name is one");
    assert_eq!(twice.code, Code::Conflict);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pfx_is_opened_by_its_password_and_read_once() {
    let (desk, folder) = (Desk::beside(world(1, 20)).await, tempfile::tempdir().expect("a folder"));
    let host = host(Some(folder.path().join("data")), false);
    let made = &desk.sandbox.descriptor().certificate;
    let pfx = folder.path().join("app.pfx");
    std::fs::copy(&made.pfx, &pfx).expect("the sandbox wrote it");
    let mut typed = account("lab", WayIn::Certificate);
    typed.certificate = Some(pfx.display().to_string());
    typed.secret = Some(made.pfx_password.clone());
    host.connect_descriptor(&desk.descriptor(), &typed).await.expect("it is stored");
    std::fs::remove_file(&pfx).expect("it was there");
    host.call("session_open", json!({ "name": "lab" })).await.expect("it opens");
    assert_eq!(incidents(&host).await, 20);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_typed_path_is_not_opened_for_the_demo() {
    let host = host(None, true);
    let request = json!({ "certificate": "/etc/hostname", "secret": "x" });
    let mut asked = demo("by-certificate", "certificate");
    asked.as_object_mut().expect("an object").extend(request.as_object().cloned().expect("an object"));
    host.call("account_connect", asked).await.expect("the sandbox's own certificate is used");
    assert!(incidents(&host).await > 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_is_waited_for_and_a_cancelled_sign_in_can_be_begun_again() {
    let host = host(None, true);
    host.call("account_connect", demo("ada", "device_code")).await.expect("it is connected");
    assert_eq!(row(&host, "ada").await["sign_in_needed"], true);
    let job = host.call("account_sign_in", json!({ "name": "ada" })).await.expect("it begins");
    let prompt = prompt(&host).await;
    assert_eq!((&prompt["account"], &prompt["way"]), (&json!("ada"), &json!("device_code")));
    assert!(prompt["code"].as_str().is_some_and(|code| code.len() >= 8), "{prompt}");
    let link = host.call("link_open", json!({ "page": "sign_in" })).await.expect("it is named");
    assert_eq!((&link["address"], &link["opened"]), (&prompt["address"], &json!(false)));
    host.call("job_cancel", json!({ "id": job["id"] })).await.expect("it ends");
    assert_eq!(row(&host, "ada").await["sign_in_needed"], true, "nothing was read in its name");
}

/// Waits by the core's own events until somebody is asked for something.
pub(crate) async fn prompt(host: &Host) -> Value {
    let mut events = host.events();
    loop {
        let prompt = get(host, "sign_in_get", json!({})).await["prompt"].clone();
        if !prompt.is_null() {
            return prompt;
        }
        events.recv().await.expect("the host goes on");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_sign_in_stands_beside_its_account_with_what_to_quote() {
    let host = host(None, true);
    let mut asked = demo("lapsed", "client_secret");
    asked["tenant"] = json!("expired-secret");
    host.call("account_connect", asked).await.expect("it is connected");
    let (end, failure) = finish(&host, "sync_run", json!({})).await;
    assert_eq!((end, failure.map(|fault| fault.code)), (JobState::Failed, Some(Code::SignIn)));
    let trouble = row(&host, "lapsed").await["trouble"].clone();
    assert_eq!(trouble["aadsts"], 7_000_222, "{trouble}");
    assert!(
        trouble["correlation_id"].is_string() && trouble["fix"].as_str().is_some_and(|fix| !fix.is_empty())
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tier_is_chosen_and_the_doctor_judges_by_it() {
    let host = host(None, true);
    host.call("account_connect", demo("lab", "client_secret")).await.expect("it is connected");
    assert!(incidents(&host).await > 0);
    let edit = |tier: &str| {
        json!({
            "name": "lab", "title": "Lab", "colour": 4, "production": true, "tier": tier, "mail": null,
            "primary": null, "secret_ends": null
        })
    };
    let states = async |host: &Host| {
        assert_eq!(finish(host, "doctor_run", json!({})).await, (JobState::Done, None));
        get(host, "doctor_get", json!({})).await
    };
    let look = states(&host).await;
    assert_eq!((&look["tier"], look["checks"].as_u64()), (&json!("look"), Some(23)));
    host.call("account_edit", edit("respond")).await.expect("it is chosen");
    let row = row(&host, "lab").await;
    assert_eq!((&row["tier"], &row["title"], &row["colour"]), (&json!("respond"), &json!("Lab"), &json!(4)));
    assert_eq!(states(&host).await["tier"], "respond");
    let ask = get(&host, "tier_get", json!({ "name": "lab", "tier": "respond", "mail": false })).await;
    assert!(ask["az"].as_str().is_some_and(|az| az.contains("Microsoft Sentinel Responder")), "{ask}");
    let ends = get(&host, "expiry_list", json!({})).await;
    assert!(ends["rows"].as_array().is_some_and(|rows| rows.iter().any(|row| row["ours"] == true)), "{ends}");
    let workspaces = get(&host, "workspace_list", json!({})).await["workspaces"].clone();
    let [one, other] = workspaces.as_array().expect("a list").as_slice() else { panic!("{workspaces}") };
    for chosen in [other, one] {
        let mut edit = edit("respond");
        edit["primary"] = chosen["id"].clone();
        host.call("account_edit", edit).await.expect("it is chosen");
        assert_eq!(self::row(&host, "lab").await["primary"], chosen["name"]);
        let now = get(&host, "workspace_list", json!({})).await["workspaces"].clone();
        let primary = now.as_array().expect("a list").iter().filter(|one| one["primary"] == true);
        assert_eq!(primary.map(|one| &one["id"]).collect::<Vec<_>>(), [&chosen["id"]]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn clouds_differ_by_their_addresses_and_china_is_refused_with_its_date() {
    let folder = tempfile::tempdir().expect("a folder");
    let host = host(Some(folder.path().to_owned()), false);
    let typed = |name: &str, cloud: &str| {
        json!({
            "name": name, "tenant": "contoso.example", "client": "0f7bbf7c-56a5-4b6b-a7f0-4c6b0a5b6e2d",
            "cloud": cloud, "way": "browser", "secret": null, "certificate": null, "keep": true,
            "custom": {
                "authority": "https://login.contoso.example", "arm": "https://arm.contoso.example",
                "graph": "https://graph.contoso.example", "logs": "https://logs.contoso.example",
                "smtp": "smtp.contoso.example"
            }
        })
    };
    for (cloud, hosts) in [
        (
            "public",
            [
                "login.microsoftonline.com",
                "management.azure.com",
                "graph.microsoft.com",
                "api.loganalytics.io",
            ],
        ),
        (
            "gcc_high",
            [
                "login.microsoftonline.us",
                "management.usgovcloudapi.net",
                "graph.microsoft.us",
                "api.loganalytics.us",
            ],
        ),
        (
            "dod",
            [
                "login.microsoftonline.us",
                "management.usgovcloudapi.net",
                "dod-graph.microsoft.us",
                "api.loganalytics.us",
            ],
        ),
        (
            "custom",
            ["login.contoso.example", "arm.contoso.example", "graph.contoso.example", "logs.contoso.example"],
        ),
    ] {
        host.call("account_connect", typed(cloud, cloud)).await.expect(cloud);
        let row = row(&host, cloud).await;
        assert_eq!(
            (&row["hosts"], &row["cloud"], &row["tier"]),
            (&json!(hosts), &json!(cloud), &json!("look"))
        );
        let kept =
            std::fs::read_to_string(folder.path().join(cloud).join("connection.json")).expect("it is kept");
        assert_eq!(
            kept.contains("arm.contoso.example"),
            cloud == "custom",
            "{cloud} keeps no addresses but its own"
        );
    }
    let refused = host.call("account_connect", typed("china", "china")).await.expect_err("it is refused");
    assert!(refused.message.contains("18 August 2026"), "{}", refused.message);
    assert!(!folder.path().join("china").exists(), "something was kept");
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_outside_are_named_by_what_they_are_about_and_built_by_the_core() {
    let host = host(None, true);
    host.call("account_connect", demo("lab", "client_secret")).await.expect("it is connected");
    let page = get(&host, "link_open", json!({ "page": "aadsts", "number": 53_003 })).await;
    assert_eq!(page["address"], "https://login.microsoftonline.com/error?code=53003");
    let consent = json!({ "page": "consent", "account": "lab", "tier": "look", "mail": false });
    let address = get(&host, "link_open", consent).await["address"].clone();
    let client = row(&host, "lab").await["client"].clone();
    let address = address.as_str().expect("an address");
    assert!(
        address.contains("adminconsent") && address.contains(client.as_str().expect("an id")),
        "{address}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_way_is_tested_to_its_end_and_the_network_is_told() {
    let host = host(None, true);
    host.call("account_connect", demo("lab", "client_secret")).await.expect("it is connected");
    assert_eq!(finish(&host, "connection_test", json!({ "name": "lab" })).await, (JobState::Done, None));
    let test = get(&host, "connection_get", json!({ "name": "lab" })).await;
    let steps = test["steps"].as_array().expect("steps");
    assert!(steps.iter().any(|step| step["id"] == "logs"), "{test}");
    assert!(steps.iter().all(|step| step["verdict"] != "fail"), "{test}");
    let network = get(&host, "network_get", json!({})).await;
    assert_eq!((&network["proxy"], &network["password_kept"]), (&json!("system"), &json!(false)));
    let china = json!({ "cloud": "china", "tenant": "t", "way": "browser", "tier": "look", "mail": false });
    assert!(host.call("registration_get", china).await.is_err(), "Sentinel was retired there");
}
