//! A set of lines by their numbers: a bit for each, because half a tenant may be in it.

use rusqlite::Connection;

use crate::StoreError;

/// So few that each is looked up by itself; more are met on a walk over an index. Tests meet both in small stores.
pub(crate) const FEW: u64 = if cfg!(test) { 6 } else { 1_000 };

/// Adds what a query with one value answers.
pub(crate) fn gather(
    db: &Connection,
    sql: &str,
    value: impl rusqlite::ToSql,
    marks: &mut Marks,
) -> Result<(), StoreError> {
    let mut query = db.prepare_cached(sql)?;
    let mut rows = query.query([value])?;
    while let Some(row) = rows.next()? {
        marks.add(row.get(0)?);
    }
    Ok(())
}

/// Lines. Numbers are small and dense: see `incident.id` in the schema.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Marks {
    words: Vec<u64>,
    count: u64,
}

impl Marks {
    pub fn add(&mut self, id: i64) {
        let (word, bit) = place(id);
        if word >= self.words.len() {
            self.words.resize(word + 1, 0);
        }
        self.count += u64::from(self.words[word] & bit == 0);
        self.words[word] |= bit;
    }

    pub fn has(&self, id: i64) -> bool {
        let (word, bit) = place(id);
        self.words.get(word).is_some_and(|found| found & bit != 0)
    }

    /// What is in both.
    pub fn and(mut self, other: &Self) -> Self {
        self.words.truncate(other.words.len());
        self.words.iter_mut().zip(&other.words).for_each(|(word, other)| *word &= other);
        self.count = self.words.iter().map(|word| u64::from(word.count_ones())).sum();
        self
    }

    /// What is in this one alone.
    pub fn without(mut self, other: &Self) -> Self {
        self.words.iter_mut().zip(&other.words).for_each(|(word, other)| *word &= !other);
        self.count = self.words.iter().map(|word| u64::from(word.count_ones())).sum();
        self
    }

    pub fn count(&self) -> u64 {
        self.count
    }

    /// As a JSON array, to be bound.
    pub fn json(&self) -> String {
        let ids: Vec<String> = self.iter().map(|id| id.to_string()).collect();
        format!("[{}]", ids.join(","))
    }

    pub fn iter(&self) -> impl Iterator<Item = i64> + '_ {
        self.words.iter().enumerate().flat_map(|(at, word)| {
            (0..64).filter(move |bit| word & (1 << bit) != 0).map(move |bit| at as i64 * 64 + bit)
        })
    }
}

fn place(id: i64) -> (usize, u64) {
    ((id / 64) as usize, 1 << (id % 64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_in_it_once() {
        let mut marks = Marks::default();
        for id in [3, 130, 3] {
            marks.add(id);
        }
        assert_eq!((marks.count(), marks.json().as_str()), (2, "[3,130]"));
        assert!(marks.has(130) && !marks.has(131) && !marks.has(1_000_000));
        let mut other = Marks::default();
        other.add(3);
        assert_eq!(marks.clone().without(&other).json(), "[130]");
        assert_eq!((marks.clone().and(&other).json(), other.and(&marks).count()), ("[3]".into(), 1));
    }
}
