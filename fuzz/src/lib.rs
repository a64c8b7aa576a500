//! The fuzz targets' bodies; see `targets`.

#![forbid(unsafe_code)]

#[path = "../../receiver-core/tests/catalog/message.rs"]
#[expect(dead_code, reason = "the tests of the catalogue use more of it")]
mod message;
pub mod path;
pub mod service;
pub mod targets;
