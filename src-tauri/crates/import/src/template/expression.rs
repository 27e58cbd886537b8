//! The grammar of ARM template expressions: `[concat(parameters('a'), variables('b')[0].c)]`.
//!
//! Reads, never evaluates. Depth is bounded, since templates come from strangers.

/// An expression.
#[derive(Clone, Debug, PartialEq)]
pub enum Expression {
    Text(String),
    Number(i64),
    Call { name: String, arguments: Vec<Expression> },
    Member(Box<Expression>, String),
    Index(Box<Expression>, Box<Expression>),
}

const MAX_DEPTH: usize = 64;

/// The inside of a text that is an expression: opens with one `[` and ends with `]`. `[[` is a literal `[`.
pub fn inside(text: &str) -> Option<&str> {
    let inner = text.strip_prefix('[')?.strip_suffix(']')?;
    (!inner.starts_with('[')).then_some(inner)
}

/// Reads the inside of an expression; None when it is none.
pub fn parse(text: &str) -> Option<Expression> {
    let mut reader = Reader { rest: text };
    let expression = reader.expression(0)?;
    reader.blank();
    reader.rest.is_empty().then_some(expression)
}

struct Reader<'a> {
    rest: &'a str,
}

impl Reader<'_> {
    fn expression(&mut self, depth: usize) -> Option<Expression> {
        if depth > MAX_DEPTH {
            return None;
        }
        self.blank();
        let first = self.rest.chars().next()?;
        let mut expression = if first == '\'' {
            self.text()?
        } else if first == '-' || first.is_ascii_digit() {
            self.number()?
        } else {
            self.call(depth)?
        };
        loop {
            self.blank();
            if self.take('.') {
                expression = Expression::Member(Box::new(expression), self.word()?);
            } else if self.take('[') {
                let index = self.expression(depth + 1)?;
                self.blank();
                self.take(']').then_some(())?;
                expression = Expression::Index(Box::new(expression), Box::new(index));
            } else {
                return Some(expression);
            }
        }
    }

    fn call(&mut self, depth: usize) -> Option<Expression> {
        let mut name = self.word()?;
        // A function of the template's own: `contoso.uniqueName(…)`.
        while self.take('.') {
            name = format!("{name}.{}", self.word()?);
        }
        self.blank();
        self.take('(').then_some(())?;
        let mut arguments = Vec::new();
        self.blank();
        if self.take(')') {
            return Some(Expression::Call { name, arguments });
        }
        loop {
            arguments.push(self.expression(depth + 1)?);
            self.blank();
            if self.take(')') {
                return Some(Expression::Call { name, arguments });
            }
            self.take(',').then_some(())?;
        }
    }

    /// Single quotes; two of them stand for one.
    fn text(&mut self) -> Option<Expression> {
        let mut text = String::new();
        let mut rest = self.rest.strip_prefix('\'')?;
        loop {
            let end = rest.find('\'')?;
            text.push_str(&rest[..end]);
            rest = &rest[end + 1..];
            match rest.strip_prefix('\'') {
                Some(after) => {
                    text.push('\'');
                    rest = after;
                }
                None => break,
            }
        }
        self.rest = rest;
        Some(Expression::Text(text))
    }

    fn number(&mut self) -> Option<Expression> {
        let digits = self.rest[1..].find(|c: char| !c.is_ascii_digit()).map_or(self.rest.len(), |n| n + 1);
        let number = self.rest[..digits].parse().ok()?;
        self.rest = &self.rest[digits..];
        Some(Expression::Number(number))
    }

    fn word(&mut self) -> Option<String> {
        let end = self
            .rest
            .find(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '$'))
            .unwrap_or(self.rest.len());
        let word = &self.rest[..end];
        self.rest = &self.rest[end..];
        (!word.is_empty()).then(|| word.to_owned())
    }

    fn blank(&mut self) {
        self.rest = self.rest.trim_start();
    }

    fn take(&mut self, c: char) -> bool {
        match self.rest.strip_prefix(c) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pieces_of_the_grammar_are_read() {
        let call = |name: &str, arguments| Expression::Call { name: name.into(), arguments };
        assert_eq!(
            parse(" concat( 'it''s', parameters('a').b[0], -3 ) "),
            Some(call(
                "concat",
                vec![
                    Expression::Text("it's".into()),
                    Expression::Index(
                        Box::new(Expression::Member(
                            Box::new(call("parameters", vec![Expression::Text("a".into())])),
                            "b".into()
                        )),
                        Box::new(Expression::Number(0))
                    ),
                    Expression::Number(-3),
                ]
            ))
        );
        assert_eq!(parse("ns.make()"), Some(call("ns.make", vec![])));
    }

    #[test]
    fn what_is_no_expression_is_told_apart() {
        for text in ["", "HIGH", "expr: var.x", "concat('a'", "concat('a',)", "f() g()", "'open", "-", "9é"]
        {
            assert_eq!(parse(text), None, "{text}");
        }
        assert_eq!(inside("[a]"), Some("a"));
        assert_eq!(inside("[[a]"), None);
        assert_eq!(inside("a]"), None);
        assert_eq!(inside("["), None);
    }

    #[test]
    fn depth_is_bounded() {
        let deep = format!("{}'x'{}", "f(".repeat(5000), ")".repeat(5000));
        assert_eq!(parse(&deep), None);
    }
}
