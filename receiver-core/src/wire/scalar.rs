//! A JSON scalar whose number is kept exactly as written.

use serde::de::{Deserialize, Deserializer, Error, Expected, Unexpected};
use serde_json::value::RawValue;

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
        let raw = Box::<RawValue>::deserialize(deserializer)?;
        let wrong = |unexpected| Err(D::Error::invalid_type(unexpected, expected));
        match raw.get().bytes().next() {
            // Without an escape the text is what stands between its quotes.
            Some(b'"') if !raw.get().contains('\\') => {
                let mut text = Box::<str>::from(raw).into_string();
                text.pop();
                text.remove(0);
                Ok(Self::Text(text))
            }
            Some(b'"') => serde_json::from_str(raw.get()).map(Self::Text).map_err(|_| {
                D::Error::invalid_value(Unexpected::Other("text that is not Unicode"), expected)
            }),
            Some(b'-' | b'0'..=b'9') => Ok(Self::Number(Box::<str>::from(raw).into_string())),
            Some(b'n') => Ok(Self::Null),
            Some(b'{') => wrong(Unexpected::Map),
            Some(b'[') => wrong(Unexpected::Seq),
            _ => wrong(Unexpected::Other("a boolean")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Result<Scalar, String> {
        Scalar::read(&mut serde_json::Deserializer::from_str(json), &"a scalar")
            .map_err(|error| error.to_string())
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
    fn a_value_already_parsed_can_be_read() {
        let read = |value| Scalar::read(value, &"a scalar").unwrap();
        assert_eq!(read(serde_json::json!("x")), Scalar::Text("x".to_owned()));
        assert_eq!(read(serde_json::json!(7)), Scalar::Number("7".to_owned()));
        assert_eq!(read(serde_json::json!(null)), Scalar::Null);
    }
}
