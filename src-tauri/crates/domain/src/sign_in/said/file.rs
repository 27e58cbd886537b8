//! What is wrong with a certificate's file, before anything is sent.
//!
//! Never here: reading one.

use std::fmt::Display;

use super::{Said, said};

const BOTH: &str = "Give one file that holds the certificate and its private key: PEM, or PFX.";

pub fn neither() -> Said {
    said("The certificate file is neither PEM nor PFX.", BOTH)
}

pub fn unreadable() -> Said {
    said("The certificate file can't be read.", BOTH)
}

pub fn no_certificate() -> Said {
    said("The file holds a private key and no certificate.", BOTH)
}

pub fn no_key() -> Said {
    said(
        "The file holds a certificate without its private key, so nothing can be signed with it.",
        "Export it again together with the private key, as PEM or PFX.",
    )
}

pub fn unfit() -> Said {
    said("The private key in the file belongs to another certificate.", BOTH)
}

/// `given`: whether one was.
pub fn wrong_password(given: bool) -> Said {
    let sentence = if given {
        "The password does not open the certificate file."
    } else {
        "The certificate file is protected by a password, and none was given."
    };
    said(sentence, "Give the password that the file was exported with.")
}

/// `azure_identity` signs with RSA alone.
pub fn not_rsa() -> Said {
    said(
        "The certificate's key is no RSA key, and Crosswalk signs in with RSA keys alone.",
        "Make one with `openssl req -x509 -newkey rsa:2048 -nodes -days 365 -subj /CN=crosswalk -keyout key.pem -out \
         cert.pem`, upload `cert.pem` to the app registration, then store both parts: `cat key.pem cert.pem > \
         crosswalk.pem`.",
    )
}

/// <https://docs.openssl.org/3.0/man7/migration_guide/#legacy-algorithms>
pub fn old_pfx() -> Said {
    said(
        "The PFX file is encrypted with an algorithm of the last century (RC2 or RC4), which OpenSSL 3 refuses.",
        "Convert it: `openssl pkcs12 -legacy -in old.pfx -nodes -out all.pem`, then `openssl pkcs12 -export -in all.pem \
         -out new.pfx`; delete `all.pem`, which holds the key in clear.",
    )
}

pub fn expired(thumbprint: &str, on: impl Display) -> Said {
    said(
        format!("Certificate `{thumbprint}` expired on {on}."),
        "Make a new one, upload its public half under Certificates & secrets, then store it under Accounts.",
    )
}

pub fn not_yet_valid(thumbprint: &str, before: impl Display) -> Said {
    said(
        format!("Certificate `{thumbprint}` is not valid before {before}."),
        "Compare this machine's clock with the real time.",
    )
}
