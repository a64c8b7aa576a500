//! A delivery for each route, with and without credentials, through `app()` and no socket.
#![expect(clippy::expect_used, reason = "a test that cannot go on fails")]

use actix_web::http::Method;
use actix_web::test::{TestRequest, call_service, init_service};
use example_actix::{Receivers, app};

#[path = "../../smoke.rs"]
mod smoke;

#[actix_web::test]
async fn each_route_takes_what_is_proven_and_nothing_else() {
    for delivery in smoke::deliveries() {
        let status = ask(Method::POST, delivery.path, &delivery.credentials, &delivery.body).await;
        assert_eq!(status, 200, "{}", delivery.path);
        let status = ask(Method::POST, delivery.path, &[], &delivery.body).await;
        assert_eq!(status, 401, "{}", delivery.path);
        assert_eq!(ask(Method::HEAD, delivery.path, &[], "").await, 405, "{}", delivery.path);
    }
}

#[actix_web::test]
async fn the_service_is_healthy_and_has_no_other_paths() {
    assert_eq!(ask(Method::GET, "/health", &[], "").await, 200);
    assert_eq!(ask(Method::POST, "/health", &[], "").await, 405);
    assert_eq!(ask(Method::GET, "/", &[], "").await, 404);
}

async fn ask(method: Method, path: &str, headers: &[(String, String)], body: &str) -> u16 {
    let request = TestRequest::with_uri(path).method(method);
    let request = request.insert_header(("content-type", "application/json"));
    let request = headers.iter().fold(request, |request, (name, value)| {
        request.insert_header((name.as_str(), value.as_str()))
    });
    let app = app(Receivers::from_env(smoke::var).expect("credentials"));
    let request = request.set_payload(body.to_owned()).to_request();
    call_service(&init_service(app).await, request).await.status().as_u16()
}
