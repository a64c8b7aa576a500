//! A value that is longer takes so much longer and no more: whoever sends a signature is not proven yet, and whoever is
//! may send anything.
#![expect(clippy::expect_used, reason = "a test that cannot go on fails, and says where")]

use std::borrow::Cow;
use std::hint::black_box;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use http::HeaderName;
use receiver_core::scheme::dangerous::Anonymous;
use receiver_core::scheme::{Encoding, Grammar, Hash, Layout, Signature, Timestamp, Unit};
use receiver_core::{Json, Receiver, Request, Scheme as _, Secret};

#[test]
fn a_signatures_value_is_read_in_linear_time() {
    for grammar in grammars() {
        for filling in [" ", "\t", ",", ", ", "a ", "a,", "v1=,", "v1= ", "t=1,", "t=1 "] {
            for end in ["", ","] {
                let time = |length: usize| time(&grammar, &filled(filling, length, end));
                let (short, long) = (time(1 << 11), time(1 << 15));
                let most = short.saturating_mul(16 * 5);
                assert!(long < most, "{grammar:?} of {filling:?}: {short:?}, then {long:?}");
            }
        }
    }
}

fn grammars() -> [Grammar; 8] {
    let optional = Grammar::List { separator: ',', prefix: Cow::Borrowed("v1="), optional: true };
    [
        Grammar::Bare,
        Grammar::word("HMAC"),
        Grammar::list(' ', "v1,"),
        optional,
        Grammar::fields(',', "t", "v1"),
        Grammar::groups("t", "v1"),
        Grammar::Positional { separator: ',' },
        Grammar::Named { separator: '&', joint: '|' },
    ]
}

/// A timestamp that is fresh, and then as much of something.
fn filled(filling: &str, length: usize, end: &str) -> String {
    let start = format!("t={AT},");
    let times = length.saturating_sub(start.len()).div_euclid(filling.len());
    [&start, &filling.repeat(times), end].concat()
}

/// The shortest of three times that it takes to refuse it.
fn time(grammar: &Grammar, value: &str) -> Duration {
    let name = HeaderName::from_static("x-signature");
    let layout = Layout::body(name, Hash::Sha256, Encoding::Hex).with_grammar(grammar.clone());
    let beside = matches!(grammar, Grammar::Fields { .. } | Grammar::Groups { .. });
    let at = Timestamp::beside(Unit::Seconds);
    let layout = if beside { layout.with_timestamp(at) } else { layout };
    let scheme = Signature::new(layout, Secret::new("correct-horse").expect("a secret"));
    let headers = vec![("x-signature", value)];
    let request = Request::new("POST", "/", &headers).with_body("{}");
    let once = |_| {
        let start = Instant::now();
        assert!(black_box(scheme.verify(black_box(&request), now())).is_err());
        start.elapsed()
    };
    (0..3).map(once).min().expect("three times")
}

fn now() -> SystemTime {
    UNIX_EPOCH.checked_add(Duration::from_secs(AT)).expect("a time")
}

const AT: u64 = 1_767_225_600;

/// The standard library takes 17 µs for the second of these, and 50 ns for the like of the first.
#[test]
fn no_number_takes_long_for_its_bytes() {
    let receiver = Receiver::<Json<Vec<f64>>>::new(Anonymous::because("it is about the body"));
    let headers = [("content-type", "application/json")];
    let time = |number: &str| {
        let count = (1_usize << 18).div_euclid(number.len());
        let body = format!("[{}]", vec![number; count].join(","));
        let request = Request::new("POST", "/", &headers).with_body(&*body);
        let once = |_| {
            let start = Instant::now();
            assert!(black_box(receiver.receive(&request, SystemTime::now())).is_ok());
            start.elapsed()
        };
        (0..5).map(once).min().expect("five times")
    };
    let (usual, crafted) = (time("1.2345e300"), time("1.2345000000000000692e300"));
    assert!(crafted < usual.saturating_mul(3), "{usual:?}, then {crafted:?}");
}
