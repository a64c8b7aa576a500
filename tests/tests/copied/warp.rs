use receiver_core::scheme::catalog;
use receiver_core::testing::{Clock, Fault, Outgoing, to_warp, ways};
use receiver_core::{Json, Received, Receiver, Reply};
use warp::Filter;

type Payment = Json<serde_json::Value>;

async fn paid(received: Received<Payment>) -> Reply {
    received.receipt.accepted()
}

fn route(
    receiver: Receiver<Payment>,
) -> impl Filter<Extract = (impl warp::Reply,), Error = warp::Rejection> + Clone {
    warp::path!("webhooks" / "stripe").and(receiver_core::warp::handle(receiver, paid))
}

#[tokio::test(flavor = "current_thread")]
async fn a_payment_is_accepted_for_five_minutes() {
    let clock = Clock::default();
    let stripe = catalog::find("stripe").unwrap().signature("whsec_5f0c7d52a9").unwrap();
    let route = route(Receiver::new(stripe).with_clock(clock.reader()));

    let credential = ways("stripe")[0].credential("whsec_5f0c7d52a9").unwrap();
    let outgoing =
        Outgoing::json("/webhooks/stripe", r#"{"amount": 17}"#).with_credential(credential);
    let request = outgoing.request(clock.now()).unwrap();
    assert_eq!(to_warp(&request).unwrap().reply(&route).await.status(), 200);

    clock.advance(std::time::Duration::from_secs(301));
    assert_eq!(to_warp(&request).unwrap().reply(&route).await.status(), 401);

    let tampered = outgoing.with_fault(Fault::TamperedBody).request(clock.now()).unwrap();
    assert_eq!(to_warp(&tampered).unwrap().reply(&route).await.status(), 401);
}
