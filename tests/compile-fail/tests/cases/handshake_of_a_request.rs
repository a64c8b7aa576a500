//! A handshake that comes as an event, answered before its sender is proven.

use receiver_core::handshake::zoom;
use receiver_core::{Request, Secret};

fn main() {
    let headers = http::HeaderMap::new();
    let request = Request::new("POST", "/", &headers).with_body(r#"{"event":"endpoint.url_validation"}"#);
    let _ = zoom::answer(&request, &Secret::new("correct-horse").unwrap());
}
