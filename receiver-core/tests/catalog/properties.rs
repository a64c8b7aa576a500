//! What holds for every row, whatever is signed.

use proptest::collection::vec;
use proptest::prelude::{ProptestConfig, Strategy, any, prop_assert, prop_assert_eq, proptest};
use receiver_core::scheme::{Strength, catalog};

use crate::message::{Message, at, body_for, scheme};

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..Default::default() })]

    #[test]
    fn what_is_signed_is_verified(
        seed in seed(), id in id(), body in vec(any::<u8>(), 0..200), now in 1_u64..200_000_000_000,
    ) {
        for sender in catalog::senders() {
            let scheme = scheme(sender, &seed);
            let message = Message::signed(sender, &scheme, &id, &body, at(now));
            prop_assert_eq!(message.judged_by(&scheme), Ok(()), "{}", sender.name());
        }
    }

    #[test]
    fn what_is_signed_with_one_key_is_refused_by_another(
        seed in seed(), other in seed(), body in vec(any::<u8>(), 0..200), now in 1_u64..9_999_999,
    ) {
        for sender in catalog::senders() {
            let message = Message::signed(sender, &scheme(sender, &seed), "id-1", &body, at(now));
            let verdict = message.judged_by(&scheme(sender, &other));
            prop_assert_eq!(verdict.is_ok(), seed == other, "{}", sender.name());
        }
    }

    #[test]
    fn what_is_signed_for_one_body_is_refused_for_another(
        seed in seed(), body in vec(any::<u8>(), 0..200), other in vec(any::<u8>(), 0..200),
    ) {
        for sender in catalog::senders() {
            let covers_body = sender.layout().strength() == Strength::Body;
            // The signature of a form stands in the form.
            if !covers_body || sender.name() == "braintree" {
                continue;
            }
            let scheme = scheme(sender, &seed);
            let mut message = Message::signed(sender, &scheme, "id-1", &body, at(1));
            message.body = body_for(sender, &other);
            prop_assert_eq!(message.judged_by(&scheme).is_ok(), body == other, "{}", sender.name());
        }
    }

    /// Any single bit of any header: what is accepted all the same is only another spelling.
    #[test]
    fn a_flipped_bit_is_refused(seed in seed(), at_bit in any::<proptest::sample::Index>()) {
        for sender in catalog::senders() {
            let scheme = scheme(sender, &seed);
            let message = Message::signed(sender, &scheme, "id-1", b"{}", at(1_767_225_600));
            for place in 0..message.headers.len() {
                let mut flipped = message.clone();
                let value = &mut flipped.headers[place].1;
                let bit = at_bit.index(value.len() * 8);
                let mut bytes = value.clone().into_bytes();
                bytes[bit / 8] ^= 1 << (bit % 8);
                let Ok(text) = String::from_utf8(bytes) else { continue };
                let is_other_case = text.eq_ignore_ascii_case(value);
                *value = text;
                if !is_other_case {
                    prop_assert!(flipped.judged_by(&scheme).is_err(), "{}", sender.name());
                }
            }
        }
    }

    #[test]
    fn no_row_takes_a_blank_secret(text in "[ \\t\\r\\n\\x00\u{a0}\u{2003}]{0,8}") {
        for sender in catalog::senders() {
            prop_assert!(sender.signature(&text).is_err(), "{}", sender.name());
        }
    }

    /// Neither its beginning, nor itself said twice.
    #[test]
    fn a_signature_is_whole_and_stands_once(
        seed in seed(), body in vec(any::<u8>(), 0..200), end in any::<proptest::sample::Index>(),
    ) {
        for sender in catalog::senders() {
            let scheme = scheme(sender, &seed);
            let message = Message::signed(sender, &scheme, "id-1", &body, at(1_767_225_600));
            let Some((name, value)) = message.headers.last().cloned() else { continue };
            let mut cut = message.clone();
            // Base64 may come without its padding: that is the whole signature still.
            let end = end.index(value.trim_end_matches('=').len());
            cut.headers.last_mut().expect("a header").1.truncate(end);
            prop_assert!(cut.judged_by(&scheme).is_err(), "{}", sender.name());
            let mut twice = message;
            twice.headers.push((name, value));
            prop_assert_eq!(twice.judged_by(&scheme), Err("duplicate_header"), "{}", sender.name());
        }
    }

    /// No panic, and nothing accepted.
    #[test]
    fn any_headers_at_all_are_refused(
        values in vec("[ -~]{0,60}", 4), query in "[ -~]{0,40}", body in vec(any::<u8>(), 0..60),
    ) {
        for sender in catalog::senders() {
            let scheme = scheme(sender, "correct-horse-6b1f");
            let mut message = Message::signed(sender, &scheme, "id-1", &body, at(1));
            for ((_, value), other) in message.headers.iter_mut().zip(&values) {
                value.clone_from(other);
            }
            message.query = Some(query.clone());
            message.body.clone_from(&body);
            prop_assert!(message.judged_by(&scheme).is_err(), "{}", sender.name());
        }
    }
}

/// Long enough that no padding of a block makes two the same key.
fn seed() -> impl Strategy<Value = String> {
    "[A-Za-z0-9+_]{12,40}"
}

/// An id that no sender's framing is confused by.
fn id() -> impl Strategy<Value = String> {
    "[A-Za-z0-9_-]{1,40}"
}
