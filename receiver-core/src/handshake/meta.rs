//! Meta (Facebook, Instagram, WhatsApp): `GET` with `hub.mode`, `hub.verify_token`, `hub.challenge`.
//!
//! Source: Meta's documentation, "Webhooks from Meta", "Get Started", "Verification Requests". Others
//! who ask in the same way (Strava) are answered too.

use http::Method;

use super::word::Word;
use super::{Answer, Cause, Refused};
use crate::scheme::Fingerprint;
use crate::{Content, Request, Secret};

/// Echoes the challenge to whoever knows the verify token, which is the text that was given to Meta
/// with the URL. It is no secret that signs anything: take another than the app's.
///
/// ```
/// use std::time::SystemTime;
/// use receiver_core::{Request, Secret, handshake};
///
/// let token = Secret::new("the text given to Meta")?;
/// let target = "/?hub.mode=subscribe&hub.challenge=1158201444\
///               &hub.verify_token=the+text+given+to+Meta";
/// let headers = http::HeaderMap::new();
/// let answer = handshake::meta::answer(&Request::new("GET", target, &headers), &token)?;
/// assert_eq!(answer.into_http(SystemTime::now()).body(), "1158201444");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// [`Refused`].
pub fn answer(request: &Request<'_>, verify_token: &Secret) -> Result<Answer, Refused> {
    echo(request, verify_token).map_err(|cause| Refused::new("meta", cause))
}

fn echo(request: &Request<'_>, verify_token: &Secret) -> Result<Answer, Cause> {
    if request.method() != Method::GET.as_str() || request.query_one("hub.mode")? != "subscribe" {
        return Err(Cause::NotAsked);
    }
    let token = Fingerprint::of(request.query_one("hub.verify_token")?.as_bytes());
    if !bool::from(token.same(&Fingerprint::of(verify_token.expose()))) {
        return Err(Cause::Token);
    }
    let challenge = request.query_one("hub.challenge")?;
    let word = Word::new(&challenge)?.as_str().to_owned();
    Ok(Answer::new("meta", Some(Content::text(word))))
}
