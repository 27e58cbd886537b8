//! One program with its arguments: shown, run, and judged by its exit code.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};
use std::sync::mpsc::{Sender, channel};
use std::thread;

use crate::place;
use crate::tally::Tally;

/// `Err` is a sentence for the person at the terminal.
pub type Outcome = Result<(), String>;

pub struct Step {
    command: Command,
    shown: String,
}

impl Step {
    /// Runs in the root of the checkout unless [`Step::dir`] says otherwise.
    pub fn new(program: impl AsRef<std::ffi::OsStr>) -> Self {
        let program = program.as_ref();
        let name = Path::new(program).file_name().unwrap_or(program);
        let mut command = Command::new(program);
        command.current_dir(place::root()).stdin(Stdio::null());
        Self { command, shown: name.to_string_lossy().into_owned() }
    }

    pub fn cargo() -> Self {
        Self::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
    }

    /// Words separated by blanks; a word with a blank inside goes through [`Step::arg`].
    pub fn args(mut self, words: &str) -> Self {
        self.command.args(words.split_whitespace());
        self.shown = format!("{} {words}", self.shown);
        self
    }

    pub fn arg(mut self, word: impl AsRef<std::ffi::OsStr>) -> Self {
        self.shown = format!("{} {}", self.shown, word.as_ref().to_string_lossy());
        self.command.arg(word);
        self
    }

    pub fn dir(mut self, folder: impl AsRef<Path>) -> Self {
        self.command.current_dir(folder);
        self
    }

    pub fn env(mut self, name: &str, value: impl AsRef<std::ffi::OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    /// Shares the terminal. What is run is shown on standard error, so that standard output is the program's own.
    pub fn run(mut self) -> Outcome {
        eprintln!("$ {}", self.shown);
        let ended = self.command.status();
        self.judge(ended)
    }

    /// Shows each line as it comes and counts the tests that the runner closes with.
    pub fn counted(mut self, tally: &mut Tally) -> Outcome {
        println!("$ {}", self.shown);
        let spawned = self.command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
        let mut child = spawned.map_err(|why| self.unable(&why))?;
        let (lines, heard) = channel();
        listen(child.stdout.take(), lines.clone());
        listen(child.stderr.take(), lines);
        for line in heard {
            println!("{line}");
            tally.hear(&line);
        }
        let ended = child.wait();
        self.judge(ended)
    }

    /// Runs a server until it is ended, and shows each of its lines as `say` puts it.
    pub fn serve(mut self, say: impl Fn(&str) -> String) -> Outcome {
        let spawned = self.command.stdout(Stdio::piped()).spawn();
        let mut child = spawned.map_err(|why| self.unable(&why))?;
        let (lines, heard) = channel();
        listen(child.stdout.take(), lines);
        heard.into_iter().for_each(|line| println!("{}", say(&line)));
        let ended = child.wait();
        self.judge(ended)
    }

    /// Writes both outputs to `log` and says nothing.
    pub fn logged(mut self, log: &File) -> Outcome {
        let twice = || log.try_clone().map_err(|why| format!("the log can't be written: {why}"));
        let ended = self.command.stdout(twice()?).stderr(twice()?).status();
        self.judge(ended)
    }

    /// Its standard output.
    pub fn output(mut self) -> Result<String, String> {
        let output = self.command.stderr(Stdio::inherit()).output().map_err(|why| self.unable(&why))?;
        self.judge(Ok(output.status))?;
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }

    /// True where it can be started and exits with 0; nothing is shown.
    pub fn succeeds(mut self) -> bool {
        let ended = self.command.stdout(Stdio::null()).stderr(Stdio::null()).status();
        ended.is_ok_and(|status| status.success())
    }

    fn judge(&self, ended: std::io::Result<ExitStatus>) -> Outcome {
        match ended {
            Ok(status) if status.success() => Ok(()),
            Ok(status) => Err(format!("`{}` ended with {status}", self.shown)),
            Err(why) => Err(self.unable(&why)),
        }
    }

    fn unable(&self, why: &std::io::Error) -> String {
        format!("`{}` could not be started: {why}", self.shown)
    }
}

fn listen(pipe: Option<impl Read + Send + 'static>, lines: Sender<String>) {
    let Some(pipe) = pipe else { return };
    thread::spawn(move || {
        for line in BufReader::new(pipe).split(b'\n').map_while(Result::ok) {
            if lines.send(String::from_utf8_lossy(&line).trim_end().to_owned()).is_err() {
                return;
            }
        }
    });
}
