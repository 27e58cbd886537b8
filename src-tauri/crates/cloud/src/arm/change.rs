//! Writing to Sentinel's incidents. A write that got no answer may have been done, so none but a comment, which is
//! named by us, is tried twice.

use reqwest::{Method, Url};
use wire::arm::incident::{Comment, Incident as WireIncident};

use super::{Arm, Incident, SENTINEL};
use crate::endpoints::Purpose;
use crate::error::CloudError;
use crate::ledger::Count;
use crate::page::{self, Item};
use crate::pipeline::call::{Call, written};

/// A fresh name for a comment.
///
/// # Errors
/// [`CloudError::BadAnswer`] where the system gives no random numbers.
pub fn comment_name() -> Result<String, CloudError> {
    let mut bytes = [0_u8; 16];
    getrandom::fill(&mut bytes)
        .map_err(|_| CloudError::BadAnswer { what: "the system's random numbers can't be read".into() })?;
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    let part = |from: usize, to: usize| hex.get(from..to).unwrap_or_default();
    Ok(format!("{}-{}-{}-{}-{}", part(0, 8), part(8, 12), part(12, 16), part(16, 20), part(20, 32)))
}

impl Arm<'_> {
    /// One incident by its resource id; `None` where ARM knows no such one.
    ///
    /// # Errors
    /// Any [`CloudError`] but [`CloudError::NotFound`].
    pub async fn incident_at(self, id: &str) -> Result<Option<Incident>, CloudError> {
        let call = Call::get(Purpose::Arm, self.at(id, ""), "incident", about(id), Count::Nothing);
        page::found(self.0.read(&call, page::one).await)
    }

    /// Replaces an incident. Its etag goes in the body; a stale one is [`CloudError::Conflict`].
    ///
    /// # Errors
    /// Any [`CloudError`].
    pub async fn put_incident(self, id: &str, body: &WireIncident) -> Result<Incident, CloudError> {
        let call = self.put(self.at(id, ""), "change incident", about(id)).send(
            Method::PUT,
            "application/json",
            written(body)?,
            false,
        );
        self.0.read(&call, page::one).await
    }

    /// Puts a comment under a name. The same name twice is one comment.
    ///
    /// # Errors
    /// Any [`CloudError`].
    pub async fn put_comment(self, id: &str, name: &str, body: &Comment) -> Result<(), CloudError> {
        let url = self.at(id, &format!("/comments/{name}"));
        let call = self.put(url, "comment", format!("a comment on {}", about(id))).send(
            Method::PUT,
            "application/json",
            written(body)?,
            true,
        );
        self.0.read(&call, page::one::<Comment>).await.map(|_| ())
    }

    /// The comment of this name.
    ///
    /// # Errors
    /// Any [`CloudError`] but [`CloudError::NotFound`].
    pub async fn comment(self, id: &str, name: &str) -> Result<Option<Item<Comment>>, CloudError> {
        let url = self.at(id, &format!("/comments/{name}"));
        let call =
            Call::get(Purpose::Arm, url, "comment", format!("a comment on {}", about(id)), Count::Nothing);
        page::found(self.0.read(&call, page::one).await)
    }

    fn at(self, id: &str, below: &str) -> Url {
        self.below(id, below, &[("api-version", SENTINEL)])
    }

    fn put(self, url: Url, label: &'static str, about: String) -> Call {
        Call::get(Purpose::Arm, url, label, about, Count::Nothing)
    }
}

fn about(id: &str) -> String {
    format!("incident `{}`", id.rsplit('/').next().unwrap_or(id))
}

#[cfg(test)]
mod tests {
    use super::comment_name;

    #[test]
    fn a_comments_name_is_a_guid_and_fresh() {
        let name = comment_name().unwrap();
        assert_eq!(name.split('-').map(str::len).collect::<Vec<_>>(), [8, 4, 4, 4, 12]);
        assert_ne!(name, comment_name().unwrap());
    }
}
