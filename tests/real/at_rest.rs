//! What a connection leaves on this machine: its secrets in the keyring, and nowhere else anything to read.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;

use domain::secret::{Item, Keychain, Purpose};
use keychain::{OsKeychain, Sealed};

use crate::processes::Seen;
use crate::proxy::{self, Tiny};
use crate::session::{GnomeKeyring, Session, inside, stranger_lists};
use crate::traces::{self, Hidden, Search};
use crate::xwalk::{Sandbox, program};

/// The connections: by secret, by certificate with a password and without, by a person.
const NAMES: [&str; 4] = ["lab", "pfx", "pem", "ada"];

/// A data folder, a folder for temporary files and a folder to stand in: all that `xwalk` is told of.
struct Room(tempfile::TempDir);

impl Room {
    fn new() -> Self {
        let room = Self(tempfile::tempdir().unwrap());
        for folder in ["data", "tmp", "cwd"] {
            std::fs::create_dir(room.path(folder)).unwrap();
        }
        room
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn xwalk(&self, words: &[&str]) -> Command {
        let mut command = Command::new(program());
        command.args(words).arg("--data-dir").arg(self.path("data"));
        command.env("TMPDIR", self.path("tmp")).current_dir(self.path("cwd"));
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Starts a command and hands it what is typed.
    fn told(&self, words: &[&str], typed: &str) -> Child {
        let mut child = self.xwalk(words).stdin(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(typed.as_bytes()).unwrap();
        child
    }

    fn run(&self, words: &[&str], typed: &str) {
        done(self.told(words, typed));
    }

    /// Connects by each way that keeps a secret, as a user does: typed, from a file of theirs, or given by Entra to a
    /// person; and by a proxy that wants a password.
    fn connect(&self, sandbox: &Sandbox, proxy: &Tiny) {
        let at = format!("http://{}", proxy.address);
        let network = ["network", "set", "--proxy", &at, "--user", "ada", "--password-stdin"];
        self.run(&network, &format!("{}\n", proxy::PASSWORD));
        // The descriptor holds the sandbox's secret in clear, so it lies outside, as the certificate's file does.
        let elsewhere = tempfile::tempdir().unwrap();
        let descriptor = sandbox.descriptor_file(elsewhere.path());
        let named = |name| ["connect", name, "--descriptor", descriptor.as_str()];
        self.run(&named("lab"), "");
        let certificate = &sandbox.descriptor["certificate"];
        let (pfx, password) =
            (certificate["pfx"].as_str().unwrap(), certificate["pfx_password"].as_str().unwrap());
        let by_file = [&named("pfx")[..], &["--certificate", pfx, "--password-stdin"]].concat();
        self.run(&by_file, &format!("{password}\n"));
        self.run(&[&named("pem")[..], &["--way", "certificate"]].concat(), "");
        let mut person = self.told(&[&named("ada")[..], &["--way", "browser"]].concat(), "");
        let mut lines = BufReader::new(person.stderr.take().unwrap()).lines();
        let address =
            lines.find_map(|line| line.unwrap().split_once("machine: ").map(|found| found.1.to_owned()));
        browse(sandbox, format!("{}&sandbox_answer=accept", address.expect("xwalk shows an address")));
        done(person);
    }

    /// The connection's name in the keychain.
    fn vault(&self, name: &str) -> String {
        let text = std::fs::read(self.path("data").join(name).join("connection.json")).unwrap();
        let connection: serde_json::Value = serde_json::from_slice(&text).unwrap();
        connection["vault"].as_str().expect("connection.json names its vault").to_owned()
    }

    /// Every folder that the app, or a library in it, could have written to: those of the room, and the session's home
    /// and runtime folder.
    fn folders(&self) -> Vec<PathBuf> {
        let session = ["HOME", "XDG_RUNTIME_DIR"].map(|name| PathBuf::from(std::env::var_os(name).unwrap()));
        [self.0.path().to_owned()].into_iter().chain(session).collect()
    }
}

/// A secret of each kind, as the keychain holds it after everybody signed in. A long one is looked for by a part from
/// its middle, which is found in a cut copy too.
fn secrets(sandbox: &Sandbox, room: &Room) -> Vec<Hidden> {
    let keychain = Sealed::new(Arc::new(OsKeychain::new()), room.path("data").join(".sealed"));
    let kept = |vault: &str, purpose: Purpose| {
        let found = keychain.get(&Item::new(vault, purpose)).unwrap();
        let found = found.unwrap_or_else(|| panic!("the keychain holds no {purpose:?} of {vault}"));
        Hidden::new(purpose.word(), middle(found.expose()))
    };
    let mut all: Vec<Hidden> = NAMES.iter().map(|name| kept(&room.vault(name), Purpose::StoreKey)).collect();
    for (vault, purpose) in [
        (room.vault("lab"), Purpose::ClientSecret),
        (room.vault("pfx"), Purpose::Certificate),
        (room.vault("pfx"), Purpose::CertificatePassword),
        (room.vault("pem"), Purpose::Certificate),
        (room.vault("pem"), Purpose::SealKey),
        (room.vault("ada"), Purpose::RefreshToken),
        ("network".to_owned(), Purpose::ProxyPassword),
    ] {
        all.push(kept(&vault, purpose));
    }
    let client = all.iter().find(|one| one.name == Purpose::ClientSecret.word()).unwrap();
    assert_eq!(client.bytes, sandbox.text("client_secret").as_bytes(), "another secret would be looked for");
    all
}

fn middle(bytes: &[u8]) -> &[u8] {
    const ENOUGH: usize = 48;
    if bytes.len() <= ENOUGH { bytes } else { &bytes[(bytes.len() - ENOUGH) / 2..][..ENOUGH] }
}

#[test]
fn the_keyring_holds_the_secrets_and_no_file_or_process_shows_one() {
    const TEST: &str = "at_rest::the_keyring_holds_the_secrets_and_no_file_or_process_shows_one";
    inside(Session::Desktop, TEST, || {
        let _daemon = GnomeKeyring::unlocked("pw");
        let sandbox = Sandbox::start(&["--incidents", "1000", "--latency-ms", "20"]);
        let proxy = Tiny::start(Some("ada"));
        let room = Room::new();
        room.connect(&sandbox, &proxy);
        let secrets = secrets(&sandbox, &room);
        let titles = titles(&sandbox).into_iter().map(|title| Hidden::new(&title, title.as_bytes()));
        let search = Search::new(&[secrets.clone(), titles.collect()].concat());

        for name in NAMES {
            let sync = room.xwalk(&["sync", "--connection", name, "--json"]);
            let (seen, said) = watched(sync, &room, &Search::new(&secrets));
            assert_eq!(seen.given_away, Vec::<String>::new(), "whoever lists processes reads this");
            assert!(seen.command_lines > 0, "the process was never looked at, so this proves nothing");
            println!(
                "{name}: {} command lines and {} environments read, {} environments refused",
                seen.command_lines, seen.environments, seen.refused
            );
            assert_eq!(search.seen_in(&said), Vec::<String>::new(), "printed");
        }
        assert!(proxy.log().contains("CONNECT"), "nothing went through the proxy");

        kept_under_our_names(&sandbox, &room);
        assert!(
            traces::files(&room.path("data")).len() > 3,
            "hardly a file was written, so this proves nothing"
        );
        for folder in room.folders() {
            assert_eq!(search.seen_under(&folder), [], "these files can be read by whoever takes the disk");
        }
    });
}

/// Runs to its end, looking at processes and files all the while; what it printed comes back.
fn watched(mut command: Command, room: &Room, search: &Search) -> (Seen, Vec<u8>) {
    let mut child = command.spawn().unwrap();
    let mut seen = Seen::default();
    let status = loop {
        seen.look(child.id(), search);
        for (file, name) in room.folders().iter().flat_map(|folder| search.seen_under(folder)) {
            seen.given_away.push(format!("{name} in {}, for a while", file.display()));
        }
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
    };
    let mut said = Vec::new();
    child.stdout.unwrap().read_to_end(&mut said).unwrap();
    let answer: serde_json::Value = serde_json::from_slice(&said).unwrap_or_default();
    child.stderr.unwrap().read_to_end(&mut said).unwrap();
    assert_eq!(status.code(), Some(0), "{}", String::from_utf8_lossy(&said));
    assert_eq!(answer["sentinel"]["incidents"], 1000, "nothing was stored that could be found: {answer}");
    (seen, said)
}

/// As a stranger's tool sees it.
fn kept_under_our_names(sandbox: &Sandbox, room: &Room) {
    let kept = stranger_lists("Crosswalk");
    let secret = sandbox.text("client_secret");
    assert!(kept.contains(&format!("secret = {secret}")), "the keyring does not hold the client secret");
    for purpose in [Purpose::ClientSecret, Purpose::StoreKey] {
        let name = format!("attribute.username = {}/{}", room.vault("lab"), purpose.word());
        assert!(kept.contains(&name), "the keyring shows no `{name}`");
    }
}

#[test]
fn xwalk_removes_and_wipes_what_was_typed_twice_and_prints_what_is_gone() {
    const TEST: &str = "at_rest::xwalk_removes_and_wipes_what_was_typed_twice_and_prints_what_is_gone";
    inside(Session::Desktop, TEST, || {
        let _daemon = GnomeKeyring::unlocked("pw");
        let sandbox = Sandbox::start(&["--incidents", "10"]);
        let (room, elsewhere) = (Room::new(), tempfile::tempdir().unwrap());
        let descriptor = sandbox.descriptor_file(elsewhere.path());
        room.run(&["connect", "lab", "--descriptor", &descriptor], "");
        let output = room.told(&["remove", "lab"], "la\n").wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(2), "another name removes nothing");
        assert!(stranger_lists("Crosswalk").contains(sandbox.text("client_secret")));

        let output = room.told(&["remove", "lab", "--json"], "lab\n").wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        let removed: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let gone: Vec<&str> =
            removed["gone"].as_array().unwrap().iter().map(|one| one["what"].as_str().unwrap()).collect();
        assert!(gone.contains(&"Client secret") && gone.contains(&"Store key"), "{removed}");
        assert!(!stranger_lists("Crosswalk").contains("secret ="), "the keyring still holds something");
        assert!(!room.path("data").join("lab").exists());
    });
}

#[test]
fn without_a_keychain_nothing_is_connected_and_nothing_written_down() {
    const TEST: &str = "at_rest::without_a_keychain_nothing_is_connected_and_nothing_written_down";
    inside(Session::NoBus, TEST, || {
        let sandbox = Sandbox::start(&["--incidents", "10"]);
        let room = Room::new();
        let elsewhere = tempfile::tempdir().unwrap();
        let descriptor = sandbox.descriptor_file(elsewhere.path());
        let output = room.xwalk(&["connect", "lab", "--descriptor", &descriptor]).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains("secret store"), "the sentence names what is missing: {said}");
        let search = Search::new(&[Hidden::new("client secret", sandbox.text("client_secret"))]);
        for folder in room.folders() {
            assert_eq!(search.seen_under(&folder), [], "a file became the keychain");
        }
    });
}

/// The titles that the sandbox says it planted.
fn titles(sandbox: &Sandbox) -> Vec<String> {
    let truth = browse(sandbox, sandbox.text("truth").to_owned());
    let truth: serde_json::Value = serde_json::from_str(&truth).unwrap();
    let titles = truth["titles"].as_array().expect("truth names twenty titles");
    titles.iter().map(|title| title.as_str().unwrap().to_owned()).collect()
}

/// What a browser that trusts the sandbox is shown at an address, wherever it is led on this machine.
fn browse(sandbox: &Sandbox, address: String) -> String {
    let authority = std::fs::read(Path::new(sandbox.text("ca_cert"))).unwrap();
    let fetch = async move {
        let trusted = reqwest::Certificate::from_pem(&authority).unwrap();
        let client = reqwest::Client::builder().tls_certs_only([trusted]).no_proxy().build().unwrap();
        client.get(address).send().await.unwrap().text().await.unwrap()
    };
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(fetch)
}

fn done(child: Child) {
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
}
