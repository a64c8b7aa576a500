//! On actix-web, behind its own server.

use std::hint::black_box;
use std::net::TcpListener;

use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, HeaderName, HeaderValue};
use actix_web::web::{self, Bytes, Data, PayloadConfig, ServiceConfig};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer};
use receiver_core::{Event, Received, Receiver, Reply};
use receiver_measured::delivery::{ACCEPTED, PATH};

use crate::hand::{self, Verifier};
use crate::{LIMIT, proven};

pub(crate) fn serve(does: &str, secret: &str, listener: TcpListener) {
    match does {
        "bare" => run(listener, |app| {
            app.route(PATH, web::post().to(bare));
        }),
        "hand" | "strict" => {
            let verifier = Data::new(Verifier::new(secret, does == "strict"));
            run(listener, move |app| {
                app.app_data(verifier.clone()).app_data(PayloadConfig::new(LIMIT));
                app.route(PATH, web::post().to(by_hand));
            });
        }
        "receiver" => receive(listener, &proven::signed(secret)),
        "bearer" => receive(listener, &proven::bearer(secret)),
        "basic" => receive(listener, &proven::basic(secret)),
        other => panic!("actix has no {other}"),
    }
}

fn receive<E: Event + 'static>(listener: TcpListener, receiver: &Receiver<E>) {
    let receiver = receiver.clone();
    run(listener, move |app| {
        app.app_data(receiver.clone()).service(web::resource(PATH).to(handle::<E>));
    });
}

fn run(listener: TcpListener, configure: impl Fn(&mut ServiceConfig) + Clone + Send + 'static) {
    let server = HttpServer::new(move || App::new().configure(configure.clone()));
    let server = server.workers(1).listen(listener).expect("a listener");
    actix_web::rt::System::new().block_on(server.run()).expect("it serves");
}

async fn bare(body: Bytes) -> HttpResponse {
    black_box(body);
    accepted()
}

async fn by_hand(verifier: Data<Verifier>, request: HttpRequest, body: Bytes) -> HttpResponse {
    let [id, timestamp, signature] =
        hand::HEADERS.map(|name| request.headers().get(HeaderName::from_static(name)));
    let headers = id.zip(timestamp).zip(signature);
    let headers =
        headers.map(|((id, at), signature)| [id, at, signature].map(HeaderValue::as_bytes));
    match verifier.receive(headers, &body) {
        200 => accepted(),
        status => HttpResponse::new(StatusCode::from_u16(status).unwrap_or_default()),
    }
}

/// As the examples have it.
async fn handle<E: Event>(received: Received<E>) -> Reply {
    black_box(received.event);
    received.receipt.accepted()
}

fn accepted() -> HttpResponse {
    let mut answer = HttpResponse::Ok();
    answer.insert_header((CACHE_CONTROL, "no-store")).content_type("application/json");
    answer.body(ACCEPTED)
}
