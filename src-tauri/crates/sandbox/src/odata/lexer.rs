//! Words, quoted texts and brackets of a filter.

use super::Misread;
use std::fmt;

/// One piece of a filter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Token<'a> {
    Word(&'a str),
    Text(String),
    Open,
    Close,
}

impl fmt::Display for Token<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Word(word) => f.write_str(word),
            Self::Text(text) => write!(f, "'{text}'"),
            Self::Open => f.write_str("("),
            Self::Close => f.write_str(")"),
        }
    }
}

/// Reads tokens from the left.
pub struct Lexer<'a> {
    rest: &'a str,
}

impl<'a> Lexer<'a> {
    pub fn new(text: &'a str) -> Self {
        Self { rest: text }
    }

    /// The next token, or none at the end.
    pub fn next(&mut self) -> Result<Option<Token<'a>>, Misread> {
        self.rest = self.rest.trim_start();
        let Some(first) = self.rest.chars().next() else { return Ok(None) };
        match first {
            '(' => Ok(Some(self.bracket(Token::Open))),
            ')' => Ok(Some(self.bracket(Token::Close))),
            '\'' => self.text().map(Some),
            _ => Ok(Some(Token::Word(self.word()))),
        }
    }

    /// Takes the next token if it is this word.
    pub fn take_word(&mut self, word: &str) -> bool {
        let before = self.rest;
        if matches!(self.next(), Ok(Some(Token::Word(found))) if found == word) {
            return true;
        }
        self.rest = before;
        false
    }

    fn bracket(&mut self, token: Token<'a>) -> Token<'a> {
        self.rest = &self.rest[1..];
        token
    }

    fn word(&mut self) -> &'a str {
        let end = self.rest.find(|letter: char| letter.is_whitespace() || "()'".contains(letter));
        let (word, rest) = self.rest.split_at(end.unwrap_or(self.rest.len()));
        self.rest = rest;
        word
    }

    /// A quote inside is written twice.
    fn text(&mut self) -> Result<Token<'a>, Misread> {
        let mut text = String::new();
        let mut letters = self.rest.char_indices().skip(1).peekable();
        while let Some((at, letter)) = letters.next() {
            if letter != '\'' {
                text.push(letter);
            } else if letters.next_if(|(_, next)| *next == '\'').is_some() {
                text.push('\'');
            } else {
                self.rest = &self.rest[at + 1..];
                return Ok(Token::Text(text));
            }
        }
        Err(Misread("Syntax error: a quoted text does not end.".to_owned()))
    }
}
