//! What is wrong is named, and no value is told.

use receiver_core::AuthError;
use receiver_core::explain::{Explain, Finding};
use receiver_core::scheme::catalog;

use crate::failure::{Failure, KEY, secret};

/// What is told, line by line, about a request of this sender that was spoiled.
#[track_caller]
fn check(name: &str, spoil: impl FnOnce(&mut Failure), error: AuthError, expected: &[&str]) {
    let layout = catalog::find(name).expect("a row").layout();
    let explain = Explain::new(layout.clone(), secret(KEY));
    let sender = receiver_core::scheme::Signature::new(layout.clone(), secret(KEY));
    let sender = sender.with_public_url("https://a.example/h").expect("a URL");
    let body = if name == "braintree" { "bt_payload=1" } else { "{}" };
    let mut failure = Failure::by(&sender, "/h?data.id=1", body);
    spoil(&mut failure);
    let explanation = failure.explained_by(&explain);
    assert_eq!(explanation.verdict().map(drop), Err(error), "{explanation}");
    let found: Vec<_> = explanation.findings().iter().map(Finding::to_string).collect();
    assert_eq!(found, expected, "{explanation}");
    for line in found {
        assert!(explanation.to_string().lines().any(|it| it == line), "{explanation}");
    }
}

fn without(name: &'static str) -> impl FnOnce(&mut Failure) {
    move |it| it.headers.retain(|(header, _)| header != name)
}

fn twice(name: &'static str) -> impl FnOnce(&mut Failure) {
    move |it| {
        let header = it.headers.iter().find(|(header, _)| header == name).cloned();
        it.headers.push(header.expect("a header"));
    }
}

fn spelled(edit: impl FnOnce(&str) -> String) -> impl FnOnce(&mut Failure) {
    |it| *it = it.clone().spelled(edit)
}

#[test]
fn what_is_missing() {
    let missing = AuthError::Missing;
    let line = "the header `x-hub-signature-256` is not there";
    check("github", without("x-hub-signature-256"), missing, &[line]);
    for header in ["webhook-id", "webhook-timestamp", "webhook-signature"] {
        let line = format!("the header `{header}` is not there");
        check("standard-webhooks", without(header), missing, &[&line]);
    }
    let line = "the header `box-signature-primary` or `box-signature-secondary` is not there";
    check("box", without("box-signature-primary"), missing, &[line]);
    let line = "the header `x-docusign-signature-1` is not there";
    check("docusign", without("x-docusign-signature-1"), missing, &[line]);
    let line = "the query parameter `data.id` is not there";
    check("mercado-pago", |it| it.target = "/h".to_owned(), missing, &[line]);
    let line = "the form field `bt_signature` is not there";
    check("braintree", |it| it.body = b"bt_payload=1".to_vec(), missing, &[line]);
    let lines = [
        "the form field `bt_signature` is not there",
        "the form field `bt_payload` is not there",
        "the body is empty: perhaps something read it before",
    ];
    check("braintree", |it| it.body.clear(), missing, &lines);
}

#[test]
fn what_is_there_twice() {
    let repeated = AuthError::Repeated;
    let line = "the header `x-hub-signature-256` is there more than once";
    check("github", twice("x-hub-signature-256"), repeated, &[line]);
    let line = "the header `webhook-id` is there more than once";
    check("standard-webhooks", twice("webhook-id"), repeated, &[line]);
    let line = "two timestamps are beside the signature";
    check("stripe", spelled(|it| format!("{it},t=1")), repeated, &[line]);
    let line = "the query parameter `data.id` is there more than once";
    check("mercado-pago", |it| it.target.push_str("&data.id=2"), repeated, &[line]);
}

#[test]
fn a_signature_of_another_length() {
    let mismatch = AuthError::SignatureMismatch;
    let line = "the signature has 63 hexadecimal digits, 64 are expected";
    check("github", spelled(|it| it.trim_end().split_at(70).0.to_owned()), mismatch, &[line]);
    let line = "the signature has 0 hexadecimal digits, 64 are expected";
    check("gitea", spelled(|_| String::new()), mismatch, &[line]);
    let line = "the signature has 42 letters of base64, 43 are expected, padding aside";
    check("shopify", spelled(|it| it.split_at(42).0.to_owned()), mismatch, &[line]);
    let line = "the signature has 39 letters of base64, 43 are expected, padding aside";
    check("shopify", spelled(|it| format!("{}=", it.split_at(39).0)), mismatch, &[line]);
    let line = "the signature is not hex";
    check("github", spelled(|it| it.replace("sha256=", "sha256=z")), mismatch, &[line]);
    check("gitea", spelled(|it| format!("z{}", it.split_at(63).0)), mismatch, &[line]);
    let line = "the signature is not base64";
    check("shopify", spelled(|it| format!("-{}", it.split_at(42).0)), mismatch, &[line]);
    // Its last letter says more than a byte holds.
    check("shopify", spelled(|it| format!("{}B=", it.split_at(42).0)), mismatch, &[line]);
}

#[test]
fn no_signature_of_the_kind() {
    let line = "no signature is there as in `sha256=<sig>`";
    let other = spelled(|it| it.replace("sha256", "md5"));
    check("github", other, AuthError::Malformed, &[line]);
    let line = "no signature is there as in `v1,<sig>[ v1,<sig>…]`";
    let other = spelled(|it| it.replace("v1,", "v9,"));
    check("standard-webhooks", other, AuthError::UnknownVersion, &[line]);
    let line = "no timestamp is beside the signature";
    check("stripe", spelled(|it| it.replace("t=", "x=")), AuthError::Malformed, &[line]);
}

#[test]
fn a_time_that_is_not_written_as_it_must_be() {
    let spoil = |time: &'static str| {
        move |it: &mut Failure| {
            let header = it.headers.iter_mut().find(|(name, _)| name == "webhook-timestamp");
            time.clone_into(&mut header.expect("a header").1);
        }
    };
    let error = AuthError::BadTimestamp;
    let line = "the time is not in the layout's unit but in milliseconds";
    check("standard-webhooks", spoil("1767225600000"), error, &[line]);
    let line = "the time is not in the layout's unit but in RFC 3339";
    check("standard-webhooks", spoil("2026-01-01T00:00:00Z"), error, &[line]);
    let line = "the time is written in none of the ways that we read";
    check("standard-webhooks", spoil("yesterday"), error, &[line]);
}

#[test]
fn an_id_that_the_content_cannot_hold() {
    let line = "the id or the query is empty or holds a letter that ends it in the signed content";
    for id in ["", "a.b"] {
        let spoil = |it: &mut Failure| {
            let header = it.headers.iter_mut().find(|(name, _)| name == "webhook-id");
            id.clone_into(&mut header.expect("a header").1);
        };
        check("standard-webhooks", spoil, AuthError::Malformed, &[line]);
    }
}

#[test]
fn a_body_that_something_read_before() {
    let line = "the body is empty: perhaps something read it before";
    check("github", |it| it.body.clear(), AuthError::SignatureMismatch, &[line]);
}

#[test]
fn a_url_that_was_not_told() {
    let line = "the sender signs its URL: give the public URL";
    check("square", |_| {}, AuthError::NoPublicUrl, &[line]);
    // It signs no body, so an empty one is none of its faults.
    check("plivo-v2", |it| it.body.clear(), AuthError::NoPublicUrl, &[line]);
}

#[test]
fn nothing_to_be_seen() {
    let explain = Explain::new(receiver_core::scheme::Layout::GITHUB, secret("another-key-77"));
    let layout = receiver_core::scheme::Layout::GITHUB;
    let explanation = Failure::signed(&layout, secret(KEY), "{}").explained_by(&explain);
    assert_eq!(
        explanation.to_string(),
        "refused: the signature does not match the request\n\
         nothing that was tried would make it verify: the secret is another one, or the request \
         was changed on its way",
    );
}
