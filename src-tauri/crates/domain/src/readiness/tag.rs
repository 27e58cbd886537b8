//! The correlation tag in a rule's description: `#INC_CORR#` or `#DONT_CORR#`.
//!
//! It counts at the very beginning only, in any case, with any or no spaces after it.

/// What a tag asks of the correlation engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tag {
    Include,
    Exclude,
}

const TAGS: [(&str, Tag); 2] = [("#inc_corr#", Tag::Include), ("#dont_corr#", Tag::Exclude)];

/// The tag that counts.
pub(super) fn at_start(description: &str) -> Option<Tag> {
    let text = description.trim_start().to_ascii_lowercase();
    TAGS.iter().find(|(word, _)| text.starts_with(word)).map(|(_, tag)| *tag)
}

/// Whether a tag stands somewhere, but not where it counts.
pub(super) fn is_misplaced(description: &str) -> bool {
    let text = description.to_ascii_lowercase();
    at_start(description).is_none() && TAGS.iter().any(|(word, _)| text.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_counts_at_the_start_in_any_case_and_nowhere_else() {
        assert_eq!(at_start(" \n#Inc_Corr#text"), Some(Tag::Include));
        assert_eq!(at_start("#DONT_CORR#"), Some(Tag::Exclude));
        assert_eq!(at_start("See #DONT_CORR#"), None);
        assert!(is_misplaced("See #dont_corr# there"));
        assert!(!is_misplaced("#INC_CORR# not #DONT_CORR#"), "the first one counts");
        assert!(!is_misplaced("#INC_CORR without its end"));
    }
}
