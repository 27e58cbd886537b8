//! kill -9 in the middle, as often as it takes: nothing lost, nothing double.

use std::process::{Command, Stdio};
use std::time::Duration;

use store::{Key, Store};
use tests::{Desk, world};

/// Runs until it ends, or is killed after `patience`; answers whether it came to its end.
pub fn sync_once(descriptor: &std::path::Path, folder: &std::path::Path, patience: Duration) -> bool {
    let mut child = Command::new(env!("CARGO_BIN_EXE_sync-once"))
        .args([descriptor, folder])
        .stdin(Stdio::null())
        .spawn()
        .expect("the process starts");
    let deadline = std::time::Instant::now() + patience;
    loop {
        if let Some(status) = child.try_wait().expect("the process can be watched") {
            assert!(status.success(), "it ends well or is killed: {status}");
            return true;
        }
        if std::time::Instant::now() >= deadline {
            child.kill().expect("the process can be killed");
            child.wait().expect("and ends");
            return false;
        }
        std::thread::yield_now();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_again_and_again_it_ends_with_everything_once() {
    let options = sandbox::Options { latency: Duration::from_millis(15), ..world(4, 2_500) };
    let desk = Desk::beside(options).await;
    let folder = tempfile::tempdir().expect("a folder");
    let (descriptor, place) = (desk.descriptor(), folder.path().to_owned());
    let killed = tokio::task::spawn_blocking(move || {
        let mut killed = 0;
        // Longer each time, so that the kills fall into every part of the work and the last run is left alone.
        while !sync_once(&descriptor, &place, Duration::from_millis(120 + 90 * killed)) {
            killed += 1;
        }
        killed
    })
    .await
    .expect("the runs end");
    assert!(killed >= 2, "it was killed in the middle, {killed} times");
    let store = Store::open(folder.path(), Key::new([7; 32])).expect("the store opens").store;
    let (tally, truth) = (store.tally().expect("counts"), desk.sandbox.truth());
    assert_eq!(Some(tally.sentinel), truth["incidents"]["sentinel"].as_u64());
    assert_eq!(Some(tally.graph), truth["incidents"]["graph"].as_u64());
    assert_eq!(tally.rows, tally.sentinel + tally.graph - paired(&store), "each incident is one row");
    assert_eq!(
        store.redirects().expect("redirects").len(),
        truth["redirects"].as_array().map_or(0, Vec::len)
    );
}

/// Rows that stand for both sides.
fn paired(store: &Store) -> u64 {
    use domain::incident::queue::{Column, Filter, Presence, Sort};
    let filter = Filter { presence: vec![Presence::Both], ..Filter::default() };
    let sort = Sort { column: Column::Updated, descending: true };
    store.incidents(&filter, sort, 0, 1).expect("the queue").total
}
