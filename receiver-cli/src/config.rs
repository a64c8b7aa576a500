//! A configuration file: schemes that the catalogue does not have, by name.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use receiver_core::scheme::Layout;

use crate::Failure;

/// Schemes by name. It holds no secret.
#[derive(Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Config {
    pub(crate) schemes: BTreeMap<String, Layout>,
}

impl Config {
    /// The file, or no schemes where none is named.
    pub(crate) fn read(path: Option<&Path>) -> Result<Self, Failure> {
        let Some(path) = path else { return Ok(Self::default()) };
        let about =
            |error: &dyn std::fmt::Display| Failure::new(format!("{}: {error}", path.display()));
        let text = fs::read(path).map_err(|error| about(&error))?;
        serde_json::from_slice(&text).map_err(|error| about(&error))
    }
}
