//! Says which member did not fit its type, and what was expected there; never the value.

use std::fmt;

use serde::de::{DeserializeOwned, Expected, Unexpected};

use self::reader::Reader;

mod reader;

/// Where a JSON text does not have the shape of its type.
///
/// An error of `serde` quotes the value that it complains about, and that may be a secret or
/// somebody's address. This has nothing of it, and so can be logged and answered with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shape {
    member: String,
    expected: String,
}

impl Shape {
    /// Reads a text again that could not be read as a `T`, to say why.
    pub(crate) fn of<T: DeserializeOwned>(text: &str) -> Self {
        let Ok(value) = super::parse(text) else {
            return Misfit::new("numbers in the range of a 64-bit float").into();
        };
        match T::deserialize(Reader::Value(&value)) {
            Err(misfit) => misfit.into(),
            // A type that reads the text itself in its own way may fit the second time.
            Ok(_) => Misfit::new("a valid value").into(),
        }
    }

    /// What a reader of its own finds wrong. Neither text may hold a value of the payload.
    pub(crate) fn new(member: &str, expected: &str) -> Self {
        Self { member: printable(member, 256), expected: printable(expected, 256) }
    }

    /// The path of the member: `data.object.id`, `items[3].id`, or nothing for the whole text.
    ///
    /// At most 256 characters, all printable. A name in it comes from the type, or is the key of
    /// a map: of a key, at most 64 characters.
    #[must_use]
    pub fn member(&self) -> &str {
        &self.member
    }

    /// What the type expected there: at most 256 characters, all printable.
    #[must_use]
    pub fn expected(&self) -> &str {
        &self.expected
    }
}

/// ``expected non-empty text at `data.object.id` ``
impl fmt::Display for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.member.as_str() {
            "" => write!(f, "expected {}", self.expected),
            member => write!(f, "expected {} at `{member}`", self.expected),
        }
    }
}

/// The error of the second reading. It cannot hold a value, because it never takes one.
#[derive(Debug)]
struct Misfit {
    /// The steps of the path, the innermost first.
    steps: Vec<String>,
    expected: String,
}

impl Misfit {
    fn new(expected: &(impl ToString + ?Sized)) -> Self {
        Self { steps: Vec::new(), expected: printable(&expected.to_string(), 256) }
    }

    fn in_item(mut self, index: usize) -> Self {
        self.steps.push(format!("[{index}]"));
        self
    }

    fn in_member(mut self, name: &str) -> Self {
        self.steps.push(format!(".{}", printable(name, 64)));
        self
    }
}

impl std::error::Error for Shape {}

impl From<Misfit> for Shape {
    fn from(Misfit { steps, expected }: Misfit) -> Self {
        let path: String = steps.into_iter().rev().collect();
        let path = path.strip_prefix('.').unwrap_or(&path);
        Self { member: path.chars().take(256).collect(), expected }
    }
}

impl serde::de::Error for Misfit {
    /// Drops the message: whoever wrote it may have put the value in.
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self::new("a valid value")
    }

    fn invalid_type(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::new(expected)
    }

    fn invalid_value(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::new(expected)
    }

    fn invalid_length(_: usize, expected: &dyn Expected) -> Self {
        Self::new(expected)
    }

    fn unknown_variant(_: &str, variants: &'static [&'static str]) -> Self {
        Self::new(&format!("one of `{}`", variants.join("`, `")))
    }

    fn unknown_field(_: &str, fields: &'static [&'static str]) -> Self {
        match fields {
            [] => Self::new("no member"),
            _ => Self::new(&format!("no member but `{}`", fields.join("`, `"))),
        }
    }

    fn missing_field(name: &'static str) -> Self {
        Self::new("to be present").in_member(name)
    }

    fn duplicate_field(name: &'static str) -> Self {
        Self::new("one member of this name").in_member(name)
    }
}

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expected {}", self.expected)
    }
}

impl std::error::Error for Misfit {}

/// As much of a text as the limit allows, in characters, with what cannot be printed escaped.
fn printable(text: &str, limit: usize) -> String {
    let mut printable = String::new();
    for character in text.chars().take(limit) {
        match character {
            '"' | '\'' => printable.push(character),
            _ => printable.extend(character.escape_debug()),
        }
    }
    printable.chars().take(limit).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, HashMap};

    use serde::Deserialize;
    use serde::de::{DeserializeOwned, Deserializer, Error, Unexpected};
    use serde_json::value::RawValue;

    use super::Shape;
    use crate::json::parse;

    /// Stands wherever a text has a value that must not be printed.
    const SECRET: &str = "hunter2";

    #[track_caller]
    fn check<T: DeserializeOwned>(text: &str, member: &str, expected: &str) {
        assert!(parse::<T>(text).is_err(), "it has the right shape");
        let shape = Shape::of::<T>(text);
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

    #[test]
    fn the_path_leads_to_the_member() {
        check::<Order>(r#"{"id":"hunter2","items":[]}"#, "id", "u64");
        check::<Order>(r#"{"id":1,"items":"hunter2"}"#, "items", "a sequence");
        check::<Order>(r#"{"id":1,"items":[{"sku":"a"},"hunter2"]}"#, "items[1]", "struct Item");
        check::<Order>(r#"{"id":1,"items":[{"sku":1}]}"#, "items[0].sku", "a string");
        check::<Order>(r#"{"id":1,"items":[],"note":["hunter2"]}"#, "note", "a string");
        check::<(Option<u8>, u8)>(r#"[null,"hunter2"]"#, "[1]", "u8");
        check::<BTreeMap<String, Vec<Order>>>(
            r#"{"a":[],"b":[{"id":1,"items":[{"sku":["hunter2"]}]}]}"#,
            "b[0].items[0].sku",
            "a string",
        );
    }

    #[test]
    fn the_whole_text_has_no_path() {
        check::<Order>("\"hunter2\"", "", "struct Order");
        check::<u8>("1.5", "", "u8");
        check::<bool>("\"hunter2\"", "", "a boolean");
        check::<()>("1", "", "unit");
        assert_eq!(Shape::of::<u8>("[]").to_string(), "expected u8");
        assert_eq!(Shape::of::<Order>("{\"id\":[]}").to_string(), "expected u64 at `id`");
    }

    #[test]
    fn members_are_missing_unknown_or_there_twice() {
        check::<Order>(r#"{"items":[]}"#, "id", "to be present");
        check::<Vec<Item>>(r#"[{"count":1}]"#, "[0].sku", "to be present");
        check::<Item>(r#"{"sku":"a","hunter2":1}"#, "", "no member but `sku`, `count`, `quantity`");
        check::<Item>(r#"{"sku":"a","count":1,"quantity":2}"#, "count", "one member of this name");
    }

    #[test]
    fn numbers_are_out_of_range() {
        check::<Item>(r#"{"sku":"a","count":300}"#, "count", "i8");
        check::<Item>(r#"{"sku":"a","count":1.0}"#, "count", "i8");
        check::<u64>("-1", "", "u64");
        check::<u64>("18446744073709551616", "", "u64");
        check::<f64>("1e999", "", "numbers in the range of a 64-bit float");
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
        check::<Plain>(r#"{"unit":"hunter2"}"#, "unit", "unit");
        check::<Plain>(r#"{"new":"hunter2"}"#, "new", "u8");
        check::<Plain>(r#"{"tuple":[1,"hunter2"]}"#, "tuple[1]", "u8");
        check::<Plain>(r#"{"tuple":[1,2,"hunter2"]}"#, "tuple", "fewer items");
        check::<Plain>(r#"{"tuple":[1]}"#, "tuple", "tuple variant Plain::Tuple with 2 elements");
        check::<Vec<Plain>>(r#"["unit",{"struct":{"a":"hunter2"}}]"#, "[1].struct.a", "u8");
        check::<Plain>(r#"{"struct":{}}"#, "struct.a", "to be present");
        check::<Plain>(r#"{"new":1,"hunter2":2}"#, "", "a string or an object with one member");
        check::<Vec<Tagged>>(r#"[{"kind":"hunter2"}]"#, "[0].kind", "one of `A`");
        check::<Vec<Tagged>>(r#"[{"n":1}]"#, "[0].kind", "to be present");
        check::<Vec<Tagged>>(r#"[{"kind":"A","n":"hunter2"}]"#, "[0]", "u8");
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

    #[derive(Deserialize, PartialEq, Eq, Hash)]
    struct Id(String);

    #[test]
    fn keys_of_a_map_may_be_more_than_text() {
        check::<HashMap<u8, bool>>(r#"{"7":"hunter2"}"#, "7", "a boolean");
        check::<HashMap<i64, bool>>(r#"{"hunter2":true}"#, "", "i64");
        check::<HashMap<bool, u8>>(r#"{"true":"hunter2"}"#, "true", "u8");
        check::<HashMap<Id, u8>>(r#"{"x":"hunter2"}"#, "x", "u8");
        check::<HashMap<Option<Id>, u8>>(r#"{"x":"hunter2"}"#, "x", "u8");
    }

    #[test]
    fn keys_of_a_map_are_cut_and_escaped() {
        let key = "k".repeat(1000);
        check::<HashMap<String, u8>>(&format!("{{\"{key}\":null}}"), &"k".repeat(64), "u8");
        check::<HashMap<String, u8>>(
            r#"{"a\n\u0000\u202e\u001b[0m":""}"#,
            r"a\n\0\u{202e}\u{1b}[0m",
            "u8",
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
        check::<Lists>(&lists, &("[0]".repeat(85) + "["), "a sequence");
        let maps = "{\"\\u0007\":".repeat(128) + "\"hunter2\"" + &"}".repeat(128);
        check::<Maps>(&maps, &(r"\u{7}.".repeat(42) + r"\u{7"), "a map");
    }

    #[test]
    fn raw_values_are_read_like_any() {
        check::<(Box<RawValue>, u8)>(r#"[{"a":["hunter2"]},"hunter2"]"#, "[1]", "u8");
        check::<HashMap<String, Option<Box<RawValue>>>>("[]", "", "a map");
    }
}
