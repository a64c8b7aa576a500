//! What may come in as a dependency: from where, under which licence, and how old at most.
#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on fails, and says where"
)]

use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

use receiver_tests::case::workspace_dir;
use semver::Version;
use serde::Deserialize;
use spdx::{Expression, ParseMode};

/// The oldest version of a crate that is let in, and what was wrong with those before it.
const OLDEST: &[(&str, &str, &str)] = &[
    ("actix-http", "3.0.0", "CVE-2021-38512: requests could be smuggled"),
    ("axum-core", "0.3.0", "CVE-2022-3212: a body was read without a limit"),
    ("curve25519-dalek", "4.1.3", "RUSTSEC-2024-0344: the time of a subtraction told its numbers"),
    ("ed25519-dalek", "2.0.0", "RUSTSEC-2022-0093: a private key could be had for two signatures"),
    ("h2", "0.4.16", "RUSTSEC-2024-0003, -0332, RUSTSEC-2026-0258: floods of frames"),
    (
        "hyper",
        "0.14.10",
        "CVE-2021-32714, -32715: lengths were read leniently, and requests smuggled",
    ),
    ("idna", "1.0.0", "CVE-2024-12224: two spellings of a host were one and not one"),
    ("mio", "0.8.11", "RUSTSEC-2024-0019: tokens of another registration"),
    ("ring", "0.17.12", "RUSTSEC-2025-0009: a panic when overflows are checked"),
    ("rustls", "0.23.18", "RUSTSEC-2024-0399: a panic from a handshake"),
    ("slab", "0.4.11", "RUSTSEC-2025-0047: memory beyond the end"),
    ("time", "0.3.47", "CVE-2026-25727: a date could exhaust the stack"),
    ("tracing-subscriber", "0.3.20", "CVE-2025-58160: a log line could speak to the terminal"),
    ("url", "2.5.4", "CVE-2024-12224, through its idna"),
];

/// Crates that are there once: two versions of what parses, compares or encrypts are two behaviours.
const ONCE: &[&str] = &[
    "curve25519-dalek",
    "h2",
    "httparse",
    "hmac",
    "hyper",
    "jiff",
    "ring",
    "rustls",
    "serde",
    "serde_json",
    "sha2",
    "subtle",
    "tokio",
    "tracing",
    "url",
    "zeroize",
];

#[test]
fn no_crate_is_as_old_as_its_known_fault() {
    for lock in ["Cargo.lock", "fuzz/Cargo.lock"] {
        assert_eq!(too_old(&packages(lock)), [""; 0], "{lock}");
    }
    let names: BTreeSet<_> = packages("Cargo.lock").into_iter().map(|it| it.name).collect();
    for (name, ..) in OLDEST {
        assert!(names.contains(*name), "{name} is no dependency: its row says nothing");
    }
}

/// The control.
#[test]
fn an_old_version_is_found() {
    for (name, oldest, because) in OLDEST {
        let mut version = Version::parse(oldest).expect("a version");
        version.pre = semver::Prerelease::new("rc.1").expect("a pre-release");
        let package = Package::new(name, &version.to_string());
        assert_eq!(too_old(&[package]).len(), 1, "{name}: {because}");
        assert_eq!(too_old(&[Package::new(name, oldest)]), [""; 0]);
    }
}

#[test]
fn every_crate_is_from_the_registry_and_has_a_checksum() {
    for lock in ["Cargo.lock", "fuzz/Cargo.lock"] {
        let packages = packages(lock);
        let foreign = packages.iter().filter(|it| !it.is_own());
        let foreign: Vec<_> = foreign.filter(|it| !it.is_from_the_registry()).collect();
        assert!(foreign.is_empty(), "{lock}: {foreign:?}");
        assert!(packages.iter().any(|it| !it.is_own()), "{lock} holds no dependency");
    }
    let mut other = Package::new("a", "1.0.0");
    other.source = Some("git+https://example.com/a".to_owned());
    assert!(!other.is_from_the_registry());
}

#[test]
fn what_is_about_security_is_there_in_one_version() {
    let packages = packages("Cargo.lock");
    for name in ONCE {
        let versions = packages.iter().filter(|it| it.name == *name).map(|it| &it.version);
        let versions: Vec<_> = versions.collect();
        assert_eq!(versions.len(), 1, "{name}: {versions:?}");
    }
    assert!(!packages.iter().any(|it| it.name == "openssl-sys"), "TLS is rustls");
}

/// What `deny.toml` allows, asked of cargo itself, so that no tool has to be installed.
#[test]
fn every_licence_is_allowed() {
    let allowed = allowed_licences();
    assert!(allowed.len() >= 3, "{allowed:?}");
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["metadata", "--format-version=1", "--locked", "--filter-platform"]);
    let metadata = cargo.arg(host()).current_dir(workspace_dir()).output().expect("cargo");
    let metadata: Metadata = serde_json::from_slice(&metadata.stdout).expect("its metadata");
    assert!(metadata.packages.len() > 100, "{} packages", metadata.packages.len());
    let wrong = metadata.packages.iter().filter(|it| !is_allowed(it.license.as_deref(), &allowed));
    let wrong: Vec<_> = wrong.map(|it| (&it.name, &it.license)).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn a_licence_is_read_as_it_is_meant() {
    let allowed = allowed_licences();
    for licence in
        ["MIT", "MIT OR GPL-3.0", "MIT/Apache-2.0", "(MIT OR Apache-2.0) AND Unicode-3.0"]
    {
        assert!(is_allowed(Some(licence), &allowed), "{licence}");
    }
    for licence in ["GPL-3.0", "MIT AND GPL-3.0", "(MIT OR Apache-2.0) AND AGPL-3.0", ""] {
        assert!(!is_allowed(Some(licence), &allowed), "{licence}");
    }
    assert!(!is_allowed(None, &allowed));
}

/// That each member takes the workspace's lints is shown with the layering.
#[test]
fn nothing_unsafe_compiles() {
    let root: Manifest = read("Cargo.toml");
    let fuzz = fs::read_to_string(workspace_dir().join("fuzz/src/lib.rs")).expect("the targets");
    assert_eq!(root.workspace.lints.rust.unsafe_code, "forbid");
    assert!(fuzz.contains("#![forbid(unsafe_code)]"));
}

fn too_old(packages: &[Package]) -> Vec<String> {
    let is_old = |package: &&Package| {
        let rows = OLDEST.iter().filter(|(name, ..)| *name == package.name);
        rows.into_iter().any(|(_, oldest, _)| {
            Version::parse(&package.version).expect("a version")
                < Version::parse(oldest).expect("a version")
        })
    };
    let old = packages.iter().filter(is_old);
    old.map(|package| format!("{} {}", package.name, package.version)).collect()
}

fn is_allowed(licence: Option<&str>, allowed: &[String]) -> bool {
    let expression = licence.and_then(|it| Expression::parse_mode(it, ParseMode::LAX).ok());
    expression.is_some_and(|expression| {
        expression.evaluate(|part| {
            let name = part.license.id().map(|id| id.name);
            part.addition.is_none() && allowed.iter().any(|it| Some(it.as_str()) == name)
        })
    })
}

/// For which everything was fetched that this test was built of.
fn host() -> String {
    let said = Command::new(env!("CARGO")).arg("-vV").output().expect("cargo");
    let said = String::from_utf8(said.stdout).expect("text");
    said.lines().find_map(|line| line.strip_prefix("host: ")).expect("a host").to_owned()
}

fn allowed_licences() -> Vec<String> {
    let deny: Deny = read("deny.toml");
    deny.licenses.allow
}

fn packages(lock: &str) -> Vec<Package> {
    read::<Lock>(lock).package
}

fn read<T: serde::de::DeserializeOwned>(path: &str) -> T {
    let text = fs::read_to_string(workspace_dir().join(path)).expect("a file");
    toml::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[derive(Deserialize)]
struct Lock {
    package: Vec<Package>,
}

#[derive(Debug, Deserialize)]
struct Package {
    name: String,
    version: String,
    source: Option<String>,
    checksum: Option<String>,
}

impl Package {
    fn new(name: &str, version: &str) -> Self {
        let (name, version) = (name.to_owned(), version.to_owned());
        Self { name, version, source: None, checksum: None }
    }

    fn is_own(&self) -> bool {
        self.source.is_none()
    }

    fn is_from_the_registry(&self) -> bool {
        self.source.as_deref() == Some("registry+https://github.com/rust-lang/crates.io-index")
            && self.checksum.as_ref().is_some_and(|checksum| checksum.len() == 64)
    }
}

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Licensed>,
}

#[derive(Deserialize)]
struct Licensed {
    name: String,
    license: Option<String>,
}

#[derive(Deserialize)]
struct Deny {
    licenses: Licenses,
}

#[derive(Deserialize)]
struct Licenses {
    allow: Vec<String>,
}

#[derive(Deserialize)]
struct Manifest {
    workspace: Workspace,
}

#[derive(Deserialize)]
struct Workspace {
    lints: Lints,
}

#[derive(Deserialize)]
struct Lints {
    rust: RustLints,
}

#[derive(Deserialize)]
struct RustLints {
    unsafe_code: String,
}
