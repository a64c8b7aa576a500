//! axum: `Received` and `Result<Received, Rejection>` as extractors, `Reply` and `Rejection` as
//! responses.

use ::axum::body::Body;
use ::axum::extract::{FromRef, FromRequest, OriginalUri, Request};
use ::axum::response::{IntoResponse, Response};
use bytes::Bytes;

use crate::{Event, Received, Receiver, Rejection, Reply};

mod handshake;

/// The receiver comes out of the router's state: `Receiver<E>` itself, or a state that has one
/// (`#[derive(FromRef)]`).
impl<E, S> FromRequest<S> for Received<E>
where
    E: Event + Send,
    Receiver<E>: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Rejection;

    async fn from_request(request: Request, state: &S) -> Result<Self, Rejection> {
        let receiver = Receiver::<E>::from_ref(state);
        let (head, body) = request.into_parts();
        // A nested router cuts off the part of the path that leads to it; the sender signed it all.
        let uri = head.extensions.get().map_or(&head.uri, |OriginalUri(uri)| uri);
        let request = crate::Request::new(head.method.as_str(), uri.path(), &head.headers);
        receiver.receive_body(request.with_query(uri.query()), body).await
    }
}

impl IntoResponse for Reply {
    fn into_response(self) -> Response {
        answer(self.answer())
    }
}

impl IntoResponse for Rejection {
    fn into_response(self) -> Response {
        answer(self.answer())
    }
}

fn answer(response: http::Response<Bytes>) -> Response {
    response.map(Body::from)
}
