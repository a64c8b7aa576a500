//! The body is not the one that was signed.

use receiver_core::explain::{BodyChange, Change, Explain, Letters, Spacing};
use receiver_core::scheme::{Layout, catalog};

use crate::failure::{Failure, KEY, check as check_all, secret};

#[track_caller]
fn check(signed: &str, arrived: &str, expected: BodyChange) {
    let explain = Explain::new(Layout::GITHUB, secret(KEY));
    let send = |key| Failure::signed(&Layout::GITHUB, key, signed).arriving_as(arrived);
    check_all(&explain, KEY, send, &[&[Change::Body(expected)]]);
}

#[track_caller]
fn check_json(signed: &str, arrived: &str, spacing: Spacing, sorted: bool, letters: Letters) {
    check(signed, arrived, BodyChange::Json { spacing, sorted, letters });
}

#[test]
fn line_breaks() {
    check("{}\n", "{}", BodyChange::WithLineBreak);
    check("{}\r\n", "{}", BodyChange::WithCrlf);
    check("text", "text\n", BodyChange::WithoutLineBreak);
    check("text", "text\r\n", BodyChange::WithoutLineBreak);
    check("a\nb\rc\n", "a\r\nb\rc\r\n", BodyChange::CrlfToLf);
    check("a\r\nb\r\n", "a\nb\n", BodyChange::LfToCrlf);
    check("a\r\nb\r\n", "a\r\nb\n", BodyChange::LfToCrlf);
}

#[test]
fn what_is_before_it_and_nothing_at_all() {
    check("\u{feff}{}", "{}", BodyChange::WithByteOrderMark);
    check("{}", "\u{feff}{}", BodyChange::WithoutByteOrderMark);
    check("", "{}", BodyChange::Empty);
}

#[test]
fn json_that_was_written_anew() {
    let (compact, spaced) = (r#"{"b":[1.0,1e5],"a":{}}"#, r#"{"b": [1.0, 1e5], "a": {}}"#);
    let lines = "{\n  \"b\": [\n    1.0,\n    1e5\n  ],\n  \"a\": {}\n}";
    check_json(compact, spaced, Spacing::None, false, Letters::AsSent);
    check_json(compact, lines, Spacing::None, false, Letters::AsSent);
    check_json(spaced, compact, Spacing::Spaces, false, Letters::AsSent);
    check_json(lines, compact, Spacing::Lines, false, Letters::AsSent);
    check_json(compact, " {\t\"b\" :[1.0 ,1e5 ]\r\n,\"a\":{ }} ", Spacing::None, false, AS_SENT);
}

#[test]
fn json_whose_names_were_sorted() {
    let arrived = r#"{"b":{"d":1,"c":"}"},"a b":2,"a":[]}"#;
    let compact = r#"{"a":[],"a b":2,"b":{"c":"}","d":1}}"#;
    check_json(compact, arrived, Spacing::None, true, AS_SENT);
    let spaced = r#"{"a": [], "a b": 2, "b": {"c": "}", "d": 1}}"#;
    check_json(spaced, arrived, Spacing::Spaces, true, AS_SENT);
}

#[test]
fn json_whose_letters_were_escaped() {
    let plain = r#"{"a":"ação 😀","u":"https://x/\"\\\n"}"#;
    let escaped = r#"{"a":"a\u00e7\u00e3o \ud83d\ude00","u":"https://x/\"\\\n"}"#;
    let slashes = r#"{"a":"a\u00e7\u00e3o \ud83d\ude00","u":"https:\/\/x\/\"\\\n"}"#;
    check_json(escaped, plain, Spacing::None, false, Letters::Escaped);
    check_json(plain, escaped, Spacing::None, false, Letters::Plain);
    check_json(slashes, plain, Spacing::None, false, Letters::EscapedWithSlashes);
    check_json(plain, slashes, Spacing::None, false, Letters::Plain);
    check_json(r#"{"ç":1}"#, r#"{"\u00e7":1}"#, Spacing::None, false, Letters::Plain);
}

#[test]
fn a_body_that_is_signed_by_its_digest_or_as_a_form_is_explained_too() {
    let braintree = catalog::find("braintree").expect("a row").layout();
    let explain = Explain::new(braintree.clone(), secret(KEY));
    let send = |key| {
        let failure = Failure::signed(braintree, key, "bt_payload=abc");
        let arrived = [&*failure.body, b"\n"].concat();
        failure.arriving_as(arrived)
    };
    check_all(&explain, KEY, send, &[&[Change::Body(BodyChange::WithoutLineBreak)]]);
}

/// Another body cannot make a signature right that covers none.
#[test]
fn a_body_that_is_not_signed_is_not_blamed() {
    let plivo = catalog::find("plivo-v2").expect("a row").layout();
    let explain = Explain::new(plivo.clone(), secret("another-key-77"));
    let explain = explain.with_public_url("https://example.com/hooks").expect("a URL");
    let sender = receiver_core::scheme::Signature::new(plivo.clone(), secret(KEY));
    let sender = sender.with_public_url("https://example.com/hooks").expect("a URL");
    let [long, short] = ["{\"a\": 1}\n", ""].map(|body| {
        Failure::by(&sender, "/hooks", "").arriving_as(body).explained_by(&explain).macs()
    });
    assert_eq!(long, short);
}

const AS_SENT: Letters = Letters::AsSent;
