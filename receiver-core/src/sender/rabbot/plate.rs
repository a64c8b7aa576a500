//! `Plate`: a Brazilian vehicle's plate.

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

use crate::wire::fields::{FromField, Value};

/// A Brazilian vehicle's plate: `ABC1D23` (Mercosur, since 2018) or `ABC1234` (before).
///
/// It is read in either case and with a hyphen, points or white space, and kept without them in
/// capitals. It leads to the vehicle's owner, so it does not print.
///
/// ```
/// use receiver_core::rabbot::{NotPlate, Plate};
///
/// let plate: Plate = "abc-1234".parse()?;
/// assert_eq!(plate.as_str(), "ABC1234");
/// assert_eq!(format!("{plate:?}"), "Plate(..)");
/// assert_eq!("ABC12345".parse::<Plate>(), Err(NotPlate));
/// # Ok::<(), NotPlate>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Plate(String);

impl Plate {
    /// The plate's seven characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Plate {
    type Err = NotPlate;

    fn from_str(text: &str) -> Result<Self, NotPlate> {
        let filler = |c: &char| matches!(c, '-' | '.') || c.is_whitespace();
        // One more than fits: enough to see that a text is too long, however long it is.
        let plate: String = text.chars().filter(|c| !filler(c)).take(8).collect();
        let plate = plate.to_ascii_uppercase();
        match plate.as_bytes() {
            [a, b, c, first, second, third, fourth]
                if [a, b, c].into_iter().all(u8::is_ascii_uppercase)
                    && [first, third, fourth].into_iter().all(u8::is_ascii_digit)
                    && second.is_ascii_alphanumeric() =>
            {
                Ok(Self(plate))
            }
            _ => Err(NotPlate),
        }
    }
}

impl FromField for Plate {
    const EXPECTED: &str = "a Brazilian plate, such as ABC1D23 or ABC-1234";

    fn from_value(value: &Value) -> Option<Self> {
        value.as_str()?.parse().ok()
    }
}

impl fmt::Debug for Plate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Plate(..)")
    }
}

/// The seven characters: that is asked for, printing a struct that holds a plate is not.
impl Serialize for Plate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

/// A text that is no Brazilian plate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotPlate;

impl fmt::Display for NotPlate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a Brazilian plate")
    }
}

impl std::error::Error for NotPlate {}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, plate: Option<&str>) {
        assert_eq!(text.parse::<Plate>().ok().as_ref().map(Plate::as_str), plate, "{text:?}");
    }

    #[test]
    fn both_forms_are_read_however_they_are_written() {
        check("ABC1D23", Some("ABC1D23"));
        check("ABC1234", Some("ABC1234"));
        check("ABC-1234", Some("ABC1234"));
        check("abc1d23", Some("ABC1D23"));
        check(" abc 1d23\n", Some("ABC1D23"));
        check("ABC\u{a0}1234", Some("ABC1234"));
        check("ABC.1234", Some("ABC1234"));
    }

    #[test]
    fn anything_else_is_no_plate() {
        for text in [
            "",
            "-",
            "ABC",
            "ABC123",
            "ABC12345",
            "AB11234",
            "1BC1234",
            "ABCD123",
            "ABC1DE3",
            "ABC1D2E",
            "ABC1_34",
            "ABC/1234",
            "ÁBC1234",
            "АВС1234",
            "ABC１234",
            "ABC1ß23",
            "ABC1D23\0",
            "sem placa",
        ] {
            check(text, None);
        }
        check(&"ABC1D23".repeat(100_000), None);
        check(&format!("{}ABC1D23", "-".repeat(1 << 20)), Some("ABC1D23"));
    }

    #[test]
    fn a_plate_does_not_print_and_is_written_when_asked_for() {
        let plate: Plate = "abc1d23".parse().unwrap();
        assert!(!format!("{plate:?}").to_ascii_uppercase().contains("ABC1D23"));
        assert_eq!(serde_json::to_string(&plate).unwrap(), r#""ABC1D23""#);
    }
}
