//! Microsoft Graph: Defender's incidents, mail, and what the directory says of the app.
//!
//! Never here: an interpretation of an incident, or a judgement over a refused mail. Start at [`GraphQuery`].

mod change;
mod directory;
mod incident;
mod mail;

pub use crate::pipeline::{Found, Outcome};
pub use incident::{GraphQuery, Incident};

use crate::pipeline::Pipeline;

/// The calls of Graph; made by [`crate::Cloud::graph`].
#[derive(Clone, Copy)]
pub struct Graph<'a>(pub(crate) &'a Pipeline);
