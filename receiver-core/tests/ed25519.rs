//! Ed25519: vectors, each of them also spoiled, keys, rotation, and what a forger may try.
#![cfg(feature = "ed25519")]
#![expect(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that cannot go on fails, and says where"
)]

#[path = "ed25519/forgeries.rs"]
mod forgeries;
#[path = "ed25519/message.rs"]
mod message;
#[path = "ed25519/properties.rs"]
mod properties;
#[path = "ed25519/public_keys.rs"]
mod public_keys;
#[path = "ed25519/vectors.rs"]
mod vectors;
