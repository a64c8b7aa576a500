//! Doors without a framework: a scheme, and the letters that its sender would send.

use std::rc::Rc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use ed25519_dalek::SigningKey;
use receiver_core::scheme::catalog::{Sender, senders};
use receiver_core::scheme::{
    Ed25519, KeyForm, Part, PublicKey, Scheme, Signature, Source, Strength,
};
use receiver_core::testing::{Credential, Outgoing};
use receiver_core::{Bytes, Receiver, Secret};

use super::{Door, Knows, Letter};
use crate::answer::Answer;
use crate::own::Anything;

/// A door with this scheme, without HTTP on the way.
#[must_use]
pub fn bare(
    name: &str,
    scheme: impl Scheme + 'static,
    knows: Knows,
    right: &http::Request<Bytes>,
) -> Door {
    let endpoint = Receiver::<Anything>::new(scheme);
    let play = move |letter: &Letter| {
        Answer::of(match endpoint.receive(&letter.request(), letter.now()) {
            Ok(event) => event.receipt.accepted().into_http(letter.now()),
            Err(rejection) => rejection.into_http(letter.now()),
        })
    };
    let headers = right.headers().iter();
    let headers = headers.map(|(name, value)| (name.to_string(), value.as_bytes().to_vec()));
    let right = Letter {
        to: right.uri().path().trim_start_matches('/').to_owned(),
        method: right.method().to_string(),
        query: right.uri().query().map(str::to_owned),
        headers: headers.collect(),
        body: right.body().to_vec(),
        now: NOW,
    };
    Door { name: name.to_owned(), knows, rights: vec![right], is_http: false, play: Rc::new(play) }
}

/// A door for every row of the catalogue that signs the body's bytes and says so in a header, and every
/// kind of Ed25519. A form has several spellings, and is tried in tests of its own.
#[must_use]
pub fn catalog() -> Vec<Door> {
    let is_form = |part: &Part| matches!(part, Part::Form | Part::FormField(_));
    let is_plain = |row: &&Sender| {
        matches!(row.layout().source(), Source::Header(_))
            && row.layout().strength() == Strength::Body
            && !row.layout().content().iter().any(is_form)
    };
    let rows = senders().filter(is_plain).filter_map(by_secret);
    rows.chain(by_public_key()).collect()
}

/// `None` for a row that takes no JSON.
fn by_secret(row: &Sender) -> Option<Door> {
    let text = match row.layout().key_form() {
        KeyForm::Hex => "7369676e696e672d6b65792d63326439",
        KeyForm::Base64 | KeyForm::Whsec => "c2lnbmluZy1rZXktYzJkOQ==",
        _ => "signing-key-c2d9",
    };
    let url = "https://example.com/hooks";
    let secret = row.layout().secret(text).expect("a key");
    let credential =
        Credential::signature(row.layout().clone(), secret.clone()).with_public_url(url);
    let right = Outgoing::json("/hooks", "{\"paid\":true}").with_credential(credential);
    let scheme = Signature::new(row.layout().clone(), secret).with_public_url(url).expect("a URL");
    Some(bare(row.name(), scheme, Knows::Signature, &right.request(now()).ok()?))
}

fn by_public_key() -> [Door; 3] {
    let public = || {
        let public = SigningKey::from_bytes(&PRIVATE).verifying_key();
        PublicKey::new(public.to_bytes()).expect("a key")
    };
    let schemes = [
        ("Ed25519 of Standard Webhooks", Ed25519::standard_webhooks(public())),
        ("Ed25519 of Discord", Ed25519::discord(public())),
        ("Ed25519 of Telnyx", Ed25519::telnyx(public())),
    ];
    schemes.map(|(name, scheme)| {
        let private = Secret::new(PRIVATE).expect("a key");
        let credential = Credential::ed25519(scheme.layout().clone(), private);
        let right = Outgoing::json("/hooks", "{\"paid\":true}").with_credential(credential);
        bare(name, scheme, Knows::Signature, &right.request(now()).expect("a request"))
    })
}

fn now() -> SystemTime {
    UNIX_EPOCH.checked_add(Duration::from_secs(NOW)).expect("a time")
}

const NOW: u64 = 1_767_225_600;
const PRIVATE: [u8; 32] = [7; 32];
