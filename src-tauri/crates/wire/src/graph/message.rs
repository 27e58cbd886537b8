//! Mail messages: what is sent, and what Sent Items holds.

use serde_json::Value;

record! {
    /// `GET /users/{mailbox}/mailFolders/sentitems/messages`, and the `message` of a sendMail body.
    pub struct Message {
        #[serde(rename = "@odata.etag")]
        odata_etag: String,
        id: String,
        internet_message_id: String,
        subject: String,
        body_preview: String,
        body: ItemBody,
        importance: String,
        from: Recipient,
        sender: Recipient,
        to_recipients: Vec<Recipient>,
        cc_recipients: Vec<Recipient>,
        bcc_recipients: Vec<Recipient>,
        reply_to: Vec<Recipient>,
        internet_message_headers: Vec<InternetMessageHeader>,
        has_attachments: bool,
        attachments: Vec<Attachment>,
        created_date_time: String,
        last_modified_date_time: String,
        sent_date_time: String,
        received_date_time: String,
        change_key: String,
        categories: Vec<String>,
        conversation_id: String,
        conversation_index: String,
        parent_folder_id: String,
        is_delivery_receipt_requested: bool,
        is_read_receipt_requested: bool,
        is_read: bool,
        is_draft: bool,
        web_link: String,
        inference_classification: String,
        flag: Value,
    }
}

record! {
    /// `contentType` is `Text` or `HTML` in requests, lower case in answers.
    pub struct ItemBody {
        content_type: String,
        content: String,
    }
}

record! {
    /// One address of a message.
    pub struct Recipient {
        email_address: EmailAddress,
    }
}

record! {
    /// An address with its display name.
    pub struct EmailAddress {
        name: String,
        address: String,
    }
}

record! {
    /// A header of our own; names must begin with `x-`.
    pub struct InternetMessageHeader {
        name: String,
        value: String,
    }
}

record! {
    /// `contentBytes` is base64.
    pub struct Attachment {
        #[serde(rename = "@odata.type")]
        odata_type: String,
        name: String,
        content_type: String,
        content_bytes: String,
    }
}
