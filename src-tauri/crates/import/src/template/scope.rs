//! What an expression of a template can see: parameters, variables, and the turn of a copy loop.
//!
//! A value that only a deployment knows is [`Tree::Unknown`] with the reason; nothing is guessed. Work is bounded by a
//! budget, because templates come from strangers.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use domain::tree::{Tree, Unknown};

use super::expression::{self, Expression};
use super::function;

/// What a template may make while it is resolved: nodes, and texts by 64 bytes. A large file gets more.
const BUDGET: usize = 1_000_000;

/// How deep values may lead to values (a parameter's default that reads a variable that reads …).
const MAX_DEPTH: usize = 48;

/// Names and values of one template, evaluated when asked for.
pub struct Scope<'a> {
    /// `parameters` of the template: declarations with defaults.
    declared: Option<&'a Tree>,
    /// Values from a parameter file or the outer template, resolved.
    given: HashMap<String, Tree>,
    variables: Option<&'a Tree>,
    /// Whether any bracketed text is an expression; outside templates only what is plainly one.
    template: bool,
    /// Innermost last: the loop's name and its turn.
    turns: RefCell<Vec<(String, i64)>>,
    known: RefCell<HashMap<String, Tree>>,
    open: RefCell<Vec<String>>,
    /// Shared with the scopes of nested templates.
    budget: Rc<Cell<usize>>,
}

impl<'a> Scope<'a> {
    /// The scope of a template, with the values that were given from outside.
    pub fn of_template(template: &'a Tree, given: HashMap<String, Tree>) -> Scope<'a> {
        Scope {
            declared: template.get("parameters"),
            given: given.into_iter().map(|(name, value)| (name.to_ascii_lowercase(), value)).collect(),
            variables: template.get("variables"),
            template: true,
            budget: Rc::new(Cell::new(BUDGET + 4 * function::weight(template))),
            ..Scope::bare()
        }
    }

    /// The scope of a template nested in this one, with values of its own and the same budget.
    pub fn inner<'b>(&self, template: &'b Tree, given: HashMap<String, Tree>) -> Scope<'b> {
        Scope { budget: Rc::clone(&self.budget), ..Scope::of_template(template, given) }
    }

    /// The scope of a document that is no template: it declares nothing.
    pub fn bare() -> Scope<'a> {
        Scope {
            declared: None,
            given: HashMap::new(),
            variables: None,
            template: false,
            turns: RefCell::default(),
            known: RefCell::default(),
            open: RefCell::default(),
            budget: Rc::new(Cell::new(BUDGET)),
        }
    }

    /// The document with every expression replaced by its value, or by [`Tree::Unknown`].
    pub fn resolve(&self, written: &Tree) -> Tree {
        let cost = match written {
            Tree::Text(_) => function::weight(written),
            _ => 1,
        };
        if !self.spend(cost) {
            return unknown("the template is too large to resolve", "");
        }
        match written {
            Tree::Text(text) => self.resolve_text(text),
            Tree::List(items) => Tree::List(items.iter().map(|item| self.resolve(item)).collect()),
            Tree::Map(members) => self.resolve_map(members),
            other => other.clone(),
        }
    }

    fn resolve_map(&self, members: &[(String, Tree)]) -> Tree {
        let mut resolved = Vec::with_capacity(members.len());
        for (key, value) in members {
            match value {
                Tree::List(loops) if self.template && key == "copy" && is_copy(loops) => {
                    resolved.extend(loops.iter().map(|one| self.property_copy(one)));
                }
                value => resolved.push((key.clone(), self.resolve(value))),
            }
        }
        Tree::Map(resolved)
    }

    /// `copy: [{name, count, input}]` inside an object makes a list named `name`.
    fn property_copy(&self, one: &Tree) -> (String, Tree) {
        let name = one.get("name").and_then(Tree::text).unwrap_or_default();
        let input = one.get("input").unwrap_or(&Tree::Null);
        let count = one.get("count").map(|count| self.resolve(count));
        let list = match count.as_ref().and_then(function::whole) {
            Some(count) => Tree::List(self.repeat(name, count, || self.resolve(input))),
            None => unknown("how often it is repeated is not known", &one.raw()),
        };
        (name.to_owned(), list)
    }

    /// Runs `make` once per turn of a loop; at most 800 turns, ARM's own limit.
    pub fn repeat<T>(&self, name: &str, count: i64, make: impl Fn() -> T) -> Vec<T> {
        (0..count.clamp(0, 800))
            .map(|turn| {
                self.turns.borrow_mut().push((name.to_ascii_lowercase(), turn));
                let made = make();
                self.turns.borrow_mut().pop();
                made
            })
            .collect()
    }

    fn resolve_text(&self, text: &str) -> Tree {
        let Some(inner) = expression::inside(text) else {
            return Tree::Text(self.unescape(text));
        };
        match expression::parse(inner) {
            Some(expression) if self.template || function::all_known(&expression) => {
                with_raw(self.evaluate(&expression), text)
            }
            _ if self.template || inner.trim_start().starts_with("expr:") => {
                unknown("it is an expression that can't be read", text)
            }
            _ => Tree::Text(text.to_owned()),
        }
    }

    /// `[[` stands for a literal `[`, in templates only.
    fn unescape(&self, text: &str) -> String {
        match text.strip_prefix("[[") {
            Some(rest) if self.template => format!("[{rest}"),
            _ => text.to_owned(),
        }
    }

    /// The value of an expression; the raw text of an unknown is set by the caller.
    pub fn evaluate(&self, expression: &Expression) -> Tree {
        match expression {
            Expression::Text(text) => Tree::Text(text.clone()),
            Expression::Number(number) => Tree::Number(number.to_string()),
            Expression::Call { name, arguments } => {
                let arguments = arguments.iter().map(|a| self.evaluate(a)).collect();
                let value = self.call(&name.to_ascii_lowercase(), arguments);
                if self.spend(function::weight(&value)) {
                    value
                } else {
                    unknown("the template is too large to resolve", "")
                }
            }
            Expression::Member(of, key) => function::member(self.evaluate(of), key),
            Expression::Index(of, at) => function::index(self.evaluate(of), &self.evaluate(at)),
        }
    }

    fn call(&self, name: &str, arguments: Vec<Tree>) -> Tree {
        match (name, arguments.first().and_then(Tree::text)) {
            ("parameters", Some(parameter)) => self.parameter(parameter),
            ("variables", Some(variable)) => self.variable(variable),
            ("copyindex", _) => self.copy_index(&arguments),
            _ => function::call(name, arguments),
        }
    }

    fn parameter(&self, name: &str) -> Tree {
        if let Some(value) = self.given.get(&name.to_ascii_lowercase()) {
            return value.clone();
        }
        let default = self.declared.and_then(|all| all.get(name)).and_then(|one| one.get("defaultValue"));
        match default {
            Some(default) => self.once(&format!("parameter `{name}`"), default),
            None if self.template => unknown(&format!("parameter `{name}` has no value in this file"), ""),
            None => unknown(&format!("the parameters are not in this file, so `{name}` is open"), ""),
        }
    }

    fn variable(&self, name: &str) -> Tree {
        let what = format!("variable `{name}`");
        if let Some(value) = self.variables.and_then(|all| all.get(name)) {
            return self.once(&what, value);
        }
        let copied = self
            .variables
            .and_then(|all| all.get("copy"))
            .and_then(Tree::list)
            .unwrap_or(&[])
            .iter()
            .find(|one| one.get("name").and_then(Tree::text) == Some(name));
        match copied {
            Some(one) => self.property_copy(one).1,
            None => unknown(&format!("{what} is not in this file"), ""),
        }
    }

    /// Resolves a named value once; one that leads back to itself is unknown.
    fn once(&self, what: &str, written: &Tree) -> Tree {
        let key = what.to_ascii_lowercase();
        if let Some(value) = self.known.borrow().get(&key) {
            return value.clone();
        }
        if self.open.borrow().contains(&key) {
            return unknown(&format!("{what} leads back to itself"), "");
        }
        if self.open.borrow().len() >= MAX_DEPTH {
            return unknown(&format!("{what} is nested too deep"), "");
        }
        self.open.borrow_mut().push(key.clone());
        let value = self.resolve(written);
        self.open.borrow_mut().pop();
        self.known.borrow_mut().insert(key, value.clone());
        value
    }

    /// `copyIndex()`, `copyIndex(offset)`, `copyIndex('loop')`, `copyIndex('loop', offset)`.
    fn copy_index(&self, arguments: &[Tree]) -> Tree {
        let turns = self.turns.borrow();
        let (turn, offset) = match arguments.first() {
            Some(Tree::Text(name)) => {
                let name = name.to_ascii_lowercase();
                (turns.iter().rev().find(|(n, _)| *n == name), arguments.get(1))
            }
            offset => (turns.last(), offset),
        };
        let offset = offset.and_then(function::whole).unwrap_or(0);
        match turn {
            Some((_, turn)) => Tree::Number(turn.saturating_add(offset).to_string()),
            None => unknown("the turn of the loop is not known", ""),
        }
    }

    /// Takes from the budget; false when it is used up.
    pub fn spend(&self, cost: usize) -> bool {
        let left = self.budget.get();
        self.budget.set(left.saturating_sub(cost));
        left > cost
    }
}

fn is_copy(loops: &[Tree]) -> bool {
    !loops.is_empty() && loops.iter().all(|one| one.has("name") && one.has("count"))
}

/// An unknown value, by reason and text.
pub fn unknown(because: &str, raw: &str) -> Tree {
    Tree::Unknown(Unknown { because: because.to_owned(), raw: raw.to_owned(), shape: None })
}

/// Writes the whole expression over the raw text of every unknown in its value.
fn with_raw(value: Tree, raw: &str) -> Tree {
    match value {
        Tree::Unknown(unknown) => Tree::Unknown(Unknown { raw: raw.to_owned(), ..unknown }),
        Tree::List(items) => Tree::List(items.into_iter().map(|i| fill_raw(i, raw)).collect()),
        Tree::Map(members) => {
            Tree::Map(members.into_iter().map(|(key, value)| (key, fill_raw(value, raw))).collect())
        }
        value => value,
    }
}

/// Inside a value, an unknown that already has its text keeps it.
fn fill_raw(value: Tree, raw: &str) -> Tree {
    match value {
        Tree::Unknown(unknown) if !unknown.raw.is_empty() => Tree::Unknown(unknown),
        value => with_raw(value, raw),
    }
}
