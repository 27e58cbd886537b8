//! Extra evidence: real files of others, where the folder with them lies beside the checkout.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::{Path, PathBuf};

use domain::readiness::{Verdict, run};
use time::macros::datetime;

fn corpus() -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../../shared/corpus");
    if path.is_dir() {
        return Some(path);
    }
    println!("skipped: no folder ../shared/corpus beside the checkout");
    None
}

#[test]
fn every_real_file_is_read_or_refused_with_a_reason() {
    let Some(corpus) = corpus() else { return };
    let import = import::read(&[corpus]);
    let is_json = |file: &str| file.ends_with(".json") || file.ends_with(".jsonc");
    for file in &import.files {
        assert!(!file.reason.is_empty(), "{}", file.file);
        assert!(!file.read || is_json(&file.file), "{} was read", file.file);
    }
    let read = import.files.iter().filter(|f| f.read).count();
    let refused: Vec<_> = import.files.iter().filter(|f| is_json(&f.file) && !f.read).collect();
    println!("{} files: {read} read, {} JSON refused", import.files.len(), refused.len());
    // One is cut in the middle by its own name.
    assert!(refused.iter().all(|f| f.file.contains("truncated")), "{refused:?}");
    let objects = &import.objects;
    let found = [
        objects.automation_rules.len(),
        objects.analytics_rules.len(),
        objects.playbooks.len(),
        objects.incidents.len(),
    ];
    assert!(found.iter().all(|n| *n > 0), "{found:?}");
}

#[test]
fn every_finding_names_a_place_that_is_in_its_file() {
    let Some(corpus) = corpus() else { return };
    let now = datetime!(2026-11-24 09:00 UTC);
    let import = import::read(&[corpus]);
    let ledger = import.ledger(now);
    let report = run(&import.subject(&ledger, None, now));
    assert!(report.checks.iter().all(|c| c.verdict != Verdict::CouldNotRun));
    let mut compared = 0;
    for offence in report.checks.iter().flat_map(|c| &c.objects) {
        let file = offence.file.as_deref().unwrap();
        let text = std::fs::read_to_string(file).unwrap();
        // Files with comments are read too, but not by this plain reader.
        let Ok(json) = serde_json::from_str(&text) else {
            continue;
        };
        let there = translate::tree::from_json(&json);
        let raw = there.at(&offence.path).map(domain::tree::Tree::raw);
        assert_eq!(raw, offence.value, "{file}: {}", offence.path);
        compared += 1;
    }
    println!("{compared} findings compared with their files");
    assert!(compared > 50);
}
