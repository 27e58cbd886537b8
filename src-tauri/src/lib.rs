//! The window: one Tauri window over the host, for one person at one workstation.
//!
//! Never here: a decision about a tenant's data, an address that the page chose, a second command. Start at [`run`];
//! `start` is what the program was started with, `rpc` what the page may ask, `window` what it may show, `notice` what
//! the system shows, `machine` what it says of power and network.

mod machine;
mod notice;
mod rpc;
mod start;
mod window;

use std::sync::Arc;
use std::time::Duration;

use host::secret::Keychain;
use host::{Host, Opener, Options};
use keychain::{OsKeychain, Sealed};
use tauri::{AppHandle, Manager, RunEvent, async_runtime};

pub use start::{Session, Start};

/// Opens the window and returns when it was closed. Where a copy runs already, that one comes to the front with what
/// this one was started with, and this one ends.
///
/// # Errors
/// The system's web view can't be started, or the window can't be made.
pub fn run(start: Start) -> tauri::Result<()> {
    keychain::leave_no_core();
    let host = Host::new(options());
    let (opened, opening) = rpc::opening();
    tauri::Builder::default()
        .plugin(tauri_plugin_single_instance::init(|app, words, _| handed_over(app, words)))
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_notification::init())
        .manage(host.clone())
        .manage(opening)
        .invoke_handler(tauri::generate_handler![rpc::rpc])
        .setup(move |app| {
            async_runtime::spawn(rpc::forward(host.events(), app.handle().clone()));
            window::open(app, start.screen.as_deref())?;
            // Beside the page's load, whose questions wait for it.
            async_runtime::spawn(async move {
                start.open(&host).await;
                drop(opened);
            });
            Ok(())
        })
        .build(tauri::generate_context!())?
        .run(|app, event| {
            if let RunEvent::Exit = event {
                app.state::<Host>().close_session();
            }
        });
    Ok(())
}

/// The first rows stand long before it is over.
const GLANCE: Duration = Duration::from_secs(2);

/// Beside the data, what is too large for the system's keychain.
const SEALED: &str = ".sealed";

fn options() -> Options {
    let data_dir = host::default_data_dir();
    let system: Arc<dyn Keychain> = Arc::new(OsKeychain::new());
    let keychain = match &data_dir {
        Some(folder) => Arc::new(Sealed::new(system, folder.join(SEALED))),
        None => system,
    };
    let opener: Opener = Arc::new(|address| open::that_detached(address).is_ok());
    Options {
        data_dir,
        opener: Some(opener),
        machine: Some(Arc::new(machine::look)),
        glance: GLANCE,
        ..Options::new(keychain)
    }
}

/// What a second copy was started with.
fn handed_over(app: &AppHandle, words: Vec<String>) {
    window::to_front(app);
    let Ok(start) = Start::read(words.into_iter().skip(1)) else { return };
    let (host, app) = (app.state::<Host>().inner().clone(), app.clone());
    async_runtime::spawn(async move {
        start.open(&host).await;
        if let Some(screen) = &start.screen {
            window::go(&app, screen);
        }
    });
}
