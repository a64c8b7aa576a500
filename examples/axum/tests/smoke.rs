//! A delivery for each route, with and without credentials, through `app()` and no socket.
#![expect(clippy::expect_used, reason = "a test that cannot go on fails")]

use axum::body::Body;
use axum::http::{Method, Request};
use example_axum::{Receivers, app};
use tower::ServiceExt as _;

#[path = "../../smoke.rs"]
mod smoke;

#[tokio::test]
async fn each_route_takes_what_is_proven_and_nothing_else() {
    for delivery in smoke::deliveries() {
        let status = ask(Method::POST, delivery.path, &delivery.credentials, &delivery.body).await;
        assert_eq!(status, 200, "{}", delivery.path);
        let status = ask(Method::POST, delivery.path, &[], &delivery.body).await;
        assert_eq!(status, 401, "{}", delivery.path);
        assert_eq!(ask(Method::HEAD, delivery.path, &[], "").await, 405, "{}", delivery.path);
    }
}

#[tokio::test]
async fn the_service_is_healthy_and_has_no_other_paths() {
    assert_eq!(ask(Method::GET, "/health", &[], "").await, 200);
    assert_eq!(ask(Method::POST, "/health", &[], "").await, 405);
    assert_eq!(ask(Method::GET, "/", &[], "").await, 404);
}

async fn ask(method: Method, path: &str, headers: &[(String, String)], body: &str) -> u16 {
    let request = Request::builder().method(method).uri(path);
    let request = request.header("content-type", "application/json");
    let request =
        headers.iter().fold(request, |request, (name, value)| request.header(name, value));
    let request = request.body(Body::from(body.to_owned())).expect("a request");
    let app = app(Receivers::from_env(smoke::var).expect("credentials"));
    app.oneshot(request).await.expect("an answer").status().as_u16()
}
