//! `Debug` and `Display` of every public type of the core, as `public-api.txt` lists them: none prints
//! a secret. A type that is new is printed here, or it is said why it can hold none.
#![expect(
    clippy::expect_used,
    clippy::string_slice,
    reason = "a test that cannot go on fails, and says where"
)]

use std::collections::BTreeMap;
use std::fs;

use receiver_tests::case::workspace_dir;
use receiver_tests::leak;

#[path = "printed/listing.rs"]
mod listing;
#[path = "printed/shown.rs"]
mod shown;

use listing::types;
use shown::{MARKERS, Shown, show_all, show_planted};

#[test]
fn no_public_type_prints_a_secret() {
    let shown = show_all();
    assert_eq!(leaks(&shown), [""; 0]);
    let printed: usize = shown.rows().map(|(_, text)| text.len()).sum();
    assert!(printed > 20_000, "it has printed too little: {printed}");
}

#[test]
fn every_public_type_is_printed_or_holds_no_secret() {
    let types = types(&public_api());
    assert!(types.len() > 150, "{} types", types.len());
    assert_eq!(complaints(&public_api(), &show_all()), [""; 0]);
}

/// The controls: a type that is new, in each form, one that is gone, and one that leaks.
#[test]
fn a_type_without_a_check_is_found() {
    let (listing, shown) = (public_api(), show_all());
    for new in [
        "pub struct receiver_core::door::Door",
        "pub struct receiver_core::sender::voalle::Door(_)",
        "#[non_exhaustive] pub struct receiver_core::scheme::Door<'a>",
        "pub union receiver_core::Door",
        "pub enum receiver_core::voalle::Door\npub receiver_core::voalle::Door::Open(u8)",
        "pub enum receiver_core::Door\npub receiver_core::Door::Ajar\npub receiver_core::Door::Ajar::by: u8",
    ] {
        let complaints = complaints(&format!("{listing}\n{new}\n"), &shown);
        assert!(matches!(&complaints[..], [one] if one.contains("Door")), "{new}: {complaints:?}");
    }
    let word = "pub enum receiver_core::Door\npub receiver_core::Door::Open";
    assert_eq!(complaints(&format!("{listing}\n{word}\n"), &shown), [""; 0]);

    // A part of something that is printed may have a `Display` of its own.
    let displayed =
        format!("{listing}\nimpl core::fmt::Display for receiver_core::voalle::Address");
    assert_eq!(complaints(&displayed, &shown), ["voalle::Address is not printed"]);

    for gone in ["scheme::Ed25519", "testing::Clock"] {
        let is_of = |line: &&str| !line.contains(&format!("struct receiver_core::{gone}"));
        let listing = listing.lines().filter(is_of).collect::<Vec<_>>().join("\n");
        assert!(complaints(&listing, &shown).iter().any(|it| it.contains(gone)), "{gone}");
    }

    let mut shown = Shown::default();
    for marker in MARKERS {
        shown.add("Door", &format!("Door {{ key: {marker:?} }}"), None);
    }
    show_planted(&mut shown);
    assert_eq!(leaks(&shown).len(), MARKERS.len() + 1);
}

/// The types that print a marker.
fn leaks(shown: &Shown) -> Vec<String> {
    let markers = MARKERS.map(str::as_bytes);
    let leaking = shown.rows().filter(|(_, text)| !leak::find(text, &markers).is_empty());
    leaking.map(|(path, text)| format!("{path}: {text}")).collect()
}

/// What of the listing is neither printed nor excused, and what is excused or printed but not there.
fn complaints(listing: &str, shown: &Shown) -> Vec<String> {
    let types = types(listing);
    let mut modules: BTreeMap<&str, String> = BTreeMap::new();
    for (path, text) in shown.rows() {
        *modules.entry(module(path)).or_default() += text;
    }
    let is_shown = |path: &str| shown.rows().any(|(other, _)| other == path);
    let is_excused = |path: &str| NONE.iter().any(|(other, _)| *other == path);
    let mut wrong = Vec::new();
    for (path, of) in &types {
        // What is printed as a part of something else was not displayed.
        let text = modules.get(module(path)).filter(|_| !of.is_displayed());
        let inside = text.is_some_and(|text| of.stands_in(path, text));
        if !is_shown(path) && !inside && !of.is_word() && !is_excused(path) {
            wrong.push(format!("{path} is not printed"));
        }
    }
    let said = shown.rows().map(|(path, _)| path).chain(NONE.map(|(path, _)| path));
    wrong.extend(said.filter(|path| !types.contains_key(*path)).map(|it| format!("{it} is gone")));
    wrong.extend(
        NONE.iter().filter(|(path, _)| is_shown(path)).map(|(it, _)| format!("{it}: both")),
    );
    wrong
}

fn module(path: &str) -> &str {
    path.split_once("::").map_or("", |(module, _)| module)
}

fn public_api() -> String {
    fs::read_to_string(workspace_dir().join("receiver-core/public-api.txt")).expect("the listing")
}

/// What can hold no secret, and why. An enum of bare words needs no line.
const NONE: [(&str, &str); 33] = [
    ("cmmshere::Object", WORD),
    ("cmmshere::Verb", WORD),
    ("explain::BodyChange", "how JSON is written"),
    ("explain::KeyChange", "times"),
    ("explain::LayoutChange", NAMES),
    ("explain::SecretChange", "how a secret is written, and prefixes that everybody knows"),
    ("explain::TimeChange", "times"),
    ("samples::Sample", "it is synthetic, and part of the crate"),
    ("scheme::Grammar", NAMES),
    ("scheme::Layout", NAMES),
    ("scheme::LookUpFailed", "it has no members"),
    ("scheme::Part", NAMES),
    ("scheme::Place", NAMES),
    ("scheme::Source", NAMES),
    ("scheme::TenantAt", NAMES),
    ("scheme::Timestamp", NAMES),
    ("scheme::Tolerance", "times"),
    ("scheme::catalog::Sender", "a row of the catalogue, which is part of the crate"),
    ("scheme::catalog::Uncovered", "the same"),
    ("sintegre::DataProduto", "a date, or what stands in its place"),
    ("testing::Clock", "a time"),
    ("testing::Way", NAMES),
    ("voalle::Action", WORD),
    ("voalle::Competence", "a month, or what stands in its place"),
    ("voalle::ContractStage", WORD),
    ("voalle::ContractStatus", WORD),
    ("voalle::SignatureStatus", WORD),
    ("wire::date::LocalTime", "a date, or what stands in its place"),
    ("wire::date::Month", "a date"),
    ("wire::date::UtcTime", "a date, or what stands in its place"),
    ("wire::decimal::Decimal", "a number"),
    ("wire::fields::Field", NAMES),
    ("KeyId", "a key's name, which is given to stand in the log"),
];

const NAMES: &str = "names of headers, parameters and members, and texts that both sides know";
const WORD: &str = "a word that says what happened, and stands in the log as the kind";
