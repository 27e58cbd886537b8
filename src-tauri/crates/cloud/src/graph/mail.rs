//! Mail through Graph. A refusal is a result here: the tests judge it by status and code.
//!
//! Nothing is sent twice: a send that got no answer may have gone out.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use reqwest::Method;
use wire::graph::Page;
use wire::graph::message::Message;
use wire::graph::send_mail::SendMail;

use super::{Found, Graph, Outcome};
use crate::endpoints::Purpose;
use crate::error::CloudError;
use crate::ledger::Count;
use crate::pipeline::call::{Call, url};

/// `Mail.ReadBasic.All` gives no bodies, and headers come only where they are named.
/// <https://learn.microsoft.com/graph/api/resources/message>
const SELECT: &str =
    "id,subject,internetMessageId,sentDateTime,receivedDateTime,from,toRecipients,internetMessageHeaders";

impl Graph<'_> {
    /// Sends a message as JSON; 202 means "accepted", not "delivered".
    ///
    /// # Errors
    /// [`CloudError::SignIn`], [`CloudError::Offline`], [`CloudError::BadAnswer`]; a refusal is an [`Outcome`].
    pub async fn send_mail_json(self, mailbox: &str, mail: &SendMail) -> Result<Outcome, CloudError> {
        let bytes = serde_json::to_vec(mail).map_err(|why| CloudError::BadAnswer {
            what: format!("the message can't be written as JSON: {why}"),
        })?;
        self.send(mailbox, "application/json", bytes).await
    }

    /// Sends a whole MIME message; it goes out as base64 under `text/plain`, as Graph wants it.
    /// <https://learn.microsoft.com/graph/outlook-send-mime-message>
    ///
    /// # Errors
    /// As [`Graph::send_mail_json`].
    pub async fn send_mail_mime(self, mailbox: &str, mime: &[u8]) -> Result<Outcome, CloudError> {
        self.send(mailbox, "text/plain", STANDARD.encode(mime).into_bytes()).await
    }

    async fn send(
        self,
        mailbox: &str,
        content_type: &'static str,
        bytes: Vec<u8>,
    ) -> Result<Outcome, CloudError> {
        let url = url(self.0.endpoints(), Purpose::Mail, ["v1.0", "users", mailbox, "sendMail"], &[]);
        let about = format!("mail from `{mailbox}`");
        let call = Call::get(Purpose::Mail, url, "send mail", about, Count::Nothing).send(
            Method::POST,
            content_type,
            bytes,
            false,
        );
        Ok(self.0.outcome(&call).await?.0)
    }

    /// Up to 25 messages of a mailbox, of Sent Items or of all folders. `filter` is OData.
    ///
    /// # Errors
    /// As [`Graph::send_mail_json`].
    pub async fn messages(
        self,
        mailbox: &str,
        sent_items: bool,
        filter: Option<&str>,
    ) -> Result<Found<Vec<Message>>, CloudError> {
        let mut path = vec!["v1.0", "users", mailbox];
        path.extend(if sent_items { &["mailFolders", "sentitems", "messages"][..] } else { &["messages"] });
        let mut query = vec![("$select", SELECT), ("$top", "25")];
        query.extend(filter.map(|filter| ("$filter", filter)));
        let url = url(self.0.endpoints(), Purpose::Mail, path, &query);
        let about = format!("the messages of mailbox `{mailbox}`");
        let (outcome, body) =
            self.0.outcome(&Call::get(Purpose::Mail, url, "messages", about, Count::Nothing)).await?;
        let page =
            outcome.is_success().then(|| serde_json::from_slice::<Page<Message>>(&body).ok()).flatten();
        Ok(Found { value: page.map(|page| page.value), outcome })
    }
}
