//! `crosswalk`: opens the window.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::process::ExitCode;

use crosswalk_window::Start;

fn main() -> ExitCode {
    let start = match Start::read(std::env::args().skip(1)) {
        Ok(start) => start,
        Err(why) => {
            eprintln!("{why}");
            return ExitCode::from(2);
        }
    };
    match crosswalk_window::run(start) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("The window could not be opened: {why}");
            ExitCode::FAILURE
        }
    }
}
