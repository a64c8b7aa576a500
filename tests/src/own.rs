//! `Own`: the JSON of a sender that nobody wrote a module for; `Anything`: an event written outside
//! the crate.

use receiver_core::event::Media;
use receiver_core::{Delivery, Event, EventKey, ParseError};
use serde::{Deserialize, Deserializer, de};

/// What the endpoint `own` reads with [`receiver_core::Json`].
#[derive(Debug, Deserialize)]
pub struct Own {
    /// The event's id, never empty.
    #[serde(deserialize_with = "filled")]
    pub id: String,
    /// What happened.
    pub r#type: String,
    /// When it happened.
    pub created: Option<jiff::Timestamp>,
    /// Any whole number.
    pub n: Option<i64>,
    /// Where to read more.
    pub url: Option<url::Url>,
}

fn filled<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    let text = String::deserialize(from)?;
    if text.is_empty() {
        return Err(de::Error::invalid_value(de::Unexpected::Str(""), &"non-empty text"));
    }
    Ok(text)
}

/// Whatever arrives, unread: for the endpoints that are about something else than the body.
#[derive(Debug)]
pub struct Anything;

impl Event for Anything {
    type Options = ();

    const SENDER: &'static str = "anything";

    const MEDIA: &'static [Media] = &[Media::Json, Media::Form, Media::Unnamed];

    fn from_delivery(_: &Delivery<'_>, (): &()) -> Result<Self, ParseError> {
        Ok(Self)
    }

    fn kind(&self) -> &'static str {
        "something"
    }

    fn key(&self, _: EventKey) -> Option<EventKey> {
        None
    }
}
