//! What types a field can be read as.

use super::{Fields, Value};
use crate::wire::Private;
use crate::wire::date::LocalTime;
use crate::wire::decimal::Decimal;
use crate::wire::fold::same;

/// A type that a field can be read as. Implement it for types of your own.
///
/// | type | read from |
/// | --- | --- |
/// | `String`, [`Private`] | text, or a number, whose characters are kept |
/// | [`Decimal`] | a number, or text as Brazilians write numbers: `1.350,90`, `45.210` |
/// | [`LocalTime`] | text: a date that cannot be read is kept as text |
/// | `bool` | a boolean; `sim`, `não`, `true`, `false`, `1`, `0` |
/// | [`Fields`] | a JSON object |
/// | `Option<T>` | the same as `T`, or nothing |
/// | `Vec<T>` | a JSON array, several values, one value, or nothing |
///
/// ```
/// use receiver_core::wire::fields::{FromField, Value};
///
/// enum Fuel {
///     Ethanol,
///     Petrol,
/// }
///
/// impl FromField for Fuel {
///     const EXPECTED: &str = "etanol or gasolina";
///
///     fn from_value(value: &Value) -> Option<Self> {
///         match value.as_str()? {
///             "etanol" => Some(Self::Ethanol),
///             "gasolina" => Some(Self::Petrol),
///             _ => None,
///         }
///     }
/// }
/// ```
pub trait FromField: Sized {
    /// What the field should hold, for whoever sent something else, such as `a decimal number`.
    const EXPECTED: &str;

    /// Reads one value, which is neither null nor blank. `None` when it is something else.
    #[must_use]
    fn from_value(value: &Value) -> Option<Self>;

    /// Reads the values of a field, one or more. Unless said, only one can be read.
    #[must_use]
    fn from_values(values: &[Value]) -> Option<Self> {
        match values {
            [value] => Self::from_value(value),
            _ => None,
        }
    }

    /// What a field that is missing is read as; unless said, it may not be missing.
    #[must_use]
    fn missing() -> Option<Self> {
        None
    }
}

impl FromField for String {
    const EXPECTED: &str = "text or a number";

    fn from_value(value: &Value) -> Option<Self> {
        value.as_str().map(str::to_owned)
    }
}

impl FromField for Private {
    const EXPECTED: &str = String::EXPECTED;

    fn from_value(value: &Value) -> Option<Self> {
        String::from_value(value).map(Self::from)
    }
}

impl FromField for LocalTime {
    const EXPECTED: &str = String::EXPECTED;

    fn from_value(value: &Value) -> Option<Self> {
        value.as_str().map(Self::from)
    }
}

impl FromField for Decimal {
    const EXPECTED: &str = "a decimal number";

    fn from_value(value: &Value) -> Option<Self> {
        let text = value.as_str()?;
        let number = if value.is_number() { Self::parse(text) } else { Self::parse_pt_br(text) };
        number.ok()
    }
}

impl FromField for bool {
    const EXPECTED: &str = "true, false, sim or não";

    fn from_value(value: &Value) -> Option<Self> {
        let is_any_of = |words: [&str; 3]| {
            value.as_str().is_some_and(|text| words.iter().any(|word| same(word, text.trim())))
        };
        match value.as_bool() {
            Some(value) => Some(value),
            None if is_any_of(["true", "sim", "1"]) => Some(true),
            None if is_any_of(["false", "não", "0"]) => Some(false),
            None => None,
        }
    }
}

impl FromField for Fields {
    const EXPECTED: &str = "an object";

    fn from_value(value: &Value) -> Option<Self> {
        value.as_fields()
    }
}

impl<T: FromField> FromField for Option<T> {
    const EXPECTED: &str = T::EXPECTED;

    fn from_value(value: &Value) -> Option<Self> {
        T::from_value(value).map(Some)
    }

    fn from_values(values: &[Value]) -> Option<Self> {
        T::from_values(values).map(Some)
    }

    fn missing() -> Option<Self> {
        Some(None)
    }
}

impl<T: FromField> FromField for Vec<T> {
    const EXPECTED: &str = T::EXPECTED;

    fn from_value(value: &Value) -> Option<Self> {
        match value.as_list() {
            Some(items) => read_all(&items),
            None => read_all(std::slice::from_ref(value)),
        }
    }

    fn from_values(values: &[Value]) -> Option<Self> {
        match values {
            [value] => Self::from_value(value),
            values => read_all(values),
        }
    }

    fn missing() -> Option<Self> {
        Some(Self::new())
    }
}

fn read_all<T: FromField>(values: &[Value]) -> Option<Vec<T>> {
    values.iter().filter(|value| !value.is_nothing()).map(T::from_value).collect()
}

#[cfg(test)]
mod tests {
    use std::fmt::Debug;

    use super::*;
    use crate::wire::fields::Field;

    const X: Field = Field::new(&["x"]);

    fn fields(value: &str) -> Fields {
        serde_json::from_str(&format!(r#"{{"x": {value}}}"#)).unwrap()
    }

    #[track_caller]
    fn check<T: FromField + PartialEq + Debug>(value: &str, read: T) {
        assert_eq!(fields(value).read(X), Ok(read), "{value}");
    }

    #[track_caller]
    fn check_refused<T: FromField + Debug>(values: &[&str], expected: &str) {
        for value in values {
            let shape = fields(value).read::<T>(X).unwrap_err();
            assert_eq!((shape.member(), shape.expected()), ("x", expected), "{value}");
            assert!(!shape.to_string().contains("canary"), "{shape}");
        }
    }

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn text_is_text_or_a_number() {
        check(r#"" CAM 1 ""#, " CAM 1 ".to_owned());
        check("18446744073709551616", "18446744073709551616".to_owned());
        check("90210", Private::from("90210".to_owned()));
        let others = ["true", r#"["canary"]"#, r#"{"canary":1}"#, "null", r#"" ""#];
        check_refused::<String>(&others, "text or a number");
        check_refused::<Private>(&others, "text or a number");
        check_refused::<LocalTime>(&others, "text or a number");
    }

    #[test]
    fn a_number_is_plain_json_or_brazilian_text() {
        check(r#""1.350,90""#, decimal("1350.9"));
        check(r#""45.210""#, decimal("45210"));
        check("45.210", decimal("45.21"));
        check(r#"" -23,5505 ""#, decimal("-23.5505"));
        check_refused::<Decimal>(
            &[r#""canary""#, r#""1,234.56""#, "1e99", "true"],
            "a decimal number",
        );
    }

    #[test]
    fn a_date_that_cannot_be_read_is_kept() {
        assert!(fields(r#""15/01/2026""#).read::<LocalTime>(X).unwrap().date().is_some());
        check(r#""em breve""#, LocalTime::from("em breve"));
        check("1768480200", LocalTime::from("1768480200"));
    }

    #[test]
    fn yes_and_no_are_read_in_both_languages() {
        for yes in ["true", r#""true""#, r#""Sim""#, r#"" SIM ""#, "1", r#""1""#] {
            check(yes, true);
        }
        for no in ["false", r#""FALSE""#, r#""não""#, r#""nao""#, "0"] {
            check(no, false);
        }
        check_refused::<bool>(&["2", r#""canary""#, "[]"], "true, false, sim or não");
    }

    #[test]
    fn what_may_be_missing_is_none_when_null_or_blank() {
        for nothing in ["null", r#""""#, r#"" ""#] {
            check::<Option<Decimal>>(nothing, None);
            check::<Vec<String>>(nothing, Vec::new());
        }
        check("1", Some(decimal("1")));
        check_refused::<Option<Decimal>>(&[r#""canary""#, "[]", "{}"], "a decimal number");
    }

    #[test]
    fn a_list_may_be_one_value() {
        let texts =
            |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        check(r#"["a", 1, null, ""]"#, texts(&["a", "1"]));
        check(r#""a,b""#, texts(&["a,b"]));
        check("[]", Vec::<String>::new());
        check(r#"["1,5", 1.5]"#, vec![decimal("1.5"); 2]);
        check(r#"[["a"], "b"]"#, vec![texts(&["a"]), texts(&["b"])]);
        check_refused::<Vec<String>>(
            &[r#"["a", ["canary"]]"#, r#"{"canary":1}"#],
            "text or a number",
        );
    }

    #[test]
    fn an_object_is_read_as_fields() {
        let inner: Fields = fields(r#"{"X": [1, 2]}"#).read(X).unwrap();
        assert_eq!(inner.read::<Vec<String>>(X).unwrap(), ["1", "2"]);
        check_refused::<Fields>(&["1", r#""canary""#, "[]"], "an object");
        assert_eq!(fields(r#"[{"a":1},{"a":2}]"#).read::<Vec<Fields>>(X).unwrap().len(), 2);
    }

    #[test]
    fn a_type_may_be_read_from_several_values() {
        let several: Fields =
            serde_json::from_str(r#"{"x": 1, "X": 2, " x": "", "x[]": null}"#).unwrap();
        assert_eq!(several.read::<Vec<String>>(X).unwrap(), ["1", "2"]);
    }
}
