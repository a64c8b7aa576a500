//! What can be seen to be wrong with a request without trying anything.

use std::fmt;
use std::time::SystemTime;

use super::time::{self, Span};
use super::{Explain, KeyChange, TimeChange, key};
use crate::scheme::{AuthError, Encoding, Grammar, Layout, Part, Place, Presented, Source};
use crate::{KeyId, Request};

/// What can be seen to be wrong with a request. Names and numbers are told, no value is.
#[non_exhaustive]
#[derive(Clone, Debug, PartialEq)]
pub enum Finding {
    /// This does not stand there.
    Missing(Source),
    /// This stands there more than once.
    Repeated(Source),
    /// No signature stands in the value as this grammar has it.
    NoSignature(Grammar),
    /// No signature has the length of the hash.
    Length {
        /// How they are encoded.
        encoding: Encoding,
        /// How many digits or letters the longest has, padding aside.
        found: usize,
        /// How many it should have.
        expected: usize,
    },
    /// The signature holds a letter that this encoding does not have, or breaks off inside a byte.
    NotEncoded(Encoding),
    /// No timestamp stands beside the signature.
    NoTimestamp,
    /// More than one timestamp stands beside the signature.
    TwoTimestamps,
    /// What is wrong with the time.
    Time(TimeChange),
    /// It is not the time of this key.
    Key(KeyId, KeyChange),
    /// The sender signs its URL, and none was given.
    NoPublicUrl,
    /// The body is empty although it is signed.
    EmptyBody,
    /// An id or a query holds a letter that would let the signed content be cut in another place.
    Ambiguous,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(source) => write!(f, "{} is not there", Named(source)),
            Self::Repeated(source) => write!(f, "{} is there more than once", Named(source)),
            Self::NoSignature(grammar) => write!(f, "no signature is there as in `{grammar}`"),
            Self::Length { encoding: Encoding::Hex, found, expected } => {
                write!(f, "the signature has {found} hexadecimal digits, {expected} are expected")
            }
            Self::Length { encoding, found, expected } => {
                write!(f, "the signature has {found} letters of {encoding}, ")?;
                write!(f, "{expected} are expected, padding aside")
            }
            Self::NotEncoded(encoding) => write!(f, "the signature is not {encoding}"),
            Self::NoTimestamp => f.write_str("no timestamp is beside the signature"),
            Self::TwoTimestamps => f.write_str("two timestamps are beside the signature"),
            Self::Time(TimeChange::Before(by)) => {
                write!(f, "the signed time is {} before now", Span(*by))
            }
            Self::Time(TimeChange::After(by)) => {
                write!(f, "the signed time is {} after now", Span(*by))
            }
            Self::Time(TimeChange::Unit(unit)) => {
                write!(f, "the time is not in the layout's unit but in {unit}")
            }
            Self::Time(TimeChange::Unreadable) => {
                f.write_str("the time is written in none of the ways that we read")
            }
            Self::Key(id, KeyChange::Ended(ago)) => write!(f, "key {id} ended {} ago", Span(*ago)),
            Self::Key(id, KeyChange::NotYet(until)) => {
                write!(f, "key {id} begins in {}", Span(*until))
            }
            Self::NoPublicUrl => f.write_str("the sender signs its URL: give the public URL"),
            Self::Ambiguous => f.write_str(
                "the id or the query is empty or holds a letter that ends it in the signed content",
            ),
            Self::EmptyBody => f.write_str("the body is empty: perhaps something read it before"),
        }
    }
}

/// Everything that is wrong, in the order of the checks.
pub(super) fn all(
    explain: &Explain,
    error: AuthError,
    request: &Request<'_>,
    now: SystemTime,
) -> Vec<Finding> {
    let layout = &explain.layout;
    let mut findings = parts(layout, request);
    let headers = layout.source().headers();
    if let Ok(presented) = Presented::read(layout.source(), &headers, request) {
        findings.extend(signatures(layout, &presented));
        if let Some(timestamp) = layout.timestamp().filter(|it| *it.place() == Place::Beside) {
            match timestamp.text(layout.grammar(), request, &presented) {
                Ok(_) => {}
                Err(AuthError::Repeated) => findings.push(Finding::TwoTimestamps),
                Err(_) => findings.push(Finding::NoTimestamp),
            }
        }
    }
    findings.extend(time::changes(layout, request, now).into_iter().map(Finding::Time));
    for (id, key) in explain.keys() {
        findings.extend(key::change(key, now).map(|change| Finding::Key(id, change)));
    }
    if layout.needs_public_url() && explain.public_url.is_none() {
        findings.push(Finding::NoPublicUrl);
    }
    let signs_body = layout.depends_on_body();
    if signs_body && request.body().is_empty() {
        findings.push(Finding::EmptyBody);
    }
    if error == AuthError::Malformed && findings.is_empty() {
        findings.push(Finding::Ambiguous);
    }
    findings
}

/// What must stand there once and does not.
fn parts(layout: &Layout, request: &Request<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let headers = layout.source().headers();
    match Presented::read(layout.source(), &headers, request).err() {
        Some(AuthError::Missing) => findings.push(Finding::Missing(layout.source().clone())),
        Some(_) => findings.push(Finding::Repeated(layout.source().clone())),
        None => {}
    }
    let time = layout.timestamp().and_then(|timestamp| match timestamp.place() {
        Place::Header(name) => Some(name),
        Place::Beside => None,
    });
    let named = layout.id().into_iter().chain(time).cloned().map(Source::Header);
    let in_content = layout.content().iter().filter_map(|part| match part {
        Part::Query(name) | Part::BodySha256InQuery(name) => Some(Source::Query(name.clone())),
        Part::FormField(name) => Some(Source::Form(name.clone())),
        _ => None,
    });
    for source in named.chain(in_content) {
        let headers = source.headers();
        findings.extend(match Presented::read(&source, &headers, request).err() {
            Some(AuthError::Missing) => Some(Finding::Missing(source)),
            Some(_) => Some(Finding::Repeated(source)),
            None => None,
        });
    }
    findings
}

/// What is wrong with the letters of the signatures, unless one of them could be right.
fn signatures(layout: &Layout, presented: &Presented<'_>) -> Option<Finding> {
    let texts = || presented.values().flat_map(|value| layout.grammar().signatures(value));
    let encoding = layout.encoding();
    let is_right = |text: &[u8]| {
        let mut bytes = [0; 64];
        encoding.decode(text, &mut bytes).is_some_and(|it| it.len() == layout.hash().length())
    };
    if texts().any(is_right) {
        return None;
    }
    let is_letter = |byte: &u8| match encoding {
        Encoding::Hex => byte.is_ascii_hexdigit(),
        Encoding::Base64 => byte.is_ascii_alphanumeric() || b"+/=".contains(byte),
        Encoding::Base64Url => byte.is_ascii_alphanumeric() || b"-_=".contains(byte),
    };
    let Some(longest) = texts().max_by_key(|text| text.len()) else {
        return Some(Finding::NoSignature(layout.grammar().clone()));
    };
    let expected = match encoding {
        Encoding::Hex => layout.hash().length().saturating_mul(2),
        Encoding::Base64 | Encoding::Base64Url => {
            layout.hash().length().saturating_mul(4).div_ceil(3)
        }
    };
    let found = longest.iter().rev().skip_while(|&&byte| byte == b'=').count();
    let is_encoded = longest.iter().all(is_letter) && found != expected;
    Some(if is_encoded {
        Finding::Length { encoding, found, expected }
    } else {
        Finding::NotEncoded(encoding)
    })
}

/// Where it is, with the word for what it is.
struct Named<'s>(&'s Source);

impl fmt::Display for Named<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Source::Header(name) => write!(f, "the header `{name}`"),
            Source::Headers(first, second) => write!(f, "the header `{first}` or `{second}`"),
            Source::Numbered { stem, .. } => write!(f, "the header `{stem}-1`"),
            Source::Query(name) => write!(f, "the query parameter `{name}`"),
            Source::Form(name) => write!(f, "the form field `{name}`"),
        }
    }
}
