//! Notices that a secret or certificate ends: at 30, 7 and 1 days, each once, whatever opens and closes meanwhile.
//!
//! Looked at when a session opens and every hour while it is open: a machine that sleeps counts no whole day, and a look
//! reads the store alone. Never here: when an end is due
//! (`domain::account::expiry` says), or a notice that names more of a secret than the portal shows.

use std::collections::BTreeMap;
use std::sync::{Arc, Weak};
use std::time::Duration;

use contract::event::{Event, Notice};
use domain::account::{Expiry, Told};
use domain::fault::Fault;
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::Host;
use crate::menu::blocking;
use crate::open::Open;

/// Where the store keeps what was told.
const SETTING: &str = "expiry_told";

const LOOK: Duration = Duration::from_secs(3_600);

/// What was told of one end.
#[derive(Clone, Copy, Serialize, Deserialize)]
struct Kept {
    /// Unix seconds.
    ends: i64,
    days: i64,
}

impl Host {
    /// Looks now and then hourly, until the session ends.
    pub(crate) fn watch_ends(&self, open: &Arc<Open>) {
        if open.scope.cloud.is_none() {
            return;
        }
        let (host, open) = (Arc::downgrade(&self.0), Arc::downgrade(open));
        tokio::spawn(async move {
            let mut looks = tokio::time::interval(LOOK);
            loop {
                looks.tick().await;
                let (Some(host), Some(open)) = (host.upgrade().map(Host), Weak::upgrade(&open)) else {
                    return;
                };
                // What can't be read now is looked at again in an hour.
                let _ = host.tell_ends(open).await;
            }
        });
    }

    async fn tell_ends(&self, open: Arc<Open>) -> Result<(), Fault> {
        let Some(account) = open.connection() else { return Ok(()) };
        let title = account.title().to_owned();
        let now = open.scope.now();
        let due = blocking(move || due(&open, account.secret_end(), now)).await?;
        for (expiry, told) in due {
            let _ = self.0.events.send(Event::Notice { notice: notice(&title, &expiry, told, now) });
        }
        Ok(())
    }
}

/// What has to be told now; it is noted as told.
fn due(
    open: &Open,
    typed: Option<OffsetDateTime>,
    now: OffsetDateTime,
) -> Result<Vec<(Expiry, Told)>, Fault> {
    let kept = open.scope.store.setting(SETTING)?.unwrap_or_default();
    let mut kept: BTreeMap<String, Kept> = serde_json::from_str(&kept).unwrap_or_default();
    let mut found = Vec::new();
    for expiry in open.scope.expiries(typed)?.rows {
        let key = key(&expiry);
        let last = kept.get(&key).and_then(|kept| {
            Some(Told { ends: OffsetDateTime::from_unix_timestamp(kept.ends).ok()?, days: kept.days })
        });
        if let Some(told) = expiry.due(now, last) {
            kept.insert(key, Kept { ends: told.ends.unix_timestamp(), days: told.days });
            found.push((expiry, told));
        }
    }
    if !found.is_empty() {
        let json = serde_json::to_string(&kept).unwrap_or_default();
        open.scope.store.set_setting(SETTING, &json)?;
    }
    Ok(found)
}

/// The same secret or certificate, look after look.
fn key(expiry: &Expiry) -> String {
    format!("{}/{}/{}", expiry.what.as_str(), expiry.hint.as_deref().unwrap_or_default(), expiry.label)
}

fn notice(title: &str, expiry: &Expiry, told: Told, now: OffsetDateTime) -> Notice {
    let what = expiry.what.as_str();
    let label = if expiry.label.is_empty() { String::new() } else { format!(" `{}`", expiry.label) };
    let when = told.ends.date();
    let (when_short, ends) = match told.days {
        _ if told.ends < now => ("has ended".to_owned(), "ended"),
        1 => ("ends within a day".to_owned(), "ends"),
        days => (format!("ends within {days} days"), "ends"),
    };
    let ours = if expiry.ours { ", which this account signs in with," } else { "" };
    Notice {
        title: format!("{title}: a {what} {when_short}"),
        text: format!("The {what}{label}{ours} {ends} on {when}. Make a new one and connect with it."),
        route: "/accounts".to_owned(),
    }
}
