//! What was read of each kind for the checks, and what was not.
//!
//! Never here: a list that counts as whole because nobody said otherwise. Azure leaves out of a list what the account
//! may not see, so an empty one proves nothing where rules name what should be in it.

use domain::automation::AutomationRule;
use domain::playbook::Playbook;
use domain::readiness::Given;
use store::{Collection, Listing};

use super::PLAYBOOK;

/// What was read of a kind over all places, with what was not.
pub(super) fn given<'a, T>(
    all: &'a [T],
    kind: &str,
    noun: &str,
    collections: &[Collection],
) -> Given<&'a [T]> {
    let mine: Vec<&Collection> = collections.iter().filter(|one| one.kind == kind).collect();
    let troubles: Vec<String> = mine
        .iter()
        .filter_map(|one| Some(format!("{} ({})", one.workspace, first_sentence(one.trouble.as_ref()?))))
        .collect();
    match (troubles.len(), mine.len()) {
        (_, 0) => Given::Missing(format!("no {noun} were read")),
        (0, _) => Given::Read(all),
        (failed, asked) if failed == asked => Given::Missing(format!("{noun} of {}", troubles.join(", "))),
        _ => Given::Partly(all, format!("{noun} of {}", troubles.join(", "))),
    }
}

/// Why a listing can't be relied on, in brackets where there is a reason; `None` where it was read to its end.
pub(super) fn why_unread(state: &Listing) -> Option<String> {
    match (&state.trouble, state.completed) {
        (Some(trouble), _) => Some(format!(" ({})", first_sentence(trouble))),
        (None, None) => Some(String::new()),
        (None, Some(_)) => None,
    }
}

/// Microsoft's own words stay with the source's trouble; a check's reason needs ours alone.
pub(crate) fn first_sentence(trouble: &str) -> &str {
    trouble.split(" Microsoft says:").next().unwrap_or_default().trim_end_matches('.')
}

/// Playbooks that rules run and that no list shows are either gone or out of sight; none at all is then no answer.
pub(super) fn given_playbooks<'a>(
    all: &'a [Playbook],
    rules: &[AutomationRule],
    collections: &[Collection],
) -> Given<&'a [Playbook]> {
    let run = rules.iter().flat_map(AutomationRule::playbooks).count();
    match given(all, PLAYBOOK, "playbooks", collections) {
        Given::Read([]) if run > 0 => Given::Missing(format!(
            "no playbook can be seen, although automation rules run {run}; the right to read them may be missing"
        )),
        given => given,
    }
}

#[cfg(test)]
mod tests {
    use time::OffsetDateTime;

    use super::*;

    fn collection(trouble: Option<&str>) -> Collection {
        Collection {
            kind: PLAYBOOK.to_owned(),
            workspace: "s-1".to_owned(),
            request: String::new(),
            read_at: OffsetDateTime::UNIX_EPOCH,
            trouble: trouble.map(str::to_owned),
        }
    }

    fn runs_a_playbook() -> AutomationRule {
        let json = serde_json::json!({ "id": "/r", "properties": { "actions": [{
            "order": 1, "actionType": "RunPlaybook",
            "actionConfiguration": { "logicAppResourceId": "/subscriptions/s-1/resourceGroups/rg/providers/Microsoft.Logic/workflows/p" }
        }] } });
        translate::automation_rule::from_answer(&translate::tree::from_json(&json))
    }

    #[test]
    fn an_empty_list_is_no_answer_where_rules_run_playbooks() {
        let read = [collection(None)];
        assert!(matches!(given_playbooks(&[], &[], &read), Given::Read([])));
        let unseen = given_playbooks(&[], &[runs_a_playbook()], &read);
        assert!(matches!(&unseen, Given::Missing(why) if why.contains("rules run 1")), "{unseen:?}");
        let refused = given_playbooks(&[], &[], &[collection(Some("Refused. Microsoft says: no"))]);
        assert!(
            matches!(&refused, Given::Missing(why) if why == "playbooks of s-1 (Refused)"),
            "{refused:?}"
        );
    }

    #[test]
    fn a_listing_that_met_trouble_can_not_be_relied_on() {
        let ended = Listing { completed: Some(OffsetDateTime::UNIX_EPOCH), ..Listing::default() };
        assert_eq!(why_unread(&ended), None);
        assert_eq!(why_unread(&Listing::default()), Some(String::new()), "it never ended");
        let refused = Listing { trouble: Some("Refused.".into()), ..ended };
        assert_eq!(why_unread(&refused).as_deref(), Some(" (Refused)"), "what was read may be out of date");
    }
}
