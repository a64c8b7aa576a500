//! Senders that sign the URL they were given.

use std::borrow::Cow;

use receiver_core::scheme::{Layout, Part, Strength, UrlForm, catalog};

use crate::message::{Message, NOW, at, key_text, scheme};
use crate::refusals::{SEED, check};

#[test]
fn a_sender_that_signs_its_url_is_refused_without_one() {
    for sender in catalog::senders().filter(|it| it.layout().needs_public_url()) {
        let told = scheme(sender, SEED);
        let message = Message::signed(sender, &told, "id-1", b"{}", at(NOW));
        let untold = sender.signature(&key_text(sender, SEED)).expect("a key");
        assert_eq!(message.judged_by(&untold), Err("no_public_url"), "{}", sender.name());
        assert!(untold.sign("id-1", at(NOW), b"{}").is_empty());

        // What a header of the request says about the host is not believed.
        let mut forwarded = message.clone();
        for name in ["host", "x-forwarded-host", "forwarded", "x-original-url"] {
            forwarded.headers.push((name.to_owned(), "https://example.com/hooks".to_owned()));
        }
        assert_eq!(forwarded.judged_by(&untold), Err("no_public_url"), "{}", sender.name());

        let other = sender.signature(&key_text(sender, SEED)).expect("a key");
        let other = other.with_public_url("https://example.com/hook").expect("a URL");
        assert_eq!(message.judged_by(&other), Err("signature_mismatch"), "{}", sender.name());
    }
}

#[test]
fn the_query_is_signed_with_the_url_but_for_plivo() {
    for sender in catalog::senders().filter(|it| it.layout().needs_public_url()) {
        let scheme = scheme(sender, SEED);
        let mut message = Message::signed(sender, &scheme, "id-1", b"{}", at(NOW));
        message.query = message.query.map(|query| format!("{query}&more=1"));
        assert_eq!(message.judged_by(&scheme).is_ok(), sender.name() == "plivo-v2");
    }
}

#[test]
fn a_url_with_its_port_or_without_is_one_for_twilio_alone() {
    for sender in catalog::senders().filter(|it| it.layout().needs_public_url()) {
        let make = |url| {
            let scheme = sender.signature(&key_text(sender, SEED)).expect("a key");
            scheme.with_public_url(url).expect("a URL")
        };
        let (bare, with_port) = (make("https://example.com/a"), make("https://example.com:443/a"));
        let message = Message::signed(sender, &with_port, "id-1", b"{}", at(NOW));
        let is_either = sender.name().starts_with("twilio");
        assert_eq!(message.judged_by(&bare).is_ok(), is_either, "{}", sender.name());
        let other = make("https://example.com:8443/a");
        assert!(message.judged_by(&other).is_err(), "{}", sender.name());
    }
}

#[test]
fn a_body_that_is_signed_by_its_hash_is_the_body() {
    check("twilio-json", |it| it.body.push(b' '), Err("signature_mismatch"));
    check("twilio-json", |it| it.query = None, Err("missing_credential"));
    check("twilio-json", |it| it.query = Some("bodySHA256=00".into()), Err("signature_mismatch"));
    let twice =
        |it: &mut Message| it.query = it.query.take().map(|query| format!("{query}&{query}"));
    check("twilio-json", twice, Err("duplicate_header"));
    // Behind the digest could stand the fields of a form that was signed for the same URL.
    let more = |it: &mut Message| it.query = it.query.take().map(|query| format!("{query}&a=b"));
    check("twilio-json", more, Err("malformed_credential"));
    // The same digest last, but as something else.
    let other = |it: &mut Message| {
        let query = it.query.take().unwrap_or_default();
        let digest = query.rsplit('=').next().unwrap_or_default();
        it.query = Some(format!("{query}&a={digest}"));
    };
    check("twilio-json", other, Err("malformed_credential"));
}

/// Whoever writes the query writes a digest of any body there.
#[test]
fn a_digest_in_the_query_covers_the_body_only_where_it_is_signed() {
    const DIGEST: Part = Part::BodySha256InQuery(Cow::Borrowed("sha"));
    const SHA: Part = Part::Query(Cow::Borrowed("sha"));
    const OTHER: Part = Part::Query(Cow::Borrowed("other"));
    const TEXT: Part = Part::literal("a");
    const FULL: Part = Part::Url(UrlForm::Full);
    const BARE: Part = Part::Url(UrlForm::WithoutQuery);
    const CASES: [(&[Part], Strength); 7] = [
        (&[DIGEST], Strength::SharedToken),
        (&[TEXT, DIGEST], Strength::SharedToken),
        (&[BARE, DIGEST], Strength::SharedToken),
        (&[OTHER, DIGEST], Strength::Metadata),
        (&[SHA, DIGEST], Strength::Body),
        (&[FULL, DIGEST], Strength::Body),
        (&[BARE, DIGEST, Part::Body], Strength::Body),
    ];
    for (content, expected) in CASES {
        assert_eq!(Layout::GITHUB.with_content(content).strength(), expected, "{content:?}");
    }
}

/// A length extension of a plain hash has bytes that no text holds.
#[test]
fn a_body_under_a_plain_hash_is_text() {
    for name in ["hubspot-v1", "hubspot-v2"] {
        let sender = catalog::find(name).expect("a row");
        let scheme = scheme(sender, SEED);
        let signed = |body: &[u8]| {
            let draft = receiver_core::Request::new("POST", "/", &[("a", "b")]).with_body(body);
            let signed = scheme.sign_request(&draft, "", at(NOW)).expect("a signature");
            let request = receiver_core::Request::new("POST", "/", &signed.headers).with_body(body);
            receiver_core::Scheme::verify(&scheme, &request, at(NOW)).map(drop)
        };
        assert_eq!(signed(b"a=1"), Ok(()), "{name}");
        for body in [&b"a=1\x80\0\0\x18&admin=1"[..], b"a=1\0", b"a=\xff"] {
            assert_eq!(signed(body), Err(receiver_core::AuthError::Malformed), "{name}");
        }
    }
}
