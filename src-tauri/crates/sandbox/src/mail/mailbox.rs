//! The table of mailboxes: what Graph and SMTP say at each name.
//!
//! Texts are those of Microsoft's servers, from its documents and public captures; where public captures differ, the
//! newer one. Any other name of the domain is no mailbox.

use super::refusal::{self as graph, Refusal, refusal};

/// What is special about a mailbox; `None` and empty mean that all goes well.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mailbox {
    pub name: &'static str,
    /// Graph refuses any call at this mailbox, before it looks at the message.
    pub access: Option<Refusal>,
    /// Graph refuses to send, after it has looked at the recipients.
    pub send: Option<Refusal>,
    /// Graph refuses MIME alone.
    pub mime: Option<Refusal>,
    pub sent_items: SentItems,
    /// SMTP's reply to a password, whatever the password; `None`: refused as wrong.
    pub login: Option<Once>,
    /// SMTP's reply to a good token; `None`: accepted.
    pub token: Option<Once>,
    /// SMTP's reply to MAIL FROM.
    pub from: Option<Once>,
    /// SMTP's reply to the end of DATA.
    pub data: Option<Once>,
}

/// A reply of the SMTP door; a refusal gets Exchange's tail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Once {
    pub code: u16,
    pub text: &'static str,
}

/// When a sent message shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SentItems {
    AtOnce,
    /// From the second look on.
    SecondLook,
    Never,
}

const fn says(code: u16, text: &'static str) -> Once {
    Once { code, text }
}

const BASIC_OFF: Once = says(535, "5.7.139 Authentication unsuccessful, basic authentication is disabled.");
const TENANT_OFF: Once = says(
    535,
    "5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant. Visit https://aka.ms/smtp_auth_disabled for more information.",
);
const MAILBOX_OFF: Once = says(
    535,
    "5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox. Visit https://aka.ms/smtp_auth_disabled for more information.",
);
const GENERIC: Once = says(535, "5.7.3 Authentication unsuccessful");

impl Mailbox {
    /// In scope, password refused because Basic is off, token accepted.
    const fn allowed(name: &'static str) -> Self {
        Self {
            name,
            access: None,
            send: None,
            mime: None,
            sent_items: SentItems::AtOnce,
            login: Some(BASIC_OFF),
            token: None,
            from: None,
            data: None,
        }
    }

    /// Not for this app: Graph refuses, and Exchange doesn't honour the token.
    const fn closed(name: &'static str, access: Refusal) -> Self {
        Self { access: Some(access), token: Some(GENERIC), ..Self::allowed(name) }
    }

    /// In scope, but Graph refuses for a reason of the moment or of the token.
    const fn failing(name: &'static str, access: Refusal) -> Self {
        Self { access: Some(access), ..Self::allowed(name) }
    }

    const fn unsent(name: &'static str, send: Refusal) -> Self {
        Self { send: Some(send), ..Self::allowed(name) }
    }

    /// SMTP refuses password and token alike.
    const fn no_smtp(name: &'static str, reply: Once) -> Self {
        Self { login: Some(reply), token: Some(reply), ..Self::allowed(name) }
    }

    /// SMTP refuses the password alone.
    const fn no_password(name: &'static str, reply: Once) -> Self {
        Self { login: Some(reply), ..Self::allowed(name) }
    }

    /// SMTP refuses what is submitted.
    const fn no_submission(name: &'static str, reply: Once) -> Self {
        Self { data: Some(reply), ..Self::allowed(name) }
    }
}

/// All of them.
pub(crate) const TABLE: &[Mailbox] = &[
    // All goes well.
    Mailbox::allowed("alerts"),
    Mailbox::allowed("reports"),
    Mailbox::allowed("soc"),
    Mailbox { login: None, ..Mailbox::allowed("legacy") },
    Mailbox { sent_items: SentItems::SecondLook, ..Mailbox::allowed("slow") },
    Mailbox { sent_items: SentItems::Never, ..Mailbox::allowed("lost") },
    // Out of the app's scope.
    Mailbox::closed(
        "ceo",
        refusal(
            403,
            "ErrorAccessDenied",
            "Access to OData is disabled: [RAOP] : Blocked by tenant configured AppOnly AccessPolicy settings.",
        ),
    ),
    Mailbox::closed("odata", refusal(403, "ErrorAccessDenied", "Access to OData is disabled.")),
    Mailbox::closed("rbac", graph::DENIED),
    Mailbox::closed(
        "directory",
        refusal(403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation."),
    ),
    // No mailbox.
    Mailbox::closed("gone", graph::INVALID_USER),
    Mailbox::closed(
        "nouser",
        refusal(
            404,
            "Request_ResourceNotFound",
            "Resource '{mailbox}' does not exist or one of its queried reference-property objects are not present.",
        ),
    ),
    Mailbox::closed(
        "onprem",
        refusal(
            404,
            "MailboxNotEnabledForRESTAPI",
            "The mailbox is either inactive, soft-deleted, or is hosted on-premise.",
        ),
    ),
    Mailbox::closed(
        "onprem-old",
        refusal(404, "MailboxNotEnabledForRESTAPI", "REST API is not yet supported for this mailbox."),
    ),
    Mailbox::closed(
        "nomailbox",
        refusal(404, "ErrorNonExistentMailbox", "The SMTP address has no mailbox associated with it."),
    ),
    // The token, as Graph may find it.
    Mailbox::failing("audience", graph::AUDIENCE),
    Mailbox::failing("expired", graph::EXPIRED),
    Mailbox::failing(
        "malformed",
        refusal(401, "InvalidAuthenticationToken", "CompactToken parsing failed with error code: 80049217"),
    ),
    Mailbox::failing("noroles", graph::NO_PERMISSIONS),
    Mailbox::failing(
        "claims",
        refusal(403, "insufficient_claims", "Continuous access evaluation resulted in challenge."),
    ),
    // Of the moment.
    Mailbox::failing(
        "throttled",
        Refusal {
            retry_after: Some("1"),
            ..refusal(429, "ApplicationThrottled", "Application is over its MailboxConcurrency limit.")
        },
    ),
    Mailbox::failing("throttled-plain", refusal(429, "TooManyRequests", "Too many requests.")),
    Mailbox::failing(
        "busy",
        refusal(503, "ErrorServerBusy", "The server cannot service this request right now. Try again later."),
    ),
    Mailbox::failing(
        "broken",
        refusal(500, "ErrorInternalServerError", "An internal server error occurred. The operation failed."),
    ),
    Mailbox::failing("unavailable", refusal(504, "ServiceUnavailable", "The service is unavailable.")),
    // Refused when sent.
    Mailbox {
        data: Some(says(550, "5.7.60 SMTP; Client does not have permissions to send as this sender")),
        ..Mailbox::unsent("sendas", graph::SEND_AS)
    },
    Mailbox {
        data: Some(says(
            554,
            "5.2.2 mailbox full; STOREDRV.Submission.Exception:QuotaExceededException.MapiExceptionShutoffQuotaExceeded; Failed to process message due to a permanent exception",
        )),
        ..Mailbox::unsent("full", refusal(507, "ErrorQuotaExceeded", "The mailbox has exceeded its quota."))
    },
    Mailbox::unsent(
        "full-send",
        refusal(400, "ErrorSendQuotaExceeded", "The mailbox's send quota is exceeded."),
    ),
    Mailbox {
        data: Some(says(552, "5.3.4 Message size exceeds fixed limit")),
        ..Mailbox::unsent(
            "large",
            refusal(
                400,
                "ErrorMessageSizeExceeded",
                "The message exceeds the maximum supported size., Cannot save changes made to an item to store.",
            ),
        )
    },
    Mailbox::unsent("toolarge", graph::TOO_LARGE),
    Mailbox {
        data: Some(says(
            554,
            "5.2.0 STOREDRV.Submission.Exception:SubmissionQuotaExceededException; Failed to process message due to a permanent exception",
        )),
        ..Mailbox::unsent(
            "daily",
            refusal(
                400,
                "ErrorExceededMessageLimit",
                "Cannot send mail. Daily Message/Recipient limit exceeded. Follow the instructions in your Inbox to verify your account.",
            ),
        )
    },
    Mailbox::unsent(
        "recipients",
        refusal(400, "ErrorExceededMaxRecipientLimit", "The recipient limit is exceeded."),
    ),
    Mailbox::unsent(
        "hourly",
        refusal(400, "ErrorExceededHourlyMessageLimit", "The hourly message limit is exceeded."),
    ),
    Mailbox::unsent(
        "blocked",
        refusal(400, "ErrorMessageSubmissionBlocked", "Message submission is blocked for this account."),
    ),
    Mailbox::unsent(
        "suspended",
        refusal(
            400,
            "ErrorAccountSuspend",
            "Account suspended. Follow the instructions in your Inbox to verify your account.",
        ),
    ),
    Mailbox::unsent("badbody", graph::EMPTY_PAYLOAD),
    Mailbox::unsent("deserialize", graph::BAD_JSON),
    Mailbox::unsent("bcc", graph::NO_RECIPIENTS),
    Mailbox::unsent("item", graph::ITEM_NOT_FOUND),
    Mailbox { mime: Some(graph::BAD_BASE64), ..Mailbox::allowed("base64") },
    // SMTP's sign-in.
    Mailbox::no_smtp("tenant-off", TENANT_OFF),
    Mailbox::no_smtp("mailbox-off", MAILBOX_OFF),
    Mailbox::no_smtp("generic", GENERIC),
    Mailbox::no_smtp("temp-auth", says(454, "4.7.0 Temporary authentication failure")),
    Mailbox::no_smtp("temp-server", says(451, "4.7.0 Temporary server error. Please try again later")),
    Mailbox::no_smtp("drain", says(421, "4.3.2 Service not active")),
    Mailbox::no_smtp(
        "oldtls",
        says(
            421,
            "4.7.66 TLS 1.0 and 1.1 are not supported. Please upgrade/update your client to support TLS 1.2. Visit https://aka.ms/smtp_auth_tls.",
        ),
    ),
    Mailbox::no_password("basic-off", BASIC_OFF),
    Mailbox::no_password(
        "secdefaults",
        says(
            535,
            "5.7.139 Authentication unsuccessful, user is locked by your organization's security defaults policy. Contact your administrator.",
        ),
    ),
    Mailbox::no_password(
        "policy",
        says(
            535,
            "5.7.139 Authentication unsuccessful, the request did not meet the criteria to be authenticated successfully. Contact your administrator.",
        ),
    ),
    Mailbox::no_password("wrongpw", WRONG_PASSWORD),
    Mailbox::no_password("unsaid", says(535, "5.7.139 Authentication unsuccessful")),
    Mailbox::no_password(
        "retired",
        says(550, "5.7.30 Basic authentication is not supported for Client Submission."),
    ),
    // SMTP's submission.
    Mailbox::no_submission(
        "sendas-store",
        says(
            554,
            "5.2.0 STOREDRV.Submission.Exception:SendAsDeniedException.MapiExceptionSendAsDenied; Failed to process message due to a permanent exception with message Cannot submit message.",
        ),
    ),
    Mailbox::no_submission(
        "nologon",
        says(
            430,
            "4.2.0 STOREDRV; mailbox logon failure; STOREDRV.Submission.Exception:ConnectionFailedTransientException.MapiExceptionLogonFailed; Failed to process message due to a transient exception with message Cannot open mailbox",
        ),
    ),
    Mailbox::no_submission("threads", says(432, "4.3.2 STOREDRV.ClientSubmit; sender thread limit exceeded")),
    Mailbox::no_submission(
        "unsigned",
        says(550, "5.7.512 Access denied, message must be RFC 5322 section 3.6.2 compliant"),
    ),
    Mailbox {
        from: Some(says(
            421,
            "4.4.2 Message submission rate for this client has exceeded the configured limit",
        )),
        ..Mailbox::allowed("rate")
    },
];

/// What a wrong password gets, at `legacy@…` and for names that aren't in the table.
pub(crate) const WRONG_PASSWORD: Once =
    says(535, "5.7.139 Authentication unsuccessful, the user credentials were incorrect.");

impl Mailbox {
    /// The mailbox at an address of this domain; names and domain in any case.
    pub(crate) fn at(address: &str, domain: &str) -> Option<&'static Self> {
        let (name, host) = address.rsplit_once('@')?;
        let ours = host.eq_ignore_ascii_case(domain);
        TABLE.iter().find(|mailbox| ours && mailbox.name.eq_ignore_ascii_case(name))
    }
}
