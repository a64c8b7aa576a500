//! The program from outside: its documentation, its exit statuses, what it prints and what it does not.
#![expect(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on fails, and says where"
)]

#[path = "cli/docs.rs"]
mod docs;
#[path = "cli/exit.rs"]
mod exit;
#[path = "cli/listen.rs"]
mod listen;
#[path = "cli/program.rs"]
mod program;
#[path = "cli/replay.rs"]
mod replay;
#[path = "cli/secrecy.rs"]
mod secrecy;
#[path = "cli/send.rs"]
mod send;
#[path = "cli/service.rs"]
mod service;
#[path = "cli/verify.rs"]
mod verify;
