//! Signing as the sender would: for tests, and for senders of one's own.

use std::fmt;
use std::time::SystemTime;

use http::HeaderName;

use super::content::{Content, hex_sha256};
use super::reader::Reader;
use super::{Part, Place, Signature, Source, form};
use crate::Request;
use crate::scheme::AuthError;

impl Signature {
    /// The headers a sender would put on this body: for tests, and for senders of one's own.
    ///
    /// It signs with the first key whose time it is. `id` is used only by layouts that sign one.
    /// There are no headers where there is no such key or no public URL; a layout that signs more
    /// than id, timestamp and body needs [`Signature::sign_request`].
    #[must_use]
    pub fn sign(&self, id: &str, now: SystemTime, body: &[u8]) -> Vec<(HeaderName, String)> {
        let headers = http::HeaderMap::new();
        let draft = Request::new("POST", "/", &headers).with_body(body);
        self.sign_request(&draft, id, now).map(|signed| signed.headers).unwrap_or_default()
    }

    /// What a sender would add to this request, of which method, query and body are looked at. An id
    /// or a query that would be refused is signed all the same, so that a test can show that it is.
    ///
    /// # Errors
    ///
    /// [`AuthError::NoActiveKey`] and [`AuthError::NoPublicUrl`].
    pub fn sign_request(
        &self,
        draft: &Request<'_>,
        id: &str,
        now: SystemTime,
    ) -> Result<Signed, AuthError> {
        sign(&self.reader, draft, (id, now), |content, url| {
            let (_, mac) = self.ring.active(now)?.next().ok_or(AuthError::NoActiveKey)?;
            Ok(mac.tag(|each| content.feed(url, each)).as_ref().to_vec())
        })
    }
}

/// What a sender would add to this request that makes the signature so, of the content and the URL.
pub(super) fn sign(
    reader: &Reader,
    draft: &Request<'_>,
    (id, now): (&str, SystemTime),
    tag: impl FnOnce(&Content<'_>, &str) -> Result<Vec<u8>, AuthError>,
) -> Result<Signed, AuthError> {
    let layout = &reader.layout;
    let timestamp = layout.timestamp.as_ref().map(|timestamp| timestamp.unit.write(now));
    let timestamp = timestamp.unwrap_or_default();
    let mut signed = Signed {
        headers: Vec::new(),
        query: draft.query().map(str::to_owned),
        body: draft.body().to_vec(),
    };
    for part in layout.content.iter() {
        if let Part::BodySha256InQuery(name) = part {
            signed.add_to_query(name, &hex_sha256(draft.body()));
        }
    }
    signed.add_header(layout.id.as_ref(), id);
    if let Some(Place::Header(name)) = layout.timestamp.as_ref().map(|it| &it.place) {
        signed.add_header(Some(name), &timestamp);
    }

    let query = signed.query.clone();
    let request = draft.with_query(query.as_deref());
    let content = Content::new(layout, &request, id.as_bytes(), timestamp.as_bytes(), None);
    let url = reader.urls()?.first().map(String::as_str).unwrap_or_default();
    let tag = tag(&content, url)?;
    let value = layout.grammar.write(&timestamp, &layout.encoding.encode(&tag));
    match &layout.source {
        Source::Query(name) => signed.add_to_query(name, &value),
        Source::Form(name) => {
            let body = String::from_utf8_lossy(&signed.body).into_owned();
            signed.body = form::with_field(&body, name, &value).into_bytes();
        }
        _ => signed.add_header(reader.headers.first(), &value),
    }
    Ok(signed)
}

/// A request's parts as a sender would send them.
///
/// ```
/// use std::time::SystemTime;
/// use receiver_core::scheme::{Layout, Scheme, Signature, Signed};
/// use receiver_core::{Request, Secret};
///
/// let scheme = Signature::new(Layout::GITHUB, Secret::new("correct horse")?);
/// let nothing = http::HeaderMap::new();
/// let draft = Request::new("POST", "/webhooks/github", &nothing).with_body("{}");
///
/// let Signed { headers, query, body, .. } = scheme.sign_request(&draft, "", SystemTime::now())?;
/// assert_eq!(headers[0].0, "x-hub-signature-256");
///
/// let sent = Request::new("POST", "/webhooks/github", &headers);
/// let sent = sent.with_query(query.as_deref()).with_body(&body);
/// assert!(scheme.verify(&sent, SystemTime::now()).is_ok());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[non_exhaustive]
#[derive(Clone, PartialEq, Eq)]
pub struct Signed {
    /// The headers to add: id, timestamp and signature, where they are headers.
    pub headers: Vec<(HeaderName, String)>,
    /// The query, with what the sender adds to it.
    pub query: Option<String>,
    /// The body, with what the sender adds to it.
    pub body: Vec<u8>,
}

impl Signed {
    fn add_to_query(&mut self, name: &str, value: &str) {
        let query = self.query.as_deref().unwrap_or_default();
        self.query = Some(form::with_field(query, name, value));
    }

    fn add_header(&mut self, name: Option<&HeaderName>, value: &str) {
        self.headers.extend(name.map(|name| (name.clone(), value.to_owned())));
    }
}

/// Prints no value: a signature is what a forger looks for.
impl fmt::Debug for Signed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.headers.iter().map(|(name, _)| name).collect();
        f.debug_struct("Signed").field("headers", &names).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;
    use std::time::UNIX_EPOCH;

    use http::HeaderName;

    use crate::scheme::{Encoding, Hash, Layout, Part, Scheme as _, Signature, Source};
    use crate::{Request, Secret};

    /// The request as signed, with what its query and its body begin with.
    #[track_caller]
    fn check(source: Source, content: &'static [Part], query: &str, body: &str) {
        let name = HeaderName::from_static("x-signature");
        let layout = Layout::body(name, Hash::Sha256, Encoding::Hex);
        let layout = layout.with_source(source).with_content(content);
        let scheme = Signature::new(layout, Secret::new("correct-horse").unwrap());
        let headers = http::HeaderMap::new();
        let draft = Request::new("POST", "/?a=1", &headers).with_body("x=2");
        let signed = scheme.sign_request(&draft, "", UNIX_EPOCH).unwrap();
        let request = Request::new("POST", "/", &signed.headers).with_body(&signed.body);
        let request = request.with_query(signed.query.as_deref());
        assert!(scheme.verify(&request, UNIX_EPOCH).is_ok());
        assert!(signed.query.is_some_and(|it| it.starts_with(query)));
        assert!(signed.body.starts_with(body.as_bytes()) && signed.headers.is_empty());
    }

    #[test]
    fn a_signature_is_put_where_it_is_looked_for() {
        let name = || Cow::Borrowed("sig");
        check(Source::Query(name()), &[Part::Body], "a=1&sig=", "x=2");
        check(Source::Form(name()), FIELD, "a=1", "x=2&sig=");
    }

    const FIELD: &[Part] = &[Part::FormField(Cow::Borrowed("x"))];
}
