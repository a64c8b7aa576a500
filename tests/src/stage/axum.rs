//! axum: a `Router`, called as the tower service it is.

use axum::Router;
use axum::body::Body;
use axum::routing::any;
use receiver_core::testing::Clock;
use receiver_core::{Event, Receipt, Received, Receiver, Reply};
use tower::ServiceExt as _;

use super::Stage;
use crate::client::answer;
use crate::endpoints::{Mount, mount_all};

pub(super) fn stage() -> Stage {
    let (clock, mut routes, runtime) = (Clock::default(), Routes::default(), super::runtime());
    mount_all(&clock, &mut routes).expect("secrets");
    Box::new(move |case| {
        clock.set(case.now());
        runtime.block_on(async {
            let request = case.http_request().map(Body::from);
            let response = routes.0.clone().oneshot(request).await.expect("infallible");
            answer(response).await
        })
    })
}

#[derive(Default)]
struct Routes(Router);

impl Mount for Routes {
    fn mount<E>(&mut self, name: &'static str, receiver: Receiver<E>, reply: fn(Receipt) -> Reply)
    where
        E: Event + Send + 'static,
    {
        let handler = any(async move |received: Received<E>| reply(received.receipt));
        let routes = std::mem::take(&mut self.0);
        self.0 = routes.route(&format!("/{name}"), handler.with_state(receiver));
    }
}
