//! Serves a sandbox until ended; prints the descriptor as one line. `serve [STORY [INCIDENTS [SEED]]]`
//!
//! For looking at the doors with other clients while working on them; the product's own is `xwalk sandbox`.

use sandbox::{Options, Sandbox};
use std::error::Error;
use std::io::Write as _;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut words = std::env::args().skip(1);
    let mut options = Options::default();
    if let Some(story) = words.next() {
        options.story = story;
    }
    if let Some(incidents) = words.next() {
        options.incidents = incidents.parse()?;
    }
    if let Some(seed) = words.next() {
        options.seed = seed.parse()?;
    }
    let sandbox = Sandbox::start(options).await?;
    println!("{}", serde_json::to_string(sandbox.descriptor())?);
    std::io::stdout().flush()?;
    std::future::pending::<()>().await;
    Ok(())
}
