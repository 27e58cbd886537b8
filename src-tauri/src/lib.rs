//! The window: one Tauri window over the host, for one person at one workstation.
//!
//! Never here: a decision about a tenant's data, an address handed to an opener, a second command. Start at [`run`];
//! `rpc` is what the page may ask, `window` what it may show.

mod rpc;
mod window;

use std::sync::Arc;

use host::{Host, Options};
use keychain::OsKeychain;
use serde_json::json;
use tauri::async_runtime;

/// Opens the window and returns when it was closed.
///
/// # Errors
/// The system's web view can't be started, or the window can't be made.
pub fn run(demo: bool) -> tauri::Result<()> {
    keychain::leave_no_core();
    let host = Host::new(Options {
        data_dir: host::default_data_dir(),
        keychain: Arc::new(OsKeychain::new()),
        demo_only: false,
        demo_incidents: None,
    });
    tauri::Builder::default()
        .plugin(tauri_plugin_dialog::init())
        .manage(host.clone())
        .invoke_handler(tauri::generate_handler![rpc::rpc])
        .setup(move |app| {
            async_runtime::spawn(rpc::forward(host.events(), app.handle().clone()));
            if demo {
                async_runtime::block_on(open_demo(&host));
            }
            Ok(window::open(app)?)
        })
        .run(tauri::generate_context!())
}

/// Before the first page is shown, so that it shows the demo tenant and not the first run. Where it can't be opened
/// the window shows the first run, whose card says why when it is pressed.
async fn open_demo(host: &Host) {
    if let Err(why) = host.call("session_demo", json!({})).await {
        eprintln!("The demo tenant could not be opened: {}", why.message);
    }
}
