//! Handshakes in every framework: the same question, the same answer.
#![expect(clippy::expect_used, reason = "a test that cannot go on fails, and says where")]

use std::future::Future;

use actix_web::dev::Service as _;
use actix_web::test::{TestRequest, init_service};
use actix_web::{App, HttpRequest, web};
use axum::Router;
use axum::body::Body;
use axum::http::request::Parts;
use axum::routing::any;
use bytes::Bytes;
use http_body_util::{BodyExt as _, Full};
use receiver_core::handshake::{Answer, Refused, meta};
use receiver_core::scheme::Bearer;
use receiver_core::{Received, Receiver, Reply, Request, Secret};
use receiver_tests::log;
use receiver_tests::own::Anything;
use tower::ServiceExt as _;
use warp::Filter as _;

/// Method, target, and what is answered: status, `X-Content-Type-Options` and body.
const ASKED: [(&str, &str, (u16, &str, &str)); 3] = [
    ("GET", "/?hub.mode=subscribe&hub.verify_token=right&hub.challenge=17", (200, "nosniff", "17")),
    ("GET", "/?hub.mode=subscribe&hub.verify_token=wrong&hub.challenge=17", (403, "", PROBLEM)),
    // Beside the handshake, deliveries are received as ever.
    ("POST", "/", (401, "", UNAUTHORIZED)),
];

#[test]
fn in_axum() {
    check(async |method, target| {
        async fn subscribe(head: Parts) -> Result<Answer, Refused> {
            meta::answer(&Request::from(&head), &verify_token())
        }
        let app = Router::new().route("/", any(accept).get(subscribe)).with_state(receiver());
        let request = http::Request::builder().method(method).uri(target);
        let request = request.body(Body::empty()).expect("a request");
        let (head, body) = app.oneshot(request).await.expect("infallible").into_parts();
        let body = body.collect().await.expect("a body").to_bytes();
        (head.status.as_u16(), nosniff(&head.headers), body)
    });
}

#[test]
fn in_actix_web() {
    check(async |method, target| {
        async fn subscribe(request: HttpRequest) -> Result<Answer, Refused> {
            meta::answer(&Request::from(&request), &verify_token())
        }
        let app = App::new()
            .app_data(receiver())
            .route("/", web::get().to(subscribe))
            .route("/", web::route().to(accept));
        let service = init_service(app).await;
        let method = method.parse().expect("a method");
        let request = TestRequest::with_uri(target).method(method).to_request();
        let response = service.call(request).await.expect("an answer");
        let status = response.status().as_u16();
        let option = response.headers().get("x-content-type-options");
        let option = option.map_or(String::new(), |it| it.to_str().expect("text").to_owned());
        (status, option, actix_web::test::read_body(response).await)
    });
}

#[test]
fn in_warp() {
    check(async |method, target| {
        let subscribe =
            receiver_core::warp::handshake(|request| meta::answer(request, &verify_token()));
        let deliveries = receiver_core::warp::handle(receiver(), accept);
        let route = warp::get().and(subscribe).or(deliveries);
        let request = http::Request::builder().method(method).uri(target);
        let request = request.body(Full::new(Bytes::new())).expect("a request");
        let response = warp::service(route).oneshot(request).await.expect("infallible");
        let (head, body) = response.into_parts();
        let body = body.collect().await.expect("a body").to_bytes();
        (head.status.as_u16(), nosniff(&head.headers), body)
    });
}

/// Each question has its answer, and one line in the log.
#[track_caller]
fn check<F: Future<Output = (u16, String, Bytes)>>(play: impl Fn(&'static str, &'static str) -> F) {
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    let runtime = runtime.enable_time().build().expect("a runtime");
    for (method, target, (status, option, body)) in ASKED {
        let (answer, lines) = log::capture(|| runtime.block_on(play(method, target)));
        assert_eq!((answer.0, &*answer.1, &*answer.2), (status, option, body.as_bytes()));
        let lines: Vec<_> = lines.iter().filter_map(|line| line.field("status")).collect();
        assert_eq!(lines, [status.to_string()]);
    }
}

fn nosniff(headers: &http::HeaderMap) -> String {
    let option = headers.get("x-content-type-options");
    option.map_or(String::new(), |it| it.to_str().expect("text").to_owned())
}

async fn accept(received: Received<Anything>) -> Reply {
    received.receipt.accepted()
}

fn receiver() -> Receiver<Anything> {
    let token = Secret::new("correct-horse-6b1f").expect("a secret");
    Receiver::new(Bearer::new(token).expect("a token"))
}

fn verify_token() -> Secret {
    Secret::new("right").expect("a secret")
}

const PROBLEM: &str = r#"{"type":"urn:receiver:problem:handshake","title":"This handshake is not answered","status":403}"#;
const UNAUTHORIZED: &str = r#"{"type":"urn:receiver:problem:unauthorized","title":"The credentials are missing or not valid","status":401}"#;
