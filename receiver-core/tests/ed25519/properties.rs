//! What holds for any body, any bit and any headers.

use ed25519_dalek::SigningKey;
use proptest::collection::vec;
use proptest::prelude::{ProptestConfig, any, prop_assert_eq, proptest};
use receiver_core::scheme::{Ed25519, PublicKey};
use receiver_core::{Request, Scheme as _};

use crate::message::{Message, NOW, at, public, signer};

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..Default::default() })]

    #[test]
    fn what_one_key_signs_for_one_body_is_refused_for_others(
        seed in 0_u8..4, other in 0_u8..4, body in "[ -~]{0,40}", other_body in "[ -~]{0,40}",
    ) {
        for (make, sign) in SENDERS {
            let mut message = sign(&signer(seed), &body);
            message.body = other_body.clone().into_bytes();
            let expected = seed == other && body == other_body;
            prop_assert_eq!(message.judged_by(&make(public(other))) == "accept", expected);
        }
    }

    /// Any single bit of any header: what is accepted all the same is only another spelling.
    #[test]
    fn a_flipped_bit_is_refused(bit in any::<proptest::sample::Index>()) {
        for (make, sign) in SENDERS {
            let message = sign(&signer(1), "{}");
            for place in 0..message.headers.len() {
                let mut flipped = message.clone();
                let value = &mut flipped.headers[place].1;
                let bit = bit.index(value.len() * 8);
                let mut bytes = value.clone().into_bytes();
                bytes[bit / 8] ^= 1 << (bit % 8);
                let Ok(text) = String::from_utf8(bytes) else { continue };
                let is_hex_in_other_case = value.len() == 128 && text.eq_ignore_ascii_case(value);
                *value = text;
                let accepted = flipped.judged_by(&make(public(1))) == "accept";
                prop_assert_eq!(accepted, is_hex_in_other_case);
            }
        }
    }

    /// No panic, and nothing accepted.
    #[test]
    fn any_headers_at_all_are_refused(values in vec("[ -~]{0,100}", 3), body in vec(any::<u8>(), 0..60)) {
        for (make, sign) in SENDERS {
            let mut message = sign(&signer(1), "{}");
            for ((_, value), other) in message.headers.iter_mut().zip(&values) {
                value.clone_from(other);
            }
            message.body.clone_from(&body);
            prop_assert_eq!(message.judged_by(&make(public(1))) == "accept", false);
        }
    }
}

#[test]
fn a_proof_says_when_it_was_signed() {
    for (make, sign) in SENDERS {
        let message = sign(&signer(1), "{}");
        let request = Request::new("POST", "/", &message.headers).with_body(&message.body);
        let proof = make(public(1)).verify(&request, at(NOW + 7)).expect("a proof");
        assert_eq!(proof.signed_at(), Some(at(NOW)));
    }
}

/// The scheme, and a message as its sender signs it.
type Sender = (fn(PublicKey) -> Ed25519, fn(&SigningKey, &str) -> Message);

const SENDERS: [Sender; 3] = [
    (Ed25519::standard_webhooks, Message::standard_webhooks),
    (Ed25519::discord, Message::discord),
    (Ed25519::telnyx, Message::telnyx),
];
