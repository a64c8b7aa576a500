//! Deliveries whose texts are markers, to be looked for where nothing of them may stand; and texts that
//! are meant to spoil a log.

use std::fmt::Debug;
use std::time::UNIX_EPOCH;

use receiver_core::samples::Sample;
use receiver_core::scheme::dangerous::Anonymous;
use receiver_core::{
    Event, Receiver, Request, cmmshere, monuv, rabbot, sintegre, standard_webhooks, voalle,
};
use serde_json::Value;

/// What stands in a text of a marked body.
pub const TEXT: &str = "marker/person+83b1";
/// What stands there where only a link may.
pub const LINK: &str = "https://apps08.ons.org.br/webhook?token=marker/link+a41e";
/// The secret part of it.
pub const LINKED: &str = "marker/link+a41e";

/// Texts that break a line, speak to a terminal or to a reader of logs, or pretend to be a line.
pub const HOSTILE: [&str; 16] = [
    "a\nb",
    "a\r\nb",
    "a\0b",
    "a\tb",
    "a\u{8}\u{7f}b",
    "\u{1b}[2J\u{1b}[31mred",
    "\u{1b}]0;title\u{7}",
    "\u{9b}31mred",
    "a\u{85}b\u{2028}c\u{2029}d",
    "\u{202e}backwards\u{200b}",
    "\u{feff}first",
    "\"}\n{\"level\":\"INFO\",\"message\":\"delivery\",\"target\":\"receiver\"}",
    "delivery status=200 reason=accepted",
    "${jndi:ldap://a.invalid/b} {} {0:?} %s%n",
    "<script>alert(1)</script>",
    "%0a%0d%1b[31m",
];

/// A sample's body with a marker in every text whose place (a JSON pointer) is chosen, where it is an
/// event of the same kind with it.
#[must_use]
pub fn body(sample: &Sample, chosen: impl Fn(&str) -> bool) -> Vec<u8> {
    let Ok(mut body) = serde_json::from_slice::<Value>(sample.body) else {
        return sample.body.to_vec();
    };
    let kind = |body: &Value| read(sample.sender, &body.to_string()).map(|(kind, _)| kind);
    let before = kind(&body);
    assert!(before.is_some(), "{} {} is no event", sample.sender, sample.name);
    let mut places = Vec::new();
    texts(&body, "", &mut places);
    for place in places.iter().filter(|place| chosen(place)) {
        for marker in [TEXT, LINK] {
            let old = std::mem::replace(text(&mut body, place), marker.into());
            if kind(&body) == before {
                break;
            }
            *text(&mut body, place) = old;
        }
    }
    body.to_string().into_bytes()
}

/// The kind of an event of this sender's, and the event.
#[must_use]
pub fn read(sender: &str, body: &str) -> Option<(String, Box<dyn Debug>)> {
    fn told<E: Event + Debug + 'static>(body: &str) -> Option<(String, Box<dyn Debug>)> {
        event::<E>(body).map(|event| (event.kind().to_owned(), Box::new(event) as _))
    }
    match sender {
        "cmmshere" => told::<cmmshere::Event>(body),
        "monuv" => told::<monuv::Event>(body),
        "rabbot" => told::<rabbot::Event<()>>(body),
        "sintegre" => told::<sintegre::ProductPublished>(body),
        "standard_webhooks" => told::<standard_webhooks::Message>(body),
        "voalle" => told::<voalle::Event>(body),
        _ => panic!("no sender is called {sender}"),
    }
}

/// The event that a body is, if it is one.
#[must_use]
pub fn event<E: Event>(body: &str) -> Option<E> {
    let receiver = Receiver::<E>::new(Anonymous::because("the test is about the body"));
    let headers = [("content-type", "application/json"), ("webhook-id", "msg_1")];
    let request = Request::new("POST", "/", &headers).with_body(body);
    receiver.receive(&request, UNIX_EPOCH).ok().map(|received| received.event)
}

/// Where the texts of a JSON value are, as JSON pointers.
fn texts(value: &Value, at: &str, to: &mut Vec<String>) {
    match value {
        Value::String(_) => to.push(at.to_owned()),
        Value::Array(values) => {
            let below = values.iter().enumerate();
            below.for_each(|(place, value)| texts(value, &format!("{at}/{place}"), to));
        }
        Value::Object(members) => {
            members.iter().for_each(|(name, value)| texts(value, &format!("{at}/{name}"), to));
        }
        _ => {}
    }
}

fn text<'a>(body: &'a mut Value, place: &str) -> &'a mut Value {
    body.pointer_mut(place).expect("a member without odd characters in its name")
}
