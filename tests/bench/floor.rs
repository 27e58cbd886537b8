//! `sync-floor`: a sync without latency beside the least that any sync must do with the same bytes: parse each
//! incident, and insert its JSON under its id into SQLCipher.
//!
//! The floor reads its pages from memory; ours asks a sandbox on the same machine for them.

use std::path::Path;
use std::time::{Duration, Instant};

use rusqlite::Connection;
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use crate::Outcome;
use crate::figure::{Aim, Figure, ROUNDS, median};
use crate::process::Sandbox;
use crate::sync::{Synced, bound_by, elapsed, sync};

const INCIDENTS: u32 = 20_000;

pub fn measure() -> Outcome<Vec<Figure>> {
    let sandbox = Sandbox::start(INCIDENTS, 0)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let pages = [
        ("sync-floor.arm", "sentinel", runtime.block_on(arm_pages(&sandbox))?),
        ("sync-floor.graph", "graph", runtime.block_on(graph_pages(&sandbox))?),
    ];
    pages.iter().map(|(name, api, pages)| beside_floor(&sandbox, name, api, pages)).collect()
}

fn beside_floor(sandbox: &Sandbox, name: &'static str, api: &str, pages: &[String]) -> Outcome<Figure> {
    let (mut ours, mut floors) = (Vec::new(), Vec::new());
    let mut runs: Vec<Synced> = Vec::new();
    for _ in 0..ROUNDS {
        let synced = sync(sandbox, api)?;
        let (took, rows) = floor(pages)?;
        if synced.run.said[api]["incidents"] != rows {
            return Err(format!("{rows} rows, and ours says {}", synced.run.said).into());
        }
        ours.push(elapsed(&synced.run.said));
        floors.push(took);
        runs.push(synced);
    }
    Ok(Figure {
        name,
        ours: median(&ours),
        other: median(&floors),
        unit: "s",
        beside: "parsing the same bytes from memory and inserting each incident's JSON into SQLCipher",
        aim: Aim::TimesTheTime(1.5),
        bound_by: bound_by(&runs, api, 0),
    })
}

#[derive(Deserialize)]
struct Page<'a> {
    #[serde(borrow)]
    value: Vec<&'a RawValue>,
}

/// A transaction for each page, with the store's own pragmas.
fn floor(pages: &[String]) -> Outcome<(Duration, u64)> {
    let folder = tempfile::tempdir()?;
    let began = Instant::now();
    let mut db = open(folder.path())?;
    let mut rows = 0;
    for page in pages {
        let page: Page = serde_json::from_str(page)?;
        let transaction = db.transaction()?;
        let mut put = transaction.prepare_cached("INSERT OR REPLACE INTO incident VALUES (?1, ?2)")?;
        for raw in page.value {
            let parsed: Value = serde_json::from_str(raw.get())?;
            put.execute([parsed["id"].as_str().unwrap_or_default(), raw.get()])?;
            rows += 1;
        }
        drop(put);
        transaction.commit()?;
    }
    Ok((began.elapsed(), rows))
}

fn open(folder: &Path) -> Outcome<Connection> {
    let db = Connection::open(folder.join("floor.db"))?;
    db.execute_batch(&format!("PRAGMA key = \"x'{}'\";", "5a".repeat(32)))?;
    db.pragma_update(None, "journal_mode", "WAL")?;
    db.execute_batch(
        "PRAGMA temp_store = MEMORY; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -32768;
         CREATE TABLE incident (id TEXT PRIMARY KEY, json TEXT NOT NULL) WITHOUT ROWID;",
    )?;
    Ok(db)
}

async fn arm_pages(sandbox: &Sandbox) -> Outcome<Vec<String>> {
    let client = client(sandbox)?;
    let token = token(sandbox, &client, "https://management.azure.com/.default").await?;
    let mut pages = Vec::new();
    for workspace in sandbox.descriptor["workspaces"].as_array().into_iter().flatten() {
        let first = format!(
            "{}/subscriptions/{}/resourceGroups/{}/providers/Microsoft.OperationalInsights/workspaces/{}\
             /providers/Microsoft.SecurityInsights/incidents?api-version=2024-09-01&$top=1000\
             &$orderby=properties/createdTimeUtc%20asc",
            sandbox.text("arm"),
            sandbox.text("subscription_id"),
            sandbox.text("resource_group"),
            workspace.as_str().unwrap_or_default(),
        );
        pages.extend(follow(&client, &token, first, "nextLink").await?);
    }
    Ok(pages)
}

async fn graph_pages(sandbox: &Sandbox) -> Outcome<Vec<String>> {
    let client = client(sandbox)?;
    let token = token(sandbox, &client, "https://graph.microsoft.com/.default").await?;
    let first = format!("{}/v1.0/security/incidents?$top=50", sandbox.text("graph"));
    follow(&client, &token, first, "@odata.nextLink").await
}

fn client(sandbox: &Sandbox) -> Outcome<reqwest::Client> {
    let authority = reqwest::Certificate::from_pem(&std::fs::read(sandbox.text("ca_cert"))?)?;
    Ok(reqwest::Client::builder().tls_certs_only([authority]).build()?)
}

async fn token(sandbox: &Sandbox, client: &reqwest::Client, scope: &str) -> Outcome<String> {
    let form = format!(
        "grant_type=client_credentials&client_id={}&client_secret={}&scope={scope}",
        sandbox.text("client_id"),
        sandbox.text("client_secret"),
    );
    let url = format!("{}/{}/oauth2/v2.0/token", sandbox.text("authority"), sandbox.text("tenant_id"));
    let request = client.post(url).header("content-type", "application/x-www-form-urlencoded").body(form);
    let answer: Value = request.send().await?.json().await?;
    Ok(answer["access_token"].as_str().ok_or("the sandbox gave no token")?.to_owned())
}

async fn follow(client: &reqwest::Client, token: &str, first: String, link: &str) -> Outcome<Vec<String>> {
    let (mut pages, mut next) = (Vec::new(), Some(first));
    while let Some(url) = next {
        let answer = client.get(url).bearer_auth(token).send().await?.error_for_status()?;
        let page = answer.text().await?;
        let read: Value = serde_json::from_str(&page)?;
        next = read[link].as_str().map(str::to_owned);
        pages.push(page);
    }
    Ok(pages)
}
