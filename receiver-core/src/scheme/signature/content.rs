//! What is signed: an ordered list of parts, and the bytes they stand for in one request.

use std::borrow::Cow;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

use super::{Encoding, Layout, form};
use crate::Request;
use crate::scheme::AuthError;

/// One part of the signed content, in order.
#[non_exhaustive]
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// A fixed text between the others.
    Literal(Cow<'static, str>),
    /// The body's bytes as received.
    Body,
    /// The body's SHA-256 in hexadecimal, in lower case.
    BodySha256,
    /// Nothing of its own: the body's SHA-256 in hexadecimal is this query parameter, the last one,
    /// which is checked. It covers the body only where the parameter is signed too, as a part of the URL or
    /// as a [`Part::Query`].
    BodySha256InQuery(Cow<'static, str>),
    /// The delivery's id, or whatever else the [`Layout`]'s id header holds, such as a nonce.
    Id,
    /// The timestamp's text as sent.
    Timestamp,
    /// The request's method, in capitals.
    Method,
    /// The public URL.
    Url(UrlForm),
    /// All fields of a body that is a form: each once, sorted by name and value, names and values
    /// without anything between.
    Form,
    /// The value of this field of a body that is a form. The rest of the form is not signed.
    FormField(Cow<'static, str>),
    /// The value of this query parameter.
    Query(Cow<'static, str>),
}

impl Part {
    /// [`Part::Literal`].
    #[must_use]
    pub const fn literal(text: &'static str) -> Self {
        Self::Literal(Cow::Borrowed(text))
    }

    /// Whether it ties the signature to the body by itself.
    pub(super) const fn covers_body(&self) -> bool {
        matches!(self, Self::Body | Self::BodySha256 | Self::Form)
    }
}

/// What of the public URL is signed.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UrlForm {
    /// The URL the sender was given, with the request's query.
    Full,
    /// The same without the query.
    WithoutQuery,
    /// As [`UrlForm::Full`], and the same with the port left out or put in is as good.
    EitherPort,
}

/// The content of one request.
pub(super) struct Content<'v> {
    parts: &'v [Part],
    request: &'v Request<'v>,
    id: &'v [u8],
    timestamp: &'v [u8],
    /// Time since 1970.
    signed_at: Option<Duration>,
    form: String,
    body_sha256: String,
}

impl<'v> Content<'v> {
    pub(super) fn new(
        layout: &'v Layout,
        request: &'v Request<'v>,
        id: &'v [u8],
        timestamp: &'v [u8],
        signed_at: Option<Duration>,
    ) -> Self {
        let parts = &*layout.content;
        let (mut form, mut body_sha256) = (String::new(), String::new());
        for part in parts {
            match part {
                Part::Form => form = form::sorted(request.body()),
                Part::BodySha256 => body_sha256 = hex_sha256(request.body()),
                _ => {}
            }
        }
        Self { parts, request, id, timestamp, signed_at, form, body_sha256 }
    }

    /// When it says it was signed, to be asked of one that is proven.
    pub(super) fn signed_at(&self) -> Option<SystemTime> {
        UNIX_EPOCH.checked_add(self.signed_at?)
    }

    /// Refuses a content that lacks a part, or whose parts could be cut apart in another place
    /// under the same signature.
    pub(super) fn check(&self) -> Result<(), AuthError> {
        let (mut before, body) = (None, self.request.body());
        let mut parts = self.parts.iter().peekable();
        while let Some(part) = parts.next() {
            let after = parts.peek().copied();
            match part {
                Part::Id if self.id.is_empty() => return Err(AuthError::Malformed),
                Part::Id => framed(before, self.id, after, body)?,
                Part::Timestamp => ends(self.timestamp, after)?,
                Part::Url(UrlForm::Full | UrlForm::EitherPort) => {
                    let query = self.request.query().unwrap_or_default();
                    let is_beside = [before, after].contains(&Some(&Part::Body));
                    // What stands behind it could begin in it, and what stands before it end in it.
                    let is_glued = before == Some(&Part::Form)
                        || matches!(after, Some(Part::Id | Part::Query(_) | Part::FormField(_)));
                    let is_odd = is_beside && !query.bytes().all(is_of_query);
                    // A body that begins as a query goes on could begin in it.
                    let goes_on = after == Some(&Part::Body)
                        && body.first().is_some_and(|&byte| match self.request.query() {
                            Some(_) => is_of_query(byte),
                            None => byte == b'?',
                        });
                    if is_odd || goes_on || (is_glued && self.request.query().is_some()) {
                        return Err(AuthError::Malformed);
                    }
                }
                Part::Query(name) => {
                    let value = form::one(self.request.query_values(name))?;
                    framed(before, value.as_bytes(), after, body)?;
                }
                Part::FormField(name) => {
                    let value = form::one(form::values(self.request.body(), name))?;
                    framed(before, value.as_bytes(), after, body)?;
                }
                Part::Form => form::check(self.request.body())?,
                Part::BodySha256InQuery(name) => {
                    let sent = form::one(self.request.query_values(name))?;
                    // Behind it could stand what was signed as something else.
                    let last = self.request.query().unwrap_or_default().rsplit('&').next();
                    if last.and_then(|it| it.split_once('=')) != Some((&**name, &*sent)) {
                        return Err(AuthError::Malformed);
                    }
                    let mut presented = [0; 32];
                    let presented = Encoding::Hex.decode(sent.as_bytes(), &mut presented);
                    let digest = Sha256::digest(self.request.body());
                    if !presented.is_some_and(|presented| digest.ct_eq(presented).into()) {
                        return Err(AuthError::SignatureMismatch);
                    }
                }
                _ => {}
            }
            before = Some(part);
        }
        Ok(())
    }

    /// Hands the content over, piece by piece.
    pub(super) fn feed(&self, url: &str, each: &mut dyn FnMut(&[u8])) {
        for part in self.parts {
            match part {
                Part::Literal(text) => each(text.as_bytes()),
                Part::Body => each(self.request.body()),
                Part::BodySha256 => each(self.body_sha256.as_bytes()),
                Part::BodySha256InQuery(_) => {}
                Part::Id => each(self.id),
                Part::Timestamp => each(self.timestamp),
                Part::Method => each(self.request.method().as_bytes()),
                Part::Url(UrlForm::WithoutQuery) => each(url.as_bytes()),
                Part::Url(UrlForm::Full | UrlForm::EitherPort) => {
                    each(url.as_bytes());
                    if let Some(query) = self.request.query() {
                        each(b"?");
                        each(query.as_bytes());
                    }
                }
                Part::Form => each(self.form.as_bytes()),
                Part::FormField(name) => {
                    form::values(self.request.body(), name).for_each(|it| each(it.as_bytes()));
                }
                Part::Query(name) => {
                    self.request.query_values(name).for_each(|it| each(it.as_bytes()));
                }
            }
        }
    }
}

pub(super) fn hex_sha256(bytes: &[u8]) -> String {
    Encoding::Hex.encode(&Sha256::digest(bytes))
}

/// Refuses a value of the sender's choice whose end or beginning is not clear: the same signature
/// would fit two readings of the content.
fn framed(
    before: Option<&Part>,
    value: &[u8],
    after: Option<&Part>,
    body: &[u8],
) -> Result<(), AuthError> {
    ends(value, after)?;
    let fixed = |part: Option<&Part>| matches!(part, None | Some(Part::Literal(_)));
    // Without a fixed text on both sides, none of the letters may be one that structures a body.
    let plain = |&byte: &u8| byte.is_ascii_alphanumeric() || b"-_.=+/:~".contains(&byte);
    // Of two that end where their sender likes, nobody knows where the first ends.
    let runs_on = |part: Option<&Part>| {
        matches!(part, Some(Part::Id | Part::Query(_) | Part::FormField(_) | Part::Form))
    };
    // Nor is it known of a body whose edge is such a letter; that of a JSON object is none.
    let is_edge = |part, edge: Option<&u8>| part == Some(&Part::Body) && edge.is_some_and(plain);
    let is_glued = || is_edge(before, body.last()) || is_edge(after, body.first());
    let is_plain = || !runs_on(before) && !runs_on(after) && !is_glued() && value.iter().all(plain);
    let is_clear = (fixed(before) && fixed(after)) || is_plain();
    is_clear.then_some(()).ok_or(AuthError::Malformed)
}

/// Whether a query may hold it as it is (RFC 3986, section 3.4). The brackets, braces and quotes that
/// structure a body are not among these: with one of them, the query holds a piece of the body.
fn is_of_query(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/?%".contains(&byte)
}

/// Refuses a value that holds the fixed text that ends it.
fn ends(value: &[u8], after: Option<&Part>) -> Result<(), AuthError> {
    let Some(Part::Literal(text)) = after else { return Ok(()) };
    let Some(first) = text.as_bytes().first() else { return Ok(()) };
    // Most values do not even hold its first letter, which is quicker to see.
    let holds =
        value.contains(first) && value.windows(text.len()).any(|window| window == text.as_bytes());
    if holds { Err(AuthError::Malformed) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::{AuthError, Part, UrlForm, framed};

    #[track_caller]
    fn check([before, after]: [Option<&Part>; 2], value: &str, is_clear: bool) {
        let verdict = framed(before, value.as_bytes(), after, b"{}");
        let expected = if is_clear { Ok(()) } else { Err(AuthError::Malformed) };
        assert_eq!(verdict, expected, "{value}");
    }

    #[test]
    fn a_value_does_not_hold_the_text_that_ends_it() {
        let (dot, longer) = (Part::literal("."), Part::literal(";ts:"));
        check([None, Some(&dot)], "msg_1", true);
        check([None, Some(&dot)], "msg \"{}", true);
        check([None, Some(&dot)], "msg.1", false);
        check([Some(&dot), Some(&dot)], "a.b", false);
        check([Some(&dot), Some(&longer)], "a;b;ts:", false);
        check([Some(&dot), Some(&longer)], "a;b", true);
        check([None, Some(&dot)], ".", false);
        check([Some(&dot), Some(&longer)], "a;bcd", true);
    }

    #[test]
    fn a_value_without_a_text_to_end_it_looks_like_no_body() {
        check([Some(&Part::Body), None], "3f2504e0-4f89", true);
        check([Some(&Part::Body), None], "}3f2504e0", false);
        check([Some(&Part::Url(UrlForm::Full)), None], "123?a", false);
        check([None, Some(&Part::Timestamp)], "a b", false);
        check([None, Some(&Part::Timestamp)], "a-b", true);
        check([Some(&Part::literal(":")), None], "a b", true);
        check([None, Some(&Part::Id)], "a", false);
        check([Some(&Part::Form), None], "a", false);
        check([Some(&Part::Id), Some(&Part::literal("."))], "a", false);
    }
}
