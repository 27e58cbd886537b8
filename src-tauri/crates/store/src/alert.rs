//! Alerts that no incident holds. A stretch of the log replaces what was known of it, so that an alert which got an
//! incident meanwhile goes.

use domain::alert::{Filter, LogAlert, Page, Reading};
use domain::incident::Severity;
use rusqlite::{Connection, OptionalExtension, Row, params};
use time::OffsetDateTime;

use crate::time_stamp::{from_ms, to_ms};
use crate::{Store, StoreError};

mod list;

/// How far a workspace's log was read for them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AlertsRead {
    /// What was written before this was read.
    pub until: Option<OffsetDateTime>,
    /// When all that the log has was last read.
    pub whole: Option<OffsetDateTime>,
    pub read_at: Option<OffsetDateTime>,
    /// What stood in the way of the last reading, a sentence.
    pub trouble: Option<String>,
}

impl Store {
    /// Keeps what a workspace's log told of one stretch of it. Of a `whole` answer, what is not in it goes.
    pub fn put_alerts(
        &self,
        workspace: &str,
        (from, until): (OffsetDateTime, OffsetDateTime),
        alerts: &[LogAlert],
        whole: bool,
    ) -> Result<(), StoreError> {
        self.write(|db| {
            if whole {
                db.prepare_cached(
                    "DELETE FROM alert WHERE workspace = ?1 AND written >= ?2 AND written < ?3",
                )?
                .execute(params![workspace, to_ms(from), to_ms(until)])?;
            }
            alerts.iter().try_for_each(|alert| put(db, workspace, alert))
        })
    }

    pub fn alerts_read(&self, workspace: &str) -> Result<AlertsRead, StoreError> {
        self.read(|db| {
            let sql = "SELECT until, whole, read_at, trouble FROM alert_reading WHERE workspace = ?1";
            let time = |row: &Row<'_>, at| row.get::<_, Option<i64>>(at).map(|ms| ms.map(from_ms));
            let read = |row: &Row<'_>| {
                Ok(AlertsRead {
                    until: time(row, 0)?,
                    whole: time(row, 1)?,
                    read_at: time(row, 2)?,
                    trouble: row.get(3)?,
                })
            };
            Ok(db.query_row(sql, [workspace], read).optional()?.unwrap_or_default())
        })
    }

    pub fn set_alerts_read(&self, workspace: &str, state: &AlertsRead) -> Result<(), StoreError> {
        self.write(|db| {
            let sql = "
                INSERT OR REPLACE INTO alert_reading (workspace, until, whole, read_at, trouble)
                VALUES (?1, ?2, ?3, ?4, ?5)";
            let AlertsRead { until, whole, read_at, trouble } = state;
            let times = [until, whole, read_at].map(|at| at.map(to_ms));
            db.prepare_cached(sql)?.execute(params![workspace, times[0], times[1], times[2], trouble])?;
            Ok(())
        })
    }

    /// A page of the list, newest first.
    pub fn alerts(&self, filter: &Filter, offset: u64, limit: u32) -> Result<Page, StoreError> {
        self.read(|db| {
            let cells = list::cells(db)?;
            let (lines, total) = list::stretch(db, filter, &cells, offset, limit.into())?;
            let mut query = db.prepare_cached(&format!("SELECT {COLUMNS} FROM alert WHERE id = ?1"))?;
            let rows = lines.into_iter().map(|line| query.query_row([line], alert));
            Ok(Page {
                rows: rows.collect::<Result<_, _>>()?,
                total,
                of: cells.iter().map(|cell| cell.rows).sum(),
                severities: list::counts(&cells, |cell| &cell.severity),
                workspaces: list::counts(&cells, |cell| &cell.workspace),
                readings: readings(db)?,
            })
        })
    }
}

/// Two rows of one alert can lie in two stretches; the newer one counts, whichever is told first.
fn put(db: &Connection, workspace: &str, alert: &LogAlert) -> Result<(), StoreError> {
    let sql = "
        INSERT INTO alert (workspace, alert_id, title, severity, status, product, rule, entity, tactics, first, last,
            written, description)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
        ON CONFLICT (workspace, alert_id) DO UPDATE SET title = excluded.title, severity = excluded.severity,
            status = excluded.status, product = excluded.product, rule = excluded.rule, entity = excluded.entity,
            tactics = excluded.tactics, first = excluded.first, last = excluded.last, written = excluded.written,
            description = excluded.description
        WHERE excluded.written >= alert.written";
    db.prepare_cached(sql)?.execute(params![
        workspace,
        alert.id,
        alert.title,
        alert.severity.as_str(),
        alert.status,
        alert.product,
        alert.rule,
        alert.entity,
        serde_json::to_string(&alert.tactics).unwrap_or_default(),
        alert.first.map(to_ms),
        alert.last.map(to_ms),
        to_ms(alert.written),
        alert.description,
    ])?;
    Ok(())
}

const COLUMNS: &str = "workspace, alert_id, title, severity, status, product, rule, entity, tactics, first, last, \
     written, description";

fn alert(row: &Row<'_>) -> rusqlite::Result<LogAlert> {
    let time = |at| row.get::<_, Option<i64>>(at).map(|ms| ms.map(from_ms));
    Ok(LogAlert {
        workspace: row.get(0)?,
        id: row.get(1)?,
        title: row.get(2)?,
        severity: Severity::parse(&row.get::<_, String>(3)?),
        status: row.get(4)?,
        product: row.get(5)?,
        rule: row.get(6)?,
        entity: row.get(7)?,
        tactics: serde_json::from_str(&row.get::<_, String>(8)?).unwrap_or_default(),
        first: time(9)?,
        last: time(10)?,
        written: from_ms(row.get(11)?),
        description: row.get(12)?,
    })
}

fn readings(db: &Connection) -> Result<Vec<Reading>, StoreError> {
    let mut query =
        db.prepare_cached("SELECT workspace, read_at, trouble FROM alert_reading ORDER BY workspace")?;
    let rows = query.query_map([], |row| {
        let read_at = row.get::<_, Option<i64>>(1)?.map(from_ms);
        Ok(Reading { workspace: row.get(0)?, read_at, trouble: row.get(2)? })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

#[cfg(test)]
mod tests;
