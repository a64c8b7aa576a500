//! `Package`: an entry of a lock file.

use std::fs;

use semver::Version;
use serde::Deserialize;

use crate::case::workspace_dir;

/// The workspace's and that of the fuzz targets.
pub const LOCKS: [&str; 2] = ["Cargo.lock", "fuzz/Cargo.lock"];

/// A crate in one version.
#[derive(Clone, Debug, Deserialize)]
pub struct Package {
    /// What it is called.
    pub name: String,
    /// Which one.
    pub version: Version,
    /// Where it is from; a crate of this repository is from nowhere.
    pub source: Option<String>,
    /// Of what was downloaded, in hexadecimal.
    pub checksum: Option<String>,
}

impl Package {
    /// One that stands in no lock file.
    #[must_use]
    pub fn new(name: &str, version: &str) -> Self {
        let version = version.parse().expect("a version");
        Self { name: name.to_owned(), version, source: None, checksum: None }
    }

    /// Whether it is a crate of this repository.
    #[must_use]
    pub const fn is_own(&self) -> bool {
        self.source.is_none()
    }

    /// Whether it is the registry's, unchanged.
    #[must_use]
    pub fn is_from_the_registry(&self) -> bool {
        self.source.as_deref() == Some("registry+https://github.com/rust-lang/crates.io-index")
            && self.checksum.as_ref().is_some_and(|checksum| checksum.len() == 64)
    }
}

/// All that a lock file holds.
#[must_use]
pub fn packages(lock: &str) -> Vec<Package> {
    let text = fs::read_to_string(workspace_dir().join(lock)).expect("a lock file");
    let lock: Lock = toml::from_str(&text).unwrap_or_else(|error| panic!("{lock}: {error}"));
    lock.package
}

#[derive(Deserialize)]
struct Lock {
    package: Vec<Package>,
}
