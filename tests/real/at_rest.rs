//! What a connection leaves on this machine: its secrets in the keyring, and nowhere else anything to read.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;

use domain::secret::{Item, Keychain, Purpose, Secret};
use keychain::{OsKeychain, Sealed};

use crate::processes::Seen;
use crate::session::{GnomeKeyring, Session, inside, stranger_lists};
use crate::traces::{self, Hidden, Search};
use crate::xwalk::{Sandbox, program};

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

    fn connect(&self, sandbox: &Sandbox) {
        // The descriptor holds the sandbox's secret in clear, so it lies outside.
        let elsewhere = tempfile::tempdir().unwrap();
        let descriptor = sandbox.descriptor_file(elsewhere.path());
        let output = self.xwalk(&["connect", "lab", "--descriptor", &descriptor]).output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    }

    /// The connection's name in the keychain.
    fn vault(&self) -> String {
        let text = std::fs::read(self.path("data").join("lab/connection.json")).unwrap();
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

/// A secret of each kind, where it is kept as the host keeps it: through the port, sealed if it is large. A long one
/// is looked for by a part from its middle, which is found in a cut copy too.
fn secrets(sandbox: &Sandbox, room: &Room) -> Vec<Hidden> {
    let vault = room.vault();
    let keychain = Sealed::new(Arc::new(OsKeychain::new()), room.path("data").join(".sealed"));
    let long =
        |seed: &str| (0..400).map(|n| format!("{seed}{:07x}", n * 2_654_435_761_u64 % 268_435_399)).collect();
    let planted: [(Purpose, String); 4] = [
        (Purpose::RefreshToken, long("0.AX")),
        (
            Purpose::Certificate,
            format!("-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n", long("MIIE")),
        ),
        (Purpose::CertificatePassword, "pfx pa\"ss/wörd~1".into()),
        (Purpose::ProxyPassword, "pr0xy:pa@ss wörd".into()),
    ];
    for (purpose, secret) in &planted {
        keychain.set(&Item::new(&*vault, *purpose), &Secret::from(secret.as_str())).unwrap();
    }
    let kept = |purpose: Purpose| {
        let found = keychain.get(&Item::new(&*vault, purpose)).unwrap();
        let found = found.unwrap_or_else(|| panic!("the keychain holds no {purpose:?}"));
        Hidden::new(purpose.word(), middle(found.expose()))
    };
    let all = Purpose::ALL.map(kept).to_vec();
    let client = all.iter().find(|one| one.name == Purpose::ClientSecret.word()).unwrap();
    assert_eq!(client.bytes, sandbox.text("client_secret").as_bytes(), "another secret would be looked for");
    all
}

fn middle(bytes: &[u8]) -> &[u8] {
    const ENOUGH: usize = 48;
    if bytes.len() <= ENOUGH { bytes } else { &bytes[bytes.len() / 2..][..ENOUGH] }
}

#[test]
fn the_keyring_holds_the_secrets_and_no_file_or_process_shows_one() {
    const TEST: &str = "at_rest::the_keyring_holds_the_secrets_and_no_file_or_process_shows_one";
    inside(Session::Desktop, TEST, || {
        let _daemon = GnomeKeyring::unlocked("pw");
        let sandbox = Sandbox::start(&["--incidents", "1000", "--latency-ms", "20"]);
        let room = Room::new();
        room.connect(&sandbox);
        let secrets = secrets(&sandbox, &room);
        let titles = titles(&sandbox).into_iter().map(|title| Hidden::new(&title, title.as_bytes()));
        let search = Search::new(&[secrets.clone(), titles.collect()].concat());

        let sync = room.xwalk(&["sync", "--connection", "lab", "--json"]);
        let (seen, said) = watched(sync, &room, &Search::new(&secrets));
        assert_eq!(seen.given_away, Vec::<String>::new(), "whoever lists processes reads this");
        assert!(seen.command_lines > 0, "the process was never looked at, so this proves nothing");
        println!(
            "{} command lines and {} environments read, {} environments refused",
            seen.command_lines, seen.environments, seen.refused
        );
        assert_eq!(search.seen_in(&said), Vec::<String>::new(), "printed");

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
    for purpose in [Purpose::ClientSecret, Purpose::StoreKey, Purpose::SealKey] {
        let name = format!("attribute.username = {}/{}", room.vault(), purpose.word());
        assert!(kept.contains(&name), "the keyring shows no `{name}`");
    }
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
    let authority = std::fs::read(Path::new(sandbox.text("ca_cert"))).unwrap();
    let address = sandbox.text("truth").to_owned();
    let fetch = async move {
        let trusted = reqwest::Certificate::from_pem(&authority).unwrap();
        let client = reqwest::Client::builder().tls_certs_only([trusted]).no_proxy().build().unwrap();
        client.get(address).send().await.unwrap().json::<serde_json::Value>().await.unwrap()
    };
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let truth = runtime.block_on(fetch);
    let titles = truth["titles"].as_array().expect("truth names twenty titles");
    titles.iter().map(|title| title.as_str().unwrap().to_owned()).collect()
}
