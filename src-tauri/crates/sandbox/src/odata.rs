//! `$filter` as both services take it: comparisons joined by `and`, `or`, `not` and brackets.
//!
//! A filter is parsed into a tree before anything is read; what isn't understood is refused with the place where
//! reading stopped, never ignored.

use crate::moment::{self, Ticks};
use std::ops::RangeInclusive;

mod lexer;

use lexer::{Lexer, Token};

/// No bound on a time.
pub const ANY_TIME: RangeInclusive<Ticks> = Ticks::MIN..=Ticks::MAX;

/// A filter.
#[derive(Clone, Debug, PartialEq)]
pub enum Filter {
    Compare { path: String, operator: Operator, value: Literal },
    And(Box<Filter>, Box<Filter>),
    Or(Box<Filter>, Box<Filter>),
    Not(Box<Filter>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    Eq,
    Ne,
    Gt,
    Ge,
    Lt,
    Le,
}

/// What a member is compared with.
#[derive(Clone, Debug, PartialEq)]
pub enum Literal {
    Text(String),
    Number(i64),
    Time(Ticks),
    Null,
}

/// A member's value, to compare with a literal.
#[derive(Clone, Debug, PartialEq)]
pub enum Field<'a> {
    Text(std::borrow::Cow<'a, str>),
    Number(i64),
    Time(Ticks),
    Null,
}

/// What could not be understood.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Misread(pub String);

impl Filter {
    /// Reads a filter; `known` says which members may be named.
    ///
    /// # Errors
    /// [`Misread`] with what was found instead.
    pub fn read(text: &str, known: impl Fn(&str) -> bool) -> Result<Self, Misread> {
        let mut parser = Parser { lexer: Lexer::new(text), known: &known };
        let filter = parser.either()?;
        match parser.lexer.next()? {
            None => Ok(filter),
            Some(token) => Err(Misread(format!("Syntax error: unexpected '{token}' in '{text}'."))),
        }
    }

    /// Between which times a member must lie for the filter to hold; the widest where nothing narrows it.
    pub fn between(&self, path: &impl Fn(&str) -> bool) -> RangeInclusive<Ticks> {
        match self {
            Self::And(left, right) => {
                let (left, right) = (left.between(path), right.between(path));
                *left.start().max(right.start())..=*left.end().min(right.end())
            }
            Self::Compare { path: named, operator, value: Literal::Time(time) } if path(named) => {
                match operator {
                    Operator::Eq => *time..=*time,
                    Operator::Gt | Operator::Ge => *time..=Ticks::MAX,
                    Operator::Lt | Operator::Le => Ticks::MIN..=*time,
                    Operator::Ne => ANY_TIME,
                }
            }
            _ => ANY_TIME,
        }
    }

    /// Whether it holds, asking `field` for members.
    pub fn holds<'a>(&self, field: &impl Fn(&str) -> Field<'a>) -> bool {
        match self {
            Self::Compare { path, operator, value } => operator.holds(&field(path), value),
            Self::And(left, right) => left.holds(field) && right.holds(field),
            Self::Or(left, right) => left.holds(field) || right.holds(field),
            Self::Not(inner) => !inner.holds(field),
        }
    }
}

impl Operator {
    fn read(word: &str) -> Option<Self> {
        Some(match word {
            "eq" => Self::Eq,
            "ne" => Self::Ne,
            "gt" => Self::Gt,
            "ge" => Self::Ge,
            "lt" => Self::Lt,
            "le" => Self::Le,
            _ => return None,
        })
    }

    fn holds(self, field: &Field, literal: &Literal) -> bool {
        use std::cmp::Ordering::{Equal, Greater, Less};
        let order = match (field, literal) {
            // Enum members are compared without case, as clients write them in several casings.
            (Field::Text(left), Literal::Text(right)) => left.to_lowercase().cmp(&right.to_lowercase()),
            (Field::Number(left), Literal::Number(right)) => left.cmp(right),
            (Field::Time(left), Literal::Time(right)) => left.cmp(right),
            (Field::Null, Literal::Null) => Equal,
            _ => return self == Self::Ne,
        };
        match self {
            Self::Eq => order == Equal,
            Self::Ne => order != Equal,
            Self::Gt => order == Greater,
            Self::Ge => order != Less,
            Self::Lt => order == Less,
            Self::Le => order != Greater,
        }
    }
}

struct Parser<'a> {
    lexer: Lexer<'a>,
    known: &'a dyn Fn(&str) -> bool,
}

impl Parser<'_> {
    fn either(&mut self) -> Result<Filter, Misread> {
        let mut left = self.both()?;
        while self.lexer.take_word("or") {
            left = Filter::Or(Box::new(left), Box::new(self.both()?));
        }
        Ok(left)
    }

    fn both(&mut self) -> Result<Filter, Misread> {
        let mut left = self.one()?;
        while self.lexer.take_word("and") {
            left = Filter::And(Box::new(left), Box::new(self.one()?));
        }
        Ok(left)
    }

    fn one(&mut self) -> Result<Filter, Misread> {
        match self.lexer.next()? {
            Some(Token::Open) => {
                let inner = self.either()?;
                match self.lexer.next()? {
                    Some(Token::Close) => Ok(inner),
                    _ => Err(Misread("Syntax error: ')' expected.".to_owned())),
                }
            }
            Some(Token::Word("not")) => Ok(Filter::Not(Box::new(self.one()?))),
            Some(Token::Word(path)) => self.comparison(path.to_owned()),
            other => Err(unexpected(other)),
        }
    }

    fn comparison(&mut self, path: String) -> Result<Filter, Misread> {
        if !(self.known)(&path) {
            return Err(Misread(format!("Could not find a property named '{path}' to filter by.")));
        }
        let operator = match self.lexer.next()? {
            Some(Token::Word(word)) => Operator::read(word),
            _ => None,
        };
        let operator =
            operator.ok_or_else(|| Misread(format!("Syntax error: an operator expected after '{path}'.")))?;
        let value = match self.lexer.next()? {
            Some(Token::Text(text)) => literal_text(text),
            Some(Token::Word(word)) => literal_word(word)?,
            other => return Err(unexpected(other)),
        };
        Ok(Filter::Compare { path, operator, value })
    }
}

/// A quoted time compares as a time, as some services take it.
fn literal_text(text: String) -> Literal {
    match moment::read(&text) {
        Some(ticks) => Literal::Time(ticks),
        None => Literal::Text(text),
    }
}

fn literal_word(word: &str) -> Result<Literal, Misread> {
    if word == "null" {
        return Ok(Literal::Null);
    }
    let number = word.parse().ok().map(Literal::Number);
    number.or_else(|| moment::read(word).map(Literal::Time)).ok_or_else(|| {
        Misread(format!("Syntax error: '{word}' is neither a quoted text, a number nor a time."))
    })
}

fn unexpected(token: Option<Token>) -> Misread {
    match token {
        Some(token) => Misread(format!("Syntax error: unexpected '{token}'.")),
        None => Misread("Syntax error: the filter ends too early.".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds(text: &str) -> bool {
        let filter = Filter::read(text, |path| path != "nobody").unwrap();
        filter.holds(&|path| match path {
            "status" => Field::Text("New".into()),
            "number" => Field::Number(7),
            "created" => Field::Time(moment::read("2026-05-01T00:00:00Z").unwrap()),
            _ => Field::Null,
        })
    }

    #[test]
    fn comparisons_and_precedence() {
        assert!(holds("status eq 'new' and number ge 7"));
        assert!(!holds("status ne 'New'"));
        assert!(holds("number eq 1 or number eq 7 and status eq 'New'"), "and binds closer than or");
        assert!(!holds("(number eq 1 or number eq 7) and status eq 'Closed'"));
        assert!(holds("not (number lt 7)"));
        assert!(holds("created ge 2026-04-30T22:00:00.5Z and created lt 2026-05-01T02:30:00+02:00"));
        assert!(holds("owner eq null"));
    }

    #[test]
    fn bounds_are_read_where_they_must_hold() {
        let between = |text: &str| Filter::read(text, |_| true).unwrap().between(&|path| path == "made");
        let noon = moment::read("2026-05-01T12:00:00Z").unwrap();
        let text = "status eq 'New' and made ge 2026-05-01T12:00:00Z and made lt 2026-05-01T12:00:01Z";
        assert_eq!(between(text), noon..=noon + moment::SECOND);
        assert_eq!(between("made ge 2026-05-01T12:00:00Z or number eq 1"), ANY_TIME);
        assert_eq!(between("not (made ge 2026-05-01T12:00:00Z)"), ANY_TIME);
    }

    #[test]
    fn quotes_are_doubled_inside_text() {
        let filter = Filter::read("title eq 'it''s'", |_| true).unwrap();
        assert!(filter.holds(&|_| Field::Text("it's".into())));
    }

    #[test]
    fn nonsense_is_refused() {
        for text in [
            "",
            "status",
            "status eq",
            "status is 'New'",
            "nobody eq 1",
            "(status eq 'a'",
            "a eq 'b",
            "a eq b",
        ] {
            assert!(Filter::read(text, |path| path != "nobody").is_err(), "{text:?} must be refused");
        }
    }
}
