//! The one command that the page may call, and the one event that it hears.

use contract::{ErrorView, Event};
use host::Host;
use serde::Deserialize;
use serde_json::Value;
use tauri::{AppHandle, Emitter, State};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::watch;

/// The event's name on the page's side.
const EVENT: &str = "crosswalk";

/// A command of the menu with its arguments.
#[derive(Deserialize)]
pub struct Request {
    command: String,
    #[serde(default)]
    args: Value,
}

/// Lasts until the session that the program was started with is open, or can't be.
pub struct Opening(watch::Receiver<()>);

/// Dropping the first ends what the second waits for.
pub fn opening() -> (watch::Sender<()>, Opening) {
    let (opened, opening) = watch::channel(());
    (opened, Opening(opening))
}

#[tauri::command]
pub async fn rpc(
    request: Request,
    host: State<'_, Host>,
    opening: State<'_, Opening>,
) -> Result<Value, ErrorView> {
    // The first page shows that session, and not the first run. An error says that the sender is gone: it is over.
    let _ = opening.0.clone().changed().await;
    host.call(&request.command, request.args).await
}

/// Passes the core's events on to the page until the core ends.
pub async fn forward(mut events: Receiver<Event>, app: AppHandle) {
    loop {
        let event = match events.recv().await {
            Ok(event) => event,
            Err(RecvError::Lagged(_)) => Event::everything_changed(),
            Err(RecvError::Closed) => return,
        };
        if let Event::Notice { notice } = &event {
            crate::notice::show(&app, notice);
        }
        // Before the page is there, and after it was closed, nobody listens.
        let _ = app.emit(EVENT, event);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_needs_no_arguments() {
        let request: Request = serde_json::from_str(r#"{"command":"job_list"}"#).unwrap();
        assert_eq!((request.command.as_str(), request.args), ("job_list", Value::Null));
    }
}
