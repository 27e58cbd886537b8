//! Files to rules: what a user has in a repository or an export, read as a tenant's answer would be.
//!
//! Start at [`read`]. Encodings, comments and trailing commas are tolerated; REST lists, API examples, ARM templates
//! with their expressions, Terraform plans and folders are understood. A broken file never stops the others: each file
//! is read or refused with a reason. Never here: a verdict, the network, following a link out of a folder.

use std::collections::HashMap;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use domain::readiness::{Given, IncidentLedger, Subject};
use domain::tree::Tree;
use time::OffsetDateTime;

mod advice;
mod document;
mod encoding;
mod jsonc;
mod scan;
mod template;

pub use document::{Kind, Objects};

/// The largest file that is read, in bytes.
pub const MAX_FILE: u64 = 64 << 20;
/// All files of one import together, in bytes.
pub const MAX_TOTAL: u64 = 512 << 20;

/// What became of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileReport {
    /// As the user would name it: the path that was given, and the way below it.
    pub file: String,
    pub read: bool,
    /// What it holds, or why it was not read and what to do instead.
    pub reason: String,
}

/// Everything an import brought.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Import {
    pub objects: Objects,
    pub files: Vec<FileReport>,
}

impl Import {
    /// The incidents of the import, counted; what [`Import::subject`] looks at.
    pub fn ledger(&self, now: OffsetDateTime) -> IncidentLedger {
        IncidentLedger::of(now, &self.objects.incidents)
    }

    /// The import as the checks want it: what no file holds is missing, with that reason.
    pub fn subject<'a>(
        &'a self,
        ledger: &'a IncidentLedger,
        tenant_correlates: Option<bool>,
        now: OffsetDateTime,
    ) -> Subject<'a> {
        let objects = &self.objects;
        Subject {
            automation_rules: given(&objects.automation_rules, "automation rules"),
            analytics_rules: given(&objects.analytics_rules, "analytics rules"),
            playbooks: given(&objects.playbooks, "playbooks"),
            incidents: if objects.incidents.is_empty() {
                Given::Missing("no incidents in this import".to_owned())
            } else {
                Given::Read(ledger)
            },
            tenant_correlates,
            now,
        }
    }
}

fn given<'a, T>(all: &'a [T], noun: &str) -> Given<&'a [T]> {
    if all.is_empty() { Given::Missing(format!("no {noun} in this import")) } else { Given::Read(all) }
}

/// Reads files and folders. Never fails as a whole.
pub fn read(paths: &[PathBuf]) -> Import {
    let mut reading = Reading::default();
    for entry in scan::entries(paths) {
        match entry {
            scan::Entry::Refused { path, because } => reading.refuse(&path, &because),
            scan::Entry::File { path, named, size } => reading.file(path, named, size),
        }
    }
    reading.finish()
}

/// One file as it is written, before any expression in it is resolved: to show where a finding stands.
///
/// # Errors
/// Why it can't be read, as a clause.
pub fn document(path: &Path) -> Result<serde_json::Value, String> {
    jsonc::parse(&content(path)?).map_err(|fault| format!("it is not valid JSON: {fault}"))
}

/// A document that was parsed and waits for its parameters.
struct Document {
    path: PathBuf,
    tree: Tree,
    /// Its place in the list of reports.
    report: usize,
}

#[derive(Default)]
struct Reading {
    files: Vec<FileReport>,
    documents: Vec<Document>,
    total: u64,
}

impl Reading {
    fn refuse(&mut self, path: &Path, because: &str) {
        self.report(path, false, because.to_owned());
    }

    fn report(&mut self, path: &Path, read: bool, reason: String) {
        self.files.push(FileReport { file: path.to_string_lossy().into_owned(), read, reason });
    }

    fn file(&mut self, path: PathBuf, named: bool, size: u64) {
        let advice = advice::instead(&ending(&path));
        if size > MAX_FILE {
            return self.refuse(&path, "it is larger than 64 MB");
        }
        if self.total.saturating_add(size) > MAX_TOTAL {
            return self.refuse(&path, "the import is larger than 512 MB; import fewer files at once");
        }
        if let (Some(advice), false) = (advice, named) {
            return self.refuse(&path, advice);
        }
        self.total += size;
        match content(&path).and_then(|text| parse(&text, advice)) {
            Ok(tree) => {
                self.report(&path, true, String::new());
                let report = self.files.len() - 1;
                self.documents.push(Document { path, tree, report });
            }
            Err(because) => self.refuse(&path, &because),
        }
    }

    fn finish(mut self) -> Import {
        let mut parameters = HashMap::new();
        let (values, documents): (Vec<_>, Vec<_>) = std::mem::take(&mut self.documents)
            .into_iter()
            .partition(|d| document::is_parameter_file(&d.tree));
        for file in &values {
            let template = documents.iter().find(|d| gives_to(&file.path, &d.path));
            self.files[file.report].reason = match template {
                Some(template) => {
                    parameters.insert(template.report, document::parameter_values(&file.tree));
                    format!("parameter values for `{}`", template.path.to_string_lossy())
                }
                None => "parameter values, but no template of that name lies beside them".to_owned(),
            };
        }
        let mut import = Import { objects: Objects::default(), files: self.files };
        for document in &documents {
            let given = parameters.remove(&document.report).unwrap_or_default();
            let file = import.files[document.report].file.clone();
            let objects = document::objects(&document.tree, &file, given);
            import.files[document.report].reason = objects.summary();
            import.objects.take(objects);
        }
        import
    }
}

/// The file's text. Bounded once more while reading, since a file may grow.
fn content(path: &Path) -> Result<String, String> {
    let mut bytes = Vec::new();
    File::open(path)
        .and_then(|file| file.take(MAX_FILE + 1).read_to_end(&mut bytes))
        .map_err(|error| scan::reason(&error))?;
    if bytes.len() as u64 > MAX_FILE {
        return Err("it is larger than 64 MB".to_owned());
    }
    encoding::decode(&bytes).map_err(|error| match error {
        encoding::Undecodable::Utf8 { at } => {
            format!("it is neither UTF-8 nor UTF-16 (byte {at}); save it as UTF-8")
        }
        encoding::Undecodable::Utf16 => "its UTF-16 is broken; save it as UTF-8".to_owned(),
    })
}

/// A file that opens like JSON is read as JSON, whatever its name says; another gets the advice for its name.
fn parse(text: &str, advice: Option<&'static str>) -> Result<Tree, String> {
    if text.trim().is_empty() {
        return Err("the file is empty".to_owned());
    }
    let advice = advice.or_else(|| (!opens_like_json(text)).then_some(advice::NO_JSON));
    match jsonc::parse(text) {
        Ok(value) => Ok(translate::tree::from_json(&value)),
        Err(fault) => Err(advice.map_or_else(|| format!("it is not valid JSON: {fault}"), str::to_owned)),
    }
}

fn opens_like_json(text: &str) -> bool {
    // A slash opens a comment.
    text.trim_start().starts_with(['{', '[', '/'])
}

/// The part after the last dot; Terraform's own JSON counts as Terraform.
fn ending(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    if name.to_ascii_lowercase().ends_with(".tf.json") {
        return "tf".to_owned();
    }
    let ending = path.extension().unwrap_or_default();
    ending.to_string_lossy().into_owned()
}

/// Whether a parameter file belongs to a template beside it: `x.parameters.json` to `x.json`, and, as the portal's
/// export names them, `parameters.json` to `template.json`.
fn gives_to(parameters: &Path, template: &Path) -> bool {
    let stem = |path: &Path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let name = name.to_ascii_lowercase();
        name.strip_suffix(".json").unwrap_or(&name).to_owned()
    };
    let (values, own) = (stem(parameters), stem(template));
    let named = ["parameters", "parameter", "params", "param"]
        .iter()
        .any(|end| values.strip_suffix(end).is_some_and(|s| s.trim_end_matches(['.', '-', '_']) == own));
    let exported = values == "parameters" && own == "template";
    parameters.parent() == template.parent() && (named || exported)
}
