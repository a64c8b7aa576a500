//! A scheme of one's own: what it proves and what it asks for come out at the other end, however it is held.
#![expect(clippy::expect_used, reason = "a test that cannot go on fails, and says where")]

use std::borrow::Cow;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use http::HeaderName;
use http::header::WWW_AUTHENTICATE;
use receiver_core::scheme::Strength;
use receiver_core::{AuthError, EventKey, Json, KeyId, Proof, Receiver, Request, Scheme};

/// What a gateway says that looks at certificates.
#[derive(Clone, Debug)]
struct ByGateway {
    challenge: &'static str,
}

const VERIFIED: HeaderName = HeaderName::from_static("x-client-verified");

impl Scheme for ByGateway {
    fn verify(&self, request: &Request<'_>, _: SystemTime) -> Result<Proof, AuthError> {
        match request.headers().one(&VERIFIED)? {
            b"SUCCESS" => Ok(Proof::new("mtls", KeyId::new("gateway"))
                .with_strength(Strength::Metadata)
                .with_tenant("north")
                .with_signed_at(signed_at())),
            _ => Err(AuthError::Mismatch),
        }
    }

    fn challenge(&self) -> Cow<'static, str> {
        Cow::Borrowed(self.challenge)
    }
}

/// The scheme itself, in a box, in an `Arc`, and as one of several.
fn receivers(challenge: &'static str) -> [Receiver<Json<u32>>; 4] {
    let scheme = ByGateway { challenge };
    [
        Receiver::new(scheme.clone()),
        Receiver::new(Box::new(scheme.clone()) as Box<dyn Scheme>),
        Receiver::new(Arc::new(scheme.clone()) as Arc<dyn Scheme>),
        Receiver::new(scheme.clone().or(scheme)),
    ]
}

#[test]
fn what_it_proves_is_what_the_handler_is_given() {
    for endpoint in receivers("Mutual") {
        let endpoint = endpoint.with_key(|event, key| key.part("event", event.to_string()));
        let headers = vec![("x-client-verified", "SUCCESS"), ("content-type", "application/json")];
        let request = Request::new("POST", "/", &headers).with_body("42");
        let received = endpoint.receive(&request, UNIX_EPOCH).expect("a proven sender");
        assert_eq!(received.kind(), "event");
        let proof = &received.proof;
        assert_eq!((proof.scheme(), proof.key().as_str()), ("mtls", "gateway"));
        assert_eq!((proof.strength(), proof.tenant()), (Strength::Metadata, Some("north")));
        assert_eq!(proof.signed_at(), Some(signed_at()));
        let key = EventKey::of("json").part("tenant", "north").part("event", "42");
        assert_eq!(received.key(), Some(key));
    }
}

#[test]
fn what_it_asks_for_is_what_a_refusal_says() {
    for (challenge, expected) in [("Mutual", "Mutual"), ("no\nheader", "Unknown")] {
        for receiver in receivers(challenge) {
            let headers = vec![("x-client-verified", "FAILED")];
            let request = Request::new("POST", "/", &headers).with_body("42");
            let refused = receiver.receive(&request, UNIX_EPOCH).expect_err("nobody");
            let answer = refused.into_http(UNIX_EPOCH);
            assert_eq!(answer.status(), 401);
            assert_eq!(answer.headers().get(WWW_AUTHENTICATE).expect("a challenge"), expected);
        }
    }
}

fn signed_at() -> SystemTime {
    UNIX_EPOCH.checked_add(Duration::from_secs(1_767_225_600)).expect("a time")
}
