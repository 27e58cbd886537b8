//! Counts beside the values of each filter.

use domain::incident::queue::{Bucket, Count, Facets, Filter};
use rusqlite::{Connection, params_from_iter};
use time::{Duration, OffsetDateTime};

use super::filter::{Facet, clause};
use crate::time_stamp::{from_ms, to_ms};
use crate::{Store, StoreError};

/// Bars of the time strip.
const BUCKETS: i64 = 48;

impl Store {
    /// Facets of a filter; the strip covers `span` up to `until`.
    pub fn facets(
        &self,
        filter: &Filter,
        until: OffsetDateTime,
        span: Duration,
    ) -> Result<Facets, StoreError> {
        self.read(|db| {
            Ok(Facets {
                severity: values(db, filter, Facet::Severity, "severity")?,
                status: values(db, filter, Facet::Status, "status")?,
                workspace: values(db, filter, Facet::Workspace, "workspace")?,
                presence: values(db, filter, Facet::Presence, "presence")?,
                redirected: redirected(db, filter)?,
                strip: strip(db, filter, until, span)?,
            })
        })
    }
}

fn values(db: &Connection, filter: &Filter, facet: Facet, column: &str) -> Result<Vec<Count>, StoreError> {
    let clause = clause(filter, facet);
    let sql = format!(
        "SELECT {column}, count(*) FROM incident {} AND {column} IS NOT NULL GROUP BY {column}
         ORDER BY count(*) DESC, {column}",
        clause.sql
    );
    let mut query = db.prepare_cached(&sql)?;
    let rows = query
        .query_map(params_from_iter(&clause.values), |row| Ok((row.get(0)?, row.get::<_, i64>(1)? as u64)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn redirected(db: &Connection, filter: &Filter) -> Result<u64, StoreError> {
    let clause = clause(filter, Facet::Redirected);
    let sql = format!("SELECT count(*) FROM incident {} AND redirected = 1", clause.sql);
    Ok(db.query_row(&sql, params_from_iter(&clause.values), |row| row.get::<_, i64>(0))? as u64)
}

fn strip(
    db: &Connection,
    filter: &Filter,
    until: OffsetDateTime,
    span: Duration,
) -> Result<Vec<Bucket>, StoreError> {
    let width = (span.whole_milliseconds() as i64 / BUCKETS).max(1);
    let from = to_ms(until) - width * BUCKETS;
    let mut buckets: Vec<Bucket> =
        (0..BUCKETS).map(|at| Bucket { from: from_ms(from + at * width), count: 0, redirected: 0 }).collect();
    let clause = clause(filter, Facet::None);
    let sql = format!(
        "SELECT (updated - {from}) / {width}, count(*), sum(redirected) FROM incident {}
         AND updated >= {from} AND updated < {} GROUP BY 1",
        clause.sql,
        from + width * BUCKETS
    );
    let mut query = db.prepare(&sql)?;
    let mut rows = query.query(params_from_iter(&clause.values))?;
    while let Some(row) = rows.next()? {
        if let Some(bucket) = buckets.get_mut(row.get::<_, i64>(0)? as usize) {
            bucket.count = row.get::<_, i64>(1)? as u64;
            bucket.redirected = row.get::<_, i64>(2)? as u64;
        }
    }
    Ok(buckets)
}
