//! An SMTP reply as judged: its code and its text, and what there is instead of one when the dialogue broke.

/// A whole reply, its lines joined by newlines, the codes taken off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    pub code: u16,
    pub text: String,
}

impl Reply {
    /// A reply of one or more lines.
    pub fn new(code: u16, text: impl Into<String>) -> Self {
        Self { code, text: text.into() }
    }

    /// The enhanced status code (RFC 3463), e.g. `5.7.139`, when the text begins with one.
    pub fn enhanced(&self) -> Option<&str> {
        let word = self.text.split_whitespace().next()?;
        let parts: Vec<&str> = word.split('.').collect();
        let number =
            |part: &&str| (1..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
        (parts.len() == 3 && parts.iter().all(number)).then_some(word)
    }

    /// Code and enhanced code, as a screen shows them: `535 5.7.139`.
    pub fn short(&self) -> String {
        match self.enhanced() {
            Some(enhanced) => format!("{} {enhanced}", self.code),
            None => self.code.to_string(),
        }
    }

    /// The reply as it went over the wire, on one line.
    pub fn line(&self) -> String {
        format!("{} {}", self.code, self.text.replace('\n', " "))
    }

    pub fn is_positive(&self) -> bool {
        (200..400).contains(&self.code)
    }

    /// 4xx: the same thing may work later.
    pub fn is_passing(&self) -> bool {
        (400..500).contains(&self.code)
    }
}

/// Why there is no reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Broken {
    /// No connection: refused, timed out, no such host.
    NotReached(String),
    /// A step's time ran out.
    TimedOut(String),
    /// The server closed the connection.
    Closed(String),
    /// TLS failed: chain, name, dates, protocol.
    Tls(String),
    /// The server doesn't speak SMTP as written: too long, no newline, no code.
    Malformed(String),
    /// The step wasn't allowed by what the server offers (no STARTTLS, no such mechanism).
    NotOffered(String),
}

impl Broken {
    pub fn says(&self) -> &str {
        match self {
            Self::NotReached(says)
            | Self::TimedOut(says)
            | Self::Closed(says)
            | Self::Tls(says)
            | Self::Malformed(says)
            | Self::NotOffered(says) => says,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_enhanced_code_is_read_only_where_one_stands() {
        assert_eq!(Reply::new(535, "5.7.139 Authentication unsuccessful").short(), "535 5.7.139");
        assert_eq!(Reply::new(334, "VXNlcm5hbWU6").enhanced(), None);
        assert_eq!(Reply::new(220, "10.0.0.1.example ready").enhanced(), None);
        assert_eq!(Reply::new(250, "").enhanced(), None);
        assert_eq!(Reply::new(250, "2.1.5.9 x").enhanced(), None);
    }
}
