//! The strict pass: what is one sound JSON text, and where what is not one goes wrong.
#![expect(clippy::expect_used, reason = "a test that cannot go on fails, and says where")]

use std::hint::black_box;
use std::time::{Duration, Instant};

use receiver_core::json::{Fault, MAX_DEPTH, check, without_bom};
use serde::Deserialize;
use serde_json::{Deserializer, Value, from_slice, from_str};

/// The body is sound, and `serde_json` reads it.
#[track_caller]
fn sound(body: impl AsRef<[u8]>) {
    let body = body.as_ref();
    assert_eq!(check(body), Ok(std::str::from_utf8(body).unwrap_or_default()));
    assert!(from_slice::<Value>(body).is_ok());
}

/// The body has this fault at this byte.
#[track_caller]
fn unsound(body: impl AsRef<[u8]>, fault: Fault, offset: usize) {
    let body = body.as_ref();
    let malformed = check(body).expect_err("it is not sound");
    let found = (malformed.fault(), malformed.offset());
    assert_eq!(found, (fault, offset), "{}", body.escape_ascii());
    let is_allowed_by_rfc_8259 = matches!(fault, Fault::RepeatedMember | Fault::ReservedMember);
    assert!(is_allowed_by_rfc_8259 || from_slice::<Value>(body).is_err());
}

#[track_caller]
fn syntax(body: impl AsRef<[u8]>, offset: usize) {
    unsound(body, Fault::Syntax, offset);
}

#[test]
fn any_value_can_be_the_root() {
    for body in ["null", "true", "false", "0", "-1.5e3", r#""""#, r#""text""#, "[]", "{}"] {
        sound(body);
    }
}

#[test]
fn nothing_is_no_value() {
    unsound("", Fault::Empty, 0);
    unsound(" ", Fault::Empty, 1);
    unsound("\r\n\t \n", Fault::Empty, 5);
}

#[test]
fn whitespace_stands_between_all_words() {
    sound(" \t\r\n{ \t\r\n\"a\" \t\r\n: \t\r\n[ \t\r\n1 \t\r\n, \t\r\n2 \t\r\n] \t\r\n} \t\r\n");
    sound("[\n\n\n          1,\n         2,\n        3\n]\n\n");
    sound("[ ]");
    sound("{ }");
    syntax("\u{a0}1", 0);
    syntax("1\u{2028}", 1);
    syntax("[1,\u{b}2]", 3);
    syntax("\u{c}1", 0);
    syntax("1\0", 1);
    syntax("1 \u{85}", 2);
    syntax("[1,\u{feff}2]", 3);
    syntax("1 // one", 2);
    syntax("/* one */ 1", 0);
    syntax("# one\n1", 0);
}

#[test]
fn there_is_one_value_and_no_more() {
    syntax("1 2", 2);
    syntax("nullnull", 4);
    syntax("{}{}", 2);
    syntax("[],", 2);
    syntax("[]]", 2);
    syntax("{}}", 2);
    syntax("\"a\"\"b\"", 3);
    syntax("1,", 1);
    syntax("1:2", 1);
    syntax("{}\n{}", 3);
}

#[test]
fn literals_are_three_words_in_small_letters() {
    sound("[true,false,null]");
    syntax("True", 0);
    syntax("NULL", 0);
    syntax("[tru]", 1);
    syntax("nul", 0);
    syntax("truex", 4);
    syntax("[nulll]", 5);
    syntax("undefined", 0);
    syntax("NaN", 0);
    syntax("Infinity", 0);
    syntax("a", 0);
}

#[test]
fn numbers_follow_their_grammar() {
    for number in ["0", "-0", "7", "10", "-12", "0.0", "0.10", "-0.5", "120.034", "1e1", "1E1"] {
        sound(number);
        sound(format!("[{number}]"));
        sound(format!("{{\"n\" : {number} }}"));
    }
    for number in ["1e+1", "1e-01", "0e0", "0E+0", "-0.0e-0", "1.5e300", "123456789012345678901"] {
        sound(number);
        sound(format!("[{number},{number}]"));
    }
    syntax("-", 1);
    syntax("+1", 0);
    syntax("--1", 1);
    syntax("01", 1);
    syntax("-01", 2);
    syntax("00", 1);
    syntax(".5", 0);
    syntax("-.5", 1);
    syntax("1.", 2);
    syntax("[1.]", 3);
    syntax("1.e1", 2);
    syntax("1..2", 2);
    syntax("1.2.3", 3);
    syntax("1e", 2);
    syntax("1e+", 3);
    syntax("1e+-1", 3);
    syntax("1e1.5", 3);
    syntax("1ee1", 2);
    syntax("1e1e1", 3);
    syntax("0x10", 1);
    syntax("1_000", 1);
    syntax("1,000", 1);
    syntax("1f", 1);
    syntax("-Infinity", 1);
    syntax("- 1", 1);
    syntax("1 .5", 2);
    syntax("\u{ff11}", 0);
}

#[test]
fn a_number_may_be_larger_than_a_float() {
    assert_eq!(check(b"[1e999]"), Ok("[1e999]"));
    assert!(from_slice::<Value>(b"[1e999]").is_err());
}

#[test]
fn strings_hold_all_but_quotes_backslashes_and_control_characters() {
    sound("\"\u{20}\u{21}\u{23}\u{5b}\u{5d}\u{7e}\u{7f}\u{80}\u{7ff}\u{800}\u{ffff}\u{10ffff}\"");
    sound("[\"ação\",\"日本語\",\"🦀🦀🦀\",\"\u{feff}\",\"\u{fdd0}\",\"/\",\"'\"]");
    for length in 0..40 {
        let text = "x".repeat(length);
        sound(format!("\"{text}\""));
        sound(format!("[\"{text}\",\"{text}\\n\",\"{text}\\\"{text}\"]"));
        syntax(format!("\"{text}"), length + 1);
        syntax(format!("[\"{text}\n{text}\"]"), length + 2);
        syntax(format!("{{\"{text}\\x{text}\":1}}"), length + 3);
    }
    for control in 0..=0x1f {
        syntax([b'"', control, b'"'], 1);
        syntax([&b"{\"12345678"[..], &[control], b"\":1}"].concat(), 10);
    }
    syntax("'a'", 0);
    syntax("\"a", 2);
    syntax("\"a\\\"", 4);
    syntax("a\"", 0);
}

#[test]
fn escapes_are_nine_and_no_others() {
    sound(r#""\"\\\/\b\f\n\r\t\u0041""#);
    sound(r#"["\u0000","\u001f","\uABCD","\uabcd","\uffff","\ue000","\ud7ff"]"#);
    sound(r#"{"\u0000":"nul is data"}"#);
    for escape in 0..=0x7f {
        if !b"\"\\/bfnrtu".contains(&escape) {
            syntax([b'"', b'\\', escape, b'"'], 2);
        }
    }
    syntax(r#""\u""#, 3);
    syntax(r#""\u004""#, 6);
    syntax(r#""\u00g0""#, 5);
    syntax(r#""\u+041""#, 3);
    syntax(r#""\u 041""#, 3);
    syntax(r#""\u{41}""#, 3);
    syntax(r#""\U0041""#, 2);
    syntax(r#""\x41""#, 2);
    syntax(r#""\é""#, 2);
    syntax(r#""\u00"#, 5);
    syntax(r#""\"#, 2);
}

#[test]
fn surrogates_come_in_pairs() {
    sound(r#"["\ud83e\udd80","\uD800\uDC00","\udbff\udfff","\ud800\udc00\ud800\udc00"]"#);
    let lone = |body: &str, offset| unsound(body, Fault::LoneSurrogate, offset);
    lone(r#""\ud800""#, 1);
    lone(r#""\udc00""#, 1);
    lone(r#""\udfff""#, 1);
    lone(r#""abc\ud83e def""#, 4);
    lone(r#""\ud83e\n""#, 1);
    lone(r#""\ud83e\u0041""#, 1);
    lone(r#""\ud83e\ud83e\udd80""#, 1);
    lone(r#""\udd80\ud83e""#, 1);
    lone(r#""\udd80\udd80""#, 1);
    lone(r#""\udc00\udc00""#, 1);
    lone(r#""\ud83e\udd80\udd80""#, 13);
    lone(r#"{"a":{"\udbff":1}}"#, 7);
    lone(r#"[[],{"ignored":["\uD83E"]}]"#, 17);
    syntax(r#""\ud83e\u""#, 9);
    syntax(r#""\ud83e\udd8""#, 12);
}

#[test]
fn arrays_separate_their_values_by_single_commas() {
    sound("[1,[2,[]],{},\"\",null]");
    syntax("[", 1);
    syntax("]", 0);
    syntax("[1", 2);
    syntax("[1,", 3);
    syntax("[,]", 1);
    syntax("[1,]", 3);
    syntax("[,1]", 1);
    syntax("[1,,2]", 3);
    syntax("[1 2]", 3);
    syntax("[1}", 2);
    syntax("[1:2]", 2);
    syntax("[\"a\":1]", 4);
    syntax("[[]", 3);
    syntax("[1;2]", 2);
}

#[test]
fn objects_have_a_name_a_colon_and_a_value_for_each_member() {
    sound(r#"{"a":1,"b":{"c":[]},"":null}"#);
    syntax("{", 1);
    syntax("}", 0);
    syntax("{]", 1);
    syntax("{,}", 1);
    syntax("{a:1}", 1);
    syntax("{'a':1}", 1);
    syntax("{1:1}", 1);
    syntax("{null:1}", 1);
    syntax("{[]:1}", 1);
    syntax(r#"{"a"}"#, 4);
    syntax(r#"{"a":}"#, 5);
    syntax(r#"{"a" 1}"#, 5);
    syntax(r#"{"a",1}"#, 4);
    syntax(r#"{"a"::1}"#, 5);
    syntax(r#"{"a":1,}"#, 7);
    syntax(r#"{"a":1,,"b":1}"#, 7);
    syntax(r#"{"a":1 "b":1}"#, 7);
    syntax(r#"{"a":1]"#, 6);
    syntax(r#"{"a":1"#, 6);
    syntax(r#"{"a":"#, 5);
    syntax(r#"{"a""#, 4);
    syntax(r#"{"a":1,"#, 7);
    syntax(r#"{"a"="b"}"#, 4);
    syntax(r#"{"a":{"b":1}"#, 12);
}

#[test]
fn a_name_is_not_repeated_in_its_object() {
    let repeated = |body: &str, offset| unsound(body, Fault::RepeatedMember, offset);
    sound(r#"{"a":{"a":{"a":[{"a":1},{"a":1}]}}}"#);
    sound(r#"{"a":1,"A":1,"a ":1,"á":1,"a\u0301":1,"\u0000":1,"\u0000a":1,"":1}"#);
    repeated(r#"{"a":1,"a":1}"#, 7);
    repeated(r#"{"":1,"":1}"#, 6);
    repeated(r#"{"a":1,"\u0061":1}"#, 7);
    repeated(r#"{"\u0061":1,"a":1}"#, 12);
    repeated(r#"{"\u0061":1,"\u0061":1}"#, 12);
    repeated(r#"{"a\/b":1,"a/b":1}"#, 10);
    repeated(r#"{"é":1,"\u00E9":1}"#, 8);
    repeated(r#"{"🦀":1,"\ud83e\udd80":1}"#, 10);
    repeated(r#"{"a":{"a":1,"b":{"c":1},"a":1}}"#, 24);
    repeated(r#"[0,{"a":[{"a":1}],"b":2,"a":3}]"#, 24);
    repeated(r#"{"amount_due_today":1,"amount_due_today":1}"#, 22);
    // The first fault counts.
    repeated(r#"{"a":1,"a":1,}"#, 7);
    syntax(r#"{"a":1,"b":1,}"#, 13);
}

#[test]
fn a_repeated_name_is_found_in_small_and_large_objects() {
    for count in [1, 2, 8, 31, 32, 33, 34, 100, 1000] {
        let names: Vec<_> = (0..count).map(|n| format!("\"name{n}\":{{\"name{n}\":1}}")).collect();
        let body = names.join(",");
        sound(format!("[{{{body}}},{{{body}}}]"));
        for repeated in [0, count / 2, count - 1] {
            let plain = format!("{{{body},\"name{repeated}\":1}}");
            unsound(plain, Fault::RepeatedMember, body.len() + 2);
            let escaped = format!("{{{body},\"n\\u0061me{repeated}\":1}}");
            unsound(escaped, Fault::RepeatedMember, body.len() + 2);
            let escaped_first = format!("{{\"n\\u0061me{repeated}\":1,{body}}}");
            let again = escaped_first.find(&names[repeated]).unwrap_or_default();
            unsound(escaped_first, Fault::RepeatedMember, again);
        }
    }
}

#[test]
fn names_reserved_by_serde_json_are_no_data() {
    let reserved = |body: &str, offset| unsound(body, Fault::ReservedMember, offset);
    reserved(r#"{"$serde_json::private::RawValue":"{\"a\":1,\"a\":2}"}"#, 1);
    reserved(r#"{"\u0024serde_json::private::RawValue":"[]"}"#, 1);
    reserved(r#"[{"a":1,"$serde_json::private::Number":"1"}]"#, 8);
    sound(r#"{"$serde_json":1,"$serde_json::private:":1,"serde_json::private::RawValue":1}"#);
}

#[test]
fn nesting_has_a_limit() {
    let nested = |depth| "[".repeat(depth) + &"]".repeat(depth);
    sound(nested(MAX_DEPTH - 1));
    reads_without_limit(&nested(MAX_DEPTH));
    unsound(nested(MAX_DEPTH + 1), Fault::TooDeep, MAX_DEPTH);
    unsound("[".repeat(1_000_000), Fault::TooDeep, MAX_DEPTH);
    let members = |depth| "{\"a\":".repeat(depth) + "1" + &"}".repeat(depth);
    reads_without_limit(&members(MAX_DEPTH));
    unsound(members(MAX_DEPTH + 1), Fault::TooDeep, 5 * MAX_DEPTH);
    unsound("{\"a\":[".repeat(1000), Fault::TooDeep, 6 * (MAX_DEPTH / 2));
    // Side by side is not inside.
    sound(format!("[{}]", vec![nested(MAX_DEPTH - 2); 1000].join(",")));
}

/// The limit of `serde_json` is one lower, and so has to be off.
#[track_caller]
fn reads_without_limit(text: &str) {
    assert_eq!(check(text.as_bytes()), Ok(text));
    assert!(from_str::<Value>(text).is_err());
    let mut deserializer = Deserializer::from_str(text);
    deserializer.disable_recursion_limit();
    assert!(Value::deserialize(&mut deserializer).is_ok());
}

#[test]
fn the_body_is_utf_8() {
    let bad = |body: &[u8], offset| unsound(body, Fault::NotUtf8, offset);
    bad(b"\"\xff\"", 1);
    bad(b"\"\x80\"", 1);
    bad(b"\"caf\xe9\"", 4);
    bad(b"\"\xc3\"", 1);
    bad(b"\"\xc0\xaf\"", 1);
    bad(b"\"\xe0\x80\xaf\"", 1);
    bad(b"\"\xed\xa0\x80\"", 1);
    bad(b"\"\xf4\x90\x80\x80\"", 1);
    bad(b"{\"\xf0\x9f\xa6\":1}", 2);
    bad(b"\xff\xfe{\0}\0", 0);
    bad(b"[1] \xfe", 4);
    // Before all other faults, wherever they are.
    bad(b"]]]] \"\xff\"", 6);
    syntax(b"\0{\0}", 0);
    syntax(b"{\0}\0", 1);
}

#[test]
fn a_byte_order_mark_is_for_the_caller_to_take_off() {
    unsound("\u{feff}{}", Fault::ByteOrderMark, 0);
    unsound("\u{feff}", Fault::ByteOrderMark, 0);
    unsound(b"\xef\xbb\xbf\xff", Fault::ByteOrderMark, 0);
    sound(without_bom("\u{feff}{}".as_bytes()));
    syntax(" \u{feff}{}", 1);
}

#[test]
fn ten_times_the_members_take_about_ten_times_the_time() {
    // Names of equal length and ends are the hardest to tell apart.
    let object = |count| {
        let members: Vec<_> = (0..count).map(|n| format!("\"aaaaaaaa{n:06}aaaaaaaa\":1")).collect();
        format!("{{{}}}", members.join(","))
    };
    let mut before = fastest(&object(1000));
    for count in [10_000, 100_000] {
        let time = fastest(&object(count));
        assert!(time < 40 * before, "{time:?} after {before:?}");
        before = time;
    }
}

fn fastest(body: &str) -> Duration {
    let once = || {
        let start = Instant::now();
        assert!(check(black_box(body.as_bytes())).is_ok());
        start.elapsed()
    };
    (0..5).map(|_| once()).min().unwrap_or_default()
}
