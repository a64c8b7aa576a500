//! The three example binaries, started and called over sockets.
#![expect(clippy::panic, reason = "a test that cannot go on fails, and says where")]

use std::net::TcpStream;
use std::thread::sleep;
use std::time::{Duration, Instant, SystemTime};

use receiver_core::scheme::Signature;
use receiver_core::{InvalidSecret, Secret};
use receiver_tests::answer::Answer;
use receiver_tests::case::{Answers, load};
use receiver_tests::endpoints::{
    CMMSHERE_TOKEN, NEW_WHSEC, ONS_PASSWORD, ONS_TOKEN, ONS_USER, OWN_TOKEN, WHSEC,
};
use receiver_tests::leak;
use receiver_tests::server::{EXAMPLES, Server, run};
use receiver_tests::socket::{Connection, head, request};

#[test]
fn the_table_is_answered_alike_over_sockets() {
    let answers = Answers::load();
    for example in EXAMPLES {
        let server = start(example);
        let (mut wrong, mut count) = (Vec::new(), 0);
        for case in ["sintegre", "cmmshere", "own"].into_iter().flat_map(load) {
            let answer = Connection::to(server.address()).write(request(&case)).answer();
            let complaint = case.judge(&answer, &answers);
            wrong.extend(complaint.map(|complaint| format!("{}\n{complaint}", case.name)));
            count += 1;
        }
        assert!(wrong.is_empty(), "{example}: {}", wrong.join("\n\n"));

        server.terminate();
        let ended = server.wait();
        assert_eq!(ended.status.code(), Some(0), "{example}");
        let lines = ended.log.lines().filter(|line| line.contains(r#""message":"delivery""#));
        assert_eq!(lines.count(), count, "{example}: {}", ended.log);
        let secrets =
            [ONS_PASSWORD, ONS_TOKEN, CMMSHERE_TOKEN, OWN_TOKEN, WHSEC, NEW_WHSEC, "SYNTHETIC"];
        let printed = format!("{}{}", ended.output, ended.log);
        assert_eq!(
            leak::find(&printed, &secrets.map(str::as_bytes)),
            [""; 0],
            "{example}: {printed}"
        );
    }
}

#[test]
fn a_signature_made_now_is_accepted_and_an_old_or_spoiled_one_is_not() {
    let body = br#"{"type":"greeting"}"#;
    let now = SystemTime::now();
    let minutes = |count: u64| Duration::from_secs(60 * count);
    for example in EXAMPLES {
        let server = start(example);
        let status = |secret: &str, at: SystemTime, sent: &[u8]| {
            let headers = signer(secret).expect("a secret").sign("msg_1", at, body);
            let headers = headers.iter().map(|(name, value)| (name.as_str(), value.as_bytes()));
            let headers: Vec<_> = headers.chain([JSON]).collect();
            post(&server, "/webhooks/signed", &headers, sent).status
        };
        assert_eq!(status(WHSEC, now, body), 200, "{example}");
        assert_eq!(status(NEW_WHSEC, now, body), 200, "{example}, the second secret");
        assert_eq!(status(WHSEC, now - minutes(4), body), 200, "{example}, 4 minutes old");
        assert_eq!(status(WHSEC, now - minutes(6), body), 401, "{example}, 6 minutes old");
        assert_eq!(status(WHSEC, now + minutes(8), body), 401, "{example}, 8 minutes ahead");
        assert_eq!(
            status(WHSEC, now, br#"{"type":"Greeting"}"#),
            401,
            "{example}, a letter changed"
        );
        assert_eq!(status("whsec_YW5vdGhlciBrZXk=", now, body), 401, "{example}, another key");
    }
}

#[test]
fn an_announced_length_over_the_limit_is_refused_before_the_body_is_sent() {
    let headers = [("authorization", OWN_BEARER), JSON, ("content-length", b"1048577")];
    for example in EXAMPLES {
        let server = start(example);
        let answer = Connection::to(server.address())
            .write(head("POST", "/webhooks/own", &headers))
            .answer();
        assert_eq!(answer.status, 413, "{example}: {answer:?}");
        assert!(answer.text().contains("too-large"), "{example}: {answer:?}");
    }
}

#[test]
fn a_chunked_body_is_counted_while_it_comes() {
    let headers = [("authorization", OWN_BEARER), JSON, ("transfer-encoding", b"chunked")];
    for example in EXAMPLES {
        let server = start(example);
        let mut connection = Connection::to(server.address());
        connection.write(head("POST", "/webhooks/own", &headers));
        connection.write("11\r\n{\"id\":\"1\",\"type\":\r\n").write("4\r\n\"x\"}\r\n0\r\n\r\n");
        assert_eq!(connection.answer().status, 200, "{example}");

        let mut connection = Connection::to(server.address());
        connection.write(head("POST", "/webhooks/own", &headers));
        let chunk = format!("10000\r\n{}\r\n", " ".repeat(0x10000));
        for _ in 0..16 {
            connection.write(&chunk);
        }
        connection.write("1\r\n \r\n");
        assert_eq!(connection.answer().status, 413, "{example}");
    }
}

#[test]
fn a_refusal_does_not_end_the_connection() {
    for example in EXAMPLES {
        let server = start(example);
        let mut connection = Connection::to(server.address());
        for (bearer, status) in [(&b"Bearer wrong"[..], 401), (OWN_BEARER, 200), (b"wrong", 401)] {
            let headers = [("authorization", bearer), JSON, ("content-length", &b"21"[..])];
            connection.write(head("POST", "/webhooks/own", &headers)).write(OWN);
            assert_eq!(connection.answer().status, status, "{example}");
        }
    }
}

/// Two readers that find different ends of a body can be played off against each other.
#[test]
fn a_request_whose_end_is_doubtful_is_not_accepted() {
    let framings: [&[(&str, &[u8])]; 5] = [
        &[("content-length", b"21"), ("content-length", b"22")],
        &[("content-length", b"21, 22")],
        &[("content-length", b"-1")],
        &[("content-length", b"0x15")],
        &[("transfer-encoding", b"chunked, identity")],
    ];
    for example in EXAMPLES {
        let server = start(example);
        for framing in framings {
            let headers = [&[("authorization", OWN_BEARER), JSON], framing].concat();
            let mut connection = Connection::to(server.address());
            let answer =
                connection.write(head("POST", "/webhooks/own", &headers)).write(OWN).answer();
            assert_eq!(answer.status, 400, "{example}, {framing:?}: {answer:?}");
        }
    }
}

#[test]
fn a_target_that_is_no_endpoint_of_ours_is_not_found() {
    let targets = [
        ("CONNECT", "localhost:80"),
        ("POST", "localhost:80"),
        ("OPTIONS", "*"),
        ("POST", "/"),
        ("POST", "/webhooks/own/"),
        ("POST", "//webhooks/own"),
        ("POST", "/webhooks//own"),
        ("POST", "/webhooks/own/more"),
        ("POST", "/webhooks/Own"),
        ("GET", "/health/"),
    ];
    let headers = [("authorization", OWN_BEARER), JSON, ("content-length", b"21")];
    for example in EXAMPLES {
        let server = start(example);
        for (method, target) in targets {
            let mut connection = Connection::to(server.address());
            let answer = connection.write(head(method, target, &headers)).write(OWN).answer();
            assert_eq!(answer.status, 404, "{example}, {method} {target}: {answer:?}");
        }
    }
}

/// The servers below the frameworks judge a few requests themselves, before any of our code. None of
/// them accepts what another would take for a different request.
#[test]
fn where_the_servers_differ_is_known() {
    let own = "Authorization: Bearer own-token-77f2\r\nContent-Type: application/json\r\n";
    let json = r#"{"id":"1","type":"x"}"#;
    let chunked = format!("15\r\n{json}\r\n0\r\n\r\n");
    let rows = [
        (
            "an escape in the path",
            format!(
                "POST /webhooks/ow%6e HTTP/1.1\r\nHost: a\r\n{own}Content-Length: 21\r\n\r\n{json}"
            ),
            [404, 200, 404],
        ),
        (
            "no host",
            format!("POST /webhooks/own HTTP/1.1\r\n{own}Content-Length: 21\r\n\r\n{json}"),
            [200, 400, 200],
        ),
        (
            "a length beside chunks",
            format!(
                "POST /webhooks/own HTTP/1.1\r\nHost: a\r\n{own}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n{chunked}"
            ),
            [200, 400, 200],
        ),
        (
            "a whole URL as the target",
            format!(
                "POST http://a/webhooks/own HTTP/1.1\r\nHost: a\r\n{own}Content-Length: 21\r\n\r\n{json}"
            ),
            [200, 200, 200],
        ),
    ];
    for (column, example) in EXAMPLES.into_iter().enumerate() {
        let server = start(example);
        for (name, bytes, statuses) in &rows {
            let answer = Connection::to(server.address()).write(bytes).answer();
            assert_eq!(answer.status, statuses[column], "{example}, {name}: {answer:?}");
        }
    }
}

#[test]
fn what_is_in_flight_is_finished_before_the_end() {
    let headers = [
        ("authorization", OWN_BEARER),
        JSON,
        ("content-length", b"21"),
        ("expect", b"100-continue"),
    ];
    for example in EXAMPLES {
        let server = start(example);
        let mut connection = Connection::to(server.address());
        // The server asks for the body, so the request has begun.
        connection.write(head("POST", "/webhooks/own", &headers));
        assert_eq!(connection.answer().status, 100, "{example}");
        connection.write(&OWN[..10]);

        server.terminate();
        until(|| TcpStream::connect(server.address()).is_err());
        connection.write(&OWN[10..]);
        let answer = connection.answer();
        assert_eq!(
            (answer.status, answer.text().as_str()),
            (200, r#"{"status":"accepted"}"#),
            "{example}"
        );
        assert_eq!(server.wait().status.code(), Some(0), "{example}");
    }
}

#[test]
fn credentials_that_are_not_set_are_generated_and_printed() {
    for example in EXAMPLES {
        let first = generated(example);
        let second = generated(example);
        assert_ne!(first, second, "{example} generates the same twice");
    }
}

/// The generated tokens, after each of them was accepted.
fn generated(example: &str) -> Vec<String> {
    let server = Server::start(example, &[]);
    // Its output is complete when it has ended, so the tokens are tried on a second one.
    server.terminate();
    let ended = server.wait();
    let value = |name: &str| {
        let line = format!("{name}=");
        let mut values = ended.output.lines().filter_map(|text| text.split_once(&line));
        let (_, value) =
            values.next().unwrap_or_else(|| panic!("{example}, {name}: {}", ended.output));
        value.trim().to_owned()
    };
    let names = [
        "SINTEGRE_USERNAME",
        "SINTEGRE_PASSWORD",
        "SINTEGRE_TOKEN",
        "CMMSHERE_TOKEN",
        "SIGNED_SECRET",
        "OWN_TOKEN",
    ];
    let values = names.map(value);
    let environment: Vec<_> = names.into_iter().zip(values.iter().map(String::as_str)).collect();
    let server = Server::start(example, &environment);
    let bearer = format!("Bearer {}", values[5]);
    let headers = [("authorization", bearer.as_bytes()), JSON];
    assert_eq!(post(&server, "/webhooks/own", &headers, OWN).status, 200, "{example}");
    let token = format!("/webhooks/cmmshere?token={}", values[3]);
    assert_eq!(post(&server, &token, &[JSON], b"{}").status, 422, "{example}");
    assert!(signer(&values[4]).is_ok(), "{example}");
    values.into()
}

#[test]
fn a_credential_that_is_set_badly_stops_the_start_and_is_not_printed() {
    let bad = [
        ("OWN_TOKEN", "marker-77f2\n"),
        ("OWN_TOKEN", "marker-77f2 two"),
        ("OWN_TOKEN", ""),
        ("OWN_TOKEN", " "),
        ("CMMSHERE_TOKEN", ""),
        ("CMMSHERE_TOKEN", "marker-77f2\tx"),
        ("SIGNED_SECRET", ""),
        ("SIGNED_SECRET", "whsec_"),
        ("SIGNED_SECRET", "whsec_marker-77f2!"),
        ("SINTEGRE_USERNAME", "marker-77f2:x"),
        ("SINTEGRE_PASSWORD", ""),
        ("SINTEGRE_TOKEN", "marker-77f2\n"),
        ("ADDR", "marker-77f2"),
        ("METRICS_ADDR", "marker-77f2"),
        ("METRICS_ADDR", ""),
        ("PROXIES", ""),
        ("PROXIES", "127.0.0.1,marker-77f2"),
        ("PROXIES", "127.0.0.1,"),
        ("PROXIES", "127.0.0.1/8"),
    ];
    for example in EXAMPLES {
        for (name, value) in bad {
            let mut environment = environment();
            environment.retain(|(known, _)| *known != name);
            environment.extend([("ADDR", "127.0.0.1:0"), (name, value)]);
            let ended = run(example, &environment);
            let printed = format!("{}{}", ended.output, ended.log);
            assert_eq!(ended.status.code(), Some(2), "{example}, {name}={value:?}: {printed}");
            assert!(printed.contains(name), "{example}, {name}={value:?}: {printed}");
            assert!(!printed.contains("listening"), "{example}, {name}={value:?}: {printed}");
            assert_eq!(
                leak::find(&printed, &[b"marker-77f2"]),
                [""; 0],
                "{example}, {name}: {printed}"
            );
        }
    }
}

/// Strangers who share a proxy's address must not lock out a sender before its first delivery.
#[test]
fn only_a_sender_behind_a_named_proxy_is_heard_after_others_were_wrong() {
    let body = br#"{"type":"greeting"}"#;
    let signed = signer(WHSEC).expect("a secret").sign("msg_1", SystemTime::now(), body);
    let signed = signed.iter().map(|(name, value)| (name.as_str(), value.as_bytes()));
    let signed: Vec<_> = signed.chain([JSON]).collect();
    for example in EXAMPLES.into_iter().chain(["example-hyper"]) {
        let right = if example == "example-hyper" { 204 } else { 200 };
        for (proxies, expected) in [("192.0.2.1, 127.0.0.1", right), ("192.0.2.1", 429)] {
            let mut environment = environment();
            environment.push(("PROXIES", proxies));
            let server = Server::start(example, &environment);
            let status = |headers: &[_]| post(&server, "/webhooks/signed", headers, body).status;
            for _ in 0..100 {
                assert_eq!(status(&[JSON]), 401, "{example} behind {proxies}");
            }
            assert_eq!(status(&[JSON]), 429, "{example} behind {proxies}");
            assert_eq!(status(&signed), expected, "{example} behind {proxies}");
        }
    }
}

fn start(example: &str) -> Server {
    Server::start(example, &environment())
}

fn environment() -> Vec<(&'static str, &'static str)> {
    const BOTH: &str =
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw whsec_c3ludGhldGljLXRlc3Qta2V5LW51bWJlci0y";
    vec![
        ("SINTEGRE_USERNAME", ONS_USER),
        ("SINTEGRE_PASSWORD", ONS_PASSWORD),
        ("SINTEGRE_TOKEN", ONS_TOKEN),
        ("CMMSHERE_TOKEN", CMMSHERE_TOKEN),
        ("SIGNED_SECRET", BOTH),
        ("OWN_TOKEN", OWN_TOKEN),
    ]
}

fn post(server: &Server, target: &str, headers: &[(&str, &[u8])], body: &[u8]) -> Answer {
    let length = body.len().to_string().into_bytes();
    let headers = [headers, &[("content-length", &length[..])]].concat();
    Connection::to(server.address()).write(head("POST", target, &headers)).write(body).answer()
}

fn signer(secret: &str) -> Result<Signature, InvalidSecret> {
    Secret::from_whsec(secret).map(Signature::standard_webhooks)
}

fn until(done: impl Fn() -> bool) {
    let start = Instant::now();
    while !done() {
        assert!(start.elapsed() < Duration::from_secs(30), "it does not happen");
        sleep(Duration::from_millis(5));
    }
}

const OWN: &[u8] = br#"{"id":"1","type":"x"}"#;
const OWN_BEARER: &[u8] = b"Bearer own-token-77f2";
const JSON: (&str, &[u8]) = ("content-type", b"application/json");
