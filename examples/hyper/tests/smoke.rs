//! A signed delivery, right and wrong, through `app()` and no socket.
#![expect(clippy::expect_used, reason = "a test that cannot go on fails")]

use example_hyper::{app, receiver};
use http_body_util::Full;
use hyper::Request;
use hyper::body::Bytes;

#[path = "../../smoke.rs"]
mod smoke;

#[tokio::test]
async fn what_is_signed_is_taken_and_nothing_else() {
    for delivery in smoke::deliveries() {
        let status = ask(delivery.path, &delivery.credentials, &delivery.body).await;
        assert_eq!(status, if delivery.path == "/webhooks/signed" { 204 } else { 404 });
    }
    let credentials = smoke::sign(b"something else");
    assert_eq!(ask("/webhooks/signed", &credentials, "{}").await, 401);
}

#[tokio::test]
async fn a_large_body_is_refused() {
    let body = "x".repeat(2 * 1024 * 1024);
    assert_eq!(ask("/webhooks/signed", &smoke::sign(body.as_bytes()), &body).await, 413);
}

async fn ask(path: &str, headers: &[(String, String)], body: &str) -> u16 {
    let request = Request::post(path).header("content-type", "application/json");
    let request =
        headers.iter().fold(request, |request, (name, value)| request.header(name, value));
    let request = request.body(Full::new(Bytes::from(body.to_owned()))).expect("a request");
    let receiver = receiver(smoke::var).expect("a secret");
    app(receiver, request).await.status().as_u16()
}
