//! `Media`: the media types a sender uses for its bodies.

use http::header::CONTENT_TYPE;

use crate::request::NotOne;
use crate::{ParseError, Request};

/// A media type a sender uses.
///
/// ```
/// use receiver_core::event::{Json, JsonOptions, Media};
/// use receiver_core::http::Method;
/// use receiver_core::{Delivery, Event, EventKey, ParseError};
///
/// #[derive(serde::Deserialize)]
/// struct Order {
///     id: String,
/// }
///
/// /// An order as JSON, by PUT, and without a content type as often as not.
/// struct Put(Json<Order>);
///
/// impl Event for Put {
///     type Options = JsonOptions<Order>;
///     const SENDER: &'static str = "shop";
///     const METHODS: &'static [Method] = &[Method::POST, Method::PUT];
///     const MEDIA: &'static [Media] = &[Media::Json, Media::Unnamed];
///
///     fn from_delivery(delivery: &Delivery<'_>, options: &Self::Options) -> Result<Self, ParseError> {
///         Json::from_delivery(delivery, options).map(Self)
///     }
///
///     fn kind(&self) -> &str {
///         self.0.kind()
///     }
///
///     fn key(&self, key: EventKey) -> Option<EventKey> {
///         Some(key.part("id", &self.0.id))
///     }
/// }
/// ```
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
        let media = match request.headers().one(&CONTENT_TYPE) {
            _ if request.body().is_empty() => return Ok(()),
            Err(NotOne::Missing) => Some(Self::Unnamed),
            Ok(value) => Self::read(value),
            Err(NotOne::Repeated) => None,
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
        // As nearly everybody spells it.
        if value == b"application/json" {
            return Some(Self::Json);
        }
        let value = std::str::from_utf8(value).ok()?.to_ascii_lowercase();
        let (essence, parameters) = value.split_once(';').unwrap_or((&value, ""));
        let (main, sub) = essence.trim_matches(SPACE).split_once('/')?;
        if !is_token(main) || !is_token(sub) || !are_of_utf8(parameters) {
            return None;
        }
        match (main, sub) {
            ("application" | "text", "json") => Some(Self::Json),
            ("application", "x-www-form-urlencoded") => Some(Self::Form),
            _ => sub.strip_suffix("+json").filter(|name| !name.is_empty()).map(|_| Self::Json),
        }
    }
}

/// Whether these are parameters (RFC 9110, section 5.6.6), and none is a charset that is not UTF-8.
/// Spaces around the equals sign are passed over, and so are semicolons with nothing between them.
fn are_of_utf8(parameters: &str) -> bool {
    let mut rest = parameters;
    loop {
        rest = rest.trim_start_matches([' ', '\t', ';']);
        if rest.is_empty() {
            return true;
        }
        let Some((name, text)) = rest.split_once('=') else { return false };
        let (name, text) = (name.trim_matches(SPACE), text.trim_start_matches(SPACE));
        let quoted = text.strip_prefix('"').map(|quoted| quoted.split_once('"'));
        let (value, after) = match quoted {
            Some(Some((value, after))) => (value, after.trim_start_matches(SPACE)),
            Some(None) => return false,
            None => text.split_once(';').unwrap_or((text, "")),
        };
        let value = value.trim_end_matches(SPACE);
        let is_sound = match quoted {
            Some(_) => !value.contains('\\') && (after.is_empty() || after.starts_with(';')),
            None => is_token(value),
        };
        let is_charset = name.trim_end_matches('*') == "charset";
        let is_utf8 = matches!(value, "utf-8" | "utf8" | "us-ascii" | "ascii");
        if !is_sound || !is_token(name) || (is_charset && !is_utf8) {
            return false;
        }
        rest = after;
    }
}

/// A token of RFC 9110, section 5.6.2.
fn is_token(text: &str) -> bool {
    let is_mark = |byte| b"!#$%&'*+-.^_`|~".contains(&byte);
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || is_mark(byte))
}

/// What may stand around a member (RFC 9110, section 5.6.3).
const SPACE: [char; 2] = [' ', '\t'];
