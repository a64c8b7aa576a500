//! `Media`: the media types a sender uses for its bodies.

use http::header::CONTENT_TYPE;

use crate::{ParseError, Request};

/// A media type a sender uses.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Media {
    /// `application/json`, `text/json`, and every type that ends in `+json` (RFC 6839), in UTF-8.
    Json,
    /// `application/x-www-form-urlencoded`.
    Form,
    /// No `Content-Type` header at all.
    Unnamed,
}

impl Media {
    /// Refuses a body whose content type is none of these. Without a body there is none to refuse.
    pub(crate) fn check(allowed: &[Self], request: &Request<'_>) -> Result<(), ParseError> {
        let mut types = request.headers().get_all(&CONTENT_TYPE);
        let media = match (types.next(), types.next()) {
            (None, _) if request.body().is_empty() => return Ok(()),
            (None, _) => Some(Self::Unnamed),
            (Some(value), None) => Self::read(value),
            (Some(_), Some(_)) => None,
        };
        if media.is_some_and(|media| allowed.contains(&media)) {
            Ok(())
        } else {
            Err(ParseError::MediaType)
        }
    }

    /// Reads a `Content-Type` value (RFC 9110, section 8.3.1). A charset other than UTF-8 (or its
    /// subset ASCII) makes it a type we do not read.
    fn read(value: &[u8]) -> Option<Self> {
        let value = std::str::from_utf8(value).ok()?.to_ascii_lowercase();
        let mut parts = value.split(';').map(str::trim);
        let (main, sub) = parts.next()?.split_once('/')?;
        let is_utf8 =
            parts.filter_map(|parameter| parameter.split_once('=')).all(|(name, text)| {
                let charset = text.trim().trim_matches('"');
                name.trim() != "charset"
                    || matches!(charset, "utf-8" | "utf8" | "us-ascii" | "ascii")
            });
        if !is_utf8 || !is_token(main) || !is_token(sub) {
            return None;
        }
        match (main, sub) {
            ("application" | "text", "json") => Some(Self::Json),
            ("application", "x-www-form-urlencoded") => Some(Self::Form),
            _ => sub.strip_suffix("+json").filter(|name| !name.is_empty()).map(|_| Self::Json),
        }
    }
}

/// A token of RFC 9110, section 5.6.2.
fn is_token(text: &str) -> bool {
    let is_mark = |byte| b"!#$%&'*+-.^_`|~".contains(&byte);
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || is_mark(byte))
}
