//! JSON that was kept and not read, because it is new.

use std::fmt;

use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use crate::{ParseError, json};

/// JSON that a sender's reader does not know and keeps for you. It passed the strict pass.
///
/// ```
/// use std::time::SystemTime;
/// use receiver_core::wire::Unread;
/// use receiver_core::{Request, Secret, cmmshere};
///
/// #[derive(serde::Deserialize)]
/// struct Part {
///     codigo: String,
/// }
///
/// // A kind that this version does not know.
/// let body = r#"{"created": "2026-01-15 12:30:00", "type": "rep.created", "data": {"codigo": "R17"}}"#;
/// let headers = vec![
///     ("authorization", "Bearer correct-horse"),
///     ("content-type", "application/json"),
/// ];
/// let request = Request::new("POST", "/", &headers).with_body(body);
/// let received = cmmshere::token(Secret::new("correct-horse")?)?.receive(&request, SystemTime::now())?;
///
/// let unread: &Unread = received.event.subject.unread().ok_or("it is known by now")?;
/// assert_eq!(unread.read::<Part>()?.codigo, "R17");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Unread(Box<RawValue>);

impl Unread {
    pub(crate) fn new(json: Box<RawValue>) -> Self {
        Self(json)
    }

    /// The JSON text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.get()
    }

    /// Reads it as a type of your own. In a [`Caseless`](super::caseless::Caseless), names are found
    /// in any case.
    ///
    /// # Errors
    ///
    /// [`ParseError::Shape`], naming the member and what was expected.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, ParseError> {
        Ok(json::read(self.as_str())?)
    }
}

/// Prints how much there is, never the data.
impl fmt::Debug for Unread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Unread({} bytes)", self.as_str().len())
    }
}
