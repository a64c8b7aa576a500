//! The endpoints of the receiver, which are the same on each framework.

use receiver_core::event::Media;
use receiver_core::scheme::{Basic, Bearer, Signature};
use receiver_core::{Delivery, Event, EventKey, Json, ParseError, Receiver, Secret};
use receiver_measured::delivery::USER;

use crate::envelope::Envelope;

/// Signed, with an event that is read.
pub(crate) fn signed(secret: &str) -> Receiver<Json<Envelope>> {
    let secret = Secret::from_whsec(secret).expect("a secret");
    let receiver = Receiver::<Json<Envelope>>::new(Signature::standard_webhooks(secret));
    receiver.with_kind(|event| &event.kind)
}

/// With a bearer token, and the body stays unread.
pub(crate) fn bearer(secret: &str) -> Receiver<Unread> {
    Receiver::new(Bearer::new(Secret::new(secret).expect("a secret")).expect("a token"))
}

/// With user and password, and the body stays unread.
pub(crate) fn basic(secret: &str) -> Receiver<Unread> {
    let secret = Secret::new(secret).expect("a secret");
    Receiver::new(Basic::new(USER, secret).expect("a password"))
}

/// Verified and passed on as it is.
pub(crate) struct Unread;

impl Event for Unread {
    type Options = ();

    const SENDER: &'static str = "measured";

    const MEDIA: &'static [Media] = &[Media::Json];

    fn from_delivery(_: &Delivery<'_>, (): &()) -> Result<Self, ParseError> {
        Ok(Self)
    }

    fn kind(&self) -> &'static str {
        "unread"
    }

    fn key(&self, _: EventKey) -> Option<EventKey> {
        None
    }
}
