//! `Signature`: one declarative HMAC scheme, verifying and signing.

use std::borrow::Cow;
use std::time::{SystemTime, UNIX_EPOCH};

use http::HeaderName;
use subtle::ConstantTimeEq as _;

pub use super::encoding::Encoding;
pub use layout::{Grammar, Layout, Part};
pub use mac::Hash;

use super::{AuthError, Proof, Scheme, Strength, Tolerance};
use crate::key::Ring;
use crate::{Key, Request};
use mac::Mac;

mod layout;
mod mac;

/// An HMAC over the request, laid out as the sender's [`Layout`] says.
///
/// The body is fed to the hash as received: nothing is copied, decoded or parsed before the
/// signature is known to be right.
///
/// ```
/// use std::time::SystemTime;
/// use receiver_core::scheme::{Layout, Scheme, Signature};
/// use receiver_core::{Request, Secret};
///
/// let scheme = Signature::new(Layout::GITHUB, Secret::new("It's a Secret to Everybody")?);
///
/// let headers = vec![(
///     "X-Hub-Signature-256",
///     "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17",
/// )];
/// let request = Request::new("POST", "/", &headers).with_body("Hello, World!");
/// assert!(scheme.verify(&request, SystemTime::now()).is_ok());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Signature {
    layout: Layout,
    tolerance: Tolerance,
    ring: Ring<Mac>,
}

impl Signature {
    /// Signatures of this layout, made with this key.
    #[must_use]
    pub fn new(layout: Layout, key: impl Into<Key>) -> Self {
        let key = key.into();
        let ring = Ring::new(&key, Mac::new(layout.hash, key.secret()));
        Self { layout, tolerance: Tolerance::default(), ring }
    }

    /// [Standard Webhooks](https://www.standardwebhooks.com), as many senders sign. Make the key
    /// with [`Secret::from_whsec`](crate::Secret::from_whsec).
    #[must_use]
    pub fn standard_webhooks(key: impl Into<Key>) -> Self {
        Self::new(Layout::STANDARD_WEBHOOKS, key)
    }

    /// One more key that is accepted, as during a rotation.
    #[must_use]
    pub fn with(mut self, key: impl Into<Key>) -> Self {
        let key = key.into();
        self.ring.push(&key, Mac::new(self.layout.hash, key.secret()));
        self
    }

    /// How far the signed timestamp may be from now; 5 minutes both ways unless said. It has no
    /// effect on a layout without a timestamp.
    #[must_use]
    pub fn with_tolerance(self, tolerance: Tolerance) -> Self {
        Self { tolerance, ..self }
    }

    /// The headers a sender would put on this body: for tests, and for senders of one's own.
    ///
    /// It signs with the first key. `id` is used only by layouts that sign one.
    #[must_use]
    pub fn sign(&self, id: &str, now: SystemTime, body: &[u8]) -> Vec<(HeaderName, String)> {
        let seconds = now.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs()).to_string();
        let mut headers = Vec::new();
        for (name, value) in [(&self.layout.id, id), (&self.layout.timestamp, seconds.as_str())] {
            headers.extend(name.clone().map(|name| (name, value.to_owned())));
        }
        if let Ok(Some((_, mac))) = self.ring.active(now).map(|mut keys| keys.next()) {
            let tag = mac.tag(self.layout.content.iter().map(|part| match part {
                Part::Body => body,
                Part::Id => id.as_bytes(),
                Part::Timestamp => seconds.as_bytes(),
                Part::Literal(text) => text.as_bytes(),
            }));
            let text = self.layout.encoding.encode(tag.as_ref());
            headers.push((self.layout.header.clone(), self.layout.grammar.write(&text)));
        }
        headers
    }
}

impl Scheme for Signature {
    fn verify(&self, request: &Request<'_>, now: SystemTime) -> Result<Proof, AuthError> {
        let layout = &self.layout;
        let value = request.headers().one(&layout.header)?;
        let id = match &layout.id {
            Some(name) => unambiguous(request.headers().one(name)?)?,
            None => &[],
        };
        let timestamp = match &layout.timestamp {
            Some(name) => request.headers().one(name)?,
            None => &[],
        };
        if layout.timestamp.is_some() {
            self.tolerance.check(timestamp, now)?;
        }
        layout.grammar.check(value)?;

        for (id_of_key, mac) in self.ring.active(now)? {
            let tag = mac.tag(layout.content.iter().map(|part| match part {
                Part::Body => request.body(),
                Part::Id => id,
                Part::Timestamp => timestamp,
                Part::Literal(text) => text.as_bytes(),
            }));
            let right = layout.grammar.signatures(value).any(|text| {
                let mut presented = [0; mac::LONGEST];
                let presented = layout.encoding.decode(text, &mut presented);
                // A slice of another length never equals the tag, so a cut signature is refused.
                presented.is_some_and(|presented| tag.as_ref().ct_eq(presented).into())
            });
            if right {
                let proof = Proof::new("signature", id_of_key.clone());
                return Ok(proof.with_strength(Strength::Body));
            }
        }
        Err(AuthError::SignatureMismatch)
    }

    fn challenge(&self) -> Cow<'static, str> {
        Cow::Borrowed(r#"Signature realm="webhook""#)
    }
}

/// Refuses an id that is empty or holds the `.` that ends it, because the same signature would fit
/// two readings of the content.
fn unambiguous(id: &[u8]) -> Result<&[u8], AuthError> {
    if id.is_empty() || id.contains(&b'.') {
        return Err(AuthError::Malformed);
    }
    Ok(id)
}
