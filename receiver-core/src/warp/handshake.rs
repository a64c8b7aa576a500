//! A filter for handshakes, and their answers as replies.

use std::convert::Infallible;
use std::time::SystemTime;

use ::warp::Filter;
use ::warp::reply::Response;

use super::{head, request};
use crate::Request;
use crate::handshake::{Answer, Refused};

/// Answers a sender's [handshake](crate::handshake). Put it behind its path and method, and before
/// the filter for deliveries:
///
/// ```
/// use receiver_core::{Secret, handshake};
/// use warp::Filter;
///
/// let verify_token = Secret::new("the text given to Meta")?;
/// let subscribe = receiver_core::warp::handshake(move |request| {
///     handshake::meta::answer(request, &verify_token)
/// });
/// let route = warp::path!("webhooks" / "meta").and(warp::get()).and(subscribe);
/// # let _ = warp::service(route);
/// # Ok::<(), receiver_core::InvalidSecret>(())
/// ```
pub fn handshake<A>(answer: A) -> impl Filter<Extract = (Response,), Error = Infallible> + Clone
where
    A: Fn(&Request<'_>) -> Result<Answer, Refused> + Clone + Send + Sync,
{
    head().map(move |head| match answer(&request(&head)) {
        Ok(answer) => ::warp::Reply::into_response(answer),
        Err(refused) => ::warp::Reply::into_response(refused),
    })
}

impl ::warp::Reply for Answer {
    fn into_response(self) -> Response {
        ::warp::Reply::into_response(self.into_http(SystemTime::now()))
    }
}

impl ::warp::Reply for Refused {
    fn into_response(self) -> Response {
        ::warp::Reply::into_response(self.into_http(SystemTime::now()))
    }
}
