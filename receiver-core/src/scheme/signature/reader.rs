//! A layout with what configuration adds to it: it finds in a request what a signature needs.

use std::time::{Duration, SystemTime};

use http::HeaderName;

use super::content::Content;
use super::mac::Tag;
use super::source::Presented;
use super::{InvalidUrl, Layout, Part, UrlForm, public_url};
use crate::Request;
use crate::scheme::{AuthError, Strength, Tolerance};

/// What is the same whether the key is a shared secret or a public key: the signatures that a
/// request presents, and the content they should be over.
pub(super) struct Reader {
    pub(super) layout: Layout,
    pub(super) strength: Strength,
    pub(super) headers: Vec<HeaderName>,
    signs_url: bool,
    urls: Vec<String>,
}

impl Reader {
    pub(super) fn new(layout: Layout) -> Self {
        Self {
            strength: layout.strength(),
            signs_url: layout.needs_public_url(),
            headers: layout.source.headers(),
            urls: Vec::new(),
            layout,
        }
    }

    pub(super) fn with_tolerance(mut self, tolerance: Tolerance) -> Self {
        self.layout.timestamp = self.layout.timestamp.map(|timestamp| timestamp.within(tolerance));
        self
    }

    pub(super) fn with_public_url(mut self, url: &str) -> Result<Self, InvalidUrl> {
        let base = public_url::base(url)?;
        self.urls = vec![base.to_owned()];
        if self.layout.content.contains(&Part::Url(UrlForm::EitherPort)) {
            self.urls.extend(public_url::other_port(base));
        }
        Ok(self)
    }

    /// The values that hold the signatures.
    pub(super) fn presented<'v>(
        &'v self,
        request: &Request<'v>,
    ) -> Result<Presented<'v>, AuthError> {
        Presented::read(&self.layout.source, &self.headers, request)
    }

    /// What the signatures should be over, if it is fresh and can be read in one way only.
    pub(super) fn content<'v>(
        &'v self,
        request: &'v Request<'v>,
        presented: &'v Presented<'_>,
        now: SystemTime,
    ) -> Result<Content<'v>, AuthError> {
        let id = self.id(request)?;
        let (timestamp, signed_at) = self.timestamp(request, presented, now)?;
        let content = Content::new(&self.layout, request, id, timestamp, signed_at);
        content.check()?;
        Ok(content)
    }

    /// The signatures in the values, decoded; what cannot be decoded is passed over.
    pub(super) fn signatures<'p>(
        &'p self,
        presented: &'p Presented<'_>,
    ) -> impl Iterator<Item = Tag> + 'p {
        let Layout { grammar, encoding, .. } = &self.layout;
        let texts = presented.values().flat_map(|value| grammar.signatures(value));
        texts.filter_map(|text| Tag::decode(*encoding, text))
    }

    /// Why none of the signatures is right. Asked last, because it reads the values again.
    pub(super) fn mismatch(&self, presented: &Presented<'_>) -> AuthError {
        let known = self.layout.grammar.check(presented.values());
        known.err().unwrap_or(AuthError::SignatureMismatch)
    }

    /// The URLs to try: never none, and one that is not looked at if none is signed.
    pub(super) fn urls(&self) -> Result<&[String], AuthError> {
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

    /// The timestamp's bytes, if it is fresh, and if it is signed what they say; none if the content has none.
    fn timestamp<'v>(
        &self,
        request: &Request<'v>,
        presented: &'v Presented<'_>,
        now: SystemTime,
    ) -> Result<(&'v [u8], Option<Duration>), AuthError> {
        let is_signed = self.layout.content.contains(&Part::Timestamp);
        let Some(timestamp) = &self.layout.timestamp else {
            return if is_signed { Err(AuthError::Missing) } else { Ok((&[], None)) };
        };
        let text = timestamp.text(&self.layout.grammar, request, presented)?;
        Ok((text, timestamp.check(text, now)?.filter(|_| is_signed)))
    }
}
