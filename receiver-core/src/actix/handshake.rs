//! The answers to handshakes: `Answer` as a responder, `Refused` as an error.

use std::time::SystemTime;

use actix_web::body::BoxBody;
use actix_web::error::InternalError;
use actix_web::{HttpRequest, HttpResponse, Responder};

use super::answer;
use crate::handshake::{Answer, Refused};

impl Responder for Answer {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        answer(self.into_http(SystemTime::now()))
    }
}

impl From<Refused> for actix_web::Error {
    fn from(refused: Refused) -> Self {
        let response = answer(refused.into_http(SystemTime::now()));
        InternalError::from_response("the handshake was refused", response).into()
    }
}
