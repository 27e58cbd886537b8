//! Microsoft's published examples and recordings, where they lie beside the checkout.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::call::CALLS;
use crate::example::{Example, files, text};
use crate::{envelope, graph_docs, recording, reviewed, swagger};

#[derive(Default)]
struct Tally {
    files: BTreeSet<String>,
    bodies: usize,
    excepted: usize,
}

#[test]
fn every_published_example_comes_back_equal() {
    let Some(root) = root() else {
        println!("shared contracts not present: stage skipped");
        return;
    };
    let mut tallies: BTreeMap<&str, Tally> = BTreeMap::new();
    let mut failures = Vec::new();
    let mut excepted = BTreeSet::new();
    for example in examples(&root) {
        let tally = tallies.entry(example.call).or_default();
        tally.files.insert(example.file.clone());
        tally.bodies += 1;
        let (known, wrong): (Vec<_>, Vec<_>) =
            example.pass().1.into_iter().partition(|why| reviewed::is_excepted(&example.file, why));
        tally.excepted += usize::from(!known.is_empty());
        excepted.extend(known.into_iter().map(|why| (example.file.clone(), why)));
        failures.extend(wrong.iter().map(|why| format!("{}: {why}", named(&example))));
    }
    print(&tallies);
    failures.extend(unseen(&tallies));
    failures.extend(reviewed::outdated(&excepted));
    assert!(failures.is_empty(), "\n{}", failures.join("\n"));
}

/// `../shared/contracts` beside the checkout.
fn root() -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/contracts");
    root.is_dir().then_some(root)
}

fn examples(root: &Path) -> Vec<Example> {
    let found = files(root, &[".json", ".yaml", ".http"]);
    found.iter().flat_map(|path| file_examples(root, path)).collect()
}

fn file_examples(root: &Path, path: &Path) -> Vec<Example> {
    let file = path.strip_prefix(root).unwrap_or(path).to_string_lossy().replace('\\', "/");
    let text = text(path);
    if file.ends_with(".yaml") {
        return recording::examples(&file, &text);
    }
    if file.starts_with("graph/docs-") {
        return graph_docs::examples(&file, &text);
    }
    let json = serde_json::from_str(text.trim_start_matches('\u{feff}'))
        .unwrap_or_else(|error| panic!("{file} is no JSON: {error}"));
    if file.starts_with("entra/") || file.starts_with("arm-errors/") {
        return envelope::examples(&file, &json);
    }
    swagger::examples(&file, &json)
}

fn named(example: &Example) -> String {
    format!("{} ({}, {})", example.file, example.place, example.call)
}

fn print(tallies: &BTreeMap<&str, Tally>) {
    println!("{:<28} {:>5} {:>6} {:>8}", "call", "files", "bodies", "excepted");
    for (call, Tally { files, bodies, excepted }) in tallies {
        println!("{call:<28} {:>5} {bodies:>6} {excepted:>8}", files.len());
    }
}

/// Calls without an example that aren't known to have none, and the other way round.
fn unseen(tallies: &BTreeMap<&str, Tally>) -> Vec<String> {
    CALLS
        .iter()
        .map(|call| call.name)
        .filter(|name| tallies.contains_key(name) == reviewed::is_unpublished(name))
        .map(|name| format!("{name}: its examples and `reviewed::UNPUBLISHED` disagree"))
        .collect()
}
