//! Reads one member of the root object, and nothing behind it.

use std::fmt;

use serde::Deserializer as _;
use serde::de::{Error, IgnoredAny, MapAccess, Visitor};

/// The text of one member of the root object, if it is text.
///
/// Senders write what happened before what it happened to, so this stops after a few bytes, and the
/// body can then be read straight into the type that fits.
pub(crate) fn peek(text: &str, member: &str) -> Option<String> {
    let mut found = None;
    let peek = Peek { member, found: &mut found };
    // Stopping early is an error to the deserializer and no concern of ours.
    let _stopped = serde_json::Deserializer::from_str(text).deserialize_map(peek);
    found
}

struct Peek<'p> {
    member: &'p str,
    found: &'p mut Option<String>,
}

impl<'de> Visitor<'de> for Peek<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(name) = map.next_key::<std::borrow::Cow<'de, str>>()? {
            if name == self.member {
                *self.found = Some(map.next_value()?);
                return Err(A::Error::custom("found"));
            }
            map.next_value::<IgnoredAny>()?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::peek;

    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        assert_eq!(peek(text, "type").as_deref(), expected);
    }

    #[test]
    fn a_member_is_found_wherever_it_stands() {
        check(r#"{"type":"sol.created"}"#, Some("sol.created"));
        check(r#"{"created":"x","object":{"type":"no"},"type":"a\u0062","data":"#, Some("ab"));
        check(r#"{"data":{"type":"inner"},"type":"outer"}"#, Some("outer"));
    }

    #[test]
    fn what_is_not_text_is_not_found() {
        for text in [r#"{"type":1}"#, r#"{"type":null}"#, r#"{"Type":"x"}"#, "[]", "1", "{}"] {
            check(text, None);
        }
    }
}
