//! axum: `Received` and `Result<Received, Rejection>` as extractors, `Reply` and `Rejection` as
//! responses.

use axum_core::body::Body;
use axum_core::extract::{FromRef, FromRequest, Request};
use axum_core::response::{IntoResponse, Response};
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
        receiver.receive_body(crate::Request::from(&head), body).await
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
