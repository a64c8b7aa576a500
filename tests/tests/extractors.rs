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
use receiver_core::{AuthError, Cause, Received, Receiver, Rejection, Reply, Secret, rabbot};
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

/// A nested router cuts the path off on its way; a sender signs the whole one.
#[test]
fn an_axum_receiver_in_a_nested_router_sees_the_whole_path() {
    async fn handle(received: Received<rabbot::Event>) -> String {
        let key = received.key().expect("a key");
        format!("{} {key}", received.event.name)
    }
    let token = Secret::new("correct-horse-6b1f").expect("a secret");
    let options = rabbot::Options::default().with_name_after("rabbot");
    let receiver = rabbot::token::<()>(token).expect("a token").with_options(options);
    let flat = Router::new().route("/hooks/rabbot/{event}", post(handle));
    let nested = Router::new().route("/{event}", post(handle));
    let nested = Router::new().nest("/hooks", Router::new().nest("/rabbot", nested));
    let said = |app: Router<Receiver<rabbot::Event>>| {
        let app = app.with_state(receiver.clone());
        run(async {
            let request = http::Request::post("/hooks/rabbot/km?a=1")
                .header("authorization", "correct-horse-6b1f")
                .body(Body::empty())
                .expect("a request");
            let body = app.oneshot(request).await.expect("infallible").into_body();
            body.collect().await.expect("a body").to_bytes()
        })
    };
    let flat = said(flat);
    assert!(flat.starts_with(b"km rabbot:"), "{flat:?}");
    assert_eq!(said(nested), flat);
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
    let lines: Vec<_> = log.iter().filter(|line| line.target() == "receiver").collect();
    let [line] = lines[..] else { panic!("{log:?}") };
    assert_eq!(
        [line.field("sender"), line.field("reason"), line.field("error")],
        [
            Some("anything"),
            Some("unconfigured"),
            Some("no receiver for this event in app_data; add .app_data(receiver)"),
        ],
    );
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
