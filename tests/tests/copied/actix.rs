use actix_web::{App, test, web};
use receiver_core::testing::{Clock, Fault, Outgoing, to_actix, ways};
use receiver_core::{Received, Receiver, Reply, Secret, cmmshere, samples};

async fn requested(received: Received<cmmshere::Event>) -> Reply {
    received.receipt.accepted()
}

fn routes(app: &mut web::ServiceConfig, receiver: Receiver<cmmshere::Event>) {
    app.app_data(receiver).route("/webhooks/cmmshere", web::to(requested));
}

#[actix_web::test]
async fn a_work_request_is_accepted_in_every_way_and_a_broken_one_is_not() {
    let clock = Clock::default();
    let receiver = cmmshere::token(Secret::new("correct-horse").unwrap()).unwrap();
    let receiver = receiver.with_clock(clock.reader());
    let app = test::init_service(App::new().configure(|app| routes(app, receiver))).await;

    let sample = samples::find("cmmshere", "sol.created").unwrap();
    for way in ways("cmmshere") {
        let outgoing = Outgoing::sample(sample)
            .to("/webhooks/cmmshere")
            .with_credential(way.credential("correct-horse").unwrap());

        let request = to_actix(outgoing.request(clock.now()).unwrap()).to_request();
        assert_eq!(test::call_service(&app, request).await.status(), 200);

        let broken = outgoing.with_fault(Fault::TruncatedBody).request(clock.now()).unwrap();
        assert_eq!(test::call_service(&app, to_actix(broken).to_request()).await.status(), 400);
    }
}
