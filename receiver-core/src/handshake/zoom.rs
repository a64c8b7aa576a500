//! Zoom: an event `endpoint.url_validation`, signed as any other.
//!
//! Source: Zoom's documentation, "Using webhooks", "Validate your webhook endpoint". It comes at
//! registration and every 72 hours, and must be answered within three seconds.

use serde::{Deserialize, Serialize};

use super::asked::{Proven, read};
use super::word::Word;
use super::{Cause, Refused};
use crate::scheme::{Encoding, Strength};
use crate::{Content, Secret};

/// Signs the event's `plainToken` with the secret token:
/// `{"plainToken":"…","encryptedToken":"<hex>"}`, for
/// [`Receipt::accepted_with`](crate::Receipt::accepted_with).
///
/// The same secret signs deliveries, over `v0:<timestamp>:<body>`. So whoever asks must have signed
/// the event itself: one that is proven by a token, or not at all, is not answered. And a token
/// that could be signed content, with its colons, is refused. Make the endpoint's receiver with the
/// row `zoom` of the [catalogue](crate::scheme::catalog).
///
/// ```
/// use std::time::SystemTime;
/// use receiver_core::handshake::{Cause, Proven, Refused, zoom};
/// use receiver_core::scheme::catalog;
/// use receiver_core::{Content, Json, Receiver, Request, Secret};
///
/// // A `Received` event, or a `Delivery`, as here: both are proven, and nothing else is.
/// fn asks(event: &impl Proven) -> Result<Content, Refused> {
///     zoom::answer(event, &Secret::new("the secret token").expect("not empty"))
/// }
///
/// let scheme = || catalog::find("zoom").unwrap().signature("the secret token");
/// let (signer, receiver) = (scheme()?, Receiver::<Json<serde_json::Value>>::new(scheme()?));
///
/// let body = r#"{"event":"endpoint.url_validation","payload":{"plainToken":"qgg8vlvZRS6UYooatFL8Aw"}}"#;
/// let headers = signer.sign("", SystemTime::now(), body.as_bytes());
/// let request = Request::new("POST", "/", &headers).with_body(body);
/// let content = asks(&receiver.verify(&request, SystemTime::now())?)?;
/// assert!(content.bytes().starts_with(br#"{"plainToken":"qgg8vlvZRS6UYooatFL8Aw","encryptedToken":""#));
///
/// let body = r#"{"event":"meeting.started"}"#;
/// let headers = signer.sign("", SystemTime::now(), body.as_bytes());
/// let request = Request::new("POST", "/", &headers).with_body(body);
/// let refused = asks(&receiver.verify(&request, SystemTime::now())?).unwrap_err();
/// assert_eq!(refused.cause(), Cause::NotAsked); // so it is handled as any other event
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// [`Refused`], most often because it is another event ([`Cause::NotAsked`]).
pub fn answer(asked: &impl Proven, secret_token: &Secret) -> Result<Content, Refused> {
    sign(asked, secret_token).map_err(|cause| Refused::new("zoom", cause))
}

fn sign(asked: &impl Proven, secret_token: &Secret) -> Result<Content, Cause> {
    let Asked { payload: Payload { plain_token } } =
        read(asked, "event", "endpoint.url_validation")?;
    if asked.proof().strength() < Strength::Body {
        return Err(Cause::Unsigned);
    }
    let tag = Word::new(&plain_token)?.signed(secret_token)?;
    let encrypted_token = Encoding::Hex.encode(&tag);
    Content::json(&Said { plain_token, encrypted_token }).map_err(|_| Cause::Unfit)
}

#[derive(Deserialize)]
struct Asked {
    payload: Payload,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Payload {
    plain_token: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Said {
    plain_token: String,
    encrypted_token: String,
}
