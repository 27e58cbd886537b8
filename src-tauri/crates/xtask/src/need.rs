//! What a machine must have, how we see that it has it, and how Debian gets it.

use crate::place;
use crate::step::{Outcome, Step};

/// One thing a machine needs, under the name of its Debian package.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Need {
    pub package: &'static str,
    sign: Sign,
}

/// How to see that it is there.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Sign {
    Program(&'static str),
    /// As pkg-config knows it.
    Library(&'static str),
    /// A module of the system's Python.
    Python(&'static str),
}

const fn program(package: &'static str, name: &'static str) -> Need {
    Need { package, sign: Sign::Program(name) }
}

const fn library(package: &'static str, name: &'static str) -> Need {
    Need { package, sign: Sign::Library(name) }
}

/// To compile everything but the window.
pub const CORE: &[Need] = &[program("pkg-config", "pkg-config"), library("libssl-dev", "openssl")];

/// To compile the window.
pub const WINDOW: &[Need] =
    &[library("libwebkit2gtk-4.1-dev", "webkit2gtk-4.1"), library("libgtk-3-dev", "gtk+-3.0")];

/// To drive the window without a screen.
pub const WINDOW_TEST: &[Need] = &[
    program("webkit2gtk-driver", "WebKitWebDriver"),
    program("xvfb", "Xvfb"),
    program("xauth", "xauth"),
    program("dbus", "dbus-run-session"),
];

pub const BROWSER: &[Need] = &[program("chromium", "chromium")];

/// For the throw-away environment of Microsoft's SDKs and of the tools that come from PyPI.
pub const PYTHON: &[Need] =
    &[program("python3", "python3"), Need { package: "python3-venv", sign: Sign::Python("ensurepip") }];

/// A login session with a real secret store.
pub const KEYRING: &[Need] = &[
    program("dbus", "dbus-run-session"),
    program("gnome-keyring", "gnome-keyring-daemon"),
    program("libsecret-tools", "secret-tool"),
    program("libglib2.0-bin", "gdbus"),
];

/// A proxy between us and the sandbox; the package without `-bin` would start one for the whole machine.
pub const PROXY: &[Need] = &[program("tinyproxy-bin", "tinyproxy")];

impl Need {
    pub fn is_met(&self) -> bool {
        match self.sign {
            Sign::Program(name) => place::program(name).is_some(),
            Sign::Library(name) => Step::new("pkg-config").args("--exists").arg(name).succeeds(),
            Sign::Python(module) => Step::new("python3").arg("-c").arg(format!("import {module}")).succeeds(),
        }
    }
}

/// Packages that are not there, each once, in the order of `needs`.
pub fn missing(needs: &[Need]) -> Vec<&'static str> {
    let mut packages = Vec::new();
    for need in needs.iter().filter(|need| !need.is_met()) {
        if !packages.contains(&need.package) {
            packages.push(need.package);
        }
    }
    packages
}

/// What to do on a system that we don't install on.
pub fn by_hand(packages: &[&str]) -> String {
    format!(
        "Missing here: {}.\nThese are Debian's package names; install what your system calls them, then run this again.",
        packages.join(", ")
    )
}

pub fn can_install() -> bool {
    place::program("apt-get").is_some()
}

/// The steps that install `packages`; sudo only for those who are not root.
pub fn install(packages: &[&str]) -> [Step; 2] {
    [apt().args("update -q"), apt().args("install -y -q --no-install-recommends").args(&packages.join(" "))]
}

fn apt() -> Step {
    let step = if is_root() { Step::new("apt-get") } else { Step::new("sudo").arg("apt-get") };
    step.env("DEBIAN_FRONTEND", "noninteractive")
}

fn is_root() -> bool {
    Step::new("id").args("-u").output().is_ok_and(|id| id.trim() == "0")
}

/// Installs what is missing, in the terminal, where a person may have to type a password.
pub fn provide(needs: &[Need]) -> Outcome {
    let packages = missing(needs);
    if packages.is_empty() {
        return Ok(());
    }
    if !can_install() {
        return Err(by_hand(&packages));
    }
    println!("Missing, and installed now: {}", packages.join(", "));
    install(&packages).into_iter().try_for_each(Step::run)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_there_is_not_missing_and_what_is_not_is_named_once() {
        let nothing = program("no-such-package", "no-such-program");
        let cargo = program("cargo", "cargo");
        assert_eq!(missing(&[nothing, cargo, nothing]), ["no-such-package"]);
    }

    #[test]
    fn a_system_without_apt_is_told_every_package() {
        let told = by_hand(&["libssl-dev", "chromium"]);
        assert!(told.contains("libssl-dev, chromium"), "{told}");
    }
}
