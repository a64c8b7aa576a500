//! `Shape`: which member did not fit its type, and what was expected there.

use std::fmt;

/// Where a JSON text does not have the shape of its type.
///
/// An error of `serde` quotes the value that it complains about, and that may be a secret or
/// somebody's address. This has nothing of it, and so can be logged and answered with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shape {
    pub(super) member: String,
    pub(super) expected: String,
}

impl Shape {
    /// What a reader of one's own finds wrong: the path of the member, or nothing for the whole
    /// text, and what was expected there, after the word "expected".
    ///
    /// Both are logged and answered with, so neither may hold a value of the payload. Each is cut
    /// after 256 characters, and what cannot be printed is escaped.
    ///
    /// ```
    /// use receiver_core::{ParseError, json::Shape};
    ///
    /// fn celsius(text: &str) -> Result<f64, ParseError> {
    ///     let value = text.parse().map_err(|_| Shape::new("sensor.celsius", "a number"))?;
    ///     Ok(value)
    /// }
    /// assert_eq!(celsius("x").unwrap_err().to_string(), "expected a number at `sensor.celsius`");
    /// ```
    #[must_use]
    pub fn new(member: &str, expected: &str) -> Self {
        Self { member: printable(member, 256), expected: printable(expected, 256) }
    }

    /// The same below this path, for a value that was read on its own.
    ///
    /// ```
    /// use receiver_core::json::Shape;
    ///
    /// let item = Shape::new("id", "a number");
    /// assert_eq!(item.clone().below("items[3]").member(), "items[3].id");
    /// assert_eq!(item.below("[3]").below("items").member(), "items[3].id");
    /// ```
    #[must_use]
    pub fn below(self, path: &str) -> Self {
        let dot = if self.member.is_empty() || self.member.starts_with('[') { "" } else { "." };
        let path = [&printable(path, 256), dot, &self.member].concat();
        Self { member: path.chars().take(256).collect(), ..self }
    }

    /// The path of the member: `data.object.id`, `items[3].id`, or nothing for the whole text.
    ///
    /// At most 256 characters, all printable. A name in it comes from the type, or is the key of
    /// a map: of a key, at most 64 characters.
    #[must_use]
    pub fn member(&self) -> &str {
        &self.member
    }

    /// What the type expected there: at most 256 characters, all printable.
    #[must_use]
    pub fn expected(&self) -> &str {
        &self.expected
    }
}

impl std::error::Error for Shape {}

/// ``expected non-empty text at `data.object.id` ``
impl fmt::Display for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.member.as_str(), self.expected.as_str()) {
            ("", expected) => write!(f, "expected {expected}"),
            (member, PRESENT) => write!(f, "expected `{member}` {PRESENT}"),
            (member, expected) => write!(f, "expected {expected} at `{member}`"),
        }
    }
}

/// What is expected of a member that is missing.
pub(super) const PRESENT: &str = "to be present";

/// As much of a text as the limit allows, in characters, with what cannot be printed escaped.
pub(super) fn printable(text: &str, limit: usize) -> String {
    let mut printable = String::new();
    for character in text.chars().take(limit) {
        match character {
            '"' | '\'' => printable.push(character),
            _ => printable.extend(character.escape_debug()),
        }
    }
    printable.chars().take(limit).collect()
}
