//! The tests that `docs/testing.md` shows to be copied, a framework each. `blocks.rs` holds the page to
//! these files, to the letter.

#[path = "copied/actix.rs"]
mod actix;
#[path = "copied/axum.rs"]
mod axum;
#[path = "copied/warp.rs"]
mod warp;
