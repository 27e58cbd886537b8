//! Intent before, outcome after: every action and job leaves a line in the open session's store.

use std::sync::Arc;

use contract::{Command, ErrorView, Kind};
use serde_json::Value;

use crate::Host;
use crate::open::Open;

/// A line that waits for its outcome, and the session in whose store it stands: an action may replace the session.
pub(crate) struct Intent(Option<(i64, Arc<Open>)>);

/// Arguments that never reach the audit.
const SECRET: [&str; 2] = ["secret", "password"];

impl Host {
    pub(crate) fn audit_begin(
        &self,
        entry: Option<&Command>,
        arguments: &Value,
    ) -> Result<Intent, ErrorView> {
        let session = self.session().filter(|open| is_about(arguments, open));
        let (Some(entry), Some(open)) = (entry.filter(|entry| entry.kind != Kind::Query), session) else {
            return Ok(Intent(None));
        };
        let mut detail = arguments.clone();
        mask(&mut detail);
        let id = open
            .scope
            .store
            .audit_begin(entry.name, &detail.to_string(), open.scope.wall.now())
            .map_err(|error| ErrorView::from(domain::fault::Fault::from(error)))?;
        Ok(Intent(Some((id, open))))
    }

    /// A job is only started here; how it ended stands in the job list.
    pub(crate) fn audit_end(&self, kind: Option<Kind>, intent: Intent, answer: &Result<Value, ErrorView>) {
        let Some((id, open)) = intent.0 else { return };
        let outcome = match answer {
            Ok(_) if kind == Some(Kind::Job) => "started".to_owned(),
            Ok(_) => "done".to_owned(),
            Err(error) => format!("failed: {}", error.message),
        };
        // The action itself is over; a full disk must not turn its answer into an error.
        let _ = open.scope.store.audit_end(id, &outcome);
    }
}

/// What is done to another account stands in no tenant's store: data of tenants never mix.
fn is_about(arguments: &Value, open: &Open) -> bool {
    arguments["name"].as_str().is_none_or(|name| open.is(name))
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

    #[test]
    fn secrets_never_reach_the_audit() {
        let mut detail =
            serde_json::json!({"name": "a", "secret": "s3", "login": {"user": "u", "password": "p4"}});
        mask(&mut detail);
        assert_eq!(detail.to_string(), r#"{"name":"a","secret":null,"login":{"user":"u","password":null}}"#);
    }
}
