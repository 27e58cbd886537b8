//! `crosswalk`: opens the window.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::process::ExitCode;

const USAGE: &str = "crosswalk            opens the window\ncrosswalk --demo     opens it on the demo tenant";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let demo = words == ["--demo"];
    if !demo && !words.is_empty() {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    }
    match crosswalk_window::run(demo) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("The window could not be opened: {why}");
            ExitCode::FAILURE
        }
    }
}
