//! `Fault`: what goes wrong with deliveries in life.

use std::fmt;
use std::time::SystemTime;

use bytes::Bytes;
use http::StatusCode;

use super::{Outgoing, Unsendable};
use crate::scheme::Strength;

/// What goes wrong with deliveries in life.
///
/// A request that is sent slowly is none of these: its bytes are right, and how they come is up to
/// whatever sends them. It is answered 408.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fault {
    /// Every request is sent twice, the same to the last byte.
    Duplicate,
    /// The last is sent first.
    Reordered,
    /// Something was added to the body on its way: a space, which changes no JSON.
    TamperedBody,
    /// The body was cut in half on its way. For a body that is not signed, it is a fault that can be
    /// told only where it is a JSON object or array.
    TruncatedBody,
    /// The sender has another secret.
    WrongSecret,
    /// It was signed a day ago.
    StaleTimestamp,
    /// It was signed with a clock that is a day ahead.
    FutureTimestamp,
    /// The credential is left out.
    MissingCredential,
    /// The credential stands there twice.
    RepeatedCredential,
    /// The content type is `text/plain`.
    WrongContentType,
    /// The body is a byte over 1 MiB, which is a receiver's limit unless another was set.
    HugeBody,
}

impl Fault {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::Duplicate,
        Self::Reordered,
        Self::TamperedBody,
        Self::TruncatedBody,
        Self::WrongSecret,
        Self::StaleTimestamp,
        Self::FutureTimestamp,
        Self::MissingCredential,
        Self::RepeatedCredential,
        Self::WrongContentType,
        Self::HugeBody,
    ];

    /// What a receiver answers, given what the credential covers ([`Outgoing::strength`]).
    ///
    /// A 200 is what a handler answers that accepts: a receiver keeps no list of what it was sent,
    /// so it is the handler that knows a duplicate by its [key](crate::Received::key), and nobody
    /// can tell that a body was changed which nothing covers.
    #[must_use]
    pub const fn status(self, strength: Strength) -> StatusCode {
        let covers_body = matches!(strength, Strength::Body);
        match self {
            Self::TamperedBody | Self::TruncatedBody if covers_body => StatusCode::UNAUTHORIZED,
            Self::Duplicate | Self::Reordered | Self::TamperedBody => StatusCode::OK,
            Self::TruncatedBody => StatusCode::BAD_REQUEST,
            Self::WrongSecret
            | Self::StaleTimestamp
            | Self::FutureTimestamp
            | Self::MissingCredential
            | Self::RepeatedCredential => StatusCode::UNAUTHORIZED,
            Self::WrongContentType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::HugeBody => StatusCode::PAYLOAD_TOO_LARGE,
        }
    }

    /// What is sent instead of these, in this order, by a sender to whom it happens.
    ///
    /// # Errors
    ///
    /// Those of [`Outgoing::request`].
    pub fn apply(
        self,
        to: &[Outgoing],
        now: SystemTime,
    ) -> Result<Vec<http::Request<Bytes>>, Unsendable> {
        let spoil = |one: &Outgoing| one.clone().with_fault(self).request(now);
        let mut sent = to.iter().map(spoil).collect::<Result<Vec<_>, _>>()?;
        match self {
            Self::Duplicate => sent = sent.into_iter().flat_map(|it| [it.clone(), it]).collect(),
            Self::Reordered => sent.reverse(),
            _ => {}
        }
        Ok(sent)
    }

    /// Its name, in words with `-` between them.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Duplicate => "duplicate",
            Self::Reordered => "reordered",
            Self::TamperedBody => "tampered-body",
            Self::TruncatedBody => "truncated-body",
            Self::WrongSecret => "wrong-secret",
            Self::StaleTimestamp => "stale-timestamp",
            Self::FutureTimestamp => "future-timestamp",
            Self::MissingCredential => "missing-credential",
            Self::RepeatedCredential => "repeated-credential",
            Self::WrongContentType => "wrong-content-type",
            Self::HugeBody => "huge-body",
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
