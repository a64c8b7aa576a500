//! A sender's public key: checked when it is made, and no secret.

use std::fmt;
use std::time::SystemTime;

use ed25519_dalek::VerifyingKey;

use crate::KeyId;
use crate::key::{Label, labelled};
use crate::scheme::encoding::Encoding;

/// A sender's public key, with a name for the log and perhaps a first and a last time, as a
/// [`Key`](crate::Key) has them.
///
/// ```
/// use receiver_core::scheme::{InvalidPublicKey, PublicKey};
///
/// let text = "79b5562e8fe654f94078b112e8a98ba7901f853ae695bed7e0e3910bad049664";
/// let key = PublicKey::from_hex(text)?.with_id("2026-01");
/// assert_eq!(key.id().unwrap().as_str(), "2026-01");
///
/// let private = PublicKey::from_whpk("whsk_AAAA");
/// assert_eq!(private.unwrap_err(), InvalidPublicKey::NotPublic);
/// # Ok::<(), InvalidPublicKey>(())
/// ```
#[derive(Clone)]
pub struct PublicKey {
    pub(super) label: Label,
    pub(super) point: VerifyingKey,
}

impl PublicKey {
    /// A key given as its 32 bytes.
    ///
    /// # Errors
    ///
    /// [`InvalidPublicKey::NotAPoint`] and [`InvalidPublicKey::Weak`].
    pub fn new(bytes: [u8; 32]) -> Result<Self, InvalidPublicKey> {
        let point = VerifyingKey::from_bytes(&bytes).map_err(|_| InvalidPublicKey::NotAPoint)?;
        // RFC 8032 (section 5.1.3) has one spelling for a point; the crate reads more.
        if point.to_edwards().compress().to_bytes() != bytes {
            return Err(InvalidPublicKey::NotAPoint);
        }
        if point.is_weak() {
            return Err(InvalidPublicKey::Weak);
        }
        Ok(Self { label: Label::default(), point })
    }

    /// A key given as hexadecimal text, in either case, as Discord shows it.
    ///
    /// # Errors
    ///
    /// [`InvalidPublicKey`].
    pub fn from_hex(text: &str) -> Result<Self, InvalidPublicKey> {
        Self::decode(text, Encoding::Hex, InvalidPublicKey::NotHex)
    }

    /// A key given as base64 text, with or without padding, as Telnyx shows it.
    ///
    /// # Errors
    ///
    /// [`InvalidPublicKey`].
    pub fn from_base64(text: &str) -> Result<Self, InvalidPublicKey> {
        Self::decode(text, Encoding::Base64, InvalidPublicKey::NotBase64)
    }

    /// A Standard Webhooks public key: `whpk_` and base64. Without the prefix it is read too.
    /// Source: the Standard Webhooks specification, "Signature scheme".
    ///
    /// # Errors
    ///
    /// [`InvalidPublicKey`].
    pub fn from_whpk(text: &str) -> Result<Self, InvalidPublicKey> {
        let text = text.trim();
        Self::from_base64(text.strip_prefix("whpk_").unwrap_or(text))
    }

    fn decode(
        text: &str,
        encoding: Encoding,
        otherwise: InvalidPublicKey,
    ) -> Result<Self, InvalidPublicKey> {
        let text = text.trim();
        if text.is_empty() {
            return Err(InvalidPublicKey::Empty);
        }
        if text.starts_with("whsk_") || text.starts_with("whsec_") {
            return Err(InvalidPublicKey::NotPublic);
        }
        let mut bytes = vec![0; text.len()];
        let bytes = encoding.decode(text.as_bytes(), &mut bytes).ok_or(otherwise)?;
        Self::new(bytes.try_into().map_err(|_| InvalidPublicKey::NotOfThisLength)?)
    }
}

labelled!(PublicKey);

/// Prints the name alone, as every key does.
impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PublicKey").field("id", &self.label.id).finish_non_exhaustive()
    }
}

/// Why a text is no public key. None of them is printed: it may be a private one.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InvalidPublicKey {
    /// Nothing was given, or only white space.
    Empty,
    /// It is not hexadecimal.
    NotHex,
    /// It is not base64.
    NotBase64,
    /// It is not 32 bytes long.
    NotOfThisLength,
    /// It begins with `whsk_` or `whsec_`: a private key, or a shared secret, which must not be
    /// here.
    NotPublic,
    /// No public key has these bytes.
    NotAPoint,
    /// It is of small order: a signature can be made that fits almost any content.
    Weak,
}

impl fmt::Display for InvalidPublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "the public key is empty",
            Self::NotHex => "the public key is not hexadecimal",
            Self::NotBase64 => "the public key is not base64",
            Self::NotOfThisLength => "the public key is not 32 bytes long",
            Self::NotPublic => "a private key or a shared secret was given for a public key",
            Self::NotAPoint => "the public key is not a point of the curve",
            Self::Weak => "the public key is of small order",
        })
    }
}

impl std::error::Error for InvalidPublicKey {}
