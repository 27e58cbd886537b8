//! From what was typed to an open session.

use std::path::PathBuf;
use std::sync::Arc;

use host::secret::{Keychain, SessionMemory};
use host::{Apis, Host, Options, Source};
use keychain::{OsKeychain, Sealed};

use crate::args::{ApiChoice, Place};

/// Beside the data, what is too large for the system's keychain.
const SEALED: &str = ".sealed";

/// A host that keeps its data in `data_dir`, its secrets in the system's keychain.
pub fn keeping(data_dir: Option<PathBuf>) -> Host {
    let data_dir = data_dir.or_else(host::default_data_dir);
    let system: Arc<dyn Keychain> = Arc::new(OsKeychain::new());
    let keychain = match &data_dir {
        Some(folder) => Arc::new(Sealed::new(system, folder.join(SEALED))),
        None => system,
    };
    host(data_dir, keychain)
}

/// A host that leaves nothing behind.
pub fn fleeting() -> Host {
    host(None, Arc::new(SessionMemory::new()))
}

fn host(data_dir: Option<PathBuf>, keychain: Arc<dyn Keychain>) -> Host {
    Host::new(Options { data_dir, opener: Some(Arc::new(browser)), ..Options::new(keychain) })
}

/// Opens a page in the system's browser.
fn browser(address: &str) -> bool {
    open::that_detached(address).is_ok()
}

/// Opens what was named. A descriptor without a data folder leaves nothing behind.
pub async fn open(place: Place) -> Result<Host, host::Fault> {
    let (host, source) = match (place.descriptor, place.connection) {
        (Some(path), _) if place.data_dir.is_none() => (fleeting(), Source::Descriptor(path)),
        (Some(path), _) => (keeping(place.data_dir), Source::Descriptor(path)),
        (None, name) => (keeping(place.data_dir), Source::Connection(name.unwrap_or_default())),
    };
    host.open(source).await?;
    Ok(host)
}

pub fn apis(choice: ApiChoice) -> Apis {
    let none = Apis { sentinel: false, graph: false, logs: false };
    match choice {
        ApiChoice::Sentinel => Apis { sentinel: true, ..none },
        ApiChoice::Graph => Apis { graph: true, ..none },
        ApiChoice::Logs => Apis { logs: true, ..none },
        ApiChoice::All => Apis::ALL,
    }
}
