//! Takes out of a file what must not leave with it. The same thing has the same stand-in through one file.
//!
//! Names are counted as they come and kept as hashes, so that a million of them need little room.

use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Redaction {
    None,
    /// Owners, and sign-in names and mail addresses in any text.
    Users,
    /// Those, and titles, ids, tags, workspaces, the tenant's name and what was searched for.
    All,
}

/// What a stand-in is called: `user-1`, `title-7`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    User,
    Title,
    Id,
    Tag,
    Workspace,
    Tenant,
    Text,
}

impl Kind {
    fn word(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Title => "title",
            Self::Id => "id",
            Self::Tag => "tag",
            Self::Workspace => "workspace",
            Self::Tenant => "tenant",
            Self::Text => "text",
        }
    }
}

pub struct Masks {
    redaction: Redaction,
    /// One file's own, so that hashes of two files can't be laid side by side.
    hash: RandomState,
    seen: HashMap<(Kind, u64), u64>,
    counts: HashMap<Kind, u64>,
}

impl Masks {
    pub fn new(redaction: Redaction) -> Self {
        Self { redaction, hash: RandomState::new(), seen: HashMap::new(), counts: HashMap::new() }
    }

    pub fn redaction(&self) -> Redaction {
        self.redaction
    }

    /// A whole value of this kind.
    pub fn value<'a>(&mut self, kind: Kind, value: &'a str) -> Cow<'a, str> {
        match (self.redaction, kind) {
            (Redaction::None, _) => value.into(),
            (Redaction::Users, Kind::User) | (Redaction::All, _) => self.stand_in(kind, value).into(),
            (Redaction::Users, _) => self.users_in(value),
        }
    }

    fn stand_in(&mut self, kind: Kind, value: &str) -> String {
        let key = (kind, self.hash.hash_one(value.to_lowercase()));
        let count = self.counts.entry(kind).or_default();
        let number = self.seen.entry(key).or_insert_with(|| {
            *count += 1;
            *count
        });
        format!("{}-{number}", kind.word())
    }

    /// Text with a stand-in for each sign-in name or mail address in it.
    fn users_in<'a>(&mut self, text: &'a str) -> Cow<'a, str> {
        let mut out = String::new();
        let mut rest = text;
        while let Some((before, name, after)) = first_name(rest) {
            out.push_str(before);
            out.push_str(&self.stand_in(Kind::User, name));
            rest = after;
        }
        if out.is_empty() && rest.len() == text.len() {
            return text.into();
        }
        out.push_str(rest);
        out.into()
    }
}

/// The first `somebody@somewhere`, with what stands before and behind it.
fn first_name(text: &str) -> Option<(&str, &str, &str)> {
    for (at, sign) in signs(text) {
        let from = text[..at].char_indices().rev().take_while(|(_, c)| in_name(*c)).last();
        let behind = at + sign.len();
        let to = text[behind..].char_indices().take_while(|(_, c)| in_host(*c)).last();
        if let (Some((from, _)), Some((to, last))) = (from, to) {
            let to = behind + to + last.len_utf8();
            return Some((&text[..from], &text[from..to], &text[to..]));
        }
    }
    None
}

/// Where an at sign stands, as typed, full-width or escaped in an address.
fn signs(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.char_indices().filter_map(|(at, _)| {
        let sign = ["@", "＠", "%40"].into_iter().find(|sign| text[at..].starts_with(sign))?;
        Some((at, sign))
    })
}

/// `#` stands in guests' sign-in names: `lena_contoso.com#EXT#@fabrikam.com`.
fn in_name(c: char) -> bool {
    c.is_alphanumeric() || "._+-'#".contains(c)
}

fn in_host(c: char) -> bool {
    c.is_alphanumeric() || ".-".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn users(text: &str) -> String {
        Masks::new(Redaction::Users).value(Kind::Title, text).into_owned()
    }

    #[test]
    fn a_user_is_the_same_in_every_cell() {
        let mut masks = Masks::new(Redaction::Users);
        assert_eq!(masks.value(Kind::User, "Lena@contoso.example"), "user-1");
        let title = "mail of lena@contoso.example and of ravi@contoso.example, (lena@contoso.example)";
        assert_eq!(masks.value(Kind::Title, title), "mail of user-1 and of user-2, (user-1)");
    }

    #[test]
    fn sign_in_names_are_found_in_any_dress() {
        assert_eq!(users("by lena_contoso.com#EXT#@fabrikam.com."), "by user-1");
        assert_eq!(users("x?u=lena%40contoso.example&y"), "x?u=user-1&y");
        assert_eq!(users("łucja＠contoso.example"), "user-1");
        assert_eq!(users("admin@dc01 <a@b>"), "user-1 <user-2>");
        assert_eq!(users("@ a@ @b 3 @ 4"), "@ a@ @b 3 @ 4");
    }

    #[test]
    fn all_leaves_no_value() {
        let mut masks = Masks::new(Redaction::All);
        assert_eq!(masks.value(Kind::Id, "21842"), "id-1");
        assert_eq!(masks.value(Kind::Title, "Malware on host-7 at 10.1.2.3"), "title-1");
        assert_eq!(masks.value(Kind::Id, "21842"), "id-1");
    }
}
