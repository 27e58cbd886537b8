//! C-05: every text that was met where a test did not pass, explained out of the catalogue.

use domain::mail::EvidenceLine;
use domain::mail::ladder::{Judged, Test, pasted};
use domain::readiness::Verdict;

use super::seen::{Seen, received};

/// Judges C-05. Texts are read one by one: what was sent before a reply decides what the reply means.
pub(super) fn explained(met: &[(Test, String)]) -> Seen {
    let judged: Vec<(Test, &str, Judged)> =
        told_once(met).map(|(test, text)| (test, text, pasted(text).0)).collect();
    let evidence = judged.iter().flat_map(|(test, text, judged)| lines(*test, text, judged)).collect();
    let first = judged.iter().find(|(_, _, judged)| judged.verdict != Verdict::Pass).or(judged.first());
    let Some((test, _, found)) = first else {
        return Seen::new(Judged::not_applicable("No error was met in this run."), evidence);
    };
    let mut found = found.clone();
    found.says = format!("{}: {}", test.id(), found.says);
    Seen::new(found, evidence)
}

/// One test may say what another one said already.
fn told_once(met: &[(Test, String)]) -> impl Iterator<Item = (Test, &str)> {
    let earlier = |at: usize, text: &str| met[..at].iter().any(|(_, before)| before == text);
    let news = met.iter().enumerate().filter(move |(at, (_, text))| !earlier(*at, text));
    news.map(|(_, (test, text))| (*test, text.as_str()))
}

fn lines(test: Test, text: &str, judged: &Judged) -> Vec<EvidenceLine> {
    let mut lines: Vec<EvidenceLine> = text.lines().map(received).collect();
    lines.push(EvidenceLine::note(&format!("{}: {} — {}", test.id(), judged.observed, judged.says)));
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOGIN: &str =
        "AUTH LOGIN\n535 5.7.139 Authentication unsuccessful, basic authentication is disabled.";
    const TOKEN: &str =
        "AUTH XOAUTH2\n535 5.7.3 Authentication unsuccessful [AM0PR02CA0134.eurprd02.prod.outlook.com]";

    #[test]
    fn texts_are_read_apart_and_the_doubtful_one_decides() {
        let met = [(Test::S06, LOGIN.to_owned()), (Test::S08, TOKEN.to_owned())];
        let seen = explained(&met);
        assert_eq!(seen.judged.verdict, Verdict::Pass);
        let causes: Vec<_> = seen.evidence.iter().filter(|line| line.text.contains(" — ")).collect();
        assert!(causes[0].text.starts_with("S-06: smtp.535-5.7.139.basic-disabled"), "{}", causes[0].text);
        assert!(causes[1].text.starts_with("S-08: smtp.535-5.7.3.token"), "{}", causes[1].text);
        let unknown = [met[0].clone(), (Test::G03, "418 the cat sat on the server".to_owned())];
        let seen = explained(&unknown);
        assert_eq!((seen.judged.verdict, seen.judged.cause), (Verdict::Review, None));
    }

    #[test]
    fn the_same_text_is_told_once_and_none_is_not_applicable() {
        let met = [
            (Test::G02, "403 ErrorAccessDenied Access is denied.".to_owned()),
            (Test::G01, "403 ErrorAccessDenied Access is denied.".to_owned()),
        ];
        assert_eq!(explained(&met).evidence.len(), 2);
        assert_eq!(explained(&[]).judged.verdict, Verdict::NotApplicable);
    }
}
