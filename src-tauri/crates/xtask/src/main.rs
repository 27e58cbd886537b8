//! The project's chores: `cargo xtask demo | test | bench | dev | gen`.
//!
//! The standard library alone, so that it compiles in seconds on a machine that has nothing installed yet.
//! Never here: a shell string where a program with arguments does. Start at the verb's own file.

mod bench;
mod bindings;
mod demo;
mod dev;
mod errand;
mod modules;
mod need;
mod place;
mod python;
mod step;
mod tally;
mod test;

use std::process::ExitCode;

const USAGE: &str = "\
cargo xtask demo             install what is missing, build, open the window on the demo tenant
cargo xtask demo --check     run the whole main job without a window and print one table
cargo xtask test [STAGE…]    core ui e2e real desktop; all of them without a name
cargo xtask bench [NAME…]    time Crosswalk beside something else in the same run; --json for programs
cargo xtask dev              devhost on the demo tenant; a changed UI is there after a reload
cargo xtask gen              write the UI's half of the contract anew
";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["demo"] => demo::window(),
        ["demo", "--check"] => demo::check(),
        ["test", stages @ ..] => test::run(stages),
        ["bench", words @ ..] => bench::run(words),
        ["dev"] => dev::run(),
        ["gen"] => bindings::write(),
        _ => Err(USAGE.to_owned()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}
