//! What a table of whole requests cannot show: bodies that come in pieces, slowly, without end or
//! not at all, in every framework.
#![expect(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    reason = "a test that cannot go on fails, and says where"
)]

use std::future::Future;
use std::io;
use std::time::Duration;

use actix_web::dev::{Payload, Service as _};
use actix_web::error::PayloadError;
use actix_web::http::header::HeaderValue;
use actix_web::test::{TestRequest, init_service};
use actix_web::{App, web};
use axum::Router;
use axum::body::Body;
use axum::routing::any;
use bytes::Bytes;
use futures_util::{Stream, StreamExt as _, TryStreamExt as _, stream};
use http_body_util::StreamBody;
use receiver_core::scheme::{Layout, Signature, dangerous::Anonymous};
use receiver_core::{Received, Receiver, Secret};
use receiver_tests::answer::Answer;
use receiver_tests::client::answer;
use receiver_tests::own::Anything;
use tokio::time::Instant;
use tower::ServiceExt as _;
use warp::Filter as _;

#[test]
fn a_body_that_never_comes_is_408_when_its_time_is_over() {
    check(&open(), &[], stream::pending, 408, "too-slow", Duration::from_secs(15));
}

#[test]
fn a_body_that_stops_half_way_is_408() {
    let half = || stream::iter([piece(b"half")]).chain(stream::pending());
    check(&open(), &[], half, 408, "too-slow", Duration::from_secs(15));
}

/// The time is for the whole body: a byte now and then does not buy more of it.
#[test]
fn a_body_that_trickles_is_408() {
    let trickle = || {
        stream::unfold((), |()| async {
            tokio::time::sleep(Duration::from_secs(2)).await;
            Some((piece(b"."), ()))
        })
    };
    check(&open(), &[], trickle, 408, "too-slow", Duration::from_secs(15));
}

#[test]
fn the_time_for_a_body_can_be_set() {
    let receiver = open().with_body_deadline(Duration::from_millis(250));
    check(&receiver, &[], stream::pending, 408, "too-slow", Duration::from_millis(250));
}

#[test]
fn a_body_without_end_is_413_as_soon_as_it_is_over_the_limit() {
    // Nobody reads twice the limit, and whoever does ends the test.
    let endless = || {
        let pieces = stream::repeat_with(|| piece(&[b'x'; 1024])).take(2048);
        pieces.chain(stream::repeat_with(|| panic!("the body was read on and on")))
    };
    check(&open(), &[], endless, 413, "too-large", Duration::ZERO);
    // A length that is a lie does not matter: the bytes are counted.
    check(&open(), &[("content-length", "5")], endless, 413, "too-large", Duration::ZERO);
}

#[test]
fn a_body_that_breaks_off_is_400() {
    let broken = || stream::iter([piece(b"half"), Err(io::ErrorKind::ConnectionReset.into())]);
    check(&open(), &[], broken, 400, "incomplete", Duration::ZERO);
}

/// Its polling would be the end of the test.
#[test]
fn a_body_is_not_read_where_the_headers_are_reason_enough() {
    for (header, status, problem) in [
        (("content-length", "1048577"), 413, "too-large"),
        (("content-encoding", "gzip"), 415, "content-coding"),
    ] {
        let untouched = || stream::repeat_with(|| panic!("the body was read"));
        check(&open(), &[header], untouched, status, problem, Duration::ZERO);
    }
}

#[test]
fn a_body_in_pieces_is_verified_as_a_whole() {
    let key = Secret::new("signing-key-c2d9").expect("a secret");
    let scheme = Signature::new(Layout::GITHUB, key);
    let signed = scheme.sign("", std::time::UNIX_EPOCH, b"one two three");
    let headers: Vec<_> =
        signed.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let receiver = Receiver::<Anything>::new(scheme);
    let pieces =
        || stream::iter(["", "one ", "t", "", "wo three", ""].map(|text| piece(text.as_bytes())));
    check(&receiver, &headers, pieces, 200, "accepted", Duration::ZERO);
    let swapped = || stream::iter(["wo three", "one t"].map(|text| piece(text.as_bytes())));
    check(&receiver, &headers, swapped, 401, "unauthorized", Duration::ZERO);
}

/// The same answer in every framework, after exactly this time by a clock that stands while
/// anything can be done.
#[track_caller]
fn check<B>(
    receiver: &Receiver<Anything>,
    headers: &[(&str, &str)],
    body: impl Fn() -> B,
    status: u16,
    problem: &str,
    after: Duration,
) where
    B: Stream<Item = io::Result<Bytes>> + Send + Sync + 'static,
{
    let answers = [
        ("axum", timed(by_axum(receiver.clone(), headers, body()))),
        ("actix-web", timed(by_actix(receiver.clone(), headers, body()))),
        ("warp", timed(by_warp(receiver.clone(), headers, body()))),
    ];
    for (framework, (answer, took)) in answers {
        assert_eq!(answer.status, status, "{framework}: {answer:?}");
        assert!(answer.text().contains(problem), "{framework}: {answer:?}");
        // A timer has whole milliseconds.
        let exact = after..=after + Duration::from_millis(2);
        assert!(exact.contains(&took), "{framework} took {took:?}");
    }
}

fn timed(work: impl Future<Output = Answer>) -> (Answer, Duration) {
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    let runtime = runtime.enable_time().start_paused(true).build().expect("a runtime");
    runtime.block_on(async {
        let start = Instant::now();
        // A whole day by this clock, so that an answer that never comes is a failed test.
        let answer = tokio::time::timeout(Duration::from_secs(86_400), work).await;
        (answer.expect("an answer"), start.elapsed())
    })
}

async fn by_axum<B>(receiver: Receiver<Anything>, headers: &[(&str, &str)], body: B) -> Answer
where
    B: Stream<Item = io::Result<Bytes>> + Send + 'static,
{
    let handler = async |received: Received<Anything>| received.receipt.accepted();
    let app = Router::new().route("/", any(handler)).with_state(receiver);
    let response =
        app.oneshot(request(headers, Body::from_stream(body))).await.expect("infallible");
    answer(response).await
}

async fn by_warp<B>(receiver: Receiver<Anything>, headers: &[(&str, &str)], body: B) -> Answer
where
    B: Stream<Item = io::Result<Bytes>> + Send + Sync + 'static,
{
    let handler = async |received: Received<Anything>| received.receipt.accepted();
    let handler = move |received| handler(received);
    let filter = warp::path::end().and(receiver_core::warp::handle(receiver, handler));
    let body = StreamBody::new(body.map_ok(http_body::Frame::data));
    let response = warp::service(filter).oneshot(request(headers, body)).await.expect("infallible");
    answer(response.map(Body::new)).await
}

async fn by_actix<B>(receiver: Receiver<Anything>, headers: &[(&str, &str)], body: B) -> Answer
where
    B: Stream<Item = io::Result<Bytes>> + 'static,
{
    let handler = async |received: Received<Anything>| received.receipt.accepted();
    let app = App::new().app_data(receiver).route("/", web::to(handler));
    let service = init_service(app).await;
    let request = TestRequest::with_uri("/").method(actix_web::http::Method::POST);
    let request = headers.iter().fold(request, |request, (name, value)| {
        request.append_header((*name, HeaderValue::from_str(value).expect("a header's value")))
    });
    let mut request = request.to_request();
    *request.payload() = Payload::Stream { payload: Box::pin(body.map_err(PayloadError::from)) };
    let (_, response) = service.call(request).await.expect("an answer").into_parts();
    let (head, body) = response.into_parts();
    let body = actix_web::body::to_bytes(body).await.expect("a body");
    let headers = head.headers().iter().map(|(name, value)| (name, value.as_bytes()));
    Answer::new(head.status().as_u16(), headers, body)
}

fn request<B>(headers: &[(&str, &str)], body: B) -> http::Request<B> {
    let request = http::Request::post("/");
    let request =
        headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
    request.body(body).expect("a request")
}

fn open() -> Receiver<Anything> {
    Receiver::new(Anonymous::because("the test is about the body"))
}

#[expect(clippy::unnecessary_wraps, reason = "it is a piece of a stream that may break")]
fn piece(bytes: &[u8]) -> io::Result<Bytes> {
    Ok(Bytes::copy_from_slice(bytes))
}
