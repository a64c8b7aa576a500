//! X (Twitter): `GET` with `crc_token`, the Challenge-Response Check.
//!
//! Source: X's documentation, "Webhooks", "Quickstart", "The CRC check". It comes at registration and
//! every hour, and must be answered within three seconds.

use http::Method;
use serde::Serialize;

use super::word::Word;
use super::{Answer, Cause, Refused};
use crate::scheme::Encoding;
use crate::{Content, Request, Secret};

/// Signs the token with the app's consumer secret: `{"response_token":"sha256=<base64>"}`.
///
/// Anybody can ask, and the same secret signs the bodies of deliveries in the same form. A token
/// that is a JSON text is refused, so that no answer is the signature of a body that can be read.
///
/// ```
/// use std::time::SystemTime;
/// use receiver_core::{Request, Secret, handshake};
///
/// let secret = Secret::new("z3ZX4v7mAAUGykl3EcmkqbartmuW8VFOOzCloLx9Q45P0hLrFu")?;
/// let target = "/?crc_token=9b4507b3-9040-4669-9ca3-6b94edb50553";
/// let headers = http::HeaderMap::new();
/// let answer = handshake::x::answer(&Request::new("GET", target, &headers), &secret)?;
/// assert_eq!(
///     answer.into_http(SystemTime::now()).body(),
///     r#"{"response_token":"sha256=Cytd4Sq+NvEcV3MMrXxWJGJx5A+y/lXzzU2Maartkx8="}"#,
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// [`Refused`].
pub fn answer(request: &Request<'_>, consumer_secret: &Secret) -> Result<Answer, Refused> {
    sign(request, consumer_secret).map_err(|cause| Refused::new("x", cause))
}

fn sign(request: &Request<'_>, consumer_secret: &Secret) -> Result<Answer, Cause> {
    if request.method() != Method::GET.as_str() {
        return Err(Cause::NotAsked);
    }
    let tag = Word::new(&request.query_one("crc_token")?)?.signed(consumer_secret)?;
    let response_token = format!("sha256={}", Encoding::Base64.encode(&tag));
    let content = Content::json(&Said { response_token }).map_err(|_| Cause::Unfit)?;
    Ok(Answer::new("x", Some(content)))
}

#[derive(Serialize)]
struct Said {
    response_token: String,
}
