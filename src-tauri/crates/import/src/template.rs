//! ARM templates: from a document with parameters, variables and nested deployments to the resources it would make.
//!
//! Nothing is deployed and nothing is asked; what only a deployment knows stays unknown. A resource whose condition is
//! known to be false is left out, any other is kept.

use std::collections::HashMap;

use domain::tree::{Tree, step};

pub mod expression;
pub mod function;
pub mod scope;

use scope::Scope;

/// A resource as the template would make it.
#[derive(Clone, Debug, PartialEq)]
pub struct Resource {
    /// Full type, in lower case where it could be read.
    pub kind: String,
    pub path: String,
    pub now: Tree,
    pub written: Tree,
}

/// How many resources one template may make.
const MAX_RESOURCES: usize = 10_000;
/// How deep deployments may nest.
const MAX_DEPTH: usize = 8;

/// What was found in a template.
#[derive(Debug, Default)]
pub struct Found {
    pub resources: Vec<Resource>,
    /// Sentences on what could not be followed.
    pub notes: Vec<String>,
}

/// Whether a document is a template: it lists resources, and they look like ARM's.
pub fn is_template(tree: &Tree) -> bool {
    let of_arm = |one: &Tree| one.has("type") || one.has("apiVersion") || one.has("properties");
    match tree.get("resources") {
        Some(Tree::List(items)) => tree.has("$schema") || items.first().is_some_and(of_arm),
        Some(Tree::Map(members)) => tree.has("$schema") && members.iter().all(|(_, one)| of_arm(one)),
        _ => false,
    }
}

/// Every resource of the template, with `given` as parameter values by name.
pub fn resources(template: &Tree, given: HashMap<String, Tree>) -> Found {
    let scope = Scope::of_template(template, given);
    let mut found = Found::default();
    let list = template.get("resources").unwrap_or(&Tree::Null);
    Walk { found: &mut found }.all(list, "resources", "", &scope, 0);
    found
}

struct Walk<'f> {
    found: &'f mut Found,
}

impl Walk<'_> {
    /// A list of resources, or an object of them by symbolic name.
    fn all(&mut self, list: &Tree, path: &str, parent: &str, scope: &Scope<'_>, depth: usize) {
        match list {
            Tree::List(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.one(item, &format!("{path}[{index}]"), parent, scope, depth);
                }
            }
            Tree::Map(members) => {
                for (name, item) in members {
                    self.one(item, &step(path, name), parent, scope, depth);
                }
            }
            _ => {}
        }
    }

    fn one(&mut self, written: &Tree, path: &str, parent: &str, scope: &Scope<'_>, depth: usize) {
        if !scope.spend(1) {
            self.note("it is too large to resolve; the rest is left out".into());
            return;
        }
        if self.found.resources.len() >= MAX_RESOURCES {
            self.note("it makes more than 10,000 resources; the rest is left out".into());
            return;
        }
        let Some(copy) = written.get("copy").filter(|copy| copy.map().is_some()) else {
            self.made(written, path, parent, scope, depth);
            return;
        };
        let count = copy.get("count").map(|count| scope.resolve(count));
        let name = copy.get("name").and_then(Tree::text).unwrap_or_default();
        match count.as_ref().and_then(function::whole) {
            Some(count) => {
                let walk = std::cell::RefCell::new(self);
                scope.repeat(name, count, || {
                    if let Ok(mut walk) = walk.try_borrow_mut() {
                        walk.made(written, path, parent, scope, depth);
                    }
                });
            }
            // Once, with an unknown turn: better than not at all.
            None => self.made(written, path, parent, scope, depth),
        }
    }

    fn made(&mut self, written: &Tree, path: &str, parent: &str, scope: &Scope<'_>, depth: usize) {
        let condition = written.get("condition").map(|c| scope.resolve(c));
        let full = self.found.resources.len() >= MAX_RESOURCES;
        if full || condition == Some(Tree::Bool(false)) || !scope.spend(1) {
            return;
        }
        let kind = full_kind(written, parent, scope);
        if kind == "microsoft.resources/deployments" {
            self.nested(written, path, scope, depth);
            return;
        }
        if let Some(children) = written.get("resources") {
            self.all(children, &step(path, "resources"), &kind, scope, depth);
        }
        self.found.resources.push(Resource {
            now: scope.resolve(written),
            written: written.clone(),
            path: path.to_owned(),
            kind,
        });
    }

    /// A deployment inside the template: by default its expressions are the outer template's, with `inner` its own.
    fn nested(&mut self, written: &Tree, path: &str, scope: &Scope<'_>, depth: usize) {
        let Some(template) = written.at("properties.template") else {
            self.note(format!("the linked template at `{path}` is not in this file"));
            return;
        };
        if depth >= MAX_DEPTH {
            self.note("its deployments nest too deep".into());
            return;
        }
        let list = template.get("resources").unwrap_or(&Tree::Null);
        let path = format!("{path}.properties.template.resources");
        let evaluation = written.at("properties.expressionEvaluationOptions.scope");
        let is_inner = evaluation.and_then(Tree::text).is_some_and(|word| word.eq_ignore_ascii_case("inner"));
        if is_inner {
            let given = values(written.at("properties.parameters"), scope);
            let own = scope.inner(template, given);
            self.all(list, &path, "", &own, depth + 1);
        } else {
            self.all(list, &path, "", scope, depth + 1);
        }
    }

    fn note(&mut self, note: String) {
        if !self.found.notes.contains(&note) {
            self.found.notes.push(note);
        }
    }
}

/// The type in lower case; a child's is joined to its parent's.
fn full_kind(written: &Tree, parent: &str, scope: &Scope<'_>) -> String {
    let kind = written.get("type").map(|kind| scope.resolve(kind));
    let own = match kind {
        Some(Tree::Text(kind)) => kind.to_ascii_lowercase(),
        _ => String::new(),
    };
    if parent.is_empty() || own.starts_with("microsoft.") { own } else { format!("{parent}/{own}") }
}

/// Parameter values by name: `{name: {value}}`. A null, or a reference into a key vault, is no value.
pub fn values(parameters: Option<&Tree>, scope: &Scope<'_>) -> HashMap<String, Tree> {
    let members = parameters.and_then(Tree::map).unwrap_or(&[]);
    members
        .iter()
        .filter_map(|(name, one)| {
            let value = one.get("value").filter(|v| **v != Tree::Null)?;
            Some((name.clone(), scope.resolve(value)))
        })
        .collect()
}
