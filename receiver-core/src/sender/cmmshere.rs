//! CMMShere: a maintenance system tells of work orders, work requests, clients and assets.
//!
//! One POST an event, JSON, in an envelope without an event id. The subscription has a URL and no
//! credential, so the token goes where the URL can hold it, or where something in between puts it.
//! Any 2xx is a delivery. Source: CMMShere's page on webhooks, with a sample of `sol.created`; the
//! shapes of the other kinds are inferred from it.
//!
//! ```
//! use receiver_core::cmmshere::{Event, Subject};
//! use receiver_core::{Received, Reply, Secret, cmmshere};
//!
//! let receiver = cmmshere::token(Secret::new("correct-horse")?)?;
//!
//! async fn handle(received: Received<Event>) -> Reply {
//!     match &received.event.subject {
//!         Subject::WorkRequest(request) => println!("request {:?}", request.codigo),
//!         Subject::WorkOrder(order) => println!("order {:?}", order.codigo),
//!         _ => {} // A kind this handler does not need is accepted too.
//!     }
//!     received.receipt.accepted()
//! }
//! # Ok::<(), receiver_core::InvalidSecret>(())
//! ```

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use crate::event::Media;
use crate::scheme::{Bearer, Scheme as _, Token};
#[cfg(feature = "testing")]
use crate::testing::Way;
use crate::wire::date::UtcTime;
use crate::wire::{Unread, text};
use crate::{Delivery, EventKey, InvalidSecret, Key, ParseError, Receiver, json};

pub use object::{Asset, Client, User, WorkOrder, WorkRequest};
pub use subject::{Object, Subject, Verb};

mod object;
mod subject;

/// Something happened to a work order, a work request, a client, an asset, or a thing that is new.
#[non_exhaustive]
#[derive(Clone, Debug)]
pub struct Event {
    /// When it happened (UTC).
    pub created: UtcTime,
    /// The kind as sent, such as `sol.created`.
    pub kind: String,
    /// What it happened to, read from the kind.
    pub object: Object,
    /// What happened to it, read from the kind.
    pub verb: Verb,
    /// The thing itself.
    pub subject: Subject,
    /// The client it belongs to, if there is one.
    pub client: Option<Client>,
    /// Who did it, if that is known.
    pub user: Option<User>,
    /// The asset it is about, if there is one.
    pub asset: Option<Asset>,
}

/// An endpoint for events with this token: as `Authorization: Bearer TOKEN`, as the whole
/// `Authorization` value, or as `?token=TOKEN` in the URL that is registered at CMMShere.
///
/// # Errors
///
/// Those of [`Bearer::new`].
pub fn token(token: impl Into<Key>) -> Result<Receiver<Event>, InvalidSecret> {
    let key = token.into();
    let bearer = Bearer::new(key.clone())?;
    Ok(Receiver::new(bearer.or(Token::authorization(key.clone())?).or(Token::query("token", key)?)))
}

impl crate::Event for Event {
    type Options = ();

    const SENDER: &'static str = "cmmshere";

    const MEDIA: &'static [Media] = &[Media::Json, Media::Unnamed];

    fn from_delivery(delivery: &Delivery<'_>, (): &()) -> Result<Self, ParseError> {
        let text = delivery.json_text()?;
        let kind = json::peek(text, "type").unwrap_or_default();
        let read = match subject::split(&kind).0 {
            // The one kind whose shape is documented: what does not fit is named and refused.
            Object::WorkRequest => return read::<WorkRequest>(text, Subject::WorkRequest),
            Object::WorkOrder => read::<WorkOrder>(text, Subject::WorkOrder),
            Object::Client => read::<Client>(text, Subject::Client),
            Object::Asset => read::<Asset>(text, Subject::Asset),
            Object::Other(_) => return read_unknown(text),
        };
        // An inferred shape that turns out wrong must not turn a proven sender away.
        match read {
            Ok(event) if event.subject.id() != Some("") => Ok(event),
            _ => read_unknown(text),
        }
    }

    fn kind(&self) -> &str {
        &self.kind
    }

    /// Kind, id of the thing, and time: two overlapping subscriptions send the same event twice.
    fn key(&self, key: EventKey) -> Option<EventKey> {
        let key = key.part("type", &self.kind).part("created", self.created.text());
        Some(match self.subject.id() {
            Some(id) => key.part("id", id),
            None => key.optional("data", self.subject.unread().map(Unread::as_str)),
        })
    }
}

/// The envelope, around whatever `data` is.
#[derive(Deserialize)]
struct Envelope<D> {
    #[serde(deserialize_with = "text::id")]
    created: UtcTime,
    #[serde(rename = "type", deserialize_with = "text::required")]
    kind: String,
    data: D,
}

#[derive(Deserialize)]
struct Data<T> {
    object: T,
    #[serde(default, deserialize_with = "object::relation")]
    client: Option<Client>,
    #[serde(default, deserialize_with = "object::relation")]
    user: Option<User>,
    #[serde(default, deserialize_with = "object::relation")]
    asset: Option<Asset>,
}

fn read<T: DeserializeOwned>(text: &str, subject: fn(T) -> Subject) -> Result<Event, ParseError> {
    let Envelope { created, kind, data } = json::read::<Envelope<Data<T>>>(text)?;
    let (object, verb) = subject::split(&kind);
    let Data { object: thing, client, user, asset } = data;
    Ok(Event { created, kind, object, verb, subject: subject(thing), client, user, asset })
}

fn read_unknown(text: &str) -> Result<Event, ParseError> {
    // A `data` that is no object would be a new envelope, not a new kind.
    let Envelope { created, kind, data } = json::read::<Envelope<Box<RawValue>>>(text)?;
    let (object, verb) = subject::split(&kind);
    let subject = Subject::Other(Unread::new(data));
    Ok(Event { created, kind, object, verb, subject, client: None, user: None, asset: None })
}

/// How it proves itself.
#[cfg(feature = "testing")]
pub(super) static WAYS: [Way; 3] = [Way::BEARER, Way::AUTHORIZATION, Way::Query("token")];

/// A synthetic payload for each kind.
#[cfg(feature = "samples")]
pub(super) const SAMPLES: &[crate::samples::Sample] = &[
    crate::samples::json!("cmmshere", "act.updated"),
    crate::samples::json!("cmmshere", "cli.created"),
    crate::samples::json!("cmmshere", "ot.created"),
    crate::samples::json!("cmmshere", "sol.created"),
];
