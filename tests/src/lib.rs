//! The workspace seen from outside: one table of requests and answers, and the frameworks it is
//! replayed through.
#![expect(
    clippy::expect_used,
    clippy::missing_panics_doc,
    clippy::panic,
    reason = "a test that cannot go on fails, and says where"
)]

pub mod answer;
pub mod battery;
pub mod case;
pub mod checklist;
pub mod client;
pub mod endpoints;
pub mod forger;
pub mod leak;
pub mod log;
pub mod own;
pub mod server;
pub mod socket;
pub mod stage;

/// The first page's handler, compiled.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
mod readme {}

/// Verifying alone, in every kind of service.
#[cfg(doctest)]
#[doc = include_str!("../../docs/verify.md")]
mod verify {}

/// The walked example of a new sender, compiled and run.
#[cfg(doctest)]
#[doc = include_str!("../../CONTRIBUTING.md")]
mod contributing {}

/// A test for each framework, to be copied, compiled and run.
#[cfg(doctest)]
#[doc = include_str!("../../docs/testing.md")]
mod testing {}
