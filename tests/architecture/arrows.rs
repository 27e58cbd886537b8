//! Who may name whom. A new crate has no row and fails here until its place is decided.

use crate::manifest::{Edge, Workspace, workspace};

/// A crate and the crates of ours that its manifest may name, for what ships.
const ARROWS: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("wire", &[]),
    ("translate", &["domain", "wire"]),
    ("import", &["domain", "wire", "translate"]),
    ("cloud", &["domain", "wire", "translate"]),
    ("smtp", &["domain"]),
    ("store", &["domain"]),
    ("keychain", &["domain"]),
    ("contract", &["domain"]),
    ("sandbox", &["wire"]),
    ("engine", &["domain", "wire", "translate", "import", "cloud", "smtp", "store"]),
    ("host", &["domain", "contract", "engine", "sandbox"]),
    ("desktop", &["host", "contract", "keychain"]),
    ("cli", &["host", "contract", "keychain"]),
    ("devhost", &["host", "contract"]),
    ("xtask", &[]),
];

/// The same for crates of others, where the room is to stay small.
const STRANGERS: &[(&str, &[&str])] = &[
    ("domain", &["time", "zeroize"]),
    ("wire", &["serde", "serde_json"]),
    ("translate", &["serde_json", "time"]),
    ("xtask", &[]),
];

/// Crates that open sockets or speak HTTP.
const SOCKETS: &[&str] = &[
    "azure_core",
    "azure_identity",
    "axum",
    "hickory-resolver",
    "hyper",
    "hyper-util",
    "lettre",
    "oauth2",
    "reqwest",
    "rustls",
    "tokio-rustls",
    "ureq",
];

/// Clients: what leaves the machine. Servers on loopback: the sandbox and devhost.
const WITH_SOCKETS: &[&str] = &["cloud", "smtp", "sandbox", "devhost", "tests"];

fn row(table: &[(&str, &'static [&'static str])], name: &str) -> Option<&'static [&'static str]> {
    table.iter().find(|(of, _)| *of == name).map(|(_, allowed)| *allowed)
}

fn wrong_arrows(workspace: &Workspace) -> Vec<String> {
    let bent =
        |edge: &&Edge| !row(ARROWS, &edge.from).is_some_and(|allowed| allowed.contains(&edge.to.as_str()));
    let ours = workspace.edges.iter().filter(|edge| edge.ours && edge.shipped && edge.from != "tests");
    ours.filter(bent).map(|edge| format!("{} -> {}", edge.from, edge.to)).collect()
}

#[test]
fn arrows_go_one_way() {
    let wrong = wrong_arrows(&workspace());
    assert!(wrong.is_empty(), "these dependencies point the wrong way: {wrong:?}");
}

#[test]
fn every_member_has_a_row() {
    let workspace = workspace();
    let unknown: Vec<_> =
        workspace.members.iter().filter(|name| *name != "tests" && row(ARROWS, name).is_none()).collect();
    assert!(unknown.is_empty(), "decide in ARROWS where these belong: {unknown:?}");
}

#[test]
fn a_wrong_arrow_would_be_seen() {
    let edge = |from: &str, to: &str| Edge { from: from.into(), to: to.into(), ours: true, shipped: true };
    let edges = vec![edge("sandbox", "domain"), edge("devhost", "keychain"), edge("host", "engine")];
    let workspace = Workspace { members: vec![], default_members: vec![], edges, packages: vec![] };
    assert_eq!(wrong_arrows(&workspace), ["sandbox -> domain", "devhost -> keychain"]);
}

#[test]
fn the_pure_crates_stay_pure() {
    let strange = workspace().edges.into_iter().filter(|edge| !edge.ours && edge.shipped).filter(|edge| {
        row(STRANGERS, &edge.from).is_some_and(|allowed| !allowed.contains(&edge.to.as_str()))
    });
    let strange: Vec<_> = strange.map(|edge| format!("{} -> {}", edge.from, edge.to)).collect();
    assert!(strange.is_empty(), "these would let the world into a pure crate: {strange:?}");
}

#[test]
fn sockets_are_opened_in_few_places() {
    let leaks = workspace().edges.into_iter().filter(|edge| {
        edge.shipped && SOCKETS.contains(&edge.to.as_str()) && !WITH_SOCKETS.contains(&edge.from.as_str())
    });
    let leaks: Vec<_> = leaks.map(|edge| format!("{} -> {}", edge.from, edge.to)).collect();
    assert!(leaks.is_empty(), "only cloud and smtp reach out: {leaks:?}");
}

#[test]
fn the_core_builds_without_the_window() {
    let workspace = workspace();
    assert!(workspace.members.iter().any(|name| name == "desktop"));
    let defaults = &workspace.default_members;
    assert!(
        !defaults.iter().any(|name| name == "desktop"),
        "`desktop` needs webkit and is no default member"
    );
    assert_eq!(
        defaults.len() + 1,
        workspace.members.len(),
        "a member besides `desktop` is left out: {defaults:?}"
    );
}

#[test]
fn every_member_has_our_licence_and_is_published_nowhere() {
    for package in workspace().packages {
        assert_eq!(package["license"], "MIT", "{}", package["name"]);
        assert_eq!(package["publish"], serde_json::json!([]), "{} could be published", package["name"]);
    }
}
