//! Something fetched beside the work: packages of Debian, npm and PyPI while Cargo compiles.
//!
//! An errand says when it starts and ends; its output lies in a file and is shown only where it failed.

use std::fs::{self, File};
use std::path::PathBuf;
use std::thread::{self, JoinHandle};
use std::time::Instant;

use crate::place;
use crate::step::{Outcome, Step};

pub struct Errand {
    name: &'static str,
    state: State,
}

enum State {
    Running(JoinHandle<Outcome>),
    Done(Outcome),
}

impl Errand {
    /// Runs `steps` one after the other on a thread of its own.
    pub fn send(name: &'static str, steps: Vec<Step>) -> Self {
        Self { name, state: State::Running(thread::spawn(move || report(name, steps))) }
    }

    /// There was nothing to fetch.
    pub fn none(name: &'static str) -> Self {
        Self { name, state: State::Done(Ok(())) }
    }

    /// Waits for its end; may be asked again.
    pub fn wait(&mut self) -> Outcome {
        let done = match std::mem::replace(&mut self.state, State::Done(Ok(()))) {
            State::Running(thread) => {
                thread.join().unwrap_or_else(|_| Err(format!("the errand `{}` broke off", self.name)))
            }
            State::Done(done) => done,
        };
        self.state = State::Done(done.clone());
        done
    }
}

fn report(name: &str, steps: Vec<Step>) -> Outcome {
    let started = Instant::now();
    println!("· {name}: started");
    let log = log_of(name);
    let done = run(steps, &log);
    let seconds = started.elapsed().as_secs();
    match &done {
        Ok(()) => println!("· {name}: done in {seconds} s"),
        Err(_) => {
            println!("· {name}: failed after {seconds} s\n{}", fs::read_to_string(&log).unwrap_or_default())
        }
    }
    done.map_err(|why| format!("{name}: {why}"))
}

fn run(steps: Vec<Step>, log: &PathBuf) -> Outcome {
    let file = File::create(log).map_err(|why| format!("{} can't be written: {why}", log.display()))?;
    steps.into_iter().try_for_each(|step| step.logged(&file))
}

fn log_of(name: &str) -> PathBuf {
    let folder = place::target().join("xtask");
    // A folder that can't be made shows as a log that can't be written.
    let _ = fs::create_dir_all(&folder);
    folder.join(format!("{}.log", name.replace(' ', "-")))
}
