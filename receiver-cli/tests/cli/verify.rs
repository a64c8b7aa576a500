//! Verdicts: every vector that a sender publishes, in every form that a request is kept in.

use std::ffi::OsString;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use receiver_core::scheme::{Layout, Signature};
use serde_json::{Value, json};

use crate::program::{Folder, command, run, run_with};

#[test]
fn what_senders_publish_verifies_in_every_form() {
    let folder = Folder::new();
    for vector in vectors() {
        let text = |name: &str| vector.get(name).and_then(Value::as_str).unwrap_or_default();
        let (comment, secret, body) = (text("comment"), text("secret"), text("body"));
        let mut fixed = vec!["verify".to_owned()];
        let mut option = |name: &str, value: String| fixed.extend([name.to_owned(), value]);
        match vector.get("layout") {
            None => option("--scheme", text("sender").to_owned()),
            Some(layout) => {
                let config = json!({ "schemes": { "own": own(layout) } }).to_string();
                option("--config", folder.write("config.json", config));
                option("--scheme", "own".to_owned());
            }
        }
        // The command line takes whole seconds: what is left of one counts as one.
        let whole = |name| vector.get(name).and_then(Value::as_u64).unwrap_or(0);
        option("--now", (whole("now") + whole("milliseconds").div_ceil(1000)).to_string());
        let url = text("url");
        if !url.is_empty() {
            option("--url", url.to_owned());
        }
        let method = vector.get("method").and_then(Value::as_str).unwrap_or("POST");
        let kept = Kept { method, url, headers: headers(&vector), body };
        let expected = i32::from(text("expect") != "accept");

        for (form, arguments) in kept.forms(&folder) {
            let arguments = [fixed.clone(), arguments].concat();
            let ran = run(secret, &arguments);
            assert_eq!(ran.status, expected, "{comment}, {form}: {ran:?}");
            assert_eq!(ran.out.starts_with("valid: "), expected == 0, "{comment}, {form}: {ran:?}");
            assert!(expected == 0 || ran.out.contains(text("expect")), "{comment}: {ran:?}");
        }
        if expected == 0 {
            let body = format!("{body}.");
            let spoiled = Kept { body: &body, ..kept };
            for (form, arguments) in spoiled.forms(&folder) {
                let ran = run(secret, &[fixed.clone(), arguments].concat());
                let is_body_signed = !text("sender").starts_with("plivo");
                assert_eq!(ran.status, i32::from(is_body_signed), "{comment}, {form}: {ran:?}");
            }
        }
    }
}

/// A request, to be kept in each form.
struct Kept<'k> {
    method: &'k str,
    url: &'k str,
    headers: Vec<(String, String)>,
    body: &'k str,
}

impl Kept<'_> {
    fn forms(&self, folder: &Folder) -> Vec<(&'static str, Vec<String>)> {
        let query = self.url.split_once('?').map(|(_, query)| format!("?{query}"));
        let target = format!("/{}", query.unwrap_or_default());
        let lines = |end: &str| {
            let lines = self.headers.iter().map(|(name, value)| format!("{name}: {value}{end}"));
            let head: String = lines.collect();
            format!("{} {target} HTTP/1.1{end}{head}{end}{}", self.method, self.body)
        };
        let har_headers: Vec<_> = self
            .headers
            .iter()
            .map(|(name, value)| json!({ "name": name, "value": value }))
            .collect();
        let har = json!({ "request": {
            "method": self.method, "url": format!("https://example.com{target}"),
            "headers": har_headers, "postData": { "text": self.body },
        } });
        let record = json!({
            "receiver_record": 1, "method": self.method, "target": target,
            "headers": self.headers, "body": BASE64_STANDARD.encode(self.body),
        });
        let headers = self.headers.iter();
        let said =
            headers.flat_map(|(name, value)| ["--header".into(), format!("{name}: {value}")]);
        let said =
            said.chain(["--body".into(), self.body.into(), "--target".into(), target.clone()]);
        let said = said.chain(["--method".into(), self.method.into()]).collect();
        vec![
            ("CRLF", vec![folder.write("crlf.http", lines("\r\n"))]),
            ("LF", vec![folder.write("lf.http", lines("\n"))]),
            ("HAR", vec![folder.write("entry.har", har.to_string())]),
            ("recording", vec![folder.write("recorded.jsonl", record.to_string())]),
            ("said", said),
        ]
    }
}

#[test]
fn bytes_that_are_no_utf_8_are_read_as_they_are() {
    let body = b"\xff\xfe\0{}\r\n";
    let signature = signed(body);
    let request =
        [b"POST / HTTP/1.1\nx-odd: \xe7\xff\n", signature.as_bytes(), b"\n\n", body].concat();
    let ran = run_with(
        &mut command(&["verify", "--scheme", "github", "--secret", SECRET, "-"]),
        &request,
    );
    assert_eq!((ran.status, ran.err.as_str()), (0, ""), "{ran:?}");
}

#[cfg(unix)]
#[test]
fn a_header_of_the_command_line_may_be_no_utf_8() {
    use std::os::unix::ffi::OsStringExt as _;

    let said = |bytes: &[u8]| OsString::from_vec(bytes.to_vec());
    let mut arguments: Vec<_> =
        ["verify", "--scheme", "github", "--header"].map(OsString::from).into();
    arguments.extend([signed(b"\xff").into(), "--header".into(), said(b"x-odd: \xff")]);
    arguments.extend(["--body".into(), said(b"\xff")]);
    assert_eq!(run(SECRET, &arguments).status, 0);
}

#[test]
fn a_header_that_stands_there_twice_stays_two() {
    let folder = Folder::new();
    let line = signed(b"{}");
    let file = folder.write("twice.http", format!("POST / HTTP/1.1\n{line}\n{line}\n\n{{}}"));
    let ran = run(SECRET, &["verify", "--scheme", "github", &file]);
    assert_eq!(ran.status, 1);
    assert!(ran.out.contains("duplicate_header"), "{ran:?}");
}

#[test]
fn a_body_in_chunks_is_put_together_and_a_wrong_length_is_noted() {
    let line = signed(b"{\"a\":1}");
    let check = |head: &str, body: &str, status, note: &str| {
        let request = format!("POST / HTTP/1.1\r\n{head}\r\n{line}\r\n\r\n{body}");
        let mut verify = command(&["verify", "--scheme", "github", "--secret", SECRET, "-"]);
        let ran = run_with(&mut verify, request.as_bytes());
        assert_eq!(ran.status, status, "{ran:?}");
        assert!(ran.err.contains(note), "{ran:?}");
    };
    check("Transfer-Encoding: chunked", "3\r\n{\"a\r\n4\r\n\":1}\r\n0\r\n\r\n", 0, "put together");
    check("Transfer-Encoding: chunked", "{\"a\":1}", 0, "as it is");
    check("Content-Length: 7", "{\"a\":1}\n", 1, "Content-Length says 7");
}

#[test]
fn which_request_of_several_is_said_with_entry() {
    let folder = Folder::new();
    let line = |value: &str| {
        json!({ "receiver_record": 1, "method": "POST", "target": "/", "body": "e30=",
                "headers": [["x-hub-signature-256", value]] })
    };
    let signature = signed(b"{}");
    let (_, right) = signature.split_once(": ").expect("a header");
    let lines = format!("{}\n{}\n{{broken\n", line("sha256=00"), line(right));
    let file = folder.write("three.jsonl", lines);
    let status = |more: &[&str]| {
        run(SECRET, &[&["verify", "--scheme", "github", &file], more].concat()).status
    };
    assert_eq!(status(&[]), 2);
    assert_eq!(status(&["--entry", "1"]), 1);
    assert_eq!(status(&["--entry", "2"]), 0);
    assert_eq!(status(&["--entry", "3"]), 2);
    assert_eq!(status(&["--entry", "4"]), 2);
    assert_eq!(status(&["--entry", "0"]), 2);
}

#[test]
fn the_time_is_now_unless_something_says_another() {
    let folder = Folder::new();
    let sign = ["sign", "--scheme", "slack", "--body", "{}", "--request"];
    let request = run(SECRET, &sign).out;
    let verify = |now: &[&str], file: &str| {
        run(SECRET, &[&["verify", "--scheme", "slack", file], now].concat()).status
    };
    let file = folder.write("new.http", &request);
    assert_eq!(verify(&[], &file), 0);
    let old = run(SECRET, &[&sign[..], &["--now", "1700000000"]].concat()).out;
    let file = folder.write("old.http", &old);
    assert_eq!(verify(&[], &file), 1);
    assert_eq!(verify(&["--now", "1700000300"], &file), 0);
    assert_eq!(verify(&["--now", "1700000301"], &file), 1);
    assert_eq!(verify(&["--now", "1700000301", "--tolerance", "301"], &file), 0);
    assert_eq!(verify(&["--now", "1700000001", "--tolerance", "0"], &file), 1);
}

#[test]
fn what_is_signed_verifies_with_every_scheme() {
    let folder = Folder::new();
    for sender in receiver_core::scheme::catalog::senders() {
        let secret = run(SECRET, &["secret", "--scheme", sender.name()]).out;
        // Braintree signs a field of a form; the others take JSON.
        let body = if sender.name() == "braintree" { "a=b&bt_payload=e30" } else { "{}" };
        let url = "https://example.com/hooks?data.id=1";
        let fixed = ["--scheme", sender.name(), "--url", url, "--now", "1700000000"];
        let sign = ["sign", "--request", "--target", "/hooks?data.id=1", "--body", body];
        let signed = run(secret.trim(), &[&sign[..], &fixed].concat());
        assert_eq!(signed.status, 0, "{}: {signed:?}", sender.name());
        let file = folder.write("signed.http", signed.out);
        let ran = run(secret.trim(), &[&["verify", &file][..], &fixed].concat());
        assert_eq!(ran.status, 0, "{}: {ran:?}", sender.name());
    }
}

/// The header that GitHub would send.
fn signed(body: &[u8]) -> String {
    let key = Layout::GITHUB.secret(SECRET).expect("a secret");
    let headers = Signature::new(Layout::GITHUB, key).sign("", std::time::SystemTime::now(), body);
    let (name, value) = headers.first().expect("a header");
    format!("{name}: {value}")
}

fn headers(vector: &Value) -> Vec<(String, String)> {
    serde_json::from_value(vector["headers"].clone()).expect("headers")
}

/// The vectors' short form of a layout, as configuration has it.
fn own(short: &Value) -> Value {
    let mut layout = json!({ "source": { "header": short["header"] }, "content": ["body"] });
    for member in ["hash", "encoding", "key"] {
        if let Some(value) = short.get(member) {
            layout[member] = value.clone();
        }
    }
    layout
}

fn vectors() -> Vec<Value> {
    let text = include_str!("../../../receiver-core/tests/vectors/catalog.json");
    let vectors: Vec<Value> = serde_json::from_str(text).expect("vectors");
    assert!(vectors.len() > 20);
    vectors
}

const SECRET: &str = "correct-horse-6b1f";

/// Nobody has to say path and query twice.
#[test]
fn without_a_target_it_is_that_of_the_url() {
    let url = "https://example.com/hooks?a=1";
    let sign = ["sign", "--scheme", "twilio", "--url", url, "--target", "/hooks?a=1"];
    let header = run("secret", &sign).out;
    let verify = ["verify", "--scheme", "twilio", "--url", url, "--header", header.trim()];
    assert_eq!(run("secret", &verify).status, 0);
    let other = run("secret", &[&verify[..], &["--target", "/hooks?a=2"]].concat());
    assert_eq!(other.status, 1, "{other:?}");
}
