//! `xwalk mail`: explain an error, climb the ladder.

use std::io::Read;
use std::process::ExitCode;

use contract::mail::{MailLogin, MailTestRequest};
use contract::readiness::Verdict;

use crate::args::{MailArgs, MailTestArgs, MailVerb};
use crate::{connect, desk, print};

/// Text that is read at most; a log's last megabyte says what went wrong.
const MOST: u64 = 1 << 20;

pub async fn mail(args: MailArgs, json: bool) -> Result<ExitCode, host::Fault> {
    match args.verb {
        MailVerb::Explain { text } => explain(text, json),
        MailVerb::Test(args) => test(args, json).await,
    }
}

fn explain(text: Option<String>, json: bool) -> Result<ExitCode, host::Fault> {
    let text = match text {
        Some(text) if text != "-" => text,
        _ => stdin()?,
    };
    let explained = host::explain(&text);
    if json {
        print::json(&explained)?;
        return Ok(ExitCode::SUCCESS);
    }
    for found in &explained.matches {
        print::line(&format!("{} ({}, {})", found.cause, found.id, found.certainty))?;
        print::line(&format!("  {}: {}", found.who_fixes, found.fix))?;
    }
    if explained.matches.is_empty() {
        print::line("Nothing in this text is known. Paste the server's whole reply.")?;
    }
    Ok(ExitCode::SUCCESS)
}

fn stdin() -> Result<String, host::Fault> {
    let mut bytes = Vec::new();
    std::io::stdin().take(MOST).read_to_end(&mut bytes).map_err(|error| {
        host::Fault::new(host::Code::Invalid, format!("Standard input can't be read: {error}."))
    })?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

async fn test(args: MailTestArgs, json: bool) -> Result<ExitCode, host::Fault> {
    let login = match args.login {
        Some(user) => {
            let password = connect::secret_from_stdin()?;
            let password = password.expose_text().unwrap_or_default().to_owned();
            Some(MailLogin { user, password })
        }
        None => None,
    };
    let host = desk::open(args.place).await?;
    let request = MailTestRequest { mailbox: args.mailbox, outside: args.outside, login, send: args.send };
    let ladder = host.mail_test(request).await?;
    let clean = ladder
        .steps
        .iter()
        .all(|step| !matches!(step.verdict, Verdict::Fail | Verdict::Review | Verdict::CouldNotRun));
    if json {
        print::json(&ladder)?;
        return Ok(print::exit(clean));
    }
    let rows = ladder.steps.iter().map(|step| {
        vec![step.id.clone(), print::word(&step.verdict), step.title.clone(), print::safe(&step.reason)]
    });
    print::table(&rows.collect::<Vec<_>>())?;
    Ok(print::exit(clean))
}
