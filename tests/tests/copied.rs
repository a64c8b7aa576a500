//! The tests that `docs/testing.md` shows to be copied, a framework each. `blocks.rs` holds the page to
//! these files, to the letter.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "they are shown as people write tests"
)]

#[path = "copied/actix.rs"]
mod actix;
#[path = "copied/axum.rs"]
mod axum;
#[path = "copied/warp.rs"]
mod warp;
