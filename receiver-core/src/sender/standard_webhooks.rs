//! Standard Webhooks: any sender that signs as the specification says, with any JSON.
//!
//! ```
//! use std::time::SystemTime;
//! use receiver_core::scheme::Signature;
//! use receiver_core::standard_webhooks::{self, Message};
//! use receiver_core::{Event, Request, Secret};
//!
//! #[derive(serde::Deserialize)]
//! struct Invoice {
//!     id: String,
//! }
//!
//! fn invoice(message: &Message) -> Option<Invoice> {
//!     (message.kind() == "invoice.paid").then(|| message.read().ok())?
//! }
//!
//! let secret = || Secret::from_whsec("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
//! let receiver = standard_webhooks::receiver(secret()?);
//!
//! let body = r#"{"type": "invoice.paid", "id": "inv_17"}"#;
//! let now = SystemTime::now();
//! let mut headers = Signature::standard_webhooks(secret()?).sign("msg_1", now, body.as_bytes());
//! headers.push((receiver_core::http::header::CONTENT_TYPE, "application/json".to_owned()));
//! let received = receiver.receive(&Request::new("POST", "/", &headers).with_body(body), now)?;
//! assert_eq!(received.event.id(), "msg_1");
//! assert_eq!(invoice(&received.event).map(|it| it.id).as_deref(), Some("inv_17"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use std::borrow::Cow;

use http::HeaderName;
use serde_json::value::RawValue;

use crate::json::Shape;
use crate::scheme::Signature;
#[cfg(feature = "testing")]
use crate::testing::Way;
use crate::{Delivery, EventKey, Headers, Key, ParseError, Receiver, json};

/// A message signed as [Standard Webhooks](https://www.standardwebhooks.com) says, holding any JSON.
///
/// The id is covered by the signature, so it is the key; a message without one is answered 422, which
/// can happen only under another scheme than [`Signature`]. The kind is the payload's `type` where it
/// is text, as the specification recommends, else `message`.
pub struct Message {
    id: String,
    kind: String,
    payload: Box<RawValue>,
}

/// An endpoint for messages signed with this key; make it with
/// [`Secret::from_whsec`](crate::Secret::from_whsec). For several, as during a rotation, there is
/// `Receiver::new(Signature::standard_webhooks(old).with(new))`.
#[must_use]
pub fn receiver(key: impl Into<Key>) -> Receiver<Message> {
    Receiver::new(Signature::standard_webhooks(key))
}

impl Message {
    /// The message's id, from the `webhook-id` header.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The payload's JSON text.
    #[must_use]
    pub fn payload(&self) -> &str {
        self.payload.get()
    }

    /// The payload as a value.
    ///
    /// # Errors
    ///
    /// [`ParseError::Shape`], naming the member and what was expected.
    pub fn read<T: serde::de::DeserializeOwned>(&self) -> Result<T, ParseError> {
        Ok(json::read(self.payload())?)
    }
}

impl crate::Event for Message {
    type Options = ();

    const SENDER: &'static str = "standard_webhooks";

    fn from_delivery(delivery: &Delivery<'_>, (): &()) -> Result<Self, ParseError> {
        let text = delivery.json_text()?;
        Ok(Self {
            id: id(delivery.request().headers())?,
            kind: json::peek(text, "type").map_or_else(|| "message".to_owned(), Cow::into_owned),
            payload: json::read(text)?,
        })
    }

    fn kind(&self) -> &str {
        &self.kind
    }

    fn key(&self, key: EventKey) -> Option<EventKey> {
        Some(key.part("id", &self.id))
    }
}

/// Prints id and kind, never the payload.
impl std::fmt::Debug for Message {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Message")
            .field("id", &self.id)
            .field("kind", &self.kind)
            .finish_non_exhaustive()
    }
}

/// The id: without one, all messages would have one key.
fn id(headers: Headers<'_>) -> Result<String, Shape> {
    let wrong = |expected| Shape::new(ID.as_str(), expected);
    let id = headers.one(&ID).map_err(|_| wrong("one header of this name"))?;
    let is_id = id.iter().all(u8::is_ascii_graphic) && (1..=MAX_ID).contains(&id.len());
    let id = std::str::from_utf8(id).ok().filter(|_| is_id);
    id.map(str::to_owned).ok_or_else(|| wrong("1 to 256 visible characters of ASCII"))
}

const ID: HeaderName = HeaderName::from_static("webhook-id");

/// The longest id in bytes. The specification has no limit, and its examples have 27.
const MAX_ID: usize = 256;

/// How it proves itself.
#[cfg(feature = "testing")]
pub(super) static WAYS: [Way; 1] = [Way::Signature(crate::scheme::Layout::STANDARD_WEBHOOKS)];

/// A synthetic payload for each kind.
#[cfg(feature = "samples")]
pub(super) const SAMPLES: &[crate::samples::Sample] =
    &[crate::samples::json!("standard_webhooks", "invoice.paid")];
