//! The throw-away Python environment: Microsoft's SDKs, and tools that PyPI carries.

use std::path::PathBuf;

use crate::place;
use crate::step::Step;

/// Microsoft's own SDKs, as strangers to the sandbox and as what our speed is measured against.
pub const SDKS: &[&str] = &["--requirement", "tests/real/requirements.txt"];

/// The steps that make it and install `packages`, written as pip reads them. What is there already stays.
pub fn environment(packages: &[&str]) -> [Step; 2] {
    let make = Step::new("python3").args("-m venv").arg(place::venv());
    let install = Step::new(program()).args("-m pip install --quiet --disable-pip-version-check");
    [make, packages.iter().fold(install, |step, word| step.arg(word))]
}

/// The environment's own Python.
pub fn program() -> PathBuf {
    place::venv().join("bin/python")
}
