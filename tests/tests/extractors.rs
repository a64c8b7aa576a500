//! The other ways in: a handler that looks at the refusal itself, a receiver inside a larger state,
//! and a service that forgot its receiver.
#![expect(clippy::expect_used, reason = "a test that cannot go on fails, and says where")]

use std::future::Future;

use actix_web::dev::Service as _;
use actix_web::test::{TestRequest, init_service};
use actix_web::{App, HttpResponse, web};
use axum::Router;
use axum::body::Body;
use axum::extract::FromRef;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use axum::routing::post;
use bytes::Bytes;
use http_body_util::{BodyExt as _, Full};
use receiver_core::scheme::Bearer;
use receiver_core::{AuthError, Cause, Received, Receiver, Rejection, Reply, Secret};
use receiver_tests::log;
use receiver_tests::own::Anything;
use tower::ServiceExt as _;
use warp::Filter as _;

type Verdict = Result<Received<Anything>, Rejection>;

/// The cause is for the operator; the handler answers as it likes.
fn is_missing(verdict: &Verdict) -> bool {
    let missing = Cause::Auth(AuthError::Missing);
    verdict.as_ref().is_err_and(|rejection| *rejection.cause() == missing)
}

#[test]
fn an_axum_handler_is_given_the_verdict() {
    async fn handle(verdict: Verdict) -> Response {
        assert!(is_missing(&verdict));
        StatusCode::IM_A_TEAPOT.into_response()
    }
    let app = Router::new().route("/", post(handle)).with_state(receiver());
    assert_eq!(run(by_axum(app)), (418, String::new()));
}

#[test]
fn an_axum_receiver_may_be_a_part_of_the_state() {
    #[derive(Clone, FromRef)]
    struct State {
        receiver: Receiver<Anything>,
    }
    async fn handle(received: Received<Anything>) -> Reply {
        received.receipt.accepted()
    }
    let app = Router::new().route("/", post(handle)).with_state(State { receiver: receiver() });
    assert_eq!(run(by_axum(app)).0, 401);
}

#[test]
fn an_actix_handler_is_given_the_verdict() {
    async fn handle(verdict: Verdict) -> HttpResponse {
        assert!(is_missing(&verdict));
        HttpResponse::ImATeapot().finish()
    }
    let configure = |app: &mut web::ServiceConfig| {
        app.app_data(receiver()).route("/", web::post().to(handle));
    };
    assert_eq!(run(by_actix(configure)), (418, String::new()));
}

#[test]
fn an_actix_receiver_may_be_shared_data() {
    let configure = |app: &mut web::ServiceConfig| {
        app.app_data(web::Data::new(receiver())).route("/", web::post().to(accept));
    };
    assert_eq!(run(by_actix(configure)).0, 401);
}

#[test]
fn an_actix_service_that_forgot_its_receiver_says_so_in_its_own_log_only() {
    let configure = |app: &mut web::ServiceConfig| {
        app.route("/", web::post().to(accept));
    };
    let (answer, log) = log::capture(|| run(by_actix(configure)));
    let problem = r#"{"type":"urn:receiver:problem:unconfigured","title":"The endpoint is not set up","status":500}"#;
    assert_eq!(answer, (500, problem.to_owned()));
    let errors: Vec<_> = log.iter().filter(|line| line.level() == tracing::Level::ERROR).collect();
    assert!(matches!(errors[..], [line] if line.field("sender") == Some("anything")), "{log:?}");
}

#[test]
fn a_warp_handler_is_given_the_verdict() {
    let filter = receiver_core::warp::received(receiver()).map(|verdict: Verdict| {
        assert!(is_missing(&verdict));
        StatusCode::IM_A_TEAPOT
    });
    let work = async {
        let request = http::Request::post("/").body(Full::new(Bytes::new())).expect("a request");
        let response = warp::service(filter).oneshot(request).await.expect("infallible");
        response.status().as_u16()
    };
    assert_eq!(run(work), 418);
}

async fn accept(received: Received<Anything>) -> Reply {
    received.receipt.accepted()
}

async fn by_axum(app: Router) -> (u16, String) {
    let request = http::Request::post("/").body(Body::empty()).expect("a request");
    let (head, body) = app.oneshot(request).await.expect("infallible").into_parts();
    let body = body.collect().await.expect("a body").to_bytes();
    (head.status.as_u16(), String::from_utf8_lossy(&body).into_owned())
}

async fn by_actix(configure: impl FnOnce(&mut web::ServiceConfig)) -> (u16, String) {
    let service = init_service(App::new().configure(configure)).await;
    let request = TestRequest::post().uri("/").to_request();
    let response = service.call(request).await.expect("an answer");
    let status = response.status().as_u16();
    let body = actix_web::test::read_body(response).await;
    (status, String::from_utf8_lossy(&body).into_owned())
}

fn run<T>(work: impl Future<Output = T>) -> T {
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    runtime.enable_time().build().expect("a runtime").block_on(work)
}

fn receiver() -> Receiver<Anything> {
    let token = Secret::new("correct-horse-6b1f").expect("a secret");
    Receiver::new(Bearer::new(token).expect("a token"))
}
