//! `Json<T>`: any `Deserialize` type of the user's as an event.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use serde::de::DeserializeOwned;

use crate::record::Cut;
use crate::{Delivery, Event, EventKey, ParseError, Receiver};

/// Any `Deserialize` type of yours as an event.
///
/// ```
/// use receiver_core::scheme::Bearer;
/// use receiver_core::{Json, Receiver, Secret};
///
/// #[derive(serde::Deserialize)]
/// struct Order {
///     id: String,
///     state: String,
/// }
///
/// let receiver = Receiver::<Json<Order>>::new(Bearer::new(Secret::new("correct-horse")?)?)
///     .with_sender("acme")
///     .with_kind(|order| &order.state)
///     .with_key(|order, key| key.part("id", &order.id).part("state", &order.state));
/// # Ok::<(), receiver_core::InvalidSecret>(())
/// ```
///
/// A struct in it is read from an object alone, although serde would read it from an array of its
/// members too. This does not reach into what serde reads from a copy of its own: `#[serde(flatten)]`,
/// enums that are untagged or tagged in the object that holds their content, and content that stands
/// before the tag beside it.
///
/// A number is read as one of 64 bits, or of 128 for a type that has them, whatever features
/// `serde_json` was built with.
/// Where every digit counts, ask for a `RawValue`, a [`Decimal`](crate::wire::decimal::Decimal) or a
/// [`text::id`](crate::wire::text::id).
pub struct Json<T> {
    /// In a box: an event goes from hand to hand, and this one may be large.
    value: Box<T>,
    kind: String,
    make_key: Option<MakeKey<T>>,
}

impl<T> Json<T> {
    /// The value itself.
    #[must_use]
    pub fn into_inner(self) -> T {
        *self.value
    }
}

impl<T> Deref for Json<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

/// Prints the kind, never the value: it is the sender's data.
impl<T> fmt::Debug for Json<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = Cut(&self.kind).to_string();
        f.debug_struct("Json").field("kind", &kind).finish_non_exhaustive()
    }
}

impl<T: DeserializeOwned + 'static> Event for Json<T> {
    type Options = JsonOptions<T>;

    const SENDER: &'static str = "json";

    fn from_delivery(
        delivery: &Delivery<'_>,
        options: &JsonOptions<T>,
    ) -> Result<Self, ParseError> {
        let value = Box::new(delivery.json()?);
        let kind = options.kind.as_ref().map_or("event", |kind| kind(&value)).to_owned();
        Ok(Self { value, kind, make_key: options.key.clone() })
    }

    fn kind(&self) -> &str {
        &self.kind
    }

    fn key(&self, key: EventKey) -> Option<EventKey> {
        self.make_key.as_ref().map(|make_key| make_key(&self.value, key))
    }
}

/// How kind and key are found in a `T`. Set through [`Receiver::with_kind`] and
/// [`Receiver::with_key`].
pub struct JsonOptions<T> {
    kind: Option<Kind<T>>,
    key: Option<MakeKey<T>>,
}

type Kind<T> = Arc<dyn Fn(&T) -> &str + Send + Sync>;
type MakeKey<T> = Arc<dyn Fn(&T, EventKey) -> EventKey + Send + Sync>;

impl<T> Clone for JsonOptions<T> {
    fn clone(&self) -> Self {
        Self { kind: self.kind.clone(), key: self.key.clone() }
    }
}

impl<T> Default for JsonOptions<T> {
    fn default() -> Self {
        Self { kind: None, key: None }
    }
}

impl<T> fmt::Debug for JsonOptions<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JsonOptions").finish_non_exhaustive()
    }
}

impl<T: DeserializeOwned + 'static> Receiver<Json<T>> {
    /// How to find the kind of what happened; `event` unless said.
    #[must_use]
    pub fn with_kind(self, kind: impl Fn(&T) -> &str + Send + Sync + 'static) -> Self {
        self.edit_options(|options| options.kind = Some(Arc::new(kind)))
    }

    /// Which parts make a redelivery recognisable; without them an event has no key.
    #[must_use]
    pub fn with_key(self, key: impl Fn(&T, EventKey) -> EventKey + Send + Sync + 'static) -> Self {
        self.edit_options(|options| options.key = Some(Arc::new(key)))
    }
}
