//! One session and a client for it.

use reqwest::{Certificate, Client, Method, RequestBuilder};
use sandbox::{Options, Sandbox};
use serde_json::Value;
use std::time::Duration;
use time::macros::datetime;

pub const ARM: &str = "https://management.azure.com/.default";
pub const GRAPH: &str = "https://graph.microsoft.com/.default";
pub const LOGS: &str = "https://api.loganalytics.io/.default";

/// A session with a fixed clock.
pub struct World {
    pub sandbox: Sandbox,
    pub http: Client,
}

/// A status with the body read as JSON, and the headers.
pub struct Answer {
    pub status: u16,
    pub body: Value,
    pub headers: reqwest::header::HeaderMap,
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or("")
    }

    /// The page's items.
    pub fn items(&self) -> &[Value] {
        self.body["value"].as_array().map_or(&[], Vec::as_slice)
    }
}

pub fn options(incidents: u32) -> Options {
    Options {
        incidents,
        now: Some(datetime!(2026-11-24 0:00 UTC)),
        smtp_pause: Duration::ZERO,
        ..Options::default()
    }
}

impl World {
    pub async fn start(options: Options) -> Self {
        let sandbox = Sandbox::start(options).await.unwrap();
        let pem = std::fs::read(&sandbox.descriptor().ca_cert).unwrap();
        let http = Client::builder()
            .tls_certs_only([Certificate::from_pem(&pem).unwrap()])
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .unwrap();
        Self { sandbox, http }
    }

    pub async fn of(incidents: u32) -> Self {
        Self::start(options(incidents)).await
    }

    pub async fn story(story: &str, incidents: u32) -> Self {
        Self::start(Options { story: story.to_owned(), ..options(incidents) }).await
    }

    /// Asks Entra for a token; changes replace fields of the form.
    pub async fn grant(&self, tenant: &str, changes: &[(&str, &str)]) -> Answer {
        let descriptor = self.sandbox.descriptor();
        let mut form = vec![
            ("grant_type", "client_credentials"),
            ("client_id", &descriptor.client_id),
            ("client_secret", &descriptor.client_secret),
            ("scope", ARM),
        ];
        for (name, value) in changes {
            form.retain(|(own, _)| own != name);
            form.push((name, value));
        }
        let body: Vec<String> = form
            .iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| {
                format!("{name}={}", value.replace('%', "%25").replace('+', "%2B").replace(' ', "+"))
            })
            .collect();
        let url = format!("{}/{tenant}/oauth2/v2.0/token", descriptor.authority);
        self.send(self.http.post(url).body(body.join("&"))).await
    }

    pub async fn token(&self, scope: &str) -> String {
        self.token_of(&self.sandbox.descriptor().tenant_id, scope).await
    }

    pub async fn token_of(&self, tenant: &str, scope: &str) -> String {
        let answer = self.grant(tenant, &[("scope", scope)]).await;
        answer.body["access_token"].as_str().unwrap().to_owned()
    }

    pub async fn send(&self, request: RequestBuilder) -> Answer {
        let response = request.send().await.unwrap();
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let text = response.text().await.unwrap();
        let body = if text.is_empty() { Value::Null } else { serde_json::from_str(&text).unwrap() };
        Answer { status, body, headers }
    }

    /// Below a workspace's SecurityInsights; `path` holds the api-version unless it is meant to be missing.
    pub fn sentinel(&self, workspace: &str, path: &str) -> String {
        let descriptor = self.sandbox.descriptor();
        format!(
            "{}/subscriptions/{}/resourceGroups/{}/providers/Microsoft.OperationalInsights/workspaces/{workspace}\
             /providers/Microsoft.SecurityInsights/{path}",
            descriptor.arm, descriptor.subscription_id, descriptor.resource_group
        )
    }

    pub async fn arm(&self, method: Method, url: &str, body: Option<Value>) -> Answer {
        let token = self.token(ARM).await;
        let request = self.http.request(method, url).bearer_auth(token);
        self.send(match body {
            Some(body) => request.json(&body),
            None => request,
        })
        .await
    }

    pub async fn get(&self, url: &str) -> Answer {
        self.arm(Method::GET, url, None).await
    }

    /// Follows `nextLink` to the end.
    pub async fn all(&self, url: &str) -> Vec<Value> {
        let token = self.token(ARM).await;
        let (mut next, mut items) = (Some(url.to_owned()), Vec::new());
        while let Some(url) = next {
            let page = self.send(self.http.get(url).bearer_auth(&token)).await;
            assert_eq!(page.status, 200, "{}", page.body);
            items.extend(page.items().iter().cloned());
            next = page.body["nextLink"].as_str().map(str::to_owned);
        }
        items
    }

    pub async fn graph(&self, method: Method, path: &str, body: Option<Value>) -> Answer {
        let token = self.token(GRAPH).await;
        let url = format!("{}/v1.0/security/{path}", self.sandbox.descriptor().graph);
        let request = self.http.request(method, url).bearer_auth(token);
        self.send(match body {
            Some(body) => request.json(&body),
            None => request,
        })
        .await
    }

    /// Follows `@odata.nextLink` to the end.
    pub async fn all_graph(&self, query: &str) -> Vec<Value> {
        let token = self.token(GRAPH).await;
        let start = format!("{}/v1.0/security/incidents{query}", self.sandbox.descriptor().graph);
        let (mut next, mut items) = (Some(start), Vec::new());
        while let Some(url) = next {
            let page = self.send(self.http.get(url).bearer_auth(&token)).await;
            assert_eq!(page.status, 200, "{}", page.body);
            items.extend(page.items().iter().cloned());
            next = page.body["@odata.nextLink"].as_str().map(str::to_owned);
        }
        items
    }
}

/// The text of a member.
pub fn text<'a>(value: &'a Value, pointer: &str) -> &'a str {
    value.pointer(pointer).and_then(Value::as_str).unwrap_or("")
}
