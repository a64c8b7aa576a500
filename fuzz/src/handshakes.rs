//! What senders ask before they send, as a plain function of any bytes.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use http::{HeaderName, Response};
use receiver_core::handshake::{cloud_events, meta, slack, x, zoom};
use receiver_core::json::check;
use receiver_core::scheme::{Bearer, Encoding, Hash, Layout, Signature, catalog};
use receiver_core::{Bytes, Content, Json, Receiver, Request, Secret};
use serde_json::{Value, json};

/// Any text that asks: what is echoed or signed is a plain word, for who may ask, and signs no delivery.
pub fn handshakes(input: &[u8]) {
    let [kind, how, text @ ..] = input else { return };
    let escaped: String = form_urlencoded::byte_serialize(text).collect();
    let raw = String::from_utf8_lossy(text);
    let query = if *how % 2 == 0 { &*escaped } else { &*raw };
    match *kind % 5 {
        0 => subscribe(query, (*how / 2).is_multiple_of(2)),
        1 => challenge(query),
        2 => origin(text),
        3 => event("slack", &json!({ "type": "url_verification", "challenge": raw }), &raw, *how),
        _ => {
            let payload = json!({ "plainToken": raw });
            let asked = json!({ "event": "endpoint.url_validation", "payload": payload });
            event("zoom", &asked, &raw, *how);
        }
    }
}

/// Meta's, by who knows the verify token and who does not.
fn subscribe(challenge: &str, knows: bool) {
    let token = if knows { SECRET } else { "a-guess" };
    let query = format!("hub.mode=subscribe&hub.verify_token={token}&hub.challenge={challenge}");
    let headers = http::HeaderMap::new();
    let request = Request::new("GET", "/", &headers).with_query(Some(&query));
    let Some(answer) = told(meta::answer(&request, &secret())) else { return };
    assert!(knows, "answered to who does not know the token");
    assert_eq!(answer.headers()["x-content-type-options"], "nosniff");
    let asked: Vec<_> = request.query_values("hub.challenge").collect();
    assert!(
        is_word(answer.body()) && asked.iter().map(|it| it.as_bytes()).eq([&**answer.body()]),
        "{answer:?}"
    );
}

/// X's, which anybody may ask: the signature fits no body that is an event.
fn challenge(query: &str) {
    let query = format!("crc_token={query}");
    let headers = http::HeaderMap::new();
    let request = Request::new("GET", "/", &headers).with_query(Some(&query));
    let Some(answer) = told(x::answer(&request, &secret())) else { return };
    let asked: Vec<_> = request.query_values("crc_token").collect();
    assert_eq!(asked.len(), 1, "{query} asks more than one thing");
    let asked = &asked[0];
    assert!(is_word(asked.as_bytes()) && check(asked.as_bytes()).is_err(), "{asked} is signed");
    let said: Value = serde_json::from_slice(answer.body()).expect("JSON");
    let signature = said["response_token"].as_str().expect("a text");
    let layout =
        Layout::body(HeaderName::from_static("x-signature"), Hash::Sha256, Encoding::Base64);
    let scheme = Signature::new(layout.with_prefix("sha256="), secret());
    let receiver = Receiver::<Json<Value>>::new(scheme);
    let headers = [("x-signature", signature), ("content-type", "application/json")];
    let request = Request::new("POST", "/", &headers).with_body(asked.as_bytes());
    assert!(receiver.verify(&request, now()).is_ok(), "it is no signature");
    assert!(receiver.receive(&request, now()).is_err(), "{asked} is a delivery");
}

/// That of CloudEvents: who may send is told so, and in its own spelling.
fn origin(name: &[u8]) {
    let allowed = cloud_events::Allowed::origins(["eventgrid.azure.net"]);
    let headers = [("webhook-request-origin", name)];
    let request = Request::new("OPTIONS", "/", &headers);
    let Some(answer) = told(cloud_events::answer(&request, &allowed)) else { return };
    assert!(name.eq_ignore_ascii_case(b"eventgrid.azure.net"), "{}", name.escape_ascii());
    assert_eq!(answer.headers()["webhook-allowed-origin"].as_bytes(), name);
}

/// Those that are events, signed or with a token.
fn event(sender: &str, asked: &Value, word: &str, how: u8) {
    let row = catalog::find(sender).expect("a row");
    let scheme = row.signature(SECRET).expect("a scheme");
    let body = if how % 2 == 1 { word.to_owned() } else { asked.to_string() };
    let token = format!("Bearer {SECRET}");
    let mut headers = vec![("authorization", token.as_str()), ("content-type", "application/json")];
    let signed = scheme.sign("", now(), body.as_bytes());
    headers.extend(signed.iter().map(|(name, value)| (name.as_str(), value.as_str())));
    let request = Request::new("POST", "/", &headers).with_body(&body);
    let is_signed = (how / 2).is_multiple_of(2);
    let receiver = if is_signed {
        Receiver::<Json<Value>>::new(scheme)
    } else {
        Receiver::new(Bearer::new(secret()).expect("a token"))
    };
    // A body that is no JSON is a delivery all the same, and asks nothing.
    let delivery = receiver.verify(&request, now()).expect("proven");
    let answer = match sender {
        "slack" => slack::answer(&delivery),
        _ => zoom::answer(&delivery, &secret()),
    };
    let Ok(content) = answer.inspect_err(|refused| quiet(&format!("{refused:?} {refused}"))) else {
        return;
    };
    assert!(is_signed || sender == "slack", "signed for who has shown a token");
    echoes(&content, how % 2 == 1, word);
}

/// Says the word it was asked, and what a reader of JSON takes for nothing else.
fn echoes(content: &Content, is_raw: bool, word: &str) {
    let said: Value = serde_json::from_slice(content.bytes()).expect("JSON");
    let echo = said["challenge"].as_str().or(said["plainToken"].as_str()).expect("a text");
    assert!(is_word(echo.as_bytes()) && (is_raw || echo == word), "{said}");
    let signature = said["encryptedToken"].as_str();
    assert!(signature.is_none_or(|it| it.len() == 64 && it != word), "{said}");
}

/// The answer, if it is one; a refusal is always the same.
fn told(
    answer: Result<receiver_core::handshake::Answer, receiver_core::handshake::Refused>,
) -> Option<Response<Bytes>> {
    quiet(&format!("{answer:?}"));
    let is_answer = answer.is_ok();
    let response = match answer {
        Ok(answer) => answer.into_http(now()),
        Err(refused) => refused.into_http(now()),
    };
    // What is echoed may be anything, and is compared with what was asked.
    quiet(&format!("{:?}", response.headers()));
    assert_eq!(response.status(), if is_answer { 200 } else { 403 });
    is_answer.then_some(response)
}

fn quiet(told: &str) {
    assert!(!told.contains(SECRET), "a secret is printed: {told}");
}

fn is_word(text: &[u8]) -> bool {
    let is_plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_+/=".contains(byte);
    (1..=256).contains(&text.len()) && text.iter().all(is_plain)
}

fn secret() -> Secret {
    Secret::new(SECRET).expect("a secret")
}

fn now() -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(1_767_225_600)
}

const SECRET: &str = "unguessed-9f27c1d4";
