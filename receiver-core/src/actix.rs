//! actix-web: `Received` and `Result<Received, Rejection>` as extractors, `Reply` as a responder,
//! `Rejection` as an error, and a view of actix's requests, which speak `http` 0.2.

use std::future::Future;
use std::pin::Pin;
use std::time::SystemTime;

use actix_web::body::BoxBody;
use actix_web::dev::Payload;
use actix_web::error::InternalError;
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::{FromRequest, HttpRequest, HttpResponse, Responder, web};
use bytes::Bytes;
use futures_util::TryStreamExt as _;
use http_body::Frame;
use http_body_util::StreamBody;

use crate::request::{HeaderMap, NotOne};
use crate::{Event, Received, Receiver, Rejection, Reply, Request};

mod handshake;

/// The receiver comes out of `app_data`: the nearest `Receiver<E>`, or `web::Data<Receiver<E>>`.
impl<E: Event + 'static> FromRequest for Received<E> {
    type Error = Rejection;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Rejection>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let receiver = request.app_data::<Receiver<E>>();
        let shared = || request.app_data::<web::Data<Receiver<E>>>().map(web::Data::get_ref);
        let receiver = receiver.or_else(shared).cloned();
        let (request, payload) = (request.clone(), payload.take());
        Box::pin(async move {
            let Some(receiver) = receiver else {
                return Err(Rejection::unconfigured::<E>(SystemTime::now()));
            };
            let body = StreamBody::new(payload.map_ok(Frame::data));
            receiver.receive_body(Request::from(&request), body).await
        })
    }
}

impl Responder for Reply {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        answer(self.answer())
    }
}

impl From<Rejection> for actix_web::Error {
    fn from(rejection: Rejection) -> Self {
        let response = answer(rejection.answer());
        InternalError::from_response("the delivery was refused", response).into()
    }
}

/// Without its body, which actix-web keeps apart.
impl<'r> From<&'r HttpRequest> for Request<'r> {
    fn from(request: &'r HttpRequest) -> Self {
        let (method, uri) = (request.method().as_str(), request.uri());
        Self::from_parts(method, uri.path(), uri.query(), request.headers().into())
    }
}

impl HeaderMap for header::HeaderMap {
    fn nth(&self, name: &http::HeaderName, nth: usize) -> Option<&[u8]> {
        self.get_all(name.as_str()).nth(nth).map(HeaderValue::as_bytes)
    }

    fn one(&self, name: &http::HeaderName) -> Result<&[u8], NotOne> {
        let mut values = self.get_all(name.as_str());
        let value = values.next().ok_or(NotOne::Missing)?;
        if values.next().is_some() { Err(NotOne::Repeated) } else { Ok(value.as_bytes()) }
    }

    fn visit(&self, each: &mut dyn FnMut(&str, &[u8])) {
        for (name, value) in self {
            each(name.as_str(), value.as_bytes());
        }
    }
}

/// Status and header values were checked by `http` 1 and mean the same in `http` 0.2.
fn answer(response: http::Response<Bytes>) -> HttpResponse {
    let (head, body) = response.into_parts();
    let status = StatusCode::from_u16(head.status.as_u16());
    let mut answer = HttpResponse::build(status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR));
    for (name, value) in &head.headers {
        answer.append_header((name.as_str(), value.as_bytes()));
    }
    answer.body(body)
}
