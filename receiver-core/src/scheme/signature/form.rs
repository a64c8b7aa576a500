//! Fields of a query or of a body that is a form (WHATWG URL, section 5.1).

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::scheme::AuthError;

/// The decoded values of the field, in order.
pub(super) fn values<'f>(form: &'f [u8], name: &str) -> impl Iterator<Item = Cow<'f, str>> {
    form_urlencoded::parse(form).filter(move |(key, _)| key == name).map(|(_, value)| value)
}

/// The value that must stand once.
pub(super) fn one<'f>(
    mut values: impl Iterator<Item = Cow<'f, str>>,
) -> Result<Cow<'f, str>, AuthError> {
    let value = values.next().ok_or(AuthError::Missing)?;
    match values.next() {
        Some(_) => Err(AuthError::Repeated),
        None => Ok(value),
    }
}

/// Refuses a form of more fields than any sender's, which would have to be sorted before it is known
/// to be one, and one that is no text: bytes that are none all decode to the same mark.
pub(super) fn check(form: &[u8]) -> Result<(), AuthError> {
    let is_sound = is_short(form)
        && form_urlencoded::parse(form).all(|(name, value)| {
            !name.contains(char::REPLACEMENT_CHARACTER)
                && !value.contains(char::REPLACEMENT_CHARACTER)
        });
    is_sound.then_some(()).ok_or(AuthError::Malformed)
}

fn is_short(form: &[u8]) -> bool {
    form.split(|&byte| byte == b'&').nth(MOST_FIELDS).is_none()
}

/// How many fields a form may have that is signed as a whole.
const MOST_FIELDS: usize = 1000;

/// All fields, each once, sorted by name and value, names and values without anything between.
pub(super) fn sorted(form: &[u8]) -> String {
    if !is_short(form) {
        return String::new(); // What `check` refuses.
    }
    let fields: BTreeSet<_> = form_urlencoded::parse(form).collect();
    fields.iter().flat_map(|(name, value)| [&**name, &**value]).collect()
}

/// The form or query with one field more.
pub(super) fn with_field(form: &str, name: &str, value: &str) -> String {
    let mut longer = form_urlencoded::Serializer::new(form.to_owned());
    longer.append_pair(name, value);
    longer.finish()
}

#[cfg(test)]
mod tests {
    use super::{AuthError, check, one, sorted, values, with_field};

    #[test]
    fn fields_are_sorted_and_each_counts_once() {
        assert_eq!(sorted(b"b=2&a=z&a=%2By&b=2&c"), "a+yazb2c");
        assert_eq!(sorted(b""), "");
    }

    #[test]
    fn a_form_is_text_and_has_an_end() {
        assert_eq!(check(b"a=%C3%A7&b"), Ok(()));
        assert_eq!(check(b"a=%FF"), Err(AuthError::Malformed));
        assert_eq!(check(b"%FE=1"), Err(AuthError::Malformed));
        assert_eq!(check("a&".repeat(999).as_bytes()), Ok(()));
        assert_eq!(check("a&".repeat(1000).as_bytes()), Err(AuthError::Malformed));
        // Fields are counted, not letters.
        assert_eq!(check("a".repeat(2000).as_bytes()), Ok(()));
        assert_eq!(check("&".repeat(1000).as_bytes()), Err(AuthError::Malformed));
    }

    #[test]
    fn a_field_stands_once() {
        let one = |form: &'static str| one(values(form.as_bytes(), "a")).map(String::from);
        assert_eq!(one("a=1&b=2"), Ok("1".to_owned()));
        assert_eq!(one("b=2"), Err(AuthError::Missing));
        assert_eq!(one("a=1&%61=1"), Err(AuthError::Repeated));
    }

    #[test]
    fn a_field_is_added() {
        assert_eq!(with_field("", "a", "x+y"), "a=x%2By");
        assert_eq!(with_field("b=1", "a", "2"), "b=1&a=2");
    }
}
