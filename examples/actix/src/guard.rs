//! The [`Gate`] in front of actix-web's service.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{Service, ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::{Error, HttpResponse};

use super::gate::{Gate, Refusal};

/// Lets a request in, or answers it: for [`App::wrap_fn`](actix_web::App::wrap_fn).
pub(crate) fn guard<S, B>(
    gate: &Arc<Gate>,
    request: ServiceRequest,
    service: &S,
) -> impl Future<Output = Result<ServiceResponse<EitherBody<B>>, Error>> + use<S, B>
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = Error>,
    B: MessageBody,
{
    let address = request.peer_addr().map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.ip());
    // The path as the routes see it, so that an endpoint has one spelling.
    let path = request.match_info().as_str();
    let visit = match gate.enter(request.method().as_str(), path, address) {
        Ok(visit) => Ok((visit, service.call(request))),
        Err(refusal) => Err((refusal, request)),
    };
    async move {
        let (visit, answer) = match visit {
            Ok((visit, answer)) => (visit, answer.await?),
            Err((refusal, request)) => return Ok(request.into_response(response(refusal))),
        };
        match visit.leave(answer.status().as_u16()) {
            Ok(()) => Ok(answer.map_into_left_body()),
            Err(refusal) => Ok(answer.into_response(response(refusal))),
        }
    }
}

fn response<B: MessageBody>(refusal: Refusal) -> HttpResponse<EitherBody<B>> {
    let status = StatusCode::from_u16(refusal.status()).unwrap_or_default();
    let mut response = HttpResponse::build(status);
    for header in refusal.headers() {
        response.insert_header(header);
    }
    response.body(refusal.body()).map_into_right_body()
}
