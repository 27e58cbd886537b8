//! Intent before, outcome after: every action and job leaves a line in the store of the tenant that it is about.
//!
//! Never here: a line about one tenant in the store of another, or a secret. Start at [`Place`].

use std::sync::Arc;

use contract::{Command, ErrorView, Kind};
use domain::fault::Fault;
use serde_json::Value;

use crate::Host;
use crate::open::Open;

/// Whose store holds a command's line. A store that is closed gets none: its key is not fetched to write one.
#[derive(Debug, PartialEq)]
enum Place {
    /// What is open when it is asked for, whatever is open afterwards.
    Open,
    /// This account's: where it is open already, or is opened by the command.
    Account(String),
    /// What the command opens; what was open before has no part in it.
    Opened,
    /// None: the store goes, and some systems delete no file that somebody holds.
    Nowhere,
}

/// A command that takes an account's name stands here.
fn place_of(command: &str, arguments: &Value) -> Place {
    let account = |name: &str| arguments[name].as_str().map(|name| Place::Account(name.to_owned()));
    match command {
        "session_demo" | "session_files" => Place::Opened,
        "account_remove" => Place::Nowhere,
        "session_open" | "account_connect" | "account_edit" | "account_sign_in" | "connection_test" => {
            account("name").unwrap_or(Place::Nowhere)
        }
        "link_open" => account("account").unwrap_or(Place::Open),
        _ => Place::Open,
    }
}

/// A line that waits for its outcome; none for what only asks.
pub(crate) struct Intent(Option<Line>);

enum Line {
    /// Its store is held: an action may put another session in its place.
    Begun { id: i64, open: Arc<Open> },
    /// Its store may be opened by the command itself.
    Due { command: &'static str, detail: String, place: Place },
}

/// Arguments that never reach the audit.
const SECRET: [&str; 2] = ["secret", "password"];

impl Host {
    pub(crate) fn audit_begin(
        &self,
        entry: Option<&Command>,
        arguments: &Value,
    ) -> Result<Intent, ErrorView> {
        let Some(entry) = entry.filter(|entry| entry.kind != Kind::Query) else { return Ok(Intent(None)) };
        let mut detail = arguments.clone();
        mask(&mut detail);
        let (command, detail) = (entry.name, detail.to_string());
        let place = place_of(command, arguments);
        let before = match &place {
            Place::Open => self.session(),
            Place::Account(name) => self.session().filter(|open| open.is(name)),
            Place::Opened | Place::Nowhere => None,
        };
        Ok(Intent(Some(match before {
            Some(open) => Line::Begun { id: begin(&open, command, &detail)?, open },
            None => Line::Due { command, detail, place },
        })))
    }

    /// A job is only started here; how it ended stands in the job list.
    pub(crate) fn audit_end(&self, kind: Option<Kind>, intent: Intent, answer: &Result<Value, ErrorView>) {
        let outcome = match answer {
            Ok(_) if kind == Some(Kind::Job) => "started".to_owned(),
            Ok(_) => "done".to_owned(),
            Err(error) => format!("failed: {}", error.message),
        };
        let begun = match intent.0 {
            Some(Line::Begun { id, open }) => Some((id, open)),
            Some(Line::Due { command, detail, place }) if answer.is_ok() => {
                self.opened(&place).and_then(|open| begin(&open, command, &detail).ok().map(|id| (id, open)))
            }
            _ => None,
        };
        // The action itself is over; a full disk must not turn its answer into an error.
        if let Some((id, open)) = begun {
            let _ = open.scope.store.audit_end(id, &outcome);
        }
    }

    /// The session that a command opened, where its line belongs there.
    fn opened(&self, place: &Place) -> Option<Arc<Open>> {
        match place {
            Place::Opened => self.session(),
            Place::Account(name) => self.session().filter(|open| open.is(name)),
            Place::Open | Place::Nowhere => None,
        }
    }
}

fn begin(open: &Open, command: &str, detail: &str) -> Result<i64, Fault> {
    Ok(open.scope.store.audit_begin(command, detail, open.scope.wall.now())?)
}

fn mask(value: &mut Value) {
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                if SECRET.contains(&key.as_str()) {
                    *value = Value::Null;
                } else {
                    mask(value);
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(mask),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn secrets_never_reach_the_audit() {
        let mut detail = json!({"name": "a", "secret": "s3", "login": {"user": "u", "password": "p4"}});
        mask(&mut detail);
        assert_eq!(detail.to_string(), r#"{"name":"a","secret":null,"login":{"user":"u","password":null}}"#);
    }

    #[test]
    fn what_names_an_account_belongs_to_it_and_the_rest_to_what_is_open() {
        let named = |command| place_of(command, &json!({ "name": "north" }));
        for command in
            ["session_open", "account_connect", "account_edit", "account_sign_in", "connection_test"]
        {
            assert_eq!(named(command), Place::Account("north".into()), "{command}");
        }
        assert_eq!(named("account_remove"), Place::Nowhere);
        let consent = json!({ "page": "consent", "account": "north" });
        assert_eq!(place_of("link_open", &consent), Place::Account("north".into()));
        // A view has a name too.
        assert_eq!(place_of("view_save", &json!({ "name": "Mine" })), Place::Open);
        assert_eq!(place_of("session_files", &json!({ "paths": [] })), Place::Opened);
    }
}
