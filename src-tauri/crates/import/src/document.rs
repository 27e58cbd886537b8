//! What a document is, and which objects lie in it.
//!
//! A document may be a single resource, a list as the REST API answers it, an API example, an ARM template, a
//! Terraform plan, or a wrapper of any of these. Order matters: the narrow forms are tried first.

use std::collections::HashMap;

use domain::analytics_rule::AnalyticsRule;
use domain::automation::AutomationRule;
use domain::playbook::Playbook;
use domain::readiness::IncidentFacts;
use domain::tree::{Tree, step};
use translate::Node;

use crate::template::scope::Scope;
use crate::template::{self, Resource};

mod example;
mod kind;
mod plan;

pub use kind::Kind;

/// How deep a wrapper may hide what it holds.
const MAX_DEPTH: usize = 8;

/// The objects of one document or of many.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Objects {
    pub automation_rules: Vec<AutomationRule>,
    pub analytics_rules: Vec<AnalyticsRule>,
    pub playbooks: Vec<Playbook>,
    pub incidents: Vec<IncidentFacts>,
    /// Sentences on what could not be followed.
    pub notes: Vec<String>,
}

impl Objects {
    /// Adds another document's objects.
    pub fn take(&mut self, other: Objects) {
        self.automation_rules.extend(other.automation_rules);
        self.analytics_rules.extend(other.analytics_rules);
        self.playbooks.extend(other.playbooks);
        self.incidents.extend(other.incidents);
        self.notes.extend(other.notes);
    }

    /// How many there are of a kind.
    pub fn count(&self, kind: Kind) -> usize {
        match kind {
            Kind::AutomationRule => self.automation_rules.len(),
            Kind::AnalyticsRule => self.analytics_rules.len(),
            Kind::Playbook => self.playbooks.len(),
            Kind::Incident => self.incidents.len(),
        }
    }

    /// "2 automation rules, 1 playbook", with the notes.
    pub fn summary(&self) -> String {
        let kinds = [Kind::AutomationRule, Kind::AnalyticsRule, Kind::Playbook, Kind::Incident];
        let counted: Vec<_> = kinds
            .into_iter()
            .filter(|kind| self.count(*kind) > 0)
            .map(|kind| kind.counted(self.count(kind)))
            .collect();
        let what = if counted.is_empty() {
            "no automation rules, analytics rules, playbooks or incidents in it".to_owned()
        } else {
            counted.join(", ")
        };
        let mut notes = self.notes.clone();
        notes.dedup();
        std::iter::once(what).chain(notes).collect::<Vec<_>>().join("; ")
    }
}

/// Whether the document only gives values to a template.
pub fn is_parameter_file(tree: &Tree) -> bool {
    let schema = tree.get("$schema").and_then(Tree::text).unwrap_or_default();
    schema.to_ascii_lowercase().contains("deploymentparameters")
}

/// The values in a parameter file.
pub fn parameter_values(tree: &Tree) -> HashMap<String, Tree> {
    template::values(tree.get("parameters"), &Scope::bare())
}

/// Everything in a document. `given` are parameter values for the template it may be.
pub fn objects(tree: &Tree, file: &str, given: HashMap<String, Tree>) -> Objects {
    let mut reader = Reader { file, objects: Objects::default() };
    reader.document(tree, "", given, 0);
    reader.objects
}

struct Reader<'a> {
    file: &'a str,
    objects: Objects,
}

impl Reader<'_> {
    fn document(&mut self, tree: &Tree, path: &str, given: HashMap<String, Tree>, depth: usize) {
        if depth > MAX_DEPTH {
            return;
        }
        if example::is_example(tree) {
            let chosen = example::chosen(tree);
            chosen.iter().for_each(|(at, one)| self.document(one, at, HashMap::new(), depth + 1));
        } else if plan::is_plan(tree) {
            plan::resources(tree).into_iter().for_each(|one| self.resource(&one));
        } else if template::is_template(tree) {
            self.template(tree, path, given);
        } else if let Some(kind) = Kind::of(tree, None) {
            self.plain(kind, tree, path);
        } else {
            self.below(tree, path, depth);
        }
    }

    /// A wrapper: look into what it holds.
    fn below(&mut self, tree: &Tree, path: &str, depth: usize) {
        match tree {
            Tree::List(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.document(item, &format!("{path}[{index}]"), HashMap::new(), depth + 1);
                }
            }
            Tree::Map(members) => {
                for (key, value) in members {
                    self.document(value, &step(path, key), HashMap::new(), depth + 1);
                }
            }
            _ => {}
        }
    }

    fn template(&mut self, tree: &Tree, path: &str, given: HashMap<String, Tree>) {
        let found = template::resources(tree, given);
        self.objects.notes.extend(found.notes);
        for mut resource in found.resources {
            if !path.is_empty() {
                resource.path = format!("{path}.{}", resource.path);
            }
            self.resource(&resource);
        }
    }

    fn resource(&mut self, resource: &Resource) {
        if let Some(kind) = Kind::of(&resource.now, Some(&resource.kind)) {
            let node = Node::in_file(&resource.now, &resource.written, self.file, &resource.path);
            self.keep(kind, &node);
        } else if resource.kind.ends_with("/contenttemplates") {
            self.objects
                .notes
                .push("content templates are installed, not switched on, and are not checked".to_owned());
        }
    }

    /// A resource that stands alone; expressions in it have nothing to refer to.
    fn plain(&mut self, kind: Kind, written: &Tree, path: &str) {
        let now = Scope::bare().resolve(written);
        self.keep(kind, &Node::in_file(&now, written, self.file, path));
    }

    fn keep(&mut self, kind: Kind, node: &Node<'_>) {
        let objects = &mut self.objects;
        match kind {
            Kind::AutomationRule => objects.automation_rules.push(translate::automation_rule::read(node)),
            Kind::AnalyticsRule => objects.analytics_rules.push(translate::analytics_rule::read(node)),
            Kind::Playbook => objects.playbooks.push(translate::playbook::read(node)),
            Kind::Incident => objects.incidents.push(translate::incident_facts::read(node)),
        }
    }
}
