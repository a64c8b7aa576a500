//! The battery: hostile and odd bytes, written to the three started examples over sockets.
#![expect(clippy::expect_used, reason = "a test that cannot go on fails, and says where")]

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener};
use std::sync::Mutex;
use std::thread;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use receiver_tests::answer::Answer;
use receiver_tests::battery::{MARKERS, Pieces, Row, TOKEN, rows};
use receiver_tests::leak;
use receiver_tests::printed::Printed;
use receiver_tests::server::{EXAMPLES, Server};
use receiver_tests::socket::Connection;
use serde_json::json;

#[test]
fn every_row_is_answered_as_it_says_by_each_server() {
    let (rows, pieces) = (rows(), Pieces::load());
    let came = thread::scope(|scope| {
        let attacks = EXAMPLES.map(|example| scope.spawn(|| attack(example, &rows, &pieces)));
        attacks.map(|attack| attack.join().expect("no panic"))
    });
    let (mut wrong, mut all) = (Vec::new(), BTreeMap::<_, BTreeSet<_>>::new());
    for (figures, complaints, told) in came {
        println!("{figures}");
        wrong.extend(complaints);
        // Of a row without a word on differences, headers and bodies are the same too, where it is the receiver
        // who answers.
        for (name, answers) in told {
            let ours = answers.into_iter().filter(|answer| OURS.contains(&answer.status));
            all.entry(name).or_default().insert(format!("{:?}", ours.collect::<Vec<_>>()));
        }
    }
    let same = rows.iter().filter(|row| !row.is_different());
    let differ = same.filter_map(|row| all.get(&row.name).filter(|told| told.len() > 1));
    wrong.extend(differ.map(|told| format!("the servers differ: {told:#?}")));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// How much was tried, what is wrong with the answers of an example and with what it printed
/// meanwhile, at TRACE, and the answers to each row.
fn attack(example: &str, rows: &[Row], pieces: &Pieces) -> (String, Vec<String>, Told) {
    let name = example.trim_start_matches("example-");
    let environment = [("OWN_TOKEN", TOKEN), ("RUST_LOG", "trace"), ("LOG", "json")];
    let server = Server::start(example, &environment);
    let (mut wrong, answers) = judge(rows, name, server.address(), pieces);

    // It is as well as before.
    let health = "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n";
    assert_eq!(Connection::to(server.address()).write(health).answer().status, 200);
    server.terminate();
    let ended = server.wait();
    assert_eq!(ended.status.code(), Some(0), "{example}");
    assert!(ended.log.contains("TRACE"), "{example} holds its tongue");
    let panics = ended.log.matches("panicked at").count();
    assert_eq!(panics, usize::from(name == "actix"), "{example}: {}", ended.log);
    let (named, unnamed): (Vec<_>, Vec<_>) = ended
        .log
        .lines()
        .filter(|line| line.contains("\"bad_framing\""))
        .partition(|line| line.contains("\"remote\":\"127.0.0.1\""));
    assert_eq!((named.is_empty(), unnamed), (name == "actix", vec![]), "{example} says whose");
    let told = listen(name, &ended.log);
    let (lines, deliveries) = (told.lines, told.deliveries);
    let figures =
        format!("{name}: {} exchanges; {lines} lines, {deliveries} of deliveries", rows.len());
    assert!(deliveries > 100, "{example}: {deliveries}");
    wrong.extend(told.wrong);
    wrong.extend(ended.output.lines().filter(|line| tells(line)).map(str::to_owned));
    (figures, wrong.iter().map(|wrong| format!("{name}: {wrong}")).collect(), answers)
}

/// What a server logged, and in it what is wrong: a marker, a panic, what is no line or speaks to a
/// terminal.
fn listen(name: &str, told: &str) -> Printed {
    let is_known = |line: &str| {
        name == "actix" && (line.is_empty() || KNOWN_PANIC.iter().any(|part| line.contains(part)))
    };
    let lines: Vec<_> =
        told.split_terminator('\n').filter(|line| tells(line) || !is_known(line)).collect();
    let mut printed = Printed::read(&lines.join("\n"));
    let bad = lines.iter().filter(|line| tells(line) || line.contains("panicked at"));
    printed.wrong.extend(bad.map(|line| format!("it told {line}")));
    printed
}

fn tells(line: &str) -> bool {
    !leak::find(line, &MARKERS.map(str::as_bytes)).is_empty()
}

#[test]
fn every_row_has_a_name_of_its_own_and_reasons() {
    let rows = rows();
    assert!(rows.len() >= 120, "{}", rows.len());
    let names: BTreeSet<_> = rows.iter().map(|row| &row.name).collect();
    assert_eq!(names.len(), rows.len());
    for row in &rows {
        assert!(!row.because.is_empty(), "{row}");
        assert_eq!(row.is_different(), !row.differs.is_empty(), "{row}");
    }
}

/// A server that takes whatever comes fails every row in which something is refused.
#[test]
fn a_server_that_accepts_everything_is_found_out() {
    let (mut rows, pieces) = (rows(), Pieces::load());
    rows.retain(|row| !format!("{:?}", row.expected("axum")).contains("(200)"));
    assert!(rows.len() >= 80, "{}", rows.len());
    let address = lie(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    let (wrong, answers) = judge(&rows, "axum", address, &pieces);
    assert_eq!((wrong.len(), answers.len()), (rows.len(), 0));
}

/// The same server, that refuses and closes, is right in one row and wrong in the other.
#[test]
fn a_row_that_expects_the_wrong_thing_fails() {
    let row = |expect: &str| {
        let json = format!(r#"{{"name": "x", "send": ["x"], "expect": {expect}, "because": "y"}}"#);
        serde_json::from_str::<Row>(&json).expect("a row")
    };
    let address = lie(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
    let judge = |expect| row(expect).judge("axum", address, &Pieces::load());
    assert_eq!(judge(r#"[400, "closed"]"#).map(|answers| answers.len()), Ok(1));
    for wrong in
        [r#"[200, "closed"]"#, r#"[400, "open"]"#, r#"["closed"]"#, r#"[400, 400, "closed"]"#]
    {
        assert!(judge(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn a_status_without_its_header_is_found_out() {
    for (answer, status) in [
        (&b"HTTP/1.1 401 x\r\nContent-Length: 0\r\n\r\n"[..], 401),
        (b"HTTP/1.1 405 x\r\nContent-Length: 0\r\n\r\n", 405),
        (b"HTTP/1.1 503 x\r\nContent-Length: 0\r\n\r\n", 503),
    ] {
        let row =
            json!({ "name": "x", "send": ["x"], "expect": [status, "closed"], "because": "y" });
        let row = serde_json::from_value::<Row>(row).expect("a row");
        let told = row.judge("axum", lie(answer), &Pieces::load());
        assert!(told.is_err_and(|wrong| wrong.starts_with("x: no ")), "{status}");
    }
}

/// In its log, and in its answers.
#[test]
fn a_server_that_tells_a_marker_is_found_out() {
    let line = |kind: &str| {
        let fields = json!({ "target": "receiver", "message": "delivery", "kind": kind });
        format!("{fields}\n")
    };
    let quiet = listen("axum", &line("x"));
    assert_eq!((&quiet.wrong[..], quiet.deliveries), (&[][..], 1));
    let panic = "\nthread 'x' panicked at actix-http-3.20.0/src/h1/decoder.rs:93:83:\n";
    assert_eq!(listen("actix", panic).wrong, [""; 0]);
    let [_, guess, body] = MARKERS;
    let basic = BASE64_STANDARD.encode(format!("user:{guess}"));
    for told in [
        line(TOKEN),
        line(&basic),
        line(body),
        line("a\u{1b}b"),
        line("x") + "\r\n",
        TOKEN.to_owned(),
        panic.to_owned(),
    ] {
        assert_ne!(listen("axum", &(line("x") + &told)).wrong, [""; 0], "{told}");
    }
    assert_ne!(listen("actix", &panic.replace("'x'", TOKEN)).wrong, [""; 0]);
    let address = lie(b"HTTP/1.1 401 own-token-77f2\r\nContent-Length: 14\r\n\r\nown-token-77f2");
    let row = r#"{"name": "x", "send": ["x"], "expect": [401, "closed"], "because": "y"}"#;
    let row = serde_json::from_str::<Row>(row).expect("a row");
    assert!(row.judge("axum", address, &Pieces::load()).is_err());
}

/// actix-http's own, on a header's name of 64 KiB or more, which one row has: it ends that connection and nothing
/// else.
const KNOWN_PANIC: [&str; 3] = ["/src/h1/decoder.rs:", "InvalidHeaderName", "RUST_BACKTRACE=1"];

/// What is wrong with the answers of one server, and those that are right. Sixteen rows at a time, so that
/// the slow ones do not add up.
fn judge(rows: &[Row], name: &str, address: SocketAddr, pieces: &Pieces) -> (Vec<String>, Told) {
    let next = Mutex::new(rows.iter());
    let (wrong, told) = (Mutex::new(Vec::new()), Mutex::new(Told::new()));
    let row = || next.lock().expect("no panic").next();
    thread::scope(|scope| {
        for _ in 0..16 {
            scope.spawn(|| {
                while let Some(row) = row() {
                    match row.judge(name, address, pieces) {
                        Err(complaint) => wrong.lock().expect("no panic").push(complaint),
                        Ok(answers) => {
                            told.lock().expect("no panic").insert(row.name.clone(), answers);
                        }
                    }
                }
            });
        }
    });
    (wrong.into_inner().expect("no panic"), told.into_inner().expect("no panic"))
}

/// Right answers, by the row's name.
type Told = BTreeMap<String, Vec<Answer>>;

/// What the receiver answers. The rest is the framework's.
const OURS: [u16; 6] = [200, 401, 405, 413, 415, 422];

/// A server that answers the first bytes of each connection with these, and closes it.
fn lie(answer: &'static [u8]) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            thread::spawn(move || {
                let _ = stream.read(&mut [0; 4096]);
                stream.write_all(answer)
            });
        }
    });
    address
}
