//! A sender's signature layout as data: where it is, how it is spelled, what it covers.

use http::HeaderName;

use super::{Encoding, Hash};
use crate::scheme::AuthError;

/// How a sender lays out its signature.
///
/// Plain data, so that a sender is one constant:
///
/// ```
/// use receiver_core::scheme::{Encoding, Hash, Layout};
/// use http::HeaderName;
///
/// const SHOPIFY: Layout = Layout::body(
///     HeaderName::from_static("x-shopify-hmac-sha256"),
///     Hash::Sha256,
///     Encoding::Base64,
/// );
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Layout {
    pub(super) header: HeaderName,
    pub(super) grammar: Grammar,
    pub(super) encoding: Encoding,
    pub(super) hash: Hash,
    pub(super) content: &'static [Part],
    pub(super) id: Option<HeaderName>,
    pub(super) timestamp: Option<HeaderName>,
}

impl Layout {
    /// A signature over the body alone, bare in this header.
    #[must_use]
    pub const fn body(header: HeaderName, hash: Hash, encoding: Encoding) -> Self {
        let (grammar, content) = (Grammar::Bare, &[Part::Body]);
        Self { header, grammar, encoding, hash, content, id: None, timestamp: None }
    }

    /// The same layout with this text before the signature, such as `sha256=`.
    #[must_use]
    pub const fn with_prefix(mut self, prefix: &'static str) -> Self {
        self.grammar = Grammar::Prefix(prefix);
        self
    }

    /// GitHub and those who copied it: `X-Hub-Signature-256: sha256=<hex>` over the body.
    /// Source: GitHub's documentation, "Validating webhook deliveries".
    pub const GITHUB: Self =
        Self::body(HeaderName::from_static("x-hub-signature-256"), Hash::Sha256, Encoding::Hex)
            .with_prefix("sha256=");

    /// Standard Webhooks: `webhook-signature: v1,<base64> v1,<base64>` over
    /// `webhook-id.webhook-timestamp.body`. Source: the Standard Webhooks specification.
    pub const STANDARD_WEBHOOKS: Self = Self {
        header: HeaderName::from_static("webhook-signature"),
        grammar: Grammar::Versions("v1"),
        encoding: Encoding::Base64,
        hash: Hash::Sha256,
        content: &[Part::Id, Part::Literal("."), Part::Timestamp, Part::Literal("."), Part::Body],
        id: Some(HeaderName::from_static("webhook-id")),
        timestamp: Some(HeaderName::from_static("webhook-timestamp")),
    };
}

/// One part of the signed content, in order.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The body's bytes as received.
    Body,
    /// The delivery's id, from its header.
    Id,
    /// The timestamp's text, from its header.
    Timestamp,
    /// A fixed text between the others.
    Literal(&'static str),
}

/// How the header's value spells one signature or several.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grammar {
    /// The signature alone.
    Bare,
    /// The signature behind a fixed text, such as `sha256=`.
    Prefix(&'static str),
    /// A list separated by spaces, each `version,signature`; other versions are passed over.
    Versions(&'static str),
}

impl Grammar {
    /// Refuses a value that holds no signature of the kind we know, with the reason for the log.
    pub(super) fn check(self, value: &[u8]) -> Result<(), AuthError> {
        match (self, self.signatures(value).next()) {
            (_, Some(_)) => Ok(()),
            (Self::Versions(_), None) => Err(AuthError::UnknownVersion),
            (_, None) => Err(AuthError::Malformed),
        }
    }

    /// The signatures in a header's value, still encoded.
    pub(super) fn signatures(self, value: &[u8]) -> impl Iterator<Item = &[u8]> {
        let is_list = matches!(self, Self::Versions(_));
        value.split(move |&byte| is_list && byte == b' ').filter_map(move |text| match self {
            Self::Bare => Some(text),
            Self::Prefix(prefix) => text.strip_prefix(prefix.as_bytes()),
            Self::Versions(version) => text.strip_prefix(version.as_bytes())?.strip_prefix(b","),
        })
    }

    /// The header's value for one signature.
    pub(super) fn write(self, signature: &str) -> String {
        match self {
            Self::Bare => signature.to_owned(),
            Self::Prefix(prefix) => format!("{prefix}{signature}"),
            Self::Versions(version) => format!("{version},{signature}"),
        }
    }
}
