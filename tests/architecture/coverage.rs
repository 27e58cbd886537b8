//! What belongs together is there together: a check and its text, a query and its door, a command and its journey.

use std::collections::BTreeSet;

use crate::tree::{files, read, texts};

const CHECKS: &str = "src-tauri/crates/domain/src/readiness";

fn stems(folder: &str, ending: &str) -> BTreeSet<String> {
    let ours = files(folder).into_iter().filter(|path| path.extension().is_some_and(|end| end == ending));
    ours.map(|path| path.file_stem().unwrap().to_string_lossy().into_owned()).collect()
}

/// `au_01` is the file of AU-01.
fn is_check(stem: &str) -> bool {
    let (area, number) = stem.split_once('_').unwrap_or_default();
    area.len() == 2 && number.len() == 2 && number.chars().all(|c| c.is_ascii_digit())
}

#[test]
fn every_check_is_a_pair_of_rule_and_text() {
    let rules: BTreeSet<_> = stems(CHECKS, "rs").into_iter().filter(|stem| is_check(stem)).collect();
    let words: BTreeSet<_> = stems(CHECKS, "md");
    assert!(!rules.is_empty(), "there is no check under {CHECKS}");
    assert_eq!(rules, words, "a rule without its text, or a text without its rule");
}

#[test]
fn every_query_opens_with_its_name_and_has_a_door_in_the_sandbox() {
    let doors: String =
        texts("src-tauri/crates/sandbox/src", &["rs"]).into_iter().map(|(_, text)| text).collect();
    let queries = stems("src-tauri/crates/cloud/kql", "kql");
    assert!(!queries.is_empty());
    for name in queries {
        let text = read(&format!("src-tauri/crates/cloud/kql/{name}.kql"));
        assert!(
            text.starts_with(&format!("// crosswalk:{name}\n")),
            "{name}.kql does not open with its own name"
        );
        assert!(doors.contains(&format!("\"{name}\"")), "the sandbox has no answer to {name}.kql");
    }
}

#[test]
fn every_error_code_has_a_sentence_in_the_ui() {
    let table = read("ui/src/app/errors.ts");
    for code in domain::fault::Code::ALL {
        let word = serde_json::to_value(contract::error::Code::from(code)).unwrap();
        let word = word.as_str().unwrap();
        assert!(table.contains(&format!("{word}:")), "ui/src/app/errors.ts says nothing of `{word}`");
    }
}
