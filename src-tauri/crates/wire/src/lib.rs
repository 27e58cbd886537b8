//! Microsoft's JSON, verbatim: one record for each shape that a call of ours sends or receives.
//!
//! No opinions live here. Names are Microsoft's, enums are plain text, times are the text as served;
//! `translate` is the only place that interprets. This crate must never depend on another crate of ours,
//! do I/O, or "repair" a value.
//!
//! How a record keeps everything:
//! - every member is a [`Maybe`]: left out, `null`, the documented shape, or another shape kept as JSON
//!   (`"isEnabled": "[parameters('on')]"` in an ARM template), so reading an object never fails on a member;
//! - a member that the record doesn't know lands in its `rest`;
//! - what is a language or a zoo of its own (workflow definitions, alert evidence, entity properties) is a
//!   `Value` member on purpose.
//!
//! [`Shape::census`] lists all three for a value that was read. `tests/contract` holds it against
//! Microsoft's published examples: a record re-serialises equal, and has no stray that isn't reviewed.
//!
//! Speed: a record is read straight from the text, without a JSON tree in between; only members of another
//! shape, tagged cases ([`arm::automation_rule::Condition`] and its like) and unknown members are buffered.
//!
//! Start reading at [`maybe`], then [`arm::incident`].

#[macro_use]
mod record;

pub mod arm;
pub mod census;
pub mod entra;
pub mod graph;
pub mod loganalytics;
pub mod maybe;
pub mod shape;

pub use census::Census;
pub use maybe::{Maybe, Rest};
pub use shape::Shape;
