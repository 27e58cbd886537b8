//! A certificate, or the assertion that is signed with it.

use super::Row;
use super::app::SECRETS;
use crate::mail::{Certainty::*, Owner::*};

pub(crate) const ASSERTION_SIGNATURE: Row = Row::new(
    &["AADSTS700027"],
    "The certificate's signature doesn't fit. The registered certificate is another one, or it has expired.",
)
.fix(EntraAdmin, "Upload the public half of the certificate in use; compare thumbprints.")
.page(SECRETS);

pub(crate) const ASSERTION_TIME: Row = Row::new(
    &["AADSTS700024"],
    "The client assertion isn't within its time. The clock is wrong, or the assertion lives longer than ten minutes.",
)
.fix(Person, "Set this machine's clock, then sign in again.")
.sure(Reported);

pub(crate) const CERTIFICATE: Row = Row::new(
    &["AADSTS700030", "AADSTS50012", "AADSTS7000214", "AADSTS1000502", "AADSTS7000274"],
    "Entra doesn't take the certificate: its subject, chain, dates, revocation or signature.",
)
.fix(EntraAdmin, "Register a valid certificate and use the same one.")
.page(SECRETS);

pub(crate) const ASSERTION: Row = Row::new(&["AADSTS50027"], "The client assertion is no valid JWT.")
    .fix(
        Person,
        "Connect the certificate's file anew; if it stays so, something on the way changes requests.",
    )
    .sure(Reported);

pub(crate) const FEDERATED: Row = Row::new(
    &["AADSTS700211", "AADSTS700212", "AADSTS700213"],
    "Not confirmed on a live tenant: issuer, subject or audience of the federated credential don't fit.",
)
.fix(EntraAdmin, "Compare the federated credential with the token it gets.")
.page(SECRETS)
.sure(Unverified);

pub(super) const ROWS: &[Row] = &[ASSERTION_SIGNATURE, ASSERTION_TIME, CERTIFICATE, ASSERTION, FEDERATED];
