//! Schemes made of schemes: what stands there twice is refused, wherever in them it stands.
#![expect(clippy::expect_used, reason = "a test that cannot go on fails, and says where")]

use std::time::UNIX_EPOCH;

use http::HeaderName;
use receiver_core::scheme::{Bearer, HeaderPair, Scheme, Token};
use receiver_core::{AuthError, Request, Secret};

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
