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

    fn from_request(
        request: Request,
        state: &S,
    ) -> impl Future<Output = Result<Self, Rejection>> + Send {
        let receiver = Receiver::<E>::from_ref(state);
        // Taken apart before, so that what waits for the body does not keep both.
        let (head, body) = request.into_parts();
        async move {
            // A nested router cuts off the part of the path that leads to it; the sender signed it all.
            let uri = head.extensions.get().map_or(&head.uri, |OriginalUri(uri)| uri);
            let (method, headers) = (head.method.as_str(), &head.headers);
            let request =
                crate::Request::from_parts(method, uri.path(), uri.query(), headers.into());
            receiver.receive_body(request, body).await
        }
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
