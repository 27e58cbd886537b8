//! PB-06: playbooks that read fields which change.

use super::outcome::Outcome;
use super::subject::Subject;
use crate::tree::{Source, Tree};

/// Incident fields as the connector names them; alerts write theirs in Pascal case, so case tells them apart.
const FIELDS: [&str; 3] = ["description", "providerName", "incidentUrl"];

pub(super) fn judge(subject: &Subject<'_>) -> Outcome {
    subject.each_playbook(|playbook, finding| {
        let at = &playbook.definition_at;
        playbook.definition.walk(&at.path, &mut |path, node| {
            if text_of(node).is_some_and(reads_changing_field) {
                let place = Source { file: at.file.clone(), path: path.to_owned(), raw: Some(node.raw()) };
                finding.review(playbook, &place);
            }
        });
    })
}

/// An unresolved template text still shows what it reads.
fn text_of(node: &Tree) -> Option<&str> {
    match node {
        Tree::Text(text) => Some(text),
        Tree::Unknown(unknown) => Some(&unknown.raw),
        _ => None,
    }
}

fn reads_changing_field(text: &str) -> bool {
    text.to_ascii_lowercase().contains("portal.azure.com")
        || (text.contains('@') && FIELDS.iter().any(|field| reads(text, field)))
}

/// `?['field']`, `["field"]` or `.field` in a workflow expression; the word in prose is not a read.
fn reads(text: &str, field: &str) -> bool {
    text.match_indices(field).any(|(at, _)| {
        let before = &text[..at];
        let after = &text[at + field.len()..];
        let quoted = (before.ends_with('\'') || before.ends_with('"'))
            && (after.starts_with('\'') || after.starts_with('"'))
            && before.trim_end_matches(['\'', '"']).ends_with('[');
        let dotted = before.ends_with('.') && !before.ends_with("..") && !continues(after);
        quoted || (dotted && before.ends_with("properties."))
    })
}

fn continues(after: &str) -> bool {
    after.chars().next().is_some_and(|c| c.is_ascii_alphanumeric() || c == '_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_are_told_from_prose_and_from_other_fields() {
        for text in [
            "@triggerBody()?['object']?['properties']?['description']",
            "<p>@{triggerBody()['object']['properties']['incidentUrl']}</p>",
            "@{body('Get').properties.providerName}",
            "see https://Portal.Azure.com/#x",
            "[concat('@{triggerBody()?[''properties'']?[''description'']}', variables('x'))]",
        ] {
            assert!(reads_changing_field(text), "{text}");
        }
        for text in [
            "a description of things, mail soc@contoso.com",
            "@triggerBody()?['object']?['properties']?['providerIncidentUrl']",
            "@triggerBody()?['Description']",
            "@outputs('x')?['descriptionText']",
        ] {
            assert!(!reads_changing_field(text), "{text}");
        }
    }
}
