//! JSON that was kept and not read, because it is new.

use std::fmt;

use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use crate::ParseError;
use crate::delivery::read_json;

/// JSON that a sender's reader does not know and keeps for you. It passed the strict pass.
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
        read_json(self.as_str())
    }
}

/// Prints how much there is, never the data.
impl fmt::Debug for Unread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Unread({} bytes)", self.as_str().len())
    }
}
