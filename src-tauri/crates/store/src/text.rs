//! Free search: what was typed as words and ids, and the index that answers words.
//!
//! The index costs most of a write, so pages do not wait for it: rows are marked, and indexed behind them.

use rusqlite::{Connection, params};

use crate::incident::unlist;
use crate::{Store, StoreError};

/// Ids found in what was typed.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Ids {
    pub number: Option<i64>,
    pub guid: Option<String>,
}

/// A bare number is a Sentinel number or a Defender id; a portal address carries one or a GUID.
pub(crate) fn ids(typed: &str) -> Ids {
    let typed = typed.trim();
    let guid = typed.split(|c: char| !(c.is_ascii_hexdigit() || c == '-')).find(|part| is_guid(part));
    let last = typed.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
    let tail =
        if typed.contains("://") { last.rsplit('/').find(|part| is_number(part)) } else { Some(typed) };
    Ids {
        number: tail.filter(|part| is_number(part)).and_then(|part| part.parse().ok()),
        // An Azure portal address ends in the GUID, after workspace and subscription.
        guid: match typed.contains("://") {
            true => typed
                .split(|c: char| !(c.is_ascii_hexdigit() || c == '-'))
                .rfind(|part| is_guid(part))
                .map(str::to_ascii_lowercase),
            false => guid.map(str::to_ascii_lowercase),
        },
    }
}

fn is_number(part: &str) -> bool {
    !part.is_empty() && part.len() <= 18 && part.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_guid(part: &str) -> bool {
    part.len() == 36 && part.split('-').map(str::len).eq([8, 4, 4, 4, 12])
}

/// Quoted terms, each a prefix, all of them due; `None` when nothing but marks was typed.
pub(crate) fn words(typed: &str) -> Option<String> {
    let terms: Vec<String> = typed
        .split(|c: char| !c.is_alphanumeric())
        .filter(|term| !term.is_empty())
        .take(16)
        .map(|term| format!("\"{term}\"*"))
        .collect();
    (!terms.is_empty()).then(|| terms.join(" "))
}

impl Store {
    /// Indexes up to `limit` rows; answers how many are left.
    pub fn index_text(&self, limit: u32) -> Result<u64, StoreError> {
        self.write(|db| {
            let mut find =
                db.prepare_cached(&format!("{FOUND} WHERE i.indexed = 0 ORDER BY i.id LIMIT ?1"))?;
            let rows: Vec<Found> = find.query_map([limit], found)?.collect::<Result<_, _>>()?;
            for row in &rows {
                put(db, row)?;
            }
            Ok(db.query_row("SELECT count(*) FROM incident WHERE indexed = 0", [], |row| {
                row.get::<_, i64>(0)
            })? as u64)
        })
    }
}

/// Indexes one row at once.
pub(crate) fn index_line(db: &Connection, line: i64) -> Result<(), StoreError> {
    let mut find = db.prepare_cached(&format!("{FOUND} WHERE i.id = ?1"))?;
    put(db, &find.query_row([line], found)?)
}

fn put(db: &Connection, row: &Found) -> Result<(), StoreError> {
    let mut put = db.prepare_cached(
        "INSERT OR REPLACE INTO incident_text (rowid, title, description, owner, tags, ids, entities)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?;
    let tags = unlist(&row.tags).join(" ");
    put.execute(params![row.id, row.title, row.description, row.owner, tags, row.ids, row.entities])?;
    db.prepare_cached("UPDATE incident SET indexed = 1 WHERE id = ?1")?.execute([row.id])?;
    Ok(())
}

struct Found {
    id: i64,
    title: String,
    description: String,
    owner: Option<String>,
    tags: String,
    ids: String,
    entities: Option<String>,
}

fn found(row: &rusqlite::Row<'_>) -> rusqlite::Result<Found> {
    Ok(Found {
        id: row.get(0)?,
        title: row.get(1)?,
        description: row.get(2)?,
        owner: row.get(3)?,
        tags: row.get(4)?,
        ids: row.get(5)?,
        entities: row.get(6)?,
    })
}

const FOUND: &str = "
    SELECT i.id, i.title || ' ' || coalesce(nullif(g.title, i.title), ''),
        coalesce(s.description, '') || ' ' || coalesce(nullif(g.description, s.description), ''),
        i.owner, i.tags, coalesce(i.sentinel_id, '') || ' ' || coalesce(i.graph_id, '') || ' ' || coalesce(i.number, ''),
        (SELECT group_concat(names, ' ') FROM incident_part p WHERE p.incident = i.id AND p.names IS NOT NULL)
    FROM incident i
    LEFT JOIN sentinel s ON i.sentinel_id IS NOT NULL AND s.id = i.id / 2
    LEFT JOIN graph g ON g.graph_id = i.graph_id";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_found_in_what_people_paste() {
        let guid = "73e01a99-5cd7-4139-a149-9f2736ff2ab5";
        assert_eq!(ids(" 21842 ").number, Some(21842));
        assert_eq!(ids("https://security.microsoft.com/incidents/21842?tid=x").number, Some(21842));
        assert_eq!(ids(guid).guid.as_deref(), Some(guid));
        let arm = format!(
            "https://portal.azure.com/#asset/x/Incident/subscriptions/bd794837-4d29-4647-9105-6339bfdb4e6a/incidents/{guid}"
        );
        assert_eq!(ids(&arm).guid.as_deref(), Some(guid));
        assert_eq!(ids("phish 42"), Ids::default());
    }

    #[test]
    fn words_can_not_leave_their_quotes() {
        assert_eq!(words("a\" OR title:*").as_deref(), Some("\"a\"* \"OR\"* \"title\"*"));
        assert_eq!(words("\"'*"), None);
    }
}
