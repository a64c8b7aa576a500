//! The fuzz targets' bodies; see `targets`.

#[path = "../../receiver-core/tests/catalog/message.rs"]
#[expect(dead_code, reason = "the tests of the catalogue use more of it")]
mod message;
pub mod targets;
