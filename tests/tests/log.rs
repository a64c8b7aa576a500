//! The one line of a request, where the request is not simply answered.
#![expect(clippy::expect_used, reason = "a test that cannot go on fails, and says where")]

use std::convert::Infallible;
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::task::{Context, Waker};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use futures_util::stream;
use http_body::Frame;
use http_body_util::StreamBody;
use receiver_core::explain::Explain;
use receiver_core::scheme::{Bearer, Layout, Signature};
use receiver_core::{Bytes, Delivery, Event, EventKey, Key, ParseError, Receiver, Request, Secret};
use receiver_tests::log::{Line, capture};
use receiver_tests::own::Anything;
use tracing::Level;

#[test]
fn a_refusal_that_the_handler_answers_itself_is_logged_with_its_cause() {
    let line = one_line(|| drop(receiver().receive(&request("Bearer wrong"), UNIX_EPOCH)));
    assert_eq!(line.level(), Level::WARN);
    check(&line, &[("reason", Some("bad_credentials")), ("status", None), ("elapsed_ms", None)]);
}

#[test]
fn a_proof_alone_is_logged_with_its_key() {
    let receiver = receiver();
    let line = one_line(|| drop(receiver.verify(&request("Bearer right"), UNIX_EPOCH)));
    assert_eq!(line.level(), Level::INFO);
    check(&line, &[("reason", Some("verified")), ("key_id", Some("2026")), ("status", None)]);

    let line = one_line(|| drop(receiver.verify(&request("Bearer wrong"), UNIX_EPOCH)));
    assert_eq!(line.level(), Level::WARN);
    check(&line, &[("reason", Some("bad_credentials")), ("key_id", None), ("kind", None)]);
}

/// The client went away, or a layer above gave up.
#[test]
fn a_request_that_is_dropped_with_half_its_body_is_logged() {
    let line = one_line(|| {
        let never = StreamBody::new(stream::pending::<Result<Frame<Bytes>, Infallible>>());
        let receiver = receiver();
        let mut receiving = pin!(receiver.receive_body(request("Bearer right"), never));
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build();
        runtime.expect("a runtime").block_on(async {
            let mut context = Context::from_waker(Waker::noop());
            assert!(receiving.as_mut().poll(&mut context).is_pending());
        });
    });
    assert_eq!(line.level(), Level::WARN);
    check(&line, &[("reason", Some("unanswered")), ("sender", Some("anything")), ("status", None)]);
}

#[test]
fn an_event_whose_reading_panics_is_logged() {
    struct Broken;
    impl Event for Broken {
        type Options = ();
        const SENDER: &'static str = "broken";
        fn from_delivery(_: &Delivery<'_>, (): &()) -> Result<Self, ParseError> {
            panic!("a mistake in a reader of one's own")
        }
        fn kind(&self) -> &'static str {
            "none"
        }
        fn key(&self, _: EventKey) -> Option<EventKey> {
            None
        }
    }
    let line = one_line(|| {
        let key = Key::new(Secret::new("right").expect("a secret"));
        let receiver = Receiver::<Broken>::new(Bearer::new(key).expect("a token"));
        let receive = || receiver.receive(&request("Bearer right"), UNIX_EPOCH).map(drop);
        assert!(catch_unwind(AssertUnwindSafe(receive)).is_err());
    });
    check(&line, &[("reason", Some("unanswered")), ("sender", Some("broken"))]);
    check(&line, &[("key_id", Some("1"))]);
}

#[test]
fn what_a_handler_says_went_wrong_is_escaped_and_cut() {
    let error = format!("first\nsecond\u{1b}[0mx{}", "\u{10ffff}".repeat(1000));
    let line = one_line(|| {
        let received = receiver().receive(&request("Bearer right"), UNIX_EPOCH).expect("an event");
        let reply = received.receipt.settle(Err::<(), _>(&error));
        let _ = reply.into_http(UNIX_EPOCH);
    });
    check(&line, &[("reason", Some("retry_later")), ("status", Some("503"))]);
    let logged = line.field("error").expect("the error");
    assert!(logged.starts_with(r"first\nsecond\u{1b}[0mx\u{10ffff}"), "{logged}");
    assert_eq!(logged.len(), 256, "{logged}");
}

/// The time is the receiver's in every framework, whose conformance is shown by a clock that stands.
#[test]
fn the_time_is_the_clocks_that_the_receiver_has() {
    let later = UNIX_EPOCH.checked_add(Duration::from_millis(1234)).expect("a time");
    let line = one_line(|| {
        let received = receiver().receive(&request("Bearer right"), UNIX_EPOCH).expect("an event");
        let _ = received.receipt.accepted().into_http(later);
    });
    check(&line, &[("elapsed_ms", Some("1234")), ("status", Some("200"))]);
}

/// A clock that was set back must not fail the answer.
#[test]
fn a_clock_that_goes_back_is_no_time_at_all() {
    let now = SystemTime::now();
    let line = one_line(|| {
        let received = receiver().receive(&request("Bearer right"), now).expect("an event");
        let _ = received.receipt.accepted().into_http(UNIX_EPOCH);
    });
    check(&line, &[("elapsed_ms", Some("0"))]);
}

/// It is the likeliest mistake of all, and without a word of it nothing would ever verify.
#[test]
fn a_whsec_text_that_was_not_decoded_is_warned_of() {
    let text = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    let plain = || Secret::new(text).expect("a secret");
    let decoded = || Secret::from_whsec(text).expect("a secret");
    let warnings = |make: &dyn Fn() -> Signature| {
        let (_, lines) = capture(make);
        let says = |line: &&Line| line.field("message").is_some_and(|it| it.contains("whsec_"));
        assert!(!format!("{lines:?}").contains("MfKQ"));
        lines.iter().filter(says).count()
    };
    assert_eq!(warnings(&|| Signature::standard_webhooks(plain())), 1);
    assert_eq!(warnings(&|| Signature::standard_webhooks(decoded()).with(plain())), 1);
    assert_eq!(warnings(&|| Signature::standard_webhooks(decoded())), 0);
    assert_eq!(warnings(&|| Signature::new(Layout::GITHUB, plain())), 0, "a text like any other");
    // It tries such keys on purpose.
    let explained = warnings(&|| {
        let explain = Explain::new(Layout::STANDARD_WEBHOOKS, decoded());
        let signed = Signature::standard_webhooks(decoded()).sign("msg_1", UNIX_EPOCH, b"{}");
        let request = Request::new("POST", "/", &signed).with_body("{ }");
        assert!(explain.request(&request, UNIX_EPOCH).macs() > 1);
        Signature::standard_webhooks(decoded())
    });
    assert_eq!(explained, 0);
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

fn request(credential: &'static str) -> Request<'static> {
    let headers: &'static [(&str, &str); 1] = Box::leak(Box::new([("authorization", credential)]));
    Request::new("POST", "/", headers)
}

fn receiver() -> Receiver<Anything> {
    let key = Key::new(Secret::new("right").expect("a secret")).with_id("2026");
    Receiver::new(Bearer::new(key).expect("a token"))
}
