//! actix-web: an `App`, called as its test service.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Service as _;
use actix_web::test::init_service;
use actix_web::{App, web};
use receiver_core::testing::{Clock, to_actix};
use receiver_core::{Event, Receipt, Received, Receiver, Reply};

use super::Stage;
use crate::answer::Answer;
use crate::case::Case;
use crate::endpoints::{Mount, mount_all};

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
            let calling = service.call(to_actix(case.http_request()).to_request());
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
