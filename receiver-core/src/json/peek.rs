//! Reads one member of the root object, and nothing behind it.

use std::borrow::Cow;

use super::reader::Reader;

/// The text of one member of the root object, if it is text.
///
/// Senders write what happened before what it happened to, so this stops after a few bytes, and the
/// body can then be read straight into the type that fits. What is behind is not looked at: that it is
/// JSON the strict pass tells.
pub(crate) fn peek<'t>(text: &'t str, member: &str) -> Option<Cow<'t, str>> {
    let mut reader = Reader::new(text);
    reader.skip(b'{').then_some(())?;
    loop {
        let name = reader.string()?;
        reader.skip(b':').then_some(())?;
        if name == member {
            return reader.string();
        }
        reader.value()?;
        reader.skip(b',').then_some(())?;
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
        check(r#"{"note":"},\"]","type":"after a text"}"#, Some("after a text"));
    }

    #[test]
    fn what_is_not_text_is_not_found() {
        for text in [r#"{"type":1}"#, r#"{"type":null}"#, r#"{"Type":"x"}"#, "[]", "1", "{}"] {
            check(text, None);
        }
    }
}
