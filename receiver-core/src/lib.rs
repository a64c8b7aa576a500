#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod content;
mod delivery;
pub mod event;
pub mod explain;
pub mod handshake;
pub mod json;
mod key;
#[cfg(feature = "metrics")]
pub mod metrics;
mod receiver;
mod record;
mod rejection;
mod reply;
pub mod request;
#[cfg(feature = "samples")]
pub mod samples;
pub mod scheme;
mod secret;
pub mod sender;
#[cfg(feature = "testing")]
pub mod testing;
pub mod wire;

#[cfg(feature = "actix-web")]
mod actix;
#[cfg(feature = "axum")]
mod axum;
#[cfg(feature = "body")]
mod body;
#[cfg(feature = "body")]
mod tenants;
#[cfg(feature = "warp")]
pub mod warp;

pub use content::{Content, NotJson};
pub use delivery::Delivery;
pub use event::{Event, EventKey, Json};
pub use key::{Key, KeyId};
pub use receiver::{Received, Receiver};
pub use rejection::{Cause, ParseError, Rejection};
pub use reply::{Notice, Problem, Receipt, Reply};
pub use request::{Headers, Request};
pub use scheme::{AuthError, Proof, Scheme};
pub use secret::{InvalidSecret, Secret};
pub use sender::{cmmshere, monuv, rabbot, sintegre, standard_webhooks, voalle};

#[doc(no_inline)]
pub use bytes::Bytes;
// Their types stand in this crate's own interface.
#[doc(no_inline)]
pub use {http, jiff};
