//! Setup handshakes: how an endpoint answers a sender that asks whether it is one.
//!
//! Small functions for a route or a handler, one a vendor, and nothing that happens by itself:
//!
//! | who asks | how | who asks is proven by | answered with |
//! |---|---|---|---|
//! | [`cloud_events`] | `OPTIONS` | nothing: it is told who may send | an [`Answer`] |
//! | [`meta`] | `GET`, `hub.challenge` | the verify token | an [`Answer`] |
//! | [`x`] | `GET`, `crc_token` | nothing: the answer proves us | an [`Answer`] |
//! | [`slack`] | an event, `url_verification` | its signature | a [`Content`] for the receipt |
//! | [`zoom`] | an event, `endpoint.url_validation` | its signature | a [`Content`] for the receipt |
//!
//! The first three ask by a request of its own, beside the deliveries. An [`Answer`] is no
//! [`Reply`](crate::Reply): no event comes with it and nothing is accepted. In axum:
//!
//! ```
//! # #[cfg(feature = "axum")] {
//! use axum::http::request::Parts;
//! use axum::{Router, routing::any};
//! use receiver_core::scheme::{Signature, catalog};
//! use receiver_core::{Json, Received, Receiver, Reply, Secret, handshake};
//!
//! async fn happened(received: Received<Json<serde_json::Value>>) -> Reply {
//!     received.receipt.accepted()
//! }
//!
//! let verify_token = Secret::new("the text given to Meta")?;
//! let subscribe = async move |head: Parts| handshake::meta::answer(&(&head).into(), &verify_token);
//!
//! let signature = catalog::find("meta").ok_or("no such sender")?.signature("the app's secret")?;
//! let app: Router = Router::new()
//!     .route("/webhooks/meta", any(happened).get(subscribe))
//!     .with_state(Receiver::new(signature));
//! # }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! In actix-web the handler is `async fn(request: HttpRequest) -> Result<Answer, Refused>` and the
//! head is `Request::from(&request)`; in warp it is `receiver_core::warp::handshake`.
//!
//! The other two ask by an event, which is received as any other. Its answer goes through the
//! receipt:
//!
//! ```
//! use receiver_core::{Json, Received, Reply, handshake};
//!
//! async fn happened(received: Received<Json<serde_json::Value>>) -> Reply {
//!     if let Ok(content) = handshake::slack::answer(&received) {
//!         return received.receipt.accepted_with(content);
//!     }
//!     received.receipt.accepted()
//! }
//! ```
//!
//! What is echoed or signed is letters, digits and what base64 has beside them, at most 256 of
//! them: it is no markup, and no signature over it fits a delivery. See `docs/design.md`.

use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;

use bytes::Bytes;
use http::{HeaderValue, Response, StatusCode, header};

use crate::record::Record;
use crate::{Content, reply};

pub use asked::Proven;
pub use refused::{Cause, Refused};

mod asked;
pub mod cloud_events;
pub mod meta;
mod refused;
pub mod slack;
mod word;
pub mod x;
pub mod zoom;

/// The answer to a sender that asks: 200, with what it wants to hear.
///
/// ```
/// use std::time::SystemTime;
/// use receiver_core::handshake::{self, Answer, Cause, Refused};
/// use receiver_core::{Request, Secret};
///
/// fn subscribe(request: &Request<'_>) -> Result<Answer, Refused> {
///     let verify_token = Secret::new("the text given to Meta").expect("not empty");
///     handshake::meta::answer(request, &verify_token)
/// }
///
/// let headers = http::HeaderMap::new();
/// let target = "/?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=another+text";
/// let refused = subscribe(&Request::new("GET", target, &headers)).unwrap_err();
/// assert_eq!(refused.cause(), Cause::Token);
/// // The same for every cause, and never a 401: there is nothing to log in to.
/// assert_eq!(refused.into_http(SystemTime::now()).status(), 403);
/// ```
#[must_use = "the sender waits for an answer"]
pub struct Answer {
    sender: &'static str,
    response: Response<Bytes>,
}

impl Answer {
    fn new(sender: &'static str, content: Option<Content>) -> Self {
        let mut response = reply::answer(StatusCode::OK);
        if let Some(content) = content {
            content.put_into(&mut response);
            // A browser must not read an echo as a page, whatever it looks like.
            let nosniff = HeaderValue::from_static("nosniff");
            response.headers_mut().insert(header::X_CONTENT_TYPE_OPTIONS, nosniff);
        }
        Self { sender, response }
    }

    /// The whole answer. It is logged, as the kind `handshake`.
    #[must_use]
    pub fn into_http(self, now: SystemTime) -> Response<Bytes> {
        log(self.sender, StatusCode::OK, "answered", now);
        self.response
    }
}

/// Prints for whom it is, never what it says: that may be a MAC.
impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answer").field("sender", &self.sender).finish_non_exhaustive()
    }
}

fn log(sender: &str, status: StatusCode, reason: &'static str, now: SystemTime) {
    let mut record = Record::new(Arc::from(sender), now);
    record.kind = Some("handshake".to_owned());
    record.reason = reason;
    record.log(status, now);
}
