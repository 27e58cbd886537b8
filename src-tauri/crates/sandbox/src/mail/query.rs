//! The query options of a message list: `$filter`, `$search`, `$top`, `$skip`, `$select`.
//!
//! Filters: `subject eq '…'`, `contains(subject,'…')`, `startswith(subject,'…')`, `internetMessageId eq '…'`, and
//! comparisons of `sentDateTime` or `receivedDateTime`, joined by `and`. Anything else is refused, never ignored.

use super::refusal::{BAD_FILTER, Refusal};
use super::sent::Sent;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// Default and greatest page.
const PAGE: usize = 10;
const LARGEST: usize = 1000;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Query {
    pub top: usize,
    pub skip: usize,
    select: Vec<String>,
    clauses: Vec<Clause>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Clause {
    Subject(Part, String),
    MessageId(String),
    /// Seconds since 1970.
    Sent(Order, i64),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Whole,
    Within,
    Start,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Order {
    AtLeast,
    Above,
    AtMost,
    Below,
}

impl Query {
    /// Reads decoded pairs of the query string.
    pub(crate) fn read(pairs: &[(String, String)]) -> Result<Self, Refusal> {
        let mut query = Self { top: PAGE, ..Self::default() };
        for (name, value) in pairs {
            match name.trim_start_matches('$').to_ascii_lowercase().as_str() {
                "top" => {
                    query.top =
                        value.parse().ok().filter(|top| (1..=LARGEST).contains(top)).ok_or(BAD_FILTER)?
                }
                "skip" => query.skip = value.parse().map_err(|_| BAD_FILTER)?,
                "select" => query.select = value.split(',').map(|name| name.trim().to_owned()).collect(),
                "filter" => query.clauses.extend(filter(value)?),
                "search" => query.clauses.push(search(value)),
                _ => {}
            }
        }
        Ok(query)
    }

    /// Is this member asked for? Headers are shown on `$select` alone.
    pub(crate) fn shows(&self, name: &str) -> bool {
        if self.select.is_empty() {
            return name != "internetMessageHeaders";
        }
        self.select.iter().any(|wanted| wanted.eq_ignore_ascii_case(name))
    }

    pub(crate) fn takes(&self, message: &Sent) -> bool {
        self.clauses.iter().all(|clause| clause.takes(message))
    }
}

impl Clause {
    fn takes(&self, message: &Sent) -> bool {
        match self {
            Self::Subject(part, wanted) => {
                let (subject, wanted) = (message.subject.to_lowercase(), wanted.to_lowercase());
                match part {
                    Part::Whole => subject == wanted,
                    Part::Within => subject.contains(&wanted),
                    Part::Start => subject.starts_with(&wanted),
                }
            }
            Self::MessageId(wanted) => message.internet_message_id == *wanted,
            Self::Sent(Order::AtLeast, at) => message.at >= *at,
            Self::Sent(Order::Above, at) => message.at > *at,
            Self::Sent(Order::AtMost, at) => message.at <= *at,
            Self::Sent(Order::Below, at) => message.at < *at,
        }
    }
}

fn filter(text: &str) -> Result<Vec<Clause>, Refusal> {
    let mut clauses = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let (clause, after) = clause(rest).ok_or(BAD_FILTER)?;
        clauses.push(clause);
        rest = match after.trim_start() {
            "" => "",
            more => more.strip_prefix("and ").ok_or(BAD_FILTER)?.trim_start(),
        };
    }
    if clauses.is_empty() { Err(BAD_FILTER) } else { Ok(clauses) }
}

fn clause(text: &str) -> Option<(Clause, &str)> {
    for (function, part) in [("contains(", Part::Within), ("startswith(", Part::Start)] {
        if let Some(rest) = text.strip_prefix(function) {
            let rest = rest.trim_start().strip_prefix("subject")?.trim_start().strip_prefix(',')?;
            let (value, rest) = literal(rest.trim_start())?;
            return Some((Clause::Subject(part, value), rest.trim_start().strip_prefix(')')?));
        }
    }
    let (name, rest) = text.split_once(' ')?;
    let (operator, rest) = rest.trim_start().split_once(' ')?;
    let rest = rest.trim_start();
    match (name, operator) {
        ("subject", "eq") => literal(rest).map(|(value, rest)| (Clause::Subject(Part::Whole, value), rest)),
        ("internetMessageId", "eq") => literal(rest).map(|(value, rest)| (Clause::MessageId(value), rest)),
        ("sentDateTime" | "receivedDateTime", _) => {
            let end = rest.find(' ').unwrap_or(rest.len());
            let at = OffsetDateTime::parse(&rest[..end], &Rfc3339).ok()?.unix_timestamp();
            Some((Clause::Sent(order(operator)?, at), &rest[end..]))
        }
        _ => None,
    }
}

fn order(operator: &str) -> Option<Order> {
    match operator {
        "ge" => Some(Order::AtLeast),
        "gt" => Some(Order::Above),
        "le" => Some(Order::AtMost),
        "lt" => Some(Order::Below),
        _ => None,
    }
}

/// `'it''s'` is `it's`.
fn literal(text: &str) -> Option<(String, &str)> {
    let inside = text.strip_prefix('\'')?;
    let mut value = String::new();
    let mut rest = inside;
    loop {
        let end = rest.find('\'')?;
        value.push_str(&rest[..end]);
        rest = &rest[end + 1..];
        match rest.strip_prefix('\'') {
            Some(after) => {
                value.push('\'');
                rest = after;
            }
            None => return Some((value, rest)),
        }
    }
}

/// `"subject:word"` or `"word"`: looked for in the subject.
fn search(text: &str) -> Clause {
    let bare = text.trim().trim_matches('"');
    let word = bare.strip_prefix("subject:").unwrap_or(bare).trim_matches(['"', '\'']);
    Clause::Subject(Part::Within, word.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn takes(option: &str, value: &str, subject: &str) -> Result<bool, Refusal> {
        let query = Query::read(&[(option.to_owned(), value.to_owned())])?;
        Ok(query.takes(&Sent { subject: subject.to_owned(), at: 1_800_000_000, ..Sent::default() }))
    }

    #[test]
    fn the_filters_that_are_offered_do_what_they_say() {
        assert_eq!(takes("$filter", "subject eq 'It''s here'", "it's here"), Ok(true));
        assert_eq!(takes("$filter", "contains(subject,'tag-1')", "x [tag-1]"), Ok(true));
        assert_eq!(takes("$filter", "startswith(subject, 'x')", "y"), Ok(false));
        assert_eq!(
            takes("$filter", "sentDateTime ge 2026-01-01T00:00:00Z and contains(subject,'a')", "a"),
            Ok(true)
        );
        assert_eq!(takes("$filter", "sentDateTime lt 2026-01-01T00:00:00Z", "a"), Ok(false));
        assert_eq!(takes("$search", "\"subject:tag-1\"", "x [tag-1]"), Ok(true));
        assert_eq!(takes("$search", "\"tag-2\"", "x [tag-1]"), Ok(false));
    }

    #[test]
    fn what_isnt_offered_is_refused_and_not_ignored() {
        for filter in [
            "",
            "from eq 'x'",
            "subject eq x",
            "subject eq 'x' or subject eq 'y'",
            "subject eq 'x",
            "contains(body,'x')",
            "sentDateTime ge yesterday",
        ] {
            assert_eq!(takes("$filter", filter, "x"), Err(BAD_FILTER), "{filter}");
        }
        assert_eq!(takes("$top", "0", ""), Err(BAD_FILTER));
        assert_eq!(takes("$top", "1001", ""), Err(BAD_FILTER));
    }
}
