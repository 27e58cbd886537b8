//! Replies to AUTH, and to MAIL FROM without it. `535 5.7.139` is one code with five sentences: the sentence decides.
//! Texts: email-oauth2-proxy#193, nodemailer#1484, MailKit#700, #1126, #1770, OfficeDocs-Exchange#2075, and Microsoft's
//! "Email NDRs and SMTP errors in Exchange Online".

use crate::mail::cause::{Cause, Certainty::*, Depth, Owner::*, Setting, Source::Smtp};

pub(super) const ROWS: &[Cause] = &[
    Cause::new("smtp.535-5.7.139.tenant", Smtp)
        .says(&["SmtpClientAuthentication is disabled for the Tenant"])
        .because("SMTP AUTH is off for the whole tenant. The password is not the cause, and OAuth over SMTP is off too.")
        .fix(
            ExchangeAdmin,
            "Move this mailer to Microsoft Graph. Or allow this one mailbox and leave the tenant switch off: \
             `Set-CASMailbox <mailbox> -SmtpClientAuthenticationDisabled $false`.",
        )
        .sure(Reported),
    Cause::new("smtp.535-5.7.139.mailbox", Smtp)
        .says(&["SmtpClientAuthentication is disabled for the Mailbox"])
        .because("SMTP AUTH is off for this mailbox by a setting of its own. The password is not the cause, and OAuth over SMTP is off too.")
        .fix(
            ExchangeAdmin,
            "Move this mailer to Microsoft Graph. Or `Set-CASMailbox <mailbox> -SmtpClientAuthenticationDisabled $false`.",
        )
        .sure(Reported),
    Cause::new("smtp.535-5.7.139.basic-disabled", Smtp)
        .says(&["Authentication unsuccessful, basic authentication is disabled"])
        .because("Passwords are refused for SMTP here, by an authentication policy or by default. The password itself may be right.")
        .fix(
            Developer,
            "Move this mailer to Microsoft Graph, or keep SMTP with OAuth (XOAUTH2). Trying other passwords only risks a lock-out.",
        )
        .sure(Reported),
    Cause::new("smtp.535-5.7.139.security-defaults", Smtp)
        .says(&["user is locked by your organization's security defaults policy"])
        .because("Entra security defaults refuse passwords over SMTP. The user isn't locked out of anything else by this.")
        .fix(
            EntraAdmin,
            "Move this mailer to Microsoft Graph with an app identity, or replace security defaults by Conditional Access policies.",
        )
        .sure(Reported),
    Cause::new("smtp.535-5.7.139.policy", Smtp)
        .says(&["the request did not meet the criteria to be authenticated successfully"])
        .because("A sign-in policy refused, usually Conditional Access. The reply doesn't say which one; the sign-in log does.")
        .fix(
            EntraAdmin,
            "Read the Entra sign-in log of this user for the policy's name. An app identity on Microsoft Graph isn't subject to user policies.",
        )
        .sure(Reported),
    Cause::new("smtp.535-5.7.139.credentials", Smtp)
        .says(&["Authentication unsuccessful, the user credentials were incorrect"])
        .because("Not confirmed on a live tenant: the user name or the password is wrong.")
        .fix(
            Developer,
            "Check user name and password once, then stop: each further try counts towards a lock-out.",
        )
        .sure(Unverified),
    Cause::new("smtp.535-5.7.139", Smtp)
        .code(&["5.7.139"])
        .because(
            "The reply was refused with 535 5.7.139, and the code alone doesn't say why. \
             It may be the tenant switch, the mailbox switch, Basic authentication being off, security defaults, \
             a sign-in policy or a wrong password; only the sentence behind the code tells them apart.",
        )
        .fix(
            Developer,
            "Get the whole reply line: swaks `--tls -a LOGIN`, curl `-v`, Python `set_debuglevel(1)`, .NET tracing of System.Net.",
        )
        .one_of(&[
            "smtp.535-5.7.139.tenant",
            "smtp.535-5.7.139.mailbox",
            "smtp.535-5.7.139.basic-disabled",
            "smtp.535-5.7.139.security-defaults",
            "smtp.535-5.7.139.policy",
            "smtp.535-5.7.139.credentials",
        ]),
    Cause::new("smtp.535-5.7.3.token", Smtp)
        .both(&["5.7.3"], &["Authentication unsuccessful"])
        .when(Setting::Token)
        .because(
            "Exchange got a token that it will not honour. Most often, in this order: a token for Microsoft Graph \
             instead of Exchange; the service principal isn't registered in Exchange, or with the app registration's \
             object id; no FullAccess on the mailbox; no consent for SMTP.SendAsApp; `user=` isn't the mailbox; \
             or the change is younger than an hour.",
        )
        .fix(
            ExchangeAdmin,
            "Ask for scope `https://outlook.office365.com/.default`; then `New-ServicePrincipal -AppId <client id> \
             -ObjectId <object id of the enterprise app>` and `Add-MailboxPermission <mailbox> -User <service principal> \
             -AccessRights FullAccess`; then wait up to an hour.",
        )
        .sure(Reported),
    Cause::new("smtp.535-5.7.3.login", Smtp)
        .both(&["5.7.3"], &["Authentication unsuccessful"])
        .when(Setting::Login)
        .because(
            "Exchange refused the password without saying why. The causes are those of 535 5.7.139: a switch, a policy \
             or the password.",
        )
        .fix(
            ExchangeAdmin,
            "Read the Entra sign-in log of this user, and `Get-TransportConfig` and `Get-CASMailbox` for `SmtpClientAuthenticationDisabled`.",
        )
        .sure(Reported),
    Cause::new("smtp.535-5.7.3", Smtp)
        .both(&["5.7.3"], &["Authentication unsuccessful"])
        .because(
            "Exchange refused the sign-in with its general reply, 535 5.7.3. With a token it points at audience, \
             registration or permission; with a password it stands for the causes of 535 5.7.139.",
        )
        .fix(
            Developer,
            "Find the AUTH line before the reply: `AUTH XOAUTH2` means a token was refused, `AUTH LOGIN` a password.",
        )
        .one_of(&["smtp.535-5.7.3.token", "smtp.535-5.7.3.login"]),
    Cause::new("smtp.550-5.7.30", Smtp)
        .both(&["5.7.30"], &["Basic authentication is not supported for Client Submission"])
        .because("Basic authentication for client submission is gone here. The message is rejected, not queued.")
        .fix(Developer, "Move this mailer to Microsoft Graph, or keep SMTP with OAuth (XOAUTH2).")
        .sure(Documented),
    Cause::new("smtp.530-5.7.57", Smtp)
        .both(
            &["5.7.57"],
            &["Client not authenticated to send", "Client was not authenticated to send anonymous mail"],
        )
        .because(
            "No sign-in had succeeded when mail was sent. Either the program never signed in, or its sign-in failed and it \
             went on; the AUTH reply earlier in the log is the real cause.",
        )
        .fix(
            Developer,
            "Look up the log for the reply to AUTH. If there is none, turn on STARTTLS and authentication in the program.",
        )
        .sure(Documented)
        .depth(Depth::Consequence),
    Cause::new("smtp.535-5.7.8", Smtp)
        .code(&["5.7.8"])
        .because("Another server than Exchange Online answered. 535 5.7.8 is what Dovecot, Postfix and others say when a sign-in fails.")
        .fix(
            Network,
            "Check which host and port the program really reaches; behind a relay the relay's own user and password count.",
        )
        .sure(Proved),
    Cause::new("smtp.535", Smtp)
        .both(&["535"], &["Authentication unsuccessful", "authentication failed", "Invalid login"])
        .because(
            "The sign-in was refused, and the text lacks the code and the sentence that say why. It may be a switch in \
             Exchange, a policy, the password or the token.",
        )
        .fix(
            Developer,
            "Get the whole reply line with its 5.7.x code: swaks `--tls`, curl `-v`, Python `set_debuglevel(1)`.",
        )
        .one_of(&["smtp.535-5.7.139", "smtp.535-5.7.3", "smtp.535-5.7.8"]),
];
