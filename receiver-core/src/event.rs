//! The `Event` trait: where a sender of your own plugs in.

use http::Method;

use crate::{Content, Delivery, Notice, ParseError};

pub use json::{Json, JsonOptions};
pub use key::EventKey;
pub use media::Media;

mod json;
mod key;
mod media;

/// A payload type: which sender it is from, how it is read, and how the sender wants to be answered.
///
/// It is read from a [`Delivery`], and only a [`Receiver`](crate::Receiver) makes one, so reading an
/// event from a body that was not verified does not compile. For JSON of your own, [`Json`] saves
/// writing an impl.
///
/// ```
/// use receiver_core::{Delivery, Event, EventKey, ParseError};
///
/// #[derive(serde::Deserialize)]
/// struct DoorOpened {
///     door: String,
///     opened_at: String,
/// }
///
/// impl Event for DoorOpened {
///     type Options = ();
///     const SENDER: &'static str = "doors";
///
///     fn from_delivery(delivery: &Delivery<'_>, (): &()) -> Result<Self, ParseError> {
///         delivery.json()
///     }
///
///     fn kind(&self) -> &str {
///         "door.opened"
///     }
///
///     fn key(&self, key: EventKey) -> Option<EventKey> {
///         Some(key.part("door", &self.door).part("at", &self.opened_at))
///     }
/// }
/// ```
pub trait Event: Sized {
    /// What the user can choose about how this sender's payloads are read, `()` for nothing. Set
    /// with [`Receiver::with_options`](crate::Receiver::with_options).
    type Options: Clone + Default + Send + Sync + 'static;

    /// The sender's name, in logs and in keys, unless the endpoint
    /// [has another](crate::Receiver::with_sender).
    const SENDER: &'static str;

    /// The methods the sender uses; others are answered 405.
    const METHODS: &'static [Method] = &[Method::POST];

    /// The media types the sender uses for a body; others are answered 415.
    const MEDIA: &'static [Media] = &[Media::Json];

    /// Reads the event.
    ///
    /// # Errors
    ///
    /// [`ParseError::Malformed`] for what cannot be read at all, [`ParseError::Shape`] for what can
    /// be read and is not this event. What is merely new (an unknown kind, member, value or date) is
    /// no error: the sender is proven.
    fn from_delivery(delivery: &Delivery<'_>, options: &Self::Options) -> Result<Self, ParseError>;

    /// What happened, in the sender's words, such as `sol.created`.
    fn kind(&self) -> &str;

    /// What makes a redelivery recognisable, or `None` where nothing does: the given key, which holds
    /// the sender's name already, and its parts. [`Received::key`](crate::Received::key) asks for it.
    fn key(&self, key: EventKey) -> Option<EventKey>;

    /// How the sender wants to be answered: the words, not the status.
    #[must_use]
    fn answer(notice: &Notice<'_>) -> Content {
        Content::usual(notice)
    }
}
