//! Signed events, and answers as a sender reads them.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use receiver_core::handshake::{Answer, Cause, Refused};
use receiver_core::scheme::{Signature, catalog};
use receiver_core::{Content, Json, Received, Receiver, Request, Secret};

pub(crate) type Anything = Json<serde_json::Value>;

/// What a handler is given when this sender sends this event, signed with this secret.
pub(crate) fn received(sender: &str, key: &str, event: &str) -> Received<Anything> {
    let scheme = scheme(sender, key);
    let mut headers = scheme.sign("", now(), event.as_bytes());
    headers.push((http::header::CONTENT_TYPE, "application/json".to_owned()));
    let request = Request::new("POST", "/", &headers).with_body(event);
    Receiver::new(scheme).receive(&request, now()).expect("a signed event")
}

pub(crate) fn scheme(sender: &str, key: &str) -> Signature {
    catalog::find(sender).expect("a row").signature(key).expect("a secret")
}

/// The answer's body, through the receipt as a handler gives it.
pub(crate) fn accepted_with(event: Received<Anything>, content: Content) -> String {
    let response = event.receipt.accepted_with(content).into_http(now());
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["content-type"], "application/json");
    text(&response)
}

pub(crate) fn said(answer: Result<Answer, Refused>) -> Result<String, Cause> {
    let response = answer.map_err(|refused| refused.cause())?.into_http(now());
    assert_eq!(response.status(), 200);
    Ok(text(&response))
}

pub(crate) fn text(response: &http::Response<receiver_core::Bytes>) -> String {
    String::from_utf8(response.body().to_vec()).expect("text")
}

pub(crate) fn secret(text: &str) -> Secret {
    Secret::new(text).expect("a secret")
}

pub(crate) fn now() -> SystemTime {
    UNIX_EPOCH.checked_add(Duration::from_secs(1_767_225_600)).expect("a time")
}
