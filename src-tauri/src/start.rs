//! What the program was started with: which session to open, and on which screen.
//!
//! A second copy hands these words over to the first, so they may come from any program of this user: they name a
//! stored connection and a screen, and can do nothing else.

use host::Host;
use serde_json::json;

const USAGE: &str = "crosswalk               opens the window
crosswalk --demo        opens it on the demo tenant
crosswalk --open NAME   opens it on a stored connection
  --at SCREEN           … on this screen, such as /incidents";

/// What to open first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Session {
    /// The first run, with its three ways to begin.
    #[default]
    None,
    Demo,
    /// A stored connection, by its name.
    Connection(String),
}

/// The words behind the program's name, read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Start {
    pub session: Session,
    /// A route of the pages: `/incidents`.
    pub screen: Option<String>,
}

impl Start {
    /// Reads what was typed.
    ///
    /// # Errors
    /// The usage, where it can't be read.
    pub fn read(words: impl IntoIterator<Item = String>) -> Result<Self, &'static str> {
        let mut words = words.into_iter();
        let mut start = Self::default();
        while let Some(word) = words.next() {
            match word.as_str() {
                "--demo" => start.session = Session::Demo,
                "--open" => start.session = Session::Connection(words.next().ok_or(USAGE)?),
                "--at" => start.screen = Some(words.next().filter(|at| is_route(at)).ok_or(USAGE)?),
                _ => return Err(USAGE),
            }
        }
        Ok(start)
    }

    /// Opens the session. Where it can't be opened the window shows the first run, whose cards say why when they are
    /// pressed.
    pub(crate) async fn open(&self, host: &Host) {
        let opened = match &self.session {
            Session::None => return,
            Session::Demo => host.call("session_demo", json!({})).await,
            Session::Connection(name) => host.call("session_open", json!({ "name": name })).await,
        };
        if let Err(why) = opened {
            eprintln!("It could not be opened: {}", why.message);
        }
    }
}

/// A path of plain words, with a query: nothing that leads out of the pages.
fn is_route(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "/-_?=&%.,+".contains(c);
    text.starts_with('/') && !text.starts_with("//") && text.chars().all(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Start, &'static str> {
        Start::read(text.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn a_connection_and_a_screen_can_be_named() {
        assert_eq!(read(""), Ok(Start::default()));
        assert_eq!(read("--demo").unwrap().session, Session::Demo);
        let start = read("--open contoso --at /incidents?sort=-updated").unwrap();
        assert_eq!(start.session, Session::Connection("contoso".into()));
        assert_eq!(start.screen.as_deref(), Some("/incidents?sort=-updated"));
    }

    #[test]
    fn what_is_not_known_gets_the_usage() {
        for typed in
            ["--help", "--open", "--at", "--at incidents", "--at //evil.example", "--at /a#b", "demo"]
        {
            assert_eq!(read(typed), Err(USAGE), "{typed}");
        }
    }
}
