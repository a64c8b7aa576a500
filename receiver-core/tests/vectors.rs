//! Published test vectors of signatures and credentials, and each of them spoiled.
#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on fails, and says where"
)]

use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use http::HeaderName;
use receiver_core::scheme::{Basic, Bearer, Encoding, Hash, Layout, Signature};
use receiver_core::{AuthError, Request, Scheme, Secret};
use serde::Deserialize;
use serde::de::DeserializeOwned;

#[test]
fn hmac_sha_256_384_and_512_of_rfc_4231() {
    check_signatures("rfc4231");
}

#[test]
fn hmac_sha_1_of_rfc_2202() {
    check_signatures("rfc2202");
}

#[test]
fn signatures_that_senders_publish() {
    check_signatures("senders");
}

#[test]
fn credentials_of_rfc_7617_and_rfc_6750() {
    for vector in load::<CredentialVector>("credentials") {
        let secret = |text: &str| Secret::new(text).expect("a secret");
        let scheme: Box<dyn Scheme> = if vector.scheme == "bearer" {
            Box::new(Bearer::new(secret(&vector.secret)).expect("a token"))
        } else {
            let (user, password) = vector.secret.split_once(':').expect("user and password");
            Box::new(Basic::new(user, secret(password)).expect("credentials"))
        };
        let verdict = verify(&*scheme, &vector.headers, b"", None);
        assert_eq!(verdict, vector.expect, "{}", vector.comment);
    }
}

/// An accepted vector is also made by `sign`, and refused with one byte more in its body.
#[track_caller]
fn check_signatures(file: &str) {
    for vector in load::<SignatureVector>(file) {
        let scheme = Signature::new(vector.layout.layout(), vector.key.secret());
        let body = vector.body.bytes();
        let verdict = verify(&scheme, &vector.headers, &body, vector.now);
        assert_eq!(verdict, vector.expect, "{}", vector.comment);

        if verdict == "accept" {
            let id = vector.headers.iter().find(|(name, _)| name == "webhook-id");
            let id = id.map_or("", |(_, id)| id);
            for (name, value) in scheme.sign(id, at(vector.now), &body) {
                let sent = vector
                    .headers
                    .iter()
                    .find(|(sent, _)| name.as_str().eq_ignore_ascii_case(sent));
                assert_eq!(sent.map(|(_, value)| value), Some(&value), "{}", vector.comment);
            }
            let more = [&body[..], b"."].concat();
            let verdict = verify(&scheme, &vector.headers, &more, vector.now);
            assert_eq!(verdict, "signature_mismatch", "{}", vector.comment);
        }
    }
}

/// `accept`, or the reason for the log.
fn verify(
    scheme: &dyn Scheme,
    headers: &Vec<(String, String)>,
    body: &[u8],
    now: Option<u64>,
) -> &'static str {
    let request = Request::new("POST", "/", headers).with_body(body);
    scheme.verify(&request, at(now)).map_or_else(AuthError::reason, |_| "accept")
}

fn at(seconds: Option<u64>) -> SystemTime {
    UNIX_EPOCH.checked_add(Duration::from_secs(seconds.unwrap_or(0))).expect("a time")
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SignatureVector {
    comment: String,
    layout: Spelling,
    key: Bytes,
    body: Bytes,
    headers: Vec<(String, String)>,
    now: Option<u64>,
    expect: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CredentialVector {
    comment: String,
    scheme: String,
    secret: String,
    headers: Vec<(String, String)>,
    expect: String,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Spelling {
    Known(String),
    Body { header: String, hash: String, encoding: String, prefix: Option<String> },
}

impl Spelling {
    fn layout(&self) -> Layout {
        match self {
            Self::Known(name) if name == "github" => Layout::GITHUB,
            Self::Known(name) if name == "standard_webhooks" => Layout::STANDARD_WEBHOOKS,
            Self::Known(name) => panic!("no layout is called {name}"),
            Self::Body { header, hash, encoding, prefix } => {
                let header = HeaderName::try_from(header).expect("a header's name");
                let layout = Layout::body(header, hash_of(hash), encoding_of(encoding));
                match prefix {
                    Some(prefix) => layout.with_prefix(prefix.clone().leak()),
                    None => layout,
                }
            }
        }
    }
}

fn hash_of(name: &str) -> Hash {
    match name {
        "sha1" => Hash::Sha1,
        "sha256" => Hash::Sha256,
        "sha384" => Hash::Sha384,
        "sha512" => Hash::Sha512,
        _ => panic!("no hash is called {name}"),
    }
}

fn encoding_of(name: &str) -> Encoding {
    match name {
        "hex" => Encoding::Hex,
        "base64" => Encoding::Base64,
        "base64url" => Encoding::Base64Url,
        _ => panic!("no encoding is called {name}"),
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Bytes {
    Text(String),
    Hex(String),
    Whsec(String),
}

impl Bytes {
    fn secret(&self) -> Secret {
        match self {
            Self::Text(text) => Secret::new(text.as_str()),
            Self::Hex(text) => Secret::from_hex(text),
            Self::Whsec(text) => Secret::from_whsec(text),
        }
        .expect("a secret")
    }

    fn bytes(&self) -> Vec<u8> {
        self.secret().expose().to_vec()
    }
}

fn load<T: DeserializeOwned>(file: &str) -> Vec<T> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors").join(file);
    let text = fs::read_to_string(path.with_extension("json")).expect("the file of vectors");
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{file}: {error}"))
}
