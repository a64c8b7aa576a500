//! Proving a sender leaves the heap alone, however long the body is.
#![expect(clippy::expect_used, reason = "a test that cannot go on fails, and says where")]

use std::time::UNIX_EPOCH;

use http::{HeaderMap, HeaderName, HeaderValue};
use receiver_core::scheme::{Basic, Bearer, HeaderPair, Layout, Signature, Token, catalog};
use receiver_core::{Request, Scheme, Secret};

#[track_caller]
fn check(scheme: &dyn Scheme, headers: &[(HeaderName, String)], expected: u64) {
    let body = b"x".repeat(1 << 20);
    let value = |text: &str| HeaderValue::try_from(text).expect("a header's value");
    let headers: HeaderMap =
        headers.iter().map(|(name, text)| (name.clone(), value(text))).collect();
    let request = Request::new("POST", "/", &headers).with_body(&body);
    let verify = || assert!(scheme.verify(&request, UNIX_EPOCH).is_ok());
    assert_eq!(allocation_counter::measure(verify).count_total, expected);
}

fn secret() -> Secret {
    Secret::new("correct-horse").expect("a secret")
}

fn header(name: &'static str, value: &str) -> (HeaderName, String) {
    (HeaderName::from_static(name), value.to_owned())
}

fn signed(scheme: &Signature) {
    let headers = scheme.sign("msg_1", UNIX_EPOCH, &b"x".repeat(1 << 20));
    check(scheme, &headers, 0);
}

#[test]
fn a_token_is_compared_in_place() {
    let bearer = Bearer::new(secret()).expect("a token");
    check(&bearer, &[header("authorization", "Bearer correct-horse")], 0);
    let basic = Basic::new("Aladdin", Secret::new("open sesame").expect("a secret"));
    let sent = [header("authorization", "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==")];
    check(&basic.expect("credentials"), &sent, 0);
    let token = Token::authorization(secret()).expect("a token");
    check(&token, &[header("authorization", "correct-horse")], 0);
    let pair = HeaderPair::username_password("erp", secret()).expect("a pair");
    check(&pair, &[header("username", "erp"), header("password", "correct-horse")], 0);
}

#[test]
fn a_signature_is_checked_without_a_copy_of_the_body() {
    signed(&Signature::new(Layout::GITHUB, secret()));
    signed(&Signature::standard_webhooks(secret()));
    for name in ["stripe", "slack", "shopify"] {
        let layout = catalog::find(name).expect("a row").layout().clone();
        signed(&Signature::new(layout, secret()));
    }
    let square = catalog::find("square").expect("a row").layout().clone();
    let square = Signature::new(square, secret()).with_public_url("https://example.com/hooks");
    signed(&square.expect("a URL"));
}

/// The counter counts: a digest of the body that is signed as text is one text.
#[test]
fn what_allocates_is_seen() {
    let layout = Layout::GITHUB.with_content(&[receiver_core::scheme::Part::BodySha256]);
    let scheme = Signature::new(layout, secret());
    let headers = scheme.sign("", UNIX_EPOCH, &b"x".repeat(1 << 20));
    check(&scheme, &headers, 1);
}
