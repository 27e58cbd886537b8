//! `cargo xtask demo`: from a fresh machine to a window on the demo tenant.
//!
//! `--check` runs the same job without a window and leaves the checkout as it found it.

use crate::need::{self, Need};
use crate::step::{Outcome, Step};
use crate::{modules, place};

/// Builds and opens the window; without a display, the same UI on loopback.
pub fn window() -> Outcome {
    if !has_display() {
        println!(
            "No display here (neither DISPLAY nor WAYLAND_DISPLAY is set): serving the same UI on loopback."
        );
        return in_a_browser();
    }
    provide(&window_needs())?;
    build_ui()?;
    Step::cargo().args("build --package desktop").run()?;
    Step::new(place::built("crosswalk")).args("--demo").run()
}

/// The same UI, host and demo tenant for a browser on this machine.
fn in_a_browser() -> Outcome {
    build_browser_half()?;
    serve()
}

pub fn build_browser_half() -> Outcome {
    provide(need::CORE)?;
    build_ui()?;
    Step::cargo().args("build --package devhost").run()
}

pub fn serve() -> Outcome {
    Step::new(place::built("devhost")).serve(invitation)
}

/// devhost's one line of JSON as a sentence; any other line as it is.
fn invitation(line: &str) -> String {
    let address = line.split_once("\"address\":\"").and_then(|(_, rest)| rest.split_once('"'));
    match address {
        Some((address, _)) => format!("Open {address} in a browser on this machine. Ctrl+C ends it."),
        None => line.to_owned(),
    }
}

/// The whole main job against a sandbox in the same process, then proof that the checkout is as it was.
pub fn check() -> Outcome {
    provide(need::CORE)?;
    let before = tree()?;
    Step::cargo().args("build --package cli").run()?;
    Step::new(place::built("xwalk")).args("check").run()?;
    let after = tree()?;
    if before != after {
        return Err(format!("The check changed the checkout. Before:\n{before}After:\n{after}"));
    }
    println!("git status is as it was.");
    Ok(())
}

fn tree() -> Result<String, String> {
    Step::new("git").args("status --porcelain").output()
}

pub fn build_ui() -> Outcome {
    modules::provide(&place::ui())?;
    Step::new("npm").args("run --silent build").dir(place::ui()).run()
}

fn window_needs() -> Vec<Need> {
    let window: &[Need] = if cfg!(target_os = "linux") { need::WINDOW } else { &[] };
    [need::CORE, window].concat()
}

fn provide(needs: &[Need]) -> Outcome {
    if place::program("npm").is_none() {
        return Err("Node.js with npm is missing: install Node 20.20 or later, then run this again.".into());
    }
    need::provide(needs)
}

fn has_display() -> bool {
    let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || is_set("DISPLAY") || is_set("WAYLAND_DISPLAY")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn devhosts_line_becomes_an_invitation() {
        let told = invitation(r#"{"ready":true,"address":"http://127.0.0.1:4711/#token=ab"}"#);
        assert!(told.contains(" http://127.0.0.1:4711/#token=ab "), "{told}");
        assert_eq!(invitation("a warning"), "a warning");
    }
}
