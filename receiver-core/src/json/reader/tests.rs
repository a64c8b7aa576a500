use std::collections::{BTreeMap, HashMap};

use serde::Deserialize;
use serde::de::{DeserializeOwned, Deserializer, Error, Unexpected};
use serde_json::value::RawValue;

use crate::json::{Shape, check as sound, read};

mod alike;
mod visitors;

/// Stands wherever a text has a value that must not be printed.
const SECRET: &str = "hunter2";

const U8: &str = "a whole number from 0 to 255";
const I8: &str = "a whole number from -128 to 127";
const U64: &str = "a whole number from 0 to 18446744073709551615";
const I64: &str = "a whole number from -9223372036854775808 to 9223372036854775807";

#[track_caller]
fn misfit<T: DeserializeOwned>(text: &str) -> Shape {
    read::<T>(text).err().expect("it has another shape")
}

#[track_caller]
fn check<T: DeserializeOwned>(text: &str, member: &str, expected: &str) {
    assert_eq!(sound(text.as_bytes()), Ok(text));
    let shape = misfit::<T>(text);
    assert_eq!((shape.member(), shape.expected()), (member, expected));
    assert!(!shape.to_string().contains(SECRET));
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "only ever read into")]
struct Order {
    id: u64,
    items: Vec<Item>,
    note: Option<Note>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "only ever read into")]
struct Item {
    sku: String,
    #[serde(default, alias = "quantity")]
    count: i8,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "only ever read into")]
struct Note(String);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Nothing {}

#[test]
fn the_path_leads_to_the_member() {
    check::<Order>(r#"{"id":"hunter2","items":[]}"#, "id", U64);
    check::<Order>(r#"{"id":1,"items":"hunter2"}"#, "items", "an array");
    check::<Order>(r#"{"id":1,"items":[{"sku":"a"},"hunter2"]}"#, "items[1]", "an object");
    check::<Order>(r#"{"id":1,"items":[{"sku":1}]}"#, "items[0].sku", "text");
    check::<Order>(r#"{"id":1,"items":[],"note":["hunter2"]}"#, "note", "text");
    check::<(Option<u8>, u8)>(r#"[null,"hunter2"]"#, "[1]", U8);
    check::<BTreeMap<String, Vec<Order>>>(
        r#"{"a":[],"b":[{"id":1,"items":[{"sku":["hunter2"]}]}]}"#,
        "b[0].items[0].sku",
        "text",
    );
}

#[test]
fn the_whole_text_has_no_path() {
    check::<Order>("\"hunter2\"", "", "an object");
    check::<Order>("[\"hunter2\"]", "", "an object");
    check::<u8>("1.5", "", U8);
    check::<bool>("\"hunter2\"", "", "true or false");
    check::<()>("1", "", "null");
    assert_eq!(misfit::<u8>("[]").to_string(), format!("expected {U8}"));
    assert_eq!(misfit::<Order>(r#"{"id":[]}"#).to_string(), format!("expected {U64} at `id`"));
    assert_eq!(misfit::<Order>("{}").to_string(), "expected `id` to be present");
}

#[test]
fn members_are_missing_unknown_or_there_twice() {
    check::<Order>(r#"{"items":[]}"#, "id", "to be present");
    check::<Vec<Item>>(r#"[{"count":1}]"#, "[0].sku", "to be present");
    check::<Item>(r#"{"sku":"a","hunter2":1}"#, "", "no member but `sku`, `count`, `quantity`");
    check::<Nothing>(r#"{"hunter2":1}"#, "", "no member");
    check::<Item>(r#"{"sku":"a","count":1,"quantity":2}"#, "count", "one member of this name");
}

#[test]
fn numbers_are_out_of_range() {
    check::<Item>(r#"{"sku":"a","count":300}"#, "count", I8);
    check::<Item>(r#"{"sku":"a","count":1.0}"#, "count", I8);
    check::<u16>("-1", "", "a whole number from 0 to 65535");
    check::<u32>("-1", "", "a whole number from 0 to 4294967295");
    check::<u64>("-1", "", U64);
    check::<i16>("40000", "", "a whole number from -32768 to 32767");
    check::<i32>("3000000000", "", "a whole number from -2147483648 to 2147483647");
    check::<f32>("\"hunter2\"", "", "a number");
    check::<u64>("18446744073709551616", "", U64);
    check::<Vec<f64>>("[1,-1e999]", "[1]", "a number in the range of a 64-bit float");
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(dead_code, reason = "only ever read into")]
enum Plain {
    Unit,
    New(u8),
    Tuple(u8, u8),
    Struct { a: u8 },
}

#[derive(Deserialize)]
#[serde(tag = "kind")]
#[expect(dead_code, reason = "only ever read into")]
enum Tagged {
    A { n: u8 },
}

#[derive(Deserialize)]
#[serde(tag = "kind", content = "data")]
#[expect(dead_code, reason = "only ever read into")]
enum Beside {
    A(u8),
}

#[derive(Deserialize)]
#[serde(untagged)]
#[expect(dead_code, reason = "only ever read into")]
enum Untagged {
    Number(u8),
    Text { text: String },
}

#[test]
fn variants_of_every_form_do_not_fit() {
    let names = "one of `unit`, `new`, `tuple`, `struct`";
    check::<Plain>("\"hunter2\"", "", names);
    check::<Plain>(r#"{"hunter2":1}"#, "", names);
    check::<Plain>(r#"{"unit":"hunter2"}"#, "unit", "null");
    check::<Plain>(r#"{"new":"hunter2"}"#, "new", U8);
    check::<Plain>(r#"{"tuple":[1,"hunter2"]}"#, "tuple[1]", U8);
    check::<Plain>(r#"{"tuple":[1,2,"hunter2"]}"#, "tuple", "fewer items");
    check::<Plain>(r#"{"tuple":[1]}"#, "tuple", "tuple variant Plain::Tuple with 2 elements");
    check::<Vec<Plain>>(r#"["unit",{"struct":{"a":"hunter2"}}]"#, "[1].struct.a", U8);
    check::<Plain>(r#"{"struct":{}}"#, "struct.a", "to be present");
    check::<Plain>(r#"{"new":1,"hunter2":2}"#, "", "a string or an object with one member");
    check::<Vec<Tagged>>(r#"[{"kind":"hunter2"}]"#, "[0].kind", "one of `A`");
    check::<Vec<Tagged>>(r#"[{"n":1}]"#, "[0].kind", "to be present");
    check::<Vec<Tagged>>(r#"[{"kind":"A","n":"hunter2"}]"#, "[0]", U8);
    check::<Vec<Beside>>(r#"[["hunter2"]]"#, "[0]", "an object");
    check::<Vec<Beside>>(r#"["hunter2"]"#, "[0]", "an object");
    check::<Vec<Beside>>(r#"[{"kind":"A","data":"hunter2"}]"#, "[0].data", U8);
    check::<Vec<Untagged>>(r#"[1,{"text":"a"},"hunter2"]"#, "[2]", "a valid value");
}

#[derive(PartialEq, Eq, Hash)]
struct Chatty;

impl<'de> Deserialize<'de> for Chatty {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <&str>::deserialize(deserializer)?;
        Err(D::Error::custom(format!("what is {text}?")))
    }
}

struct Wordy;

impl<'de> Deserialize<'de> for Wordy {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <&str>::deserialize(deserializer)?;
        let expected = "it's\n".repeat(1000);
        Err(D::Error::invalid_value(Unexpected::Str(text), &&*expected))
    }
}

#[test]
fn what_a_type_says_of_the_value_is_dropped() {
    check::<Vec<Chatty>>(r#"["hunter2"]"#, "[0]", "a valid value");
    check::<HashMap<Chatty, u8>>(r#"{"hunter2":1}"#, "", "a valid value");
    check::<Vec<std::net::IpAddr>>(r#"["hunter2"]"#, "[0]", "a valid value");
    check::<Wordy>("\"hunter2\"", "", &(r"it's\n".repeat(42) + "it's"));
}

#[derive(Debug, Deserialize, PartialEq, Eq, Hash)]
struct Id(String);

#[test]
fn keys_of_a_map_may_be_more_than_text() {
    check::<HashMap<u8, bool>>(r#"{"7":"hunter2"}"#, "7", "true or false");
    check::<HashMap<i64, bool>>(r#"{"hunter2":true}"#, "", I64);
    check::<HashMap<bool, u8>>(r#"{"true":"hunter2"}"#, "true", U8);
    check::<HashMap<Id, u8>>(r#"{"x":"hunter2"}"#, "x", U8);
    check::<HashMap<Option<Id>, u8>>(r#"{"x":"hunter2"}"#, "x", U8);
}

#[test]
fn keys_of_a_map_are_cut_and_escaped() {
    let key = "k".repeat(1000);
    check::<HashMap<String, u8>>(&format!("{{\"{key}\":null}}"), &"k".repeat(64), U8);
    check::<HashMap<String, u8>>(
        r#"{"a\n\u0000\u202e\u001b[0m":""}"#,
        r"a\n\0\u{202e}\u{1b}[0m",
        U8,
    );
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "only ever read into")]
struct Lists(Vec<Self>);

#[derive(Deserialize)]
#[expect(dead_code, reason = "only ever read into")]
struct Maps(HashMap<String, Self>);

#[test]
fn a_long_path_is_cut() {
    let lists = "[".repeat(128) + "\"hunter2\"" + &"]".repeat(128);
    check::<Lists>(&lists, &("[0]".repeat(85) + "["), "an array");
    let maps = "{\"\\u0007\":".repeat(128) + "\"hunter2\"" + &"}".repeat(128);
    check::<Maps>(&maps, &(r"\u{7}.".repeat(42) + r"\u{7"), "an object");
}

#[test]
fn what_stands_behind_a_raw_value_is_found() {
    check::<(Box<RawValue>, u8)>(r#"[{"a":["hunter2"]},"hunter2"]"#, "[1]", U8);
    check::<HashMap<String, Option<Box<RawValue>>>>("[]", "", "an object");
}

#[test]
fn a_name_in_the_path_is_unescaped() {
    check::<HashMap<String, Vec<u8>>>(r#"{"\u0061\/\n": [1, "hunter2"]}"#, r"a/\n[1]", U8);
    check::<Order>(r#"{ "i\u0064" : "hunter2" }"#, "id", U64);
}

/// The text is read, and is not when an array stands for the struct.
#[track_caller]
fn from_object_alone<T: DeserializeOwned>(object: &str) {
    assert!(read::<T>(object).is_ok(), "{object}");
    let array = object.replace(r#"{"sku":"a"}"#, r#"["a"]"#);
    assert_ne!(array, object);
    assert!(read::<T>(&array).is_err(), "{array}");
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "only ever read into")]
struct Wrapped(Item);

#[derive(Deserialize)]
#[expect(dead_code, reason = "only ever read into")]
enum Holds {
    New(Item),
    Tuple(Item, i32),
    Struct { sku: String },
}

#[derive(Deserialize)]
#[serde(tag = "tag", content = "content")]
#[expect(dead_code, reason = "only ever read into")]
enum Adjacent {
    New(Item),
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "only ever read into")]
struct Flat {
    #[serde(flatten)]
    item: HashMap<String, String>,
}

#[test]
fn a_struct_is_read_from_an_object_and_from_no_array() {
    from_object_alone::<Item>(r#"{"sku":"a"}"#);
    from_object_alone::<Wrapped>(r#"{"sku":"a"}"#);
    from_object_alone::<Flat>(r#"{"sku":"a"}"#);
    from_object_alone::<Option<Item>>(r#"{"sku":"a"}"#);
    from_object_alone::<Box<Item>>(r#"{"sku":"a"}"#);
    from_object_alone::<Order>(r#"{"id":1,"items":[{"sku":"a"}]}"#);
    from_object_alone::<(i32, Option<Item>)>(r#"[1,{"sku":"a"}]"#);
    from_object_alone::<Vec<BTreeMap<String, Option<Wrapped>>>>(r#"[{"a":{"sku":"a"}}]"#);
    from_object_alone::<Holds>(r#"{"New":{"sku":"a"}}"#);
    from_object_alone::<Holds>(r#"{"Tuple":[{"sku":"a"},2]}"#);
    from_object_alone::<Holds>(r#"{"Struct":{"sku":"a"}}"#);
    from_object_alone::<Adjacent>(r#"{"tag":"New","content":{"sku":"a"}}"#);
}
