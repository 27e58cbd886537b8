//! What other programs can see of a running process and its children: command lines, environments.

use std::fs;
use std::io::{self, ErrorKind};

use crate::traces::Search;

/// What was looked at, over all looks.
#[derive(Default)]
pub struct Seen {
    pub command_lines: usize,
    pub environments: usize,
    /// Environments that the system keeps from us: those of processes that allow nobody to look in.
    pub refused: usize,
    /// Secrets that stood there, with the place.
    pub given_away: Vec<String>,
}

impl Seen {
    /// Looks once at `process` and all below it.
    pub fn look(&mut self, process: u32, search: &Search) {
        for one in family(process) {
            self.note(one, "cmdline", search);
            self.note(one, "environ", search);
        }
    }

    fn note(&mut self, process: u32, what: &str, search: &Search) {
        let read = fs::read(format!("/proc/{process}/{what}"));
        match (&read, what) {
            (Ok(_), "cmdline") => self.command_lines += 1,
            (Ok(_), _) => self.environments += 1,
            (Err(why), _) if why.kind() == ErrorKind::PermissionDenied => self.refused += 1,
            _ => (),
        }
        let names = search.seen_in(&read.unwrap_or_default());
        self.given_away.extend(names.into_iter().map(|name| format!("{name} in {what} of {process}")));
    }
}

/// `process`, its children and theirs.
fn family(process: u32) -> Vec<u32> {
    let parents: Vec<(u32, u32)> = running().unwrap_or_default();
    let mut family = vec![process];
    let mut next = 0;
    while let Some(parent) = family.get(next).copied() {
        family.extend(parents.iter().filter(|(_, of)| *of == parent).map(|(child, _)| *child));
        next += 1;
    }
    family
}

/// Every process with its parent. One that ends while it is looked at is left out.
fn running() -> io::Result<Vec<(u32, u32)>> {
    let ids = fs::read_dir("/proc")?.flatten().filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    Ok(ids.filter_map(|id: u32| Some((id, field(id, "PPid")?.parse().ok()?))).collect())
}

/// A line of `/proc/PID/status`.
pub fn field(process: u32, name: &str) -> Option<String> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))?;
    Some(line.trim().to_owned())
}

#[test]
fn a_secret_in_an_argument_or_a_childs_environment_is_seen() {
    use crate::traces::Hidden;
    use std::io::{BufRead, BufReader};
    use std::process::{Command, Stdio};

    let mut parent = Command::new("sh");
    parent.args([
        "-c",
        "TOLD=planted-in-environment sh -c 'echo ready; read _; :' && :",
        "planted-as-argument",
    ]);
    let mut parent = parent.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(parent.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let hidden = ["planted-as-argument", "planted-in-environment"].map(|text| Hidden::new(text, text));
    let mut seen = Seen::default();
    seen.look(parent.id(), &Search::new(&hidden));
    drop(parent.stdin.take());
    parent.wait().unwrap();
    let told = |name: &str| seen.given_away.iter().any(|place| place.starts_with(name));
    assert!(told("planted-as-argument in cmdline"), "{:?}", seen.given_away);
    assert!(told("planted-in-environment in environ"), "{:?}", seen.given_away);
}
