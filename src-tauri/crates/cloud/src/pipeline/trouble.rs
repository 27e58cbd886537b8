//! Why one attempt failed, and what that means once no further attempt is made.

use std::time::Duration;

use super::call::Call;
use super::said::Said;
use crate::endpoints::Purpose;
use crate::error::CloudError;
use crate::sign_in::SignInFault;

/// One attempt's failure.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Trouble {
    /// No connection, or it broke before an answer came. `sent`: the other side may have acted on the request.
    Unreachable { host: String, why: String, sent: bool },
    /// The body ended before it was whole.
    Cut { bytes: usize },
    /// The body is whole and can't be used.
    Unreadable { why: String },
    /// An answer that isn't a success.
    Status {
        status: u16,
        said: Said,
        retry_after: Option<Duration>,
        request_id: Option<String>,
        /// The claims that a 401 asks for, as JSON text.
        challenge: Option<String>,
    },
    /// Nothing that another attempt would change.
    Final(CloudError),
}

impl Trouble {
    /// The claims that another token has to hold.
    pub(crate) fn challenge(&self) -> Option<&str> {
        match self {
            Self::Status { challenge, .. } => challenge.as_deref(),
            _ => None,
        }
    }

    /// The error of a call that ends so.
    pub(crate) fn error(self, call: &Call) -> CloudError {
        let about = &call.about;
        match self {
            Self::Final(error) => error,
            Self::Unreachable { host, why, .. } => CloudError::Offline { host, why },
            Self::Cut { bytes } => CloudError::BadAnswer {
                what: format!("{about} was cut off after {bytes} bytes, several times"),
            },
            Self::Unreadable { why } => {
                CloudError::BadAnswer { what: format!("{about} can't be read: {why}") }
            }
            Self::Status { status, said, retry_after, request_id, challenge } => match status {
                401 if challenge.is_some() => SignInFault::challenged(about).into(),
                401 if said.code != NO_PERMISSIONS => SignInFault::unaccepted(about, &said.message).into(),
                401 | 403 => denied(call, &said, request_id),
                404 => CloudError::NotFound { what: about.clone() },
                429 => CloudError::Throttled { what: about.clone(), retry_after },
                400 if not_onboarded(&said) => not_onboarded_in(call, said),
                409 | 412 if is_conflict(status, &said) => CloudError::Conflict { what: about.clone() },
                _ => CloudError::Rejected {
                    what: about.clone(),
                    status,
                    code: said.code,
                    message: said.message,
                    request_id,
                },
            },
        }
    }
}

/// Graph answers 401 with this code where the token is good and holds no role.
const NO_PERMISSIONS: &str = "NoPermissionsInAccessToken";

/// A list of a workspace without Sentinel answers 400 with this sentence.
/// <https://github.com/mvelazc0/PurpleCloud/issues/42>
fn not_onboarded(said: &Said) -> bool {
    said.message.contains("is not onboarded to Microsoft Sentinel")
}

fn not_onboarded_in(call: &Call, said: Said) -> CloudError {
    let named = said.message.split('\'').nth(1).map(str::to_owned);
    CloudError::NotOnboarded { workspace: call.workspace.clone().or(named).unwrap_or_default() }
}

/// 409 also means "provider not registered" and the like; those are no one else's change.
fn is_conflict(status: u16, said: &Said) -> bool {
    status == 412 || said.code.is_empty() || said.code.eq_ignore_ascii_case("conflict")
}

fn denied(call: &Call, said: &Said, request_id: Option<String>) -> CloudError {
    let words =
        if said.message.is_empty() { String::new() } else { format!(" Microsoft says: {}", said.message) };
    let writes = call.writes();
    let hint = match call.purpose {
        Purpose::Arm if writes => {
            "Writing needs the role Microsoft Sentinel Responder on the workspace's resource group, part of the tier \
             Respond. A new role takes some minutes."
        }
        Purpose::Incidents if writes => {
            "Writing needs the permission `SecurityIncident.ReadWrite.All` of Microsoft Graph with admin consent, part of the \
             tier Respond; a person also needs the role Security Operator."
        }
        Purpose::SignIn => "An administrator of the tenant can see why in the sign-in log.",
        Purpose::Arm => {
            "Give the app the role Microsoft Sentinel Reader on the workspace's resource group; for playbooks, \
             Microsoft Sentinel Playbook Operator on theirs. A new role takes some minutes."
        }
        Purpose::Incidents => {
            "Give the app the application permission `SecurityIncident.Read.All` of Microsoft Graph, with admin consent."
        }
        Purpose::Mail => {
            "Give the app the application permission that the step names, with admin consent, and let its scope \
             include the mailbox."
        }
        Purpose::Directory => {
            "Give the app the application permission `Application.Read.All` of Microsoft Graph, with admin consent. Nothing \
             else needs it: without it, grants and end dates stay unknown."
        }
        Purpose::Logs => {
            "Give the app the role Log Analytics Reader or Microsoft Sentinel Reader on the workspace."
        }
    };
    CloudError::Denied {
        sentence: format!(
            "This app has no right to {} {}.{words}",
            if writes { "change" } else { "see" },
            call.about
        ),
        hint: hint.to_owned(),
        request_id,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pipeline::call::tests::list;

    fn status(status: u16, code: &str, message: &str) -> CloudError {
        let said = Said { code: code.into(), message: message.into() };
        Trouble::Status { status, said, retry_after: None, request_id: Some("r-1".into()), challenge: None }
            .error(&list())
    }

    #[test]
    fn a_status_becomes_what_the_caller_acts_on() {
        assert!(matches!(status(403, "AuthorizationFailed", "no"), CloudError::Denied { .. }));
        assert!(matches!(status(401, NO_PERMISSIONS, "no"), CloudError::Denied { .. }));
        assert!(matches!(status(401, "ExpiredAuthenticationToken", "late"), CloudError::SignIn(_)));
        assert!(matches!(status(404, "", ""), CloudError::NotFound { .. }));
        assert!(matches!(status(409, "Conflict", "New version"), CloudError::Conflict { .. }));
        assert!(matches!(status(412, "Whatever", ""), CloudError::Conflict { .. }));
        assert!(matches!(
            status(409, "MissingSubscriptionRegistration", ""),
            CloudError::Rejected { status: 409, .. }
        ));
        assert!(matches!(status(418, "", ""), CloudError::Rejected { status: 418, .. }));
    }

    #[test]
    fn not_onboarded_is_told_apart_from_a_bad_request() {
        let off =
            status(400, "BadRequest", "Workspace 'w' is not onboarded to Microsoft Sentinel. Onboard first.");
        assert_eq!(off, CloudError::NotOnboarded { workspace: "soc".into() });
        assert!(matches!(status(400, "BadRequest", "Invalid filter"), CloudError::Rejected { .. }));
    }

    #[test]
    fn every_error_has_a_sentence_a_hint_and_keeps_the_request_id() {
        let denied = status(403, "AuthorizationFailed", "The client has no authorization.").fault();
        assert_eq!(denied.request_id.as_deref(), Some("r-1"));
        assert!(denied.hint.unwrap().contains("Microsoft Sentinel Reader"));
        assert!(denied.sentence.contains("the incidents of workspace `soc`"), "{}", denied.sentence);
    }
}
