//! What a visitor of one's own is told, and what it may forget.

use std::collections::{BTreeMap, HashMap};
use std::ffi::CString;
use std::fmt::{self, Debug};

use serde::Deserialize;
use serde::de::{DeserializeOwned, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Value, from_str};

use super::alike::{Form, Numbered, alike};
use crate::json::{read, read as of};

/// Takes whatever it is told, and asks for what its parameter says.
#[derive(Debug, Default, PartialEq, Eq, Hash)]
struct Greedy<const ASKED: usize>(String);

impl<'de, const ASKED: usize> Deserialize<'de> for Greedy<ASKED> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match ASKED {
            0 => deserializer.deserialize_bool(Self::default()),
            1 => deserializer.deserialize_i8(Self::default()),
            2 => deserializer.deserialize_i16(Self::default()),
            3 => deserializer.deserialize_i32(Self::default()),
            4 => deserializer.deserialize_i64(Self::default()),
            5 => deserializer.deserialize_u8(Self::default()),
            6 => deserializer.deserialize_u16(Self::default()),
            7 => deserializer.deserialize_u32(Self::default()),
            8 => deserializer.deserialize_u64(Self::default()),
            9 => deserializer.deserialize_f32(Self::default()),
            10 => deserializer.deserialize_f64(Self::default()),
            11 => deserializer.deserialize_char(Self::default()),
            12 => deserializer.deserialize_str(Self::default()),
            13 => deserializer.deserialize_string(Self::default()),
            14 => deserializer.deserialize_identifier(Self::default()),
            15 => deserializer.deserialize_unit(Self::default()),
            16 => deserializer.deserialize_unit_struct("U", Self::default()),
            17 => deserializer.deserialize_seq(Self::default()),
            18 => deserializer.deserialize_tuple(1, Self::default()),
            19 => deserializer.deserialize_tuple_struct("T", 1, Self::default()),
            20 => deserializer.deserialize_map(Self::default()),
            _ => deserializer.deserialize_any(Self::default()),
        }
    }
}

impl<'de, const ASKED: usize> Visitor<'de> for Greedy<ASKED> {
    type Value = Self;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("anything")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Self, E> {
        Ok(Self(format!("bool {value}")))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Self, E> {
        Ok(Self(format!("u64 {value}")))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Self, E> {
        Ok(Self(format!("i64 {value}")))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Self, E> {
        Ok(Self(format!("f64 {value:?}")))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Self, E> {
        Ok(Self(format!("text {value}")))
    }

    fn visit_unit<E: Error>(self) -> Result<Self, E> {
        Ok(Self("null".to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut array: A) -> Result<Self, A::Error> {
        while array.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Self("array".to_owned()))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Self, A::Error> {
        while object.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Self("object".to_owned()))
    }
}

/// Takes nothing but bytes.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Bytes(Vec<u8>);

impl<'de> Deserialize<'de> for Bytes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_bytes(Self(Vec::new()))
    }
}

impl Visitor<'_> for Bytes {
    type Value = Self;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("bytes")
    }

    fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Self, E> {
        Ok(Self(bytes.to_owned()))
    }
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(tag = "kind")]
enum InItself {
    A {
        n: Value,
    },
    B {
        n: u8,
    },
    #[serde(other)]
    Other,
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(untagged)]
enum Loose {
    Number(u8),
    Text(String),
    Object { a: Value },
    List(Vec<u8>),
}

#[derive(Debug, Deserialize, PartialEq)]
struct Flattened {
    n: Option<Value>,
    #[serde(flatten)]
    rest: BTreeMap<String, Value>,
}

const EVERY_KIND: [&str; 14] = [
    "null",
    "true",
    "false",
    "0",
    "-1",
    "1.5",
    "300",
    r#""""#,
    r#""a""#,
    r#""\u00e9""#,
    "[]",
    "[1]",
    "{}",
    r#"{"a":{"b":[]}}"#,
];

#[test]
fn a_visitor_is_told_nothing_but_what_it_asks_for() {
    macro_rules! each {
        ($($asked:literal)*) => {$(
            for text in EVERY_KIND {
                alike::<Greedy<$asked>>(text);
                alike::<Vec<Greedy<$asked>>>(&format!("[{text}, {text}]"));
                alike::<Option<Greedy<$asked>>>(text);
            }
            for name in ["a", "7", "-7", "1.5", "true", "", "null", "\\u0037"] {
                alike::<HashMap<Greedy<$asked>, u8>>(&format!(r#"{{"{name}":1}}"#));
            }
        )*};
    }
    each!(0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21);
    for text in EVERY_KIND {
        alike::<Bytes>(text);
        alike::<CString>(text);
        alike::<HashMap<Bytes, Value>>(&format!(r#"{{"a":1,"\u0062":{text}}}"#));
        // The name of a variant is never its number.
        alike::<InItself>(&format!(r#"{{"kind":{text},"n":1}}"#));
        alike::<InItself>(&format!(r#"{{"kind":"B","n":{text}}}"#));
        alike::<Vec<Loose>>(&format!("[{text}]"));
        alike::<Flattened>(&format!(r#"{{"n":{text},"other":{text}}}"#));
    }
}

/// Takes nothing for what does not fit.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Lenient<T>(Option<T>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Lenient<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self(T::deserialize(deserializer).ok()))
    }
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(bound = "T: Deserialize<'de>")]
struct Around<T> {
    before: u8,
    lenient: Lenient<T>,
    after: u8,
}

#[derive(Debug, Deserialize, PartialEq)]
struct Only {
    sku: String,
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(bound = "T: Deserialize<'de>")]
enum Within<T> {
    In(Lenient<T>),
    Two(Lenient<T>, u8),
    Of { a: Lenient<T> },
}

/// Minds neither a name nor a value that does not fit, and counts the others.
#[derive(Debug, PartialEq)]
struct Careless(usize);

impl<'de> Deserialize<'de> for Careless {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Self(0))
    }
}

impl<'de> Visitor<'de> for Careless {
    type Value = Self;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut object: A) -> Result<Self, A::Error> {
        while let Some(Lenient(_)) = object.next_key::<Lenient<u8>>()? {
            let fits = object.next_value::<u8>().is_ok();
            self.0 = self.0.saturating_add(fits.into());
        }
        Ok(self)
    }
}

#[test]
fn an_error_in_an_object_may_be_forgotten() {
    let text = r#"{"1":1,"a":2,"2":"b","c":{"d":[]},"e":[1,{}],"f":null,"g":3}"#;
    assert_eq!(read::<Careless>(text), Ok(Careless(3)));
    assert_eq!(read::<HashMap<Lenient<u8>, Lenient<u8>>>(text).map(|read| read.len()), Ok(3));
}

/// Asks for values, and never for a name.
#[derive(Debug, PartialEq)]
struct Nameless;

impl<'de> Deserialize<'de> for Nameless {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Self)
    }
}

impl<'de> Visitor<'de> for Nameless {
    type Value = Self;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Self, A::Error> {
        object.next_value::<String>()?;
        object.next_value::<u8>()?;
        Ok(self)
    }
}

#[test]
fn a_name_is_never_taken_for_a_value() {
    alike::<Nameless>(r#"{"a":1}"#);
}

#[test]
fn what_does_not_fit_is_left_behind_if_nobody_minds() {
    fn check<T: DeserializeOwned + Debug + PartialEq>(is_struct: bool) {
        let nested = [r#"[[{}],{"]":1}]"#, r#"{"sku":1,"b":[{"c":"}"}]}"#];
        for text in EVERY_KIND.into_iter().chain(nested) {
            let around = format!(r#"{{"before":1,"lenient":{text} ,"after":2}}"#);
            let read = read::<Around<T>>(&around).unwrap();
            assert_eq!((read.before, read.after), (1, 2), "{text}");
            // An array is no object here.
            let expected = (!is_struct || !text.starts_with('[')).then(|| from_str::<T>(text).ok());
            assert_eq!(read.lenient.0, expected.flatten(), "{text}");

            assert_eq!(of::<Lenient<T>>(text).unwrap(), read.lenient);
            let several =
                format!(r#"[{text},{{"In":{text}}},{{"Two":[{text},7]}},{{"Of":{{"a":{text}}}}}]"#);
            let several = of::<(Lenient<T>, Within<T>, Within<T>, Within<T>)>(&several);
            let (first, second, third, fourth) = several.unwrap();
            assert_eq!(first, read.lenient);
            assert_eq!(second, Within::In(Lenient(first.0)));
            assert!(matches!(third, Within::Two(_, 7)));
            assert!(matches!(fourth, Within::Of { .. }));
        }
    }
    check::<bool>(false);
    check::<u8>(false);
    check::<i128>(false);
    check::<f64>(false);
    check::<String>(false);
    check::<Numbered>(false);
    check::<crate::wire::decimal::Decimal>(false);
    check::<()>(false);
    check::<Vec<u8>>(false);
    check::<(u8, u8)>(false);
    check::<HashMap<u8, u8>>(false);
    check::<HashMap<String, HashMap<String, u8>>>(false);
    check::<Only>(true);
    check::<Form>(false);
    check::<Bytes>(false);
}
