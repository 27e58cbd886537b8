//! `xwalk accounts`, `sign-in`, `tier`, `doctor`: who is connected, and what each may do.

use std::process::ExitCode;

use contract::Menu;
use contract::account::{
    AccountEdit, AccountRemove, AccountRow, DoctorRow, ExpiryRow, GrantState, SignInPrompt, Tier, TierRequest,
};
use contract::session::Nothing;
use host::{Code, Fault, Host};

use crate::args::{DoctorArgs, Kept, Named, RemoveArgs, TierArgs, TierChoice};
use crate::{desk, print};

pub async fn list(args: Kept, json: bool) -> Result<ExitCode, Fault> {
    let list = desk::keeping(args.data_dir).account_list(Nothing {}).await.map_err(Fault::from)?;
    let clean = list.keychain_ready && list.accounts.iter().all(|account| !account.sign_in_needed);
    if json {
        print::json(&list)?;
        return Ok(print::exit(clean));
    }
    print::table(&list.accounts.iter().map(row).collect::<Vec<_>>())?;
    print::line(&format!("Secrets: {}", list.keychain))?;
    Ok(print::exit(clean))
}

fn row(account: &AccountRow) -> Vec<String> {
    let state = if account.sign_in_needed { "sign in" } else { "" };
    vec![
        account.name.clone(),
        print::safe(&account.title),
        print::safe(&account.tenant),
        print::word(&account.cloud),
        print::word(&account.way),
        format!("{}{}", print::word(&account.tier), if account.mail { " + mail" } else { "" }),
        account.used_at.clone().unwrap_or_else(|| "never used".into()),
        state.to_owned(),
    ]
}

pub async fn sign_in(args: Named, json: bool) -> Result<ExitCode, Fault> {
    let host = desk::keeping(args.data_dir);
    let code = signed_in(&host, &args.name).await?;
    if json {
        print::json(&host.account_list(Nothing {}).await.map_err(Fault::from)?)?;
    }
    Ok(code)
}

/// Signs in, and says on standard error what has to be done. A refusal leaves the connection as it is.
pub async fn signed_in(host: &Host, name: &str) -> Result<ExitCode, Fault> {
    match host.sign_in(name, show).await {
        Ok(user) => {
            eprintln!("Signed in as {}.", print::safe(&user.unwrap_or_else(|| "an app".into())));
            Ok(ExitCode::SUCCESS)
        }
        Err(fault) => {
            print::fault(&fault);
            Ok(print::exit(false))
        }
    }
}

fn show(prompt: &SignInPrompt) {
    let address = print::safe(&prompt.address);
    match &prompt.code {
        Some(code) => eprintln!("Open {address} and type {}", print::safe(code)),
        None => eprintln!("Open in a browser on this machine: {address}"),
    }
}

/// Removes and wipes; what was looked for and is gone is printed.
pub async fn remove(args: RemoveArgs, json: bool) -> Result<ExitCode, Fault> {
    let host = desk::keeping(args.account.data_dir);
    let name = args.account.name;
    let typed = match args.typed {
        Some(typed) => typed,
        None => typed_again(&name)?,
    };
    let removed = host.account_remove(AccountRemove { name, typed }).await.map_err(Fault::from)?;
    if json {
        print::json(&removed)?;
        return Ok(ExitCode::SUCCESS);
    }
    print::line(&format!("Removed {}. Looked for, and gone:", removed.name))?;
    print::table(&removed.gone.into_iter().map(|one| vec![one.what, one.place]).collect::<Vec<_>>())?;
    Ok(ExitCode::SUCCESS)
}

fn typed_again(name: &str) -> Result<String, Fault> {
    eprintln!("Type {} to delete its secrets, key and data:", print::safe(name));
    let mut line = String::new();
    std::io::stdin().read_line(&mut line).map_err(|error| {
        Fault::new(Code::Invalid, format!("The name can't be read from standard input: {error}."))
    })?;
    Ok(line.trim().to_owned())
}

pub async fn tier(args: TierArgs, json: bool) -> Result<ExitCode, Fault> {
    let host = desk::keeping(args.account.data_dir);
    let tier = match args.tier {
        TierChoice::Look => Tier::Look,
        TierChoice::Respond => Tier::Respond,
        TierChoice::Fix => Tier::Fix,
    };
    let request = TierRequest { name: args.account.name.clone(), tier, mail: args.mail };
    let ask = host.tier_get(request).await.map_err(Fault::from)?;
    if args.choose {
        let edit = AccountEdit {
            name: args.account.name,
            title: None,
            colour: None,
            production: None,
            tier: Some(tier),
            mail: Some(args.mail),
            primary: None,
            secret_ends: None,
        };
        host.account_edit(edit).await.map_err(Fault::from)?;
    }
    if json {
        print::json(&ask)?;
        return Ok(ExitCode::SUCCESS);
    }
    let needs = ask
        .needs
        .iter()
        .map(|need| vec![need.permission.clone(), print::safe(&need.scope), print::safe(&need.why)]);
    print::table(&needs.collect::<Vec<_>>())?;
    for text in ask.consent_url.iter().chain([&ask.request, &ask.az]) {
        print::line("")?;
        print::lines(text)?;
    }
    Ok(ExitCode::SUCCESS)
}

pub async fn doctor(args: DoctorArgs, json: bool) -> Result<ExitCode, Fault> {
    let host = desk::open(args.place).await?;
    let doctor = host.run_doctor().await?;
    let lacking = |row: &DoctorRow| matches!(row.state, GrantState::Missing | GrantState::Unknown);
    let clean = doctor.blocked.is_empty() && !doctor.rows.iter().any(lacking);
    if json {
        print::json(&doctor)?;
        return Ok(print::exit(clean));
    }
    let rows = doctor.rows.iter().map(|row| {
        vec![
            print::word(&row.state),
            row.permission.clone(),
            print::safe(&row.scope),
            row.known_by.clone(),
            row.checks.join(" "),
        ]
    });
    print::table(&rows.collect::<Vec<_>>())?;
    for note in &doctor.notes {
        print::line(&print::safe(note))?;
    }
    print::table(
        &host.expiry_list(Nothing {}).await.map_err(Fault::from)?.rows.iter().map(end).collect::<Vec<_>>(),
    )?;
    print::line(&format!("{} of {} checks can't run", doctor.blocked.len(), doctor.checks))?;
    if let Some(unlock) = &doctor.unlock {
        let scope = print::safe(&unlock.scope);
        print::line(&format!("{} on {scope} unlocks {}", unlock.permission, unlock.checks.len()))?;
    }
    Ok(print::exit(clean))
}

/// A secret or certificate and its end; the one that signs in says so.
fn end(row: &ExpiryRow) -> Vec<String> {
    vec![
        print::word(&row.what),
        print::safe(&row.label),
        print::safe(row.hint.as_deref().unwrap_or_default()),
        row.ends.clone().unwrap_or_else(|| "end not known".into()),
        if row.ours { "in use".into() } else { String::new() },
    ]
}
