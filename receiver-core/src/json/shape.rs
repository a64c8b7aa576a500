//! Says which member did not fit its type, and what was expected there; never the value.

use std::fmt;

use serde::de::{DeserializeOwned, Expected, Unexpected};

use self::reader::Reader;
use super::structs::{Kept, Structs};

mod reader;

/// Where a JSON text does not have the shape of its type.
///
/// An error of `serde` quotes the value that it complains about, and that may be a secret or
/// somebody's address. This has nothing of it, and so can be logged and answered with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shape {
    member: String,
    expected: String,
}

impl Shape {
    /// Reads a text again that could not be read as a `T`, to say why.
    pub(crate) fn of<T: DeserializeOwned>(text: &str) -> Self {
        // It is read into a tree, which may need a hundred times the memory of the text.
        if text.bytes().filter(|byte| matches!(byte, b'{' | b'[')).count() > MAX_CONTAINERS {
            return Misfit::new("a valid value").into();
        }
        let Ok(value) = super::parse(text) else {
            return Misfit::new("numbers in the range of a 64-bit float").into();
        };
        match T::deserialize(Structs::new(Reader::Value(&value), Kept)) {
            Err(misfit) => misfit.into(),
            // A type that reads the text itself in its own way may fit the second time.
            Ok(_) => Misfit::new("a valid value").into(),
        }
    }

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

/// Up to how many objects and arrays a text is read again.
const MAX_CONTAINERS: usize = 10_000;

const PRESENT: &str = "to be present";

/// The error of the second reading. It cannot hold a value, because it never takes one.
#[derive(Debug)]
struct Misfit {
    /// The steps of the path, the innermost first.
    steps: Vec<String>,
    expected: String,
}

impl Misfit {
    fn new(expected: &(impl ToString + ?Sized)) -> Self {
        Self { steps: Vec::new(), expected: printable(&plain(expected.to_string()), 256) }
    }

    fn in_item(mut self, index: usize) -> Self {
        self.steps.push(format!("[{index}]"));
        self
    }

    fn in_member(mut self, name: &str) -> Self {
        self.steps.push(format!(".{}", printable(name, 64)));
        self
    }
}

impl std::error::Error for Shape {}

impl From<Misfit> for Shape {
    fn from(Misfit { steps, expected }: Misfit) -> Self {
        let path: String = steps.into_iter().rev().collect();
        let path = path.strip_prefix('.').unwrap_or(&path);
        Self { member: path.chars().take(256).collect(), expected }
    }
}

impl serde::de::Error for Misfit {
    /// Drops the message: whoever wrote it may have put the value in.
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self::new("a valid value")
    }

    fn invalid_type(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::new(expected)
    }

    fn invalid_value(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::new(expected)
    }

    fn invalid_length(_: usize, expected: &dyn Expected) -> Self {
        Self::new(expected)
    }

    fn unknown_variant(_: &str, variants: &'static [&'static str]) -> Self {
        Self::new(&format!("one of `{}`", variants.join("`, `")))
    }

    fn unknown_field(_: &str, fields: &'static [&'static str]) -> Self {
        match fields {
            [] => Self::new("no member"),
            _ => Self::new(&format!("no member but `{}`", fields.join("`, `"))),
        }
    }

    fn missing_field(name: &'static str) -> Self {
        Self::new(PRESENT).in_member(name)
    }

    fn duplicate_field(name: &'static str) -> Self {
        Self::new("one member of this name").in_member(name)
    }
}

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expected {}", self.expected)
    }
}

impl std::error::Error for Misfit {}

/// What serde expects, in the words of JSON: whoever reads it knows no Rust.
fn plain(expected: String) -> String {
    macro_rules! range {
        ($number:ty) => {
            format!("a whole number from {} to {}", <$number>::MIN, <$number>::MAX)
        };
    }
    match expected.as_str() {
        "u8" => range!(u8),
        "u16" => range!(u16),
        "u32" => range!(u32),
        "u64" | "usize" => range!(u64),
        "i8" => range!(i8),
        "i16" => range!(i16),
        "i32" => range!(i32),
        "i64" | "isize" => range!(i64),
        "f32" | "f64" => "a number".to_owned(),
        "unit" => "null".to_owned(),
        "a boolean" => "true or false".to_owned(),
        "a sequence" => "an array".to_owned(),
        "a map" => "an object".to_owned(),
        "a string" | "a character" => "text".to_owned(),
        other if OBJECTS.iter().any(|word| other.starts_with(word)) => "an object".to_owned(),
        _ => expected,
    }
}

/// How serde begins what it says of types that are read from an object.
const OBJECTS: [&str; 2] = ["struct ", "adjacently tagged enum "];

/// As much of a text as the limit allows, in characters, with what cannot be printed escaped.
fn printable(text: &str, limit: usize) -> String {
    let mut printable = String::new();
    for character in text.chars().take(limit) {
        match character {
            '"' | '\'' => printable.push(character),
            _ => printable.extend(character.escape_debug()),
        }
    }
    printable.chars().take(limit).collect()
}

#[cfg(test)]
mod tests;
