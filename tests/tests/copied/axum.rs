use axum::{Router, body::Body, http::StatusCode, routing::any};
use receiver_core::testing::{Clock, Credential, Fault, Outgoing};
use receiver_core::{Received, Receiver, Reply, Secret, samples, sintegre};
use tower::ServiceExt;

async fn published(received: Received<sintegre::ProductPublished>) -> Reply {
    received.receipt.accepted()
}

fn app(receiver: Receiver<sintegre::ProductPublished>) -> Router {
    Router::new().route("/webhooks/sintegre", any(published)).with_state(receiver)
}

#[tokio::test(flavor = "current_thread")]
async fn a_product_is_accepted_and_a_forgery_is_not() {
    let password = Secret::new("correct horse").unwrap();
    let clock = Clock::default();
    let receiver = sintegre::basic("ons", password.clone()).unwrap().with_clock(clock.reader());
    let app = app(receiver);

    let sample = samples::find("sintegre", "product_published.daily").unwrap();
    let outgoing = Outgoing::sample(sample)
        .to("/webhooks/sintegre")
        .with_credential(Credential::basic("ons", password));

    let request = outgoing.request(clock.now()).unwrap().map(Body::from);
    assert_eq!(app.clone().oneshot(request).await.unwrap().status(), StatusCode::OK);

    let forged = outgoing.with_fault(Fault::WrongSecret);
    let request = forged.request(clock.now()).unwrap().map(Body::from);
    assert_eq!(app.oneshot(request).await.unwrap().status(), StatusCode::UNAUTHORIZED);
}
