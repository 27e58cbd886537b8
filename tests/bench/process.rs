//! Programs under measurement: started, timed from outside, with the processor time that the system counted for them.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::Outcome;

/// How Linux counts processor time for programs, whatever its own tick is.
const TICK: Duration = Duration::from_millis(10);

/// A program that came to its end.
pub struct Run {
    pub wall: Duration,
    /// User and system, of the program alone; zero where the system does not tell.
    pub cpu: Duration,
    /// Its standard output.
    pub said: Value,
}

/// Runs to the end; any exit code of `codes` is fine.
pub fn run(mut command: Command, codes: &[i32]) -> Outcome<Run> {
    let before = cpu_of_ended();
    let began = Instant::now();
    let output = command.stdin(Stdio::null()).stderr(Stdio::inherit()).output()?;
    let wall = began.elapsed();
    let cpu = cpu_of_ended().saturating_sub(before);
    if !output.status.code().is_some_and(|code| codes.contains(&code)) {
        return Err(format!("{} ended with {}", command.get_program().display(), output.status).into());
    }
    Ok(Run { wall, cpu, said: serde_json::from_slice(&output.stdout)? })
}

pub fn xwalk() -> Outcome<Command> {
    Ok(Command::new(named_by("XWALK")?))
}

/// One of the scripts beside this file.
pub fn python(script: &str) -> Outcome<Command> {
    let mut command = Command::new(named_by("PYTHON")?);
    command.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("bench").join(script));
    Ok(command)
}

/// The program that a variable names.
pub fn named_by(variable: &str) -> Outcome<PathBuf> {
    let path = std::env::var_os(variable).filter(|path| !path.is_empty());
    Ok(path.ok_or_else(|| format!("`{variable}` is not set; start this with `cargo xtask bench`"))?.into())
}

/// A sandbox in a process of its own, so that its work is not counted as ours. It ends with the value.
pub struct Sandbox {
    child: Child,
    folder: tempfile::TempDir,
    pub descriptor: Value,
}

impl Sandbox {
    pub fn start(incidents: u32, latency_ms: u32) -> Outcome<Self> {
        let mut command = xwalk()?;
        command.args(["sandbox", "--seed", "1", "--incidents", &incidents.to_string()]);
        command.args(["--latency-ms", &latency_ms.to_string()]);
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn()?;
        let mut line = String::new();
        if let Some(said) = child.stdout.as_mut() {
            BufReader::new(said).read_line(&mut line)?;
        }
        let folder = tempfile::tempdir()?;
        std::fs::write(folder.path().join("sandbox.json"), &line)?;
        Ok(Self { child, folder, descriptor: serde_json::from_str(&line)? })
    }

    pub fn file(&self) -> PathBuf {
        self.folder.path().join("sandbox.json")
    }

    pub fn text(&self, key: &str) -> &str {
        self.descriptor[key].as_str().unwrap_or_default()
    }

    /// Processor time so far.
    pub fn cpu(&self) -> Duration {
        ticks(&format!("/proc/{}/stat", self.child.id()), 11)
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Processor time of this program so far.
pub fn own_cpu() -> Duration {
    ticks("/proc/self/stat", 11)
}

/// Counts this program's peak of memory from now on; see proc(5), `clear_refs`.
pub fn forget_peak() -> Outcome<()> {
    Ok(std::fs::write("/proc/self/clear_refs", "5")?)
}

/// The most memory that this program held, in MB; 0 where the system does not tell.
pub fn peak() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
    kilobytes.unwrap_or_default() / 1024.0
}

/// Processor time of all programs that this one started and saw end.
fn cpu_of_ended() -> Duration {
    ticks("/proc/self/stat", 13)
}

/// Two neighbouring counters of a `stat` file, counted from the state, which follows the name in brackets.
fn ticks(path: &str, at: usize) -> Duration {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    let fields = text.rsplit(')').next().unwrap_or_default().split_whitespace();
    TICK * fields.skip(at).take(2).filter_map(|field| field.parse::<u32>().ok()).sum()
}
