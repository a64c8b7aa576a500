//! warp: a filter, called as the tower service that `warp::service` makes of it.

use axum::body::Body;
use receiver_core::testing::Clock;
use receiver_core::{Event, Receipt, Received, Receiver, Reply};
use tower::ServiceExt as _;
use warp::Filter as _;
use warp::filters::BoxedFilter;

use super::Stage;
use crate::client::answer;
use crate::endpoints::{Mount, mount_all};

pub(super) fn stage() -> Stage {
    let (clock, mut routes, runtime) = (Clock::default(), Routes(None), super::runtime());
    mount_all(&clock, &mut routes).expect("secrets");
    let service = warp::service(routes.0.expect("at least one endpoint"));
    Box::new(move |case| {
        clock.set(case.now());
        runtime.block_on(async {
            let request = case.http_request().map(http_body_util::Full::new);
            let response = service.clone().oneshot(request).await.expect("infallible");
            answer(response.map(Body::new)).await
        })
    })
}

struct Routes(Option<BoxedFilter<(warp::reply::Response,)>>);

impl Mount for Routes {
    fn mount<E>(&mut self, name: &'static str, receiver: Receiver<E>, reply: fn(Receipt) -> Reply)
    where
        E: Event + Send + 'static,
    {
        let handler = move |received: Received<E>| std::future::ready(reply(received.receipt));
        let path = warp::path(name).and(warp::path::end());
        let route = path.and(receiver_core::warp::handle(receiver, handler)).boxed();
        self.0 = Some(match self.0.take() {
            Some(routes) => routes.or(route).unify().boxed(),
            None => route,
        });
    }
}
