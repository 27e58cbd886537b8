//! How many copies of a secret lie in the memory of a running app: counted and told, never claimed to be none.
//!
//! The host runs in a process of its own, which reads the secret from the keyring as the app does; another one
//! connected it. Root may look in; another user may not, since the app forbids it, and then the test says so.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::fs::FileExt;
use std::path::PathBuf;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::Arc;

use host::{Host, Options};
use keychain::OsKeychain;
use serde_json::json;

use crate::session::{GnomeKeyring, Session, inside};
use crate::traces::{Hidden, Search};
use crate::xwalk::{Sandbox, program};

const TEST: &str = "copies::copies_of_a_secret_in_memory_are_counted";
const HOST: &str = "CROSSWALK_TEST_HOST";

#[test]
fn copies_of_a_secret_in_memory_are_counted() {
    match std::env::var_os(HOST) {
        Some(data) => be_the_app(data.into()),
        None => inside(Session::Desktop, TEST, count),
    }
}

/// Signs in, and removes the connection when told to; says on standard output how far it is.
fn be_the_app(data: PathBuf) {
    keychain::leave_no_core();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let host = Host::new(Options { data_dir: Some(data), ..Options::new(Arc::new(OsKeychain::new())) });
        host.call("session_open", json!({ "name": "lab" })).await.unwrap();
        tests::finish(&host, "sync_run", json!({})).await;
        wait_after("signed in");
        host.call("account_remove", json!({ "name": "lab", "typed": "lab" })).await.unwrap();
        wait_after("wiped");
    });
}

fn wait_after(stage: &str) {
    println!("\nstage {stage}");
    std::io::stdin().read_line(&mut String::new()).unwrap();
}

struct App {
    child: Child,
    said: BufReader<ChildStdout>,
}

impl App {
    fn start(data: &str) -> Self {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args(["--exact", TEST, "--nocapture"]).env(HOST, data);
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let said = BufReader::new(child.stdout.take().unwrap());
        Self { child, said }
    }

    fn reach(&mut self, stage: &str) {
        let wanted = format!("stage {stage}");
        let reached = self.said.by_ref().lines().any(|line| line.unwrap() == wanted);
        assert!(reached, "the app ended before it was {stage}");
    }

    fn go_on(&mut self) {
        self.child.stdin.as_mut().unwrap().write_all(b"\n").unwrap();
    }
}

/// Copies in everything the process may read, or `None` where nobody lets us look.
fn copies(process: u32, search: &Search) -> Option<usize> {
    let memory = File::open(format!("/proc/{process}/mem")).ok()?;
    let maps = fs::read_to_string(format!("/proc/{process}/maps")).ok()?;
    let readable = maps.lines().filter_map(readable).filter(|(_, length)| *length < 1 << 30);
    Some(readable.map(|(start, length)| search.count_in(&read(&memory, start, length))).sum())
}

/// Start and length of a mapping, if it can be read and is no device.
fn readable(line: &str) -> Option<(u64, usize)> {
    let (range, rest) = line.split_once(' ')?;
    let (start, end) = range.split_once('-')?;
    let (start, end) = (u64::from_str_radix(start, 16).ok()?, u64::from_str_radix(end, 16).ok()?);
    let special = ["[vvar", "[vsyscall]"].iter().any(|name| rest.contains(name));
    (rest.starts_with('r') && !special).then_some((start, usize::try_from(end - start).ok()?))
}

/// What can be read of a mapping; a page that is gone ends it.
fn read(memory: &File, start: u64, length: usize) -> Vec<u8> {
    let mut bytes = vec![0; length];
    let mut filled = 0;
    while filled < length {
        match memory.read_at(&mut bytes[filled..], start + filled as u64) {
            Ok(more) if more > 0 => filled += more,
            _ => break,
        }
    }
    bytes.truncate(filled);
    bytes
}

fn count() {
    let _daemon = GnomeKeyring::unlocked("pw");
    let sandbox = Sandbox::start(&["--incidents", "200"]);
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data").display().to_string();
    let descriptor = sandbox.descriptor_file(folder.path());
    let connect = ["connect", "lab", "--descriptor", &descriptor, "--data-dir", &data];
    assert!(Command::new(program()).args(connect).status().unwrap().success());
    let search = Search::new(&[Hidden::new("client secret", sandbox.text("client_secret"))]);
    let control = copies(sandbox.process(), &search);
    assert_ne!(control, Some(0), "the sandbox holds the secret, so the search can't see");

    let mut app = App::start(&data);
    app.reach("signed in");
    let signed_in = copies(app.child.id(), &search);
    app.go_on();
    app.reach("wiped");
    let wiped = copies(app.child.id(), &search);
    app.go_on();
    assert!(app.child.wait().unwrap().success());
    match (signed_in, wiped) {
        (Some(signed_in), Some(wiped)) => {
            println!(
                "copies of the client secret: {signed_in} while signed in, {wiped} after Remove and wipe"
            );
            assert!(signed_in > 0, "an app that signs in with a secret holds it; the search can't see");
            assert!(wiped <= signed_in, "wiping made copies: {signed_in} before, {wiped} after");
        }
        _ => println!("nobody but root may look into the app's memory here, so no copies were counted"),
    }
}
