//! What is put together: schemes made of schemes, and receivers with methods of their own.
#![expect(clippy::expect_used, reason = "a test that cannot go on fails, and says where")]

use std::time::UNIX_EPOCH;

use http::{HeaderName, Method};
use receiver_core::scheme::{Basic, Bearer, HeaderPair, Scheme, Token};
use receiver_core::{AuthError, Json, Receiver, Request, Secret};

#[test]
fn a_repeated_credential_is_refused_whatever_else_is_right() {
    let rows: [(&str, &dyn Scheme, &[Header], Verdict); 11] = [
        ("the bearer token alone", &pair().or(bearer()), &[BEARER], Ok(())),
        ("half a pair beside it", &pair().or(bearer()), &[BEARER, USER], Ok(())),
        ("the user twice", &pair().or(bearer()), &[BEARER, USER, USER], TWICE),
        ("the password twice, no user", &pair().or(bearer()), &[BEARER, PASS, PASS], TWICE),
        ("the other way round", &bearer().or(pair()), &[BEARER, PASS, PASS], TWICE),
        ("both of two", &a().and(b()), &[A, B], Ok(())),
        ("one of two", &a().and(b()), &[A], Err(AuthError::Missing)),
        ("the second twice, no first", &a().and(b()), &[B, B], TWICE),
        ("neither, and another that is right", &bearer().or(a().and(b())), &[BEARER], Ok(())),
        ("that, and the second twice", &bearer().or(a().and(b())), &[BEARER, B, B], TWICE),
        ("that, and the first twice", &a().and(b()).or(bearer()), &[BEARER, A, A, B], TWICE),
    ];
    for (name, scheme, headers, expected) in rows {
        let headers = headers.to_vec();
        let verdict = scheme.verify(&Request::new("POST", "/", &headers), UNIX_EPOCH);
        assert_eq!(verdict.map(drop), expected, "{name}");
    }
}

/// The log says what the scheme that knew the word found wrong, in either order.
#[test]
fn a_mismatch_says_more_than_another_schemes_malformed() {
    let basic = || Basic::new("erp", secret()).expect("a pair");
    let rows = [
        ("Bearer wrong", AuthError::Mismatch),
        ("Basic ZXJwOndyb25n", AuthError::Mismatch),
        ("Digest wrong", AuthError::Malformed),
    ];
    for (value, expected) in rows {
        let headers = [("authorization", value)];
        let request = Request::new("POST", "/", &headers);
        for scheme in [basic().or(bearer()), bearer().or(basic())] {
            assert_eq!(scheme.verify(&request, UNIX_EPOCH).map(drop), Err(expected), "{value}");
        }
    }
}

#[test]
fn methods_may_be_others_than_the_event_types() {
    const METHODS: &[Method] = &[Method::POST, Method::HEAD];
    let receiver = Receiver::<Json<u8>>::new(bearer());
    let with_head = receiver.clone().with_methods(METHODS);
    let status = |receiver: &Receiver<Json<u8>>, method: &str| {
        let refusal = receiver.verify(&Request::new(method, "/", &[BEARER]), UNIX_EPOCH).err()?;
        let answer = refusal.into_http(UNIX_EPOCH);
        Some((answer.status().as_u16(), answer.headers()["allow"].clone()))
    };
    assert_eq!(status(&with_head, "HEAD"), None);
    assert_eq!(status(&with_head, "GET"), Some((405, "POST, HEAD".parse().expect("a value"))));
    assert_eq!(status(&receiver, "POST"), None);
    assert_eq!(status(&receiver, "HEAD"), Some((405, "POST".parse().expect("a value"))));
}

type Header = (&'static str, &'static str);
type Verdict = Result<(), AuthError>;

const TWICE: Verdict = Err(AuthError::Repeated);
const BEARER: Header = ("authorization", "Bearer right");
const USER: Header = ("username", "erp");
const PASS: Header = ("password", "right");
const A: Header = ("x-a", "right");
const B: Header = ("x-b", "right");

fn pair() -> HeaderPair {
    HeaderPair::username_password("erp", secret()).expect("a pair")
}

fn bearer() -> Bearer {
    Bearer::new(secret()).expect("a token")
}

fn a() -> Token {
    Token::header(HeaderName::from_static("x-a"), secret()).expect("a token")
}

fn b() -> Token {
    Token::header(HeaderName::from_static("x-b"), secret()).expect("a token")
}

fn secret() -> Secret {
    Secret::new("right").expect("a secret")
}
