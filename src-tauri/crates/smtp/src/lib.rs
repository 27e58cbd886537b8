//! The SMTP dialogue as typed steps with a redacted transcript.
//!
//! A [`Session`] does one thing at a time: connect, read the greeting, EHLO, STARTTLS, try a sign-in once, quit. Each
//! step returns the server's reply or a precise [`Error`], and leaves its lines in the transcript with everything
//! secret replaced. What a reply means is judged by `domain::mail`, never here.
//!
//! Never here: a password or token before TLS, a second try, an unbounded read, a secret in a transcript or an error.
//! Start reading at [`session`]; [`message`] builds what is sent through Graph as MIME.

mod certificate;
mod error;
pub mod message;
mod reading;
pub mod session;
mod tls;
mod transcript;

pub use error::{Error, Step};
pub use session::{Limits, OAuthReply, Session, Target};
pub use tls::Trust;
