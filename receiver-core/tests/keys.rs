//! For every scheme: a key counts at its time only, and a proof says how strong it is.
#![expect(clippy::expect_used, reason = "a test that cannot go on fails, and says where")]

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use http::HeaderName;
use receiver_core::scheme::dangerous::Anonymous;
use receiver_core::scheme::{Basic, Bearer, HeaderPair, Layout, Part, Signature, Strength, Token};
use receiver_core::{AuthError, Key, Request, Scheme, Secret};

#[test]
fn a_key_counts_at_its_time_only() {
    for (name, make, headers) in SCHEMES {
        let ends = make(key("old").with_not_after(at(20)));
        let begins = make(key("new").with_not_before(at(20)));
        let judge = |scheme: &dyn Scheme, now| {
            let headers = headers.to_vec();
            let request = Request::new("POST", "/?token=correct-horse", &headers);
            scheme.verify(&request, at(now)).map(|proof| proof.key().to_string())
        };
        assert_eq!(judge(&*ends, 20).as_deref(), Ok("old"), "{name}");
        assert_eq!(judge(&*ends, 21), Err(AuthError::NoActiveKey), "{name}");
        assert_eq!(judge(&*begins, 19), Err(AuthError::NoActiveKey), "{name}");
        assert_eq!(judge(&*begins, 20).as_deref(), Ok("new"), "{name}");
    }
}

#[test]
fn a_proof_is_as_strong_as_what_it_covers() {
    for (name, make, headers) in SCHEMES {
        let expected = match name {
            "signature" => Strength::Body,
            _ => Strength::SharedToken,
        };
        check(name, &*make(key("1")), headers, expected);
    }
    check("anonymous", &Anonymous::because("a test"), &[], Strength::Unproven);
}

#[test]
fn the_strongest_of_all_counts_and_of_any_the_one_that_proved_it() {
    let token = || Bearer::new(key("1")).expect("a token");
    let signature = || Signature::new(Layout::GITHUB, key("1"));
    let headers = [BEARER, SIGNATURE].concat();
    check("all", &token().and(signature()), &headers, Strength::Body);
    check("all", &Anonymous::because("a test").and(token()), &headers, Strength::SharedToken);
    check("any", &token().or(signature()), &headers, Strength::SharedToken);
    check("any", &signature().or(token()), &headers, Strength::Body);
    check("any", &signature().or(token()), BEARER, Strength::SharedToken);
}

#[test]
fn a_signature_is_as_strong_as_its_content() {
    const FIELD: Part = Part::FormField(std::borrow::Cow::Borrowed("payload"));
    const PARTS: [(&[Part], Strength); 6] = [
        (&[Part::Method, Part::Body], Strength::Body),
        (&[Part::BodySha256], Strength::Body),
        (&[Part::Method, Part::Timestamp], Strength::Metadata),
        (&[FIELD], Strength::Metadata),
        (&[Part::Method], Strength::SharedToken),
        (&[], Strength::SharedToken),
    ];
    for (content, expected) in PARTS {
        assert_eq!(Layout::GITHUB.with_content(content).strength(), expected, "{content:?}");
    }
}

#[track_caller]
fn check(name: &str, scheme: &dyn Scheme, headers: &[(&str, &str)], expected: Strength) {
    let headers = headers.to_vec();
    let request = Request::new("POST", "/?token=correct-horse", &headers);
    let proof = scheme.verify(&request, at(0)).expect("a proof");
    assert_eq!(proof.strength(), expected, "{name}");
}

fn key(id: &str) -> Key {
    Key::new(Secret::new("correct-horse").expect("a secret")).with_id(id)
}

fn at(seconds: u64) -> SystemTime {
    UNIX_EPOCH.checked_add(Duration::from_secs(seconds)).expect("a time")
}

type Make = fn(Key) -> Box<dyn Scheme>;
type Headers = &'static [(&'static str, &'static str)];

const SCHEMES: [(&str, Make, Headers); 6] = [
    ("basic", |key| Box::new(Basic::new("erp", key).expect("a pair")), BASIC),
    ("bearer", |key| Box::new(Bearer::new(key).expect("a token")), BEARER),
    ("token", |key| Box::new(Token::query("token", key).expect("a token")), &[]),
    ("token header", |key| Box::new(Token::header(X_TOKEN, key).expect("a token")), TOKEN),
    ("pair", |key| Box::new(HeaderPair::username_password("erp", key).expect("a pair")), PAIR),
    ("signature", |key| Box::new(Signature::new(Layout::GITHUB, key)), SIGNATURE),
];

const X_TOKEN: HeaderName = HeaderName::from_static("x-token");
const BASIC: Headers = &[("authorization", "Basic ZXJwOmNvcnJlY3QtaG9yc2U=")];
const BEARER: Headers = &[("authorization", "Bearer correct-horse")];
const TOKEN: Headers = &[("x-token", "correct-horse")];
const PAIR: Headers = &[("username", "erp"), ("password", "correct-horse")];
/// Over no body.
const SIGNATURE: Headers = &[(
    "x-hub-signature-256",
    "sha256=8338774e1a14d512d4e3f59a071f08da3fbb73ef471dcf22a47a450c39a28462",
)];
