//! Text that is somebody's personal data: readable, and not printed by accident.

use std::fmt;
use std::ops::Deref;

use serde::{Deserialize, Serialize};

use super::text::Text;

/// Text that may be personal data: a name, an address, a number that stands for a person.
///
/// It reads like a `&str` and does not print with `{:?}`. Serialising it writes the text: that is
/// asked for, printing a struct that holds it is not.
///
/// ```
/// use receiver_core::wire::Private;
///
/// let name = Private::from("Fulana de Tal".to_owned());
/// assert_eq!(name.len(), 13);
/// assert_eq!(format!("{name:?}"), "Private(..)");
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(from = "Text", into = "String")]
pub struct Private(String);

impl Private {
    /// The text itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Deref for Private {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl From<String> for Private {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<Text> for Private {
    fn from(Text(text): Text) -> Self {
        Self(text)
    }
}

impl From<Private> for String {
    fn from(private: Private) -> Self {
        private.0
    }
}

impl fmt::Debug for Private {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Private(..)")
    }
}
