//! Who may be asked, and who may not.

use super::*;

fn sandbox(arm: &str) -> Result<Endpoints, Refused> {
    let smtp = SmtpHost { host: "127.0.0.1".into(), port: 2525 };
    let here = "https://127.0.0.1:4001";
    Endpoints::sandbox(here, arm, here, "https://localhost:4002", smtp, String::new())
}

#[test]
fn a_sandbox_is_https_on_loopback_without_path() {
    assert!(sandbox("https://127.0.0.1:4000").is_ok());
    assert!(sandbox("https://[::1]:4000").is_ok());
    for bad in [
        "http://127.0.0.1:4000",
        "https://management.azure.com",
        "https://127.0.0.1:4000/tenant",
        "https://127.0.0.1:4000/?x=1",
        "https://user@127.0.0.1:4000",
        "https://127.0.0.1.example.com",
        "https://localhost.example.com",
        "https://169.254.169.254",
        "file:///etc/passwd",
        "nonsense",
    ] {
        assert!(sandbox(bad).is_err(), "{bad} was accepted");
    }
}

#[test]
fn a_sandbox_with_smtp_elsewhere_is_refused_by_name() {
    let smtp = SmtpHost { host: "smtp.office365.com".into(), port: 587 };
    let here = "https://127.0.0.1:1";
    let refused = Endpoints::sandbox(here, here, here, here, smtp, String::new()).unwrap_err();
    assert_eq!(refused.host, "smtp.office365.com");
}

#[test]
fn only_the_purposes_own_host_is_asked() {
    let public = Endpoints::public().unwrap();
    let check = |purpose, address: &str| public.check(purpose, &Url::parse(address).unwrap());
    assert!(check(Purpose::Arm, "https://management.azure.com/subscriptions?x=1").is_ok());
    assert!(check(Purpose::Arm, "https://MANAGEMENT.azure.com:443/x").is_ok());
    let refused = check(Purpose::Arm, "https://evil.example/x").unwrap_err();
    assert!(refused.to_string().contains("evil.example"), "{refused}");
    assert!(check(Purpose::Arm, "http://management.azure.com/x").is_err(), "http was accepted");
    assert!(check(Purpose::Arm, "https://graph.microsoft.com/v1.0").is_err(), "another API of ours");
    assert!(check(Purpose::Arm, "https://management.azure.com:8443/x").is_err(), "another port");
    assert!(check(Purpose::Arm, "https://management.azure.com@evil.example/x").is_err());
}

#[test]
fn a_sandbox_has_no_budget_and_the_public_cloud_has() {
    assert!(sandbox("https://127.0.0.1:4000").unwrap().table().iter().all(|row| row.budget.is_none()));
    let limited = Endpoints::public().unwrap().table().iter().filter(|row| row.budget.is_some()).count();
    assert_eq!(limited, 3);
}

#[test]
fn debug_leaves_the_certificate_out() {
    let kind = Kind::Sandbox { ca_pem: "-----BEGIN".into() };
    assert_eq!(format!("{kind:?}"), "Sandbox");
}

#[test]
fn each_cloud_has_its_own_hosts_and_resources_and_the_same_rules() {
    for (kind, hosts, scopes) in [
        (
            CloudKind::Public,
            [
                "login.microsoftonline.com",
                "management.azure.com",
                "graph.microsoft.com",
                "api.loganalytics.io",
            ],
            ["https://management.azure.com/.default", "https://outlook.office365.com/.default"],
        ),
        (
            CloudKind::GccHigh,
            [
                "login.microsoftonline.us",
                "management.usgovcloudapi.net",
                "graph.microsoft.us",
                "api.loganalytics.us",
            ],
            ["https://management.usgovcloudapi.net/.default", "https://outlook.office365.us/.default"],
        ),
        (
            CloudKind::Dod,
            [
                "login.microsoftonline.us",
                "management.usgovcloudapi.net",
                "dod-graph.microsoft.us",
                "api.loganalytics.us",
            ],
            ["https://management.usgovcloudapi.net/.default", "https://outlook-dod.office365.us/.default"],
        ),
    ] {
        let cloud = Endpoints::national(kind).unwrap();
        let [sign_in, arm, graph, _, _, logs] = cloud.table();
        assert_eq!([sign_in.host, arm.host, graph.host.clone(), logs.host], hosts);
        assert_eq!([cloud.scope(Audience::Arm), cloud.scope(Audience::Exchange)], scopes);
        assert_eq!(cloud.scope(Audience::Graph), format!("https://{}/.default", graph.host));
        assert_eq!(graph.budget, Endpoints::public().unwrap().row(Purpose::Incidents).budget);
        let public = Url::parse("https://graph.microsoft.com/v1.0").unwrap();
        assert_eq!(cloud.check(Purpose::Incidents, &public).is_ok(), kind == CloudKind::Public);
    }
}

fn custom(graph: &str, smtp: &str) -> Result<Endpoints, Refused> {
    let smtp = SmtpHost { host: smtp.into(), port: 587 };
    Endpoints::custom(
        "https://login.cloud.example",
        "https://arm.cloud.example",
        graph,
        "https://logs.cloud.example",
        smtp,
    )
}

#[test]
fn a_custom_cloud_is_asked_at_its_addresses_for_tokens_of_their_names() {
    let cloud = custom("https://graph.cloud.example:8443", "smtp.cloud.example").unwrap();
    assert_eq!(cloud.scope(Audience::Graph), "https://graph.cloud.example:8443/.default");
    assert_eq!(cloud.scope(Audience::Exchange), "00000002-0000-0ff1-ce00-000000000000/.default");
    let elsewhere = Url::parse("https://graph.microsoft.com/v1.0").unwrap();
    assert!(cloud.check(Purpose::Incidents, &elsewhere).is_err(), "another cloud's host was taken");
}

#[test]
fn a_custom_cloud_is_https_beyond_loopback_without_path() {
    for bad in [
        "http://graph.cloud.example",
        "https://127.0.0.1:4000",
        "https://[::1]",
        "https://localhost",
        "https://graph.cloud.example/v1.0",
        "https://user@graph.cloud.example",
        "graph.cloud.example",
    ] {
        assert!(custom(bad, "smtp.cloud.example").is_err(), "{bad} was accepted");
    }
    for bad in ["127.0.0.1", "smtp.cloud.example/x", "a b", ""] {
        assert!(custom("https://graph.cloud.example", bad).is_err(), "mail to {bad:?} was accepted");
    }
}

#[test]
fn china_is_refused_with_the_date() {
    let fault = china();
    assert!(fault.sentence.contains("18 August 2026") && fault.hint.is_some(), "{fault}");
}

#[test]
fn a_sandbox_takes_no_proxy_that_lies_elsewhere() {
    let by = |address: &str| {
        let proxy = Proxy::Explicit { address: Url::parse(address).unwrap(), user: None };
        sandbox("https://127.0.0.1:4000").unwrap().via(Route { proxy, authorities: vec![] }).route.proxy
    };
    assert!(matches!(by("http://127.0.0.1:8888"), Proxy::Explicit { .. }));
    assert!(matches!(by("http://proxy.example:8080"), Proxy::System), "it would have left loopback");
}

#[test]
fn only_a_sandbox_plays_an_identity_service_and_on_loopback_alone() {
    let sandbox = || sandbox("https://127.0.0.1:4000").unwrap();
    assert!(sandbox().identity_at("http://127.0.0.1:7").is_ok());
    for bad in ["http://169.254.169.254", "https://127.0.0.1:7", "http://127.0.0.1:7/x", "nonsense"] {
        assert!(sandbox().identity_at(bad).is_err(), "{bad}");
    }
    assert!(Endpoints::public().unwrap().identity_at("http://127.0.0.1:7").is_err(), "a real cloud took one");
}

#[test]
fn each_cloud_has_its_portals_and_a_typed_one_has_none() {
    let workspace = workspace("soc");
    let tenant = "5b1d0c3e-7f0a-4d52-9a0b-0123456789ab";
    for (kind, defender, azure) in [
        (CloudKind::Public, "security.microsoft.com", "portal.azure.com"),
        (CloudKind::GccHigh, "security.microsoft.us", "portal.azure.us"),
        (CloudKind::Dod, "security.apps.mil", "portal.azure.us"),
    ] {
        let cloud = Endpoints::national(kind).unwrap();
        let page = cloud.defender_page("4711", tenant).unwrap();
        assert_eq!(page.as_str(), format!("https://{defender}/incidents/4711?tid={tenant}"));
        assert_eq!(cloud.defender_page("4711", "contoso.example").unwrap().query(), None);
        assert_eq!(
            cloud.azure_page(&workspace, "g-1", tenant).unwrap().as_str(),
            format!(
                "https://{azure}/#@{tenant}/asset/Microsoft_Azure_Security_Insights/Incident/subscriptions/s-1/resourceGroups/\
                 rg-sec/providers/Microsoft.OperationalInsights/workspaces/soc/providers/Microsoft.SecurityInsights/\
                 Incidents/g-1"
            )
        );
    }
    let typed = custom("https://graph.cloud.example", "smtp.cloud.example").unwrap();
    assert_eq!((typed.defender_page("1", tenant), typed.azure_page(&workspace, "g-1", tenant)), (None, None));
    let public = Endpoints::public().unwrap();
    let named = public.azure_page(&workspace, "g-1", "contoso.example").unwrap();
    assert!(named.as_str().starts_with("https://portal.azure.com/#asset/"), "{named}");
}

#[test]
fn what_an_answer_calls_itself_leads_to_no_other_page() {
    let cloud = Endpoints::public().unwrap();
    for bad in ["", "..", "1/../2", "1?x", "1#x", "@evil.example", "１"] {
        assert_eq!(cloud.defender_page(bad, "t"), None, "{bad}");
    }
    assert_eq!(cloud.azure_page(&workspace(".."), "g-1", "t"), None);
    let page = cloud.azure_page(&workspace("a/../b?c#d%2f \u{202e}\"<"), "g-1", "t/@evil").unwrap();
    assert_eq!(page.host_str(), Some("portal.azure.com"));
    let fragment = page.fragment().unwrap();
    assert!(fragment.contains("workspaces/a%2F..%2Fb%3Fc%23d%252f%20%E2%80%AE%22%3C/"), "{fragment}");
}

fn workspace(name: &str) -> crate::arm::Workspace {
    crate::arm::Workspace {
        name: name.into(),
        id: String::new(),
        resource_group: "rg-sec".into(),
        subscription: "s-1".into(),
        customer_id: String::new(),
        location: String::new(),
    }
}
