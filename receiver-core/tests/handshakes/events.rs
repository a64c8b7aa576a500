//! Handshakes that come as a signed event: Slack and Zoom.

use receiver_core::handshake::{Cause, slack, zoom};
use receiver_core::scheme::dangerous::Anonymous;
use receiver_core::scheme::{Bearer, Scheme};
use receiver_core::{AuthError, Receiver, Request};

use crate::kit::{Anything, now, received, scheme, secret};

const KEY: &str = "signing-key-c2d9";

#[track_caller]
fn check(sender: &str, event: &str, expected: Result<(), Cause>) {
    let event = received(sender, KEY, event);
    let answer = match sender {
        "slack" => slack::answer(&event),
        _ => zoom::answer(&event, &secret(KEY)),
    };
    assert_eq!(answer.map(drop).map_err(|refused| refused.cause()), expected, "{event:?}");
}

#[test]
fn another_event_asks_nothing() {
    check("slack", r#"{"type":"event_callback","challenge":"abc"}"#, Err(Cause::NotAsked));
    check("slack", r#"{"challenge":"abc"}"#, Err(Cause::NotAsked));
    check(
        "slack",
        r#"{"event":{"type":"url_verification"},"challenge":"a"}"#,
        Err(Cause::NotAsked),
    );
    check("slack", r#"["url_verification"]"#, Err(Cause::NotAsked));
    check("slack", "1", Err(Cause::NotAsked));
    check("zoom", r#"{"event":"meeting.started","payload":{}}"#, Err(Cause::NotAsked));
    check("zoom", r#"{"payload":{"plainToken":"abc"}}"#, Err(Cause::NotAsked));
}

#[test]
fn only_a_word_is_echoed_or_signed() {
    let slack =
        |challenge: &str| format!(r#"{{"type":"url_verification","challenge":{challenge}}}"#);
    let zoom = |token: &str| {
        format!(r#"{{"event":"endpoint.url_validation","payload":{{"plainToken":{token}}}}}"#)
    };
    for good in [r#""abc""#, r#""qgg8vlvZRS6UYooatFL8Aw""#, r#""a-_+/=""#] {
        check("slack", &slack(good), Ok(()));
        check("zoom", &zoom(good), Ok(()));
    }
    for unfit in [
        r#""""#,
        r#"" ""#,
        r#""<b>""#,
        r#""a:b""#,
        r#""v0:1767225600:{}""#,
        r#""{}""#,
        r#""a\nb""#,
        r#""ol\u00e1""#,
        "17",
        "null",
        "{}",
        r#"["a"]"#,
    ] {
        check("slack", &slack(unfit), Err(Cause::Unfit));
        check("zoom", &zoom(unfit), Err(Cause::Unfit));
    }
    let long = format!(r#""{}""#, "a".repeat(257));
    check("slack", &slack(&long), Err(Cause::Unfit));
    check("zoom", &zoom(&long), Err(Cause::Unfit));
    check("zoom", &zoom(r#""17""#), Err(Cause::Unfit));
    check("slack", r#"{"type":"url_verification"}"#, Err(Cause::Unfit));
    check("zoom", r#"{"event":"endpoint.url_validation"}"#, Err(Cause::Unfit));
}

/// The receiver is what stands before the handshake: without its signature no event gets there.
#[test]
fn who_did_not_sign_is_not_heard() {
    for (sender, event) in [("slack", SLACK), ("zoom", ZOOM)] {
        let receiver = Receiver::<Anything>::new(scheme(sender, KEY));
        let headers = vec![("content-type", "application/json")];
        let request = Request::new("POST", "/", &headers).with_body(event);
        assert_eq!(receiver.receive(&request, now()).expect_err("refused").status(), 401);
        let headers = scheme(sender, "another-key-77").sign("", now(), event.as_bytes());
        let verdict = scheme(sender, KEY)
            .verify(&Request::new("POST", "/", &headers).with_body(event), now());
        assert_eq!(verdict.map(drop), Err(AuthError::SignatureMismatch), "{sender}");
    }
}

/// A token or nothing at all proves that somebody sent the event, and not that Zoom wrote it.
#[test]
fn zoom_is_signed_for_only_when_it_signed_itself() {
    let headers = vec![("authorization", "Bearer correct-horse")];
    let request = Request::new("POST", "/", &headers).with_body(ZOOM);
    let weak = [
        Receiver::<Anything>::new(Bearer::new(secret("correct-horse")).expect("a token")),
        Receiver::new(Anonymous::because("a test")),
    ];
    for receiver in weak {
        let delivery = receiver.verify(&request, now()).expect("a delivery");
        let refused = zoom::answer(&delivery, &secret(KEY)).expect_err("refused");
        assert_eq!(refused.cause(), Cause::Unsigned);
    }
    let headers = scheme("zoom", KEY).sign("", now(), ZOOM.as_bytes());
    let receiver = Receiver::<Anything>::new(scheme("zoom", KEY));
    let request = Request::new("POST", "/", &headers).with_body(ZOOM);
    let delivery = receiver.verify(&request, now()).expect("a delivery");
    assert!(zoom::answer(&delivery, &secret(KEY)).is_ok());
}

#[test]
fn an_event_that_two_readers_read_differently_is_not_answered() {
    let twice =
        r#"{"event":"endpoint.url_validation","payload":{"plainToken":"a"},"event":"other"}"#;
    let headers = scheme("zoom", KEY).sign("", now(), twice.as_bytes());
    let receiver = Receiver::<Anything>::new(scheme("zoom", KEY));
    let request = Request::new("POST", "/", &headers).with_body(twice);
    let delivery = receiver.verify(&request, now()).expect("a delivery");
    let refused = zoom::answer(&delivery, &secret(KEY)).expect_err("refused");
    assert_eq!(refused.cause(), Cause::Unfit);
}

const SLACK: &str = r#"{"type":"url_verification","challenge":"abc"}"#;
const ZOOM: &str = r#"{"event":"endpoint.url_validation","payload":{"plainToken":"abc"}}"#;
