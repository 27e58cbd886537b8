//! `xwalk network`: the way out of this machine, and how far it leads.

use std::path::Path;
use std::process::ExitCode;

use contract::Menu;
use contract::network::{Network, NetworkSet, ProxyChoice};
use contract::readiness::Verdict;
use contract::session::Nothing;
use host::Fault;

use crate::args::{NetworkArgs, NetworkSetArgs, NetworkVerb, Place};
use crate::{connect, desk, print};

pub async fn network(args: NetworkArgs, json: bool) -> Result<ExitCode, Fault> {
    match args.verb {
        NetworkVerb::Show(kept) => {
            let host = desk::keeping(kept.data_dir);
            show(&host.network_get(Nothing {}).await.map_err(Fault::from)?, json)
        }
        NetworkVerb::Set(wanted) => set(wanted, json).await,
        NetworkVerb::Test(place) => test(place, json).await,
    }
}

async fn set(args: NetworkSetArgs, json: bool) -> Result<ExitCode, Fault> {
    let password = if args.password_stdin { Some(connect::secret_from_stdin()?) } else { None };
    let proxy = match args.proxy.as_str() {
        "system" => ProxyChoice::System,
        "none" => ProxyChoice::None,
        _ => ProxyChoice::Explicit,
    };
    let wanted = NetworkSet {
        proxy,
        address: if proxy == ProxyChoice::Explicit { args.proxy } else { String::new() },
        user: args.user.unwrap_or_default(),
        password: password.and_then(|password| password.expose_text().map(str::to_owned)),
        ca_file: args.ca.as_deref().map(Path::to_string_lossy).map(Into::into).unwrap_or_default(),
    };
    let host = desk::keeping(args.data_dir);
    show(&host.network_set(wanted).await.map_err(Fault::from)?, json)
}

/// A setting that is recognised and not supported is something to look at.
fn show(network: &Network, json: bool) -> Result<ExitCode, Fault> {
    let clean = network.unsupported.is_none();
    if json {
        print::json(network)?;
        return Ok(print::exit(clean));
    }
    print::line(&format!("Proxy: {} {}", print::word(&network.proxy), print::safe(&network.address)))?;
    if !network.user.is_empty() {
        let kept = if network.password_kept { ", password in the keychain" } else { "" };
        print::line(&format!("User: {}{kept}", print::safe(&network.user)))?;
    }
    for authority in &network.authorities {
        print::line(&format!("Trusted too: {}", print::safe(authority)))?;
    }
    for line in network.found.iter().chain(&network.unsupported) {
        print::line(&print::safe(line))?;
    }
    Ok(print::exit(clean))
}

async fn test(place: Place, json: bool) -> Result<ExitCode, Fault> {
    let host = desk::open(place).await?;
    let test = host.test_connection().await?;
    let clean = test.steps.iter().all(|step| matches!(step.verdict, Verdict::Pass | Verdict::NotApplicable));
    if json {
        print::json(&test)?;
        return Ok(print::exit(clean));
    }
    let rows = test.steps.iter().map(|step| {
        vec![
            step.id.clone(),
            print::word(&step.verdict),
            print::safe(&step.host),
            format!("{} ms", step.took_ms),
            print::safe(&step.said),
        ]
    });
    print::table(&rows.collect::<Vec<_>>())?;
    for hint in test.steps.iter().filter_map(|step| step.hint.as_ref()) {
        print::line(&print::safe(hint))?;
    }
    Ok(print::exit(clean))
}
