//! The strict pass against `serde_json`, over texts that nobody thought of.

use proptest::collection::{btree_map, vec};
use proptest::prelude::{
    Just, ProptestConfig, Strategy, any, prop_assert, prop_assert_eq, proptest,
};
use proptest::test_runner::TestCaseError;
use proptest::{prop_oneof, sample};
use receiver_core::json::{Fault, Malformed, check};
use serde_json::{Value, from_slice, to_string, to_string_pretty};

proptest! {
    #![proptest_config(ProptestConfig { cases: 1024, failure_persistence: None, ..Default::default() })]

    #[test]
    fn any_bytes_are_sound_or_not(body in vec(any::<u8>(), 0..300)) {
        agrees_with_serde_json(&body)?;
    }

    #[test]
    fn any_words_are_sound_or_not(words in vec(word(), 0..30)) {
        agrees_with_serde_json(words.concat().as_bytes())?;
    }

    #[test]
    fn what_serde_json_writes_is_sound(value in value()) {
        for text in [to_string(&value).unwrap_or_default(), to_string_pretty(&value).unwrap_or_default()] {
            prop_assert_eq!(check(text.as_bytes()), Ok(&*text));
        }
    }

    #[test]
    fn what_is_damaged_is_judged_as_serde_json_judges_it(
        value in value(),
        edits in vec((any::<sample::Index>(), sample::select(&[0, 1, 1, 2, 9999][..]), insertion()), 1..4),
    ) {
        let mut body = to_string_pretty(&value).unwrap_or_default().into_bytes();
        for (at, removed, inserted) in edits {
            let start = at.index(body.len().saturating_add(1));
            let end = start.saturating_add(removed).min(body.len());
            drop(body.splice(start..end, inserted));
        }
        agrees_with_serde_json(&body)?;
    }
}

/// A body that the pass accepts `serde_json` reads; a body outside the grammar neither takes.
fn agrees_with_serde_json(body: &[u8]) -> Result<(), TestCaseError> {
    match (check(body), from_slice::<Value>(body)) {
        (Ok(text), Ok(_)) => prop_assert_eq!(text.as_bytes(), body),
        (Ok(_), Err(error)) => prop_assert!(error.to_string().starts_with("number out of range")),
        (Err(malformed), Ok(_)) => prop_assert!(is_allowed_by_rfc_8259(malformed)),
        (Err(malformed), Err(_)) => prop_assert!(malformed.offset() <= body.len()),
    }
    Ok(())
}

fn is_allowed_by_rfc_8259(malformed: Malformed) -> bool {
    matches!(malformed.fault(), Fault::RepeatedMember | Fault::ReservedMember)
}

fn value() -> impl Strategy<Value = Value> {
    let scalar = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    scalar.prop_recursive(6, 64, 10, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..10).prop_map(Value::from),
            btree_map(any::<String>(), inner, 0..10)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

fn word() -> impl Strategy<Value = &'static str> {
    sample::select(WORDS.split(' ').collect::<Vec<_>>())
}

fn insertion() -> impl Strategy<Value = Vec<u8>> {
    vec(sample::select(BYTES), 0..3)
}

/// Bytes that mean something in JSON, and some that never do.
const BYTES: &[u8] = b"{}[]:,\"\\/ut0123456789eE+-.tfnals \t\r\n\0\x1f\x7f\x80\xc3\xed\xff";

const WORDS: &str = r#"{ } [ ] : , " "a" "a": "\u0061": "b":1 \ \n \ud83e \udd80 0 1 - . e 12.5e-3 true false null é"#;
