//! The reference library of Standard Webhooks: what it signs we accept, what we sign it accepts, and
//! where the two differ it is a choice.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use http::{HeaderMap, HeaderName, HeaderValue};
use proptest::collection::vec;
use proptest::prelude::{ProptestConfig, Strategy, any, prop_assert, prop_assert_eq, proptest};
use receiver_core::scheme::Signature;
use receiver_core::{Request, Scheme, Secret};
use standardwebhooks::Webhook;

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..Default::default() })]

    #[test]
    fn what_it_signs_we_accept(
        key in key(), id in id(), seconds in 0_i64..1_000_000_000_000, body in ".{0,200}",
    ) {
        let (it, we) = both(&key);
        let value = it.sign(&id, seconds, body.as_bytes()).expect("signed");
        let now = UNIX_EPOCH + Duration::from_secs(seconds.unsigned_abs());
        let message = Message::new(&id, &seconds.to_string(), &value, body.as_bytes());
        prop_assert!(message.we_accept(&we, now));
    }

    /// It reads the clock, so the time is now or thereabouts.
    #[test]
    fn what_we_sign_it_accepts(
        key in key(), id in id(), off in 0_u64..500, body in ".{0,200}",
    ) {
        let (it, we) = both(&key);
        let time = SystemTime::now() + Duration::from_secs(off) - Duration::from_secs(250);
        let mut message = Message::new(&id, "", "", body.as_bytes());
        for (name, value) in we.sign(&id, time, body.as_bytes()) {
            message.headers.insert(name, value.parse().expect("a header's value"));
        }
        prop_assert!(message.it_accepts(&it));
    }

    /// Whatever one changes in a message, both say the same of it.
    #[test]
    fn both_refuse_what_was_changed(
        key in key(), other in key(), id in id(), other_id in id(),
        body in "[a-c]{0,2}", other_body in "[a-c]{0,2}", off in -400_i64..400,
    ) {
        let ((it, we), (other, _)) = (both(&key), both(&other));
        let now = SystemTime::now();
        let since = now.duration_since(UNIX_EPOCH).expect("after 1970").as_secs();
        let seconds = since.checked_add_signed(off).expect("a time").to_string();
        for (signer, signed_id) in [(&it, &id), (&other, &id), (&it, &other_id)] {
            let signed = seconds.parse().expect("a time");
            let value = signer.sign(signed_id, signed, body.as_bytes()).expect("signed");
            let message = Message::new(&id, &seconds, &value, other_body.as_bytes());
            // At the edge, a second may pass between the two.
            if !(299..=301).contains(&off.abs()) {
                prop_assert_eq!(message.it_accepts(&it), message.we_accept(&we, now));
            }
        }
    }
}

/// Each is a message that is right but for this: what the library says, and what we do.
#[test]
fn the_differences_are_choices() {
    let (it, we) = both(b"a key of some length");
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970").as_secs();
    let seconds = seconds.try_into().expect("a time");
    let signed = |id: &str, body: &[u8]| it.sign(id, seconds, body).expect("signed");
    let time = seconds.to_string();
    let check = |message: &Message, it_accepts, we_accept, why: &str| {
        assert_eq!(message.it_accepts(&it), it_accepts, "it: {why}");
        assert_eq!(message.we_accept(&we, SystemTime::now()), we_accept, "we: {why}");
    };
    let right = signed("msg_1", b"{}");
    check(&Message::new("msg_1", &time, &right, b"{}"), true, true, "nothing");

    let value = signed("msg.1", b"{}");
    check(&Message::new("msg.1", &time, &value, b"{}"), true, false, "an id with two readings");
    let plus = format!("+{time}");
    check(&Message::new("msg_1", &plus, &right, b"{}"), true, false, "a time in another spelling");
    let bare = right.trim_end_matches('=');
    check(&Message::new("msg_1", &time, bare, b"{}"), false, true, "base64 without its padding");
    let mut twice = Message::new("msg_1", &time, &right, b"{}");
    twice.headers.append("webhook-signature", HeaderValue::from_static("v1,AAAA"));
    check(&twice, true, false, "a header that stands twice");

    let mut bytes = Message::new("msg_1", &time, "", b"\xff");
    for (name, value) in we.sign("msg_1", SystemTime::now(), b"\xff") {
        bytes.headers.insert(name, value.parse().expect("a header's value"));
    }
    check(&bytes, false, true, "a body that is not UTF-8");

    assert!(Webhook::new("whsec_").is_ok());
    assert!(Secret::from_whsec("whsec_").is_err());
}

struct Message {
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Message {
    fn new(id: &str, time: &str, signature: &str, body: &[u8]) -> Self {
        let header = |name, value: &str| {
            (HeaderName::from_static(name), value.parse().expect("a header's value"))
        };
        let headers = [
            header("webhook-id", id),
            header("webhook-timestamp", time),
            header("webhook-signature", signature),
        ];
        Self { headers: headers.into_iter().collect(), body: body.to_vec() }
    }

    fn it_accepts(&self, webhook: &Webhook) -> bool {
        webhook.verify(&self.body, &self.headers).is_ok()
    }

    fn we_accept(&self, scheme: &Signature, now: SystemTime) -> bool {
        let request = Request::new("POST", "/", &self.headers).with_body(&self.body);
        scheme.verify(&request, now).is_ok()
    }
}

/// The two with the same key, each from the text that a sender shows.
fn both(key: &[u8]) -> (Webhook, Signature) {
    use base64::Engine as _;
    let text = format!("whsec_{}", base64::prelude::BASE64_STANDARD.encode(key));
    let secret = Secret::from_whsec(&text).expect("a secret");
    (Webhook::new(&text).expect("a secret"), Signature::standard_webhooks(secret))
}

/// As long as the specification says, 24 to 64 bytes, and as long as nobody should.
fn key() -> impl Strategy<Value = Vec<u8>> {
    let bytes = vec(any::<u8>(), 1..150);
    bytes.prop_filter("a blank text is no secret", |bytes| Secret::new(bytes.clone()).is_ok())
}

/// What may stand in a header, but for the dot: an id with a dot has two readings.
fn id() -> impl Strategy<Value = String> {
    "[!-\\-/-~]{1,40}"
}
