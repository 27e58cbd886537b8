//! The host over HTTP and server-sent events on loopback, for browsers, end-to-end tests and screenshots.
//!
//! Demo tenant and files only, no keychain, never shipped. Prints one JSON line with its address when ready; the
//! token behind `#` never leaves the browser but as a header.

mod files;
mod gate;
mod routes;

use std::sync::Arc;

use host::secret::SessionMemory;
use host::{Host, Options};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let host = Host::new(Options {
        demo_only: true,
        demo_incidents: incidents(std::env::args().skip(1))?,
        ..Options::new(Arc::new(SessionMemory::new()))
    });
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await?;
    let gate = gate::Gate::new(listener.local_addr()?).map_err(|error| error.to_string())?;
    let address = format!("http://{}/#token={}", gate.authority, gate.token);
    println!("{}", serde_json::json!({ "ready": true, "address": address }));
    axum::serve(listener, routes::router(host, gate)).await?;
    Ok(())
}

/// `--incidents N`: size of the demo tenant.
fn incidents(mut args: impl Iterator<Item = String>) -> Result<Option<u32>, String> {
    match (args.next().as_deref(), args.next()) {
        (None, _) => Ok(None),
        (Some("--incidents"), Some(count)) => {
            count.parse().map(Some).map_err(|_| format!("`{count}` is no number of incidents"))
        }
        _ => Err("usage: devhost [--incidents N]".to_owned()),
    }
}
