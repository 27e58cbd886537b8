//! A message in Sent Items, and how Graph shows it. Bodies aren't kept.

use super::query::Query;
use serde_json::{Map, Value, json};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// What is kept of a sent message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sent {
    pub id: String,
    pub subject: String,
    pub from: String,
    pub to: Vec<String>,
    pub internet_message_id: String,
    /// Custom headers (`x-…`) as name and value.
    pub headers: Vec<(String, String)>,
    /// Real clock.
    pub at: i64,
}

impl Sent {
    /// The message as a list shows it. Headers come on `$select` alone, as Microsoft documents.
    pub(crate) fn json(&self, query: &Query) -> Value {
        let at = OffsetDateTime::from_unix_timestamp(self.at).ok().and_then(|at| at.format(&Rfc3339).ok());
        let person = |address: &str| json!({"emailAddress": {"name": address, "address": address}});
        let headers: Vec<Value> =
            self.headers.iter().map(|(name, value)| json!({"name": name, "value": value})).collect();
        let all = json!({
            "createdDateTime": at,
            "lastModifiedDateTime": at,
            "receivedDateTime": at,
            "sentDateTime": at,
            "hasAttachments": false,
            "internetMessageId": self.internet_message_id,
            "subject": self.subject,
            "importance": "normal",
            "isRead": true,
            "isDraft": false,
            "sender": person(&self.from),
            "from": person(&self.from),
            "toRecipients": self.to.iter().map(|to| person(to)).collect::<Vec<_>>(),
            "internetMessageHeaders": headers,
        });
        let mut shown = Map::new();
        shown.insert("@odata.etag".to_owned(), json!(format!("W/\"{}\"", self.id)));
        shown.insert("id".to_owned(), json!(self.id));
        if let Value::Object(all) = all {
            shown.extend(all.into_iter().filter(|(name, _)| query.shows(name)));
        }
        Value::Object(shown)
    }
}
