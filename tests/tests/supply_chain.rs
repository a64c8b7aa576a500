//! What may come in as a dependency: from where, under which licence, and how old at most.
#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on fails, and says where"
)]

use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

use receiver_tests::advisory::Advisories;
use receiver_tests::case::workspace_dir;
use receiver_tests::lock::{LOCKS, Package, packages};
use serde::Deserialize;
use spdx::{Expression, ParseMode};

/// The oldest version of a crate that is let in, which advisories were mended in it or before, and what was
/// wrong. The bundled advisories know more; these are the faults that a receiver would have.
const OLDEST: &[(&str, &str, &[&str], &str)] = &[
    ("actix-http", "3.0.0", &["RUSTSEC-2021-0081"], "requests could be smuggled"),
    ("axum-core", "0.3.0", &["RUSTSEC-2022-0055"], "a body was read without a limit"),
    ("bytes", "1.11.1", &["RUSTSEC-2026-0007"], "room that overflowed was memory beyond the end"),
    (
        "curve25519-dalek",
        "4.1.3",
        &["RUSTSEC-2024-0344"],
        "the time of a subtraction told its numbers",
    ),
    (
        "ed25519-dalek",
        "2.0.0",
        &["RUSTSEC-2022-0093"],
        "a private key could be had for two signatures",
    ),
    (
        "h2",
        "0.4.16",
        &["RUSTSEC-2023-0034", "RUSTSEC-2024-0003", "RUSTSEC-2024-0332", "RUSTSEC-2026-0258"],
        "floods of frames",
    ),
    (
        "http",
        "0.1.20",
        &["RUSTSEC-2019-0033", "RUSTSEC-2019-0034"],
        "a map of headers without an end",
    ),
    (
        "hyper",
        "0.14.10",
        &["RUSTSEC-2021-0020", "RUSTSEC-2021-0078", "RUSTSEC-2021-0079"],
        "lengths were read leniently, and requests smuggled",
    ),
    ("idna", "1.0.0", &["RUSTSEC-2024-0421"], "two spellings of a host were one and not one"),
    ("mio", "0.8.11", &["RUSTSEC-2024-0019"], "tokens of another registration"),
    ("ring", "0.17.12", &["RUSTSEC-2025-0009"], "a panic when overflows are checked"),
    (
        "rustls",
        "0.23.45",
        &["RUSTSEC-2024-0336", "RUSTSEC-2024-0399", "RUSTSEC-2026-0285"],
        "a handshake without an end, one that panicked, and one that was taken unencrypted",
    ),
    (
        "rustls-webpki",
        "0.103.13",
        &["RUSTSEC-2026-0049", "RUSTSEC-2026-0098", "RUSTSEC-2026-0099", "RUSTSEC-2026-0104"],
        "certificates beyond their constraints, and revoked ones",
    ),
    ("sha2", "0.9.8", &["RUSTSEC-2021-0100"], "wrong digests of long messages"),
    ("slab", "0.4.11", &["RUSTSEC-2025-0047"], "memory beyond the end"),
    ("time", "0.3.47", &["RUSTSEC-2026-0009"], "a date could exhaust the stack"),
    ("tokio", "1.44.2", &["RUSTSEC-2021-0124", "RUSTSEC-2025-0023"], "races in channels"),
    ("tokio-rustls", "0.13.1", &["RUSTSEC-2020-0019"], "what was read was kept without a limit"),
    (
        "tracing-subscriber",
        "0.3.20",
        &["RUSTSEC-2025-0055"],
        "a log line could speak to the terminal",
    ),
    ("url", "2.5.4", &["RUSTSEC-2024-0421"], "its idna"),
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
    for lock in LOCKS {
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
    for (name, oldest, _, because) in OLDEST {
        let before = Package::new(name, &format!("{oldest}-rc.1"));
        assert_eq!(too_old(&[before]).len(), 1, "{name}: {because}");
        assert_eq!(too_old(&[Package::new(name, oldest)]), [""; 0]);
    }
}

/// The table is as the advisories say: it cites none that is not there, and lets no fault in.
#[test]
fn the_oldest_version_is_one_without_a_fault() {
    let advisories = Advisories::read();
    for (name, oldest, ids, _) in OLDEST {
        let package = Package::new(name, oldest);
        let faults: Vec<_> = advisories.of(&package).map(|it| &it.id).collect();
        assert!(faults.is_empty(), "{name} {oldest}: {faults:?}");
        for id in *ids {
            let cited = advisories.advisories.iter().find(|it| it.id == *id).map(|it| &it.package);
            let is_right =
                cited.is_some_and(|it| it == name || (*name, it.as_str()) == ("url", "idna"));
            assert!(is_right, "{name}: {id} is about {cited:?}");
        }
    }
}

#[test]
fn every_crate_is_from_the_registry_and_has_a_checksum() {
    for lock in LOCKS {
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
        let mut rows = OLDEST.iter().filter(|(name, ..)| *name == package.name);
        rows.any(|(_, oldest, ..)| package.version < oldest.parse().expect("a version"))
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

fn read<T: serde::de::DeserializeOwned>(path: &str) -> T {
    let text = fs::read_to_string(workspace_dir().join(path)).expect("a file");
    toml::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}"))
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
