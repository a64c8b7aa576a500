//! What would have to be otherwise.

use std::fmt;

use super::{BodyChange, KeyChange, LayoutChange, SecretChange, TimeChange, UrlChange};

/// What would have to be otherwise. As text it goes on from "would verify if".
#[non_exhaustive]
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// The time of the key.
    Key(KeyChange),
    /// The bytes of the secret.
    Secret(SecretChange),
    /// How the sender signs.
    Layout(LayoutChange),
    /// The URL the sender was given.
    Url(UrlChange),
    /// The body's bytes.
    Body(BodyChange),
    /// The signed time.
    Time(TimeChange),
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Key(change) => change.fmt(f),
            Self::Secret(change) => change.fmt(f),
            Self::Layout(change) => change.fmt(f),
            Self::Url(change) => change.fmt(f),
            Self::Body(change) => change.fmt(f),
            Self::Time(change) => change.fmt(f),
        }
    }
}
