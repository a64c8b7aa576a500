//! A request for actix-web's own test client.

use actix_web::http::Method;
use actix_web::test::TestRequest;
use bytes::Bytes;

/// A request for actix-web's own test client, with repeated headers repeated.
///
/// ```
/// use actix_web::test::TestRequest;
/// use receiver_core::testing::{Clock, Outgoing, to_actix};
///
/// let request = Outgoing::json("/hooks", "{}").request(Clock::default().now())?;
/// let request: TestRequest = to_actix(request);
/// # Ok::<(), receiver_core::testing::Unsendable>(())
/// ```
#[must_use]
pub fn to_actix(request: http::Request<Bytes>) -> TestRequest {
    let (head, body) = request.into_parts();
    // actix-web speaks `http` 0.2, where a method and a header's value are what they are in `http` 1.
    let method = Method::from_bytes(head.method.as_str().as_bytes()).unwrap_or_default();
    let to = TestRequest::with_uri(&head.uri.to_string()).method(method).set_payload(body);
    head.headers.keys().fold(to, |to, name| {
        let mut values = head.headers.get_all(name).iter();
        // The first replaces a length that `set_payload` has put there.
        let first = values.next().map(|value| (name.as_str(), value.as_bytes()));
        let to = first.into_iter().fold(to, TestRequest::insert_header);
        values.fold(to, |to, value| to.append_header((name.as_str(), value.as_bytes())))
    })
}
