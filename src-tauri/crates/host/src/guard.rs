//! What may be written to a tenant: what its tier allows, and nothing in a tenant that was only looked at.
//!
//! Every door of the host passes here, the window's and the terminal's. Never here: a way around for one of them.

use contract::account::Tier;
use domain::fault::{Code, Fault};
use serde_json::Value;

use crate::open::Open;

/// What a command does to a tenant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Write {
    /// Sends test messages from a mailbox of the tenant.
    Mail,
    /// Changes incidents; with what was typed for a production tenant.
    Incidents { typed: Option<String> },
}

/// What a command with these arguments writes; none for what only reads.
pub(crate) fn write_of(command: &str, arguments: &Value) -> Option<Write> {
    match command {
        "mail_test" if arguments["send"] == true => Some(Write::Mail),
        "change_apply" | "change_undo" => {
            Some(Write::Incidents { typed: arguments["typed"].as_str().map(str::to_owned) })
        }
        _ => None,
    }
}

/// # Errors
/// `ReadOnly`, with the tier that the account is at and the one that is needed; `Invalid` where the name of a
/// production tenant was not typed.
pub(crate) fn allowed(open: &Open, write: &Write) -> Result<(), Fault> {
    let Some(account) = open.connection() else {
        return match write {
            Write::Mail => Ok(()),
            Write::Incidents { .. } => Err(Fault::new(Code::ReadOnly, FILES)),
        };
    };
    match write {
        Write::Mail if account.mail => Ok(()),
        Write::Mail => Err(Fault::new(
            Code::ReadOnly,
            format!("`{}` is at {}, so no test mail is sent from it.", account.title(), tier(account.tier)),
        )
        .hint("Choose Mail for this account under Accounts, or test without sending.")),
        Write::Incidents { typed } => {
            if let Some(why) = no_change(open) {
                return Err(Fault::new(Code::ReadOnly, why));
            }
            named(account.production, &account.name, typed.as_deref())
        }
    }
}

const FILES: &str = "Files are open, and nothing is written to files.";

/// Why no incident of this session is changed, a sentence; none where its tier allows it.
pub(crate) fn no_change(open: &Open) -> Option<String> {
    let Some(account) = open.connection() else { return Some(FILES.to_owned()) };
    (account.tier < Tier::Respond).then(|| {
        format!(
            "`{}` is at Look and check, which changes nothing. Choose Respond for it under Accounts.",
            account.title()
        )
    })
}

fn named(production: bool, name: &str, typed: Option<&str>) -> Result<(), Fault> {
    if !production || typed == Some(name) {
        return Ok(());
    }
    Err(Fault::new(Code::Invalid, format!("`{name}` is a production tenant, and its name was not typed."))
        .hint(format!("Type `{name}` to write to it.")))
}

fn tier(tier: Tier) -> &'static str {
    match tier {
        Tier::Look => "Look and check",
        Tier::Respond => "Respond, without Mail",
        Tier::Fix => "Fix, without Mail",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_test_that_sends_writes_and_one_that_looks_does_not() {
        assert_eq!(write_of("mail_test", &json!({ "send": true })), Some(Write::Mail));
        assert_eq!(write_of("mail_test", &json!({ "send": false })), None);
        assert_eq!(write_of("mail_test", &json!({})), None);
        assert_eq!(write_of("sync_run", &json!({ "send": true })), None);
    }

    #[test]
    fn a_change_writes_and_its_preview_does_not() {
        for command in ["change_apply", "change_undo"] {
            let typed = Some(Write::Incidents { typed: Some("contoso".into()) });
            assert_eq!(write_of(command, &json!({ "typed": "contoso" })), typed);
            assert_eq!(write_of(command, &json!({ "typed": null })), Some(Write::Incidents { typed: None }));
        }
        assert_eq!(write_of("change_preview", &json!({})), None);
        assert_eq!(write_of("change_list", &json!({})), None);
    }

    #[test]
    fn a_production_tenant_wants_its_own_name() {
        assert!(named(true, "contoso", Some("contoso")).is_ok());
        assert!(named(false, "contoso", None).is_ok());
        for typed in [None, Some(""), Some("Contoso"), Some("contos")] {
            assert!(named(true, "contoso", typed).unwrap_err().sentence.contains("`contoso`"), "{typed:?}");
        }
    }
}
