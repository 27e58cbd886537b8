//! What libraries, tools and devices say themselves. Around a server's reply they are only a disguise and come last;
//! alone they tell little, and say how to get the reply.
//! The confidential-client text is proved from the tags of Microsoft's authentication library for .NET: it exists in
//! 2.7.0 to 4.50.0, thrown at compile-time choice of the Android, iOS, UWP and Xamarin.Mac builds alone.

use crate::mail::cause::{Cause, Certainty::*, Depth, Owner::*, Setting, Source::Client};

pub(super) const ROWS: &[Cause] = &[
    Cause::new("client.msal-wrong-build", Client)
        .says(&["Confidential Client flows are not available on mobile platforms or on Mac"])
        .because(
            "The wrong build of Microsoft.Identity.Client.dll is loaded. This text exists only in MSAL.NET 2.7.0 to 4.50.0, \
             and only in its uap, monoandroid, xamarinios and xamarinmac builds; the net4x and netstandard builds can't throw it. \
             App registration and Azure settings are not the cause.",
        )
        .fix(
            Developer,
            "Look at the DLL in the deployed folder, not in the project: its target framework must be .NETFramework or .NETStandard. \
             Remove the reference with its HintPath, use PackageReference with Microsoft.Identity.Client 4.62 or later, delete bin and obj, \
             renew binding redirects. Then ask for scope `https://graph.microsoft.com/.default` if the next call is Graph.",
        )
        .sure(Proved),
    Cause::new("client.msal-wrong-build.newer", Client)
        .says(&["Confidential client and managed identity flows are not available on mobile platforms and on Mac"])
        .because(
            "A mobile or Mac build of Microsoft.Identity.Client.dll is loaded. This text is from MSAL.NET 4.51.0 and later; \
             the net4x and netstandard builds can't throw it.",
        )
        .fix(
            Developer,
            "Look at the DLL in the deployed folder; use PackageReference with 4.62 or later, delete bin and obj, renew binding redirects.",
        )
        .sure(Proved),
    Cause::new("client.msal-wrong-build.older", Client)
        .says(&["Confidential Client flows are not available on mobile platforms."])
        .because("A mobile build of Microsoft.Identity.Client.dll older than 2.7.0 is loaded.")
        .fix(Developer, "Use PackageReference with Microsoft.Identity.Client 4.62 or later; delete bin and obj.")
        .sure(Proved),
    Cause::new("client.scope-outlook-at-graph", Client)
        .says(&["outlook.office365.com/.default", "outlook.office.com/.default"])
        .when(Setting::Graph)
        .because("The scope asks for Exchange's audience while the call goes to Microsoft Graph. Graph will answer 401, Invalid audience.")
        .fix(Developer, "Ask for scope `https://graph.microsoft.com/.default`.")
        .sure(Reported),
    Cause::new("client.dotnet-starttls-or-auth", Client)
        .says(&["MustIssueStartTlsFirst", "The SMTP server requires a secure connection or the client was not authenticated"])
        .because(
            ".NET shows one text for two replies. Either STARTTLS is off (5.7.0), or no sign-in had succeeded (5.7.57); \
             System.Net.Mail.SmtpClient hides the AUTH reply and can't do OAuth at all.",
        )
        .fix(
            Developer,
            "Read behind \"The server response was:\"; trace System.Net for the AUTH reply. Move to Microsoft Graph, or to MailKit for XOAUTH2.",
        )
        .one_of(&["smtp.530-5.7.0", "smtp.530-5.7.57"])
        .depth(Depth::Disguise),
    Cause::new("client.curl-67", Client)
        .says(&["curl: (67)"])
        .because("curl was refused at sign-in and threw the server's reply away.")
        .fix(Developer, "Run curl again with `-v` and read the line that begins with `< 535`.")
        .sure(Proved)
        .depth(Depth::Disguise),
    Cause::new("client.python", Client)
        .says(&["SMTPAuthenticationError"])
        .because("Python's smtplib was refused at sign-in. It splits the reply: the first number is the code, the rest the sentence.")
        .fix(Developer, "Read the sentence in the tuple; `set_debuglevel(1)` shows the whole dialogue.")
        .sure(Proved)
        .depth(Depth::Disguise),
    Cause::new("client.nodemailer", Client)
        .says(&["Invalid login:", "code: 'EAUTH'"])
        .because("nodemailer was refused at sign-in. \"Invalid login\" is the library's prefix; the reply behind it is the server's.")
        .fix(Developer, "Read the reply behind the prefix (`response` of the error).")
        .sure(Reported)
        .depth(Depth::Disguise),
    Cause::new("client.javamail", Client)
        .says(&["javax.mail.AuthenticationFailedException", "jakarta.mail.AuthenticationFailedException"])
        .because("JavaMail was refused at sign-in; the reply stands in the exception's message.")
        .fix(Developer, "Set `mail.debug=true` and read the reply to AUTH.")
        .sure(Reported)
        .depth(Depth::Disguise),
    Cause::new("client.mailkit", Client)
        .says(&["MailKit.Security.AuthenticationException"])
        .because("MailKit was refused at sign-in; the reply stands in the exception's message.")
        .fix(Developer, "Pass a `ProtocolLogger` and read the reply to AUTH.")
        .sure(Reported)
        .depth(Depth::Disguise),
    Cause::new("client.kyocera-1102", Client)
        .both(&["1102"], &["Kyocera", "TASKalfa", "ECOSYS", "send error", "sending error"])
        .because("A Kyocera device was refused at sign-in to SMTP.")
        .fix(Developer, "Point the device at a relay, High Volume Email, or an SMTP-to-Graph bridge: it can't do OAuth.")
        .sure(Reported),
    Cause::new("client.postfix", Client)
        .says(&["SASL authentication failed; server", "SASL authentication failed: server"])
        .because("Not confirmed on a live tenant: Postfix was refused at sign-in by its upstream; the reply stands behind \"said:\".")
        .fix(Developer, "Read the reply behind \"said:\"; Postfix needs a SASL plug-in for XOAUTH2.")
        .sure(Unverified)
        .depth(Depth::Disguise),
    Cause::new("client.implicit-tls", Client)
        .both(&["587"], &["wrong version number", "WRONG_VERSION_NUMBER", "record overflow", "Unsupported or unrecognized SSL message"])
        .because("Not confirmed on a live tenant: the program begins with TLS on port 587, where the server speaks plain text until STARTTLS.")
        .fix(Developer, "Use STARTTLS on 587 (`secure: false`, `SMTP` instead of `SMTP_SSL`).")
        .sure(Unverified),
];
