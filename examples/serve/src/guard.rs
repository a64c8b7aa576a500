//! `Guarded`: a service behind a [`Gate`].

use std::net::IpAddr;
use std::pin::Pin;
use std::sync::Arc;

use http::header::{CONNECTION, TRANSFER_ENCODING};
use http::{HeaderMap, HeaderValue, Request, Response, StatusCode};
use http_body::Body;
use http_body_util::{Either, Full};
use hyper::body::Bytes;
use hyper::service::Service;

use super::gate::{Gate, Refusal};

/// A service, for the requests of one connection.
#[derive(Clone, Debug)]
pub(crate) struct Guarded<S> {
    service: S,
    gate: Arc<Gate>,
    address: IpAddr,
}

impl<S> Guarded<S> {
    pub(crate) fn new(service: S, gate: Arc<Gate>, address: IpAddr) -> Self {
        Self { service, gate, address }
    }
}

impl<S, R, B> Service<Request<R>> for Guarded<S>
where
    S: Service<Request<R>, Response = Response<B>>,
    S::Future: Send + 'static,
    B: Body<Data = Bytes>,
{
    type Response = Response<Either<B, Full<Bytes>>>;
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, S::Error>> + Send>>;

    fn call(&self, request: Request<R>) -> Self::Future {
        if is_doubtful(request.headers()) {
            let remote = self.address;
            tracing::warn!(target: "receiver", status = 400, reason = "bad_framing", %remote, "refused");
            return Box::pin(async { Ok(doubtful()) });
        }
        let path = request.uri().path();
        let visit = self.gate.enter(request.method().as_str(), path, self.address);
        let visit = visit.map(|visit| (visit, self.service.call(request)));
        Box::pin(async move {
            let (visit, answer) = match visit {
                Ok((visit, answer)) => (visit, answer.await?),
                Err(refusal) => return Ok(response(refusal)),
            };
            match visit.leave(answer.status().as_u16()) {
                Ok(()) => Ok(answer.map(Either::Left)),
                Err(refusal) => Ok(response(refusal)),
            }
        })
    }
}

/// Whether another reader might find another end of the body: hyper takes any list of codings that
/// ends in `chunked` (RFC 9112, section 6.1).
fn is_doubtful(headers: &HeaderMap) -> bool {
    let mut codings = headers.get_all(TRANSFER_ENCODING).iter();
    let is_chunked = |coding: &HeaderValue| coding.as_bytes().eq_ignore_ascii_case(b"chunked");
    codings.next().is_some_and(|coding| !is_chunked(coding)) || codings.next().is_some()
}

/// What hyper itself answers to a doubtful request.
fn doubtful<B>() -> Response<Either<B, Full<Bytes>>> {
    let mut response = Response::new(Either::Right(Full::default()));
    *response.status_mut() = StatusCode::BAD_REQUEST;
    response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
    response
}

fn response<B>(refusal: Refusal) -> Response<Either<B, Full<Bytes>>> {
    let mut response = Response::new(Either::Right(Full::from(refusal.body())));
    *response.status_mut() = StatusCode::from_u16(refusal.status()).unwrap_or_default();
    for (name, value) in refusal.headers() {
        if let Ok(value) = value.parse() {
            response.headers_mut().insert(name, value);
        }
    }
    response
}
