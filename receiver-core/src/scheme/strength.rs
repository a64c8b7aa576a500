//! `Strength`: what a proof covers.

use std::fmt;

/// What a proof covers, from the weakest to the strongest.
///
/// ```
/// use receiver_core::scheme::{Layout, Strength, catalog};
///
/// assert_eq!(Layout::GITHUB.strength(), Strength::Body);
///
/// // For what a stranger must not be able to make up: whoever saw a delivery can make one.
/// let weak = catalog::senders().filter(|sender| sender.layout().strength() < Strength::Body);
/// assert!(weak.count() > 0);
/// ```
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Strength {
    /// Nothing is proven: see [`dangerous`](super::dangerous).
    Unproven,
    /// The request holds a secret. Whoever saw one request can send any other.
    SharedToken,
    /// A signature covers something of the request, such as its URL, and not the body. Whoever saw
    /// one request can send its signature with another body.
    Metadata,
    /// A signature covers the body.
    Body,
}

impl Strength {
    /// The stable word for it in logs.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unproven => "unproven",
            Self::SharedToken => "shared_token",
            Self::Metadata => "metadata",
            Self::Body => "body",
        }
    }
}

impl fmt::Display for Strength {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unproven => "nothing",
            Self::SharedToken => "a shared token",
            Self::Metadata => "metadata only",
            Self::Body => "the body",
        })
    }
}
