//! `Advisory`: what is known to be wrong with versions of a crate, read from a file, so that it can be
//! asked without a network.

use std::collections::BTreeSet;
use std::fs;

use semver::VersionReq;
use serde::Deserialize;

use crate::case::workspace_dir;
use crate::lock::Package;

/// Where it stands, from the root of the repository.
pub const FILE: &str = "tests/advisories.toml";

/// What was asked, and what was answered.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Advisories {
    /// The day, such as 2026-01-31.
    pub read: String,
    /// The names of the crates: only of these it is known that nothing else is known.
    pub asked: BTreeSet<String>,
    /// The answers.
    pub advisories: Vec<Advisory>,
}

/// One answer, in the terms of the `RustSec` advisory database.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Advisory {
    /// Such as `RUSTSEC-2024-0003`.
    pub id: String,
    /// The crate's name.
    #[serde(rename = "crate")]
    pub package: String,
    /// The day, in the same form.
    pub date: String,
    /// How bad it is.
    pub kind: Kind,
    /// The versions since it was mended.
    pub patched: Vec<VersionReq>,
    /// Those that never had it.
    pub unaffected: Vec<VersionReq>,
}

/// What an advisory is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// It can be attacked.
    Vulnerability,
    /// Safe code can make it do what Rust does not define.
    Unsound,
    /// Nobody looks after it.
    Unmaintained,
    /// Anything else.
    Notice,
}

impl Advisories {
    /// Those of the file.
    #[must_use]
    pub fn read() -> Self {
        let text = fs::read_to_string(workspace_dir().join(FILE)).expect("a file");
        toml::from_str(&text).unwrap_or_else(|error| panic!("{FILE}: {error}"))
    }

    /// Those that hold for this one.
    pub fn of<'a>(&'a self, package: &'a Package) -> impl Iterator<Item = &'a Advisory> {
        self.advisories.iter().filter(|it| it.affects(package))
    }
}

impl Advisory {
    /// Whether it holds for this one. A version that the ranges do not speak of, as it is with most
    /// pre-releases, counts as affected.
    #[must_use]
    pub fn affects(&self, package: &Package) -> bool {
        let mut sound = self.patched.iter().chain(&self.unaffected);
        self.package == package.name && !sound.any(|range| range.matches(&package.version))
    }
}
