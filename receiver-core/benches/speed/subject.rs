//! A scheme, a request that it accepts, and the bytes that are hashed for it.

use std::hint::black_box;
use std::sync::LazyLock;
use std::time::{SystemTime, UNIX_EPOCH};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use http::HeaderName;
use http::header::AUTHORIZATION;
use receiver_core::scheme::{Basic, Bearer, Layout, Signature, Token, catalog};
use receiver_core::{Scheme, Secret};
use sha2::Sha256;

use crate::message::{Message, json};

pub(crate) struct Subject {
    pub(crate) name: &'static str,
    pub(crate) scheme: Box<dyn Scheme>,
    pub(crate) message: Message,
    /// The content of its HMAC-SHA256, if it is one.
    pub(crate) content: Option<Vec<u8>>,
}

impl Subject {
    /// One of each kind, with a body of so many bytes.
    pub(crate) fn all(bytes: usize) -> [Self; 6] {
        let token = HeaderName::from_static("x-token");
        let basic = format!("Basic {}", BASE64_STANDARD.encode(format!("erp:{SECRET}")));
        let bearer = Bearer::new(secret()).expect("a token");
        let of_token = Token::header(token.clone(), secret()).expect("a token");
        let of_basic = Basic::new("erp", secret()).expect("credentials");
        [
            Self::token("Bearer", bearer, AUTHORIZATION, &format!("Bearer {SECRET}"), bytes),
            Self::token("Basic", of_basic, AUTHORIZATION, &basic, bytes),
            Self::token("Token in a header", of_token, token, SECRET, bytes),
            Self::github(bytes),
            Self::standard_webhooks(bytes),
            Self::square(bytes),
        ]
    }

    pub(crate) fn github(bytes: usize) -> Self {
        let scheme = Signature::new(Layout::GITHUB, secret());
        Self::signed("GitHub, hex over the body", scheme, "", bytes)
    }

    pub(crate) fn standard_webhooks(bytes: usize) -> Self {
        let scheme = Signature::standard_webhooks(secret());
        let seconds = NOW.duration_since(UNIX_EPOCH).expect("a time").as_secs();
        let before = format!("{ID}.{seconds}.");
        Self::signed("Standard Webhooks", scheme, &before, bytes)
    }

    /// It signs its URL too.
    fn square(bytes: usize) -> Self {
        let sender = catalog::find("square").expect("a row");
        let scheme = Signature::new(sender.layout().clone(), secret());
        let scheme = scheme.with_public_url(URL).expect("a URL");
        Self::signed("Square, base64 over URL and body", scheme, URL, bytes)
    }

    fn token(
        name: &'static str,
        scheme: impl Scheme + 'static,
        header: HeaderName,
        value: &str,
        bytes: usize,
    ) -> Self {
        let message = Message::new(&json(bytes)).with(header, value);
        Self { name, scheme: Box::new(scheme), message, content: None }
    }

    fn signed(name: &'static str, scheme: Signature, before: &str, bytes: usize) -> Self {
        let message = Message::new(&json(bytes));
        let signed = scheme.sign(ID, *NOW, &message.body);
        let content = [before.as_bytes(), &message.body].concat();
        let message = signed.iter().fold(message, |it, (name, value)| it.with(name.clone(), value));
        Self { name, scheme: Box::new(scheme), message, content: Some(content) }
    }

    pub(crate) fn verify(&self) {
        let request = black_box(self.message.request());
        let proof = self.scheme.verify(&request, *NOW);
        assert!(black_box(proof).is_ok(), "{}", self.name);
    }

    /// What cannot be left out: the HMAC over the same bytes in one piece, its key's state ready.
    pub(crate) fn hash(&self) -> impl FnMut() + '_ {
        let key = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).expect("a key");
        let content = self.content.as_deref().unwrap_or_default();
        move || {
            black_box(key.clone().chain_update(black_box(content)).finalize().into_bytes());
        }
    }

    /// The same by another crate, whose hashes are assembly.
    pub(crate) fn hash_by_ring(&self) -> impl FnMut() + '_ {
        let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, SECRET.as_bytes());
        let content = self.content.as_deref().unwrap_or_default();
        move || {
            black_box(ring::hmac::sign(&key, black_box(content)));
        }
    }
}

pub(crate) fn secret() -> Secret {
    Secret::new(SECRET).expect("a secret")
}

pub(crate) const SECRET: &str = "c4bd7a0e95f1382667e0c19a5bd84f32";
pub(crate) const ID: &str = "msg_2KWPBgLlAfxdpx2AI54pPJ85f4W";
/// When everything is signed, and received: the other crates read the system's clock.
pub(crate) static NOW: LazyLock<SystemTime> = LazyLock::new(SystemTime::now);
const URL: &str = "https://hooks.example.com/webhooks/sender";
