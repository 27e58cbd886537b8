//! The mail ladder and explained errors.

use contract::mail as out;
use domain::secret::Secret;
use engine::mail::{KeptCause, KeptLadder, KeptStep, Login, MailRequest};
use time::OffsetDateTime;

use super::instant;
use super::readiness::verdict;

pub(crate) fn request(asked: out::MailTestRequest) -> MailRequest {
    let filled = |text: Option<String>| text.filter(|text| !text.trim().is_empty());
    MailRequest {
        mailbox: asked.mailbox,
        outside: filled(asked.outside),
        login: asked
            .login
            .map(|login| Login { user: login.user.clone(), password: Secret::from(login.password.as_str()) }),
        send: asked.send,
    }
}

pub(crate) fn ladder(
    kept: Option<(KeptLadder, OffsetDateTime)>,
    suggested: out::MailSuggestion,
) -> out::MailLadder {
    match kept {
        Some((ladder, at)) => out::MailLadder {
            run_at: Some(instant(at)),
            mailbox: Some(ladder.mailbox),
            steps: ladder.steps.into_iter().map(step).collect(),
            suggested,
        },
        None => out::MailLadder { run_at: None, mailbox: None, steps: Vec::new(), suggested },
    }
}

fn step(step: KeptStep) -> out::MailStep {
    out::MailStep {
        id: step.id,
        title: step.title,
        stage: step.stage,
        verdict: verdict(&step.verdict),
        reason: step.reason,
        took_ms: step.took_ms,
        evidence: step
            .evidence
            .into_iter()
            .map(|line| out::MailEvidence { direction: line.direction, text: line.text })
            .collect(),
        cause: step.cause.map(cause),
    }
}

fn cause(cause: KeptCause) -> out::MailCause {
    out::MailCause {
        id: cause.id,
        cause: cause.cause,
        who_fixes: cause.who_fixes,
        fix: cause.fix,
        certainty: cause.certainty,
    }
}

/// What a pasted text means, the root cause first.
pub(crate) fn explain(text: &str) -> out::MailExplanation {
    let matches = domain::mail::explain(text)
        .into_iter()
        .map(|found| out::MailMatch {
            id: found.id.to_owned(),
            source: found.source.as_str().to_owned(),
            cause: found.cause,
            who_fixes: found.who_fixes.as_str().to_owned(),
            fix: found.fix,
            certainty: found.certainty.as_str().to_owned(),
        })
        .collect();
    out::MailExplanation { matches }
}
