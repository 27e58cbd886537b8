//! After a sign-in: sender, mailbox, limits. Send-as and concurrency are refused at the end of DATA, not at MAIL FROM.
//! Texts: Microsoft's "Changes in message store and throttling for concurrent connections"; MailKit#1176,
//! email-oauth2-proxy#271, notifuse#250.

use crate::mail::cause::{Cause, Certainty::*, Owner::*, Retry, Source::Smtp};

pub(super) const ROWS: &[Cause] = &[
    Cause::new("smtp.550-5.7.60", Smtp)
        .says(&["Client does not have permissions to send as this sender"])
        .because("The sign-in is fine; the From address isn't allowed for it.")
        .fix(ExchangeAdmin, "Send from the mailbox that signs in, or grant it Send As: `Add-RecipientPermission <from> -Trustee <mailbox> -AccessRights SendAs`.")
        .sure(Reported),
    Cause::new("smtp.554-5.2.0.send-as", Smtp)
        .says(&["SendAsDeniedException", "MapiExceptionSendAsDenied"])
        .because("The From address isn't allowed for the mailbox that signs in. This is the message store's wording of 5.7.60.")
        .fix(ExchangeAdmin, "Grant Send As to the authenticating mailbox; a grant to the service principal alone isn't enough.")
        .sure(Reported),
    Cause::new("smtp.430-4.2.0", Smtp)
        .says(&["STOREDRV; mailbox logon failure", "MapiExceptionLogonFailed"])
        .because("The sign-in passed, but the app can't open the mailbox. FullAccess is missing, a wrong object id was registered, or the mailbox has no licence or is being moved; it looks passing and usually isn't.")
        .fix(ExchangeAdmin, "`Add-MailboxPermission <mailbox> -User <service principal> -AccessRights FullAccess`, with the enterprise app's object id in `New-ServicePrincipal`.")
        .sure(Reported)
        .retry(Retry::Once),
    Cause::new("smtp.432-4.3.2.connections", Smtp)
        .says(&["Concurrent connections limit exceeded"])
        .because("More than three connections send from this mailbox at the same time.")
        .fix(Developer, "Keep to two connections for each mailbox, queue, and try again.")
        .sure(Documented)
        .retry(Retry::Later),
    Cause::new("smtp.432-4.3.2.threads", Smtp)
        .says(&["sender thread limit exceeded"])
        .because("Too many messages of this mailbox are in work at the same time.")
        .fix(Developer, "Keep to two connections for each mailbox, queue, and try again.")
        .sure(Reported)
        .retry(Retry::Later),
    Cause::new("smtp.554-5.2.0.quota", Smtp)
        .says(&["SubmissionQuotaExceededException"])
        .because("The mailbox has reached 10,000 recipients in a day.")
        .fix(Developer, "Wait 24 hours; for more, use High Volume Email (internal) or Azure Communication Services (external).")
        .sure(Documented),
    Cause::new("smtp.554-5.2.2.full", Smtp)
        .says(&[
            "Exception:QuotaExceededException",
            "MapiExceptionShutoffQuotaExceeded",
            "MapiExceptionQuotaExceeded",
            "5.2.2 mailbox full",
        ])
        .because("The sending mailbox is full. Sent Items of an unattended mailer fill it up.")
        .fix(ExchangeAdmin, "Empty Sent Items and put a retention policy on it.")
        .sure(Documented),
    Cause::new("smtp.552-5.3.4", Smtp)
        .both(&["5.3.4"], &["size exceeds", "too large", "too big"])
        .because("Not confirmed on a live tenant: the message is larger than the mailbox allows, often 35 MB although the server announces 150 MB.")
        .fix(Developer, "Send a smaller message or a link; `Get-Mailbox <mailbox>` shows `MaxSendSize`.")
        .sure(Unverified),
    Cause::new("smtp.5.7.512", Smtp)
        .both(&["5.7.512"], &["RFC 5322"])
        .because("The message has no valid From header.")
        .fix(Developer, "Write one From address in angle brackets, with no `@` in an unquoted display name.")
        .sure(Documented),
];
