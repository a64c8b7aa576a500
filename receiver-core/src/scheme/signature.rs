//! `Signature`: one declarative HMAC scheme, verifying and signing.

use std::borrow::Cow;
use std::fmt;
use std::time::SystemTime;

use subtle::ConstantTimeEq as _;

pub use super::encoding::Encoding;
pub use content::{Part, UrlForm};
#[cfg(feature = "ed25519")]
pub use ed25519::{Ed25519, InvalidPublicKey, PublicKey};
pub use grammar::Grammar;
pub use key_form::KeyForm;
pub use layout::Layout;
pub use mac::Hash;
pub(crate) use mac::hmac_sha256;
pub use public_url::InvalidUrl;
pub(crate) use public_url::other_port;
pub use sign::Signed;
pub(crate) use source::Presented;
pub use source::Source;
pub use timestamp::{Place, Timestamp};
pub use unit::Unit;

use super::{AuthError, Proof, Scheme, Tolerance};
use crate::key::Ring;
use crate::{Key, Request};
use mac::{Mac, Tag};
use reader::Reader;

#[cfg(feature = "config")]
mod config;
mod content;
#[cfg(feature = "ed25519")]
mod ed25519;
mod form;
mod grammar;
mod key_form;
mod layout;
mod mac;
mod public_url;
mod reader;
mod sign;
mod source;
mod timestamp;
mod unit;
mod words;

/// An HMAC over the request, laid out as the sender's [`Layout`] says.
///
/// The body is fed to the hash as received: nothing is copied, decoded or parsed before the
/// signature is known to be right, but for senders that sign the fields of a form.
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
pub struct Signature {
    reader: Reader,
    ring: Ring<Mac>,
}

impl Signature {
    /// Signatures of this layout, made with this key.
    ///
    /// The secret is the key as it is; [`Layout::secret`] makes it of the text that the sender's
    /// settings show.
    #[must_use]
    pub fn new(layout: Layout, key: impl Into<Key>) -> Self {
        let key = key.into();
        warn_of_undecoded(&layout, &key);
        Self::of(layout, &key)
    }

    pub(crate) fn of(layout: Layout, key: &Key) -> Self {
        let ring = Ring::new(key.label(), Mac::new(layout.hash, key.secret()));
        Self { reader: Reader::new(layout), ring }
    }

    /// [Standard Webhooks](https://www.standardwebhooks.com), as many senders sign. Make the key
    /// with [`Secret::from_whsec`](crate::Secret::from_whsec).
    #[must_use]
    pub fn standard_webhooks(key: impl Into<Key>) -> Self {
        Self::new(Layout::STANDARD_WEBHOOKS, key)
    }

    /// One more key that is accepted, as during a rotation.
    #[must_use]
    pub fn with(self, key: impl Into<Key>) -> Self {
        let key = key.into();
        warn_of_undecoded(&self.reader.layout, &key);
        self.with_another(&key)
    }

    pub(crate) fn with_another(mut self, key: &Key) -> Self {
        self.ring.push(key.label(), Mac::new(self.reader.layout.hash, key.secret()));
        self
    }

    /// How far the signed timestamp may be from now, instead of what the layout says. It has no
    /// effect on a layout without a timestamp.
    #[must_use]
    pub fn with_tolerance(self, tolerance: Tolerance) -> Self {
        Self { reader: self.reader.with_tolerance(tolerance), ..self }
    }

    /// The URL the sender was given, for senders that sign it. Its query does not count: a request
    /// brings its own. `Host` and `X-Forwarded-*` are never looked at, because anybody can send
    /// them.
    ///
    /// # Errors
    ///
    /// [`InvalidUrl`], for what no sender can be given.
    pub fn with_public_url(self, url: &str) -> Result<Self, InvalidUrl> {
        Ok(Self { reader: self.reader.with_public_url(url)?, ..self })
    }

    /// How the sender lays out its signature.
    #[must_use]
    pub fn layout(&self) -> &Layout {
        &self.reader.layout
    }
}

impl Scheme for Signature {
    fn verify(&self, request: &Request<'_>, now: SystemTime) -> Result<Proof, AuthError> {
        let reader = &self.reader;
        let presented = reader.presented(request)?;
        // A length extension puts bytes into the body that no text holds.
        let is_text = |body| std::str::from_utf8(body).is_ok_and(|text| !text.contains('\0'));
        if reader.layout.hash == Hash::PlainSha256 && !is_text(request.body()) {
            return Err(AuthError::Malformed);
        }
        let content = reader.content(request, &presented, now)?;

        for (id, mac) in self.ring.active(now)? {
            for url in reader.urls()? {
                let tag = mac.tag(|each| content.feed(url, each));
                let is_tag = |sent: Tag| tag.ct_eq(&sent).into();
                if reader.signatures(&presented).any(is_tag) {
                    let proof = Proof::new("signature", id.clone());
                    let signed_at = content.signed_at();
                    return Ok(Proof { signed_at, ..proof.with_strength(reader.strength) });
                }
            }
        }
        Err(reader.mismatch(&presented))
    }

    fn challenge(&self) -> Cow<'static, str> {
        Cow::Borrowed(r#"Signature realm="webhook""#)
    }
}

/// Says so where a `whsec_...` text was taken for the key that is in it: nothing would ever verify.
fn warn_of_undecoded(layout: &Layout, key: &Key) {
    if layout.key_form == KeyForm::Whsec && key.secret().expose().starts_with(b"whsec_") {
        tracing::warn!(
            target: "receiver",
            "a key starts with whsec_ and is used as it is; Secret::from_whsec decodes it"
        );
    }
}

/// Prints the names of the keys; no URL, because one may hold a password.
impl fmt::Debug for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Signature")
            .field("layout", &self.reader.layout)
            .field("keys", &self.ring)
            .finish_non_exhaustive()
    }
}
