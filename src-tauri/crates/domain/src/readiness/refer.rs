//! Following a reference from one object to another by ARM id.
//!
//! Ids and types are compared without case: Microsoft's own answers differ in it. A file often gives only a name, or
//! an id with deployment-time parts; then the last part of the id is what is compared.

use std::collections::HashMap;

use crate::analytics_rule::AnalyticsRule;
use crate::playbook::Playbook;
use crate::tree::{Setting, Unknown};

/// Something that can be referred to.
pub(super) trait Target {
    fn id(&self) -> Option<&str>;
    fn resource_name(&self) -> &Setting<String>;
}

impl Target for AnalyticsRule {
    fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }
    fn resource_name(&self) -> &Setting<String> {
        &self.resource_name
    }
}

impl Target for Playbook {
    fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }
    fn resource_name(&self) -> &Setting<String> {
        &self.resource_name
    }
}

/// Where a reference leads.
pub(super) enum Lead<'a, T> {
    To(&'a T),
    Nowhere,
    /// The reference, or an object it could mean, can't be read.
    Unclear(Unknown),
}

/// Targets by what names them.
pub(super) struct Index<'a, T> {
    by_id: HashMap<String, &'a T>,
    /// Objects of files that give no id.
    by_bare_name: HashMap<String, &'a T>,
    by_any_name: HashMap<String, &'a T>,
    nameless: Option<Unknown>,
}

impl<'a, T: Target> Index<'a, T> {
    pub fn over(targets: &'a [T]) -> Index<'a, T> {
        let mut index = Index {
            by_id: HashMap::new(),
            by_bare_name: HashMap::new(),
            by_any_name: HashMap::new(),
            nameless: None,
        };
        targets.iter().for_each(|target| index.add(target));
        index
    }

    fn add(&mut self, target: &'a T) {
        let name = target.resource_name();
        match (target.id(), name) {
            (Some(id), _) => {
                let id = id.to_ascii_lowercase();
                self.by_any_name.insert(last(&id).to_owned(), target);
                self.by_id.insert(id, target);
            }
            (None, Setting::Known(name)) => {
                let name = name.to_ascii_lowercase();
                self.by_any_name.insert(name.clone(), target);
                self.by_bare_name.insert(name, target);
            }
            (None, Setting::Unknown(unknown)) => self.nameless = Some(may_be_meant(unknown)),
            (None, Setting::Absent) => {}
        }
    }

    /// Where `reference` leads; None when there is no reference.
    pub fn follow(&self, reference: &Setting<String>) -> Option<Lead<'a, T>> {
        let found = match reference {
            Setting::Absent => return None,
            Setting::Known(id) => self.by_id(&id.to_ascii_lowercase()),
            Setting::Unknown(unknown) => {
                let Some(name) = unknown.last_segment() else {
                    return Some(Lead::Unclear(unknown.clone()));
                };
                self.by_any_name.get(&name.to_ascii_lowercase()).copied()
            }
        };
        Some(match (found, &self.nameless) {
            (Some(target), _) => Lead::To(target),
            (None, Some(unknown)) => Lead::Unclear(unknown.clone()),
            (None, None) => Lead::Nowhere,
        })
    }

    /// A target that has an id of its own is only met by that id: names repeat between workspaces.
    fn by_id(&self, id: &str) -> Option<&'a T> {
        let bare = || self.by_bare_name.get(last(id));
        self.by_id.get(id).or_else(bare).copied()
    }
}

/// A miss is then no proof.
fn may_be_meant(unknown: &Unknown) -> Unknown {
    Unknown {
        because: format!("an object whose name can't be read may be meant ({})", unknown.because),
        ..unknown.clone()
    }
}

fn last(id: &str) -> &str {
    id.rsplit('/').next().unwrap_or(id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::HOLE;

    fn rule(id: Option<&str>, name: Setting<String>) -> AnalyticsRule {
        AnalyticsRule { id: id.map(str::to_owned), resource_name: name, ..AnalyticsRule::default() }
    }

    fn unknown(shape: Option<&str>) -> Setting<String> {
        Setting::Unknown(Unknown {
            because: "deployment decides".into(),
            raw: "[…]".into(),
            shape: shape.map(str::to_owned),
        })
    }

    #[test]
    fn an_id_is_met_without_case_and_never_by_a_namesake_of_another_workspace() {
        let rules = [rule(Some("/w1/alertRules/A"), Setting::Known("A".into()))];
        let index = Index::over(&rules);
        let to = |id: &str| index.follow(&Setting::Known(id.into()));
        assert!(matches!(to("/W1/ALERTRULES/a"), Some(Lead::To(_))));
        assert!(matches!(to("/w2/alertRules/A"), Some(Lead::Nowhere)));
    }

    #[test]
    fn a_name_is_enough_where_the_file_gives_no_id_or_the_id_has_holes() {
        let rules = [rule(None, Setting::Known("A".into()))];
        let index = Index::over(&rules);
        let id = Setting::Known("/any/alertRules/a".to_owned());
        assert!(matches!(index.follow(&id), Some(Lead::To(_))));
        let shaped = unknown(Some(&format!("/s/{HOLE}/alertRules/A")));
        assert!(matches!(index.follow(&shaped), Some(Lead::To(_))));
        assert!(matches!(index.follow(&unknown(None)), Some(Lead::Unclear(_))));
    }

    #[test]
    fn a_rule_whose_name_is_unknown_keeps_a_miss_from_being_proof() {
        let rules = [rule(None, unknown(None))];
        let lead = Index::over(&rules).follow(&Setting::Known("/x/alertRules/B".into()));
        assert!(matches!(lead, Some(Lead::Unclear(_))));
        assert!(Index::over(&rules).follow(&Setting::Absent).is_none());
    }
}
