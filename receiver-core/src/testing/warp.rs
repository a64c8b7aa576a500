//! A request for warp's own test client.

use ::warp::test::{RequestBuilder, request};
use bytes::Bytes;

use crate::testing::Unsendable;

/// A request for warp's own test client, which takes whatever `warp::service` takes but a repeated
/// header.
///
/// ```
/// use receiver_core::testing::{Clock, Outgoing, to_warp};
/// use warp::test::RequestBuilder;
///
/// let request = Outgoing::json("/hooks", "{}").request(Clock::default().now())?;
/// let request: RequestBuilder = to_warp(&request)?;
/// # Ok::<(), receiver_core::testing::Unsendable>(())
/// ```
///
/// # Errors
///
/// [`Unsendable::RepeatedHeader`]: warp's builder would keep the last and drop the others unsaid.
pub fn to_warp(outgoing: &http::Request<Bytes>) -> Result<RequestBuilder, Unsendable> {
    let headers = outgoing.headers();
    if headers.len() > headers.keys_len() {
        return Err(Unsendable::RepeatedHeader);
    }
    let to = request().method(outgoing.method().as_str()).path(&outgoing.uri().to_string());
    // The body first: it puts a length there, which a header of the request replaces.
    Ok(headers.iter().fold(to.body(outgoing.body()), |to, (name, value)| to.header(name, value)))
}
