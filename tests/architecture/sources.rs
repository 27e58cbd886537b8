//! What no source file may hold, and which files must be there.

use crate::tree::{files, root, texts};

const TEXT: &[&str] = &[
    "rs", "toml", "ts", "tsx", "mjs", "js", "json", "jsonc", "md", "css", "html", "py", "kql", "yml", "sh",
    "txt",
];

/// Sockets by their types' names; the crates that may use them are those of `arrows`.
const SOCKET_TYPES: &[&str] = &["TcpStream", "TcpListener", "UdpSocket", "UnixStream", "ToSocketAddrs"];
const SOCKET_ROOMS: &[&str] = &["cloud", "smtp", "sandbox", "devhost"];

fn rust() -> Vec<(String, String)> {
    [texts("src-tauri", &["rs"]), texts("tests", &["rs"])].concat()
}

/// This file names what it looks for.
fn is_this_file(name: &str) -> bool {
    name == "tests/architecture/sources.rs"
}

fn with(found: impl Fn(&str, &str) -> bool) -> Vec<String> {
    let all = rust().into_iter().filter(|(name, text)| !is_this_file(name) && found(name, text));
    all.map(|(name, _)| name).collect()
}

#[test]
fn modules_are_files_of_their_own_name() {
    let old: Vec<_> = files("").into_iter().filter(|path| path.ends_with("mod.rs")).collect();
    assert!(old.is_empty(), "`foo.rs` + `foo/`, not mod.rs: {old:?}");
}

#[test]
fn no_test_is_switched_off() {
    let ignored = with(|_, text| text.contains("#[ignore"));
    assert!(ignored.is_empty(), "a test that never runs proves nothing: {ignored:?}");
    let script = texts("", &["ts", "tsx", "mjs"]).into_iter().filter(|(_, text)| {
        ["it.skip(", "test.skip(", "describe.skip(", "it.only(", "test.only("]
            .iter()
            .any(|word| text.contains(word))
    });
    let script: Vec<_> = script.map(|(name, _)| name).collect();
    assert!(script.is_empty(), "switched off, or switching the others off: {script:?}");
}

#[test]
fn no_test_sleeps() {
    let in_tests = |name: &str| name.starts_with("tests/");
    let sleepers =
        with(|name, text| in_tests(name) && (text.contains("thread::sleep") || text.contains("time::sleep")));
    assert!(sleepers.is_empty(), "wait for what is awaited, not for a time: {sleepers:?}");
}

#[test]
fn sockets_are_named_where_they_may_be_opened() {
    let room =
        |name: &str| SOCKET_ROOMS.iter().any(|room| name.starts_with(&format!("src-tauri/crates/{room}/")));
    let leaks = with(|name, text| {
        !name.starts_with("tests/") && !room(name) && SOCKET_TYPES.iter().any(|socket| text.contains(socket))
    });
    assert!(leaks.is_empty(), "a socket outside its rooms: {leaks:?}");
}

#[test]
fn no_crate_is_a_bag_of_helpers() {
    let bags = [
        "util.rs",
        "utils.rs",
        "helper.rs",
        "helpers.rs",
        "common.rs",
        "misc.rs",
        "manager.rs",
        "service.rs",
    ];
    let found = files("").into_iter().filter(|path| bags.iter().any(|bag| path.ends_with(bag)));
    let found: Vec<_> = found.collect();
    assert!(found.is_empty(), "a file is named after what it holds: {found:?}");
}

#[test]
fn no_file_names_a_package_registry() {
    let hosts = [
        ["registry.", "npmjs.org"].concat(),
        ["registry.", "yarnpkg.com"].concat(),
        ["files.", "pythonhosted.org"].concat(),
        ["pypi", ".org"].concat(),
        ["static.", "crates.io"].concat(),
        ["index.", "crates.io"].concat(),
        ["deb.", "debian.org"].concat(),
        ["proxy.", "golang.org"].concat(),
    ];
    let named = texts("", TEXT).into_iter().filter(|(_, text)| hosts.iter().any(|host| text.contains(host)));
    let named: Vec<_> = named.map(|(name, _)| name).collect();
    assert!(named.is_empty(), "packages come through their ordinary clients, wherever those look: {named:?}");
}

#[test]
fn every_module_opens_with_what_it_is() {
    let product = |name: &str| {
        name.starts_with("src-tauri/") && !name.contains("/tests/") && !name.ends_with("/tests.rs")
    };
    let bare = with(|name, text| product(name) && !text.starts_with("//"));
    assert!(bare.is_empty(), "these files don't say what they are: {bare:?}");
}

#[test]
fn the_top_level_is_as_drawn() {
    let mut seen: Vec<String> = std::fs::read_dir(root())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| !name.starts_with('.') && name != "target")
        .collect();
    seen.sort();
    let drawn = [
        "ARCHITECTURE.md",
        "Cargo.lock",
        "Cargo.toml",
        "LICENSE",
        "README.md",
        "icons",
        "rust-toolchain.toml",
        "src-tauri",
        "tests",
        "ui",
    ];
    assert_eq!(seen, drawn, "the top level is fixed; what a tool wants besides hides behind a dot");
}

#[test]
fn the_test_command_of_ci_is_the_readmes() {
    let ci = crate::tree::read(".ci/run");
    assert!(ci.contains("cargo xtask test"), "{ci}");
    let readme = crate::tree::read("README.md");
    assert!(readme.contains("cargo xtask test") && readme.contains("cargo xtask demo"));
}
