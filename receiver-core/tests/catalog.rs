//! The catalogue of senders: vectors, properties of every row, and the table in the documentation.
#![expect(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on fails, and says where"
)]

#[path = "catalog/document.rs"]
mod document;
#[path = "catalog/framing.rs"]
mod framing;
#[path = "catalog/message.rs"]
mod message;
#[path = "catalog/properties.rs"]
mod properties;
#[path = "catalog/refusals.rs"]
mod refusals;
#[path = "catalog/urls.rs"]
mod urls;
#[path = "catalog/vectors.rs"]
mod vectors;
