//! warp: a filter that always replies, one that hands the verdict over, and one for handshakes.

use std::convert::Infallible;
use std::future::Future;

use ::warp::filters::method::method;
use ::warp::path::FullPath;
use ::warp::reply::Response;
use ::warp::{Filter, Rejection as NotMatched, any, body, header, path, query};
use futures_util::TryStreamExt;
use http_body::Frame;
use http_body_util::StreamBody;

use crate::{Event, Received, Receiver, Rejection, Reply, Request};

pub use self::handshake::handshake;

mod handshake;

/// Answers every request that reaches it: with the handler's [`Reply`], or with the refusal.
///
/// Put it behind a path, and behind nothing else. Methods are this filter's business: a `warp::post()`
/// before it would turn its 405 into one of warp's own. And warp 0.4's `path::full`, which it needs,
/// panics where a request has no path (`POST host:80`): a path filter before it turns those away.
///
/// ```
/// use receiver_core::scheme::Bearer;
/// use receiver_core::{Json, Received, Receiver, Reply, Secret};
/// use warp::Filter;
///
/// async fn handle(received: Received<Json<serde_json::Value>>) -> Reply {
///     received.receipt.accepted()
/// }
///
/// let receiver = Receiver::new(Bearer::new(Secret::new("correct-horse")?)?);
/// let verdict = receiver_core::warp::received(receiver.clone()); // to answer refusals as well
/// let route = warp::path!("webhooks" / "own").and(receiver_core::warp::handle(receiver, handle));
/// # let _ = (verdict, warp::service(route));
/// # Ok::<(), receiver_core::InvalidSecret>(())
/// ```
pub fn handle<E, H, F>(
    receiver: Receiver<E>,
    handler: H,
) -> impl Filter<Extract = (Response,), Error = NotMatched> + Clone
where
    E: Event + Send,
    H: Fn(Received<E>) -> F + Clone + Send + Sync,
    F: Future<Output = Reply> + Send,
{
    received(receiver).then(move |verdict: Result<Received<E>, Rejection>| {
        let handler = handler.clone();
        async move {
            match verdict {
                Ok(delivery) => ::warp::Reply::into_response(handler(delivery).await),
                Err(rejection) => ::warp::Reply::into_response(rejection),
            }
        }
    })
}

/// The verdict, for a handler that answers refusals itself. It stands where [`handle`] would.
#[must_use]
pub fn received<E: Event + Send>(
    receiver: Receiver<E>,
) -> impl Filter<Extract = (Result<Received<E>, Rejection>,), Error = NotMatched> + Clone {
    head().and(body::stream()).then(move |head, body| {
        let receiver = receiver.clone();
        let body = StreamBody::new(TryStreamExt::map_ok(body, Frame::data));
        async move { receiver.receive_body(request(&head), body).await }
    })
}

type Head = (http::Method, FullPath, Option<String>, http::HeaderMap);

fn head() -> impl Filter<Extract = (Head,), Error = Infallible> + Clone {
    let query = query::raw().map(Some).or(any().map(|| None)).unify();
    // A filter is given no reference to the headers that lives as long as the reading of the body.
    let parts = method().and(path::full()).and(query).and(header::headers_cloned());
    parts.map(|method, path, query, headers| (method, path, query, headers))
}

fn request((method, path, query, headers): &Head) -> Request<'_> {
    Request::from_parts(method.as_str(), path.as_str(), query.as_deref(), headers.into())
}

impl ::warp::Reply for Reply {
    fn into_response(self) -> Response {
        ::warp::Reply::into_response(self.answer())
    }
}

impl ::warp::Reply for Rejection {
    fn into_response(self) -> Response {
        ::warp::Reply::into_response(self.answer())
    }
}
