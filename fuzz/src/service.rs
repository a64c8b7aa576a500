//! The whole path through a framework's service.

use std::cell::RefCell;

use axum::Router;
use axum::body::Body;
use axum::routing::any;
use receiver_core::{Received, Reply, Secret, cmmshere};
use tower::ServiceExt as _;

use crate::path::Message;

/// A request of which everything is any bytes, to an axum service: it is answered, and not let in.
pub fn axum(input: &[u8]) {
    let message = Message::read(input);
    let target = format!("/hooks?{}", message.query);
    let builder = http::Request::builder().method(&*message.method).uri(target);
    let headers = message.headers.iter();
    let builder = headers.fold(builder, |it, (name, value)| it.header(*name, value.as_slice()));
    // What is no HTTP gets to no service.
    let Ok(request) = builder.body(Body::from(message.body)) else { return };
    let status = SERVICE.with_borrow(|(runtime, service)| {
        let response = runtime.block_on(service.clone().oneshot(request)).expect("infallible");
        response.status().as_u16()
    });
    assert!([401, 405, 413, 415].contains(&status), "axum said {status}");
}

thread_local! {
    static SERVICE: RefCell<(tokio::runtime::Runtime, Router)> = RefCell::new(service());
}

fn service() -> (tokio::runtime::Runtime, Router) {
    async fn accept(received: Received<cmmshere::Event>) -> Reply {
        received.receipt.accepted()
    }
    let secret = Secret::new("unguessed-9f27c1d4").expect("a secret");
    let receiver = cmmshere::token(secret).expect("a token");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build();
    let service = Router::new().route("/hooks", any(accept)).with_state(receiver);
    (runtime.expect("a runtime"), service)
}
