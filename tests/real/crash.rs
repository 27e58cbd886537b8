//! A crash leaves no core, and no other program of the same user looks in while it runs.
//!
//! What a machine forbids anyway can't be told apart from what we forbid; so each claim stands beside a process that
//! protects itself from nothing, and where that one shows nothing either, the test says so.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};

use crate::processes::field;
use crate::xwalk::program;

/// SIGSEGV as the kernel numbers it.
const SEGV: i32 = 11;

/// A shell that lets its process leave a core as large as it likes, where the machine allows that.
fn with_cores(folder: &Path, words: &[&str]) -> Child {
    let mut command = Command::new("sh");
    command.args(["-c", "ulimit -c unlimited || ulimit -c $(ulimit -H -c); exec \"$0\" \"$@\""]).args(words);
    command.current_dir(folder).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    assert!(!line.is_empty(), "{words:?} did not start");
    child
}

fn xwalk(folder: &Path) -> Child {
    with_cores(folder, &[&program().to_string_lossy(), "sandbox", "--incidents", "1"])
}

/// Says one line and waits; it keeps nothing from anybody.
fn unprotected(folder: &Path) -> Child {
    with_cores(folder, &["sh", "-c", "echo ready; read _"])
}

/// Sends SIGSEGV until the process has ended: Rust's own handler lets the first one pass, since no address faulted.
fn crashed(mut child: Child) -> ExitStatus {
    loop {
        let kill = format!("kill -SEGV {}", child.id());
        let _ = Command::new("sh").args(["-c", &kill]).stderr(Stdio::null()).status();
        if let Some(status) = child.try_wait().unwrap() {
            return status;
        }
    }
}

fn limit(process: u32) -> String {
    let limits = fs::read_to_string(format!("/proc/{process}/limits")).unwrap();
    let line = limits.lines().find_map(|line| line.strip_prefix("Max core file size"));
    line.expect("limits name the core's").split_whitespace().take(2).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_crash_leaves_no_core() {
    let folder = tempfile::tempdir().unwrap();
    let control = unprotected(folder.path());
    let allowed = limit(control.id());
    let control = crashed(control);
    assert_eq!(control.signal(), Some(SEGV));
    println!("a process that protects nothing: limit {allowed}, core {}", control.core_dumped());
    if !control.core_dumped() {
        println!("this machine dumps nobody's core, so only the limit below is proved");
    }

    let folder = tempfile::tempdir().unwrap();
    let child = xwalk(folder.path());
    assert_eq!(limit(child.id()), "0 0", "a core of any size may be written");
    assert_eq!(field(child.id(), "CoreDumping").unwrap_or_else(|| "0".into()), "0");
    let status = crashed(child);
    assert_eq!(status.signal(), Some(SEGV), "{status}");
    assert!(!status.core_dumped(), "the kernel dumped the memory of a process that holds secrets");
    let left: Vec<PathBuf> =
        fs::read_dir(folder.path()).unwrap().flatten().map(|entry| entry.path()).collect();
    assert_eq!(left, Vec::<PathBuf>::new(), "the crash left something behind");
}

/// Reads one byte of what `/proc` shows of a process, as a user without privileges: this one, or root's `nobody`.
fn look_in(process: u32, what: &str) -> bool {
    let path = format!("/proc/{process}/{what}");
    if !is_root() {
        let mut byte = [0u8; 1];
        return File::open(path).and_then(|mut file| file.read_exact(&mut byte)).is_ok();
    }
    let mut command = as_nobody();
    command.args(["head", "-c", "1", &path]).stdout(Stdio::piped()).stderr(Stdio::null());
    command.output().is_ok_and(|output| output.status.success())
}

fn is_root() -> bool {
    field(std::process::id(), "Uid").is_some_and(|ids| ids.starts_with('0'))
}

fn as_nobody() -> Command {
    let mut command = Command::new("setpriv");
    command.args(["--reuid=65534", "--regid=65534", "--clear-groups", "--"]);
    command
}

/// A copy of the program where anybody may start it; the build's folder can be closed to others.
fn public_copy(folder: &Path) -> io::Result<PathBuf> {
    fs::set_permissions(folder, fs::Permissions::from_mode(0o755))?;
    let copy = folder.join("xwalk");
    fs::copy(program(), &copy)?;
    fs::set_permissions(&copy, fs::Permissions::from_mode(0o755))?;
    Ok(copy)
}

fn started(words: &[&str]) -> Child {
    let mut command = if is_root() { as_nobody() } else { Command::new("env") };
    command.args(words).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().expect("setpriv starts (Debian package: util-linux)");
    let mut line = String::new();
    BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    assert!(!line.is_empty(), "{words:?} did not start");
    child
}

fn ended(mut child: Child) {
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn no_other_program_of_the_same_user_looks_in() {
    let folder = tempfile::tempdir().unwrap();
    let program = public_copy(folder.path()).unwrap();
    let control = started(&["sh", "-c", "echo ready; read _"]);
    let open = look_in(control.id(), "environ");
    ended(control);
    assert!(open, "not even an unprotected process can be looked into here, so this proves nothing");

    let child = started(&[&program.to_string_lossy(), "sandbox", "--incidents", "1"]);
    for what in ["environ", "mem", "maps"] {
        assert!(!look_in(child.id(), what), "{what} of a process that holds secrets can be read");
    }
    ended(child);
    println!("root can still read it, as root can read anything");
}
