//! S-01 to S-08: the submission server, from its greeting to the two sign-ins.
//!
//! Three connections: one in which nobody signs in, one for the password (tried once), one for the token.

use cloud::Audience;
use domain::mail::ladder::{self, Api, Judged};
use domain::mail::{Broken, EvidenceLine, Reply};
use domain::readiness::Verdict;
use smtp::Error;

use super::climb::Climb;
use super::dialogue::Dialogue;
use super::seen::Seen;
use super::token::{self, refusal};

impl Climb<'_> {
    pub(super) async fn banner(&mut self) -> Seen {
        let mut dialogue = match Dialogue::open(self.scope, self.cloud.endpoints()).await {
            Ok(dialogue) => dialogue,
            Err(error) => return Seen::new(ladder::banner(Err(&error.broken())), Vec::new()),
        };
        let reply = dialogue.greeting().await;
        let evidence = dialogue.news();
        self.dialogue = Some(dialogue);
        seen(&reply, ladder::banner, "", evidence)
    }

    pub(super) async fn ehlo_in_clear(&mut self) -> Seen {
        self.ehlo(ladder::ehlo_in_clear).await
    }

    pub(super) async fn mechanisms(&mut self) -> Seen {
        self.ehlo(ladder::mechanisms).await
    }

    async fn ehlo(&mut self, judge: impl FnOnce(Result<&Reply, &Broken>) -> Judged) -> Seen {
        let Some(dialogue) = &mut self.dialogue else { return no_connection(judge) };
        let reply = dialogue.ehlo().await;
        seen(&reply, judge, "EHLO\n", dialogue.news())
    }

    pub(super) async fn starttls(&mut self) -> Seen {
        let now = self.scope.wall.now().unix_timestamp();
        let Some(dialogue) = &mut self.dialogue else {
            return no_connection(|broken| ladder::starttls(None, broken.err(), now));
        };
        let agreed = dialogue.starttls().await;
        let broken = agreed.as_ref().err().map(Error::broken);
        let certificate = agreed.as_ref().map_or_else(Error::certificate, Some);
        let mut evidence = dialogue.news();
        evidence.extend(certificate.map(facts).unwrap_or_default());
        Seen::new(ladder::starttls(certificate, broken.as_ref(), now), evidence)
    }

    pub(super) async fn mail_without_auth(&mut self) -> Seen {
        let Some(mut dialogue) = self.dialogue.take() else {
            return no_connection(ladder::mail_without_auth);
        };
        let reply = dialogue.mail_without_auth(&self.request.mailbox).await;
        let evidence = dialogue.news();
        dialogue.quit().await;
        seen(&reply, ladder::mail_without_auth, "MAIL FROM\n", evidence)
    }

    /// One try. Whatever the reply, there is no second.
    pub(super) async fn auth_login(&mut self) -> Seen {
        let Some(login) = &self.request.login else {
            return Seen::new(Judged::not_applicable("No password was given."), Vec::new());
        };
        let Some(password) = login.password.expose_text() else {
            return Seen::new(Judged::could_not_run("", "The password is no text.").and_go_on(), Vec::new());
        };
        let mut dialogue = match Dialogue::encrypted(self.scope, self.cloud.endpoints()).await {
            Ok(dialogue) => dialogue,
            Err(error) => return Seen::new(ladder::auth_login(Err(&error.broken())), Vec::new()),
        };
        let reply = dialogue.auth_login(&login.user, password).await;
        let evidence = dialogue.news();
        dialogue.quit().await;
        seen(&reply, ladder::auth_login, "AUTH LOGIN\n", evidence)
    }

    pub(super) async fn auth_xoauth2(&mut self) -> Seen {
        let token = match self.cloud.access_token(Audience::Exchange).await {
            Ok(token) => token,
            Err(error) => return self.no_exchange_token(&refusal(&error)),
        };
        let claims = token::claims(&token);
        let mut evidence = token::facts(&claims);
        let fits = self.judge_claims(&claims, Api::Exchange);
        // A token for another API would only draw Exchange's vaguest sentence.
        if fits.verdict == Verdict::Fail {
            return Seen::new(fits.and_go_on(), evidence);
        }
        let mut dialogue = match Dialogue::encrypted(self.scope, self.cloud.endpoints()).await {
            Ok(dialogue) => dialogue,
            Err(error) => return Seen::new(ladder::auth_xoauth2(Err(&error.broken()), None), evidence),
        };
        let text = token.secret.expose_text().unwrap_or_default();
        let answer = dialogue.auth_xoauth2(&self.request.mailbox, text).await;
        evidence.extend(dialogue.news());
        dialogue.quit().await;
        let challenge = answer.as_ref().ok().and_then(|answer| answer.challenge.clone());
        evidence.extend(challenge.as_deref().map(|text| EvidenceLine::note(&format!("334 decoded: {text}"))));
        let reply = answer.map(|answer| answer.reply);
        seen(&reply, |reply| ladder::auth_xoauth2(reply, challenge.as_deref()), "AUTH XOAUTH2\n", evidence)
    }

    fn no_exchange_token(&self, refused: &token::Refusal) -> Seen {
        let says = format!("Entra gave no token for Exchange: {}", refused.says);
        let judged = Judged::could_not_run("no token", &says).explained_by(&refused.says).and_go_on();
        let evidence = self.asked_and_refused(Audience::Exchange, refused);
        Seen::new(judged, evidence).said(Some(refused.says.clone()))
    }
}

/// Judges a reply; its words count for C-05 when they refuse. `command` is what they answer.
fn seen(
    reply: &Result<Reply, Error>,
    judge: impl FnOnce(Result<&Reply, &Broken>) -> Judged,
    command: &str,
    evidence: Vec<EvidenceLine>,
) -> Seen {
    let judged = match reply {
        Ok(reply) => judge(Ok(reply)),
        Err(error) => judge(Err(&error.broken())),
    };
    let refused = reply.as_ref().ok().filter(|reply| !reply.is_positive());
    Seen::new(judged, evidence).said(refused.map(|reply| format!("{command}{}", reply.line())))
}

/// The connection went with an earlier step, which did not stop this one.
fn no_connection(judge: impl FnOnce(Result<&Reply, &Broken>) -> Judged) -> Seen {
    let broken = Broken::Closed("there is no connection any more".to_owned());
    Seen::new(judge(Err(&broken)), Vec::new())
}

fn facts(certificate: &ladder::Certificate) -> Vec<EvidenceLine> {
    let day = |seconds: i64| {
        time::OffsetDateTime::from_unix_timestamp(seconds)
            .map_or_else(|_| "?".to_owned(), |at| at.date().to_string())
    };
    [
        format!("certificate for {}", certificate.names.join(", ")),
        format!("issued by {}", certificate.issuer),
        format!("valid from {} to {}", day(certificate.not_before), day(certificate.not_after)),
    ]
    .iter()
    .map(|text| EvidenceLine::note(text))
    .collect()
}
