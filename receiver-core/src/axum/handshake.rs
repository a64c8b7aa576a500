//! The answers to handshakes as responses.

use std::time::SystemTime;

use ::axum::response::{IntoResponse, Response};

use super::answer;
use crate::handshake::{Answer, Refused};

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        answer(self.into_http(SystemTime::now()))
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        answer(self.into_http(SystemTime::now()))
    }
}
