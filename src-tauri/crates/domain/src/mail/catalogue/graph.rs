//! Errors of Microsoft Graph's mail calls, by code and, where one code has several meanings, by message.
//! Sources: Microsoft's Graph documents (`sendMail`, large attachments, throttling, errors); SMTP2Graph#28, #30;
//! Mailozaurr#40; python-o365#428; office365-mail#39.

use crate::mail::cause::{Cause, Certainty::*, Depth, Owner::*, Retry, Source::Graph};

pub(super) const ROWS: &[Cause] = &[
    Cause::new("graph.mime-base64", Graph)
        .code(&["ErrorMimeContentInvalidBase64String"])
        .because("The MIME body isn't valid base64.")
        .fix(Developer, "Encode the whole message as base64, send it as `text/plain`, with no `data:` prefix."),
    Cause::new("graph.no-recipients", Graph)
        .code(&["ErrorInvalidRecipients"])
        .because("The message has no valid recipient. For a probe without recipients this is the sign that the app may use the mailbox.")
        .fix(Developer, "Give at least one valid recipient; a Bcc-only MIME message with `To: Undisclosed recipients:;` is refused too.")
        .sure(Reported),
    Cause::new("graph.message-size", Graph)
        .code(&["ErrorMessageSizeExceeded"])
        .because("The message is larger than the mailbox allows.")
        .fix(Developer, "Send a smaller message or a link; the mailbox's `MaxSendSize` decides.")
        .sure(Reported),
    Cause::new("graph.bad-body", Graph)
        .both(
            &["BadRequest", "UnableToDeserializePostBody"],
            &["Empty Payload. JSON content expected", "Unable to read JSON request payload", "UnableToDeserializePostBody", "invalid JSON", "deserialize"],
        )
        .because("Graph couldn't read the body: wrong JSON, or a content type that doesn't fit it.")
        .fix(Developer, "Send `application/json` with `{\"message\": …}`, or base64 MIME as `text/plain`.")
        .sure(Reported),
    Cause::new("graph.daily-limit", Graph)
        .code(&["ErrorExceededMessageLimit"])
        .because("The mailbox's daily limit of messages or recipients is reached.")
        .fix(Developer, "Wait until the next day; trial and consumer mailboxes must be verified first.")
        .sure(Reported)
        .retry(Retry::Later),
    Cause::new("graph.submission-refused", Graph)
        .code(&["ErrorExceededMaxRecipientLimit", "ErrorExceededHourlyMessageLimit", "ErrorMessageSubmissionBlocked", "ErrorAccountSuspend"])
        .because("Exchange doesn't take mail from this sender now: a limit is reached, or the sender is restricted.")
        .fix(ExchangeAdmin, "Look under Restricted entities in the Defender portal, then at the sender's volume.")
        .sure(Reported),
    Cause::new("graph.token.audience", Graph)
        .both(&["InvalidAuthenticationToken"], &["Invalid audience"])
        .because("The token is for another API. The classic slip is scope `https://outlook.office365.com/.default` for a call to Graph.")
        .fix(Developer, "Ask for scope `https://graph.microsoft.com/.default`.")
        .sure(Reported),
    Cause::new("graph.token.expired", Graph)
        .both(&["InvalidAuthenticationToken"], &["Lifetime validation failed", "token is expired", "token has expired"])
        .because("The token has expired, or this machine's clock is wrong.")
        .fix(Developer, "Get a new token before the old one's `exp`, and check the clock; once in a while one more try with a fresh token helps.")
        .sure(Reported)
        .retry(Retry::Once),
    Cause::new("graph.token.malformed", Graph)
        .both(&["InvalidAuthenticationToken"], &["CompactToken parsing failed", "IDX14100", "JWT is not well formed", "Access token is empty"])
        .because("Not confirmed on a live tenant: the Authorization header is missing or holds something that isn't a token.")
        .fix(Developer, "Send `Authorization: Bearer <token>` with the token as it came.")
        .sure(Unverified),
    Cause::new("graph.token", Graph)
        .code(&["InvalidAuthenticationToken"])
        .because("Graph refused the token, and the text doesn't say why. It may be for another API, expired, or broken.")
        .fix(Developer, "Get the error's message; decode the token's `aud` and `exp`.")
        .one_of(&["graph.token.audience", "graph.token.expired", "graph.token.malformed"]),
    Cause::new("graph.no-permissions", Graph)
        .code(&["NoPermissionsInAccessToken"])
        .because("No permission reached Graph in the token. Either consent was never given, or `/me` was called with an app's token.")
        .fix(EntraAdmin, "Grant admin consent for `Mail.Send` (application), or scope the app in Exchange; call `/users/<mailbox>`, not `/me`.")
        .sure(Reported),
    Cause::new("graph.denied.raop", Graph)
        .says(&["Blocked by tenant configured AppOnly AccessPolicy settings", "Access to OData is disabled"])
        .because("An application access policy keeps this app out of this mailbox. For a mailbox that must be out of scope this is the wanted answer.")
        .fix(ExchangeAdmin, "Add the mailbox to the policy's scope group, or better move the policy to RBAC for Applications; a change takes an hour and more.")
        .sure(Reported),
    Cause::new("graph.denied", Graph)
        .both(&["ErrorAccessDenied"], &["Access is denied"])
        .because("The app may not use this mailbox. Consent is missing or too young, RBAC for Applications leaves the mailbox out, or a draft was tried with `Mail.Send` alone.")
        .fix(EntraAdmin, "Grant `Mail.Send` or put the mailbox into the app's Exchange scope; wait up to two hours after a change. Attachments over 3 MB need `Mail.ReadWrite` as well.")
        .sure(Reported)
        .retry(Retry::Later),
    Cause::new("graph.denied.code-only", Graph)
        .code(&["ErrorAccessDenied"])
        .because("The app was refused at this mailbox, and the text doesn't say by what. It may be an application access policy, RBAC for Applications, or missing consent.")
        .fix(Developer, "Get the error's message and `request-id`.")
        .one_of(&["graph.denied", "graph.denied.raop"]),
    Cause::new("graph.directory-denied", Graph)
        .both(&["Authorization_RequestDenied"], &["Insufficient privileges"])
        .because("Not confirmed on a live tenant: a directory call (not a mailbox) lacks its permission.")
        .fix(EntraAdmin, "Grant the permission of that call, or leave the call out: sending mail needs none.")
        .sure(Unverified),
    Cause::new("graph.send-as-denied", Graph)
        .code(&["ErrorSendAsDenied"])
        .because("The From address isn't allowed for the mailbox in the address of the call. A display name with a bare `@` in MIME gives the same error.")
        .fix(ExchangeAdmin, "Post to the mailbox you want to send from, or grant Send As; quote display names."),
    Cause::new("graph.invalid-user", Graph)
        .code(&["ErrorInvalidUser"])
        .because("This address is no mailbox of this tenant. It is misspelt, external, a consumer's, or of another tenant.")
        .fix(Developer, "Correct the address, or sign in to the tenant that holds it.")
        .sure(Reported),
    Cause::new("graph.not-found", Graph)
        .code(&["Request_ResourceNotFound"])
        .because("Not confirmed on a live tenant: there is no such object in the directory.")
        .fix(Developer, "Correct the address or id.")
        .sure(Unverified),
    Cause::new("graph.mailbox-not-online", Graph)
        .code(&["MailboxNotEnabledForRESTAPI"])
        .because("There is no active Exchange Online mailbox here. It is on-premises, soft-deleted, without a licence, or just made.")
        .fix(ExchangeAdmin, "Give it a licence, move it to Exchange Online, or send from another mailbox.")
        .sure(Reported)
        .retry(Retry::Later),
    Cause::new("graph.no-mailbox", Graph)
        .code(&["ErrorNonExistentMailbox"])
        .because("The address has no mailbox.")
        .fix(ExchangeAdmin, "Send from an address that has a mailbox; a group or list needs one as its `from`."),
    Cause::new("graph.item-not-found", Graph)
        .code(&["ErrorItemNotFound"])
        .because("Not confirmed on a live tenant: the draft or message is gone.")
        .fix(Developer, "Make the draft anew and send it in the same run.")
        .sure(Unverified),
    Cause::new("graph.too-large", Graph)
        .says(&["413 Request Entity Too Large", "RequestEntityTooLarge"])
        .because("The request is larger than about 4 MB.")
        .fix(Developer, "Use a draft with an upload session for attachments of 3 to 150 MB; it needs `Mail.ReadWrite` as well as `Mail.Send`.")
        .sure(Reported),
    Cause::new("graph.throttled", Graph)
        .code(&["ApplicationThrottled", "TooManyRequests"])
        .because("The app has too many calls in flight at this mailbox.")
        .fix(Developer, "Keep to four at a time for the app, and obey `Retry-After`, in seconds or as a date.")
        .retry(Retry::Later),
    Cause::new("graph.throttled.concurrency", Graph)
        .says(&["over its MailboxConcurrency limit"])
        .because("Not confirmed on a live tenant: more than four calls of the app were in flight at this mailbox.")
        .fix(Developer, "Keep to four at a time for the app, and obey `Retry-After`.")
        .sure(Unverified)
        .retry(Retry::Later),
    Cause::new("graph.busy", Graph)
        .code(&["ErrorInternalServerError", "ErrorServerBusy", "ServiceUnavailable"])
        .because("A passing error at Microsoft.")
        .fix(Microsoft, "Try again with growing pauses and an end.")
        .retry(Retry::Later),
    Cause::new("graph.mailbox-full", Graph)
        .code(&["ErrorQuotaExceeded", "ErrorSendQuotaExceeded"])
        .because("The sending mailbox is full. Sent Items of an unattended mailer fill it up.")
        .fix(ExchangeAdmin, "Empty Sent Items and put a retention policy on it, or send with `saveToSentItems: false`.")
        .sure(Reported),
    Cause::new("graph.claims-challenge", Graph)
        .code(&["insufficient_claims"])
        .because("Conditional Access asks for more than the token carries. For an app this comes from a workload identity policy.")
        .fix(EntraAdmin, "Look at workload identity policies; allow the server's egress address.")
        .depth(Depth::Root),
];
