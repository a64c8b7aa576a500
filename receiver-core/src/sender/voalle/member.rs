//! How members are read whose form differs from delivery to delivery.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Unexpected, Visitor};

use crate::wire::decimal::{Decimal, NotDecimal};
use crate::wire::open::whole_number;
use crate::wire::scalar::Scalar;
use crate::wire::text::is_blank;
use crate::wire::{caseless, text};

/// Objects: an array of them, a single one, or none (null, blank text).
pub(super) fn many<'de, D, T>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    deserializer.deserialize_any(Objects(PhantomData))
}

/// An object, or none: the guide prints some of them as an array of one.
pub(super) fn one<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    let mut objects = many::<D, T>(deserializer)?;
    let first = objects.pop();
    match objects.len() {
        0 => Ok(first),
        others => Err(D::Error::invalid_length(others.saturating_add(1), &"one object")),
    }
}

/// Objects, where it matters whether the member is there at all.
pub(super) fn some_many<'de, D, T>(deserializer: D) -> Result<Option<Vec<T>>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    many(deserializer).map(Some)
}

/// An id; empty stands for none until the reader of the whole object has looked at it.
pub(super) fn id_or_empty<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    text::optional_id(deserializer).map(Option::unwrap_or_default)
}

/// A whole number, as a number or as text; null and blank text are nothing.
pub(super) fn whole<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<i64>, D::Error> {
    let expected = "a whole number";
    let text = match Scalar::read(deserializer, &expected)? {
        Scalar::Null => return Ok(None),
        Scalar::Text(text) if is_blank(&text) => return Ok(None),
        Scalar::Text(text) | Scalar::Number(text) => text,
    };
    let wrong = || D::Error::invalid_value(Unexpected::Other("something else"), &expected);
    whole_number(&text).map(Some).ok_or_else(wrong)
}

/// An amount, as a number or as text; null and blank text are nothing.
///
/// Text was never seen and no page says how it would be written. So it is read with a point before
/// the fraction and in the Brazilian form, and `1.234`, which both read and read differently, is
/// refused rather than guessed.
pub(super) fn money<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Decimal>, D::Error> {
    let expected = "an amount such as 1234.56";
    let read = match Scalar::read(deserializer, &expected)? {
        Scalar::Null => return Ok(None),
        Scalar::Text(text) if is_blank(&text) => return Ok(None),
        Scalar::Number(number) => Decimal::parse(&number),
        Scalar::Text(text) => match (Decimal::parse(&text), Decimal::parse_pt_br(&text)) {
            (Ok(plain), Ok(brazilian)) if plain != brazilian => Err(NotDecimal),
            (plain, brazilian) => plain.or(brazilian),
        },
    };
    let wrong = |_| D::Error::invalid_value(Unexpected::Other("something else"), &expected);
    read.map(Some).map_err(wrong)
}

struct Objects<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for Objects<T> {
    type Value = Vec<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object or an array of them")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut array: A) -> Result<Vec<T>, A::Error> {
        let mut objects = Vec::new();
        while let Some(object) = array.next_element()? {
            objects.push(object);
        }
        Ok(objects)
    }

    fn visit_map<A: MapAccess<'de>>(self, object: A) -> Result<Vec<T>, A::Error> {
        Ok(vec![caseless::object(object)?])
    }

    fn visit_unit<E: Error>(self) -> Result<Vec<T>, E> {
        Ok(Vec::new())
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Vec<T>, E> {
        if !is_blank(text) {
            return Err(E::invalid_type(Unexpected::Other("text"), &self));
        }
        Ok(Vec::new())
    }

    // The four below are there because serde's own put the value into the error.

    fn visit_bool<E: Error>(self, _: bool) -> Result<Vec<T>, E> {
        Err(E::invalid_type(Unexpected::Other("a boolean"), &self))
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<Vec<T>, E> {
        Err(E::invalid_type(Unexpected::Other("a number"), &self))
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<Vec<T>, E> {
        Err(E::invalid_type(Unexpected::Other("a number"), &self))
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<Vec<T>, E> {
        Err(E::invalid_type(Unexpected::Other("a number"), &self))
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Debug;

    use serde_json::{Deserializer as Json, Error, de::StrRead};

    use super::*;

    type Read<T> = fn(&mut Json<StrRead<'_>>) -> Result<T, Error>;

    #[track_caller]
    fn check<T: Debug + PartialEq>(read: Read<T>, json: &str, expected: &T) {
        assert_eq!(&read(&mut Json::from_str(json)).unwrap(), expected, "{json}");
    }

    #[track_caller]
    fn check_refused<T: Debug>(read: Read<T>, json: &str, expected: &str) {
        let error = read(&mut Json::from_str(json)).unwrap_err().to_string();
        assert!(error.contains(&format!("expected {expected}")), "{error}");
        assert!(!error.contains("271828") && !error.contains("canary"), "{error}");
    }

    #[derive(Debug, PartialEq, Eq, serde::Deserialize)]
    #[serde(expecting = "an object")]
    struct Thing {
        n: u8,
    }

    #[test]
    fn objects_come_in_an_array_alone_or_not_at_all() {
        let read: Read<Vec<Thing>> = |json| many(json);
        check(read, r#"[{"n": 1}, {"n": 2}]"#, &vec![Thing { n: 1 }, Thing { n: 2 }]);
        check(read, r#"{"n": 1}"#, &vec![Thing { n: 1 }]);
        for nothing in ["[]", "null", r#""""#, r#"" ""#] {
            check(read, nothing, &vec![]);
        }
        for wrong in ["271828", "true", r#""canary""#] {
            check_refused(read, wrong, "an object or an array of them");
        }
        check_refused(read, "[null]", "an object");
    }

    #[test]
    fn one_object_is_not_two() {
        let read: Read<Option<Thing>> = |json| one(json);
        check(read, r#"{"n": 1}"#, &Some(Thing { n: 1 }));
        check(read, r#"[{"n": 1}]"#, &Some(Thing { n: 1 }));
        check(read, "null", &None);
        check(read, "[]", &None);
        check_refused(read, r#"[{"n": 1}, {"n": 2}]"#, "one object");
    }

    #[test]
    fn a_whole_number_is_a_number_or_text() {
        let read: Read<Option<i64>> = |json| whole(json);
        for (json, number) in [
            ("12", 12),
            (r#""12""#, 12),
            (r#"" 012 ""#, 12),
            ("12.0", 12),
            ("-1", -1),
            ("9223372036854775807", i64::MAX),
        ] {
            check(read, json, &Some(number));
        }
        for nothing in ["null", r#""""#, r#"" ""#] {
            check(read, nothing, &None);
        }
        for wrong in ["12.5", "9223372036854775808", "true", r#""canary""#, "[271828]", "{}"] {
            check_refused(read, wrong, "a whole number");
        }
    }

    #[track_caller]
    fn check_money(json: &str, amount: &str) {
        check(|json| money(json), json, &Some(Decimal::parse(amount).unwrap()));
    }

    #[test]
    fn an_amount_is_exact() {
        check_money("99.9", "99.9");
        check_money("100", "100");
        check_money("0.03", "0.03");
        check_money("1.234", "1.234");
        check_money("9999999999999.99", "9999999999999.99");
        check_money("-15.00", "-15");
    }

    #[test]
    fn an_amount_as_text_is_read_unless_it_has_two_meanings() {
        check_money(r#""90.00""#, "90");
        check_money(r#""1234.56""#, "1234.56");
        check_money(r#""1234,56""#, "1234.56");
        check_money(r#""1.234,56""#, "1234.56");
        check_money(r#""1.234.567""#, "1234567");
        check_money(r#""0.500""#, "0.5");
        let read: Read<Option<Decimal>> = |json| money(json);
        for wrong in
            [r#""1.234""#, r#""1,234.56""#, r#""canary""#, "true", "{}", "[271828]", "1e99"]
        {
            check_refused(read, wrong, "an amount");
        }
        for nothing in ["null", r#""""#, r#"" ""#] {
            check(read, nothing, &None);
        }
    }
}
