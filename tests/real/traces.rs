//! Looks for traces of a text in files, in every dress in which it could have been written down.

use std::fs;
use std::path::{Path, PathBuf};

/// The byte strings that give `text` away: plain, UTF-16 both ways, percent-encoded, JSON-escaped, and base64 at
/// each of the three offsets it can have inside a longer base64 text.
pub fn dresses(text: &str) -> Vec<Vec<u8>> {
    let wide: Vec<u16> = text.encode_utf16().collect();
    let mut all = vec![
        text.as_bytes().to_vec(),
        wide.iter().flat_map(|unit| unit.to_le_bytes()).collect(),
        wide.iter().flat_map(|unit| unit.to_be_bytes()).collect(),
        percent(text).into_bytes(),
        serde_json::to_string(text).unwrap().trim_matches('"').as_bytes().to_vec(),
    ];
    all.extend((0..3).map(|offset| base64_core(text.as_bytes(), offset)));
    all.dedup();
    all
}

/// Files under `folder` that hold one of the texts in one of its dresses, with the text.
pub fn find(folder: &Path, texts: &[String]) -> Vec<(PathBuf, String)> {
    let needles: Vec<(&String, Vec<Vec<u8>>)> = texts.iter().map(|text| (text, dresses(text))).collect();
    let mut found = Vec::new();
    for file in files(folder) {
        let bytes = fs::read(&file).unwrap();
        let given_away =
            needles.iter().filter(|(_, dresses)| dresses.iter().any(|dress| holds(&bytes, dress)));
        found.extend(given_away.map(|(text, _)| (file.clone(), (*text).clone())));
    }
    found
}

pub fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        if entry.file_type().unwrap().is_dir() {
            found.extend(files(&entry.path()));
        } else if entry.file_type().unwrap().is_file() {
            found.push(entry.path());
        }
    }
    found
}

fn holds(bytes: &[u8], needle: &[u8]) -> bool {
    !needle.is_empty() && memchr::memmem::find(bytes, needle).is_some()
}

fn percent(text: &str) -> String {
    let encode = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        other => format!("%{other:02X}"),
    };
    text.bytes().map(encode).collect()
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

#[test]
fn a_trace_is_found_in_every_dress() {
    let folder = tempfile::tempdir().unwrap();
    let secret = "aB3~Secret \"x\"/ü";
    let wide = |order: fn(u16) -> [u8; 2]| secret.encode_utf16().flat_map(order).collect::<Vec<u8>>();
    let written: [(&str, Vec<u8>); 7] = [
        ("plain", format!("…{secret}…").into_bytes()),
        ("little", wide(u16::to_le_bytes)),
        ("big", wide(u16::to_be_bytes)),
        ("percent", b"?s=aB3~Secret%20%22x%22%2F%C3%BC&".to_vec()),
        ("json", serde_json::to_vec(&serde_json::json!({ "s": secret })).unwrap()),
        // printf '%s' 'aB3~Secret "x"/ü' | base64, and the same behind one and two other bytes.
        ("base64", b"YUIzflNlY3JldCAieCIvw7w=".to_vec()),
        ("base64 at 1", b"LmFCM35TZWNyZXQgIngiL8O8".to_vec()),
    ];
    for (name, bytes) in &written {
        fs::write(folder.path().join(name), bytes).unwrap();
    }
    fs::write(folder.path().join("innocent"), b"nothing here").unwrap();
    let mut found: Vec<String> = find(folder.path(), &[secret.to_owned()])
        .into_iter()
        .map(|(file, _)| file.file_name().unwrap().to_string_lossy().into_owned())
        .collect();
    found.sort();
    let mut expected: Vec<&str> = written.iter().map(|(name, _)| *name).collect();
    expected.sort_unstable();
    assert_eq!(found, expected, "the search misses a dress, and would call a leak clean");
}
