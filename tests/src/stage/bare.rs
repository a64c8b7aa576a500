//! The core without a framework: headers and body in, an answer out.

use std::collections::HashMap;

use receiver_core::testing::Clock;
use receiver_core::{Event, Receipt, Receiver, Reply, Request};

use super::Stage;
use crate::answer::Answer;
use crate::case::Case;
use crate::endpoints::{Mount, mount_all};

pub(super) fn stage() -> Stage {
    let mut endpoints = Endpoints::default();
    mount_all(&Clock::default(), &mut endpoints).expect("secrets");
    Box::new(move |case| {
        let endpoint = endpoints.0.get(case.to.as_str());
        endpoint.unwrap_or_else(|| panic!("no endpoint is called {}", case.to))(case)
    })
}

#[derive(Default)]
struct Endpoints(HashMap<&'static str, Stage>);

impl Mount for Endpoints {
    fn mount<E>(&mut self, name: &'static str, receiver: Receiver<E>, reply: fn(Receipt) -> Reply)
    where
        E: Event + Send + 'static,
    {
        let play = move |case: &Case| {
            let (target, body, now) = (case.target(), case.body.bytes(), case.now());
            let headers: Vec<_> = case.header_bytes().collect();
            let request = Request::new(&case.method, &target, &headers).with_body(&body);
            Answer::of(match receiver.receive(&request, now) {
                Ok(event) => reply(event.receipt).into_http(now),
                Err(rejection) => rejection.into_http(now),
            })
        };
        self.0.insert(name, Box::new(play));
    }
}
