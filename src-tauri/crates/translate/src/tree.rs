//! JSON as a domain tree, word for word.
//!
//! An answer of the tenant holds literal text only, so nothing here looks for expressions; that is `import`'s, which
//! knows whether it reads a template.

use domain::tree::Tree;
use serde_json::Value;

/// The same document. Numbers keep their digits as far as the reader of the JSON kept them.
pub fn from_json(value: &Value) -> Tree {
    match value {
        Value::Null => Tree::Null,
        Value::Bool(value) => Tree::Bool(*value),
        Value::Number(number) => Tree::Number(number.to_string()),
        Value::String(text) => Tree::Text(text.clone()),
        Value::Array(items) => Tree::List(items.iter().map(from_json).collect()),
        Value::Object(members) => {
            Tree::Map(members.iter().map(|(key, value)| (key.clone(), from_json(value))).collect())
        }
    }
}
