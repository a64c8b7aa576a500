//! No dependency has a fault that the bundled advisories know, and they were asked about each.
#![expect(clippy::expect_used, reason = "a test that cannot go on fails, and says where")]

use std::collections::BTreeSet;
use std::fs;

use receiver_tests::advisory::{Advisories, FILE};
use receiver_tests::case::workspace_dir;
use receiver_tests::lock::{LOCKS, Package, packages};
use serde::Deserialize;

#[test]
fn no_advisory_holds_for_what_is_locked() {
    let excused: BTreeSet<_> = excuses().into_iter().map(|it| it.id).collect();
    for lock in LOCKS {
        let mut found = faults(&packages(lock));
        found.retain(|fault| !excused.iter().any(|id| fault.contains(id.as_str())));
        assert!(
            found.is_empty(),
            "{lock}: {found:?}\nTake a version that is mended, with `cargo update -p`, or say under \
             `advisories` in deny.toml why it does no harm here."
        );
    }
}

#[test]
fn every_crate_was_asked_about() {
    for lock in LOCKS {
        let foreign: Vec<_> = packages(lock).into_iter().filter(|it| !it.is_own()).collect();
        let new = unasked(&foreign);
        assert!(new.is_empty(), "{lock}: {new:?} was never asked about: {FILE} says how to");
    }
}

/// The control.
#[test]
fn an_old_version_and_a_new_crate_are_found() {
    let check = |name, version, ids: &[&str]| {
        let found = faults(&[Package::new(name, version)]);
        let holds =
            found.len() == ids.len() && ids.iter().zip(&found).all(|(id, it)| it.contains(id));
        assert!(holds, "{name} {version}: {found:?}");
    };
    check("h2", "0.3.25", &["RUSTSEC-2024-0332", "RUSTSEC-2026-0258"]);
    check("h2", "0.4.16", &[]);
    check("rustls", "0.23.44", &["RUSTSEC-2026-0285"]);
    check("rustls", "0.23.12", &[]);
    check("hyper", "0.13.9", &["RUSTSEC-2021-0020", "RUSTSEC-2021-0078", "RUSTSEC-2021-0079"]);
    check("hyper", "0.13.10", &["RUSTSEC-2021-0078", "RUSTSEC-2021-0079"]);
    check("ring", "0.16.20", &["RUSTSEC-2025-0009", "RUSTSEC-2025-0010"]);
    check("axum-core", "0.3.0-rc.1", &["RUSTSEC-2022-0055"]);
    assert_eq!(unasked(&[Package::new("no-crate-of-ours", "1.0.0")]), ["no-crate-of-ours"]);
}

/// An excuse that nothing needs any more would hide the next fault of its crate's next version.
#[test]
fn every_excuse_is_needed_and_says_why() {
    let found: Vec<_> = LOCKS.iter().flat_map(|lock| faults(&packages(lock))).collect();
    let excuses = excuses();
    assert!(!excuses.is_empty(), "deny.toml is not read");
    for Excuse { id, reason } in excuses {
        assert!(found.iter().any(|fault| fault.contains(&id)), "{id} holds for nothing");
        assert!(reason.len() > 20, "{id}: {reason:?} is no reason");
    }
}

#[test]
fn every_advisory_is_there_once_and_about_a_crate_that_was_asked_about() {
    let Advisories { read, asked, advisories } = Advisories::read();
    let ids: BTreeSet<_> = advisories.iter().map(|it| &it.id).collect();
    assert_eq!(ids.len(), advisories.len());
    for it in &advisories {
        assert!(asked.contains(&it.package), "{}: {}", it.id, it.package);
        assert!(it.id.starts_with("RUSTSEC-") && it.date <= read, "{}: {}", it.id, it.date);
    }
}

fn faults(packages: &[Package]) -> Vec<String> {
    let advisories = Advisories::read();
    let found = packages.iter().flat_map(|package| {
        let Package { name, version, .. } = package;
        advisories.of(package).map(move |it| format!("{name} {version}: {} ({:?})", it.id, it.kind))
    });
    found.collect()
}

fn unasked(packages: &[Package]) -> Vec<&str> {
    let asked = Advisories::read().asked;
    let names = packages.iter().map(|it| it.name.as_str());
    names.filter(|name| !asked.contains(*name)).collect()
}

/// What `cargo deny` passes over is passed over here.
fn excuses() -> Vec<Excuse> {
    let text = fs::read_to_string(workspace_dir().join("deny.toml")).expect("deny.toml");
    toml::from_str::<Deny>(&text).expect("deny.toml").advisories.ignore
}

#[derive(Deserialize)]
struct Deny {
    advisories: Ignored,
}

#[derive(Deserialize)]
struct Ignored {
    ignore: Vec<Excuse>,
}

#[derive(Deserialize)]
struct Excuse {
    id: String,
    reason: String,
}
