//! The fuzz targets' bodies; see `targets`.

#![forbid(unsafe_code)]

pub mod ed25519;
pub mod handshakes;
#[path = "../../receiver-core/tests/catalog/message.rs"]
#[expect(dead_code, reason = "the tests of the catalogue use more of it")]
mod message;
pub mod path;
pub mod service;
pub mod targets;
pub mod tenants;
