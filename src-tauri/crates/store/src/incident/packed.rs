//! JSON of incidents as the file holds it: LZ4 against a pattern, the first body of its API, since all of one are alike.
//!
//! A pattern never changes: whatever was packed against it needs it. Never here: what a body means.

use domain::incident::Api;
use lz4_flex::block::{compress_prepend_size_with_dict, decompress_size_prepended_with_dict};
use rusqlite::{Connection, OptionalExtension, params};

use crate::StoreError;

/// How far back LZ4 can point, in bytes.
const FARTHEST: usize = 65_535;

/// What the bodies of one API are packed against.
pub(super) struct Pattern(Vec<u8>);

impl Pattern {
    /// The pattern of an API, which `first` becomes where it has none.
    pub fn of(db: &Connection, api: Api, first: &str) -> Result<Self, StoreError> {
        let known = Self::known(db, api)?;
        if !known.0.is_empty() {
            return Ok(known);
        }
        let json = &first.as_bytes()[..first.len().min(FARTHEST)];
        db.prepare_cached("INSERT OR REPLACE INTO body_pattern (api, json) VALUES (?1, ?2)")?
            .execute(params![api.as_str(), json])?;
        Ok(Self(json.to_owned()))
    }

    /// The pattern of an API; an empty one where nothing was packed yet.
    pub fn known(db: &Connection, api: Api) -> Result<Self, StoreError> {
        let found = db
            .prepare_cached("SELECT json FROM body_pattern WHERE api = ?1")?
            .query_row([api.as_str()], |row| row.get(0))
            .optional()?;
        Ok(Self(found.unwrap_or_default()))
    }

    pub fn pack(&self, json: &str) -> Vec<u8> {
        compress_prepend_size_with_dict(json.as_bytes(), &self.0)
    }

    /// # Errors
    /// [`StoreError::Damaged`] for what this pattern never packed.
    pub fn unpack(&self, packed: &[u8]) -> Result<String, StoreError> {
        let json = decompress_size_prepended_with_dict(packed, &self.0).map_err(|_| StoreError::Damaged)?;
        String::from_utf8(json).map_err(|_| StoreError::Damaged)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_body_like_the_pattern_takes_little() {
        let body = |id: u32| {
            format!(r#"{{"id":"/subscriptions/0/incidents/{id}","title":"Sign-in {id}","tags":[]}}"#)
        };
        let pattern = Pattern(body(1).into_bytes());
        assert!(pattern.pack(&body(734)).len() < body(734).len() / 2);
    }

    #[test]
    fn what_was_never_packed_is_damage() {
        let pattern = Pattern(b"{}".to_vec());
        assert!(matches!(pattern.unpack(&[1, 2]), Err(StoreError::Damaged)));
        assert!(matches!(pattern.unpack(&[9, 0, 0, 0, 0xf0]), Err(StoreError::Damaged)));
    }

    proptest! {
        #[test]
        fn every_body_comes_back_as_it_was(pattern in ".{0,200}", json in ".{0,300}") {
            let pattern = Pattern(pattern.into_bytes());
            prop_assert_eq!(pattern.unpack(&pattern.pack(&json)).ok(), Some(json));
        }
    }
}
