//! `xwalk connect`: stores a connection. A secret never comes as an argument.

use std::io::Read;
use std::process::ExitCode;

use host::secret::Secret;

use crate::args::ConnectArgs;
use crate::{desk, print};

/// Longer than any client secret; a file piped in by mistake is refused.
const MOST: u64 = 4_096;

pub async fn connect(args: ConnectArgs, json: bool) -> Result<ExitCode, host::Fault> {
    let host = desk::keeping(args.data_dir);
    let kept = match (args.descriptor, args.tenant, args.client) {
        (Some(path), _, _) => host.connect_descriptor(&args.name, &path).await?,
        (None, Some(tenant), Some(client)) => {
            host.connect_tenant(&args.name, &tenant, &client, secret_from_stdin()?).await?
        }
        _ => return Err(host::Fault::new(host::Code::Invalid, "Name a descriptor, or tenant and client.")),
    };
    if json {
        print::json(&kept)?;
    } else {
        print::line(&format!("Connected {}{}.", kept.name, if kept.demo { " (DEMO)" } else { "" }))?;
        print::table(
            &kept.stored.into_iter().map(|one| vec![one.what, one.place, one.note]).collect::<Vec<_>>(),
        )?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The first line of standard input, without its end.
pub fn secret_from_stdin() -> Result<Secret, host::Fault> {
    let mut text = String::new();
    let read = std::io::stdin().take(MOST + 1).read_to_string(&mut text);
    let line = text.lines().next().unwrap_or_default();
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
