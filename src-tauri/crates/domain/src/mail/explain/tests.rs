//! Texts shaped like what people paste, typed by us.

use super::*;
use crate::mail::Certainty;

fn first(text: &str) -> Match {
    explain(text).into_iter().next().unwrap_or_else(|| panic!("nothing found in {text:?}"))
}

fn ids(text: &str) -> Vec<&'static str> {
    explain(text).into_iter().map(|found| found.id).collect()
}

#[test]
fn one_code_and_its_sentences_are_different_causes() {
    let tail = "[AM0PR02CA0134.eurprd02.prod.outlook.com 2026-11-24T09:12:08.417Z 08DE2B1C44A9F1E0]";
    for (sentence, id) in [
        (
            "SmtpClientAuthentication is disabled for the Tenant. Visit https://aka.ms/smtp_auth_disabled for more information.",
            "smtp.535-5.7.139.tenant",
        ),
        (
            "SmtpClientAuthentication is disabled for the Mailbox. Visit https://aka.ms/smtp_auth_disabled for more information.",
            "smtp.535-5.7.139.mailbox",
        ),
        ("basic authentication is disabled.", "smtp.535-5.7.139.basic-disabled"),
        (
            "user is locked by your organization's security defaults policy. Contact your administrator.",
            "smtp.535-5.7.139.security-defaults",
        ),
        (
            "the request did not meet the criteria to be authenticated successfully. Contact your administrator.",
            "smtp.535-5.7.139.policy",
        ),
        ("the user credentials were incorrect.", "smtp.535-5.7.139.credentials"),
    ] {
        let text = format!("535 5.7.139 Authentication unsuccessful, {sentence} {tail}");
        let found = first(&text);
        assert_eq!(found.id, id, "{text}");
        assert_eq!(found.tail.as_deref(), Some(tail), "the tail is evidence");
        assert!(!found.quote.contains("AM0PR02CA0134"), "and not part of the sentence: {}", found.quote);
        assert_eq!(ids(&text).len(), 1, "no second cause from one line: {:?}", ids(&text));
    }
}

#[test]
fn the_code_alone_is_ambiguous_and_names_its_possible_causes() {
    for text in ["535 5.7.139", "535 5.7.139 Authentication unsuccessful", "SMTP error 535 (5.7.139)"] {
        let found = first(text);
        assert_eq!(found.id, "smtp.535-5.7.139", "{text}");
        assert_eq!(found.certainty, Certainty::Ambiguous);
        assert_eq!(found.possible.len(), 6);
    }
    assert_eq!(first("535 Authentication unsuccessful").id, "smtp.535");
}

#[test]
fn dotnet_hides_the_root_behind_its_consequence() {
    let text = "Unhandled Exception: System.Net.Mail.SmtpException: The SMTP server requires a secure connection or the \
        client was not authenticated. The server response was: 5.7.57 Client not authenticated to send mail. Error: 535 \
        5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant. Visit \
        https://aka.ms/smtp_auth_disabled for more information. [FR4P281CA0200.DEUP281.PROD.OUTLOOK.COM \
        2026-03-02T07:41:10.101Z 08DE77A1B2C3D4E5]\r\n   at System.Net.Mail.MailCommand.CheckResponse(SmtpStatusCode statusCode, String response)";
    assert_eq!(ids(text), ["smtp.535-5.7.139.tenant", "smtp.530-5.7.57", "client.dotnet-starttls-or-auth"]);

    let older = "System.Net.Mail.SmtpException: The SMTP server requires a secure connection or the client was not \
        authenticated. The server response was: 5.7.57 SMTP; Client was not authenticated to send anonymous mail during MAIL FROM [VI1PR0501CA0013.eurprd05.prod.outlook.com]";
    assert_eq!(ids(older), ["smtp.530-5.7.57", "client.dotnet-starttls-or-auth"]);
}

#[test]
fn python_splits_the_code_from_the_sentence() {
    for text in [
        "smtplib.SMTPAuthenticationError: (535, b'5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant. Visit https://aka.ms/smtp_auth_disabled for more information. [BY5PR17CA0030.namprd17.prod.outlook.com 2026-05-01T10:00:00.000Z 08DE8811AABBCCDD]')",
        "raise SMTPAuthenticationError(code, resp)\\nsmtplib.SMTPAuthenticationError: (535, b\"5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant.\")",
    ] {
        assert_eq!(ids(text), ["smtp.535-5.7.139.tenant", "client.python"], "{text}");
    }
    let quoted = r#"SMTPAuthenticationError(535, b'5.7.139 Authentication unsuccessful, user is locked by your organization\'s security defaults policy. Contact your administrator.')"#;
    assert_eq!(first(quoted).id, "smtp.535-5.7.139.security-defaults");
}

#[test]
fn other_disguises_come_after_the_reply_they_carry() {
    for (text, id) in [
        (
            "Error: Invalid login: 535 5.7.139 Authentication unsuccessful, basic authentication is disabled. [LO4P123CA0001.GBRP123.PROD.OUTLOOK.COM 2026-10-01T00:00:00.000Z 08DE0]\n  code: 'EAUTH',\n  responseCode: 535,\n  command: 'AUTH LOGIN'",
            "smtp.535-5.7.139.basic-disabled",
        ),
        (
            "javax.mail.AuthenticationFailedException: 535 5.7.139 Authentication unsuccessful, the request did not meet the criteria to be authenticated successfully. Contact your administrator.",
            "smtp.535-5.7.139.policy",
        ),
        (
            "MailKit.Security.AuthenticationException: 535: 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox.",
            "smtp.535-5.7.139.mailbox",
        ),
        (
            "postfix/smtp[811]: 4F2A1: SASL authentication failed; server smtp.office365.com[52.97.201.226] said: 535 5.7.3 Authentication unsuccessful [AS4P191CA0001.EURP191.PROD.OUTLOOK.COM 2026-09-09T08:00:00.000Z 08DD]",
            "smtp.535-5.7.3",
        ),
    ] {
        assert_eq!(first(text).id, id, "{text}");
        assert!(ids(text).len() >= 2, "the disguise is named too: {:?}", ids(text));
    }
    assert_eq!(first("curl: (67) Login denied").id, "client.curl-67");
    assert_eq!(first("Kyocera TASKalfa 4053ci: sending error 1102").id, "client.kyocera-1102");
}

#[test]
fn the_general_refusal_is_told_apart_by_the_mechanism_that_was_used() {
    let refusal = "535 5.7.3 Authentication unsuccessful [AM0PR02CA0134.eurprd02.prod.outlook.com 2024-07-11T11:46:49.042Z 08DCA18218166FB4]";
    let offered = "S: 250-AUTH LOGIN XOAUTH2\n";
    assert_eq!(first(&format!("{offered}C: AUTH XOAUTH2 dXNlcj1h\nS: {refusal}")).id, "smtp.535-5.7.3.token");
    assert_eq!(
        first(&format!("{offered}C: AUTH LOGIN\nS: 334 VXNlcm5hbWU6\nS: {refusal}")).id,
        "smtp.535-5.7.3.login"
    );
    let unsaid = first(&format!("{offered}S: {refusal}"));
    assert_eq!((unsaid.id, unsaid.certainty), ("smtp.535-5.7.3", Certainty::Ambiguous));
    assert_eq!(unsaid.possible, ["smtp.535-5.7.3.token", "smtp.535-5.7.3.login"]);
}

#[test]
fn submission_replies_are_known_by_their_sentence() {
    for (text, id) in [
        (
            "550 5.7.60 SMTP; Client does not have permissions to send as this sender [PR0P264CA0001]",
            "smtp.550-5.7.60",
        ),
        ("554 5.7.60 SMTP; Client does not have permissions to send as this sender", "smtp.550-5.7.60"),
        (
            "554 5.2.0 STOREDRV.Submission.Exception:SendAsDeniedException.MapiExceptionSendAsDenied; Failed to process message due to a permanent exception with message Cannot submit message. 0.35250:0A00",
            "smtp.554-5.2.0.send-as",
        ),
        (
            "430 4.2.0 STOREDRV; mailbox logon failure; STOREDRV.Submission.Exception:ConnectionFailedTransientException.MapiExceptionLogonFailed; Cannot open mailbox",
            "smtp.430-4.2.0",
        ),
        (
            "432 4.3.2 Concurrent connections limit exceeded. Visit https://aka.ms/concurrent_sending for more information. [Hostname=DB9PR01MB1.eurprd01.prod.exchangelabs.com]",
            "smtp.432-4.3.2.connections",
        ),
        ("432 4.3.2 STOREDRV.ClientSubmit; sender thread limit exceeded", "smtp.432-4.3.2.threads"),
        (
            "554 5.2.0 STOREDRV.Submission.Exception:SubmissionQuotaExceededException; Failed",
            "smtp.554-5.2.0.quota",
        ),
        (
            "554 5.2.2 mailbox full; STOREDRV.Submission.Exception:QuotaExceededException.MapiExceptionShutoffQuotaExceeded; Failed",
            "smtp.554-5.2.2.full",
        ),
        ("552 5.3.4 Message size exceeds fixed limit", "smtp.552-5.3.4"),
        ("550 5.7.30 Basic authentication is not supported for Client Submission.", "smtp.550-5.7.30"),
        (
            "421 4.7.66 TLS 1.0 and 1.1 are not supported. Please upgrade/update your client to support TLS 1.2.",
            "smtp.421-4.7.66",
        ),
        ("530 5.7.0 Must issue a STARTTLS command first", "smtp.530-5.7.0"),
        ("504 5.7.4 Unrecognized authentication type [AM9]", "smtp.504-5.7.4"),
        ("454 4.7.0 Temporary authentication failure", "smtp.454-4.7.0"),
        ("451 4.7.0 Temporary server error. Please try again later. PRX5", "smtp.451-4.7.0"),
        ("421 4.3.2 Service not active", "smtp.421-4.3.2"),
        (
            "550 5.7.68 TenantInboundAttribution; Direct Send not allowed for this organization from unauthorized sources",
            "smtp.ndr.5.7.68",
        ),
        ("550 5.7.705 Access denied, tenant has exceeded threshold", "smtp.ndr.5.7.705"),
        ("550 5.7.64 TenantAttribution; Relay Access Denied SMTP", "smtp.ndr.5.4.1.relay"),
        (
            "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup",
            "smtp.ndr.recipient",
        ),
        ("connect to smtp.office365.com[52.97.1.2]:587: Connection timed out", "smtp.connect-blocked"),
        ("Error: connect ECONNREFUSED 10.0.0.1:587", "smtp.connect-blocked"),
        (
            "curl: (28) Failed to connect to smtp.office365.com port 587 after 130000 ms: Couldn't connect to server",
            "smtp.connect-blocked",
        ),
        ("smtp.office365.com: socket.gaierror: [Errno -2] Name or service not known", "smtp.host-unknown"),
        ("550 5.1.90 Submission quota exceeded", "smtp.ndr.submission-quota"),
        (
            "ssl.SSLCertVerificationError: [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: unable to get local issuer certificate (_ssl.c:1006)",
            "smtp.tls-untrusted",
        ),
    ] {
        assert_eq!(first(text).id, id, "{text}");
    }
}

#[test]
fn graph_errors_are_known_by_code_and_message() {
    let body = |code: &str, message: &str| {
        format!(
            r#"{{"error":{{"code":"{code}","message":"{message}","innerError":{{"date":"2026-11-24T09:00:00","request-id":"0f0e"}}}}}}"#
        )
    };
    for (code, message, id) in [
        (
            "ErrorMimeContentInvalidBase64String",
            "Invalid base64 string for MIME content.",
            "graph.mime-base64",
        ),
        (
            "ErrorInvalidRecipients",
            "At least one recipient is not valid., A message can't be sent because it contains no recipients.",
            "graph.no-recipients",
        ),
        (
            "ErrorMessageSizeExceeded",
            "The message exceeds the maximum supported size., Cannot save changes made to an item to store.",
            "graph.message-size",
        ),
        ("BadRequest", "Empty Payload. JSON content expected.", "graph.bad-body"),
        (
            "ErrorExceededMessageLimit",
            "Cannot send mail. Daily Message/Recipient limit exceeded.",
            "graph.daily-limit",
        ),
        (
            "InvalidAuthenticationToken",
            "Access token validation failure. Invalid audience.",
            "graph.token.audience",
        ),
        (
            "InvalidAuthenticationToken",
            "Lifetime validation failed, the token is expired.",
            "graph.token.expired",
        ),
        (
            "InvalidAuthenticationToken",
            "CompactToken parsing failed with error code: 80049217",
            "graph.token.malformed",
        ),
        (
            "NoPermissionsInAccessToken",
            "The token contains no permissions, or permissions can not be understood.",
            "graph.no-permissions",
        ),
        ("ErrorAccessDenied", "Access is denied. Check credentials and try again.", "graph.denied"),
        (
            "ErrorAccessDenied",
            "Access to OData is disabled: [RAOP] : Blocked by tenant configured AppOnly AccessPolicy settings.",
            "graph.denied.raop",
        ),
        (
            "ErrorSendAsDenied",
            "The user account which was used to submit this request does not have the right to send mail on behalf of the specified sending account. Cannot submit message.",
            "graph.send-as-denied",
        ),
        ("ErrorInvalidUser", "The requested user 'x@y' is invalid.", "graph.invalid-user"),
        (
            "Request_ResourceNotFound",
            "Resource 'x' does not exist or one of its queried reference-property objects are not present.",
            "graph.not-found",
        ),
        (
            "MailboxNotEnabledForRESTAPI",
            "The mailbox is either inactive, soft-deleted, or is hosted on-premise.",
            "graph.mailbox-not-online",
        ),
        (
            "ErrorNonExistentMailbox",
            "The SMTP address has no mailbox associated with it.",
            "graph.no-mailbox",
        ),
        ("ApplicationThrottled", "Application is over its MailboxConcurrency limit.", "graph.throttled"),
        ("ErrorQuotaExceeded", "The mailbox is full.", "graph.mailbox-full"),
        ("ErrorServerBusy", "The server is busy.", "graph.busy"),
    ] {
        let found = first(&body(code, message));
        assert_eq!(found.id, id, "{code} {message}");
        assert_eq!(found.source, Source::Graph);
    }
    assert_eq!(first("InvalidAuthenticationToken").certainty, Certainty::Ambiguous);
    assert_eq!(first("HTTP/1.1 413 Request Entity Too Large").id, "graph.too-large");
    assert_ne!(first("Error: Access denied. Ask your landlord.").id, "graph.denied", "no code, no Graph");
}

#[test]
fn entra_numbers_are_known_wherever_they_stand() {
    for (text, id) in [
        (
            "AADSTS7000215: Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID",
            "entra.7000215",
        ),
        (r#"{"error":"invalid_client","error_codes":[7000222],"error_description":"…"}"#, "entra.7000222"),
        ("see https://login.microsoftonline.com/error?code=700016", "entra.700016"),
        (
            "MSAL.Exception: A configuration issue is preventing authentication. Original exception: AADSTS90002: Tenant 'x' not found.",
            "entra.90002",
        ),
        (
            "AADSTS1002012: The provided value for scope mail.send is not valid. Client credential flows must have a scope value with /.default suffixed",
            "entra.1002012",
        ),
        ("AADSTS53003: Access has been blocked by Conditional Access policies.", "entra.53003"),
    ] {
        let found = first(text);
        assert_eq!(found.id, id, "{text}");
        assert_eq!(found.source, Source::Entra);
    }
    let bare = first(r#"{"error":"invalid_client"}"#);
    assert_eq!((bare.id, bare.certainty), ("entra.invalid-client", Certainty::Ambiguous));
    let unknown = first("AADSTS987654: something new.");
    assert_eq!((unknown.id, unknown.certainty), ("entra.unknown", Certainty::Nearest));
    assert!(unknown.fix.contains("code=987654"), "{}", unknown.fix);
}

#[test]
fn the_confidential_client_text_proves_the_wrong_assembly() {
    let text = "Microsoft.Identity.Client.MsalClientException: Confidential Client flows are not available on mobile platforms or on Mac.See https://aka.ms/msal-net-confidential-availability for details.\r\n   at Microsoft.Identity.Client.ConfidentialClientApplicationBuilder.Create(String clientId)";
    let found = first(text);
    assert_eq!((found.id, found.certainty), ("client.msal-wrong-build", Certainty::Proved));
    assert_eq!(ids(text), ["client.msal-wrong-build"], "the older text, which begins alike, isn't meant");
    assert!(found.cause.contains("2.7.0 to 4.50.0") && found.fix.contains("4.62"));

    let with_code = format!(
        "Dim scopes = {{\"https://outlook.office365.com/.default\"}}\nDim graph = New GraphServiceClient(provider)\n{text}"
    );
    assert!(
        ids(&with_code).contains(&"client.scope-outlook-at-graph"),
        "the second bug is named: {:?}",
        ids(&with_code)
    );
    assert!(
        !ids("scope=https://outlook.office365.com/.default with AUTH XOAUTH2")
            .contains(&"client.scope-outlook-at-graph")
    );
    assert_eq!(
        first(
            "Confidential client and managed identity flows are not available on mobile platforms and on Mac."
        )
        .id,
        "client.msal-wrong-build.newer"
    );
    assert_eq!(
        first("Confidential Client flows are not available on mobile platforms. ").id,
        "client.msal-wrong-build.older"
    );
}

#[test]
fn breaks_quotes_and_escapes_of_a_log_dont_matter() {
    for text in [
        "535 5.7.139 Authentication unsuccessful,\r\n   SmtpClientAuthentication is\r\n   disabled for the Tenant.",
        "535-5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled\r\n535 5.7.139 for the Tenant. Visit\r\n",
        r#"{"log":"535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant.\r\n"}"#,
        "\u{1b}[31m535 5.7.139 AUTHENTICATION UNSUCCESSFUL, SMTPCLIENTAUTHENTICATION IS DISABLED FOR THE TENANT.\u{1b}[0m\0",
    ] {
        assert_eq!(first(text).id, "smtp.535-5.7.139.tenant", "{text:?}");
    }
    let curly = "535 5.7.139 Authentication unsuccessful, user is locked by your organization\u{2019}s security defaults policy.";
    assert_eq!(first(curly).id, "smtp.535-5.7.139.security-defaults");
}

#[test]
fn two_roots_are_named_in_their_order() {
    let log = "AADSTS7000222: The provided client secret keys are expired.\n…\n550 5.7.60 SMTP; Client does not have permissions to send as this sender";
    assert_eq!(ids(log), ["entra.7000222", "smtp.550-5.7.60"]);
}

#[test]
fn an_unknown_text_says_so_and_how_to_get_more() {
    let found = explain("The printer is out of cyan.");
    assert_eq!((found[0].id, found[0].certainty), ("client.unknown", Certainty::Nearest));
    assert!(found[0].fix.contains("curl `-v`"));
    let near = explain("535 something about SmtpClientAuthentication being disabled, Tenant unknown");
    assert_eq!(near[1].id, "smtp.535-5.7.139.tenant");
    assert_eq!(near[1].certainty, Certainty::Nearest);
    assert!(near[1].cause.starts_with("Resembles"), "{}", near[1].cause);
    assert_eq!(explain("535")[1].id, "smtp.535", "a bare code has its nearest row");
    assert!(explain(" \n\t…").is_empty());
}

#[test]
fn a_quote_never_shows_a_secret() {
    let log = "POST client_secret=abc~DEF123&x=1 AADSTS7000215: Invalid client secret provided.";
    let found = first(log);
    assert!(!found.quote.contains("abc~DEF123"), "{}", found.quote);
}

#[test]
fn hostile_texts_end_soon_and_never_panic() {
    let long = "5.7.139 ".repeat(400_000);
    let started = std::time::Instant::now();
    assert_eq!(first(&long).id, "smtp.535-5.7.139");
    let reversed: String = "\u{202e}ﬀ\u{0130}535 5.7.139\u{fffd}".repeat(10_000);
    assert!(!explain(&reversed).is_empty());
    explain(&"[".repeat(100_000));
    explain("[AM0.prod.outlook.com");
    assert!(started.elapsed().as_secs() < 20, "took {:?}", started.elapsed());
}

mod properties {
    use super::*;

    /// A small generator of our own: the domain depends on nothing.
    fn texts() -> impl Iterator<Item = String> {
        let pieces = [
            "535",
            " ",
            "-",
            "5.7.139",
            "\n",
            "é",
            "[",
            "]",
            "AADSTS",
            "7000215",
            "'",
            "\\",
            "\u{0}",
            "AUTH LOGIN",
            "\u{1F600}",
            "=",
        ];
        let mut state: u64 = 7;
        (0..3000).map(move |_| {
            (0..12)
                .map(|_| {
                    state =
                        state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                    pieces[(state >> 33) as usize % pieces.len()]
                })
                .collect()
        })
    }

    #[test]
    fn any_text_gets_an_answer_or_nothing_but_never_a_panic() {
        for text in texts() {
            let answers = explain(&text);
            let blank = !text.chars().any(char::is_alphanumeric);
            assert_eq!(answers.is_empty(), blank, "{text:?}");
        }
    }
}
