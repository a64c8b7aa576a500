//! What senders document, asked and answered.

use std::fs;
use std::path::Path;

use receiver_core::{Request, handshake};
use serde::Deserialize;

use crate::kit::{accepted_with, received, said, secret};

#[test]
fn handshakes_that_senders_document() {
    for vector in load() {
        let answer = vector.answer();
        assert_eq!(answer, vector.answer, "{}", vector.comment);
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Vector {
    comment: String,
    sender: String,
    secret: String,
    /// The target of a `GET`, or an event.
    asked: String,
    answer: String,
}

impl Vector {
    fn answer(&self) -> String {
        let secret = secret(&self.secret);
        let headers = http::HeaderMap::new();
        let get = || Request::new("GET", &self.asked, &headers);
        let event = || received(&self.sender, &self.secret, &self.asked);
        match &*self.sender {
            "meta" => said(handshake::meta::answer(&get(), &secret)).expect("an answer"),
            "x" => said(handshake::x::answer(&get(), &secret)).expect("an answer"),
            "slack" => {
                let content = handshake::slack::answer(&event()).expect("an answer");
                accepted_with(event(), content)
            }
            "zoom" => {
                let content = handshake::zoom::answer(&event(), &secret).expect("an answer");
                accepted_with(event(), content)
            }
            name => panic!("{name} has no handshake"),
        }
    }
}

fn load() -> Vec<Vector> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors/handshakes.json");
    serde_json::from_str(&fs::read_to_string(path).expect("the vectors")).expect("vectors")
}
