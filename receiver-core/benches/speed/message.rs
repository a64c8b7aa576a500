//! The requests: what a proxy passes on, and a body of so many bytes.

use http::{HeaderMap, HeaderName, HeaderValue};
use receiver_core::Request;

/// A request's headers and body, as a framework has them.
pub(crate) struct Message {
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Message {
    pub(crate) fn new(body: &[u8]) -> Self {
        let mut headers = HeaderMap::new();
        for (name, value) in [
            ("host", "hooks.example.com"),
            ("user-agent", "Sender/1.0"),
            ("accept", "*/*"),
            ("content-type", "application/json"),
            ("x-forwarded-for", "192.0.2.7"),
            ("x-forwarded-proto", "https"),
            ("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"),
        ] {
            headers.insert(name, HeaderValue::from_static(value));
        }
        headers.insert("content-length", HeaderValue::from(body.len()));
        Self { headers, body: body.to_vec() }
    }

    pub(crate) fn with(mut self, name: HeaderName, value: &str) -> Self {
        self.headers.insert(name, value.parse().expect("a header's value"));
        self
    }

    pub(crate) fn request(&self) -> Request<'_> {
        Request::new("POST", "/webhooks/sender", &self.headers).with_body(&self.body)
    }
}

/// JSON of exactly so many bytes.
pub(crate) fn json(bytes: usize) -> Vec<u8> {
    let (start, end) = (r#"{"type":"order.paid","note":""#, r#""}"#);
    let filling = "x".repeat(bytes - start.len() - end.len());
    [start, &filling, end].concat().into_bytes()
}
