//! A D-Bus session with a folder of its own, in which a test runs itself again.
//!
//! A secret store belongs to a login: bus address, `HOME` and `XDG_RUNTIME_DIR` are read from the environment, and
//! a test may not change its own. So [`inside`] starts the same test binary for the same test in a fresh session,
//! and only there runs the body. Debian: `dbus`, `gnome-keyring`, `libsecret-tools`.

use std::fs;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

const INSIDE: &str = "CROSSWALK_TEST_SESSION";

const DAEMON: &str = "gnome-keyring-daemon";

/// What the session has.
#[derive(Clone, Copy)]
pub enum Session {
    /// A bus that starts services on demand, as a desktop's does.
    Desktop,
    /// A bus with no secret service to start.
    BareBus,
    /// A bus whose policy lets nobody talk to a secret service.
    GuardedBus,
    /// Not even a bus.
    NoBus,
}

/// Runs `body` in a session of its own. `test` is the caller's full name as the runner prints it.
pub fn inside(session: Session, test: &str, body: impl FnOnce()) {
    if std::env::var_os(INSIDE).is_some() {
        return body();
    }
    let folder = tempfile::Builder::new().prefix("xw-").tempdir().unwrap();
    let output = again(session, test, folder.path());
    let said = format!("{}{}", lossy(&output.stdout), lossy(&output.stderr));
    print!("{said}");
    assert!(output.status.success(), "{test} inside its session:\n{said}");
    assert!(said.contains("1 passed"), "no test called {test} ran inside the session:\n{said}");
}

fn again(session: Session, test: &str, folder: &Path) -> Output {
    let myself = std::env::current_exe().unwrap();
    let mut command = match session {
        Session::Desktop => bus(None),
        Session::BareBus => bus(Some(&config(folder, ""))),
        Session::GuardedBus => {
            bus(Some(&config(folder, "<deny send_destination=\"org.freedesktop.secrets\"/>")))
        }
        Session::NoBus => Command::new("env"),
    };
    let runtime = private(&folder.join("run"));
    let home = private(&folder.join("home"));
    let output = command
        .arg(myself)
        .args(["--exact", test, "--nocapture"])
        .env(INSIDE, "1")
        .env("HOME", &home)
        .env("XDG_RUNTIME_DIR", &runtime)
        .env("XDG_DATA_HOME", home.join("data"))
        .env_remove("DBUS_SESSION_BUS_ADDRESS")
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .stdin(Stdio::null())
        .output();
    output.expect("dbus-run-session starts (Debian package: dbus)")
}

fn bus(config: Option<&Path>) -> Command {
    let mut command = Command::new("dbus-run-session");
    if let Some(config) = config {
        command.arg("--config-file").arg(config);
    }
    command.arg("--");
    command
}

/// A bus that starts nothing by itself, with one more rule of policy.
fn config(folder: &Path, rule: &str) -> std::path::PathBuf {
    let config = folder.join("bus.conf");
    let text = format!(
        "<!DOCTYPE busconfig PUBLIC \"-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN\" \
        \"http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd\"><busconfig><type>session</type>\
        <listen>unix:tmpdir=/tmp</listen><policy context=\"default\"><allow send_destination=\"*\" eavesdrop=\"true\"/>\
        <allow eavesdrop=\"true\"/><allow own=\"*\"/>{rule}</policy></busconfig>"
    );
    fs::write(&config, text).unwrap();
    config
}

fn private(folder: &Path) -> std::path::PathBuf {
    fs::create_dir_all(folder).unwrap();
    fs::set_permissions(folder, fs::Permissions::from_mode(0o700)).unwrap();
    folder.to_owned()
}

/// gnome-keyring for the session it is started in; it ends with the value.
pub struct GnomeKeyring(Child);

impl GnomeKeyring {
    /// With its login collection opened by `password`; a new one is made where there is none.
    pub fn unlocked(password: &str) -> Self {
        Self::open(Command::new(DAEMON), password)
    }

    /// The same on a disk that takes no file over 2 KiB: what a full disk is to a program that writes.
    pub fn without_room(password: &str) -> Self {
        let mut command = Command::new("sh");
        command.args(["-c", "trap '' XFSZ; ulimit -f 4; exec \"$0\" \"$@\"", DAEMON]);
        Self::open(command, password)
    }

    /// With whatever collections there are, all of them locked.
    pub fn locked() -> Self {
        Self(Self::spawn(Command::new(DAEMON), &[])).answering()
    }

    fn open(command: Command, password: &str) -> Self {
        let mut child = Self::spawn(command, &["--unlock"]);
        child.stdin.take().unwrap().write_all(password.as_bytes()).unwrap();
        Self(child).answering()
    }

    fn spawn(mut command: Command, more: &[&str]) -> Child {
        command.args(["--foreground", "--components=secrets"]).args(more);
        command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        command.spawn().expect("gnome-keyring-daemon starts (Debian package: gnome-keyring)")
    }

    /// Waits, on the bus, until the daemon owns its name.
    fn answering(self) -> Self {
        let waited = Command::new("gdbus")
            .args(["wait", "--session", "--timeout", "20", "org.freedesktop.secrets"])
            .status()
            .expect("gdbus starts (Debian package: libglib2.0-bin)");
        assert!(waited.success(), "gnome-keyring did not come onto the bus in 20 s");
        self
    }
}

impl Drop for GnomeKeyring {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// What libsecret's own tool finds under the two attributes; `None` where it finds nothing.
pub fn stranger_reads(service: &str, account: &str) -> Option<String> {
    let output = Command::new("secret-tool")
        .args(["lookup", "service", service, "username", account])
        .output()
        .expect("secret-tool starts (Debian package: libsecret-tools)");
    output.status.success().then(|| lossy(&output.stdout))
}

/// Every item of `service`, as libsecret's own tool prints them: labels, secrets, attributes.
pub fn stranger_lists(service: &str) -> String {
    let output = Command::new("secret-tool").args(["search", "--all", "service", service]).output();
    let output = output.expect("secret-tool starts (Debian package: libsecret-tools)");
    lossy(&[output.stdout, output.stderr].concat())
}

/// Takes an item away with libsecret's own tool, behind our back.
pub fn stranger_deletes(service: &str, account: &str) {
    let deleted =
        Command::new("secret-tool").args(["clear", "service", service, "username", account]).status();
    let deleted = deleted.expect("secret-tool starts (Debian package: libsecret-tools)");
    assert!(deleted.success(), "secret-tool found no {service}: {account} to delete");
}

fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
