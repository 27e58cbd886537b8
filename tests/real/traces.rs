//! Looks for traces of a secret in files and processes, in every dress in which it could have been written down.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

/// Bytes that must be found nowhere, and what to call them when they are.
#[derive(Clone)]
pub struct Hidden {
    pub name: String,
    pub bytes: Vec<u8>,
}

impl Hidden {
    pub fn new(name: &str, bytes: impl Into<Vec<u8>>) -> Self {
        Self { name: name.to_owned(), bytes: bytes.into() }
    }

    /// The byte strings that give it away: as it is, UTF-16 both ways, percent-encoded, JSON-escaped, hexadecimal, and
    /// base64 of both alphabets at each of the three offsets it can have inside a longer base64 text.
    pub fn dresses(&self) -> BTreeSet<Vec<u8>> {
        let bytes = &self.bytes;
        let mut all =
            BTreeSet::from([bytes.clone(), hex(bytes).into_bytes(), hex(bytes).to_uppercase().into_bytes()]);
        for (space, lower) in [("%20", false), ("+", false), ("%20", true), ("+", true)] {
            all.insert(percent(bytes, space, lower).into_bytes());
        }
        for offset in 0..3 {
            let core = base64_core(bytes, offset);
            all.insert(
                core.iter()
                    .map(|digit| match digit {
                        b'+' => b'-',
                        b'/' => b'_',
                        same => *same,
                    })
                    .collect(),
            );
            all.insert(core);
        }
        if let Ok(text) = std::str::from_utf8(bytes) {
            let wide: Vec<u16> = text.encode_utf16().collect();
            all.insert(wide.iter().flat_map(|unit| unit.to_le_bytes()).collect());
            all.insert(wide.iter().flat_map(|unit| unit.to_be_bytes()).collect());
            all.insert(serde_json::to_string(text).unwrap().trim_matches('"').as_bytes().to_vec());
        }
        all.retain(|dress| !dress.is_empty());
        all
    }
}

/// What of several secrets to look for, dressed once.
pub struct Search(Vec<(String, BTreeSet<Vec<u8>>)>);

impl Search {
    pub fn new(hidden: &[Hidden]) -> Self {
        Self(hidden.iter().map(|one| (one.name.clone(), one.dresses())).collect())
    }

    /// Names of those that stand in `bytes`.
    pub fn seen_in(&self, bytes: &[u8]) -> Vec<String> {
        let holds = |dress: &Vec<u8>| memchr::memmem::find(bytes, dress).is_some();
        let seen = self.0.iter().filter(|(_, dresses)| dresses.iter().any(holds));
        seen.map(|(name, _)| name.clone()).collect()
    }

    /// How often one of them, in any dress, stands in `bytes`.
    pub fn count_in(&self, bytes: &[u8]) -> usize {
        let count = |dress: &Vec<u8>| memchr::memmem::find_iter(bytes, dress).count();
        self.0.iter().flat_map(|(_, dresses)| dresses).map(count).sum()
    }

    /// Files under `folder` that give something away, with its name. A file that goes while it is looked for is no
    /// trace.
    pub fn seen_under(&self, folder: &Path) -> Vec<(PathBuf, String)> {
        let read = |file: PathBuf| fs::read(&file).map(|bytes| (file, bytes)).ok();
        let given_away = |(file, bytes): (PathBuf, Vec<u8>)| {
            self.seen_in(&bytes).into_iter().map(move |name| (file.clone(), name)).collect::<Vec<_>>()
        };
        files(folder).into_iter().filter_map(read).flat_map(given_away).collect()
    }
}

pub fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => found.extend(files(&entry.path())),
            Ok(kind) if kind.is_file() => found.push(entry.path()),
            _ => (),
        }
    }
    found
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn percent(bytes: &[u8], space: &str, lower: bool) -> String {
    let encode = |byte: &u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(*byte).to_string(),
        b' ' => space.to_owned(),
        other if lower => format!("%{other:02x}"),
        other => format!("%{other:02X}"),
    };
    bytes.iter().map(encode).collect()
}

/// What stays the same of `bytes` in base64 whatever stands around it, when `offset` bytes come before it.
fn base64_core(bytes: &[u8], offset: usize) -> Vec<u8> {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let bits: Vec<u8> =
        bytes.iter().flat_map(|byte| (0..8).rev().map(move |shift| byte >> shift & 1)).collect();
    let skipped = (6 - offset * 8 % 6) % 6;
    let sextets = bits[skipped.min(bits.len())..].chunks_exact(6);
    sextets.map(|six| DIGITS[six.iter().fold(0, |value, bit| value << 1 | usize::from(*bit))]).collect()
}

/// The names of the files in which `hidden` was found, each of them written as one dress.
fn found_in(written: &[(&str, Vec<u8>)], hidden: Hidden) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in written {
        fs::write(folder.path().join(name), bytes).unwrap();
    }
    fs::write(folder.path().join("innocent"), b"nothing here").unwrap();
    let seen = Search::new(&[hidden]).seen_under(folder.path());
    let mut names: Vec<String> =
        seen.into_iter().map(|(file, _)| file.file_name().unwrap().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

fn assert_all_found(written: &[(&str, Vec<u8>)], hidden: Hidden) {
    let mut expected: Vec<&str> = written.iter().map(|(name, _)| *name).collect();
    expected.sort_unstable();
    assert_eq!(found_in(written, hidden), expected, "the search misses a dress, and would call a leak clean");
}

#[test]
fn a_text_is_found_in_every_dress() {
    let secret = "aB3~Secret \"x\"/ü";
    let wide = |order: fn(u16) -> [u8; 2]| secret.encode_utf16().flat_map(order).collect::<Vec<u8>>();
    let written: [(&str, Vec<u8>); 12] = [
        ("plain", format!("…{secret}…").into_bytes()),
        ("little", wide(u16::to_le_bytes)),
        ("big", wide(u16::to_be_bytes)),
        ("percent", b"?s=aB3~Secret%20%22x%22%2F%C3%BC&".to_vec()),
        ("percent lower", b"?s=aB3~Secret%20%22x%22%2f%c3%bc&".to_vec()),
        ("form", b"s=aB3~Secret+%22x%22%2F%C3%BC&".to_vec()),
        ("json", serde_json::to_vec(&serde_json::json!({ "s": secret })).unwrap()),
        // printf '%s' 'aB3~Secret "x"/ü' | base64, and the same behind one and two other bytes.
        ("base64", b"YUIzflNlY3JldCAieCIvw7w=".to_vec()),
        ("base64 at 1", b"LmFCM35TZWNyZXQgIngiL8O8".to_vec()),
        ("base64 at 2", b"Li5hQjN+U2VjcmV0ICJ4Ii/DvA==".to_vec()),
        ("url-safe at 2", b"Li5hQjN-U2VjcmV0ICJ4Ii_DvA".to_vec()),
        ("hex", b"6142337e536563726574202278222fc3bc".to_vec()),
    ];
    assert_all_found(&written, Hidden::new("secret", secret));
}

#[test]
fn a_raw_key_is_found_in_every_dress() {
    let key = [0xfb, 0xff, 0x00, 0x20, 0x7e, 0xfe, 0xc3, 0x28];
    let written: [(&str, Vec<u8>); 6] = [
        ("raw", [b"..".as_slice(), &key, b".."].concat()),
        ("hex", b"x'fbff00207efec328'".to_vec()),
        ("hex upper", b"FBFF00207EFEC328".to_vec()),
        ("base64", b"+/8AIH7+wyg=".to_vec()),
        ("url-safe", b"-_8AIH7-wyg".to_vec()),
        ("percent", b"%FB%FF%00%20~%FE%C3%28".to_vec()),
    ];
    assert_all_found(&written, Hidden::new("key", key));
}
