//! What is a public key, and what is none.

use base64::prelude::{BASE64_STANDARD, Engine as _};
use receiver_core::scheme::{Ed25519, InvalidPublicKey, PublicKey};

use crate::message::{Message, hex, public, signer};

#[test]
fn a_key_is_read_in_the_forms_it_is_given_in() {
    let bytes = signer(1).verifying_key().to_bytes();
    let base64 = BASE64_STANDARD.encode(bytes);
    for made in [
        PublicKey::new(bytes),
        PublicKey::from_hex(&hex(&bytes)),
        PublicKey::from_hex(&format!(" {}\n", hex(&bytes).to_uppercase())),
        PublicKey::from_base64(&base64),
        PublicKey::from_base64(base64.trim_end_matches('=')),
        PublicKey::from_whpk(&format!(" whpk_{base64}\n")),
        PublicKey::from_whpk(&base64),
    ] {
        let key = made.expect("a key");
        let message = Message::telnyx(&signer(1), "{}");
        assert_eq!(message.judged_by(&Ed25519::telnyx(key)), "accept");
    }
}

#[test]
fn what_is_no_public_key_is_told_and_not_printed() {
    use InvalidPublicKey::{Empty, NotBase64, NotHex, NotOfThisLength, NotPublic};
    const MAKERS: [Maker; 3] = [PublicKey::from_hex, PublicKey::from_base64, PublicKey::from_whpk];
    let [from_hex, from_base64, from_whpk] = MAKERS;
    for make in MAKERS {
        check(make, "", Empty);
        check(make, " \n", Empty);
        check(make, "whsk_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX", NotPublic);
        check(make, "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX", NotPublic);
    }
    check(from_whpk, "whpk_", Empty);
    check(from_whpk, "whpk_whsk_AAAA", NotPublic);
    check(from_hex, "zz", NotHex);
    check(from_hex, &"0".repeat(63), NotHex);
    check(from_hex, &"00".repeat(31), NotOfThisLength);
    check(from_hex, &"00".repeat(33), NotOfThisLength);
    check(from_hex, &"00".repeat(64), NotOfThisLength);
    check(from_base64, "AA AA", NotBase64);
    check(from_base64, "AAAA", NotOfThisLength);
    check(from_base64, &"0".repeat(64), NotOfThisLength);
    let printed = format!("{:?}", public(1).with_id("app"));
    assert_eq!(printed, r#"PublicKey { id: Some(KeyId("app")), .. }"#);
}

/// Under such a key one signature fits almost any content.
#[test]
fn a_key_of_small_order_is_refused() {
    for text in [
        "0100000000000000000000000000000000000000000000000000000000000000",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000000000000080",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
    ] {
        check(PublicKey::from_hex, text, InvalidPublicKey::Weak);
    }
}

/// RFC 8032, section 5.1.3: y is below the field's prime, so a point has one spelling.
#[test]
fn a_key_that_is_no_point_or_a_second_spelling_of_one_is_refused() {
    let second_spellings = (0xed..=0xff).map(|low: u8| format!("{low:02x}{}7f", "ff".repeat(30)));
    let no_point = format!("02{}", "00".repeat(31));
    for text in second_spellings.chain([no_point]) {
        check(PublicKey::from_hex, &text, InvalidPublicKey::NotAPoint);
    }
}

#[track_caller]
fn check(make: Maker, text: &str, expected: InvalidPublicKey) {
    let error = make(text).expect_err("no key");
    assert_eq!(error, expected, "{text}");
    assert!(text.trim().is_empty() || !error.to_string().contains(text.trim()));
}

type Maker = fn(&str) -> Result<PublicKey, InvalidPublicKey>;
