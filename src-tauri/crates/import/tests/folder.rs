//! Folders and hostile files: each file is read or refused with a reason, and none stops the others.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::path::Path;

use import::{FileReport, Import};

const RULE: &str =
    r#"{"properties": {"displayName": "ü", "triggeringLogic": {"isEnabled": true}, "actions": []}}"#;

fn report<'a>(import: &'a Import, end: &str) -> &'a FileReport {
    let found = import.files.iter().find(|f| f.file.ends_with(end));
    found.unwrap_or_else(|| panic!("no report for {end}: {:?}", import.files))
}

fn wide(text: &str, mark: [u8; 2], bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    let body: Vec<u8> = text.encode_utf16().flat_map(bytes).collect();
    [mark.to_vec(), body].concat()
}

#[test]
fn good_files_are_read_beside_broken_ones() {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    };
    put("le.json", &wide(RULE, [0xFF, 0xFE], u16::to_le_bytes));
    put("be.json", &wide(RULE, [0xFE, 0xFF], u16::to_be_bytes));
    put("deep/er/bom.json", format!("\u{FEFF}{RULE}").as_bytes());
    put("comments.jsonc", format!("// a rule\n{RULE} /* end */").as_bytes());
    put("cut.json", &RULE.as_bytes()[..60]);
    put("latin.json", b"{\"a\": \"\xFC\"}");
    put("empty.json", b" \n");
    put("main.bicep", b"param x string");
    put("main.tf", b"resource x {}");
    put("rule.yaml", b"id: x");
    put("notes.md", b"# notes");
    put("odd.xyz", b"?");
    put("LICENSE", b"Permission is granted");
    put("main.tf.json", b"{\"resource\": {}}");
    put(".git/config", b"[core]");
    let import = import::read(&[folder.path().to_owned()]);
    assert_eq!(import.objects.automation_rules.len(), 4);
    assert!(import.objects.automation_rules.iter().all(|r| r.name == "ü"));
    for name in ["le.json", "be.json", "bom.json", "comments.jsonc"] {
        assert!(report(&import, name).read, "{name}");
    }
    for (name, because) in [
        ("cut.json", "it is not valid JSON: line 1, column 60"),
        ("latin.json", "neither UTF-8 nor UTF-16 (byte 7)"),
        ("empty.json", "the file is empty"),
        ("main.bicep", "az bicep build"),
        ("main.tf", "terraform show -json"),
        ("rule.yaml", "as JSON"),
        ("notes.md", "not read"),
        ("odd.xyz", "JSON"),
        ("LICENSE", "imported as JSON"),
        ("main.tf.json", "terraform show -json"),
        (".git", "another tool"),
    ] {
        let file = report(&import, name);
        assert!(!file.read && file.reason.contains(because), "{name}: {}", file.reason);
    }
    assert_eq!(import.files.len(), 15);
}

#[test]
fn a_file_the_user_names_is_read_by_its_content() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("rule.md");
    fs::write(&path, RULE).unwrap();
    let import = import::read(&[path]);
    assert!(import.files[0].read, "{}", import.files[0].reason);
    assert_eq!(import.objects.automation_rules.len(), 1);
}

#[test]
fn an_empty_folder_and_a_missing_path_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let import = import::read(&[folder.path().to_owned(), folder.path().join("gone")]);
    assert_eq!(import.files[0].reason, "the folder is empty");
    assert_eq!(import.files[1].reason, "there is no such file or folder");
    assert!(import.files.iter().all(|f| !f.read));
}

#[cfg(unix)]
#[test]
fn links_are_not_followed_and_a_pipe_is_not_opened() {
    let outside = tempfile::tempdir().unwrap();
    fs::write(outside.path().join("rule.json"), RULE).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let link = |to: &Path, name: &str| std::os::unix::fs::symlink(to, folder.path().join(name)).unwrap();
    link(outside.path(), "folder");
    link(&outside.path().join("rule.json"), "file.json");
    link(folder.path(), "loop");
    let socket = folder.path().join("socket.json");
    let _listener = std::os::unix::net::UnixListener::bind(&socket).unwrap();
    let import = import::read(&[folder.path().to_owned()]);
    assert_eq!(import.objects.automation_rules, []);
    for name in ["folder", "file.json", "loop"] {
        assert!(report(&import, name).reason.contains("link"), "{name}");
    }
    assert_eq!(report(&import, "socket.json").reason, "it is neither a file nor a folder");
}

#[test]
fn a_hostile_template_ends() {
    let folder = tempfile::tempdir().unwrap();
    let mut variables =
        vec!["\"v0\": \"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"".to_owned()];
    for level in 1..40 {
        let below = format!("variables('v{}')", level - 1);
        variables.push(format!("\"v{level}\": \"[concat({below}, {below}, {below}, {below})]\""));
    }
    let template = format!(
        "{{\"$schema\": \"https://x/deploymentTemplate.json#\", \"variables\": {{{}}}, \"resources\": [
          {{\"type\": \"Microsoft.SecurityInsights/automationRules\", \"copy\": {{\"name\": \"c\", \"count\": 100000000}},
           \"properties\": {{\"displayName\": \"[variables('v39')]\", \"triggeringLogic\": {{}}, \"actions\": []}}}}]}}",
        variables.join(",")
    );
    fs::write(folder.path().join("bomb.json"), template).unwrap();
    let import = import::read(&[folder.path().to_owned()]);
    let rules = &import.objects.automation_rules;
    assert!(!rules.is_empty() && rules.len() <= 800, "{}", rules.len());
    assert!(rules.iter().all(|r| r.name.len() < 2 << 20));
}
