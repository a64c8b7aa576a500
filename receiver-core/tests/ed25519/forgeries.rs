//! What is accepted, and what is refused for which reason.

use std::time::Duration;

use ed25519_dalek::SigningKey;
use receiver_core::scheme::{Ed25519, Part, Signature, Strength, Tolerance, UrlForm};
use receiver_core::{AuthError, Receiver, Request, Scheme, Secret, standard_webhooks};

use crate::message::{Message, NOW, at, body_in_hex, hex, public, sign, signer};

#[test]
fn every_cause_has_its_reason() {
    let judge = |spoil: &dyn Fn(&mut Message)| {
        let mut message = Message::standard_webhooks(&signer(1), "{}");
        spoil(&mut message);
        message.judged_by(&Ed25519::standard_webhooks(public(1)))
    };
    assert_eq!(judge(&|_| ()), "accept");
    assert_eq!(judge(&|it| it.headers[0].1 = "a.b".to_owned()), "malformed_credential");
    assert_eq!(judge(&|it| it.headers[1].1.push('x')), "bad_timestamp");
    assert_eq!(judge(&|it| it.now += Duration::from_secs(301)), "stale");
    assert_eq!(judge(&|it| it.now -= Duration::from_secs(301)), "future");
    assert_eq!(judge(&|it| it.headers[2].1.replace_range(..3, "v1")), "no_matching_version");
    assert_eq!(judge(&|it| it.body.push(b' ')), "signature_mismatch");
}

#[test]
fn a_signature_of_another_version_is_passed_over() {
    let right = Message::standard_webhooks(&signer(1), "{}");
    let judge = |value: String| {
        let mut message = right.clone();
        message.headers[2].1 = value;
        message.judged_by(&Ed25519::standard_webhooks(public(1)))
    };
    let value = &right.headers[2].1;
    assert_eq!(judge(format!("v1,AAAA v9,AAAA {value}")), "accept");
    assert_eq!(judge(format!("v1a,AAAA {value}")), "accept");
    assert_eq!(judge(value.replace("v1a,", "v1,")), "no_matching_version");
    assert_eq!(judge(format!("v1a,{}", "A".repeat(400))), "signature_mismatch");
}

/// Each one tried hashes the whole body once more.
#[test]
fn eight_signatures_are_tried_and_no_ninth() {
    let mut message = Message::standard_webhooks(&signer(1), "{}");
    let wrong = Message::standard_webhooks(&signer(2), "{}").headers[2].1.clone();
    let scheme = Ed25519::standard_webhooks(public(1));
    let right = message.headers[2].1.clone();
    message.headers[2].1 = format!("{}{right}", format!("{wrong} ").repeat(7));
    assert_eq!(message.judged_by(&scheme), "accept");
    message.headers[2].1 = format!("{}{right}", format!("{wrong} ").repeat(8));
    assert_eq!(message.judged_by(&scheme), "signature_mismatch");
}

#[test]
fn several_keys_count_at_once_each_at_its_time() {
    let old = || public(1).with_id("old").with_not_after(at(NOW));
    let scheme = Ed25519::telnyx(old()).with(public(2));
    let judge = |scheme: &Ed25519, signer: &SigningKey, now| {
        let message = Message { now: at(now), ..Message::telnyx(signer, "{}") };
        let headers = &message.headers;
        let verdict = scheme.verify(&Request::new("POST", "/", headers).with_body("{}"), at(now));
        verdict.map(|proof| proof.key().to_string()).map_err(AuthError::reason)
    };
    assert_eq!(judge(&scheme, &signer(1), NOW).as_deref(), Ok("old"));
    assert_eq!(judge(&scheme, &signer(2), NOW).as_deref(), Ok("2"));
    assert_eq!(judge(&scheme, &signer(3), NOW), Err("signature_mismatch"));
    assert_eq!(judge(&scheme, &signer(1), NOW + 1), Err("signature_mismatch"));
    assert_eq!(judge(&scheme, &signer(2), NOW + 1).as_deref(), Ok("2"));
    assert_eq!(judge(&Ed25519::telnyx(old()), &signer(1), NOW + 1), Err("no_active_key"));
    let later = Ed25519::telnyx(public(1).with_not_before(at(NOW + 1)));
    assert_eq!(judge(&later, &signer(1), NOW), Err("no_active_key"));
}

#[test]
fn a_tolerance_is_kept_to_the_second() {
    for (past, expected) in [(0, "accept"), (1, "stale")] {
        let scheme = Ed25519::discord(public(1)).with_tolerance(Tolerance::both(Duration::ZERO));
        let mut message = Message::discord(&signer(1), "{}");
        message.now += Duration::from_secs(past);
        assert_eq!(message.judged_by(&scheme), expected);
    }
}

#[test]
fn a_layout_of_ones_own_may_sign_its_url() {
    const URL_BODY: &[Part] = &[Part::Url(UrlForm::Full), Part::Body];
    let layout = body_in_hex().with_content(URL_BODY);
    let scheme = Ed25519::new(layout, public(1));
    let mut message = Message { headers: Vec::new(), body: b"{}".to_vec(), now: at(NOW) };
    let signature = hex(&sign(&signer(1), "https://example.com/hooks{}"));
    message.headers.push(("x-signature".to_owned(), signature));
    assert_eq!(message.judged_by(&scheme), "no_public_url");
    let scheme = scheme.with_public_url("https://example.com/hooks").expect("a URL");
    assert_eq!(message.judged_by(&scheme), "accept");
}

#[test]
fn a_proof_covers_the_body_and_nothing_prints_a_url() {
    let message = Message::discord(&signer(1), "{}");
    let request = Request::new("POST", "/", &message.headers).with_body("{}");
    let scheme = Ed25519::discord(public(1).with_id("app"));
    let proof = scheme.verify(&request, at(NOW)).expect("a proof");
    assert_eq!((proof.scheme(), proof.strength()), ("ed25519", Strength::Body));
    assert_eq!(scheme.challenge(), r#"Signature realm="webhook""#);
    let printed =
        format!("{:?}", scheme.with_public_url("https://u:pass@example.com").expect("a URL"));
    assert!(printed.contains("app") && !printed.contains("pass"), "{printed}");
}

#[test]
fn a_shared_secret_can_be_followed_by_a_public_key() {
    let secret = || Secret::new("correct-horse").expect("a secret");
    let both = Signature::standard_webhooks(secret()).or(Ed25519::standard_webhooks(public(1)));
    let endpoint = Receiver::<standard_webhooks::Message>::new(both);
    let mut message = Message::standard_webhooks(&signer(1), "{}");
    message.headers.push(("content-type".to_owned(), "application/json".to_owned()));
    let request = Request::new("POST", "/", &message.headers).with_body("{}");
    let received = endpoint.receive(&request, at(NOW)).expect("received");
    assert_eq!((received.event.id(), received.proof.scheme()), ("msg_1", "ed25519"));
    let _answer = received.receipt.accepted().into_http(at(NOW));

    let signed = Signature::standard_webhooks(secret()).sign("msg_1", at(NOW), b"{}");
    let request = Request::new("POST", "/", &signed).with_body("{}");
    assert_eq!(
        endpoint.verify(&request, at(NOW)).expect("a delivery").proof().scheme(),
        "signature"
    );
}
