//! Microsoft's JSON through `wire`: each body is read, written back and compared with what it was.
//!
//! Two sources of bodies. `fixtures/wire` holds our own, one or more for each call, which together fill
//! every field of every record; renaming a field turns `every_field_is_on_the_wire` red. Microsoft's
//! published examples and recordings lie beside the checkout, in `../shared/contracts`; where that folder
//! is missing the stage says so and is skipped.
//!
//! A body passes if it comes back equal (numbers and texts exact, order of keys ignored) and nothing in it
//! ended without a field of its own, except what `reviewed` lists with a reason.
//!
//! Start reading at `call`, the list of calls.
#![allow(clippy::expect_used, clippy::panic)]

mod call;
mod envelope;
mod example;
mod fixture;
mod graph_docs;
mod published;
mod recording;
mod reviewed;
mod swagger;
