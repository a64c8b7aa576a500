//! What is answered to a request: it is read whole, then goes over the desk.

use std::convert::Infallible;
use std::error::Error;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::{HeaderMap, Request, Response, StatusCode};
use http_body_util::{BodyExt as _, Full, LengthLimitError, Limited};
use hyper::body::Incoming;
use tokio::time::timeout;

use super::desk::Desk;
use crate::client::of_the_message;
use crate::message::Message;

pub(super) async fn answer(
    request: Request<Incoming>,
    desk: Arc<Desk>,
    limit: usize,
) -> Result<Response<Full<Bytes>>, Infallible> {
    let received_at = SystemTime::now();
    let (head, body) = request.into_parts();
    let body = match timeout(DEADLINE, Limited::new(body, limit).collect()).await {
        Err(_) => Err((StatusCode::REQUEST_TIMEOUT, "timeout")),
        Ok(Err(error)) => Err(why(&*error)),
        Ok(Ok(body)) => Ok(body.to_bytes()),
    };
    let target = head.uri.path_and_query().map_or("/", |target| target.as_str());
    let message = Message {
        method: head.method.to_string(),
        target: target.to_owned(),
        headers: pairs(&head.headers),
        body: body.as_ref().map(|body| body.to_vec()).unwrap_or_default(),
        received_at: Some(received_at),
    };
    let broken = body.err();
    // Signatures are tried, a file is written, another service is waited for.
    let task = tokio::task::spawn_blocking(move || desk.take(&message, received_at, broken));
    let answered = task.await.unwrap_or_else(|_| empty(StatusCode::INTERNAL_SERVER_ERROR));
    let (mut head, body) = answered.into_parts();
    head.headers = of_the_message(head.headers);
    Ok(Response::from_parts(head, Full::new(body)))
}

pub(super) fn empty(status: StatusCode) -> Response<Bytes> {
    let mut response = Response::new(Bytes::new());
    *response.status_mut() = status;
    response
}

fn why(error: &(dyn Error + 'static)) -> (StatusCode, &'static str) {
    if error.is::<LengthLimitError>() {
        (StatusCode::PAYLOAD_TOO_LARGE, "too_large")
    } else {
        (StatusCode::BAD_REQUEST, "incomplete_body")
    }
}

/// The headers in the order received, but for those of one name, which stand together.
fn pairs(headers: &HeaderMap) -> Vec<(String, Vec<u8>)> {
    headers.iter().map(|(name, value)| (name.to_string(), value.as_bytes().to_vec())).collect()
}

/// For a whole body.
const DEADLINE: Duration = Duration::from_secs(15);
