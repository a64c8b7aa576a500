use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use crate::json::parse;

#[derive(Deserialize)]
#[expect(dead_code, reason = "only ever read into")]
struct Point {
    x: i32,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "only ever read into")]
struct Wrapped(Point);

#[derive(Deserialize)]
#[expect(dead_code, reason = "only ever read into")]
struct Nested {
    point: Point,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "only ever read into")]
enum Shape {
    New(Point),
    Tuple(Point, i32),
    Struct { x: i32 },
}

#[derive(Deserialize)]
#[serde(tag = "tag", content = "content")]
#[expect(dead_code, reason = "only ever read into")]
enum Adjacent {
    New(Point),
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "only ever read into")]
struct Flat {
    #[serde(flatten)]
    point: Point,
}

/// The text is read, and is not when an array stands for the struct.
#[track_caller]
fn check<T: DeserializeOwned>(object: &str) {
    assert!(parse::<T>(object).is_ok(), "{object}");
    let array = object.replace(r#"{"x":1}"#, "[1]");
    assert_ne!(array, object);
    assert!(parse::<T>(&array).is_err(), "{array}");
}

#[test]
fn a_struct_is_read_from_an_object_and_from_no_array() {
    check::<Point>(r#"{"x":1}"#);
    check::<Wrapped>(r#"{"x":1}"#);
    check::<Flat>(r#"{"x":1}"#);
    check::<Option<Point>>(r#"{"x":1}"#);
    check::<Box<Point>>(r#"{"x":1}"#);
    check::<Nested>(r#"{"point":{"x":1}}"#);
    check::<Vec<Point>>(r#"[{"x":1}]"#);
    check::<(i32, Option<Point>)>(r#"[1,{"x":1}]"#);
    check::<BTreeMap<String, Point>>(r#"{"a":{"x":1}}"#);
    check::<Vec<BTreeMap<String, Option<Wrapped>>>>(r#"[{"a":{"x":1}}]"#);
    check::<Shape>(r#"{"New":{"x":1}}"#);
    check::<Shape>(r#"{"Tuple":[{"x":1},2]}"#);
    check::<Shape>(r#"{"Struct":{"x":1}}"#);
    check::<Adjacent>(r#"{"tag":"New","content":{"x":1}}"#);
}

#[test]
fn what_is_an_array_is_read_from_one() {
    assert_eq!(parse::<(i32, Vec<i32>)>("[1,[2]]").unwrap(), (1, vec![2]));
    assert_eq!(parse::<serde_json::Value>("[1]").unwrap(), serde_json::json!([1]));
    assert_eq!(parse::<Box<RawValue>>("[1]").unwrap().get(), "[1]");
    assert!(parse::<BTreeMap<String, i32>>(r#"{"x":1}"#).is_ok());
}
