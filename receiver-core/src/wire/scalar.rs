//! A JSON scalar whose number is kept exactly as written.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, Expected, Unexpected, Visitor};
use serde_json::value::RawValue;

use crate::json::{SCALAR, is_number};

/// A JSON text, number or null.
///
/// serde's own data model reads a number too big for 64 bits as a float and loses its digits, and
/// reads `99.90` as the nearest binary fraction. This keeps the characters of the number instead.
///
/// It needs a JSON deserializer (`serde_json`'s, from text, bytes or a `Value`). A field read with
/// it may stand beside a `#[serde(flatten)]` member, but not inside one, nor inside an untagged
/// enum: serde rebuilds those from a model of its own in which the characters are already gone.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Scalar {
    Null,
    Text(String),
    Number(String),
}

impl Scalar {
    /// Reads a scalar; `expected` is what the field wants, for the error.
    ///
    /// # Errors
    ///
    /// When the value is a boolean, an array, an object, or text with a lone surrogate. The error
    /// never holds the value.
    pub(crate) fn read<'de, D>(deserializer: D, expected: &dyn Expected) -> Result<Self, D::Error>
    where
        D: Deserializer<'de>,
    {
        deserializer.deserialize_newtype_struct(SCALAR, ScalarVisitor { expected })
    }

    /// Reads the JSON text of one value.
    pub(crate) fn of<E: Error>(json: &str, expected: &dyn Expected) -> Result<Self, E> {
        let wrong = |unexpected| Err(E::invalid_type(unexpected, expected));
        match json.as_bytes() {
            [b'"', ..] => serde_json::from_str(json).map(Self::Text).map_err(|_| {
                E::invalid_value(Unexpected::Other("text that is not Unicode"), expected)
            }),
            [b'-' | b'0'..=b'9', ..] => Ok(Self::Number(json.to_owned())),
            [b'n', ..] => Ok(Self::Null),
            [b'{', ..] => wrong(Unexpected::Map),
            [b'[', ..] => wrong(Unexpected::Seq),
            _ => wrong(Unexpected::Other("a boolean")),
        }
    }
}

struct ScalarVisitor<'e> {
    expected: &'e dyn Expected,
}

impl<'de> Visitor<'de> for ScalarVisitor<'_> {
    type Value = Scalar;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.expected.fmt(f)
    }

    /// From a deserializer to which the name says nothing.
    fn visit_newtype_struct<D: Deserializer<'de>>(self, other: D) -> Result<Scalar, D::Error> {
        Scalar::of(Box::<RawValue>::deserialize(other)?.get(), self.expected)
    }

    fn visit_unit<E: Error>(self) -> Result<Scalar, E> {
        Ok(Scalar::Null)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Scalar, E> {
        Ok(Scalar::Text(text.to_owned()))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Scalar, E> {
        Ok(Scalar::Text(text))
    }

    fn visit_bytes<E: Error>(self, number: &[u8]) -> Result<Scalar, E> {
        match str::from_utf8(number) {
            Ok(digits) if is_number(digits) => Ok(Scalar::Number(digits.to_owned())),
            _ => Err(E::invalid_type(Unexpected::Other("bytes"), &self)),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde::de::value::{BytesDeserializer, Error as Plain};

    use super::*;
    use crate::json;

    #[derive(Debug, PartialEq)]
    struct Read(Scalar);

    impl<'de> Deserialize<'de> for Read {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            Scalar::read(deserializer, &"a scalar").map(Self)
        }
    }

    /// With `serde_json`, and where it is sound with our reader.
    #[track_caller]
    fn read(json: &str) -> Result<Scalar, String> {
        let read = serde_json::from_str::<Read>(json);
        if json::check(json.as_bytes()).is_ok() {
            assert_eq!(json::read::<Read>(json).ok().as_ref(), read.as_ref().ok());
        }
        read.map(|Read(scalar)| scalar).map_err(|error| error.to_string())
    }

    #[track_caller]
    fn check_number(written: &str) {
        assert_eq!(read(written), Ok(Scalar::Number(written.to_owned())));
    }

    #[test]
    fn a_number_keeps_its_characters() {
        check_number("0");
        check_number("-0");
        check_number("99.90");
        check_number("18446744073709551616");
        check_number("1E+400");
    }

    #[test]
    fn text_is_unescaped() {
        assert_eq!(read(r#" "a\/\u00e7\n" "#), Ok(Scalar::Text("a/ç\n".to_owned())));
        assert_eq!(read("null"), Ok(Scalar::Null));
    }

    #[track_caller]
    fn check_refused(json: &str) {
        let error = read(json).unwrap_err();
        assert!(error.contains("expected a scalar"), "{error}");
        assert!(!error.contains("canary"), "{error}");
    }

    #[test]
    fn anything_else_is_refused_without_its_value() {
        check_refused("true");
        check_refused("false");
        check_refused(r#"["canary"]"#);
        check_refused(r#"{"canary": 1}"#);
        check_refused(r#""canary \ud800""#);
    }

    #[test]
    fn what_is_not_json_is_refused() {
        for broken in ["", "01", "1.", "nul", "\"", "+1", "NaN"] {
            assert!(
                read(broken).is_err() || serde_json::from_str::<&RawValue>(broken).is_err(),
                "{broken}"
            );
        }
    }

    #[test]
    fn other_bytes_are_no_number() {
        for bytes in [&b"abc"[..], b"1abc", b"", b"\xff"] {
            let bytes = BytesDeserializer::<Plain>::new(bytes);
            assert!(Scalar::read(bytes, &"a scalar").is_err());
        }
    }

    #[test]
    fn a_value_already_parsed_can_be_read() {
        let read = |value| Scalar::read(value, &"a scalar").unwrap();
        assert_eq!(read(serde_json::json!("x")), Scalar::Text("x".to_owned()));
        assert_eq!(read(serde_json::json!(7)), Scalar::Number("7".to_owned()));
        assert_eq!(read(serde_json::json!(null)), Scalar::Null);
    }
}
