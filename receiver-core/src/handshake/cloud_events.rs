//! CloudEvents, and Azure Event Grid with it: `OPTIONS` with `WebHook-Request-Origin`.
//!
//! Source: CloudEvents, "HTTP 1.1 Web Hooks for Event Delivery", section 4, "Abuse Protection". The
//! handshake proves nothing about who sends later: that is the receiver's
//! [scheme](crate::scheme). `WebHook-Request-Callback` is not looked at: an endpoint that calls a
//! URL of a stranger's choice can be sent anywhere.

use std::num::NonZeroU32;

use http::{HeaderName, HeaderValue, Method, header};

use super::{Answer, Cause, Refused};
use crate::Request;

/// Who may send to an endpoint, and how much.
#[derive(Clone, Debug)]
pub struct Allowed {
    origins: Origins,
    rate: Option<NonZeroU32>,
}

impl Allowed {
    /// These origins, such as `eventgrid.azure.net`, at any rate.
    #[must_use]
    pub fn origins<O: Into<String>>(origins: impl IntoIterator<Item = O>) -> Self {
        let origins = Origins::Listed(origins.into_iter().map(Into::into).collect());
        Self { origins, rate: None }
    }

    /// Any origin, at any rate.
    #[must_use]
    pub fn any_origin() -> Self {
        Self { origins: Origins::Any, rate: None }
    }

    /// The same at this rate at most, in requests a minute.
    #[must_use]
    pub fn with_rate(self, per_minute: NonZeroU32) -> Self {
        Self { rate: Some(per_minute), ..self }
    }
}

/// Allows an origin to send: `WebHook-Allowed-Origin` and `WebHook-Allowed-Rate`.
///
/// ```
/// use std::time::SystemTime;
/// use receiver_core::{Request, handshake::cloud_events};
///
/// let allowed = cloud_events::Allowed::origins(["eventgrid.azure.net"]);
/// let headers = vec![("WebHook-Request-Origin", "eventgrid.azure.net")];
/// let answer = cloud_events::answer(&Request::new("OPTIONS", "/", &headers), &allowed)?;
/// let response = answer.into_http(SystemTime::now());
/// assert_eq!(response.headers()["webhook-allowed-origin"], "eventgrid.azure.net");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// [`Refused`]. A refusal has neither header, which is what the specification asks for.
pub fn answer(request: &Request<'_>, allowed: &Allowed) -> Result<Answer, Refused> {
    allow(request, allowed).map_err(|cause| Refused::new("cloud_events", cause))
}

fn allow(request: &Request<'_>, allowed: &Allowed) -> Result<Answer, Cause> {
    if request.method() != Method::OPTIONS.as_str() {
        return Err(Cause::NotAsked);
    }
    let origin = request.headers().one(&REQUEST_ORIGIN)?;
    let origin = match &allowed.origins {
        Origins::Any => ANY,
        Origins::Listed(names) => {
            // Names of hosts ignore case (RFC 9110, section 4.2.3).
            let is_origin = |name: &String| name.as_bytes().eq_ignore_ascii_case(origin);
            let known = names.iter().any(is_origin);
            HeaderValue::from_bytes(origin).ok().filter(|_| known).ok_or(Cause::Origin)?
        }
    };
    let mut answer = Answer::new("cloud_events", None);
    let headers = answer.response.headers_mut();
    headers.insert(header::ALLOW, HeaderValue::from_static("POST"));
    headers.insert(ALLOWED_ORIGIN, origin);
    headers.insert(ALLOWED_RATE, allowed.rate.map_or(ANY, |rate| HeaderValue::from(rate.get())));
    Ok(answer)
}

#[derive(Clone, Debug)]
enum Origins {
    Any,
    Listed(Vec<String>),
}

const ANY: HeaderValue = HeaderValue::from_static("*");
const REQUEST_ORIGIN: HeaderName = HeaderName::from_static("webhook-request-origin");
const ALLOWED_ORIGIN: HeaderName = HeaderName::from_static("webhook-allowed-origin");
const ALLOWED_RATE: HeaderName = HeaderName::from_static("webhook-allowed-rate");
