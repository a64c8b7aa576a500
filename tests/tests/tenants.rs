//! One endpoint for several tenants, in every framework.
#![expect(clippy::expect_used, reason = "a test that cannot go on fails, and says where")]

use std::future::{Future, pending};
use std::io;
use std::time::{Duration, UNIX_EPOCH};

use actix_web::dev::Service as _;
use actix_web::test::{TestRequest, init_service};
use actix_web::{App, web};
use axum::Router;
use axum::body::Body;
use axum::routing::any;
use http::HeaderName;
use http_body_util::{BodyExt as _, Full};
use receiver_core::scheme::{Layout, Signature, TenantAt};
use receiver_core::{Bytes, Json, Received, Receiver, Reply, Request, Secret};
use receiver_tests::answer::Answer;
use receiver_tests::leak;
use receiver_tests::log::{Line, capture};
use tokio::time::Instant;
use tower::ServiceExt as _;
use warp::Filter as _;

type Any = Json<serde_json::Value>;

#[test]
fn a_tenant_is_proven_by_its_own_secret_and_named_in_the_log() {
    for tenant in ["acme", "zeta"] {
        for (framework, answer, line, _) in play(&receiver(), tenant, tenant) {
            assert_eq!(answer.status, 200, "{framework}: {answer:?}");
            assert_eq!(line.field("tenant"), Some(tenant), "{framework}: {line:?}");
        }
    }
}

/// The same to the last byte; the log says which it was.
#[test]
fn an_unknown_tenant_is_answered_as_a_wrong_secret_is() {
    let cases = [
        ("acme", "zeta", "signature_mismatch"),
        ("nobody", "acme", "unknown_tenant"),
        // Whoever finds out the decoy's secret has found nothing.
        ("nobody", "decoy", "unknown_tenant"),
        ("", "acme", "unknown_tenant"),
        ("acm%65", "acme", "unknown_tenant"),
        (&"x".repeat(129), "acme", "unknown_tenant"),
    ];
    let mut answers = Vec::new();
    for (tenant, secret, reason) in cases {
        for (framework, answer, line, _) in play(&receiver(), tenant, secret) {
            assert_eq!(answer.status, 401, "{framework}, {tenant}: {answer:?}");
            assert_eq!(line.field("reason"), Some(reason), "{framework}, {tenant}: {line:?}");
            assert_eq!(line.field("tenant"), None, "{framework}, {tenant}: {line:?}");
            answers.push(answer);
        }
    }
    answers.dedup();
    assert_eq!(answers.len(), 1, "{answers:?}");
}

#[test]
fn a_look_up_that_fails_is_503_and_its_error_in_the_log() {
    let receiver = tenants(|_| async { Err(io::Error::other("the database\nis away")) });
    for (framework, answer, line, _) in play(&receiver, "acme", "acme") {
        assert_unavailable(framework, &answer);
        assert_eq!(line.field("reason"), Some("look_up_failed"), "{framework}: {line:?}");
        assert_eq!(line.field("error"), Some(r"the database\nis away"), "{framework}: {line:?}");
    }
}

#[test]
fn a_look_up_that_never_ends_is_503_at_its_deadline() {
    let forever = || tenants(|_| pending());
    let quick = Duration::from_millis(250);
    for (receiver, after) in
        [(forever(), Duration::from_secs(5)), (forever().with_look_up_deadline(quick), quick)]
    {
        for (framework, answer, _, took) in play(&receiver, "acme", "acme") {
            assert_unavailable(framework, &answer);
            let late = took.saturating_sub(after);
            assert!(took >= after && late < Duration::from_millis(5), "{framework} took {took:?}");
        }
    }
}

/// Nothing can be looked up without waiting, and that is nobody's wrong secret.
#[test]
fn whoever_does_not_wait_is_told_503() {
    let receiver = receiver();
    let headers: [(&str, &str); 0] = [];
    let request = Request::new("POST", "/hooks/acme", &headers);
    let rejection = receiver.receive(&request, UNIX_EPOCH).expect_err("a refusal");
    assert_eq!(rejection.status().as_u16(), 503);
    assert_eq!(receiver.verify(&request, UNIX_EPOCH).expect_err("a refusal").status(), 503);
}

#[test]
fn two_tenants_share_no_key() {
    let key = |tenant| {
        let signed = signature(tenant).sign("", UNIX_EPOCH, b"17");
        let mut headers: Vec<_> =
            signed.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        headers.push(("content-type", "application/json"));
        let target = format!("/hooks/{tenant}");
        let receiver = receiver().with_key(|number, key| key.part("number", number.to_string()));
        let body = Bytes::from_static(b"17");
        let head = Request::new("POST", &target, &headers);
        let event = run(receiver.receive_body(head, Full::new(body))).0.expect("an event");
        event.key().expect("a key")
    };
    assert_eq!(key("acme"), key("acme"));
    assert_ne!(key("acme"), key("zeta"));
}

#[track_caller]
fn assert_unavailable(framework: &str, answer: &Answer) {
    assert_eq!(answer.status, 503, "{framework}: {answer:?}");
    let retry = ("retry-after".to_owned(), "30".to_owned());
    assert!(answer.headers.contains(&retry), "{framework}: {answer:?}");
    assert!(!answer.text().contains("database"), "{framework}: {answer:?}");
}

fn receiver() -> Receiver<Any> {
    tenants(|tenant| async move {
        Ok(["acme", "zeta"].contains(&tenant.as_str()).then(|| signature(&tenant)))
    })
}

fn tenants<F, Found>(look_up: F) -> Receiver<Any>
where
    F: Fn(String) -> Found + Send + Sync + 'static,
    Found: Future<Output = io::Result<Option<Signature>>> + Send + 'static,
{
    Receiver::for_tenants(TenantAt::LastSegment, signature("decoy"), look_up)
}

fn signature(tenant: &str) -> Signature {
    let secret = Secret::new(format!("signing-key-of-{tenant}")).expect("a secret");
    Signature::new(Layout::GITHUB, secret)
}

/// What each framework answers to a delivery for this tenant with that one's signature, its log
/// line, and how long it took by a clock that stands while anything can be done.
fn play(receiver: &Receiver<Any>, tenant: &str, secret: &str) -> Vec<Played> {
    let target = format!("/hooks/{tenant}");
    let signed = signature(secret).sign("", UNIX_EPOCH, b"{}");
    let json = (http::header::CONTENT_TYPE, "application/json".to_owned());
    let headers: Vec<_> = signed.into_iter().chain([json]).collect();
    let by = |framework, work: &dyn Fn() -> (Answer, Duration)| {
        let ((answer, took), mut log) = capture(work);
        let secrets = ["signing-key-of-acme", "signing-key-of-zeta", "signing-key-of-decoy"];
        let printed = format!("{log:?} {answer:?}");
        assert_eq!(leak::find(&printed, &secrets.map(str::as_bytes)), [""; 0], "{printed}");
        log.retain(Line::is_delivery);
        assert_eq!(log.len(), 1, "{framework}: {log:?}");
        (framework, answer, log.remove(0), took)
    };
    vec![
        by("axum", &|| run(by_axum(receiver.clone(), &target, &headers))),
        by("actix-web", &|| run(by_actix(receiver.clone(), &target, &headers))),
        by("warp", &|| run(by_warp(receiver.clone(), &target, &headers))),
    ]
}

type Played = (&'static str, Answer, Line, Duration);
type Headers = [(HeaderName, String)];

async fn accept(received: Received<Any>) -> Reply {
    received.receipt.accepted()
}

async fn by_axum(receiver: Receiver<Any>, target: &str, headers: &Headers) -> Answer {
    let app = Router::new().route("/hooks/{*tenant}", any(accept)).fallback(any(accept));
    let app = app.with_state(receiver);
    answer(app.oneshot(request(target, headers, Body::from("{}"))).await.expect("infallible")).await
}

async fn by_warp(receiver: Receiver<Any>, target: &str, headers: &Headers) -> Answer {
    let filter = warp::path("hooks").and(receiver_core::warp::handle(receiver, accept));
    let request = request(target, headers, Full::new(Bytes::from_static(b"{}")));
    let response = warp::service(filter).oneshot(request).await.expect("infallible");
    answer(response.map(Body::new)).await
}

async fn by_actix(receiver: Receiver<Any>, target: &str, headers: &Headers) -> Answer {
    let app = App::new().app_data(receiver).default_service(web::to(accept));
    let service = init_service(app).await;
    let request = TestRequest::post().uri(target).set_payload("{}");
    let request = headers.iter().fold(request, |request, (name, value)| {
        request.append_header((name.as_str(), value.as_str()))
    });
    let response = service.call(request.to_request()).await.expect("an answer");
    let (head, body) = response.into_parts().1.into_parts();
    let body = actix_web::body::to_bytes(body).await.expect("a body");
    let headers = head.headers().iter().map(|(name, value)| (name, value.as_bytes()));
    Answer::new(head.status().as_u16(), headers, body)
}

fn request<B>(target: &str, headers: &Headers, body: B) -> http::Request<B> {
    let request = http::Request::post(target);
    let request =
        headers.iter().fold(request, |request, (name, value)| request.header(name, value));
    request.body(body).expect("a request")
}

async fn answer(response: http::Response<Body>) -> Answer {
    let (head, body) = response.into_parts();
    let body = body.collect().await.expect("a body").to_bytes();
    Answer::of(http::Response::from_parts(head, body))
}

fn run<T>(work: impl Future<Output = T>) -> (T, Duration) {
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    let runtime = runtime.enable_time().start_paused(true).build().expect("a runtime");
    runtime.block_on(async {
        let start = Instant::now();
        (work.await, start.elapsed())
    })
}
