//! The proxy in the operating system's settings, asked by the system's own tool: `gsettings` in a GNOME desktop,
//! `scutil` on macOS, `reg` on Windows. What a tool prints is read by functions that every machine can test.
//!
//! Libraries for this (reqwest's `system-proxy`, in 0.13) see neither scripts, nor macOS' exceptions, nor Windows'
//! form with a proxy for each scheme. KDE's settings are not read, and that is said.

use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// How long a tool may take.
const PATIENCE: Duration = Duration::from_secs(2);

/// What the settings hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Setting {
    /// Whose settings they are; empty where none were found.
    pub(super) of: &'static str,
    /// `host:port` for https.
    pub(super) proxy: Option<String>,
    pub(super) without: Vec<String>,
    /// Address of a script; empty where the network is asked for one.
    pub(super) script: Option<String>,
}

const INTERNET_SETTINGS: &str = "HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings";

/// Desktops that keep their proxy under `org.gnome.system.proxy`.
const GNOMES: [&str; 5] = ["GNOME", "Unity", "X-Cinnamon", "Budgie", "Pantheon"];

impl Setting {
    pub(super) fn read() -> Self {
        let found = if cfg!(windows) {
            let root = std::env::var("SystemRoot").unwrap_or_else(|_| "C:\\Windows".into());
            ask(&format!("{root}\\System32\\reg.exe"), &["query", INTERNET_SETTINGS])
                .map(|text| windows(&text))
        } else if cfg!(target_os = "macos") {
            ask("/usr/sbin/scutil", &["--proxy"]).map(|text| macos(&text))
        } else {
            desktop(&std::env::var("XDG_CURRENT_DESKTOP").unwrap_or_default())
        };
        found.unwrap_or_default()
    }

    /// One line for each thing that was found.
    pub(super) fn lines(&self) -> Vec<String> {
        let of = self.of;
        if of == KDE {
            return vec![format!(
                "{of}: its proxy settings are not read; set HTTPS_PROXY, or give the address here"
            )];
        }
        let mut lines = vec![];
        lines.extend(self.proxy.as_ref().map(|proxy| format!("{of}: {}", super::masked(proxy))));
        lines
            .extend((!self.without.is_empty()).then(|| format!("{of}: not for {}", self.without.join(", "))));
        lines.extend(self.script.as_ref().map(|script| format!("{of}: script {}", super::masked(script))));
        lines
    }
}

const KDE: &str = "KDE";

fn desktop(names: &str) -> Option<Setting> {
    let is = |known: &str| names.split(':').any(|name| name.eq_ignore_ascii_case(known));
    if is(KDE) {
        return Some(Setting { of: KDE, ..Setting::default() });
    }
    let asked = GNOMES.iter().any(|known| is(known));
    let text = asked.then(|| ask("gsettings", &["list-recursively", "org.gnome.system.proxy"])).flatten();
    text.map(|text| gnome(&text))
}

/// Runs a tool and gives what it prints. One that hangs is left to itself.
fn ask(program: &str, arguments: &[&str]) -> Option<String> {
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null()).stderr(Stdio::null());
    #[cfg(windows)]
    {
        use std::os::windows::process::CommandExt;
        // Without a console window, <https://learn.microsoft.com/windows/win32/procthread/process-creation-flags>.
        command.creation_flags(0x0800_0000);
    }
    let (told, heard) = mpsc::channel();
    thread::spawn(move || told.send(command.output()));
    let output = heard.recv_timeout(PATIENCE).ok()?.ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

fn at(host: &str, port: &str) -> Option<String> {
    let usable = !host.is_empty() && port.parse::<u16>().is_ok_and(|port| port > 0);
    usable.then(|| format!("{host}:{port}"))
}

/// `*.contoso.com` of the settings is `.contoso.com` in `NO_PROXY`. `<local>` names hosts without a dot: none of ours.
fn exceptions<'a>(list: impl Iterator<Item = &'a str>) -> Vec<String> {
    let named = list.map(str::trim).filter(|name| !name.is_empty() && *name != "<local>");
    named
        .map(|name| name.strip_prefix('*').filter(|rest| !rest.is_empty()).unwrap_or(name).to_owned())
        .collect()
}

/// Lines of `schema key value`, values as GVariant writes them: `'text'`, `8080`, `['a', 'b']`.
fn gnome(text: &str) -> Setting {
    let value = |schema: &str, key: &str| {
        let start = format!("org.gnome.system.proxy{schema} {key} ");
        text.lines().find_map(|line| line.strip_prefix(&start)).unwrap_or_default().trim().to_owned()
    };
    let word = |schema: &str, key: &str| value(schema, key).trim_matches('\'').to_owned();
    match word("", "mode").as_str() {
        "auto" => Setting { of: "GNOME", script: Some(word("", "autoconfig-url")), ..Setting::default() },
        "manual" => {
            let ignored = value("", "ignore-hosts");
            let list = ignored.trim_start_matches("@as ").trim_matches(['[', ']']).split(',');
            let list = list.map(|item| item.trim().trim_matches('\''));
            let proxy = at(&word(".https", "host"), &value(".https", "port"));
            Setting {
                of: "GNOME",
                without: if proxy.is_some() { exceptions(list) } else { vec![] },
                proxy,
                script: None,
            }
        }
        _ => Setting::default(),
    }
}

/// Lines of `Key : value`; a list is lines of `0 : value` in braces.
fn macos(text: &str) -> Setting {
    let value = |key: &str| {
        let found = text.lines().find_map(|line| line.trim().strip_prefix(key)?.strip_prefix(" : "));
        found.unwrap_or_default().trim()
    };
    let script =
        (value("ProxyAutoConfigEnable") == "1").then(|| value("ProxyAutoConfigURLString").to_owned());
    let script = script.or((value("ProxyAutoDiscoveryEnable") == "1").then(String::new));
    let proxy = (value("HTTPSEnable") == "1").then(|| at(value("HTTPSProxy"), value("HTTPSPort"))).flatten();
    let list = text.split_once("ExceptionsList : <array> {").and_then(|(_, rest)| rest.split_once('}'));
    let list = list.map_or("", |(list, _)| list).lines().filter_map(|line| line.split_once(" : "));
    let without = if proxy.is_some() { exceptions(list.map(|(_, name)| name)) } else { vec![] };
    Setting { of: "macOS", proxy, without, script }
}

/// Lines of `    Name    REG_SZ    value`. One proxy serves all schemes, or each has its own: `http=a:1;https=b:2`.
fn windows(text: &str) -> Setting {
    let value = |name: &str| {
        let mut lines =
            text.lines().map(|line| line.trim().splitn(3, "    ").map(str::trim).collect::<Vec<_>>());
        lines
            .find(|line| line.first() == Some(&name))
            .and_then(|line| line.get(2).copied())
            .unwrap_or_default()
    };
    let script = Some(value("AutoConfigURL").to_owned()).filter(|script| !script.is_empty());
    let server = if value("ProxyEnable") == "0x1" { value("ProxyServer") } else { "" };
    let proxy = match server.split(';').find_map(|part| part.trim().strip_prefix("https=")) {
        Some(own) => Some(own.to_owned()),
        None => Some(server.to_owned()).filter(|server| !server.is_empty() && !server.contains('=')),
    };
    let without = if proxy.is_some() { exceptions(value("ProxyOverride").split(';')) } else { vec![] };
    Setting { of: "Windows", proxy, without, script }
}

#[cfg(test)]
mod tests;
