//! On axum, behind its own server.

use std::hint::black_box;
use std::net::TcpListener;
use std::sync::Arc;

use axum::Router;
use axum::body::{Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, post};
use receiver_core::{Event, Received, Reply};
use receiver_measured::delivery::{ACCEPTED, PATH};
use standardwebhooks::Webhook;

use crate::hand::{self, Verifier};
use crate::{LIMIT, proven};

pub(crate) async fn serve(does: &str, secret: &str, listener: TcpListener) {
    let route = match does {
        "bare" => Router::new().route(PATH, post(bare)),
        "hand" | "strict" => {
            let verifier = Verifier::new(secret, does == "strict");
            Router::new().route(PATH, post(by_hand)).with_state(Arc::new(verifier))
        }
        "receiver" => Router::new().route(PATH, any(handle)).with_state(proven::signed(secret)),
        "bearer" => Router::new().route(PATH, any(handle)).with_state(proven::bearer(secret)),
        "basic" => Router::new().route(PATH, any(handle)).with_state(proven::basic(secret)),
        "peer" => {
            let webhook = Webhook::new(secret).expect("a secret");
            Router::new().route(PATH, post(peer)).with_state(Arc::new(webhook))
        }
        other => panic!("axum has no {other}"),
    };
    let listener = tokio::net::TcpListener::from_std(listener).expect("a listener");
    axum::serve(listener, route).await.expect("it serves");
}

async fn bare(body: Bytes) -> Response {
    black_box(body);
    accepted()
}

/// It takes the request apart: axum's extractor for headers copies them.
async fn by_hand(State(verifier): State<Arc<Verifier>>, request: Request) -> Response {
    let (head, body) = request.into_parts();
    let Ok(body) = to_bytes(body, LIMIT).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let [id, timestamp, signature] =
        hand::HEADERS.map(|name| head.headers.get(HeaderName::from_static(name)));
    let headers = id.zip(timestamp).zip(signature);
    let headers =
        headers.map(|((id, at), signature)| [id, at, signature].map(HeaderValue::as_bytes));
    match verifier.receive(headers, &body) {
        200 => accepted(),
        status => StatusCode::from_u16(status).unwrap_or_default().into_response(),
    }
}

/// As the examples have it.
async fn handle<E: Event>(received: Received<E>) -> Reply {
    black_box(received.event);
    received.receipt.accepted()
}

/// As the crate's own page has it.
async fn peer(State(webhook): State<Arc<Webhook>>, headers: HeaderMap, body: Bytes) -> Response {
    if webhook.verify(&body, &headers).is_err() {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    match serde_json::from_slice::<serde_json::Value>(&body) {
        Ok(event) => {
            black_box(event);
            accepted()
        }
        Err(_) => StatusCode::UNPROCESSABLE_ENTITY.into_response(),
    }
}

fn accepted() -> Response {
    let headers = [(header::CACHE_CONTROL, "no-store"), (header::CONTENT_TYPE, "application/json")];
    (headers, ACCEPTED).into_response()
}
