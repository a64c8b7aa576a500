//! Rabbot: a fleet platform tells what happened to a vehicle or driver, or asks for a value.
//!
//! This is Rabbot's "webhook como ação": a POST tells, a GET asks and uses the answer. The operator
//! composes everything (URL, headers, fields), so there is no fixed schema, no event name and no
//! id. Here the event's name comes from the URL you hand out (see [`Options`]) and the fields are
//! read by a [`Mapping`] that you declare. Source: Rabbot's help pages; the fields' names are
//! inferred from them.
//!
//! ```
//! use receiver_core::json::Shape;
//! use receiver_core::rabbot::{self, Event, Mapping, Plate};
//! use receiver_core::wire::{Private, decimal::Decimal};
//! use receiver_core::wire::fields::{Field, Fields};
//! use receiver_core::{Content, Received, Reply, Secret};
//!
//! const PLATE: Field = Field::new(&["placa", "plate", "carro"]);
//! const KM: Field = Field::new(&["km", "quilometragem", "km rodados"]);
//! const PHOTOS: Field = Field::new(&["fotos", "foto_url"]);
//!
//! struct Checklist {
//!     plate: Plate,
//!     km: Decimal,
//!     photos: Vec<Private>,
//! }
//!
//! impl Mapping for Checklist {
//!     fn read(_event: &str, fields: &Fields) -> Result<Self, Shape> {
//!         Ok(Self {
//!             plate: fields.read(PLATE)?,
//!             km: fields.read(KM)?,
//!             photos: fields.read(PHOTOS)?,
//!         })
//!     }
//! }
//!
//! // Rabbot tells: what does not fit was answered 422, naming the field, before this is called.
//! async fn checklist(received: Received<Event<Checklist>>) -> Reply {
//!     let Checklist { plate, km, photos } = &received.event.data;
//!     println!("{} drove {km} km, {} photos", plate.as_str(), photos.len());
//!     received.receipt.accepted()
//! }
//!
//! // Rabbot asks: the answer's body is what it reads.
//! async fn current_driver(received: Received<Event>) -> Reply {
//!     let plate: Option<Plate> = received.event.fields.read(PLATE).unwrap_or_default();
//!     let driver = plate.map(|_| "condutor@exemplo.invalid");
//!     let answer = serde_json::json!({ "condutor": driver });
//!     received.receipt.accepted_with(answer)
//! }
//!
//! let tells = rabbot::token::<Checklist>(Secret::new("correct-horse")?)?;
//! let asks = rabbot::token::<()>(Secret::new("correct-horse")?)?;
//! # Ok::<(), receiver_core::InvalidSecret>(())
//! ```

use std::fmt;

use http::{HeaderName, Method};

use crate::event::Media;
use crate::json::Shape;
use crate::scheme::{Bearer, Scheme as _, Token};
#[cfg(feature = "testing")]
use crate::testing::Way;
use crate::wire::fields::{Fields, query_without};
use crate::{Delivery, EventKey, InvalidSecret, Key, ParseError, Receiver};

pub use options::Options;
pub use plate::{NotPlate, Plate};

mod options;
mod plate;

/// Something happened in Rabbot, or Rabbot wants to know something.
///
/// `data` is what your [`Mapping`] makes of the fields, and nothing unless you declare one.
#[derive(Clone)]
pub struct Event<T = ()> {
    /// The event's name, from where the [`Options`] say; `event` when none stands there.
    pub name: String,
    /// Whether Rabbot asks (GET) rather than tells (POST). Then it reads your answer: give it one
    /// with [`Receipt::accepted_with`](crate::Receipt::accepted_with).
    pub is_question: bool,
    /// All fields, from body and query, without the token.
    pub fields: Fields,
    /// The fields as your mapping reads them.
    pub data: T,
    content: Option<[u8; 32]>,
}

/// What the fields mean that your operators compose: declared by you, read before your handler is
/// called.
///
/// One type can serve several events: look at the name. See the [module](self) for an example.
pub trait Mapping: Sized {
    /// Reads the fields of the event of this name.
    ///
    /// # Errors
    ///
    /// What [`Fields::read`] says. It is answered 422, naming the field, which is what an operator
    /// needs who composes the webhook.
    fn read(event: &str, fields: &Fields) -> Result<Self, Shape>;
}

/// An endpoint with this token: as `Authorization: TOKEN` or `Authorization: Bearer TOKEN`, or as
/// `?token=TOKEN` in the URL that is entered at Rabbot.
///
/// For another scheme, such as Basic, there is [`Receiver::new`].
///
/// # Errors
///
/// Those of [`Bearer::new`].
pub fn token<T: Mapping>(token: impl Into<Key>) -> Result<Receiver<Event<T>>, InvalidSecret> {
    let key = token.into();
    let scheme = Bearer::new(key.clone())?
        .or(Token::authorization(key.clone())?)
        .or(Token::query(options::TOKEN, key)?);
    Ok(Receiver::new(scheme))
}

/// An endpoint with this token as the whole value of a header of your choice, such as `x-api-key`.
///
/// ```
/// use receiver_core::http::HeaderName;
/// use receiver_core::{Secret, rabbot};
///
/// let name = HeaderName::from_static("x-api-key");
/// let receiver = rabbot::token_in_header::<()>(name, Secret::new("correct-horse")?)?;
/// # Ok::<(), receiver_core::InvalidSecret>(())
/// ```
///
/// # Errors
///
/// Those of [`Token::header`].
pub fn token_in_header<T: Mapping>(
    name: HeaderName,
    token: impl Into<Key>,
) -> Result<Receiver<Event<T>>, InvalidSecret> {
    Ok(Receiver::new(Token::header(name, token)?))
}

impl<T: Mapping> crate::Event for Event<T> {
    type Options = Options;

    const SENDER: &'static str = "rabbot";

    const METHODS: &'static [Method] = &[Method::POST, Method::GET];

    // Headers are the operator's to fill in, and may be left out.
    const MEDIA: &'static [Media] = &[Media::Json, Media::Form, Media::Unnamed];

    fn from_delivery(delivery: &Delivery<'_>, options: &Options) -> Result<Self, ParseError> {
        let fields = Fields::from_delivery(delivery, options.token_parameter())?;
        let name = options.name(&delivery.request());
        let data = T::read(&name, &fields)?;
        let is_question = delivery.request().method() == Method::GET.as_str();
        // The same question may be asked at any time, and deserves its answer each time.
        let content = (!is_question).then(|| digest(delivery, options.token_parameter()));
        Ok(Self { name, is_question, fields, data, content })
    }

    fn kind(&self) -> &str {
        &self.name
    }

    /// The whole content, as nothing in it identifies an event; none for a question.
    ///
    /// The same thing may truly happen twice with the same content: remember keys for a short while.
    fn key(&self, key: EventKey) -> Option<EventKey> {
        self.content.map(|content| key.part("content", content))
    }
}

impl Mapping for () {
    fn read(_: &str, _: &Fields) -> Result<(), Shape> {
        Ok(())
    }
}

/// Prints the name and the names of the fields, and no value of theirs.
impl<T> fmt::Debug for Event<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Event")
            .field("name", &self.name)
            .field("is_question", &self.is_question)
            .field("fields", &self.fields)
            .finish_non_exhaustive()
    }
}

/// Over the request as sent, but for the token: a redelivery after a rotation is still one.
fn digest(delivery: &Delivery<'_>, token_parameter: &str) -> [u8; 32] {
    let request = delivery.request();
    let key = EventKey::of(delivery.sender())
        .part("method", request.method())
        .part("path", request.path())
        .part("body", request.body());
    let query = query_without(request.query(), token_parameter);
    query.fold(key, |key, pair| key.part("query", pair)).digest()
}

/// How it proves itself.
#[cfg(feature = "testing")]
pub(super) static WAYS: [Way; 3] = [Way::AUTHORIZATION, Way::BEARER, Way::Query(options::TOKEN)];

/// A synthetic payload for each kind.
#[cfg(feature = "samples")]
pub(super) const SAMPLES: &[crate::samples::Sample] = &[
    crate::samples::json!("rabbot", "checklist"),
    crate::samples::query!("rabbot", "current_driver"),
    crate::samples::form!("rabbot", "status"),
];

#[cfg(test)]
mod tests;
