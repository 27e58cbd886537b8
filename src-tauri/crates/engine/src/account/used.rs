//! Which rights were used: requests of the log that need one, over the last 30 days as far as the log reaches.

use domain::account::{Need, Permission, Right, Role};
use domain::fault::Fault;
use time::Duration;

use crate::Scope;

const WINDOW: Duration = Duration::days(30);
const PAGE: u32 = 1_000;

/// How many answered requests used each right.
pub(super) fn count(scope: &Scope, wanted: &[Need]) -> Result<Vec<(Right, u64)>, Fault> {
    let mut all: Vec<(Right, u64)> = Vec::new();
    for right in wanted.iter().map(|need| need.right) {
        if let (Some(path), false) = (path(right), all.iter().any(|(one, _)| *one == right)) {
            all.push((right, requests(scope, path)?));
        }
    }
    Ok(all)
}

fn requests(scope: &Scope, path: &str) -> Result<u64, Fault> {
    let since = scope.wall.now() - WINDOW;
    let (mut used, mut offset) = (0, 0);
    loop {
        let (rows, _) = scope.store.requests(path, offset, PAGE)?;
        let young = rows.iter().filter(|row| row.at >= since);
        used += young.filter(|row| row.status.is_some_and(|status| status < 400)).count() as u64;
        let ended = rows.len() < PAGE as usize || rows.last().is_some_and(|row| row.at < since);
        if ended {
            return Ok(used);
        }
        offset += u64::from(PAGE);
    }
}

/// What the address of a request that needs the right holds.
fn path(right: Right) -> Option<&'static str> {
    match right {
        Right::Azure(Role::SentinelReader | Role::SentinelResponder | Role::SentinelContributor) => {
            Some("Microsoft.SecurityInsights/")
        }
        Right::Azure(Role::Reader | Role::PlaybookOperator) => Some("Microsoft.Logic/workflows"),
        Right::Graph(Permission::IncidentRead | Permission::IncidentReadWrite) => Some("/security/incidents"),
        Right::Graph(Permission::MailSend) | Right::ApplicationMailSend => Some("/sendMail"),
        Right::Graph(Permission::ApplicationRead) => Some("/applications("),
        Right::Azure(_) => None,
    }
}
