//! `xwalk connect`: stores a connection. A secret never comes as an argument.

use std::io::Read;
use std::path::Path;
use std::process::ExitCode;

use contract::account::{AccountConnect, CloudName, CustomCloud, WayIn};
use host::secret::Secret;

use crate::args::{AddressArgs, CloudChoice, ConnectArgs, WayChoice};
use crate::{account, desk, print};

/// Longer than any client secret; a file piped in by mistake is refused.
const MOST: u64 = 4_096;

pub async fn connect(args: ConnectArgs, json: bool) -> Result<ExitCode, host::Fault> {
    let host = desk::keeping(args.data_dir.clone());
    let kept = match &args.descriptor {
        Some(path) => host.connect_descriptor(path, &request(&args)?).await?,
        None => host.connect_tenant(request(&args)?).await?,
    };
    if json {
        print::json(&kept)?;
    } else {
        print::line(&format!("Connected {}{}.", kept.name, if kept.demo { " (DEMO)" } else { "" }))?;
        print::table(
            &kept.stored.into_iter().map(|one| vec![one.what, one.place, one.note]).collect::<Vec<_>>(),
        )?;
    }
    match way(&args) {
        WayIn::Browser | WayIn::DeviceCode => account::signed_in(&host, &args.name).await,
        _ => Ok(ExitCode::SUCCESS),
    }
}

fn request(args: &ConnectArgs) -> Result<AccountConnect, host::Fault> {
    let way = way(args);
    let typed = |text: &Option<String>| text.clone().unwrap_or_default();
    let is_sandbox = args.descriptor.is_some();
    let needs_client = !is_sandbox && !matches!(way, WayIn::AzureCli | WayIn::ManagedIdentity);
    if needs_client && (args.tenant.is_none() || args.client.is_none()) {
        return Err(invalid("Name tenant and client, or a descriptor."));
    }
    if way == WayIn::ClientSecret && !args.secret_stdin && !is_sandbox {
        return Err(invalid("Pipe the client secret in, with --secret-stdin."));
    }
    let secret = if args.secret_stdin || args.password_stdin { Some(secret_from_stdin()?) } else { None };
    Ok(AccountConnect {
        name: args.name.clone(),
        tenant: typed(&args.tenant),
        client: typed(&args.client),
        cloud: cloud(args.cloud),
        custom: custom(args.cloud, &args.addresses)?,
        way,
        secret: secret.and_then(|secret| secret.expose_text().map(str::to_owned)),
        certificate: args.certificate.as_deref().map(Path::to_string_lossy).map(Into::into),
        keep: true,
    })
}

fn way(args: &ConnectArgs) -> WayIn {
    match args.way {
        Some(WayChoice::Secret) => WayIn::ClientSecret,
        Some(WayChoice::Certificate) => WayIn::Certificate,
        Some(WayChoice::Browser) => WayIn::Browser,
        Some(WayChoice::DeviceCode) => WayIn::DeviceCode,
        Some(WayChoice::AzureCli) => WayIn::AzureCli,
        Some(WayChoice::ManagedIdentity) => WayIn::ManagedIdentity,
        None if args.certificate.is_some() => WayIn::Certificate,
        None => WayIn::ClientSecret,
    }
}

fn cloud(choice: CloudChoice) -> CloudName {
    match choice {
        CloudChoice::Public => CloudName::Public,
        CloudChoice::GccHigh => CloudName::GccHigh,
        CloudChoice::Dod => CloudName::Dod,
        CloudChoice::Custom => CloudName::Custom,
        CloudChoice::China => CloudName::China,
    }
}

fn custom(choice: CloudChoice, typed: &AddressArgs) -> Result<Option<CustomCloud>, host::Fault> {
    if choice != CloudChoice::Custom {
        return Ok(None);
    }
    let of = |address: &Option<String>, option: &str| {
        address.clone().ok_or_else(|| invalid(&format!("A custom cloud needs {option}.")))
    };
    Ok(Some(CustomCloud {
        authority: of(&typed.authority, "--authority")?,
        arm: of(&typed.arm, "--arm")?,
        graph: of(&typed.graph, "--graph")?,
        logs: of(&typed.logs, "--logs")?,
        smtp: of(&typed.smtp, "--smtp")?,
    }))
}

/// The first line of standard input, without its end.
pub fn secret_from_stdin() -> Result<Secret, host::Fault> {
    // Large enough from the first, so that it never grows and leaves a copy; wiped with the secret that takes it.
    let mut bytes = Vec::with_capacity(MOST as usize + 1);
    let read = std::io::stdin().take(MOST + 1).read_to_end(&mut bytes);
    let whole = Secret::new(bytes);
    let line = whole.expose_text().and_then(|text| text.lines().next()).unwrap_or_default();
    match read {
        Ok(length) if length as u64 <= MOST && !line.is_empty() => Ok(Secret::from(line)),
        Ok(0) => Err(invalid("Standard input is empty; pipe the secret in.")),
        Ok(_) => Err(invalid("Standard input holds no secret in its first line, or far more than one.")),
        Err(error) => Err(invalid(&format!("The secret can't be read from standard input: {error}."))),
    }
}

fn invalid(sentence: &str) -> host::Fault {
    host::Fault::new(host::Code::Invalid, sentence)
}
