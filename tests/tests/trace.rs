//! The started examples at TRACE: whatever they, their frameworks and libraries print and answer is
//! searched, while every sender delivers rightly and wrongly.
#![expect(clippy::expect_used, reason = "a test that cannot go on fails, and says where")]

use std::collections::BTreeSet;
use std::time::SystemTime;

use bytes::Bytes;
use receiver_core::testing::{Credential, Fault, Outgoing, Way, ways};
use receiver_core::{Secret, samples};
use receiver_tests::answer::Answer;
use receiver_tests::leak;
use receiver_tests::marked::{self, HOSTILE, LINKED, TEXT};
use receiver_tests::printed::Printed;
use receiver_tests::server::{EXAMPLES, Server};
use receiver_tests::socket::{Connection, head};
use serde_json::json;

#[test]
fn nothing_of_ours_prints_a_secret_at_trace_and_a_delivery_is_one_line() {
    let deliveries = deliveries();
    for example in EXAMPLES {
        let environment = [&ENVIRONMENT[..], &[("RUST_LOG", "trace"), ("LOG", "json")]].concat();
        let server = Server::start(example, &environment);
        let answers: Vec<_> = deliveries.iter().map(|request| send(&server, request)).collect();
        for stray in STRAYS {
            Connection::to(server.address()).write(stray).answer();
        }
        server.terminate();
        let ended = server.wait();
        let count = |status| answers.iter().filter(|answer| answer.status == status).count();
        assert!(count(200) > 60 && count(401) > 40 && count(429) == 0, "{example}: {answers:?}");

        let secrets = secrets(&deliveries);
        let secrets: Vec<_> = secrets.iter().map(Vec::as_slice).collect();
        let told = format!("{answers:?} {}", ended.output);
        assert_eq!(leak::find(&told, &secrets), [""; 0], "{example}: {told}");

        let log = Printed::read(&ended.log);
        assert_eq!(log.deliveries, deliveries.len(), "{example}");
        let (ours, foreign) = log.leaks(&secrets);
        println!("{example}: {} deliveries, {} lines", deliveries.len(), log.lines);
        println!("  targets: {:?}; with markers: {ours:?} {foreign:?}", log.targets.keys());
        assert!(log.wrong.is_empty(), "{example}: {}", log.wrong.join("\n"));
        assert_eq!(ours, BTreeSet::new(), "{example}");
        let known = KNOWN.iter().filter(|(of, _)| *of == example).map(|(_, target)| *target);
        assert_eq!(foreign, known.collect(), "{example}");
    }
}

/// The controls: a line of ours that leaks, and one that is missing, double, broken or no line.
#[test]
fn what_is_looked_for_is_found() {
    let line = |target: &str, message: &str, more: &str| {
        let line = json!({ "level": "TRACE", "message": message, "kind": more, "target": target });
        format!("{line}\n")
    };
    let secrets = [TEXT.as_bytes()];
    let right = line("receiver", "delivery", "x") + &line("hyper", "read", "x");
    let log = Printed::read(&right);
    assert_eq!((&log.wrong[..], log.deliveries), (&[][..], 1));
    assert_eq!(log.leaks(&secrets), Default::default());
    for target in ["receiver", "receiver_core::explain", "receiver_serve", "example_axum"] {
        for spelling in [TEXT, "bWFya2VyL3BlcnNvbis4M2Ix", "marker%2Fperson%2B83b1"] {
            let log = Printed::read(&(right.clone() + &line(target, "x", spelling)));
            assert_eq!(log.leaks(&secrets), ([target].into(), [].into()), "{spelling}");
        }
    }
    let log = Printed::read(&(right.clone() + &line("receivers", "x", TEXT)));
    assert_eq!(log.leaks(&secrets), ([].into(), ["receivers"].into()));
    for wrong in [
        String::new(),
        right.repeat(2),
        right.clone() + "receiver: a delivery\n",
        right.clone() + "\u{1b}[31m\n",
        right.clone() + &line("receiver", "refused", "a\nb"),
    ] {
        let log = Printed::read(&wrong);
        assert!(!log.wrong.is_empty() || log.deliveries != 1, "{wrong}");
    }
}

/// Every sample in the first way of its sender, one in all ways, and everything that goes wrong; then
/// texts that are meant to spoil a log, wherever they can stand.
fn deliveries() -> Vec<http::Request<Bytes>> {
    let mut sent = Vec::new();
    for (sender, path, secret) in ENDPOINTS {
        let samples = samples::all().filter(|sample| sample.sender == sender);
        let mut samples: Vec<_> = samples
            .map(|sample| {
                let target = sample.query.map(|query| format!("{path}?{query}&mais={LINKED}"));
                let outgoing = Outgoing::new(sample.method, target.as_deref().unwrap_or(path));
                let outgoing = outgoing.with_body(marked::body(sample, |_| true));
                match sample.content_type {
                    Some(media) => outgoing.with_header("content-type", media),
                    None => outgoing,
                }
            })
            .collect();
        let mut ways = ways(sender);
        if sender == "own" {
            ways.push(Way::Word("Bearer"));
            samples.push(own(TEXT, "greeting"));
        }
        let (usual, first) = (ways.first().expect("a way"), samples.first().expect("a sample"));
        let known = |way: &Way| way.credential(secret).expect("a secret").with_user(USER);
        let right = |outgoing: &Outgoing| outgoing.clone().with_credential(known(usual));
        sent.extend(samples.iter().map(right));
        sent.extend(ways.iter().map(|way| first.clone().with_credential(known(way))));
        let guess = || Secret::new(GUESS).expect("a secret");
        let guess = |way: &Way| Credential::new(way.clone(), guess()).with_user(USER);
        sent.extend(ways.iter().map(|way| first.clone().with_credential(guess(way))));
        sent.extend(Fault::ALL.map(|fault| right(first).with_fault(fault)));
    }
    for text in HOSTILE {
        let escaped: String = form_urlencoded::byte_serialize(text.as_bytes()).collect();
        let bearer = Way::Word("Bearer").credential(OWN).expect("a token");
        let right = own(text, text).with_credential(bearer.clone());
        sent.push(right.clone().with_header("x-odd", text));
        sent.push(right.clone().with_header("content-encoding", text));
        sent.push(own("1", "x").with_header("authorization", format!("Bearer {text}")));
        let odd = Outgoing::new("POST", &format!("{OWN_PATH}?token={escaped}"));
        sent.push(odd.clone().with_credential(bearer.clone()).with_header("content-type", text));
        sent.push(odd.with_body(text).with_credential(bearer));
        sent.push(right);
    }
    let now = SystemTime::now();
    // Some faults cannot happen to some requests, and some texts cannot stand in a header.
    sent.iter().filter_map(|outgoing| outgoing.request(now).ok()).collect()
}

fn own(id: &str, kind: &str) -> Outgoing {
    let body = json!({ "id": id, "type": kind, "url": marked::LINK, "more": TEXT });
    Outgoing::json(OWN_PATH, body.to_string())
}

fn send(server: &Server, request: &http::Request<Bytes>) -> Answer {
    let length = request.body().len();
    let announced = length.to_string();
    let headers = request.headers().iter().map(|(name, it)| (name.as_str(), it.as_bytes()));
    let headers: Vec<_> = headers.chain([("content-length", announced.as_bytes())]).collect();
    let target = request.uri().path_and_query().expect("a target").as_str();
    let mut connection = Connection::to(server.address());
    connection.write(head(request.method().as_str(), target, &headers));
    // What is too large is answered before it is sent.
    connection.write(if length > 1 << 20 { &[] } else { &request.body()[..] }).answer()
}

/// The secrets there are, and every signature that was made with one.
fn secrets(deliveries: &[http::Request<Bytes>]) -> Vec<Vec<u8>> {
    let mut secrets: BTreeSet<Vec<u8>> = ENDPOINTS.map(|(_, _, it)| it.into()).into();
    secrets.extend([TEXT, LINKED, GUESS, KEY, USER, PATH].map(Into::into));
    let headers = deliveries.iter().flat_map(http::Request::headers);
    let values = headers.filter(|(_, value)| value.is_sensitive());
    secrets.extend(values.map(|(_, value)| value.as_bytes().to_vec()));
    secrets.into_iter().filter(|secret| secret.len() >= 8).collect()
}

/// What others print at TRACE that may be a secret, by the example it was found in: `docs/security.md`.
const KNOWN: [(&str, &str); 2] =
    [("example-actix", "actix_http::h1::decoder"), ("example-warp", "warp::filters::path")];

/// What never gets to an endpoint: a secret in a path, and where a length should be.
const STRAYS: [&str; 2] = [
    "GET /webhooks/marker-path+1d07 HTTP/1.1\r\nHost: a\r\n\r\n",
    "POST /webhooks/own HTTP/1.1\r\nHost: a\r\nContent-Length: marker-path+1d07\r\n\r\n",
];

const ENVIRONMENT: [(&str, &str); 10] = [
    ("SINTEGRE_USERNAME", USER),
    ("SINTEGRE_PASSWORD", "marker/sintegre+5d0c"),
    ("SINTEGRE_TOKEN", "marker/sintegre+5d0c"),
    ("CMMSHERE_TOKEN", "marker/cmmshere+5d0c"),
    ("MONUV_TOKEN", "marker/monuv+5d0c"),
    ("RABBOT_TOKEN", "marker/rabbot+5d0c"),
    ("VOALLE_USERNAME", USER),
    ("VOALLE_PASSWORD", "marker/voalle+5d0c"),
    ("SIGNED_SECRET", "whsec_bWFya2VyL3NpZ25lZCs1ZDBjL29mLTI0LWJ5dGVz"),
    ("OWN_TOKEN", OWN),
];

/// The senders, where they deliver, and with what.
const ENDPOINTS: [(&str, &str, &str); 7] = [
    ("sintegre", "/webhooks/sintegre", "marker/sintegre+5d0c"),
    ("cmmshere", "/webhooks/cmmshere", "marker/cmmshere+5d0c"),
    ("monuv", "/webhooks/monuv", "marker/monuv+5d0c"),
    ("rabbot", "/webhooks/rabbot", "marker/rabbot+5d0c"),
    ("voalle", "/webhooks/voalle", "marker/voalle+5d0c"),
    ("standard_webhooks", "/webhooks/signed", "whsec_bWFya2VyL3NpZ25lZCs1ZDBjL29mLTI0LWJ5dGVz"),
    ("own", OWN_PATH, OWN),
];

const OWN: &str = "marker/own+5d0c";
const OWN_PATH: &str = "/webhooks/own";
const USER: &str = "marker/user+2b97";
/// The bytes that `SIGNED_SECRET` says in base64.
const KEY: &str = "marker/signed+5d0c/of-24-bytes";
/// What somebody tries who has no secret.
const GUESS: &str = "marker/guess+90aa";
const PATH: &str = "marker-path+1d07";
