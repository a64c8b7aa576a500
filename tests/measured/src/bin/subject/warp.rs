//! On warp, behind its own server.

use std::hint::black_box;
use std::net::TcpListener;
use std::sync::Arc;

use receiver_core::warp::handle;
use receiver_core::{Event, Received, Reply};
use receiver_measured::delivery::ACCEPTED;
use warp::filters::{body, header};
use warp::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use warp::http::{HeaderValue, StatusCode};
use warp::hyper::body::Bytes;
use warp::reply::Response;
use warp::{Filter, Reply as _, path, post};

use crate::hand::{self, Verifier};
use crate::{LIMIT, proven};

pub(crate) async fn serve(does: &str, secret: &str, listener: TcpListener) {
    let listener = tokio::net::TcpListener::from_std(listener).expect("a listener");
    let route = path!("webhooks" / "signed");
    match does {
        "bare" => {
            let route = route.and(post()).and(body::bytes()).map(|body: Bytes| {
                black_box(body);
                accepted()
            });
            warp::serve(route).incoming(listener).run().await;
        }
        "hand" | "strict" => {
            let verifier = Arc::new(Verifier::new(secret, does == "strict"));
            let [id, timestamp, signature] = hand::HEADERS.map(header::value);
            let limit = body::content_length_limit(u64::try_from(LIMIT).unwrap_or(u64::MAX));
            let parts = route.and(post()).and(id).and(timestamp).and(signature).and(limit);
            let route = parts.and(body::bytes()).map(move |id, timestamp, signature, body| {
                by_hand(&verifier, &[id, timestamp, signature], &body)
            });
            warp::serve(route.recover(refuse)).incoming(listener).run().await;
        }
        "receiver" => {
            let route = route.and(handle(proven::signed(secret), accept));
            warp::serve(route).incoming(listener).run().await;
        }
        "bearer" => {
            let route = route.and(handle(proven::bearer(secret), accept));
            warp::serve(route).incoming(listener).run().await;
        }
        "basic" => {
            let route = route.and(handle(proven::basic(secret), accept));
            warp::serve(route).incoming(listener).run().await;
        }
        other => panic!("warp has no {other}"),
    }
}

fn by_hand(verifier: &Verifier, headers: &[HeaderValue; 3], body: &Bytes) -> Response {
    let headers = headers.each_ref().map(HeaderValue::as_bytes);
    match verifier.receive(Some(headers), body) {
        200 => accepted(),
        status => StatusCode::from_u16(status).unwrap_or_default().into_response(),
    }
}

/// A header that is missing is no proof.
async fn refuse(rejection: warp::Rejection) -> Result<StatusCode, warp::Rejection> {
    let is_missing = rejection.find::<warp::reject::MissingHeader>().is_some();
    if is_missing { Ok(StatusCode::UNAUTHORIZED) } else { Err(rejection) }
}

/// As the examples have it.
async fn accept<E: Event>(received: Received<E>) -> Reply {
    black_box(received.event);
    received.receipt.accepted()
}

fn accepted() -> Response {
    let mut answer = Response::new(ACCEPTED.into());
    let headers = answer.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    answer
}
