//! A signed request that can be spoiled, and who signs it.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use base64::prelude::{BASE64_STANDARD, Engine as _};
use ed25519_dalek::{Signer as _, SigningKey};
use http::HeaderName;
use receiver_core::scheme::{Ed25519, Encoding, Hash, Layout, PublicKey};
use receiver_core::{AuthError, Request, Scheme};

#[derive(Clone)]
pub(crate) struct Message {
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
    pub(crate) now: SystemTime,
}

impl Message {
    pub(crate) fn standard_webhooks(signer: &SigningKey, body: &str) -> Self {
        let signature = sign(signer, &format!("msg_1.{NOW}.{body}"));
        let value = format!("v1a,{}", BASE64_STANDARD.encode(signature));
        let time = NOW.to_string();
        let names = ["webhook-id", "webhook-timestamp", "webhook-signature"];
        Self::of(names.into_iter().zip(["msg_1", &time, &value]), body)
    }

    pub(crate) fn discord(signer: &SigningKey, body: &str) -> Self {
        let signature = hex(&sign(signer, &format!("{NOW}{body}")));
        let time = NOW.to_string();
        let names = ["X-Signature-Ed25519", "X-Signature-Timestamp"];
        Self::of(names.into_iter().zip([&*signature, &time]), body)
    }

    pub(crate) fn telnyx(signer: &SigningKey, body: &str) -> Self {
        let signature = BASE64_STANDARD.encode(sign(signer, &format!("{NOW}|{body}")));
        let time = NOW.to_string();
        let names = ["telnyx-signature-ed25519", "telnyx-timestamp"];
        Self::of(names.into_iter().zip([&*signature, &time]), body)
    }

    fn of<'h>(headers: impl Iterator<Item = (&'h str, &'h str)>, body: &str) -> Self {
        let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned()));
        Self { headers: headers.collect(), body: body.as_bytes().to_vec(), now: at(NOW) }
    }

    /// `accept`, or the reason for the log.
    pub(crate) fn judged_by(&self, scheme: &Ed25519) -> &'static str {
        let request = Request::new("POST", "/", &self.headers).with_body(&self.body);
        scheme.verify(&request, self.now).map_or_else(AuthError::reason, |_| "accept")
    }
}

pub(crate) fn body_in_hex() -> Layout {
    Layout::body(HeaderName::from_static("x-signature"), Hash::Sha512, Encoding::Hex)
}

pub(crate) fn sign(signer: &SigningKey, content: &str) -> [u8; 64] {
    signer.sign(content.as_bytes()).to_bytes()
}

pub(crate) fn signer(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

pub(crate) fn public(seed: u8) -> PublicKey {
    PublicKey::new(signer(seed).verifying_key().to_bytes()).expect("a key")
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from_digit(value.into(), 16).expect("a digit");
    bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]).map(digit).collect()
}

pub(crate) fn at(seconds: u64) -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(seconds)
}

pub(crate) const NOW: u64 = 1_767_225_600;
