//! What each sender sends, member by member, from the samples and from their odd neighbours.
#![expect(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on fails, and says where"
)]

use std::collections::BTreeMap;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use receiver_core::{Cause, Event, ParseError, Received, Receiver, Rejection, Request};
use serde_json::value::RawValue;

#[path = "senders/cmmshere.rs"]
mod cmmshere;
#[path = "senders/sintegre.rs"]
mod sintegre;
#[path = "senders/standard_webhooks.rs"]
mod standard_webhooks;

const TOKEN: &str = "synthetic-token";

fn now() -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(1_768_478_400)
}

/// Posts a body with the token as the whole `Authorization` value.
fn post<E: Event>(receiver: &Receiver<E>, body: &str) -> Result<Received<E>, Rejection> {
    let headers = vec![("authorization", TOKEN), ("content-type", "application/json")];
    receiver.receive(&Request::new("POST", "/", &headers).with_body(body), now())
}

/// The member a refused body is refused for, and what was expected there.
#[track_caller]
fn refused<E: Event>(receiver: &Receiver<E>, body: &str) -> (String, String) {
    let rejection = post(receiver, body).expect_err("a refusal");
    match rejection.cause() {
        Cause::Parse(ParseError::Shape(shape)) => {
            (shape.member().to_owned(), shape.expected().to_owned())
        }
        other => panic!("{other:?}"),
    }
}

/// A body with its root's members changed; numbers keep their characters.
fn edit(body: &str, edit: impl FnOnce(&mut Members)) -> String {
    let mut members = serde_json::from_str(body).expect("a sample");
    edit(&mut members);
    serde_json::to_string(&members).expect("JSON")
}

type Members = BTreeMap<String, Box<RawValue>>;

fn json(text: &str) -> Box<RawValue> {
    RawValue::from_string(text.to_owned()).expect("JSON")
}
