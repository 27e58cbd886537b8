//! Writing to Defender's incidents. Neither call takes a key by which a repetition would be known, so neither is tried
//! twice once it was sent.

use reqwest::Method;
use serde::Serialize;
use wire::graph::Page;
use wire::graph::comment::Comment;
use wire::graph::incident::Incident as WireIncident;

use super::incident::UNKNOWN_MEMBERS;
use super::{Graph, Incident};
use crate::endpoints::Purpose;
use crate::error::CloudError;
use crate::ledger::Count;
use crate::page;
use crate::pipeline::call::{Call, url, written};

impl Graph<'_> {
    /// Changes the members that `body` holds. Graph has no etag: whoever writes last wins.
    /// <https://learn.microsoft.com/graph/api/security-incident-update>
    ///
    /// # Errors
    /// Any [`CloudError`].
    pub async fn patch_incident(self, id: &str, body: &WireIncident) -> Result<Incident, CloudError> {
        let call = self.write(Method::PATCH, id, &[], "change incident", body)?;
        self.0.read(&call, page::one).await
    }

    /// Adds a comment; the answer is the whole list.
    /// <https://learn.microsoft.com/graph/api/security-incident-post-comments>
    ///
    /// # Errors
    /// Any [`CloudError`].
    pub async fn post_comment(self, id: &str, body: &Comment) -> Result<Vec<Comment>, CloudError> {
        let call = self.write(Method::POST, id, &["comments"], "comment", body)?;
        self.0.read(&call, |body| page::json::<Page<Comment>>(body)).await.map(|page| page.value)
    }

    fn write(
        self,
        method: Method,
        id: &str,
        below: &[&'static str],
        label: &'static str,
        body: &impl Serialize,
    ) -> Result<Call, CloudError> {
        let path = ["v1.0", "security", "incidents", id].into_iter().chain(below.iter().copied());
        let url = url(self.0.endpoints(), Purpose::Incidents, path, &[]);
        let about = format!("Defender incident `{id}`");
        let call = Call::get(Purpose::Incidents, url, label, about, Count::Nothing).prefer(UNKNOWN_MEMBERS);
        Ok(call.send(method, "application/json", written(body)?, false))
    }
}
