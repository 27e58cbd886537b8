//! A process that syncs once and can be killed: `sync-once DESCRIPTOR FOLDER`; with `KEY` it comments on that
//! incident instead. The store's key is fixed.
#![allow(clippy::expect_used, reason = "a test's process fails where the test fails")]

use std::path::Path;
use std::sync::Arc;

use cloud::endpoints::{Endpoints, SmtpHost};
use cloud::{Account, Cloud, Way};
use domain::change::{Typed, Wish};
use engine::change::Item;
use engine::clock::system;
use engine::request::Log;
use engine::scope::open_store;
use engine::sync::Apis;
use engine::{Control, Scope};
use serde_json::Value;
use store::Key;

#[tokio::main]
async fn main() {
    let mut args = std::env::args().skip(1);
    let (descriptor, folder) = (args.next().expect("a descriptor"), args.next().expect("a folder"));
    let line = std::fs::read_to_string(descriptor).expect("the descriptor is read");
    let scope = scope(&serde_json::from_str(&line).expect("the descriptor is JSON"), Path::new(&folder));
    match args.next() {
        None => scope.sync(Apis::ALL, &Control::silent()).await.map(|_| ()).expect("the sync ends"),
        Some(key) => comment(&scope, key).await,
    }
}

async fn comment(scope: &Scope, key: String) {
    let typed = Typed { comment: Some("Seen once.".into()), ..Typed::default() };
    let wish = Wish::read(typed).expect("a wish");
    let preview = scope.preview_changes(std::slice::from_ref(&key), &wish).expect("a preview").remove(0);
    let item = Item { key, seen: preview.target.expect("it can be changed").seen };
    scope.apply_changes(vec![item], wish, None, &Control::silent()).await.expect("it is applied");
}

fn scope(line: &Value, folder: &Path) -> Scope {
    let text = |key: &str| line[key].as_str().expect("a text").to_owned();
    let smtp = SmtpHost { host: "127.0.0.1".into(), port: 25 };
    let ca = std::fs::read_to_string(text("ca_cert")).expect("the certificate is read");
    let endpoints =
        Endpoints::sandbox(&text("authority"), &text("arm"), &text("graph"), &text("logs"), smtp, ca)
            .expect("loopback");
    let account = Account {
        tenant: text("tenant_id"),
        client: text("client_id"),
        way: Way::Secret(text("client_secret").as_str().into()),
    };
    let log = Log::default();
    let cloud = Cloud::new(endpoints, account.clone(), log.sink(), Arc::new(|_| {})).expect("a client");
    let store = open_store(folder, Key::new([7; 32])).expect("the store opens").store;
    Scope {
        store: Arc::new(store),
        cloud: Some(cloud),
        account: Some(account),
        clock: system(),
        wall: system(),
        log,
    }
}
