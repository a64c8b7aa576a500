//! What is written where nothing but the signature is asked for: the right header, a decoder, the hash, one comparison
//! in constant time. It tells what is over the bare hash even then.

use std::time::UNIX_EPOCH;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use http::{HeaderMap, HeaderName};
use sha2::Sha256;

use crate::message::Message;
use crate::subject::{NOW, SECRET};

pub(crate) fn key() -> Hmac<Sha256> {
    Hmac::new_from_slice(SECRET.as_bytes()).expect("a key")
}

pub(crate) fn github(key: &Hmac<Sha256>, Message { headers, body }: &Message) -> Option<()> {
    let presented = text(headers, &X_HUB_SIGNATURE_256)?.strip_prefix("sha256=")?;
    let (pairs, []) = presented.as_bytes().as_chunks::<2>() else { return None };
    let pairs: &[_; 32] = pairs.try_into().ok()?;
    let [mut signature, mut digits] = [[0; 32], [0; 32]];
    for ((byte, seen), [high, low]) in signature.iter_mut().zip(&mut digits).zip(pairs) {
        let [high, low] = [high, low].map(|digit| NIBBLES[usize::from(*digit)]);
        (*byte, *seen) = (high << 4 | low, high | low);
    }
    if digits.iter().any(|it| *it > 15) {
        return None;
    }
    key.clone().chain_update(body).verify(&signature.into()).ok()
}

pub(crate) fn standard_webhooks(
    key: &Hmac<Sha256>,
    Message { headers, body }: &Message,
) -> Option<()> {
    let id = text(headers, &WEBHOOK_ID)?;
    let timestamp = text(headers, &WEBHOOK_TIMESTAMP)?;
    let now = NOW.duration_since(UNIX_EPOCH).ok()?.as_secs();
    if timestamp.parse::<u64>().ok()?.abs_diff(now) > 300 {
        return None;
    }
    let mac = [id, ".", timestamp, "."].iter().fold(key.clone(), Hmac::chain_update);
    let mac = mac.chain_update(body);
    let is_right = |signature: &str| {
        let mut bytes = [0; 32];
        let text = signature.strip_prefix("v1,")?;
        let length = BASE64_STANDARD.decode_slice(text, &mut bytes).ok()?;
        mac.clone().verify_slice(bytes.get(..length)?).ok()
    };
    text(headers, &WEBHOOK_SIGNATURE)?.split(' ').find_map(is_right)
}

fn text<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Option<&'h str> {
    headers.get(name)?.to_str().ok()
}

/// What a hexadecimal digit stands for, and 16 or more for what is none.
const NIBBLES: [u8; 256] = {
    let mut nibbles = [255; 256];
    let mut value = 0;
    while value < 16 {
        nibbles[b"0123456789ABCDEF"[value as usize] as usize] = value;
        nibbles[b"0123456789abcdef"[value as usize] as usize] = value;
        value += 1;
    }
    nibbles
};

const X_HUB_SIGNATURE_256: HeaderName = HeaderName::from_static("x-hub-signature-256");
const WEBHOOK_ID: HeaderName = HeaderName::from_static("webhook-id");
const WEBHOOK_TIMESTAMP: HeaderName = HeaderName::from_static("webhook-timestamp");
const WEBHOOK_SIGNATURE: HeaderName = HeaderName::from_static("webhook-signature");
