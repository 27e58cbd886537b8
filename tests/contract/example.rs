//! One body with where it came from, and what `wire` makes of it.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::call::{self, Reading};
use crate::reviewed;

/// A JSON body of a call.
pub struct Example {
    /// The file, from the folder that was searched.
    pub file: String,
    /// Where in the file: `request`, `200`, `#4 response`.
    pub place: String,
    /// The name of a call.
    pub call: &'static str,
    pub body: Value,
}

impl Example {
    /// Reads and compares: the reading, and every objection that isn't reviewed for all calls.
    pub fn pass(&self) -> (Option<Reading>, Vec<String>) {
        let reading = match (call::named(self.call).read)(&self.body.to_string()) {
            Ok(reading) => reading,
            Err(error) => return (None, vec![format!("isn't read: {error}")]),
        };
        let strays = reading.strays().into_iter().filter(|stray| !reviewed::is_known(stray));
        let mut objections: Vec<String> = strays.collect();
        differences(&self.body, &reading.json, "$", &mut objections);
        (Some(reading), objections)
    }
}

/// Adds each path at which two JSON values differ.
fn differences(was: &Value, is: &Value, path: &str, found: &mut Vec<String>) {
    match (was, is) {
        (Value::Object(a), Value::Object(b)) => {
            for (key, value) in a {
                let path = format!("{path}.{key}");
                match b.get(key) {
                    Some(is) => differences(value, is, &path, found),
                    None => found.push(format!("{path} is lost")),
                }
            }
            let new = b.keys().filter(|key| !a.contains_key(*key));
            found.extend(new.map(|key| format!("{path}.{key} is new")));
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            for (index, (was, is)) in a.iter().zip(b).enumerate() {
                differences(was, is, &format!("{path}[{index}]"), found);
            }
        }
        _ if was == is => {}
        _ => found.push(format!("{path} was {was}, is {is}")),
    }
}

/// Every file under a folder whose name ends so, sorted.
pub fn files(root: &Path, ends: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = std::fs::read_dir(&folder)
            .unwrap_or_else(|error| panic!("{} can't be listed: {error}", folder.display()));
        for entry in entries {
            let path = entry.expect("a folder entry is readable").path();
            let wanted = ends.iter().any(|end| path.to_string_lossy().ends_with(end));
            if path.is_dir() {
                folders.push(path);
            } else if wanted {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// The text of a file.
pub fn text(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{} can't be read: {error}", path.display()))
}
