//! A request given to each framework's own test client, by what the test kit makes of it.

use actix_web::dev::Service as _;
use actix_web::test::init_service;
use actix_web::{App, web};
use axum::Router;
use axum::body::Body;
use axum::routing::any;
use bytes::Bytes;
use http_body_util::{BodyExt as _, Full};
use receiver_core::testing::{to_actix, to_warp};
use receiver_core::{Event, Received, Receiver, Reply};
use tower::ServiceExt as _;
use warp::Filter as _;

use crate::answer::Answer;

/// A handler that accepts everything.
pub async fn accept<E>(received: Received<E>) -> Reply {
    received.receipt.accepted()
}

/// The answer of an axum service that accepts, to a request below `/hooks`.
pub async fn by_axum<E>(receiver: Receiver<E>, request: http::Request<Bytes>) -> Answer
where
    E: Event + Send + 'static,
{
    let app = Router::new().route("/hooks/{*rest}", any(accept)).fallback(any(accept));
    let app = app.with_state(receiver);
    answer(app.oneshot(request.map(Body::from)).await.expect("infallible")).await
}

/// The answer of an actix-web service that accepts, to a request below `/hooks`.
pub async fn by_actix<E>(receiver: Receiver<E>, request: http::Request<Bytes>) -> Answer
where
    E: Event + Send + 'static,
{
    let app = App::new().app_data(receiver).default_service(web::to(accept::<E>));
    let service = init_service(app).await;
    let response = service.call(to_actix(request).to_request()).await.expect("an answer");
    let (head, body) = response.into_parts().1.into_parts();
    let body = actix_web::body::to_bytes(body).await.expect("a body");
    let headers = head.headers().iter().map(|(name, value)| (name, value.as_bytes()));
    Answer::new(head.status().as_u16(), headers, body)
}

/// The answer of a warp service that accepts, to a request below `/hooks`: by warp's own client where
/// that can say it, else by its service.
pub async fn by_warp<E>(receiver: Receiver<E>, request: http::Request<Bytes>) -> Answer
where
    E: Event + Send + 'static,
{
    let filter = warp::path("hooks").and(receiver_core::warp::handle(receiver, accept));
    if let Ok(request) = to_warp(&request) {
        return Answer::of(request.reply(&filter).await);
    }
    let response = warp::service(filter).oneshot(request.map(Full::new)).await;
    answer(response.expect("infallible").map(Body::new)).await
}

/// The answer, with its body read.
pub async fn answer(response: http::Response<Body>) -> Answer {
    let (head, body) = response.into_parts();
    let body = body.collect().await.expect("a body").to_bytes();
    Answer::of(http::Response::from_parts(head, body))
}
