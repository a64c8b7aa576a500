//! One value of a field: of a JSON member, or of a form's or query's parameter.

use std::fmt;

use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

use super::Fields;
use crate::wire::text::is_blank;

/// One value as it came.
#[derive(Clone)]
pub struct Value(Kind);

impl Value {
    pub(super) fn text(text: String) -> Self {
        Self(Kind::Text(text))
    }

    pub(super) fn json(raw: Box<RawValue>) -> Self {
        Self(match raw.get().bytes().next() {
            Some(b'"') => serde_json::from_str(raw.get()).map_or(Kind::Nested(raw), Kind::Text),
            Some(b'-' | b'0'..=b'9') => Kind::Number(Box::<str>::from(raw).into_string()),
            Some(b't') => Kind::Bool(true),
            Some(b'f') => Kind::Bool(false),
            Some(b'n') => Kind::Null,
            _ => Kind::Nested(raw),
        })
    }

    /// The text, or the characters of the number. `None` for anything else.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match &self.0 {
            Kind::Text(text) | Kind::Number(text) => Some(text),
            _ => None,
        }
    }

    /// Whether this is a JSON number, whose form is the plain one and never the Brazilian.
    #[must_use]
    pub fn is_number(&self) -> bool {
        matches!(self.0, Kind::Number(_))
    }

    /// JSON's `true` and `false`.
    #[must_use]
    pub fn as_bool(&self) -> Option<bool> {
        match self.0 {
            Kind::Bool(value) => Some(value),
            _ => None,
        }
    }

    /// The fields of a JSON object.
    #[must_use]
    pub fn as_fields(&self) -> Option<Fields> {
        serde_json::from_str(self.nested('{')?).ok()
    }

    /// The items of a JSON array.
    #[must_use]
    pub fn as_list(&self) -> Option<Vec<Self>> {
        let items: Vec<Box<RawValue>> = serde_json::from_str(self.nested('[')?).ok()?;
        Some(items.into_iter().map(Self::json).collect())
    }

    /// Whether it is null or blank text, which senders write for a field that is not there.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        match &self.0 {
            Kind::Null => true,
            Kind::Text(text) => is_blank(text),
            _ => false,
        }
    }

    fn nested(&self, opening: char) -> Option<&str> {
        match &self.0 {
            Kind::Nested(raw) => Some(raw.get()).filter(|json| json.starts_with(opening)),
            _ => None,
        }
    }
}

/// Prints what kind of value it is, never the value.
impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            Kind::Null => "Value(null)",
            Kind::Bool(_) => "Value(boolean)",
            Kind::Number(_) => "Value(number)",
            Kind::Text(_) => "Value(text)",
            Kind::Nested(_) => "Value(nested)",
        })
    }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Kind::Null => serializer.serialize_unit(),
            Kind::Bool(value) => serializer.serialize_bool(*value),
            // A number has no form in serde that keeps its digits; as raw JSON it does.
            Kind::Number(digits) => match RawValue::from_string(digits.clone()) {
                Ok(raw) => raw.serialize(serializer),
                Err(_) => serializer.serialize_str(digits),
            },
            Kind::Text(text) => serializer.serialize_str(text),
            Kind::Nested(raw) => raw.serialize(serializer),
        }
    }
}

/// What is nested stays JSON text until it is asked for: reading it takes one pass a level, and no
/// depth of nesting costs anything before.
#[derive(Clone)]
enum Kind {
    Null,
    Bool(bool),
    Number(String),
    Text(String),
    Nested(Box<RawValue>),
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json(text: &str) -> Value {
        Value::json(serde_json::from_str(text).unwrap())
    }

    #[test]
    fn text_and_numbers_are_text() {
        for (text, read) in [
            (r#""a\/\u00e7""#, "a/ç"),
            ("0", "0"),
            ("-1.50", "-1.50"),
            ("18446744073709551616", "18446744073709551616"),
            ("1E400", "1E400"),
        ] {
            assert_eq!(json(text).as_str(), Some(read));
        }
        for text in ["true", "null", "{}", "[1]"] {
            assert_eq!(json(text).as_str(), None, "{text}");
        }
        assert!(json("1").is_number() && !json("\"1\"").is_number());
    }

    #[test]
    fn null_and_blank_text_are_nothing() {
        for text in ["null", r#""""#, r#"" \t""#, r#""\u00a0""#] {
            assert!(json(text).is_nothing(), "{text}");
        }
        for text in ["0", "false", "{}", "[]", r#""-""#, r#""\u0000""#] {
            assert!(!json(text).is_nothing(), "{text}");
        }
    }

    #[test]
    fn what_is_nested_can_be_read_and_nothing_else_can() {
        assert_eq!(json(r#"{"b":1,"a":2}"#).as_fields().unwrap().len(), 2);
        assert_eq!(json("[1, [2], null]").as_list().unwrap().len(), 3);
        for text in ["{}", "1", "null", r#""[1]""#] {
            assert!(json(text).as_list().is_none(), "{text}");
        }
        for text in ["[]", "1", "null", r#""{}""#] {
            assert!(json(text).as_fields().is_none(), "{text}");
        }
        assert!(Value::text("[1]".to_owned()).as_list().is_none());
    }

    #[test]
    fn a_value_is_written_as_it_came() {
        for text in ["null", "true", "99.90", "1e400", r#""a\"b""#, r#"{"a": [1.0]}"#] {
            assert_eq!(serde_json::to_string(&json(text)).unwrap(), text);
        }
    }

    #[test]
    fn a_value_does_not_print() {
        for text in [r#""canary""#, "271828", r#"["canary"]"#, r#"{"canary":271828}"#] {
            let printed = format!("{:?}", json(text));
            assert!(!printed.contains("canary") && !printed.contains("271828"), "{printed}");
        }
    }
}
