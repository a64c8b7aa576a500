//! Where in the request the signature is.

use std::borrow::Cow;
use std::iter;

use http::HeaderName;

use super::form;
use crate::Request;
use crate::request::{Headers, NotOne};
use crate::scheme::AuthError;

/// Where in the request the signature is.
#[non_exhaustive]
#[derive(Clone, Debug, PartialEq)]
pub enum Source {
    /// In this header.
    Header(HeaderName),
    /// In either of two headers, or in both, as during a rotation.
    Headers(HeaderName, HeaderName),
    /// In headers that are numbered without a gap, `stem-1` to at most `stem-last`: one a key.
    Numbered {
        /// The name before the `-` and the number.
        stem: HeaderName,
        /// The highest number that is looked at.
        last: u8,
    },
    /// In this query parameter.
    Query(Cow<'static, str>),
    /// In this field of a body that is a form.
    Form(Cow<'static, str>),
}

impl Source {
    /// The names of the headers it may stand in.
    pub(crate) fn headers(&self) -> Vec<HeaderName> {
        match self {
            Self::Header(name) => vec![name.clone()],
            Self::Headers(first, second) => vec![first.clone(), second.clone()],
            Self::Numbered { stem, last } => (1..=*last)
                .filter_map(|number| HeaderName::try_from(format!("{stem}-{number}")).ok())
                .collect(),
            Self::Query(_) | Self::Form(_) => Vec::new(),
        }
    }
}

/// The values that were found, at least one.
pub(crate) struct Presented<'v> {
    first: Cow<'v, [u8]>,
    more: &'v [HeaderName],
    headers: Headers<'v>,
}

impl<'v> Presented<'v> {
    /// Finds them; `names` are those of [`Source::headers`]. None may stand there twice.
    pub(crate) fn read(
        source: &Source,
        names: &'v [HeaderName],
        request: &Request<'v>,
    ) -> Result<Self, AuthError> {
        let headers = request.headers();
        let found = |first| Self { first, more: &[], headers };
        match source {
            Source::Query(name) => Ok(found(bytes(form::one(request.query_values(name))?))),
            Source::Form(name) => Ok(found(bytes(form::one(form::values(request.body(), name))?))),
            Source::Header(_) | Source::Headers(..) | Source::Numbered { .. } => {
                let mut presented = None;
                for (place, name) in names.iter().enumerate() {
                    match headers.one(name) {
                        Ok(value) if presented.is_none() => {
                            let more = names.get(place.saturating_add(1)..).unwrap_or_default();
                            presented = Some(Self { more, ..found(Cow::Borrowed(value)) });
                        }
                        Ok(_) => {}
                        Err(NotOne::Repeated) => return Err(AuthError::Repeated),
                        Err(NotOne::Missing) => {
                            if matches!(source, Source::Numbered { .. }) {
                                break;
                            }
                        }
                    }
                }
                presented.ok_or(AuthError::Missing)
            }
        }
    }

    pub(crate) fn values(&self) -> impl Iterator<Item = &[u8]> {
        let more = self.more.iter().map_while(|name| self.headers.get(name));
        iter::once(&*self.first).chain(more)
    }
}

fn bytes(text: Cow<'_, str>) -> Cow<'_, [u8]> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.as_bytes()),
        Cow::Owned(text) => Cow::Owned(text.into_bytes()),
    }
}
