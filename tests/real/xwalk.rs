//! The program `xwalk` as a user starts it: its own process, its own environment.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::Value;

/// Cargo lays the tests' binaries into `deps` beside the programs. Both are built by `cargo build` of the workspace.
pub fn program() -> PathBuf {
    let deps = std::env::current_exe().unwrap();
    let program = deps.ancestors().nth(2).unwrap().join("xwalk");
    assert!(program.is_file(), "{} is not built: cargo build --package cli", program.display());
    program
}

/// A running `xwalk sandbox`; it ends with the value.
pub struct Sandbox {
    child: Child,
    pub descriptor: Value,
}

impl Sandbox {
    pub fn start(words: &[&str]) -> Self {
        let mut command = Command::new(program());
        command.arg("sandbox").args(words).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().expect("xwalk starts");
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        let descriptor: Value = serde_json::from_str(&line).expect("one JSON line when ready");
        assert_eq!(descriptor["ready"], true);
        Self { child, descriptor }
    }

    pub fn process(&self) -> u32 {
        self.child.id()
    }

    pub fn text(&self, key: &str) -> &str {
        self.descriptor[key].as_str().unwrap_or_else(|| panic!("the descriptor has no `{key}`"))
    }

    /// Writes the descriptor where only this test finds it.
    pub fn descriptor_file(&self, folder: &Path) -> String {
        let file = folder.join("sandbox.json");
        let mut written = std::fs::File::create(&file).unwrap();
        written.write_all(self.descriptor.to_string().as_bytes()).unwrap();
        file.to_string_lossy().into_owned()
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
