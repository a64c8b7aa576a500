//! Standard Webhooks: any sender that signs as the specification says, with any JSON.

use http::HeaderName;
use serde_json::value::RawValue;

use crate::delivery::read_json;
use crate::json::Shape;
use crate::scheme::Signature;
use crate::{Delivery, EventKey, Key, ParseError, Receiver, json};

/// A message signed as [Standard Webhooks](https://www.standardwebhooks.com) says, holding any JSON.
///
/// The id is covered by the signature, so it is the key. The kind is the payload's `type` where it
/// is text, as the specification recommends, else `message`.
pub struct Message {
    id: String,
    kind: String,
    payload: Box<RawValue>,
}

/// An endpoint for messages signed with this key; make it with
/// [`Secret::from_whsec`](crate::Secret::from_whsec).
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
        read_json(self.payload())
    }
}

impl crate::Event for Message {
    type Options = ();

    const SENDER: &'static str = "standard_webhooks";

    fn from_delivery(delivery: &Delivery<'_>, (): &()) -> Result<Self, ParseError> {
        let text = delivery.json_text()?;
        let id = delivery.request().headers().get(&ID).unwrap_or_default();
        Ok(Self {
            id: String::from_utf8_lossy(id).into_owned(),
            kind: json::peek(text, "type").unwrap_or_else(|| "message".to_owned()),
            payload: serde_json::from_str(text).map_err(|_| Shape::of::<Box<RawValue>>(text))?,
        })
    }

    fn kind(&self) -> &str {
        &self.kind
    }

    fn key(&self) -> Option<EventKey> {
        Some(EventKey::of(Self::SENDER).part("id", &self.id))
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

const ID: HeaderName = HeaderName::from_static("webhook-id");

/// A synthetic payload for each kind.
#[cfg(feature = "samples")]
pub(super) const SAMPLES: &[crate::samples::Sample] =
    &[crate::samples::json!("standard_webhooks", "invoice.paid")];
