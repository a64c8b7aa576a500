//! The workspace seen from outside: one table of requests and answers, and the frameworks it is
//! replayed through.
#![expect(
    clippy::expect_used,
    clippy::missing_panics_doc,
    clippy::panic,
    reason = "a test that cannot go on fails, and says where"
)]

pub mod advisory;
pub mod answer;
pub mod battery;
pub mod case;
pub mod checklist;
pub mod client;
pub mod endpoints;
pub mod forger;
pub mod leak;
pub mod lock;
pub mod log;
pub mod marked;
pub mod own;
pub mod page;
pub mod printed;
pub mod server;
pub mod socket;
pub mod stage;

#[cfg(doctest)]
mod docs;
