//! The account's credentials: those that the app registration lists, and the one in use.

use cloud::sign_in;
use domain::account::Way;
use domain::account::expiry::{HINT, InUse, Listed, What};
use domain::fault::Fault;
use domain::readiness::Given;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use wire::graph::directory::{Application, KeyCredential, PasswordCredential};

use super::evidence::given;
use crate::Scope;

impl Scope {
    /// What the app registration lists; nothing for ways in without a credential of their own.
    pub(super) async fn listed_credentials(&self) -> Result<Given<Vec<Listed>>, Fault> {
        let client = match (self.way(), &self.account) {
            (Some(Way::ClientSecret | Way::Certificate), Some(account)) => account.client.clone(),
            _ => return Ok(Given::Read(Vec::new())),
        };
        Ok(match given(self.cloud()?.graph().application(&client).await) {
            Given::Read(Some(application)) => Given::Read(listed(&application.wire)),
            Given::Read(None) => Given::Missing("the app is registered in another tenant".to_owned()),
            Given::Partly(_, because) | Given::Missing(because) => Given::Missing(because),
        })
    }

    /// The credential that this account signs in with. A certificate that can't be read has a sentence at its sign-in.
    pub(super) fn credential_in_use(&self) -> Option<InUse> {
        match &self.account.as_ref()?.way {
            sign_in::Way::Secret(secret) => {
                let first = secret.expose_text().unwrap_or_default().chars().take(HINT).collect();
                Some(InUse::Secret(first))
            }
            sign_in::Way::Certificate { file, password } => {
                let facts = sign_in::certificate_facts(file, password.as_ref()).ok()?;
                Some(InUse::Certificate {
                    thumbprint: facts.thumbprint,
                    subject: facts.subject,
                    ends: facts.not_after,
                })
            }
            _ => None,
        }
    }
}

fn listed(application: &Application) -> Vec<Listed> {
    let mut all: Vec<Listed> = application.password_credentials.items().iter().map(secret).collect();
    for certificate in application.key_credentials.items().iter().map(certificate) {
        // A certificate is listed once for each use.
        if !all.contains(&certificate) {
            all.push(certificate);
        }
    }
    all
}

fn secret(credential: &PasswordCredential) -> Listed {
    Listed {
        what: What::Secret,
        label: text(&credential.display_name),
        mark: text(&credential.hint),
        ends: time(&credential.end_date_time),
    }
}

fn certificate(credential: &KeyCredential) -> Listed {
    Listed {
        what: What::Certificate,
        label: text(&credential.display_name),
        mark: text(&credential.custom_key_identifier),
        ends: time(&credential.end_date_time),
    }
}

fn text(member: &wire::Maybe<String>) -> Option<String> {
    member.as_deref().map(str::to_owned)
}

fn time(member: &wire::Maybe<String>) -> Option<OffsetDateTime> {
    OffsetDateTime::parse(member.as_deref()?, &Rfc3339).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_certificate_that_is_listed_for_two_uses_is_one() {
        let json = r#"{"passwordCredentials":[{"displayName":"sync","hint":"aB3","endDateTime":"2027-01-14T00:00:00Z"}],
            "keyCredentials":[
                {"customKeyIdentifier":"52ED","displayName":"CN=sync","endDateTime":"2027-05-14T08:00:00Z","usage":"Sign"},
                {"customKeyIdentifier":"52ED","displayName":"CN=sync","endDateTime":"2027-05-14T08:00:00Z","usage":"Verify"},
                {"customKeyIdentifier":null,"displayName":null,"endDateTime":"never"}]}"#;
        let all = listed(&serde_json::from_str(json).unwrap());
        assert_eq!(all.len(), 3, "{all:?}");
        assert_eq!((all[0].what, all[0].mark.as_deref()), (What::Secret, Some("aB3")));
        assert_eq!((all[2].ends, all[2].mark.as_deref()), (None, None), "what can't be read is not known");
    }
}
