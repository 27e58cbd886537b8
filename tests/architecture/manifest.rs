//! The workspace as `cargo metadata` tells it: members and the edges that their manifests write down.

use std::process::Command;

use serde_json::Value;

use crate::tree;

/// One line of a member's manifest.
pub struct Edge {
    pub from: String,
    pub to: String,
    /// A crate of this workspace.
    pub ours: bool,
    /// Compiled into what ships: neither for tests nor for a build script.
    pub shipped: bool,
}

pub struct Workspace {
    pub members: Vec<String>,
    pub default_members: Vec<String>,
    pub edges: Vec<Edge>,
    pub packages: Vec<Value>,
}

pub fn workspace() -> Workspace {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version=1", "--no-deps", "--offline"])
        .current_dir(tree::root())
        .output()
        .unwrap();
    assert!(output.status.success(), "cargo metadata: {}", String::from_utf8_lossy(&output.stderr));
    let told: Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages = told["packages"].as_array().unwrap().clone();
    let edges = packages.iter().flat_map(edges_of).collect();
    let name = |package: &Value| package["name"].as_str().unwrap().to_owned();
    let by_default = told["workspace_default_members"].as_array().unwrap();
    let default_members =
        packages.iter().filter(|package| by_default.contains(&package["id"])).map(name).collect();
    Workspace { members: packages.iter().map(name).collect(), default_members, edges, packages }
}

fn edges_of(package: &Value) -> Vec<Edge> {
    let from = package["name"].as_str().unwrap();
    let edge = |dependency: &Value| Edge {
        from: from.to_owned(),
        to: dependency["name"].as_str().unwrap().to_owned(),
        ours: dependency["path"].is_string(),
        shipped: dependency["kind"].is_null(),
    };
    package["dependencies"].as_array().unwrap().iter().map(edge).collect()
}
