//! What may be written to a tenant: what its tier allows, and nothing in a tenant that was only looked at.
//!
//! Every door of the host passes here, the window's and the terminal's. Never here: a way around for one of them.

use contract::account::Tier;
use domain::fault::{Code, Fault};
use serde_json::Value;

use crate::open::Open;

/// What a command does to a tenant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Write {
    /// Sends test messages from a mailbox of the tenant.
    Mail,
}

/// What a command with these arguments writes; none for what only reads.
pub(crate) fn write_of(command: &str, arguments: &Value) -> Option<Write> {
    match command {
        "mail_test" if arguments["send"] == true => Some(Write::Mail),
        _ => None,
    }
}

/// # Errors
/// `ReadOnly`, with the tier that the account is at and the one that is needed.
pub(crate) fn allowed(open: &Open, write: Write) -> Result<(), Fault> {
    let Some(account) = open.connection() else { return Ok(()) };
    match write {
        Write::Mail if account.mail => Ok(()),
        Write::Mail => Err(Fault::new(
            Code::ReadOnly,
            format!("`{}` is at {}, so no test mail is sent from it.", account.title(), tier(account.tier)),
        )
        .hint("Choose Mail for this account under Accounts, or test without sending.")),
    }
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
}
