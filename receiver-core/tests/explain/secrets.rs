//! The secret is not quite the sender's.

use receiver_core::Key;
use receiver_core::explain::{BodyChange, Change, Explain, KeyChange, SecretChange, TimeChange};
use receiver_core::scheme::{KeyForm, Layout, Signature};
use std::time::Duration;

use crate::failure::{Failure, KEY, NOW, at, check as check_all, secret};

#[track_caller]
fn check(given: &str, sender_key: &str, expected: SecretChange) {
    let explain = Explain::new(Layout::GITHUB, secret(given));
    let send = |key| Failure::signed(&Layout::GITHUB, key, "{}");
    check_all(&explain, sender_key, send, &[&[Change::Secret(expected)]]);
}

#[test]
fn a_secret_that_was_pasted_badly() {
    check("signing-key-c2d9\n", KEY, SecretChange::Trimmed);
    check(" signing-key-c2d9\r\n", KEY, SecretChange::Trimmed);
    check(KEY, "signing-key-c2d9\n", SecretChange::WithLineBreak);
    check("\"signing-key-c2d9\"", KEY, SecretChange::Unquoted);
    check("'signing-key-c2d9'\n", KEY, SecretChange::Unquoted);
    check("whsec_signing-key", "signing-key", SecretChange::WithoutPrefix("whsec_"));
    check("v1,whsec_signing-key", "signing-key", SecretChange::WithoutPrefix("v1,whsec_"));
}

#[test]
fn a_secret_that_should_be_decoded() {
    check("c2lnbmluZy1rZXktYzJkOQ==", KEY, SecretChange::Read(KeyForm::Base64));
    check("c2lnbmluZy1rZXktYzJkOQ\n", KEY, SecretChange::Read(KeyForm::Base64));
    check("whsec_c2lnbmluZy1rZXktYzJkOQ==", KEY, SecretChange::Read(KeyForm::Whsec));
    check("7369676e696e672d6b65792d63326439", KEY, SecretChange::Read(KeyForm::Hex));
    check("7369676E696E672D6B65792D63326439", KEY, SecretChange::Read(KeyForm::Hex));
}

#[test]
fn a_secret_that_should_not_be_decoded() {
    check(KEY, "c2lnbmluZy1rZXktYzJkOQ==", SecretChange::AsText(KeyForm::Base64));
    check(KEY, "c2lnbmluZy1rZXktYzJkOQ", SecretChange::AsText(KeyForm::Base64));
    check(KEY, "whsec_c2lnbmluZy1rZXktYzJkOQ==", SecretChange::AsText(KeyForm::Whsec));
    check(KEY, "7369676e696e672d6b65792d63326439", SecretChange::AsText(KeyForm::Hex));
    check(KEY, "7369676E696E672D6B65792D63326439", SecretChange::AsText(KeyForm::Hex));
    check("k>>?key", "az4-P2tleQ", SecretChange::AsText(KeyForm::Base64));
}

#[test]
fn a_secret_whose_digest_is_the_key() {
    let key = KeyForm::Sha1.read(KEY).expect("a key");
    let sender = Signature::new(Layout::GITHUB, key);
    let send = |other| match other {
        None => Failure::by(&sender, "/", "{}"),
        Some(key) => Failure::signed(&Layout::GITHUB, secret(key), "{}"),
    };
    let explain = Explain::new(Layout::GITHUB, secret(KEY));
    let changes = |failure: Failure| {
        let explanation = failure.explained_by(&explain);
        explanation.hypotheses().iter().flat_map(|it| it.changes().to_vec()).collect::<Vec<_>>()
    };
    let expected = Change::Secret(SecretChange::Read(KeyForm::Sha1));
    assert_eq!(changes(send(None)), [expected]);
    assert_eq!(changes(send(Some("quite-another-key-5d0e"))), []);
}

#[test]
fn a_key_whose_time_it_is_not() {
    let day = 86_400;
    let old = || Key::new(secret(KEY)).with_id("2025").with_not_after(at(NOW - 3 * day));
    let new = || Key::new(secret("the-newer-key-11")).with_id("2026");
    let next = || Key::new(secret(KEY)).with_id("2027").with_not_before(at(NOW + day));
    let ended = Change::Key(KeyChange::Ended(Duration::from_secs(3 * day)));
    let not_yet = Change::Key(KeyChange::NotYet(Duration::from_secs(day)));
    let send = |key| Failure::signed(&Layout::GITHUB, key, "{}");

    let explain = Explain::new(Layout::GITHUB, new()).with(old());
    check_all(&explain, KEY, send, &[&[ended]]);
    let explanation = send(secret(KEY)).explained_by(&explain);
    assert_eq!(explanation.hypotheses()[0].key().as_str(), "2025");

    let explain = Explain::new(Layout::GITHUB, new()).with(next());
    check_all(&explain, KEY, send, &[&[not_yet]]);
    // Its last moment is its own.
    let last = Key::new(secret(KEY)).with_not_after(at(NOW)).with_not_before(at(NOW));
    let explain = Explain::new(Layout::GITHUB, last);
    assert!(send(secret(KEY)).explained_by(&explain).verdict().is_ok());
    assert_eq!(send(secret("another-key-77")).explained_by(&explain).findings(), []);
}

#[test]
fn a_key_without_a_name_has_the_one_that_the_log_has() {
    let explain = Explain::new(Layout::GITHUB, secret("another-1")).with(secret("signing-key\n"));
    let explanation =
        Failure::signed(&Layout::GITHUB, secret("signing-key"), "{}").explained_by(&explain);
    assert_eq!(explanation.hypotheses()[0].key().as_str(), "2");
}

#[test]
fn a_secret_and_one_thing_more() {
    let trimmed = Change::Secret(SecretChange::Trimmed);
    let explain = Explain::new(Layout::GITHUB, secret("signing-key-c2d9\n"));
    let send = |key| Failure::signed(&Layout::GITHUB, key, "{}\n").arriving_as("{}");
    let line_break = Change::Body(BodyChange::WithLineBreak);
    check_all(&explain, KEY, send, &[&[trimmed.clone(), line_break]]);

    let standard = Layout::STANDARD_WEBHOOKS;
    let explain = Explain::new(standard.clone(), secret("signing-key-c2d9\n"));
    let late = |key| Failure { now: at(NOW + 3_600), ..Failure::signed(&standard, key, "{}") };
    let before = Change::Time(TimeChange::Before(Duration::from_secs(3_600)));
    check_all(&explain, KEY, late, &[&[trimmed, before]]);
}
