//! Handshakes that come as a request of their own: Meta, X, CloudEvents.

use std::num::NonZeroU32;

use receiver_core::handshake::cloud_events::{self, Allowed};
use receiver_core::handshake::{Answer, Cause, Refused, meta, x};
use receiver_core::{Request, Secret};

use crate::kit::{now, said, secret, text};

#[track_caller]
fn check(ask: Ask, method: &str, query: &str, expected: Result<&str, Cause>) {
    let headers = http::HeaderMap::new();
    let request = Request::new(method, "/", &headers).with_query(Some(query));
    let answer = said(ask(&request, &secret("correct horse")));
    assert_eq!(answer.as_deref().map_err(|cause| *cause), expected, "{method} {query}");
}

#[test]
fn meta_is_answered_when_it_knows_the_token() {
    let good = |challenge: &str| {
        format!("hub.mode=subscribe&hub.verify_token=correct+horse&hub.challenge={challenge}")
    };
    check(meta::answer, "GET", &good("1158201444"), Ok("1158201444"));
    check(meta::answer, "GET", &good("aB-_9"), Ok("aB-_9"));
    check(meta::answer, "GET", &good(&"7".repeat(256)), Ok(&"7".repeat(256)));
    for method in ["POST", "HEAD", "OPTIONS", "get"] {
        check(meta::answer, method, &good("1"), Err(Cause::NotAsked));
    }
    for spoiled in ["subscrib", "subscribe2", "", "unsubscribe"] {
        let query = good("1").replace("subscribe", spoiled);
        check(meta::answer, "GET", &query, Err(Cause::NotAsked));
    }
    for wrong in ["correct", "correct+horsf", "Correct+horse", "correct+horse+", ""] {
        let query = good("1").replace("correct+horse", wrong);
        check(meta::answer, "GET", &query, Err(Cause::Token));
    }
    for part in good("1").split('&') {
        let without = good("1").replace(part, "a=b");
        check(meta::answer, "GET", &without, Err(Cause::NotAsked));
        let twice = format!("{}&{part}", good("1"));
        check(meta::answer, "GET", &twice, Err(Cause::Repeated));
    }
}

#[test]
fn no_challenge_is_markup_or_long() {
    for unfit in UNFIT {
        let challenge: String = form_urlencoded::byte_serialize(unfit.as_bytes()).collect();
        let query = "hub.mode=subscribe&hub.verify_token=correct+horse&hub.challenge=";
        check(meta::answer, "GET", &format!("{query}{challenge}"), Err(Cause::Unfit));
        check(x::answer, "GET", &format!("crc_token={challenge}"), Err(Cause::Unfit));
    }
    let long = "a".repeat(257);
    check(x::answer, "GET", &format!("crc_token={long}"), Err(Cause::Unfit));
    let query = format!("hub.mode=subscribe&hub.verify_token=correct+horse&hub.challenge={long}");
    check(meta::answer, "GET", &query, Err(Cause::Unfit));
}

#[test]
fn x_is_answered_for_a_token_that_is_no_json() {
    let answer = r#"{"response_token":"sha256=gRVSG0PDFW0ML8ydX3zf3ft8mKuaPg0PbsPQqdoYR+c="}"#;
    check(x::answer, "GET", "crc_token=MTIz-abc&nonce=1", Ok(answer));
    check(x::answer, "POST", "crc_token=abc", Err(Cause::NotAsked));
    check(x::answer, "GET", "nonce=abc", Err(Cause::NotAsked));
    check(x::answer, "GET", "crc_token=abc&crc_token=abc", Err(Cause::Repeated));
    for json in ["0", "17", "-1", "1e5", "1E%2B5", "true", "false", "null"] {
        check(x::answer, "GET", &format!("crc_token={json}"), Err(Cause::Unfit));
    }
}

#[test]
fn an_echo_is_plain_text_and_nothing_else() {
    let headers = http::HeaderMap::new();
    let query = "/?hub.mode=subscribe&hub.verify_token=a&hub.challenge=1";
    let request = Request::new("GET", query, &headers);
    let answer = meta::answer(&request, &secret("a")).expect("an answer");
    assert_eq!(format!("{answer:?}"), r#"Answer { sender: "meta", .. }"#);
    let response = answer.into_http(now());
    assert_eq!(response.headers()["content-type"], "text/plain; charset=utf-8");
    assert_eq!(response.headers()["x-content-type-options"], "nosniff");
}

#[test]
fn every_refusal_reads_the_same() {
    let headers = http::HeaderMap::new();
    let problem = concat!(
        r#"{"type":"urn:receiver:problem:handshake","#,
        r#""title":"This handshake is not answered","status":403}"#,
    );
    let mut reasons = Vec::new();
    for query in ["a=b", "hub.mode=subscribe&hub.verify_token=b", TWICE, MARKUP] {
        let request = Request::new("GET", "/", &headers).with_query(Some(query));
        let refused = meta::answer(&request, &secret("a")).expect_err("refused");
        assert_eq!(refused.cause().to_string(), refused.to_string());
        reasons.push(refused.cause().reason());
        let response = refused.into_http(now());
        assert_eq!(response.status(), 403);
        assert_eq!(response.headers()["content-type"], "application/problem+json");
        assert_eq!(text(&response), problem);
    }
    let expected = ["no_handshake", "bad_verify_token", "repeated_parameter", "unfit_challenge"];
    assert_eq!(reasons, expected);
}

#[test]
fn cloud_events_are_allowed_from_known_origins() {
    let listed = || Allowed::origins(["eventgrid.azure.net", "emitter.example.com"]);
    let limited = || listed().with_rate(NonZeroU32::new(120).expect("a rate"));
    for (allowed, origin, expected) in [
        (listed(), "eventgrid.azure.net", Ok(("eventgrid.azure.net", "*"))),
        (limited(), "emitter.example.com", Ok(("emitter.example.com", "120"))),
        (listed(), "EventGrid.Azure.NET", Ok(("EventGrid.Azure.NET", "*"))),
        (Allowed::any_origin(), "anybody.example.com", Ok(("*", "*"))),
        (listed(), "evil.example.com", Err(Cause::Origin)),
        (listed(), "a.eventgrid.azure.net", Err(Cause::Origin)),
        (listed(), "eventgrid.azure.net.evil.example.com", Err(Cause::Origin)),
        (listed(), "*", Err(Cause::Origin)),
        (listed(), "", Err(Cause::Origin)),
        (Allowed::origins::<String>([]), "eventgrid.azure.net", Err(Cause::Origin)),
    ] {
        let headers = vec![("WebHook-Request-Origin", origin), ("WebHook-Request-Rate", "9")];
        let answer = cloud_events::answer(&Request::new("OPTIONS", "/", &headers), &allowed);
        let answer = answer.map_err(|refused| refused.cause()).map(|it| it.into_http(now()));
        match (answer, expected) {
            (Ok(response), Ok((origin, rate))) => {
                let header = |name: &str| response.headers()[name].to_str().expect("text");
                assert_eq!(header("webhook-allowed-origin"), origin);
                assert_eq!(header("webhook-allowed-rate"), rate);
                assert_eq!((header("allow"), response.status().as_u16()), ("POST", 200));
            }
            (Err(cause), Err(expected)) => assert_eq!(cause, expected, "{origin}"),
            (answer, _) => panic!("{origin}: {answer:?}"),
        }
    }
}

#[test]
fn cloud_events_must_ask_once_and_by_options() {
    let origin = ("WebHook-Request-Origin", "a.example.com");
    for (method, headers, expected) in [
        ("POST", vec![origin], Cause::NotAsked),
        ("GET", vec![origin], Cause::NotAsked),
        ("OPTIONS", vec![], Cause::NotAsked),
        ("OPTIONS", vec![origin, origin], Cause::Repeated),
    ] {
        let request = Request::new(method, "/", &headers);
        let refused = cloud_events::answer(&request, &Allowed::any_origin()).expect_err("refused");
        assert_eq!(refused.cause(), expected, "{method}");
        let response = refused.into_http(now());
        assert!(response.headers().keys().all(|name| !name.as_str().starts_with("webhook-")));
    }
}

type Ask = fn(&Request<'_>, &Secret) -> Result<Answer, Refused>;

const UNFIT: [&str; 12] = [
    "",
    " ",
    "<script>",
    "a b",
    "a:b",
    "{}",
    "\"a\"",
    "a\r\nb",
    "olá",
    // A form, where an equals sign is not at the end as base64 has it.
    "action=delete",
    "=ab",
    "a===",
];
const TWICE: &str = "hub.mode=subscribe&hub.mode=subscribe";
const MARKUP: &str = "hub.mode=subscribe&hub.verify_token=a&hub.challenge=<b>";
