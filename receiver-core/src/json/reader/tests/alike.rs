//! What is read is what `serde_json` reads.

use std::collections::HashMap;
use std::ffi::CString;
use std::fmt::{self, Debug};

use proptest::prelude::*;
use serde::Deserialize;
use serde::de::{DeserializeOwned, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;
use serde_json::{Value, from_str};

use super::{Id, Order, check};
use crate::json::{check as sound, peek, read};

/// It is read as `serde_json` reads it, or refused as there.
#[track_caller]
pub(super) fn alike<T: DeserializeOwned + Debug + PartialEq>(text: &str) {
    assert_eq!(sound(text.as_bytes()), Ok(text));
    assert_eq!(read::<T>(text).ok(), from_str::<T>(text).ok(), "{text}");
}

#[derive(Debug, Deserialize, PartialEq)]
struct Pair(Option<char>, [i8; 2]);

#[derive(Debug, Deserialize, PartialEq)]
struct Unit;

#[derive(Debug, Deserialize, PartialEq, Eq, Hash)]
pub(super) enum Form {
    Unit,
    New(Box<Self>),
    Tuple(u8, u8),
    Struct { a: u8 },
}

#[test]
fn every_type_is_read_as_serde_json_reads_it() {
    for number in ["0", "-0", "7", "-7", "1.0", "1e2", "18446744073709551616", "\"7\"", "null"] {
        alike::<u8>(number);
        alike::<i64>(number);
        alike::<u64>(number);
        alike::<i128>(number);
        alike::<u128>(number);
        alike::<f32>(number);
        alike::<f64>(number);
        alike::<Option<i16>>(number);
        alike::<Value>(number);
        alike::<String>(number);
        let name = format!("{{{}:1}}", Value::from(number.trim_matches('"')));
        alike::<HashMap<u8, u8>>(&name);
        alike::<HashMap<i64, u8>>(&name);
        alike::<HashMap<Option<u64>, u8>>(&name);
        alike::<HashMap<bool, u8>>(&name);
        alike::<HashMap<String, u8>>(&name);
    }
    for name in ["", "07", "+7", " 7", "7 ", "-", "0x7", "1e2", "true", "false", "True", "Unit"] {
        let object = format!(r#"{{"{name}":1}}"#);
        alike::<HashMap<u8, u8>>(&object);
        alike::<HashMap<bool, u8>>(&object);
        alike::<HashMap<Form, u8>>(&object);
        alike::<HashMap<Id, u8>>(&object);
    }
    for word in ["null", "true", "false", r#""a""#, r#""\ud83d\ude00""#, r#""ab""#, "[]", "{}"] {
        alike::<()>(word);
        alike::<Unit>(word);
        alike::<bool>(word);
        alike::<char>(word);
        alike::<Option<bool>>(word);
        alike::<Option<Option<char>>>(word);
        alike::<Vec<u8>>(word);
        alike::<[u8; 0]>(word);
        alike::<HashMap<String, u8>>(word);
        alike::<Id>(word);
    }
    for pair in
        [r#"["a",[1,-1]]"#, "[ null , [ 1 , 2 ] ]", "[null,[1]]", "[null]", "[null,[1,2],3]"]
    {
        alike::<Pair>(pair);
        alike::<(Option<char>, Vec<i8>)>(pair);
    }
    for form in [
        r#""Unit""#,
        r#"{"Unit":null}"#,
        r#"{"Unit":1}"#,
        r#"{ "New" : { "New" : "Unit" } }"#,
        r#""New""#,
        r#"{"Tuple":[1,2]}"#,
        r#"{"Tuple":{"a":1}}"#,
        r#"{"Struct":{"a":1,"b":[{}]}}"#,
        r#"{"Unit":null,"New":"Unit"}"#,
        r#"{"\u0055nit":null}"#,
        "{}",
        "[]",
        "1",
    ] {
        alike::<Form>(form);
        alike::<Vec<Form>>(&format!("[{form}, {form}]"));
    }
    assert_eq!(read::<Box<RawValue>>(" [1, {}] ").unwrap().get(), "[1, {}]");
    assert_eq!(read::<CString>(r#""\u0061""#), Ok(c"a".to_owned()));
}

/// Takes nothing of what it is read from.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Idle(u8);

impl<'de> Deserialize<'de> for Idle {
    fn deserialize<D: Deserializer<'de>>(_: D) -> Result<Self, D::Error> {
        Ok(Self(0))
    }
}

#[test]
fn what_is_no_value_is_not_read() {
    for text in ["", " ", "[,]", "[1,]", "{\"a\":}", "{\"a\"}", "\"a", "[1", "{\"a\":1", "nul", "-"]
    {
        assert!(read::<Value>(text).is_err(), "{text}");
    }
    assert!(read::<Vec<IgnoredAny>>("[,1]").is_err());
    assert!(read::<HashMap<String, Option<IgnoredAny>>>(r#"{"a":}"#).is_err());
}

/// Takes the first member, and leaves the others.
#[derive(Debug, PartialEq)]
struct First;

impl<'de> Deserialize<'de> for First {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Self)
    }
}

impl<'de> Visitor<'de> for First {
    type Value = Self;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Self, A::Error> {
        object.next_entry::<String, u8>().map(|_| self)
    }
}

#[test]
fn a_type_that_leaves_members_does_not_fit() {
    for text in ["{}", r#"{"a":1}"#, r#"{"a":1,"b":2}"#, r#"{"a":1,"b":{}}"#] {
        alike::<First>(text);
        alike::<Vec<First>>(&format!("[{text}]"));
    }
    check::<Vec<First>>(r#"[{"a":1,"b":2}]"#, "[0]", "fewer members");
}

/// A key that is read as an id is.
#[derive(Debug, Deserialize, PartialEq, Eq, Hash)]
pub(super) struct Numbered(#[serde(deserialize_with = "crate::wire::text::id")] String);

#[test]
fn a_key_can_be_an_id() {
    for text in [r#"{"7":1,"a\u0062\"":2}"#, r#"{" ":1}"#] {
        alike::<HashMap<Numbered, u8>>(text);
    }
}

#[test]
fn a_type_that_takes_nothing_ends_the_reading() {
    for text in ["1", "[1]", "[[]]", "[1,2]", r#"{"a":1}"#, r#"{"a":"b"}"#, r#"{"a":{},"b":2}"#] {
        alike::<Idle>(text);
        alike::<Vec<Idle>>(text);
        alike::<(Idle, Idle)>(text);
        alike::<HashMap<String, Idle>>(text);
        alike::<HashMap<String, Vec<Idle>>>(text);
    }
}

#[test]
fn a_key_can_be_a_number_of_any_size() {
    let names = ["18446744073709551616", "-9223372036854775809", "1e400", r"\u0037", r"tru\u0065"];
    for name in names {
        let object = format!(r#"{{"{name}":1}}"#);
        alike::<HashMap<u8, u8>>(&object);
        alike::<HashMap<i128, u8>>(&object);
        alike::<HashMap<u128, u8>>(&object);
        alike::<HashMap<bool, u8>>(&object);
    }
}

/// Any value, with the names and the texts that are read in another way.
fn any_value() -> impl Strategy<Value = Value> {
    let text = || prop_oneof!["[a-c]{0,20}", any::<String>()];
    let number = prop_oneof![
        any::<u64>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        // What a decimal fraction and its nearest float have in common is not to be tested here.
        any::<i32>().prop_map(|number| Value::from(f64::from(number) / 4.0)),
    ];
    let word = prop_oneof![Just(Value::Null), any::<bool>().prop_map(Value::from)];
    let leaf = prop_oneof![word, number, text().prop_map(Value::from)];
    leaf.prop_recursive(5, 60, 6, move |inner| {
        let members = proptest::collection::hash_map(text(), inner.clone(), 0..6);
        let members = members.prop_map(|members| Value::Object(members.into_iter().collect()));
        prop_oneof![proptest::collection::vec(inner, 0..6).prop_map(Value::from), members]
    })
}

proptest! {
    #[test]
    fn any_value_is_read_as_it_was_written(value in any_value()) {
        let pretty = serde_json::to_string_pretty(&value).unwrap();
        for text in [value.to_string(), pretty] {
            prop_assert_eq!(read::<Value>(&text), Ok(value.clone()));
            let raw = read::<Box<RawValue>>(&text).unwrap();
            prop_assert_eq!(raw.get(), &text);
            prop_assert!(read::<IgnoredAny>(&text).is_ok());
        }
    }

    /// Nobody asks for it, so whatever comes out will do, but something does.
    #[test]
    fn what_is_not_sound_is_read_to_an_end(text in "[\\[\\]{},:\"a0é\u{85} \\\\u-]{0,12}") {
        let _ = peek(&text, "a");
        let _ = read::<Value>(&text);
        let _ = read::<Vec<Form>>(&text);
        let _ = read::<Order>(&text);
        let _ = read::<HashMap<u8, Box<RawValue>>>(&text);
    }
}
