//! HMAC (RFC 2104) with any of the hashes senders use, its key's state built once.

use std::fmt;

use hmac::{Hmac, KeyInit};
use sha1::Sha1;
use sha2::{Digest as _, Sha256, Sha384, Sha512};
use subtle::{Choice, ConstantTimeEq};

use super::Encoding;
use crate::Secret;
use crate::scheme::compare::equal;

/// What a signature is made with: the hash of an HMAC, unless said.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hash {
    /// SHA-1, for senders that still use it. Its collisions do not break HMAC; a new sender should
    /// take SHA-256 all the same.
    Sha1,
    /// SHA-256.
    Sha256,
    /// SHA-384.
    Sha384,
    /// SHA-512.
    Sha512,
    /// The SHA-256 of the key and behind it the content, which is no HMAC: whoever saw one signature
    /// can make that of the same content with more behind it (a length extension), though not
    /// without bytes that no text holds; so a body that is no text is refused. Only for senders that
    /// know nothing better.
    PlainSha256,
}

impl Hash {
    /// How many bytes it gives.
    pub(crate) const fn length(self) -> usize {
        match self {
            Self::Sha1 => 20,
            Self::Sha256 | Self::PlainSha256 => 32,
            Self::Sha384 => 48,
            Self::Sha512 => 64,
        }
    }
}

/// A key's state after the key was hashed, cloned for each request.
pub(super) enum Mac {
    Sha1(Hmac<Sha1>),
    Sha256(Hmac<Sha256>),
    Sha384(Box<Hmac<Sha384>>),
    Sha512(Box<Hmac<Sha512>>),
    PlainSha256(Sha256),
}

impl Mac {
    pub(super) fn new(hash: Hash, secret: &Secret) -> Self {
        let key = secret.expose();
        match hash {
            Hash::Sha1 => Self::Sha1(keyed(key)),
            Hash::Sha256 => Self::Sha256(keyed(key)),
            Hash::Sha384 => Self::Sha384(Box::new(keyed(key))),
            Hash::Sha512 => Self::Sha512(Box::new(keyed(key))),
            Hash::PlainSha256 => Self::PlainSha256(Sha256::new_with_prefix(key)),
        }
    }

    /// The tag over what `feed` hands over, piece by piece.
    pub(super) fn tag(&self, feed: impl FnOnce(&mut dyn FnMut(&[u8]))) -> Tag {
        match self {
            Self::Sha1(mac) => Tag::of(finish(mac, feed).as_slice()),
            Self::Sha256(mac) => Tag::of(finish(mac, feed).as_slice()),
            Self::Sha384(mac) => Tag::of(finish(&**mac, feed).as_slice()),
            Self::Sha512(mac) => Tag::of(finish(&**mac, feed).as_slice()),
            Self::PlainSha256(hash) => {
                let mut hash = hash.clone();
                feed(&mut |piece| hash.update(piece));
                Tag::of(hash.finalize().as_slice())
            }
        }
    }
}

/// The HMAC-SHA256 over this, apart from any layout.
pub(crate) fn hmac_sha256(secret: &Secret, content: &[u8]) -> [u8; 32] {
    finish(&keyed::<Hmac<Sha256>>(secret.expose()), |each| each(content)).into()
}

impl fmt::Debug for Mac {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Mac(..)")
    }
}

/// A signature's bytes, computed or sent, on the stack. It does not print: it is what a forger looks
/// for.
pub(super) struct Tag {
    bytes: [u8; LONGEST],
    length: usize,
}

impl Tag {
    /// What was sent; `None` for what is not so encoded, or longer than any signature.
    pub(super) fn decode(encoding: Encoding, text: &[u8]) -> Option<Self> {
        let mut bytes = [0; LONGEST];
        let length = encoding.decode(text, &mut bytes)?.len();
        Some(Self { bytes, length })
    }

    fn of(tag: &[u8]) -> Self {
        let mut bytes = [0; LONGEST];
        for (byte, &from) in bytes.iter_mut().zip(tag) {
            *byte = from;
        }
        Self { bytes, length: tag.len() }
    }
}

impl AsRef<[u8]> for Tag {
    fn as_ref(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or_default()
    }
}

/// Behind its length all is zero, so it is compared whole. Another length is another tag.
impl ConstantTimeEq for Tag {
    fn ct_eq(&self, other: &Self) -> Choice {
        self.length.ct_eq(&other.length) & equal(&self.bytes, &other.bytes)
    }
}

#[expect(clippy::expect_used, reason = "HMAC takes keys of any length (RFC 2104, section 2)")]
fn keyed<M: KeyInit>(key: &[u8]) -> M {
    M::new_from_slice(key).expect("HMAC takes keys of any length")
}

fn finish<M: hmac::Mac + Clone>(
    keyed: &M,
    feed: impl FnOnce(&mut dyn FnMut(&[u8])),
) -> hmac::digest::Output<M> {
    let mut mac = keyed.clone();
    feed(&mut |piece| mac.update(piece));
    mac.finalize().into_bytes()
}

/// The longest signature, that of SHA-512 and of Ed25519, in bytes.
const LONGEST: usize = 64;
