//! The one line of a request, where the request is not simply answered.
#![expect(clippy::expect_used, reason = "a test that cannot go on fails, and says where")]

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use receiver_core::scheme::Bearer;
use receiver_core::testing::{Credential, Outgoing};
use receiver_core::{Bytes, Key, Receiver, Request, Secret};
use receiver_tests::log::{Line, capture};
use receiver_tests::own::Anything;
use tracing::Level;

#[test]
fn a_refusal_that_the_handler_answers_itself_is_logged_with_its_cause() {
    let line = one_line(|| drop(receiver().receive(&Request::from(&request("wrong")), UNIX_EPOCH)));
    assert_eq!(line.level(), Level::WARN);
    check(&line, &[("reason", Some("bad_credentials")), ("status", None), ("elapsed_ms", None)]);
}

#[test]
fn a_proof_alone_is_logged_with_its_key() {
    let receiver = receiver();
    let line = one_line(|| drop(receiver.verify(&Request::from(&request("right")), UNIX_EPOCH)));
    assert_eq!(line.level(), Level::INFO);
    check(&line, &[("reason", Some("verified")), ("key_id", Some("2026")), ("status", None)]);

    let line = one_line(|| drop(receiver.verify(&Request::from(&request("wrong")), UNIX_EPOCH)));
    assert_eq!(line.level(), Level::WARN);
    check(&line, &[("reason", Some("bad_credentials")), ("key_id", None), ("kind", None)]);
}

#[test]
fn what_a_handler_says_went_wrong_is_escaped_and_cut() {
    let error = format!("first\nsecond\u{1b}[0m{}", "x".repeat(1000));
    let line = one_line(|| {
        let received =
            receiver().receive(&Request::from(&request("right")), UNIX_EPOCH).expect("an event");
        let reply = received.receipt.settle(Err::<(), _>(&error));
        let _ = reply.into_response(UNIX_EPOCH);
    });
    check(&line, &[("reason", Some("retry_later")), ("status", Some("503"))]);
    let logged = line.field("error").expect("the error");
    assert!(logged.starts_with(r"first\nsecond\u{1b}[0mxx"), "{logged}");
    assert!(logged.len() < 300, "{} bytes", logged.len());
}

/// The time is the receiver's in every framework, whose conformance is shown by a clock that stands.
#[test]
fn the_time_is_the_clocks_that_the_receiver_has() {
    let later = UNIX_EPOCH.checked_add(Duration::from_millis(1234)).expect("a time");
    let line = one_line(|| {
        let received =
            receiver().receive(&Request::from(&request("right")), UNIX_EPOCH).expect("an event");
        let _ = received.receipt.accepted().into_response(later);
    });
    check(&line, &[("elapsed_ms", Some("1234")), ("status", Some("200"))]);
}

/// A clock that was set back must not fail the answer.
#[test]
fn a_clock_that_goes_back_is_no_time_at_all() {
    let now = SystemTime::now();
    let line = one_line(|| {
        let received =
            receiver().receive(&Request::from(&request("right")), now).expect("an event");
        let _ = received.receipt.accepted().into_response(UNIX_EPOCH);
    });
    check(&line, &[("elapsed_ms", Some("0"))]);
}

#[track_caller]
fn check(line: &Line, fields: &[(&str, Option<&str>)]) {
    for (name, value) in fields {
        assert_eq!(line.field(name), *value, "{name} in {line:?}");
    }
}

#[track_caller]
fn one_line(work: impl FnOnce()) -> Line {
    let ((), mut lines) = capture(work);
    lines.retain(Line::is_delivery);
    assert_eq!(lines.len(), 1, "{lines:?}");
    lines.remove(0)
}

fn request(token: &str) -> http::Request<Bytes> {
    let token = Secret::new(token).expect("a secret");
    let outgoing = Outgoing::new("POST", "/").with_credential(Credential::bearer(token));
    outgoing.request(UNIX_EPOCH).expect("a request")
}

fn receiver() -> Receiver<Anything> {
    let key = Key::new(Secret::new("right").expect("a secret")).with_id("2026");
    Receiver::new(Bearer::new(key).expect("a token"))
}
