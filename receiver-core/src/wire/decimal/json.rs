//! Decimal numbers in JSON: numbers, plain text, Brazilian text, or nothing.

use serde::de::{Deserialize, Deserializer, Error, Unexpected};
use serde::{Serialize, Serializer};

use super::{Decimal, NotDecimal};
use crate::wire::scalar::Scalar;
use crate::wire::text::is_blank;

/// Reads a number, or text in the Brazilian form: for `#[serde(deserialize_with = "...")]`.
///
/// # Errors
///
/// When the value is anything else, or has more digits than fit.
pub fn pt_br<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Decimal, D::Error> {
    read(deserializer, Decimal::parse_pt_br)
}

/// Reads a number, text in plain form, or nothing: null and blank text are nothing. A missing
/// member needs `#[serde(default)]` as well.
///
/// # Errors
///
/// When the value is anything else, or has more digits than fit.
pub fn optional<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Decimal>, D::Error> {
    read_optional(deserializer, Decimal::parse)
}

/// Reads a number, text in the Brazilian form, or nothing: null and blank text are nothing. A
/// missing member needs `#[serde(default)]` as well.
///
/// # Errors
///
/// When the value is anything else, or has more digits than fit.
pub fn optional_pt_br<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Decimal>, D::Error> {
    read_optional(deserializer, Decimal::parse_pt_br)
}

/// As text, in the form of `Display`.
impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read(deserializer, Self::parse)
    }
}

type Parse = fn(&str) -> Result<Decimal, NotDecimal>;

fn read<'de, D: Deserializer<'de>>(
    deserializer: D,
    parse_text: Parse,
) -> Result<Decimal, D::Error> {
    let scalar = Scalar::read(deserializer, &EXPECTED)?;
    from_scalar(&scalar, parse_text)?
        .ok_or_else(|| D::Error::invalid_type(Unexpected::Unit, &EXPECTED))
}

fn read_optional<'de, D: Deserializer<'de>>(
    deserializer: D,
    parse_text: Parse,
) -> Result<Option<Decimal>, D::Error> {
    match Scalar::read(deserializer, &EXPECTED)? {
        Scalar::Text(text) if is_blank(&text) => Ok(None),
        scalar => from_scalar(&scalar, parse_text),
    }
}

fn from_scalar<E: Error>(scalar: &Scalar, parse_text: Parse) -> Result<Option<Decimal>, E> {
    let number = match scalar {
        Scalar::Null => return Ok(None),
        Scalar::Number(number) => Decimal::parse(number),
        Scalar::Text(text) => parse_text(text),
    };
    number
        .map(Some)
        .map_err(|NotDecimal| E::invalid_value(Unexpected::Other("something else"), &EXPECTED))
}

const EXPECTED: &str = "a decimal number";

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, serde::Deserialize)]
    struct Fine {
        plain: Decimal,
        #[serde(default, deserialize_with = "optional")]
        maybe: Option<Decimal>,
        #[serde(default, deserialize_with = "optional_pt_br")]
        talvez: Option<Decimal>,
        #[serde(deserialize_with = "pt_br")]
        valor: Decimal,
    }

    #[test]
    fn json_numbers_and_text_are_read() {
        let fine: Fine = serde_json::from_str(
            r#"{"plain": 99.90, "maybe": "45.210", "talvez": "45.210", "valor": 45.210}"#,
        )
        .unwrap();
        let printed = [fine.plain, fine.maybe.unwrap(), fine.talvez.unwrap(), fine.valor]
            .map(|number| number.to_string());
        assert_eq!(printed, ["99.9", "45.21", "45210", "45.21"]);
    }

    #[test]
    fn json_that_a_float_would_round_is_exact() {
        for json in [
            "900719925474099.31",
            "0.1000000000000000055511151231257827",
            "123456789012345678901234567890",
        ] {
            assert_eq!(serde_json::from_str::<Decimal>(json).unwrap().to_string(), json);
        }
    }

    #[test]
    fn blank_is_nothing() {
        for nothing in ["null", "\"\"", "\" \""] {
            let json =
                format!(r#"{{"plain": 1, "maybe": {nothing}, "talvez": {nothing}, "valor": 1}}"#);
            let fine: Fine = serde_json::from_str(&json).unwrap();
            assert_eq!((fine.maybe, fine.talvez), (None, None));
            serde_json::from_str::<Decimal>(nothing).unwrap_err();
        }
        let fine: Fine = serde_json::from_str(r#"{"plain": 1, "valor": 1}"#).unwrap();
        assert_eq!((fine.maybe, fine.talvez), (None, None));
    }

    #[test]
    fn json_that_is_no_number_is_refused_without_its_value() {
        for json in ["\"canary\"", "[\"canary\"]", "{\"canary\":1}", "true", "1e999", "\"1,5\""] {
            let error = serde_json::from_str::<Decimal>(json).unwrap_err().to_string();
            assert!(error.contains("expected a decimal number"), "{error}");
            assert!(!error.contains("canary") && !error.contains("999"), "{error}");
        }
    }

    #[test]
    fn json_is_written_as_text() {
        let number = Decimal::parse("99.90").unwrap();
        assert_eq!(serde_json::to_string(&number).unwrap(), "\"99.9\"");
    }
}
