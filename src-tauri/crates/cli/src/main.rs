//! `xwalk`: Crosswalk for terminals, schedulers and CI. The same host as the window; no decision is taken here.
//!
//! Exit codes: 0 = done and clean, 1 = done with something to look at, 2 = nothing could be done.

mod account;
mod alert;
mod args;
mod cache;
mod change;
mod connect;
mod desk;
mod incident;
mod mail;
mod network;
mod print;
#[cfg(feature = "demo")]
mod sandbox;
mod verbs;

use std::process::ExitCode;

use clap::Parser;

use args::{Args, Verb};

fn main() -> ExitCode {
    let args = Args::parse();
    keychain::leave_no_core();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("No threads can be started: {error}");
            return ExitCode::from(2);
        }
    };
    runtime.block_on(run(args)).unwrap_or_else(|fault| {
        print::fault(&fault);
        ExitCode::from(2)
    })
}

async fn run(args: Args) -> Result<ExitCode, host::Fault> {
    let json = args.json;
    match args.verb {
        #[cfg(feature = "demo")]
        Verb::Sandbox(wanted) => sandbox::serve(wanted).await,
        Verb::Connect(wanted) => connect::connect(*wanted, json).await,
        Verb::Accounts(wanted) => account::list(wanted, json).await,
        Verb::SignIn(wanted) => account::sign_in(wanted, json).await,
        Verb::Remove(wanted) => account::remove(wanted, json).await,
        Verb::Tier(wanted) => account::tier(wanted, json).await,
        Verb::Doctor(wanted) => account::doctor(wanted, json).await,
        Verb::Network(wanted) => network::network(wanted, json).await,
        Verb::Cache(wanted) => cache::cache(wanted, json).await,
        Verb::Sync(wanted) => verbs::sync(wanted, json).await,
        Verb::Redirects(place) => verbs::redirects(place, json).await,
        Verb::Incidents(wanted) => incident::incidents(*wanted, json).await,
        Verb::Incident(wanted) => incident::incident(wanted, json).await,
        Verb::Alerts(wanted) => alert::alerts(wanted, json).await,
        Verb::Change(wanted) => change::change(wanted, json).await,
        Verb::Readiness(wanted) => verbs::readiness(wanted, json).await,
        Verb::Mail(verb) => mail::mail(verb, json).await,
        #[cfg(feature = "demo")]
        Verb::Check => verbs::check(json).await,
    }
}
