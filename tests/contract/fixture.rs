//! Our own bodies in `fixtures/wire`: they need nothing from outside and cover every field.

use std::collections::BTreeMap;
use std::path::Path;

use crate::call::CALLS;
use crate::example::{Example, files, text};
use crate::reviewed;

fn fixtures() -> Vec<Example> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/wire");
    files(&root, &[".json"]).iter().map(|path| fixture(path)).collect()
}

/// `arm-incident-list.merged.json` is an example of `arm-incident-list`.
fn fixture(path: &Path) -> Example {
    let file = path.file_name().expect("a file has a name").to_string_lossy().into_owned();
    let stem = file.split('.').next().unwrap_or_default();
    let call = CALLS.iter().find(|call| call.name == stem);
    let call = call.unwrap_or_else(|| panic!("fixtures/wire/{file} is named after no call")).name;
    let body = serde_json::from_str(&text(path))
        .unwrap_or_else(|error| panic!("fixtures/wire/{file} is no JSON: {error}"));
    Example { file, place: "body".into(), call, body }
}

#[test]
fn every_fixture_comes_back_equal() {
    let failures: Vec<String> = fixtures()
        .iter()
        .flat_map(|example| example.pass().1.into_iter().map(|why| format!("{}: {why}", example.file)))
        .collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn every_call_has_a_fixture() {
    let fixtures = fixtures();
    let without: Vec<_> = CALLS
        .iter()
        .map(|call| call.name)
        .filter(|name| !fixtures.iter().any(|example| example.call == *name))
        .collect();
    assert!(without.is_empty(), "calls without a fixture: {without:?}");
}

#[test]
fn every_field_is_on_the_wire() {
    let mut fields = BTreeMap::new();
    for example in fixtures() {
        let reading = example.pass().0.expect("every fixture is read");
        for (field, on_the_wire) in reading.census.fields {
            *fields.entry(field).or_insert(false) |= on_the_wire;
        }
    }
    let never: Vec<_> =
        fields.iter().filter(|(_, on_the_wire)| !**on_the_wire).map(|(field, _)| *field).collect();
    assert!(never.is_empty(), "fields that no fixture fills, so nothing holds their names: {never:#?}");
}

#[test]
fn every_reviewed_field_is_still_raw() {
    let readings = fixtures().into_iter().filter_map(|example| example.pass().0);
    let strays = readings.flat_map(|reading| reading.strays()).collect();
    let unneeded = reviewed::unneeded(&strays);
    assert!(unneeded.is_empty(), "reviewed for nothing, take them off the list: {unneeded:#?}");
}
