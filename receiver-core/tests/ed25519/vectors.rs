//! Vectors that senders and RFC 8032 publish, each of them also spoiled.

use std::fs;
use std::path::Path;

use receiver_core::scheme::{Ed25519, InvalidPublicKey, PublicKey};
use serde::Deserialize;

use crate::message::{Message, at, body_in_hex};

#[test]
fn signatures_that_senders_and_the_rfc_publish() {
    for vector in load() {
        let (scheme, message) = (vector.scheme(), vector.message());
        assert_eq!(message.judged_by(&scheme), vector.expect, "{}", vector.comment);
        if vector.expect == "accept" {
            is_refused_when_spoiled(&message, &scheme, &vector.comment);
        }
    }
}

fn is_refused_when_spoiled(sent: &Message, scheme: &Ed25519, comment: &str) {
    let spoiled = |spoil: &dyn Fn(&mut Message)| {
        let mut message = sent.clone();
        spoil(&mut message);
        message.judged_by(scheme)
    };
    assert_eq!(spoiled(&|it| it.body.push(b'.')), "signature_mismatch", "{comment}");
    for place in 0..sent.headers.len() {
        let missing = spoiled(&|it| drop(it.headers.remove(place)));
        assert_eq!(missing, "missing_credential", "{comment}");
        let repeated = spoiled(&|it| it.headers.push(it.headers[place].clone()));
        assert_eq!(repeated, "duplicate_header", "{comment}");
        assert_ne!(spoiled(&|it| it.headers[place].1.clear()), "accept", "{comment}");
    }
    let place = sent.headers.iter().position(|(_, value)| value.len() > 80).expect("a signature");
    let whole = sent.headers[place].1.trim_end_matches('=').len();
    for length in 0..whole {
        let cut = spoiled(&|it| it.headers[place].1.truncate(length));
        assert_ne!(cut, "accept", "{comment}, {length}");
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Vector {
    comment: String,
    sender: String,
    key: String,
    headers: Vec<(String, String)>,
    body: String,
    now: u64,
    expect: String,
}

impl Vector {
    fn scheme(&self) -> Ed25519 {
        let (make, read): (fn(PublicKey) -> Ed25519, Maker) = match &*self.sender {
            "standard_webhooks" => (Ed25519::standard_webhooks, PublicKey::from_whpk),
            "discord" => (Ed25519::discord, PublicKey::from_hex),
            "telnyx" => (Ed25519::telnyx, PublicKey::from_base64),
            "body" => (|key| Ed25519::new(body_in_hex(), key), PublicKey::from_hex),
            name => panic!("no sender is called {name}"),
        };
        make(read(&self.key).expect("a key"))
    }

    fn message(&self) -> Message {
        let (headers, body) = (self.headers.clone(), self.body.clone().into_bytes());
        Message { headers, body, now: at(self.now) }
    }
}

fn load() -> Vec<Vector> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors/ed25519.json");
    let text = fs::read_to_string(path).expect("the file of vectors");
    serde_json::from_str(&text).expect("vectors")
}

type Maker = fn(&str) -> Result<PublicKey, InvalidPublicKey>;
