//! Reads one member of the root object, and nothing behind it.

use std::borrow::Cow;

use super::cursor::Cursor;
use super::grammar::unescaped;

/// The text of one member of the root object, if it is text.
///
/// Senders write what happened before what it happened to, so this stops after a few bytes, and the
/// body can then be read straight into the type that fits. What is behind is not looked at: that it is
/// JSON the strict pass tells.
pub(crate) fn peek<'t>(text: &'t str, member: &str) -> Option<Cow<'t, str>> {
    let mut next = Cursor::new(text).skip_whitespace().after(b"{")?;
    loop {
        let (name, end) = string(next)?;
        let value = end.skip_whitespace().after(b":")?;
        if name == member {
            return string(value).map(|(text, _)| text);
        }
        next = behind(value)?.skip_whitespace().after(b",")?;
    }
}

fn string(cursor: Cursor<'_>) -> Option<(Cow<'_, str>, Cursor<'_>)> {
    let (quoted, end) = cursor.skip_whitespace().after(b"\"")?.string().ok()?;
    let text = match unescaped(quoted) {
        Cow::Borrowed(text) => Cow::Borrowed(str::from_utf8(text).ok()?),
        Cow::Owned(text) => Cow::Owned(String::from_utf8(text).ok()?),
    };
    Some((text, end))
}

/// What comes behind a value: the next comma or bracket outside of the brackets and strings in it.
fn behind(mut cursor: Cursor<'_>) -> Option<Cursor<'_>> {
    let mut depth = 0_usize;
    loop {
        cursor = match cursor.peek()? {
            b'"' => cursor.skip(1).string().ok()?.1,
            b',' | b']' | b'}' if depth == 0 => return Some(cursor),
            bracket @ (b'[' | b'{' | b']' | b'}') => {
                let is_opening = matches!(bracket, b'[' | b'{');
                depth = if is_opening { depth.checked_add(1)? } else { depth.checked_sub(1)? };
                cursor.skip(1)
            }
            _ => cursor.skip(1),
        };
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
