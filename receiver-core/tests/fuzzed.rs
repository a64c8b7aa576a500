//! The fuzz targets, driven by proptest: what libFuzzer runs for hours, here for a moment.
#![cfg(all(feature = "config", feature = "ed25519"))]
#![expect(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on fails, and says where"
)]

#[path = "../../fuzz/src/ed25519.rs"]
#[expect(unreachable_pub, reason = "the fuzz targets are another crate")]
mod ed25519;
#[path = "../../fuzz/src/handshakes.rs"]
#[expect(unreachable_pub, reason = "the fuzz targets are another crate")]
mod handshakes;
#[path = "catalog/message.rs"]
#[expect(dead_code, reason = "the catalogue's tests use the rest")]
mod message;
#[path = "../../fuzz/src/path.rs"]
#[expect(unreachable_pub, reason = "the fuzz targets are another crate")]
mod path;
#[path = "../../fuzz/src/targets.rs"]
#[expect(unreachable_pub, reason = "the fuzz targets are another crate")]
mod targets;
#[path = "../../fuzz/src/tenants.rs"]
#[expect(unreachable_pub, reason = "the fuzz targets are another crate")]
mod tenants;

use proptest::collection::vec;
use proptest::prelude::{Just, ProptestConfig, Strategy, any, proptest};
use proptest::prop_oneof;
use proptest::sample::select;

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..Default::default() })]

    #[test]
    fn grammars(input in input()) {
        for (_, grammar) in targets::GRAMMARS {
            targets::grammar(&grammar, &input);
        }
    }

    #[test]
    fn encodings(input in input()) {
        targets::encoding(&input);
    }

    #[test]
    fn key_forms(input in prop_oneof![input(), "[A-Za-z0-9+/=_ \\-]{0,40}".prop_map(String::into_bytes)]) {
        targets::key_form(&input);
    }

    #[test]
    fn configuration(input in layout()) {
        targets::config(input.as_bytes());
    }

    #[test]
    fn signatures(input in input()) {
        targets::signature(&input);
    }

    #[test]
    fn credentials(input in prop_oneof![input(), credential()]) {
        targets::credentials(&input);
    }

    #[test]
    fn whole_requests(input in input()) {
        path::core(&input);
    }

    #[test]
    fn bodies_of_every_sender(media in any::<u8>(), body in prop_oneof![input(), json()]) {
        for sender in path::SENDERS {
            path::sender(sender, &[&[media], &*body].concat());
        }
    }

    #[test]
    fn the_strict_pass(input in prop_oneof![input(), json()]) {
        path::json(&input);
    }

    #[test]
    fn other_credentials(place in any::<u8>(), value in input()) {
        path::schemes(&[&[place], &*value].concat());
    }

    #[test]
    fn signatures_by_a_private_key(input in input()) {
        ed25519::ed25519(&input);
    }

    #[test]
    fn public_keys(input in prop_oneof![vec(any::<u8>(), 32..40), small_order()]) {
        ed25519::public_key(&input);
    }

    #[test]
    fn several_tenants(place in any::<u8>(), whose in any::<u8>(), rest in input()) {
        tenants::tenants(&[&[place, whose], &*rest].concat());
    }

    #[test]
    fn what_senders_ask(kind in any::<u8>(), how in any::<u8>(), text in prop_oneof![input(), word()]) {
        handshakes::handshakes(&[&[kind, how], &*text].concat());
    }

    #[test]
    fn timestamps(kind in any::<u8>(), text in time()) {
        targets::timestamp(&[&[kind], text.as_bytes()].concat());
    }
}

/// The cases that were found before, each in the folder of its target.
#[test]
fn what_was_found_is_mended() {
    let seeds = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/seeds");
    let mut count = 0;
    for folder in std::fs::read_dir(seeds).expect("the seeds") {
        let folder = folder.expect("a folder");
        let target = folder.file_name().into_string().expect("a name");
        for file in std::fs::read_dir(folder.path()).expect("a folder") {
            let input = std::fs::read(file.expect("a file").path()).expect("a seed");
            count += 1;
            match (target.as_str(), target.strip_prefix("sender_")) {
                ("config", _) => targets::config(&input),
                ("ed25519", _) => ed25519::ed25519(&input),
                ("handshakes", _) => handshakes::handshakes(&input),
                ("json", _) => path::json(&input),
                ("path_core", _) => path::core(&input),
                ("public_key", _) => ed25519::public_key(&input),
                ("schemes", _) => path::schemes(&input),
                ("signature", _) => targets::signature(&input),
                ("tenants", _) => tenants::tenants(&input),
                (_, Some(sender)) => path::sender(sender, &input),
                _ => panic!("nothing runs the seeds of {target}"),
            }
        }
    }
    assert!(count > 0, "no seed was run");
}

/// Bytes, and what has a meaning in one grammar or another.
fn input() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        vec(any::<u8>(), 0..8),
        select(vec!["t=1", "v1=", "v1,", ",", " ", "|", "&", "=", "sha256=", "HMAC ", "AAAA"])
            .prop_map(|text| text.as_bytes().to_vec()),
    ];
    vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

/// Points of order 1, 2 and 4, under which one signature fits any content, and something behind them.
fn small_order() -> impl Strategy<Value = Vec<u8>> {
    let point = |first, middle, last| [&[first], &[middle; 30][..], &[last], b"{}"].concat();
    select(vec![point(1, 0, 0), point(0xec, 0xff, 0x7f), point(0, 0, 0), point(0, 0, 0x80)])
}

/// Words that are signed or echoed, and some that are not.
fn word() -> impl Strategy<Value = Vec<u8>> {
    let known = select(vec!["eventgrid.azure.net", "EventGrid.Azure.NET", "null", "17", "1e5"]);
    prop_oneof![
        "[A-Za-z0-9+/_-]{1,40}={0,3}".prop_map(String::into_bytes),
        known.prop_map(Into::into)
    ]
}

/// Pieces of JSON in any order, and some that fit.
fn json() -> impl Strategy<Value = Vec<u8>> {
    let pieces = r#"{ } [ ] , : "a" "a":1 "\u0061":1 "type":"a.b" "\ud83d" "\ud83d\ude00" 1e999 -0 null {"a":{}}"#;
    let pieces: Vec<_> = pieces.split(' ').collect();
    vec(select(pieces), 0..16).prop_map(|pieces| pieces.concat().into_bytes())
}

fn credential() -> impl Strategy<Value = Vec<u8>> {
    let right = ["Bearer correct-horse-6b1f", "Basic ZXJwOmNvcnJlY3QtaG9yc2UtNmIxZg=="];
    (select(right.to_vec()), any::<proptest::sample::Index>(), any::<u8>(), any::<bool>()).prop_map(
        |(right, at, to, spoil)| {
            let mut value = right.as_bytes().to_vec();
            let at = at.index(value.len());
            if spoil {
                value[at] = to;
            }
            value
        },
    )
}

fn time() -> impl Strategy<Value = String> {
    prop_oneof![
        (1_767_225_200_i64..1_767_226_000).prop_map(|seconds| seconds.to_string()),
        (1_767_225_200_000_i64..1_767_226_000_000).prop_map(|time| time.to_string()),
        "[+0]?17672256[0-9]{2}(000)?[ .]?",
        "2026-01-01T00:0[0-9]:[0-6][0-9](\\.[0-9]{0,9})?(Z|[+-]00:0[0-9])",
        "Thu, 0?1 Jan (20)?26 00:0[0-9]:[0-6][0-9] (GMT|UT|Z|-0000)",
        ".{0,20}",
    ]
}

/// Layouts of parts that fit together or not.
fn layout() -> impl Strategy<Value = String> {
    let source = select(vec![r#"{"header":"x-a"}"#, r#"{"query":"s"}"#, r#"{"form":"s"}"#]);
    let grammar = prop_oneof![
        Just(r#""bare""#.to_owned()),
        "[a-z0-9=]{0,4}".prop_map(|text| format!(r#"{{"prefix":"{text}"}}"#)),
        "[ -!#-\\[\\]-~]".prop_map(|it| format!(r#"{{"list":{{"separator":"{it}"}}}}"#)),
        "[ -!#-\\[\\]-~]".prop_map(|it| format!(r#"{{"positional":{{"separator":"{it}"}}}}"#)),
    ];
    let part = select(vec![
        r#""body""#,
        r#""id""#,
        r#""timestamp""#,
        r#""method""#,
        r#""url""#,
        r#""sorted_form""#,
        r#""body_sha256""#,
        r#"{"literal":"."}"#,
        r#"{"query":"a"}"#,
        r#"{"form_field":"payload"}"#,
    ]);
    let more = select(vec![
        "",
        r#","id":"x-id""#,
        r#","timestamp":{"unit":"seconds"}"#,
        r#","timestamp":{"header":"x-t","unit":"rfc3339"}"#,
        r#","id":"x-id","timestamp":{"header":"x-t","unit":"milliseconds"}"#,
    ]);
    let letters = select(vec!["hex", "base64", "base64url"]);
    (source, grammar, vec(part, 0..5), more, letters).prop_map(
        |(source, grammar, parts, more, letters)| {
            format!(
                r#"{{"source":{source},"grammar":{grammar},"encoding":"{letters}","hash":"sha256","content":[{}]{more}}}"#,
                parts.join(",")
            )
        },
    )
}
