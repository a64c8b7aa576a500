//! Monuv: a video monitoring platform tells what its cameras and people saw.
//!
//! One request an event, with a flat JSON object; as method and place are configurable at Monuv, a
//! form or the query will do too. The operator gives clients, cameras, users and kinds of event ids
//! of your system's ("ID externo"), and those are sent: so the kind is read through a map that you
//! declare, and the event's id says what kind of event it is, not which. Monuv's test button shows
//! at once whether the answer was good. Sources: Monuv's help page, and the code of two receivers.
//!
//! ```
//! use receiver_core::monuv::{self, Event, Kind, Options};
//! use receiver_core::{Received, Reply, Secret};
//!
//! let receiver = monuv::token(Secret::new("correct-horse")?)?.with_options(
//!     Options::default()
//!         .with_kind("E130", Kind::Analytic)
//!         .with_kind("E120", Kind::PanicButton)
//!         .with_kind("160", Kind::CameraStatus),
//! );
//!
//! async fn handle(received: Received<Event>) -> Reply {
//!     let event = &received.event;
//!     match event.kind {
//!         Kind::PanicButton => println!("help is wanted at {:?}", event.client_id),
//!         _ => println!("{} at {:?}", event.kind, event.camera_id),
//!     }
//!     let understood = event.understood();
//!     received.receipt.accepted_saying(understood)
//! }
//! # Ok::<(), receiver_core::InvalidSecret>(())
//! ```

use http::{HeaderName, Method};

use crate::event::Media;
use crate::json::Shape;
use crate::scheme::{Bearer, Scheme as _, Token};
#[cfg(feature = "testing")]
use crate::testing::Way;
use crate::wire::Private;
use crate::wire::date::LocalTime;
use crate::wire::fields::Fields;
use crate::{Delivery, EventKey, InvalidSecret, Key, ParseError, Receiver, Secret};

pub use kind::{Kind, UnknownKind};
pub use options::Options;

use names::{
    CAMERA_ID, CAMERA_NAME, CLIENT_ID, EVENT_AT, EVENT_DESCRIPTION, EVENT_ID, EVENT_THUMB,
    EVENT_URL, EXPECTED, KNOWN, USER_ID,
};

mod kind;
mod names;
mod options;

/// A camera saw something, somebody pressed the panic button, or something that is new.
///
/// Every member may be missing, and at least one is there.
#[non_exhaustive]
#[derive(Clone, Debug)]
pub struct Event {
    /// What happened, by the map of the [`Options`].
    pub kind: Kind,
    /// Your id for this kind of event. It is the same at every occurrence.
    pub event_id: Option<String>,
    /// What happened, in words for people.
    pub event_description: Option<Private>,
    /// When it happened, in Brazil's time.
    pub event_at: Option<LocalTime>,
    /// Your id for the camera, or Monuv's.
    pub camera_id: Option<String>,
    /// The camera's name.
    pub camera_name: Option<Private>,
    /// Your id for the client.
    pub client_id: Option<String>,
    /// Your id for the user, such as who pressed the button.
    pub user_id: Option<Private>,
    /// Where to watch it. Whoever has the link sees the place, so it does not print.
    pub event_url: Option<Private>,
    /// Where to fetch a picture of it. Whoever has the link sees the place, so it does not print.
    pub event_thumb: Option<Private>,
    /// All fields, those above and those that are new.
    pub fields: Fields,
}

impl Event {
    /// What was understood, for the answer, so that whoever configures Monuv sees a mistake.
    ///
    /// It names the kind and the members that were read and repeats no value of theirs:
    /// `analytic; read: event_id, event_at, camera_id; kept: 2 more`.
    #[must_use]
    pub fn understood(&self) -> String {
        let read = KNOWN.iter().filter(|field| self.fields.has(**field));
        let read: Vec<&str> = read.filter_map(|field| field.names().first().copied()).collect();
        let mut said = vec![self.kind.to_string(), format!("read: {}", read.join(", "))];

        let names = KNOWN.iter().flat_map(|field| field.names());
        let known = names.filter(|name| self.fields.holds(name)).count();
        let new = self.fields.len().saturating_sub(known);
        if new > 0 {
            said.push(format!("kept: {new} more"));
        }
        if self.event_id.is_some() && self.kind == Kind::Other {
            said.push("no kind is declared for this event_id".to_owned());
        }
        if self.event_at.as_ref().is_some_and(|at| at.civil().is_none()) {
            said.push("event_at is no date and is kept as text".to_owned());
        }
        said.join("; ")
    }
}

/// An endpoint with this token: as `Authorization: Bearer TOKEN`, `Authorization: TOKEN` or
/// `Authorization: Token TOKEN`, or as `?token=TOKEN`.
///
/// Where Monuv puts its "token de autenticação" is not documented, so all of these are accepted.
///
/// # Errors
///
/// Those of [`Bearer::new`].
pub fn token(token: impl Into<Key>) -> Result<Receiver<Event>, InvalidSecret> {
    let key = token.into();
    let scheme = Bearer::new(key.clone())?
        .or(Token::authorization(key.clone())?)
        .or(Token::authorization(after_the_word_token(&key)?)?)
        .or(Token::query(options::TOKEN, key)?);
    Ok(Receiver::new(scheme))
}

/// An endpoint with this token as the whole value of this header, such as `x-api-key`.
///
/// ```
/// use receiver_core::http::HeaderName;
/// use receiver_core::{Secret, monuv};
///
/// let name = HeaderName::from_static("x-api-key");
/// let receiver = monuv::token_in_header(name, Secret::new("correct-horse")?)?;
/// # Ok::<(), receiver_core::InvalidSecret>(())
/// ```
///
/// # Errors
///
/// Those of [`Token::header`].
pub fn token_in_header(
    name: HeaderName,
    token: impl Into<Key>,
) -> Result<Receiver<Event>, InvalidSecret> {
    Ok(Receiver::new(Token::header(name, token)?))
}

impl crate::Event for Event {
    type Options = Options;

    const SENDER: &'static str = "monuv";

    const METHODS: &'static [Method] = &[Method::POST, Method::PUT, Method::GET];

    const MEDIA: &'static [Media] = &[Media::Json, Media::Form, Media::Unnamed];

    fn from_delivery(delivery: &Delivery<'_>, options: &Options) -> Result<Self, ParseError> {
        let fields = Fields::from_delivery(delivery, options.token_parameter())?;
        if !KNOWN.iter().any(|field| fields.has(*field)) {
            return Err(Shape::new("", EXPECTED).into());
        }
        let event_id: Option<String> = fields.read(EVENT_ID)?;
        Ok(Self {
            kind: event_id.as_deref().map_or(Kind::Other, |id| options.kind(id)),
            event_id,
            event_description: fields.read(EVENT_DESCRIPTION)?,
            event_at: fields.read(EVENT_AT)?,
            camera_id: fields.read(CAMERA_ID)?,
            camera_name: fields.read(CAMERA_NAME)?,
            client_id: fields.read(CLIENT_ID)?,
            user_id: fields.read(USER_ID)?,
            event_url: fields.read(EVENT_URL)?,
            event_thumb: fields.read(EVENT_THUMB)?,
            fields,
        })
    }

    fn kind(&self) -> &str {
        self.kind.as_str()
    }

    /// Who, what and when: the event's id alone is the same at every occurrence. Without a time, or
    /// with nothing but a time, two occurrences cannot be told apart and there is no key.
    fn key(&self, key: EventKey) -> Option<EventKey> {
        let at = self.event_at.as_ref()?;
        let ids = [
            ("client_id", self.client_id.as_deref()),
            ("camera_id", self.camera_id.as_deref()),
            ("user_id", self.user_id.as_deref()),
            ("event_id", self.event_id.as_deref()),
        ];
        ids.iter().any(|(_, id)| id.is_some()).then(|| {
            let key = key.part("event_at", at.text());
            ids.iter().fold(key, |key, (name, id)| key.optional(name, *id))
        })
    }
}

/// The same key for a sender that writes the word `Token` before it.
fn after_the_word_token(key: &Key) -> Result<Key, InvalidSecret> {
    let spelled = Key::new(Secret::new([b"Token ", key.secret().expose()].concat())?);
    Ok(match key.id() {
        Some(id) => spelled.with_id(id.as_str()),
        None => spelled,
    })
}

/// How it proves itself.
#[cfg(feature = "testing")]
pub(super) static WAYS: [Way; 4] =
    [Way::BEARER, Way::AUTHORIZATION, Way::Word("Token"), Way::Query(options::TOKEN)];

/// A synthetic payload for each kind.
#[cfg(feature = "samples")]
pub(super) const SAMPLES: &[crate::samples::Sample] = &[
    crate::samples::form!("monuv", "analytic"),
    crate::samples::json!("monuv", "analytic"),
    crate::samples::json!("monuv", "camera_alert"),
    crate::samples::json!("monuv", "camera_status"),
    crate::samples::json!("monuv", "minimal"),
    crate::samples::json!("monuv", "other"),
    crate::samples::json!("monuv", "panic_button"),
    crate::samples::query!("monuv", "panic_button"),
    crate::samples::json!("monuv", "qr_code"),
];

#[cfg(test)]
mod tests;
