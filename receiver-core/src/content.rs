//! `Content`: the body of an answer, and its media type.

use std::fmt;

use bytes::Bytes;
use http::{HeaderValue, Response, header};
use serde::Serialize;

use crate::Notice;

/// A body and its media type.
///
/// ```
/// use std::collections::BTreeMap;
/// use receiver_core::{Content, NotJson};
///
/// let text = Content::text("OK");
/// let json = Content::from(serde_json::json!({"driver": null}));
/// assert_eq!(json.media_type(), "application/json");
///
/// let wrong: NotJson = Content::json(&BTreeMap::from([((1, 2), 3)])).unwrap_err();
/// assert_eq!(wrong.to_string(), "not writable as JSON: key must be a string");
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Content {
    media_type: HeaderValue,
    bytes: Bytes,
}

impl Content {
    /// Bytes of any media type.
    #[must_use]
    pub fn new(media_type: HeaderValue, bytes: impl Into<Bytes>) -> Self {
        Self { media_type, bytes: bytes.into() }
    }

    /// Text, as `text/plain` in UTF-8.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        let media_type = HeaderValue::from_static("text/plain; charset=utf-8");
        Self::new(media_type, text.into())
    }

    /// A value as `application/json`.
    ///
    /// # Errors
    ///
    /// When the value cannot be written as JSON, such as a map whose keys are no text.
    pub fn json<T: Serialize + ?Sized>(value: &T) -> Result<Self, NotJson> {
        serde_json::to_vec(value)
            .map(|bytes| Self::new(JSON, bytes))
            .map_err(|error| NotJson(error.to_string()))
    }

    /// The media type.
    #[must_use]
    pub fn media_type(&self) -> &HeaderValue {
        &self.media_type
    }

    /// The body.
    #[must_use]
    pub fn bytes(&self) -> &Bytes {
        &self.bytes
    }

    pub(crate) fn put_into(self, response: &mut Response<Bytes>) {
        response.headers_mut().insert(header::CONTENT_TYPE, self.media_type);
        *response.body_mut() = self.bytes;
    }

    /// The usual form: `{"status":"accepted"}`, and `application/problem+json` (RFC 9457) for what
    /// is refused.
    #[must_use]
    pub fn usual(notice: &Notice<'_>) -> Self {
        #[derive(Serialize)]
        struct Accepted<'a> {
            status: &'a str,
            #[serde(skip_serializing_if = "Option::is_none")]
            message: Option<&'a str>,
        }
        match *notice {
            // What nearly everybody is told, written once.
            Notice::Accepted { outcome: "accepted", message: None, .. } => {
                Self::new(JSON, ACCEPTED)
            }
            Notice::Accepted { outcome, message, .. } => {
                let accepted = Accepted { status: outcome, message };
                Self::new(JSON, serde_json::to_vec(&accepted).unwrap_or_default())
            }
            Notice::Refused(problem) => {
                let bytes = serde_json::to_vec(problem).unwrap_or_default();
                Self::new(PROBLEM_JSON, bytes)
            }
        }
    }
}

/// Prints how many bytes there are, never the bytes: an answer may hold somebody's data.
impl fmt::Debug for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Content({:?}, {} bytes)", self.media_type, self.bytes.len())
    }
}

impl From<serde_json::Value> for Content {
    fn from(value: serde_json::Value) -> Self {
        Self::new(JSON, value.to_string())
    }
}

const JSON: HeaderValue = HeaderValue::from_static("application/json");
const ACCEPTED: &[u8] = br#"{"status":"accepted"}"#;
const PROBLEM_JSON: HeaderValue = HeaderValue::from_static("application/problem+json");

/// A value that cannot be written as JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotJson(String);

impl fmt::Display for NotJson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not writable as JSON: {}", self.0)
    }
}

impl std::error::Error for NotJson {}
