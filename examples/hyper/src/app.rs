//! Webhooks over plain hyper: headers and body are handed over, and a verdict comes back. Copy this
//! file.
//!
//! It verifies and reads nothing, which is what a gateway in front of other services does.

use std::env::VarError;
use std::time::{Duration, SystemTime};

use http_body::Body;
use http_body_util::{BodyExt as _, Full, LengthLimitError, Limited};
use hyper::body::Bytes;
use hyper::{Request, Response, StatusCode};
use receiver_core::scheme::Signature;
use receiver_core::standard_webhooks::Message;
use receiver_core::{InvalidSecret, Receiver, Secret};

/// Answers one request.
pub async fn app<B>(receiver: Receiver<Message>, request: Request<B>) -> Response<Full<Bytes>>
where
    B: Body<Error: Into<Box<dyn std::error::Error + Send + Sync>>>,
{
    if request.uri().path() != "/webhooks/signed" {
        return status(StatusCode::NOT_FOUND);
    }
    let (head, body) = request.into_parts();
    if body.size_hint().lower() > BODY_LIMIT {
        return status(StatusCode::PAYLOAD_TOO_LARGE);
    }
    let body = Limited::new(body, usize::try_from(BODY_LIMIT).unwrap_or(usize::MAX));
    let reading = tokio::time::timeout(BODY_DEADLINE, body.collect());
    let body = match reading.await {
        Ok(Ok(body)) => body.to_bytes(),
        Ok(Err(error)) if error.is::<LengthLimitError>() => {
            return status(StatusCode::PAYLOAD_TOO_LARGE);
        }
        Ok(Err(_)) => return status(StatusCode::BAD_REQUEST),
        Err(_) => return status(StatusCode::REQUEST_TIMEOUT),
    };

    let now = SystemTime::now();
    match receiver.verify(&receiver_core::Request::from(&head).with_body(&body), now) {
        // The sender is proven: pass `body` on, as the bytes it is, to where the work is done.
        Ok(_delivery) => status(StatusCode::NO_CONTENT),
        Err(rejection) => rejection.into_http(now).map(Full::new),
    }
}

/// The endpoint, with the secrets in `SIGNED_SECRET`, `whsec_` and base64, several separated by a
/// space. They come from the environment, with [`std::env::var`], or from wherever else `var` finds
/// them.
///
/// A sender that signs in another way has another layout:
/// `Signature::new(Layout::GITHUB, Secret::new(text)?)`.
///
/// # Errors
///
/// That it is missing or set badly, without its value.
pub fn receiver(
    var: impl Fn(&'static str) -> Result<String, VarError>,
) -> Result<Receiver<Message>, String> {
    let secrets = var("SIGNED_SECRET").map_err(|error| match error {
        VarError::NotPresent => "SIGNED_SECRET is not set",
        VarError::NotUnicode(_) => "SIGNED_SECRET is not UTF-8",
    })?;
    let mut keys = secrets.split_whitespace().map(Secret::from_whsec);
    let signature = keys.next().unwrap_or(Err(InvalidSecret::Empty)).and_then(|key| {
        keys.try_fold(Signature::standard_webhooks(key), |signature, key| Ok(signature.with(key?)))
    });
    Ok(Receiver::new(signature.map_err(|invalid| format!("SIGNED_SECRET: {invalid}"))?))
}

fn status(status: StatusCode) -> Response<Full<Bytes>> {
    let mut response = Response::default();
    *response.status_mut() = status;
    response
}

const BODY_LIMIT: u64 = 1024 * 1024;
const BODY_DEADLINE: Duration = Duration::from_secs(15);
