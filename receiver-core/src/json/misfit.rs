//! `Misfit`: the error of reading a text into a type. It cannot hold a value, because it never takes one. At the end of
//! the reading it becomes a [`Shape`], in words for people.

use std::fmt;

use serde::de::{Expected, Unexpected};

use super::shape::{PRESENT, Shape, printable};

/// Where a text does not fit its type. Boxed, because what is read is moved about with the room that its error needs.
#[derive(Debug)]
pub(super) struct Misfit(Box<Place>);

#[derive(Debug)]
struct Place {
    /// The steps of the path, the innermost first.
    steps: Vec<String>,
    expected: String,
}

impl Misfit {
    #[cold]
    pub(super) fn new(expected: &dyn Expected) -> Self {
        Self(Box::new(Place { steps: Vec::new(), expected: expected.to_string() }))
    }

    /// Where nobody says what was expected.
    #[cold]
    pub(super) fn invalid() -> Self {
        Self::new(&"a valid value")
    }

    #[cold]
    pub(super) fn in_item(mut self, index: usize) -> Self {
        self.0.steps.push(format!("[{index}]"));
        self
    }

    #[cold]
    pub(super) fn in_member(mut self, name: &str) -> Self {
        self.0.steps.push(format!(".{}", printable(name, 64)));
        self
    }
}

impl From<Misfit> for Shape {
    fn from(Misfit(place): Misfit) -> Self {
        let path: String = place.steps.into_iter().rev().collect();
        let path = path.strip_prefix('.').unwrap_or(&path);
        Self {
            member: path.chars().take(256).collect(),
            expected: printable(&plain(place.expected), 256),
        }
    }
}

impl serde::de::Error for Misfit {
    /// Drops the message: whoever wrote it may have put the value in.
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self::invalid()
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
        Self::new(&&*format!("one of `{}`", variants.join("`, `")))
    }

    fn unknown_field(_: &str, fields: &'static [&'static str]) -> Self {
        match fields {
            [] => Self::new(&"no member"),
            _ => Self::new(&&*format!("no member but `{}`", fields.join("`, `"))),
        }
    }

    fn missing_field(name: &'static str) -> Self {
        Self::new(&PRESENT).in_member(name)
    }

    fn duplicate_field(name: &'static str) -> Self {
        Self::new(&"one member of this name").in_member(name)
    }
}

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expected {}", self.0.expected)
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
        "i128" => range!(i128),
        "u128" => range!(u128),
        "f32" | "f64" => "a number".to_owned(),
        "unit" => "null".to_owned(),
        // Of an object without members.
        "enum" => VARIANT.to_owned(),
        "a boolean" => "true or false".to_owned(),
        "a sequence" => "an array".to_owned(),
        "a map" => "an object".to_owned(),
        "a string" | "a character" => "text".to_owned(),
        other if other.starts_with("unit struct ") => "null".to_owned(),
        other if OBJECTS.iter().any(|word| other.starts_with(word)) => "an object".to_owned(),
        _ => expected,
    }
}

/// What an enum is read from.
pub(super) const VARIANT: &str = "a string or an object with one member";

/// How serde begins what it says of types that are read from an object.
const OBJECTS: [&str; 2] = ["struct ", "adjacently tagged enum "];
