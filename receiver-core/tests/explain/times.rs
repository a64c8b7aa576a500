//! The signed time is too far away, or in another unit.

use std::time::Duration;

use receiver_core::explain::{Change, Explain, Finding, TimeChange};
use receiver_core::scheme::{Layout, Signature, Timestamp, Tolerance, Unit, catalog};

use crate::failure::{Failure, KEY, NOW, at, check as check_all, secret};

#[track_caller]
fn check(sender: Unit, given: Unit, now: u64, expected: &[TimeChange]) {
    let [sender, given] = [sender, given].map(|unit| {
        let name = http::HeaderName::from_static("webhook-timestamp");
        Layout::STANDARD_WEBHOOKS.with_timestamp(Timestamp::in_header(name, unit))
    });
    let explain = Explain::new(given, secret(KEY));
    let send = |key| Failure { now: at(now), ..Failure::signed(&sender, key, "{}") };
    let expected: Vec<_> = expected.iter().copied().map(Change::Time).collect();
    check_all(&explain, KEY, send, &[&expected]);
}

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

#[test]
fn a_clock_that_is_off() {
    for unit in UNITS {
        check(unit, unit, NOW + 301, &[TimeChange::Before(seconds(301))]);
        check(unit, unit, NOW + 10_800, &[TimeChange::Before(seconds(10_800))]);
        check(unit, unit, NOW - 301, &[TimeChange::After(seconds(301))]);
    }
    let explain = Explain::new(Layout::STANDARD_WEBHOOKS, secret(KEY));
    let failure = Failure::signed(&Layout::STANDARD_WEBHOOKS, secret(KEY), "{}");
    let late = Failure { now: at(NOW + 10_800), ..failure }.explained_by(&explain).to_string();
    assert!(late.contains("3 h 0 min before now: the signature itself is right"), "{late}");
}

#[test]
fn another_unit() {
    for sender in UNITS {
        for given in UNITS.into_iter().filter(|given| *given != sender) {
            check(sender, given, NOW, &[TimeChange::Unit(sender)]);
            let late = [TimeChange::Unit(sender), TimeChange::Before(seconds(7_200))];
            check(sender, given, NOW + 7_200, &late);
        }
    }
}

#[test]
fn a_time_that_nobody_reads() {
    let lob = catalog::find("lob").expect("a row").layout();
    let given = lob.clone().with_timestamp(lob.timestamp().expect("a time").clone().within(DAY));
    let explain = Explain::new(given, secret(KEY));
    let send = |key| {
        // Its sender writes a leading zero, and signs that.
        let layout = lob.clone().with_content(ZERO_TIME_DOT_BODY);
        let mut failure = Failure::signed(&layout, key, "{}");
        let (_, time) = &mut failure.headers[0];
        time.insert(0, '0');
        failure
    };
    check_all(&explain, KEY, send, &[&[Change::Time(TimeChange::Unreadable)]]);
}

#[test]
fn a_tolerance_of_ones_own() {
    let narrow = Tolerance::both(seconds(5));
    let explain = Explain::new(Layout::STANDARD_WEBHOOKS, secret(KEY)).with_tolerance(narrow);
    let send = |now| move |key| Failure { now: at(now), ..Failure::signed(&STANDARD, key, "{}") };
    let before = Change::Time(TimeChange::Before(seconds(6)));
    check_all(&explain, KEY, send(NOW + 6), &[&[before]]);
    assert!(send(NOW + 5)(secret(KEY)).explained_by(&explain).verdict().is_ok());
}

/// Whether the signature is right or not, the time is told.
#[test]
fn a_wrong_time_is_seen_without_the_secret() {
    let explain = Explain::new(Layout::STANDARD_WEBHOOKS, secret("another-key-77"));
    let failure = Failure::signed(&Layout::STANDARD_WEBHOOKS, secret(KEY), "{}");
    let late = Failure { now: at(NOW + 7_200), ..failure }.explained_by(&explain);
    assert_eq!(late.findings(), [Finding::Time(TimeChange::Before(seconds(7_200)))]);
    assert_eq!(late.hypotheses(), []);
}

#[test]
fn a_clock_before_1970_is_no_panic() {
    let explain = Explain::new(STANDARD, secret(KEY));
    let sender = Signature::new(STANDARD, secret(KEY));
    let now = at(0) - seconds(10);
    let failure = Failure { now, ..Failure::by(&sender, "/", "{}") };
    let explanation = failure.explained_by(&explain);
    assert_eq!(explanation.findings(), [Finding::Time(TimeChange::After(seconds(NOW)))]);
}

const UNITS: [Unit; 4] = [Unit::Seconds, Unit::Milliseconds, Unit::Rfc3339, Unit::HttpDate];
const STANDARD: Layout = Layout::STANDARD_WEBHOOKS;
const DAY: Tolerance = Tolerance::both(Duration::from_secs(86_400));

const ZERO_TIME_DOT_BODY: &[receiver_core::scheme::Part] = {
    use receiver_core::scheme::Part;
    &[Part::literal("0"), Part::Timestamp, Part::literal("."), Part::Body]
};
