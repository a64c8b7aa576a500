//! A signed request that can be spoiled.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use receiver_core::scheme::catalog::Sender;
use receiver_core::scheme::{Hash, KeyForm, Part, Signature};
use receiver_core::{AuthError, Request, Scheme};

#[derive(Clone, Debug)]
pub(crate) struct Message {
    pub(crate) method: String,
    pub(crate) query: Option<String>,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
    pub(crate) now: SystemTime,
}

impl Message {
    /// One that this sender would send.
    pub(crate) fn signed(
        sender: &Sender,
        scheme: &Signature,
        id: &str,
        body: &[u8],
        now: SystemTime,
    ) -> Self {
        let nothing = http::HeaderMap::new();
        let body = body_for(sender, body);
        let query = Some("data.id=17&a=b%20c");
        let draft = Request::new("POST", "/", &nothing).with_query(query).with_body(&body);
        let signed = scheme.sign_request(&draft, id, now).expect("a signed request");
        let headers = signed.headers.into_iter().map(|(name, value)| (name.to_string(), value));
        Self {
            method: "POST".to_owned(),
            query: signed.query,
            headers: headers.collect(),
            body: signed.body,
            now,
        }
    }

    /// How it is judged: `Ok` or the reason in the log.
    pub(crate) fn judged_by(&self, scheme: &Signature) -> Result<(), &'static str> {
        let request = Request::new(&self.method, "/elsewhere", &self.headers)
            .with_query(self.query.as_deref())
            .with_body(&self.body);
        match scheme.verify(&request, self.now) {
            Ok(proof) => {
                assert_eq!(proof.strength(), scheme.layout().strength());
                Ok(())
            }
            Err(error) => Err(AuthError::reason(error)),
        }
    }
}

/// The scheme of a sender with a key made of this seed, in the form its settings show.
pub(crate) fn scheme(sender: &Sender, seed: &str) -> Signature {
    let scheme = sender.signature(&key_text(sender, seed)).expect("a key");
    if sender.layout().needs_public_url() {
        scheme.with_public_url("https://example.com/hooks?given=before").expect("a URL")
    } else {
        scheme
    }
}

pub(crate) fn key_text(sender: &Sender, seed: &str) -> String {
    use base64::Engine as _;
    let base64 = || base64::prelude::BASE64_STANDARD.encode(seed);
    match sender.layout().key_form() {
        KeyForm::Base64 => base64(),
        KeyForm::Whsec => format!("whsec_{}", base64()),
        KeyForm::Hex => seed.bytes().flat_map(hex).collect(),
        _ => seed.to_owned(),
    }
}

pub(crate) fn hex(byte: u8) -> [char; 2] {
    let digit = |value: u8| char::from_digit(value.into(), 16).expect("a digit");
    [digit(byte >> 4), digit(byte & 15)]
}

/// The body in the form this sender's bodies have: its bytes as the value of a field where a form
/// is signed, and as text where only text is taken.
pub(crate) fn body_for(sender: &Sender, body: &[u8]) -> Vec<u8> {
    let text = || body.iter().copied().flat_map(hex).collect::<String>();
    let field = |name: &str| {
        let value: String = form_urlencoded::byte_serialize(body).collect();
        format!("{name}={value}").into_bytes()
    };
    let parts = sender.layout().content();
    match parts.iter().find(|part| matches!(part, Part::Form | Part::FormField(_))) {
        Some(Part::FormField(name)) => field(name),
        Some(_) => format!("payload={}", text()).into_bytes(),
        None if is_beside_body(parts) => format!("\"{}\"", text()).into_bytes(),
        None if sender.layout().hash() == Hash::PlainSha256 => text().into_bytes(),
        None => body.to_vec(),
    }
}

/// Whether a value stands beside the body, whose edge must then be none of its letters: as in JSON.
fn is_beside_body(parts: &[Part]) -> bool {
    let is_value = |part: &Part| matches!(part, Part::Id | Part::Url(_));
    parts.windows(2).any(|pair| pair.contains(&Part::Body) && pair.iter().any(is_value))
}

pub(crate) fn at(seconds: u64) -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(seconds)
}

pub(crate) const NOW: u64 = 1_767_225_600;
