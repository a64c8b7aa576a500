//! Text and ids, read leniently: for `#[serde(deserialize_with = "...")]`.
//!
//! Every reader gives any type that is `From<String>`: a `String`, a
//! [`LocalTime`](crate::wire::date::LocalTime), an open enum. No error holds the value that was
//! read, only what was expected: errors are logged and shown.
//!
//! ```
//! use receiver_core::wire::{decimal::{self, Decimal}, text};
//!
//! #[derive(serde::Deserialize)]
//! struct Invoice {
//!     #[serde(deserialize_with = "text::id")] // 42 or "42"
//!     number: String,
//!     #[serde(deserialize_with = "text::required")] // text, and not blank
//!     customer: String,
//!     #[serde(default, deserialize_with = "text::optional")] // missing, null and blank are nothing
//!     note: Option<String>,
//!     #[serde(default, deserialize_with = "text::optional_id")]
//!     order: Option<String>,
//!     #[serde(deserialize_with = "text::loose_required")] // whatever it is, but something
//!     status: String,
//!     #[serde(default, deserialize_with = "text::loose")]
//!     extra: Option<String>,
//!     #[serde(default, deserialize_with = "decimal::optional")] // 99.9 or "99.9"
//!     tax: Option<Decimal>,
//!     #[serde(default, deserialize_with = "decimal::optional_pt_br")] // "1.350,90"
//!     total: Option<Decimal>,
//! }
//!
//! let invoice: Invoice = serde_json::from_str(
//!     r#"{"number": 42, "customer": "ACME", "note": " ", "order": "007", "status": true,
//!         "extra": {"a": 1}, "tax": "", "total": "1.350,90"}"#,
//! )?;
//! assert_eq!((invoice.number.as_str(), invoice.customer.as_str()), ("42", "ACME"));
//! assert_eq!((invoice.note, invoice.order.as_deref()), (None, Some("007")));
//! assert_eq!((invoice.status.as_str(), invoice.extra.as_deref()), ("true", Some(r#"{"a": 1}"#)));
//! assert_eq!((invoice.tax, invoice.total.and_then(Decimal::cents)), (None, Some(135_090)));
//! # Ok::<(), serde_json::Error>(())
//! ```

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, Unexpected, Visitor};
use serde_json::value::RawValue;

use super::scalar::Scalar;

/// Text that says something: blank (empty or only white space) is refused. Kept as written, not
/// trimmed.
///
/// # Errors
///
/// When the value is not text or is blank.
pub fn required<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: From<String>,
{
    let expected = "non-empty text";
    let text = deserializer.deserialize_any(TextVisitor { expected })?;
    let text = text.ok_or_else(|| D::Error::invalid_type(Unexpected::Unit, &expected))?;
    if is_blank(&text) {
        return Err(D::Error::invalid_value(Unexpected::Other("blank text"), &expected));
    }
    Ok(T::from(text))
}

/// Text or nothing: null and blank are nothing, since senders write `null`, `""` and `" "` alike
/// for it.
///
/// With `#[serde(default, deserialize_with = "...")]`, which a missing member needs, it is nothing
/// too.
///
/// # Errors
///
/// When the value is neither text nor null.
pub fn optional<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: From<String>,
{
    let text = deserializer.deserialize_any(TextVisitor { expected: "text or null" })?;
    Ok(text.filter(|text| !is_blank(text)).map(T::from))
}

/// An id, which senders write as text or as a number: `"42"` and `42` are both `42`.
///
/// A number keeps its characters, so an id of any length is exact. Only for JSON; it does not work
/// inside `#[serde(flatten)]` or an untagged enum.
///
/// # Errors
///
/// When the value is neither text nor a number, or is blank.
pub fn id<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: From<String>,
{
    let expected = "text or a number";
    match Scalar::read(deserializer, &expected)? {
        Scalar::Null => Err(D::Error::invalid_type(Unexpected::Unit, &expected)),
        Scalar::Text(text) if is_blank(&text) => {
            Err(D::Error::invalid_value(Unexpected::Other("blank text"), &expected))
        }
        Scalar::Text(text) | Scalar::Number(text) => Ok(T::from(text)),
    }
}

/// An [`id`] or nothing: null and blank are nothing. A missing member needs `#[serde(default)]` as
/// well.
///
/// # Errors
///
/// When the value is neither text, a number nor null.
pub fn optional_id<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: From<String>,
{
    match Scalar::read(deserializer, &"text, a number or null")? {
        Scalar::Null => Ok(None),
        Scalar::Text(text) | Scalar::Number(text) => {
            Ok(Some(text).filter(|text| !is_blank(text)).map(T::from))
        }
    }
}

/// Text, whatever it was: a number's or a truth value's characters, and the JSON text of anything
/// longer, because a shape that nobody has seen is no reason to refuse. Null and blank are nothing.
/// A missing member needs `#[serde(default)]` as well.
///
/// # Errors
///
/// None for JSON, which is all it reads.
pub fn loose<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: From<String>,
{
    let raw = Box::<RawValue>::deserialize(deserializer)?;
    let text = match Scalar::of::<D::Error>(raw.get(), &"any value") {
        Ok(Scalar::Null) => return Ok(None),
        Ok(Scalar::Text(text) | Scalar::Number(text)) => text,
        Err(_) => Box::<str>::from(raw).into_string(),
    };
    Ok(Some(text).filter(|text| !is_blank(text)).map(T::from))
}

/// The same, where null and blank are refused.
///
/// # Errors
///
/// When the value is null or blank.
pub fn loose_required<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: From<String>,
{
    let nothing = || D::Error::invalid_value(Unexpected::Other("nothing"), &"non-empty text");
    loose(deserializer)?.ok_or_else(nothing)
}

/// Whether a text says nothing. CMMShere writes a single space for an absent surname.
pub(crate) fn is_blank(text: &str) -> bool {
    text.chars().all(char::is_whitespace)
}

/// Any text, with an error that does not repeat the value: for `#[serde(from = "Text")]`.
#[derive(Debug)]
pub(crate) struct Text(pub(crate) String);

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let expected = "text";
        let text = deserializer.deserialize_any(TextVisitor { expected })?;
        text.map(Self).ok_or_else(|| D::Error::invalid_type(Unexpected::Unit, &expected))
    }
}

struct TextVisitor {
    expected: &'static str,
}

impl<'de> Visitor<'de> for TextVisitor {
    type Value = Option<String>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.expected)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Some(text.to_owned()))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Self::Value, E> {
        Ok(Some(text))
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_none<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }

    // The four below are there because serde's own put the value into the error.

    fn visit_bool<E: Error>(self, _: bool) -> Result<Self::Value, E> {
        Err(E::invalid_type(Unexpected::Other("a boolean"), &self))
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<Self::Value, E> {
        Err(E::invalid_type(Unexpected::Other("a number"), &self))
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<Self::Value, E> {
        Err(E::invalid_type(Unexpected::Other("a number"), &self))
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<Self::Value, E> {
        Err(E::invalid_type(Unexpected::Other("a number"), &self))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Deserializer as Json;

    use super::*;
    use crate::wire::date::LocalTime;

    type Reader<'a> = Json<serde_json::de::StrRead<'a>>;
    type Read<T> = fn(&mut Reader<'_>) -> Result<T, serde_json::Error>;

    #[track_caller]
    fn check(read: Read<String>, json: &str, text: &str) {
        assert_eq!(read(&mut Json::from_str(json)).unwrap(), text);
    }

    #[track_caller]
    fn check_optional(read: Read<Option<String>>, json: &str, text: Option<&str>) {
        assert_eq!(read(&mut Json::from_str(json)).unwrap().as_deref(), text);
    }

    #[track_caller]
    fn check_refused<T: fmt::Debug>(read: Read<T>, json: &str, expected: &str) {
        let error = read(&mut Json::from_str(json)).unwrap_err().to_string();
        assert!(error.contains(&format!("expected {expected}")), "{error}");
        assert!(!error.contains("271828") && !error.contains("true"), "the value is in: {error}");
    }

    fn required_text(json: &mut Reader<'_>) -> Result<String, serde_json::Error> {
        required(json)
    }

    fn optional_text(json: &mut Reader<'_>) -> Result<Option<String>, serde_json::Error> {
        optional(json)
    }

    fn id_text(json: &mut Reader<'_>) -> Result<String, serde_json::Error> {
        id(json)
    }

    fn optional_id_text(json: &mut Reader<'_>) -> Result<Option<String>, serde_json::Error> {
        optional_id(json)
    }

    #[test]
    fn required_text_is_kept_as_written() {
        check(required_text, r#""Portaria""#, "Portaria");
        check(required_text, r#""  two  spaces ""#, "  two  spaces ");
        check(required_text, r#""\u0000""#, "\0");
    }

    #[test]
    fn required_text_is_not_blank() {
        for blank in [r#""""#, r#"" ""#, r#""\t\n""#, r#""\u00a0""#, "null"] {
            check_refused(required_text, blank, "non-empty text");
        }
    }

    #[test]
    fn blank_optional_text_is_nothing() {
        for blank in [r#""""#, r#"" ""#, r#""\t\n""#, "null"] {
            check_optional(optional_text, blank, None);
        }
        check_optional(optional_text, r#"" x ""#, Some(" x "));
    }

    #[test]
    fn what_is_not_text_is_refused_without_its_value() {
        for json in ["271828", "-271828", "271828.5", "true", "[271828]", r#"{"271828":1}"#] {
            check_refused(required_text, json, "non-empty text");
            check_refused(optional_text, json, "text or null");
        }
        for json in ["true", "[271828]", r#"{"271828":1}"#] {
            check_refused(id_text, json, "text or a number");
            check_refused(optional_id_text, json, "text, a number or null");
        }
    }

    #[test]
    fn an_id_is_text_or_a_number() {
        check(id_text, r#""cam-042""#, "cam-042");
        check(id_text, r#""007""#, "007");
        check(id_text, "90210", "90210");
        check_optional(optional_id_text, "90210", Some("90210"));
        check_optional(optional_id_text, r#""cam-042""#, Some("cam-042"));
    }

    #[test]
    fn a_big_id_keeps_its_digits() {
        check(id_text, "18446744073709551616", "18446744073709551616");
        check(id_text, "-9223372036854775809", "-9223372036854775809");
        check(id_text, "9007199254740993.0", "9007199254740993.0");
    }

    #[test]
    fn a_blank_id_is_nothing() {
        for blank in [r#""""#, r#"" ""#, "null"] {
            check_refused(id_text, blank, "text or a number");
            check_optional(optional_id_text, blank, None);
        }
    }

    #[test]
    fn a_missing_member_is_nothing_and_flatten_may_stand_beside() {
        #[derive(Debug, serde::Deserialize)]
        struct Call {
            #[serde(deserialize_with = "id")]
            camera_id: String,
            #[serde(default, deserialize_with = "optional")]
            note: Option<String>,
            #[serde(default, deserialize_with = "optional_id")]
            user_id: Option<String>,
            #[serde(default, deserialize_with = "optional")]
            at: Option<LocalTime>,
            #[serde(flatten)]
            rest: std::collections::BTreeMap<String, serde_json::Value>,
        }
        let call: Call =
            serde_json::from_str(r#"{"camera_id": 18446744073709551616, "at": " ", "x": 1}"#)
                .unwrap();
        assert_eq!((call.note, call.user_id, call.at), (None, None, None));
        assert_eq!((call.camera_id.as_str(), call.rest.len()), ("18446744073709551616", 1));
    }
}
