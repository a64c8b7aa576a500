//! The whole path through a framework's service.

use std::cell::RefCell;

use axum::Router;
use axum::body::Body;
use axum::routing::any;
use receiver_core::scheme::{LookUpFailed, TenantAt};
use receiver_core::{Json, Received, Receiver, Reply, Secret, cmmshere};
use tokio::runtime::Runtime;
use tower::ServiceExt as _;

use crate::path::Message;
use crate::tenants;

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

/// Any last segment of a path, with any token, to a service that waits for its tenants' secrets.
pub fn tenants(input: &[u8]) {
    let Some((name, token)) = tenants::who(input) else { return };
    let builder = http::Request::builder().method("POST").uri(format!("/hooks/{name}"));
    let builder = builder.header("content-type", "application/json").header("x-token", token);
    let Ok(request) = builder.body(Body::from("1")) else { return };
    let tenant = request.uri().path().rsplit('/').next().unwrap_or_default();
    let found = tenants::look_up(tenant);
    let right = match found {
        Err(_) => 503,
        Ok(Some(secret)) if secret.as_bytes() == token => 200,
        Ok(_) => 401,
    };
    let status = TENANTS.with_borrow(|(runtime, service)| {
        let response = runtime.block_on(service.clone().oneshot(request)).expect("infallible");
        response.status().as_u16()
    });
    assert_eq!(status, right, "{name:?}");
}

thread_local! {
    static SERVICE: RefCell<(Runtime, Router)> = RefCell::new(service());
    static TENANTS: RefCell<(Runtime, Router)> = RefCell::new(for_tenants());
}

fn for_tenants() -> (Runtime, Router) {
    async fn accept(received: Received<Json<u8>>) -> Reply {
        received.receipt.accepted()
    }
    let look_up = |tenant: String| async move {
        tenants::look_up(&tenant).map_err(|LookUpFailed| "it is away")
    };
    let receiver = Receiver::<Json<u8>>::for_tenants(
        TenantAt::LastSegment,
        tenants::NOBODY,
        look_up,
        tenants::scheme,
    );
    (runtime(), Router::new().fallback(accept).with_state(receiver))
}

fn runtime() -> Runtime {
    let builder = &mut tokio::runtime::Builder::new_current_thread();
    builder.enable_time().build().expect("a runtime")
}

fn service() -> (Runtime, Router) {
    async fn accept(received: Received<cmmshere::Event>) -> Reply {
        received.receipt.accepted()
    }
    let secret = Secret::new("unguessed-9f27c1d4").expect("a secret");
    let receiver = cmmshere::token(secret).expect("a token");
    let service = Router::new().route("/hooks", any(accept)).with_state(receiver);
    (runtime(), service)
}
