//! The fuzz targets' bodies; see `targets`.

#[path = "../../receiver-core/tests/catalog/message.rs"]
#[allow(dead_code)]
mod message;
pub mod targets;
