//! `Signature`: one declarative HMAC scheme, verifying and signing.

use std::borrow::Cow;
use std::fmt;
use std::time::SystemTime;

use http::HeaderName;
use subtle::ConstantTimeEq as _;

pub use super::encoding::Encoding;
pub use content::{Part, UrlForm};
pub use grammar::Grammar;
pub use key_form::KeyForm;
pub use layout::Layout;
pub use mac::Hash;
pub use public_url::InvalidUrl;
pub(crate) use public_url::other_port;
pub use sign::Signed;
pub(crate) use source::Presented;
pub use source::Source;
pub use timestamp::{Place, Timestamp};
pub use unit::Unit;

use super::{AuthError, Proof, Scheme, Strength, Tolerance};
use crate::key::Ring;
use crate::{Key, Request};
use content::Content;
use mac::{Mac, Tag};

#[cfg(feature = "config")]
mod config;
mod content;
mod form;
mod grammar;
mod key_form;
mod layout;
mod mac;
mod public_url;
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
    layout: Layout,
    strength: Strength,
    signs_url: bool,
    headers: Vec<HeaderName>,
    urls: Vec<String>,
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
        let ring = Ring::new(&key, Mac::new(layout.hash, key.secret()));
        Self {
            strength: layout.strength(),
            signs_url: layout.needs_public_url(),
            headers: layout.source.headers(),
            urls: Vec::new(),
            layout,
            ring,
        }
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

    /// How far the signed timestamp may be from now, instead of what the layout says. It has no
    /// effect on a layout without a timestamp.
    #[must_use]
    pub fn with_tolerance(mut self, tolerance: Tolerance) -> Self {
        self.layout.timestamp = self.layout.timestamp.map(|timestamp| timestamp.within(tolerance));
        self
    }

    /// The URL the sender was given, for senders that sign it. Its query does not count: a request
    /// brings its own. `Host` and `X-Forwarded-*` are never looked at, because anybody can send
    /// them.
    ///
    /// # Errors
    ///
    /// [`InvalidUrl`], for what no sender can be given.
    pub fn with_public_url(mut self, url: &str) -> Result<Self, InvalidUrl> {
        let base = public_url::base(url)?;
        self.urls = vec![base.to_owned()];
        if self.layout.content.contains(&Part::Url(UrlForm::EitherPort)) {
            self.urls.extend(other_port(base));
        }
        Ok(self)
    }

    /// How the sender lays out its signature.
    #[must_use]
    pub fn layout(&self) -> &Layout {
        &self.layout
    }

    /// The URLs to try: never none, and one that is not looked at if none is signed.
    fn urls(&self) -> Result<&[String], AuthError> {
        const NOT_SIGNED: &[String] = &[String::new()];
        match (self.signs_url, &*self.urls) {
            (true, []) => Err(AuthError::NoPublicUrl),
            (true, urls) => Ok(urls),
            (false, _) => Ok(NOT_SIGNED),
        }
    }

    /// The id's bytes; none if the content has none.
    fn id<'r>(&self, request: &Request<'r>) -> Result<&'r [u8], AuthError> {
        match &self.layout.id {
            Some(name) => Ok(request.headers().one(name)?),
            None if self.layout.content.contains(&Part::Id) => Err(AuthError::Missing),
            None => Ok(&[]),
        }
    }

    /// The timestamp's bytes, if it is fresh; none if the content has none.
    fn timestamp<'v>(
        &self,
        request: &Request<'v>,
        presented: &'v Presented<'_>,
        now: SystemTime,
    ) -> Result<&'v [u8], AuthError> {
        let Some(timestamp) = &self.layout.timestamp else {
            let is_signed = self.layout.content.contains(&Part::Timestamp);
            return if is_signed { Err(AuthError::Missing) } else { Ok(&[]) };
        };
        let text = timestamp.text(&self.layout.grammar, request, presented)?;
        timestamp.check(text, now)?;
        Ok(text)
    }

    fn is_among(&self, presented: &Presented<'_>, tag: &Tag) -> bool {
        presented.values().flat_map(|value| self.layout.grammar.signatures(value)).any(|text| {
            let mut decoded = [0; mac::LONGEST];
            let decoded = self.layout.encoding.decode(text, &mut decoded);
            // A slice of another length never equals the tag, so a cut signature is refused.
            decoded.is_some_and(|decoded| tag.as_ref().ct_eq(decoded).into())
        })
    }
}

impl Scheme for Signature {
    fn verify(&self, request: &Request<'_>, now: SystemTime) -> Result<Proof, AuthError> {
        let layout = &self.layout;
        let presented = Presented::read(&layout.source, &self.headers, request)?;
        let id = self.id(request)?;
        let timestamp = self.timestamp(request, &presented, now)?;
        let content = Content::new(layout, *request, id, timestamp);
        content.check()?;

        for (id_of_key, mac) in self.ring.active(now)? {
            for url in self.urls()? {
                let tag = mac.tag(|each| content.feed(url, each));
                if self.is_among(&presented, &tag) {
                    let proof = Proof::new("signature", id_of_key.clone());
                    return Ok(proof.with_strength(self.strength));
                }
            }
        }
        // Only now, because it reads the values a second time.
        layout.grammar.check(presented.values())?;
        Err(AuthError::SignatureMismatch)
    }

    fn challenge(&self) -> Cow<'static, str> {
        Cow::Borrowed(r#"Signature realm="webhook""#)
    }
}

/// Prints the names of the keys; no URL, because one may hold a password.
impl fmt::Debug for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Signature")
            .field("layout", &self.layout)
            .field("keys", &self.ring)
            .finish_non_exhaustive()
    }
}
