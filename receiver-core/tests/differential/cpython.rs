//! `CPython`'s `hmac`. `tests/cpython/hmac_vectors.py` writes the file, and nothing but the file is
//! needed here.

use std::time::UNIX_EPOCH;

use http::HeaderName;
use receiver_core::scheme::{Encoding, Hash, Layout, Signature};
use receiver_core::{InvalidSecret, Request, Scheme, Secret};
use serde::Deserialize;

#[test]
fn every_tag_is_cpythons() {
    for (hash, keys) in said().keyed() {
        for (secret, tags) in keys {
            let Ok(secret) = secret else { continue };
            let layout = Layout::body(HeaderName::from_static("x-signature"), hash, Encoding::Hex);
            let scheme = Signature::new(layout, secret);
            for (body, tag) in &tags {
                let place = format!("{hash:?}, a body of {} bytes", body.len());
                assert_eq!(scheme.sign("", UNIX_EPOCH, body)[0].1, *tag, "{place}");
                // And no other body's.
                for (other, _) in &tags {
                    let headers = vec![("x-signature", tag)];
                    let request = Request::new("POST", "/", &headers).with_body(other);
                    let verdict = scheme.verify(&request, UNIX_EPOCH);
                    assert_eq!(verdict.is_ok(), other == body, "{place} for {}", other.len());
                }
            }
        }
    }
}

/// `CPython` takes the empty key, and any other HMAC does. No secret here is empty.
#[test]
fn the_key_that_cpython_takes_and_we_refuse_is_the_empty_one() {
    for (hash, keys) in said().keyed() {
        let refused: Vec<_> = keys.into_iter().filter_map(|(secret, _)| secret.err()).collect();
        assert_eq!(refused, [InvalidSecret::Empty], "{hash:?}");
    }
}

#[derive(Deserialize)]
struct Said {
    keys: Vec<String>,
    bodies: Vec<String>,
    tags: Tags,
}

/// The tag of every body under every key, in their order.
#[derive(Deserialize)]
struct Tags {
    sha1: Vec<Vec<String>>,
    sha256: Vec<Vec<String>>,
    sha384: Vec<Vec<String>>,
    sha512: Vec<Vec<String>>,
}

/// Each key, and what it makes of each body.
type Keyed = Vec<(Result<Secret, InvalidSecret>, Vec<(Vec<u8>, String)>)>;

impl Said {
    fn keyed(self) -> [(Hash, Keyed); 4] {
        let Tags { sha1, sha256, sha384, sha512 } = self.tags;
        let (keys, bodies) = (self.keys, self.bodies);
        [(Hash::Sha1, sha1), (Hash::Sha256, sha256), (Hash::Sha384, sha384), (Hash::Sha512, sha512)]
            .map(|(hash, tags)| {
                assert_eq!(tags.len(), keys.len());
                let keyed = keys.iter().zip(tags).map(|(key, tags)| {
                    assert_eq!(tags.len(), bodies.len());
                    let bodies = bodies.iter().map(|body| bytes(body));
                    (Secret::new(bytes(key)), bodies.zip(tags).collect())
                });
                (hash, keyed.collect())
            })
    }
}

fn said() -> Said {
    serde_json::from_str(include_str!("../vectors/cpython.json")).expect("CPython's file")
}

fn bytes(hex: &str) -> Vec<u8> {
    let (pairs, odd) = hex.as_bytes().as_chunks::<2>();
    assert!(odd.is_empty());
    let byte = |pair| std::str::from_utf8(pair).ok().and_then(|it| u8::from_str_radix(it, 16).ok());
    pairs.iter().map(|pair| byte(pair).expect("hexadecimal")).collect()
}
