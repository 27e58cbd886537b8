//! The body of `POST /users/{mailbox}/sendMail`; the answer is 202 and empty.
//!
//! The other form of the call sends the MIME text as base64 with `Content-Type: text/plain`.

use super::message::Message;

record! {
    /// `saveToSentItems` is a boolean; Microsoft's sample sends it as text.
    pub struct SendMail {
        message: Message,
        save_to_sent_items: bool,
    }
}
