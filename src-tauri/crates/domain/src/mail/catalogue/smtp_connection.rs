//! Before a sign-in: the network, TLS, the protocol, and a busy front door.
//! Texts: ZeroSMTP's error pages and public captures; Microsoft's Set-TransportConfig for `AllowLegacyTLSClients`.

use crate::mail::cause::{Cause, Certainty::*, Owner::*, Retry, Source::Smtp};

pub(super) const ROWS: &[Cause] = &[
    Cause::new("smtp.connect-blocked", Smtp)
        .both(
            &["587", "25", "465", "smtp.office365.com", "smtp-legacy.office365.com"],
            &[
                "timed out",
                "ETIMEDOUT",
                "ECONNREFUSED",
                "connection refused",
                "actively refused",
                "did not properly respond after a period of time",
                "no connection could be made",
                "network is unreachable",
                "no route to host",
                "Failed to connect",
                "Couldn't connect to server",
                "could not connect",
                "WinError 10060",
                "WinError 10061",
            ],
        )
        .because("The port can't be reached from this machine. A firewall or the hosting provider blocks outbound SMTP; this is not a sign-in problem.")
        .fix(Network, "Allow TCP 587 from this host to smtp.office365.com; try from another network to tell the network from the server.")
        .sure(Reported)
        .retry(Retry::Later),
    Cause::new("smtp.host-unknown", Smtp)
        .both(
            &["587", "25", "465", "smtp.office365.com", "smtp-legacy.office365.com"],
            &[
                "Name or service not known",
                "Temporary failure in name resolution",
                "nodename nor servname provided",
                "No such host is known",
                "getaddrinfo ENOTFOUND",
                "Could not resolve host",
            ],
        )
        .because("The server's name can't be resolved on this machine. DNS is the trouble, not the sign-in.")
        .fix(Network, "Correct the host's name (smtp.office365.com), then this machine's DNS servers or proxy.")
        .sure(Proved)
        .retry(Retry::Later),
    Cause::new("smtp.tls-untrusted", Smtp)
        .says(&[
            "certificate verify failed",
            "unable to get local issuer certificate",
            "unable to verify the first certificate",
            "self signed certificate in certificate chain",
            "self-signed certificate in certificate chain",
            "The remote certificate is invalid",
            "RemoteCertificateNameMismatch",
            "PKIX path building failed",
        ])
        .because("The server's certificate isn't trusted here. Either the trust store is old, or something on the way inspects TLS.")
        .fix(Network, "Show the certificate's issuer: if it is your own proxy's, install its root or bypass inspection for this host; otherwise update the trust store.")
        .sure(Reported),
    Cause::new("smtp.421-4.7.66", Smtp)
        .code(&["4.7.66"])
        .because("The client speaks TLS older than 1.2. Exchange Online refuses TLS 1.0 and 1.1.")
        .fix(Developer, "Move the client to TLS 1.2 or later; old .NET needs `ServicePointManager.SecurityProtocol`, old Java and OpenSSL an update.")
        .sure(Reported),
    Cause::new("smtp.530-5.7.0", Smtp)
        .says(&["Must issue a STARTTLS command first"])
        .because("The program tried to sign in or send before TLS. STARTTLS is off in it.")
        .fix(Developer, "Turn on STARTTLS on port 587 (`EnableSsl`, `secure: false` with `requireTLS`); never implicit TLS on 587.")
        .sure(Reported),
    Cause::new("smtp.504-5.7.4", Smtp)
        .says(&["5.7.4 Unrecognized authentication type"])
        .because("Not confirmed on a live tenant: the program asked for a sign-in method that isn't offered. Exchange Online offers LOGIN and XOAUTH2 only, so `AUTH PLAIN` fails.")
        .fix(Developer, "Choose LOGIN or XOAUTH2 (in capitals) in the program; PLAIN and CRAM-MD5 never work here.")
        .sure(Unverified),
    Cause::new("smtp.421-4.3.2", Smtp)
        .both(&["4.3.2"], &["Service not active", "Service not available"])
        .because("The front door at Microsoft is busy or closing.")
        .fix(Microsoft, "Wait and try again with growing pauses.")
        .sure(Reported)
        .retry(Retry::Later),
    Cause::new("smtp.451-4.7.0", Smtp)
        .both(&["4.7.0"], &["Temporary server error"])
        .because("A passing error at Microsoft.")
        .fix(Microsoft, "Wait and try again with growing pauses.")
        .sure(Reported)
        .retry(Retry::Later),
    Cause::new("smtp.454-4.7.0", Smtp)
        .says(&["Temporary authentication failure"])
        .because("The sign-in service behind the server can't be reached. This isn't a wrong password.")
        .fix(Microsoft, "Wait and try again; don't change the password. From a relay of your own, check that its sign-in daemon runs.")
        .sure(Reported)
        .retry(Retry::Later),
    Cause::new("smtp.421-4.4.2", Smtp)
        .says(&["Message submission rate for this client has exceeded the configured limit"])
        .because("The mailer sends faster than it may.")
        .fix(Developer, "Slow down to at most 30 messages a minute for each mailbox, and queue the rest.")
        .sure(Reported)
        .retry(Retry::Later),
];
