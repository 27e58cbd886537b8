//! Rights: what tokens, the directory and Azure tell of them, and what each story's missing one closes.

use crate::client::{ARM, Answer, GRAPH, LOGS, World};
use crate::sign_in::claims;
use reqwest::Method;
use serde_json::{Value, json};

const ROLES: &str = "providers/Microsoft.Authorization/roleAssignments?api-version=2022-04-01";
const MAY: &str = "providers/Microsoft.Authorization/permissions?api-version=2022-04-01";

impl World {
    fn subscription(&self, path: &str) -> String {
        let descriptor = self.sandbox.descriptor();
        format!("{}/subscriptions/{}/{path}", descriptor.arm, descriptor.subscription_id)
    }

    async fn directory(&self, path: &str) -> Answer {
        let url = format!("{}/v1.0/{path}", self.sandbox.descriptor().graph);
        self.send(self.http.get(url).bearer_auth(self.token(GRAPH).await)).await
    }

    /// Statuses of one request at each kind of door: Sentinel, log, playbooks, Graph, mail, directory.
    async fn statuses(&self) -> [u16; 6] {
        let descriptor = self.sandbox.descriptor().clone();
        let sentinel =
            self.get(&self.sentinel("soc-primary", "incidents?api-version=2025-09-01&$top=1")).await;
        let playbooks = self.subscription("providers/Microsoft.Logic/workflows?api-version=2019-05-01");
        let mail = format!("users/{}/messages", descriptor.mailboxes.allowed);
        let app = format!("applications(appId='{}')", descriptor.client_id);
        [
            sentinel.status,
            self.log().await,
            self.get(&playbooks).await.status,
            self.graph(Method::GET, "incidents", None).await.status,
            self.directory(&mail).await.status,
            self.directory(&app).await.status,
        ]
    }

    /// A query that no door knows, so that whoever may ask is told 400.
    async fn log(&self) -> u16 {
        let workspace = self.get(&self.workspace("soc-primary")).await;
        let customer = workspace.body["properties"]["customerId"].as_str().unwrap().to_owned();
        let url = format!("{}/v1/workspaces/{customer}/query", self.sandbox.descriptor().logs);
        let body = json!({"query": "SecurityIncident"});
        self.send(self.http.post(url).bearer_auth(self.token(LOGS).await).json(&body)).await.status
    }

    fn workspace(&self, name: &str) -> String {
        let group = &self.sandbox.descriptor().resource_group;
        let path =
            format!("providers/Microsoft.OperationalInsights/workspaces/{name}?api-version=2022-10-01");
        self.subscription(&format!("resourceGroups/{group}/{path}"))
    }
}

#[tokio::test]
async fn a_missing_right_closes_its_doors_and_no_other() {
    const OPEN: [u16; 6] = [200, 400, 200, 200, 200, 200];
    for (story, closed) in [
        ("half-migrated", None),
        ("no-log-reader", Some(1)),
        ("no-playbook-reader", Some(2)),
        ("no-graph-incidents", Some(3)),
        ("no-mail", Some(4)),
        ("no-directory", Some(5)),
    ] {
        let world = World::story(story, 10).await;
        let mut expected = OPEN;
        if let Some(at) = closed {
            expected[at] = 403;
        }
        assert_eq!(world.statuses().await, expected, "{story}");
        assert_eq!(
            world.sandbox.truth(),
            World::of(10).await.sandbox.truth(),
            "{story} plants what the default does"
        );
    }
}

#[tokio::test]
async fn refusals_name_the_action_and_who_asked() {
    let world = World::story("no-playbook-reader", 0).await;
    let refused =
        world.get(&world.subscription("providers/Microsoft.Logic/workflows?api-version=2019-05-01")).await;
    let token = claims(&world.token(ARM).await);
    let message = refused.body["error"]["message"].as_str().unwrap();
    assert_eq!(refused.body["error"]["code"], "AuthorizationFailed");
    for part in
        ["Microsoft.Logic/workflows/read", token["oid"].as_str().unwrap(), token["appid"].as_str().unwrap()]
    {
        assert!(message.contains(part), "{part} in {message}");
    }
    assert_ne!(token["oid"], token["appid"], "an object is not its app");
    let world = World::story("no-directory", 0).await;
    let refused = world.directory("servicePrincipals").await;
    assert_eq!(refused.body["error"]["code"], "Authorization_RequestDenied");
}

#[tokio::test]
async fn role_assignments_are_filtered_and_paged() {
    let world = World::of(0).await;
    let principal = claims(&world.token(ARM).await)["oid"].as_str().unwrap().to_owned();
    for filter in [format!("assignedTo('{principal}')"), format!("principalId eq '{principal}'")] {
        let url = format!("{}&$filter={filter}", world.subscription(ROLES))
            .replace('\'', "%27")
            .replace(' ', "%20");
        let first = world.get(&url).await;
        assert_eq!((first.items().len(), first.body["nextLink"].is_string()), (3, true), "{}", first.body);
        let all = world.all(&url).await;
        assert_eq!(all.len(), 4);
        assert!(all.iter().all(|one| one["properties"]["principalId"] == principal.as_str()));
        let roles = all.iter().filter_map(|one| one["properties"]["roleDefinitionId"].as_str());
        assert!(
            roles.clone().any(|role| role.ends_with("8d289c81-5878-46d4-8554-54e1e3d8b5cb")),
            "Sentinel Reader"
        );
    }
    assert!(world.all(&world.subscription(ROLES)).await.len() > 4, "without a filter, everybody's");
    let nobody = format!("{}&$filter=principalId%20eq%20%27nobody%27", world.subscription(ROLES));
    assert!(world.all(&nobody).await.is_empty());
    let wrong = format!("{}&$filter=roleDefinitionId%20eq%20%27x%27", world.subscription(ROLES));
    assert_eq!(world.get(&wrong).await.status, 400);
}

#[tokio::test]
async fn permissions_are_those_of_the_scope_that_is_asked() {
    let world = World::of(0).await;
    let group = format!("resourceGroups/{}", world.sandbox.descriptor().resource_group);
    let workspace = format!("{group}/providers/Microsoft.OperationalInsights/workspaces/soc-primary");
    let mut counts = Vec::new();
    for below in [String::new(), format!("{group}/"), format!("{workspace}/")] {
        let all = world.all(&world.subscription(&format!("{below}{MAY}"))).await;
        assert!(all.iter().all(|one| one["actions"].is_array() && one["notActions"].is_array()));
        counts.push(all.len());
    }
    assert_eq!(counts, [1, 4, 4], "what is held at the group reaches its workspaces");
    let denied = world.http.get(world.subscription(MAY)).bearer_auth(world.token_of("denied", ARM).await);
    assert_eq!(world.send(denied).await.status, 403);
}

#[tokio::test]
async fn what_the_token_carries_is_what_the_directory_granted() {
    for story in ["half-migrated", "denied", "legacy-mail", "no-mail", "no-graph-incidents"] {
        let world = World::story(story, 0).await;
        let app = world.sandbox.descriptor().client_id.clone();
        let mut told = granted(&world, &app).await;
        let exchange = "https://outlook.office365.com/.default";
        let mut carried = Vec::new();
        for scope in [GRAPH, exchange] {
            let token = claims(&world.token(scope).await);
            carried.extend(token["roles"].as_array().unwrap().iter().cloned());
        }
        told.sort_by_key(Value::to_string);
        carried.sort_by_key(Value::to_string);
        assert_eq!(told, carried, "{story}");
    }
}

/// Values of an app's roles, resolved by the resources' own lists.
async fn granted(world: &World, app: &str) -> Vec<Value> {
    let own = world.directory(&format!("servicePrincipals(appId='{app}')")).await;
    assert_eq!(own.status, 200, "{}", own.body);
    let id = own.body["id"].as_str().unwrap();
    let list = world.directory(&format!("servicePrincipals/{id}/appRoleAssignments")).await;
    let mut values = Vec::new();
    for one in list.items() {
        let resource =
            world.directory(&format!("servicePrincipals/{}", one["resourceId"].as_str().unwrap())).await;
        let roles = resource.body["appRoles"].as_array().unwrap();
        let role = roles.iter().find(|role| role["id"] == one["appRoleId"]).unwrap();
        values.push(role["value"].clone());
    }
    values
}

#[tokio::test]
async fn the_registration_tells_when_its_credentials_end() {
    let world = World::of(0).await;
    let descriptor = world.sandbox.descriptor().clone();
    let select = "$select=id,appId,displayName,passwordCredentials,keyCredentials";
    let app = world.directory(&format!("applications(appId='{}')?{select}", descriptor.client_id)).await.body;
    let members: Vec<&str> = app.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(
        members,
        ["@odata.context", "id", "appId", "displayName", "passwordCredentials", "keyCredentials"]
    );
    let secret = &app["passwordCredentials"][0];
    assert_eq!(secret["hint"], descriptor.client_secret[..3]);
    assert_eq!(
        (secret["endDateTime"].as_str(), secret["secretText"].is_null()),
        (Some("2026-12-18T00:00:00Z"), true)
    );
    assert_eq!(app["passwordCredentials"][1]["endDateTime"], "2026-11-14T00:00:00Z", "one has ended");
    assert_eq!(app["keyCredentials"][0]["customKeyIdentifier"], descriptor.certificate.thumbprint.as_str());
    let listed =
        world.directory(&format!("servicePrincipals?$filter=appId%20eq%20'{}'", descriptor.client_id)).await;
    assert_eq!(listed.items().len(), 1);
    let nobody = world.directory("applications(appId='nobody')").await;
    assert_eq!(
        (nobody.status, nobody.body["error"]["code"].as_str()),
        (404, Some("Request_ResourceNotFound"))
    );
}

#[tokio::test]
async fn assignments_in_the_directory_are_paged() {
    let world = World::of(0).await;
    let app = world.sandbox.descriptor().client_id.clone();
    let token = world.token(GRAPH).await;
    let path = format!("servicePrincipals(appId='{app}')/appRoleAssignments?$top=4");
    let mut next = Some(format!("{}/v1.0/{path}", world.sandbox.descriptor().graph));
    let mut pages = Vec::new();
    while let Some(url) = next {
        let page = world.send(world.http.get(url).bearer_auth(&token)).await;
        assert_eq!(page.status, 200, "{}", page.body);
        pages.push(page.items().len());
        next = page.body["@odata.nextLink"].as_str().map(str::to_owned);
    }
    assert_eq!(pages, [4, 4, 2]);
}
