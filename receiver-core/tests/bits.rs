//! A right signature with any single bit of anything it covers flipped is refused.
#![expect(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on fails, and says where"
)]

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use http::HeaderName;
use receiver_core::scheme::{Encoding, Hash, Layout, Signature, Tolerance};
use receiver_core::{Request, Scheme, Secret};

#[test]
fn any_bit_of_the_body() {
    for (name, scheme) in schemes() {
        let message = Message::signed_by(&scheme);
        for bit in bits(&message.body) {
            let mut flipped = message.clone();
            flip(&mut flipped.body, bit);
            assert!(!flipped.is_accepted_by(&scheme), "{name}, bit {bit} of the body");
        }
    }
}

/// The id and the timestamp; the tolerance is far wider than any flipped digit.
#[test]
fn any_bit_of_any_signed_header() {
    let scheme =
        Signature::standard_webhooks(secret()).with_tolerance(Tolerance::both(Duration::MAX));
    let message = Message::signed_by(&scheme);
    for name in ["webhook-id", "webhook-timestamp"] {
        let place = message.headers.iter().position(|(header, _)| header == name);
        let place = place.expect("a signed header");
        for bit in bits(&message.headers[place].1) {
            let mut flipped = message.clone();
            flip(&mut flipped.headers[place].1, bit);
            assert!(!flipped.is_accepted_by(&scheme), "bit {bit} of {name}");
        }
    }
}

/// The header's text. A letter of hexadecimal in the other case is the same signature.
#[test]
fn any_bit_of_the_signatures_text() {
    for (name, scheme) in schemes() {
        let message = Message::signed_by(&scheme);
        let place = message.headers.len() - 1;
        let text = message.headers[place].1.clone();
        for bit in bits(&text) {
            let mut flipped = message.clone();
            flip(&mut flipped.headers[place].1, bit);
            let is_other_case = name.contains("hex")
                && bit / 8 >= prefix(name).len()
                && text.eq_ignore_ascii_case(&flipped.headers[place].1);
            assert_eq!(
                flipped.is_accepted_by(&scheme),
                is_other_case,
                "{name}, bit {bit} of its text"
            );
        }
    }
}

#[test]
fn every_shorter_and_every_longer_signature() {
    for (name, scheme) in schemes() {
        let message = Message::signed_by(&scheme);
        let place = message.headers.len() - 1;
        let text = message.headers[place].1.clone();
        // Base64 may come without its padding: that is the whole signature still.
        let whole =
            text.trim_ascii_end().iter().rposition(|&byte| byte != b'=').map_or(0, |at| at + 1);
        for length in 0..whole {
            let mut cut = message.clone();
            cut.headers[place].1.truncate(length);
            assert!(!cut.is_accepted_by(&scheme), "{name}, the first {length} letters");
        }
        for more in [&b"0"[..], b"00", b"A", b"AAAA", b"=", b",", b"\0"] {
            let mut long = message.clone();
            long.headers[place].1.extend_from_slice(more);
            assert!(!long.is_accepted_by(&scheme), "{name}, and {more:?}");
        }
    }
}

#[derive(Clone)]
struct Message {
    headers: Vec<(String, Vec<u8>)>,
    body: Vec<u8>,
}

impl Message {
    fn signed_by(scheme: &Signature) -> Self {
        let body = br#"{"type":"paid","n":17}"#.to_vec();
        let headers = scheme.sign("msg_1", now(), &body).into_iter();
        let headers = headers.map(|(name, value)| (name.to_string(), value.into_bytes())).collect();
        let message = Self { headers, body };
        assert!(message.is_accepted_by(scheme), "untouched, it is accepted");
        message
    }

    fn is_accepted_by(&self, scheme: &Signature) -> bool {
        let request = Request::new("POST", "/", &self.headers).with_body(&self.body);
        scheme.verify(&request, now()).is_ok()
    }
}

fn schemes() -> Vec<(&'static str, Signature)> {
    let header = HeaderName::from_static("x-signature");
    let body = |hash, encoding| Layout::body(header.clone(), hash, encoding);
    let layouts = [
        ("sha256 hex", Layout::GITHUB),
        ("sha1 hex", body(Hash::Sha1, Encoding::Hex).with_prefix("sha1=")),
        ("bare hex", body(Hash::Sha256, Encoding::Hex)),
        ("base64", body(Hash::Sha256, Encoding::Base64)),
        ("base64url", body(Hash::Sha384, Encoding::Base64Url)),
        ("sha512", body(Hash::Sha512, Encoding::Base64)),
        ("standard webhooks", Layout::STANDARD_WEBHOOKS),
    ];
    layouts.map(|(name, layout)| (name, Signature::new(layout, secret()))).into()
}

fn prefix(name: &str) -> &'static str {
    match name {
        "sha256 hex" => "sha256=",
        "sha1 hex" => "sha1=",
        _ => "",
    }
}

fn bits(bytes: &[u8]) -> std::ops::Range<usize> {
    0..bytes.len() * 8
}

fn flip(bytes: &mut [u8], bit: usize) {
    bytes[bit / 8] ^= 1 << (bit % 8);
}

fn secret() -> Secret {
    Secret::new("signing-key-c2d9").expect("a secret")
}

fn now() -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(1_767_225_600)
}
