//! No answer to a handshake is the signature of a delivery.

use proptest::prelude::{ProptestConfig, Strategy, prop_assert, prop_oneof, proptest};
use receiver_core::handshake::{meta, x, zoom};
use receiver_core::{Receiver, Request};

use crate::kit::{Anything, accepted_with, now, received, said, scheme, secret};

const KEY: &str = "signing-key-c2d9";

proptest! {
    #![proptest_config(ProptestConfig { cases: 1024, failure_persistence: None, ..Default::default() })]

    /// Whatever is asked, percent-encoded or not: no panic, and nothing is echoed but letters that
    /// are no markup.
    #[test]
    fn what_is_echoed_is_a_word(challenge in ".{0,40}") {
        let nothing = http::HeaderMap::new();
        let query = format!("hub.mode=subscribe&hub.verify_token=a&hub.challenge={challenge}");
        let ask = Request::new("GET", "/", &nothing).with_query(Some(&query));
        if let Ok(echo) = said(meta::answer(&ask, &secret("a"))) {
            let plain = |c: char| c.is_ascii_alphanumeric() || "-_+/=".contains(c);
            prop_assert!(!echo.is_empty() && echo.chars().all(plain), "{challenge}");
        }
    }

    /// Whoever has X sign a token sends the token as a body, with the answer as its signature.
    #[test]
    fn what_x_is_answered_opens_nothing(token in token()) {
        let query: String = form_urlencoded::Serializer::new(String::new())
            .append_pair("crc_token", &token)
            .finish();
        let nothing = http::HeaderMap::new();
        let ask = Request::new("GET", "/", &nothing).with_query(Some(&query));
        if let Ok(answer) = said(x::answer(&ask, &secret(KEY))) {
            let signature = answer.split('"').nth(3).expect("a signature").to_owned();
            let headers = vec![
                ("x-twitter-webhooks-signature", &*signature),
                ("content-type", "application/json"),
            ];
            let forged = Request::new("POST", "/", &headers).with_body(&token);
            let verdict = Receiver::<Anything>::new(scheme("x", KEY)).receive(&forged, now());
            prop_assert!(verdict.is_err(), "{token}");
        }
    }

    /// The same for Zoom, cut into timestamp and body in every place.
    #[test]
    fn what_zoom_is_answered_opens_nothing(token in token()) {
        let token_as_json = serde_json::to_string(&token).expect("JSON");
        let event = format!(
            r#"{{"event":"endpoint.url_validation","payload":{{"plainToken":{token_as_json}}}}}"#
        );
        let asked = received("zoom", KEY, &event);
        let Ok(content) = zoom::answer(&asked, &secret(KEY)) else { return Ok(()) };
        let answer = accepted_with(asked, content);
        let signature = format!("v0={}", answer.split('"').nth(7).expect("a MAC"));
        let receiver = Receiver::<Anything>::new(scheme("zoom", KEY));
        for cut in 0..=token.len() {
            let (Some(time), Some(body)) = (token.get(..cut), token.get(cut..)) else { continue };
            let headers = vec![
                ("x-zm-signature", &*signature),
                ("x-zm-request-timestamp", time.strip_prefix("v0:").unwrap_or(time)),
                ("content-type", "application/json"),
            ];
            let body = body.strip_prefix(':').unwrap_or(body);
            let forged = Request::new("POST", "/", &headers).with_body(body);
            prop_assert!(receiver.verify(&forged, now()).is_err(), "{token}");
        }
    }
}

/// Words, and what a forger would like to have signed.
fn token() -> impl Strategy<Value = String> {
    prop_oneof![
        "[A-Za-z0-9_+/=-]{1,12}",
        "-?[0-9]{1,4}([eE]-?[0-9]{1,2})?",
        "true|false|null",
        r#"\{"a":[0-9]\}|\[[0-9]\]|"[a-z]{0,3}""#,
        r"v0:17672256[0-9]{2}:(\{\}|[0-9]|null)",
        ".{1,12}",
    ]
}
