//! Signatures by a private key, as a plain function of any bytes.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use ed25519_dalek::{Signer as _, SigningKey};
use receiver_core::scheme::{Ed25519, PublicKey};
use receiver_core::{Request, Scheme};

use crate::message;

/// What each sender signs with a private key: spoiled in one byte, cut or replaced it is refused, and so
/// is another spelling of it, another body, and another's signature.
pub fn ed25519(input: &[u8]) {
    let [kind, at, to, cut, body @ ..] = input else { return };
    let (scheme, before, name) = match *kind % 3 {
        0 => (Ed25519::standard_webhooks(public(OURS)), "id-1.1767225600.", "webhook-signature"),
        1 => (Ed25519::discord(public(OURS)), "1767225600", "x-signature-ed25519"),
        _ => (Ed25519::telnyx(public(OURS)), "1767225600|", "telnyx-signature-ed25519"),
    };
    let is_hex = *kind % 3 == 1;
    let spell = |signature: &[u8]| match *kind % 3 {
        0 => format!("v1a,{}", BASE64_STANDARD.encode(signature)),
        1 => signature.iter().copied().flat_map(message::hex).collect(),
        _ => BASE64_STANDARD.encode(signature),
    };
    let accepts = |value: &[u8], body: &[u8]| {
        let time = b"1767225600".as_slice();
        let headers = [
            (name, value),
            ("webhook-id", b"id-1".as_slice()),
            ("webhook-timestamp", time),
            ("x-signature-timestamp", time),
            ("telnyx-timestamp", time),
        ];
        scheme.verify(&Request::new("POST", "/", &headers).with_body(body), now()).is_ok()
    };
    let content = [before.as_bytes(), body].concat();
    let signature = SigningKey::from_bytes(&OURS).sign(&content).to_bytes();
    let right = spell(&signature).into_bytes();
    assert!(accepts(&right, body), "what was signed");
    assert!(!accepts(&right, &[body, b"."].concat()), "another body");
    let theirs = SigningKey::from_bytes(&THEIRS).sign(&content).to_bytes();
    assert!(!accepts(spell(&theirs).as_bytes(), body), "another key");
    assert!(!accepts(spell(&again(&signature)).as_bytes(), body), "the same in another spelling");

    let mut changed = signature;
    changed[usize::from(*at) % 64] ^= (*to).max(1);
    assert!(!accepts(spell(&changed).as_bytes(), body), "another signature");
    let text = trimmed(&right);
    let is_text = |part: &[u8]| part == text || is_hex && part.eq_ignore_ascii_case(text);
    let holds = |value: &[u8]| value.windows(text.len()).any(is_text);
    let mut spoiled = right.clone();
    let place = usize::from(*at) % spoiled.len();
    spoiled[place] = *to;
    for value in [&spoiled[..], &right[..usize::from(*cut) % right.len()], body] {
        assert!(!accepts(value, body) || holds(value), "{}", value.escape_ascii());
    }
}

/// Any bytes as a public key: under one that is taken, a signature that fits everything fits nothing.
pub fn public_key(input: &[u8]) {
    let Some((bytes, body)) = input.split_first_chunk::<32>() else { return };
    let Ok(key) = PublicKey::new(*bytes) else { return };
    let scheme = Ed25519::telnyx(key);
    // The point at infinity, and nothing behind it.
    let mut nothing = [0; 64];
    nothing[0] = 1;
    for value in [BASE64_STANDARD.encode(nothing), BASE64_STANDARD.encode([0; 64])] {
        let headers = [("telnyx-signature-ed25519", &*value), ("telnyx-timestamp", "1767225600")];
        let request = Request::new("POST", "/", &headers).with_body(body);
        assert!(scheme.verify(&request, now()).is_err(), "{bytes:?}");
    }
}

/// With the order of the group added to its second half (RFC 8032, section 5.1.7, forbids it): the same
/// number to whoever does not look.
fn again(signature: &[u8; 64]) -> [u8; 64] {
    let (mut other, mut carry) = (*signature, 0);
    for (byte, more) in other[32..].iter_mut().zip(ORDER) {
        let sum = u16::from(*byte) + u16::from(more) + carry;
        [*byte, _] = sum.to_le_bytes();
        carry = sum >> 8;
    }
    other
}

/// Base64 may come without its padding.
fn trimmed(text: &[u8]) -> &[u8] {
    let end = text.iter().rposition(|byte| *byte != b'=').map_or(0, |last| last + 1);
    &text[..end]
}

fn public(private: [u8; 32]) -> PublicKey {
    let bytes = SigningKey::from_bytes(&private).verifying_key().to_bytes();
    PublicKey::new(bytes).expect("a key")
}

fn now() -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(1_767_225_600)
}

const OURS: [u8; 32] = [7; 32];
const THEIRS: [u8; 32] = [8; 32];

/// 2^252 + 27742317777372353535851937790883648493, the least significant byte first.
const ORDER: [u8; 32] = [
    0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
];
