//! Later refusals, met in a non-delivery report. They mean the same whichever way the mail was sent, Graph included.
//! Source: Microsoft, "Email NDRs and SMTP errors in Exchange Online", unless the row says reported.

use crate::mail::cause::{Cause, Certainty::*, Owner::*, Retry, Source::Smtp};

pub(super) const ROWS: &[Cause] = &[
    Cause::new("smtp.ndr.5.1.8", Smtp)
        .code(&["5.1.8"])
        .because("The sender is restricted because it looks compromised.")
        .fix(ExchangeAdmin, "Clear the cause, then release it under Restricted entities in the Defender portal."),
    Cause::new("smtp.ndr.recipient", Smtp)
        .code(&["5.1.1", "5.1.10"])
        .because("The recipient's address doesn't exist.")
        .fix(Developer, "Correct the address."),
    Cause::new("smtp.ndr.5.4.1.recipient", Smtp)
        .both(&["5.4.1"], &["Recipient address rejected"])
        .because("The recipient's address doesn't exist or isn't reachable from outside.")
        .fix(Developer, "Correct the address."),
    Cause::new("smtp.ndr.5.4.1.relay", Smtp)
        .both(&["5.4.1", "5.7.1", "5.7.64"], &["Relay Access Denied", "Unable to relay", "TenantAttribution"])
        .because("The connector doesn't recognise this sender. The sending IP address or its certificate has changed.")
        .fix(ExchangeAdmin, "Put the present IP address or certificate on the inbound connector."),
    Cause::new("smtp.ndr.submission-quota", Smtp)
        .both(&["5.1.90", "5.2.2"], &["Submission quota exceeded", "recipients or messages", "recipient limit", "message rate limit"])
        .because("The sender has reached its limit of recipients or messages.")
        .fix(Developer, "Spread the load over time or mailboxes."),
    Cause::new("smtp.ndr.5.1.90", Smtp)
        .code(&["5.1.90"])
        .because("The sender has reached its limit of recipients in a day.")
        .fix(Developer, "Spread the load over time or mailboxes."),
    Cause::new("smtp.ndr.receive-limit", Smtp)
        .code(&["5.2.121", "5.2.122"])
        .because("The recipient's mailbox gets too much mail in an hour, from this sender or in total.")
        .fix(Developer, "Slow alert storms down; send digests."),
    Cause::new("smtp.ndr.not-authorized", Smtp)
        .code(&["5.7.12", "5.7.124", "5.7.133", "5.7.134", "5.7.136"])
        .because("The recipient takes mail from listed or authenticated senders only.")
        .fix(Recipient, "The recipient's side must allow this sender; or send authenticated."),
    Cause::new("smtp.ndr.5.7.1", Smtp)
        .both(&["5.7.1"], &["Delivery not authorized"])
        .because("The recipient takes mail from listed or authenticated senders only.")
        .fix(Recipient, "The recipient's side must allow this sender; or send authenticated."),
    Cause::new("smtp.ndr.5.7.68", Smtp)
        .says(&["Direct Send not allowed for this organization"])
        .because("Direct Send is switched off in this organisation (`RejectDirectSend`).")
        .fix(ExchangeAdmin, "Use a connector, SMTP with OAuth, or Microsoft Graph.")
        .sure(Reported),
    Cause::new("smtp.ndr.domain-authentication", Smtp)
        .code(&["5.7.23", "5.7.509"])
        .because("The recipient's side refused the domain's proof: SPF or DMARC failed.")
        .fix(ExchangeAdmin, "Put right SPF, DKIM and DMARC of the From domain for the path now used."),
    Cause::new("smtp.ndr.5.7.233", Smtp)
        .code(&["5.7.233"])
        .because("The whole tenant has reached its limit of external recipients. Pausing one mailer doesn't help.")
        .fix(ExchangeAdmin, "Find the tenant's largest senders; move bulk mail to Azure Communication Services.")
        .sure(Reported),
    Cause::new("smtp.ndr.banned", Smtp)
        .code(&["5.7.501", "5.7.502", "5.7.503", "5.7.511"])
        .because("The sender or its address is banned.")
        .fix(ExchangeAdmin, "Ask for removal in the delist portal, or through support."),
    Cause::new("smtp.ndr.banned-ip", Smtp)
        .says(&["banned sending IP", "blocked using Spamhaus", "visit https://sender.office.com"])
        .because("The sending IP address is banned (5.7.606 to 5.7.649).")
        .fix(ExchangeAdmin, "Ask for removal in the delist portal, sender.office.com."),
    Cause::new("smtp.ndr.5.7.703", Smtp)
        .code(&["5.7.703"])
        .because("Your own Tenant Allow/Block List blocks this message.")
        .fix(ExchangeAdmin, "Remove the entry from the Tenant Allow/Block List."),
    Cause::new("smtp.ndr.5.7.705", Smtp)
        .code(&["5.7.705"])
        .because("The whole tenant may not send any more. It has passed a threshold, typical of trial tenants and of compromise; Graph still answers 202.")
        .fix(ExchangeAdmin, "Clear the cause, then open a support case."),
    Cause::new("smtp.ndr.5.7.708", Smtp)
        .code(&["5.7.708"])
        .because("Traffic from this IP address isn't taken. Typical of new and trial tenants; Graph still answers 202.")
        .fix(ExchangeAdmin, "Open a support case."),
    Cause::new("smtp.ndr.5.7.750", Smtp)
        .code(&["5.7.750"])
        .because("The From domain isn't registered in this tenant.")
        .fix(ExchangeAdmin, "Add and verify the domain, or send from an accepted one."),
    Cause::new("smtp.ndr.4.7.500", Smtp)
        .both(&["4.7.500", "4.7.501", "4.7.550", "4.7.650", "4.7.651", "4.7.699", "4.7.850", "4.7.899"], &["try again later"])
        .because("The sender is slowed down for a time.")
        .fix(Microsoft, "Wait and try again.")
        .retry(Retry::Later),
    Cause::new("smtp.ndr.expired", Smtp)
        .code(&["4.4.7", "5.4.300"])
        .because("The message expired in a queue. The recipient's server didn't take it in time.")
        .fix(Recipient, "The remote side must be reachable again; then send anew."),
];
