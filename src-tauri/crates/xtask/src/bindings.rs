//! `cargo xtask gen`: the UI's half of the contract, written from the Rust.
//!
//! A test in `contract` fails while the file in the tree differs from what this writes.

use std::fs;

use crate::place;
use crate::step::{Outcome, Step};

pub fn write() -> Outcome {
    let module = Step::cargo().args("run --quiet --package contract --example typescript").output()?;
    let file = place::ui().join("src/contract/rpc.gen.ts");
    fs::write(&file, module).map_err(|why| format!("{} can't be written: {why}", file.display()))?;
    println!("wrote {}", file.display());
    Ok(())
}
