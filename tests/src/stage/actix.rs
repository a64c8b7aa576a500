//! actix-web: an `App`, called as its test service.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::{Payload, Service as _};
use actix_web::http::{Method, header::HeaderValue};
use actix_web::test::{TestRequest, init_service};
use actix_web::{App, web};
use receiver_core::{Event, Receipt, Received, Receiver, Reply};

use super::Stage;
use crate::answer::Answer;
use crate::case::Case;
use crate::endpoints::{Clock, Mount, mount_all};

pub(super) fn stage() -> Stage {
    let (clock, runtime) = (Clock::default(), super::runtime());
    let mounted = clock.clone();
    let call = runtime.block_on(async {
        let app = App::new().configure(|app| {
            mount_all(&mounted, &mut Services(app)).expect("secrets");
        });
        let service = init_service(app).await;
        // The service's type has no name, so it is kept in a closure.
        move |case: &Case| -> Pin<Box<dyn Future<Output = Answer>>> {
            let mut request = request(case).to_request();
            // `TestRequest::set_payload` would overwrite the Content-Length that the case sends.
            *request.payload() = Payload::from(case.body.bytes());
            let calling = service.call(request);
            Box::pin(async {
                let (_, response) = calling.await.expect("refusals are answers").into_parts();
                let (head, body) = response.into_parts();
                let headers = head.headers().iter().map(|(name, value)| (name, value.as_bytes()));
                let body = actix_web::body::to_bytes(body).await.expect("a body");
                Answer::new(head.status().as_u16(), headers, body)
            })
        }
    });
    Box::new(move |case| {
        clock.set(case.now());
        runtime.block_on(call(case))
    })
}

/// Headers are appended: `insert_header`, which most examples of actix-web use in tests, would drop
/// all but the last of a repeated one.
fn request(case: &Case) -> TestRequest {
    let method = Method::from_bytes(case.method.as_bytes()).expect("a method");
    let request = TestRequest::with_uri(&case.target()).method(method);
    case.header_bytes().fold(request, |request, (name, value)| {
        request.append_header((name, HeaderValue::from_bytes(&value).expect("a header's value")))
    })
}

struct Services<'a>(&'a mut web::ServiceConfig);

impl Mount for Services<'_> {
    fn mount<E>(&mut self, name: &'static str, receiver: Receiver<E>, reply: fn(Receipt) -> Reply)
    where
        E: Event + Send + 'static,
    {
        let handler = move |received: Received<E>| std::future::ready(reply(received.receipt));
        self.0.service(web::resource(format!("/{name}")).app_data(receiver).to(handler));
    }
}
