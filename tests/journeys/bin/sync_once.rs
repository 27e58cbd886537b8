//! A process that syncs once and can be killed: `sync-once DESCRIPTOR FOLDER`. The store's key is fixed.
#![allow(clippy::expect_used, reason = "a test's process fails where the test fails")]

use std::path::Path;
use std::sync::Arc;

use cloud::endpoints::{Endpoints, SmtpHost};
use cloud::{Account, Cloud, Way};
use engine::clock::system;
use engine::request::Log;
use engine::sync::Apis;
use engine::{Control, Scope};
use serde_json::Value;
use store::{Key, Store};

#[tokio::main]
async fn main() {
    let mut args = std::env::args().skip(1);
    let (descriptor, folder) = (args.next().expect("a descriptor"), args.next().expect("a folder"));
    let line = std::fs::read_to_string(descriptor).expect("the descriptor is read");
    let scope = scope(&serde_json::from_str(&line).expect("the descriptor is JSON"), Path::new(&folder));
    scope.sync(Apis::ALL, &Control::silent()).await.expect("the sync ends");
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
    let store = Store::open(folder, Key::new([7; 32])).expect("the store opens").store;
    Scope {
        store: Arc::new(store),
        cloud: Some(cloud),
        account: Some(account),
        clock: system(),
        wall: system(),
        log,
    }
}
