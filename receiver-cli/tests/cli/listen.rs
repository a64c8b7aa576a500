//! `receiver listen`: every sender is heard, and what arrives is recorded and sent on as it is.

use std::collections::HashMap;
use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Child, ChildStdout, Stdio};
use std::thread;
use std::time::SystemTime;

use receiver_core::Request;
use receiver_core::samples;
use receiver_core::scheme::{KeyForm, Signature, catalog};
use serde_json::Value;

use crate::program::{Folder, command, run, run_with};
use crate::service::{OK, Service, send};

#[test]
fn every_signature_of_the_catalogue_is_heard() {
    let mut listening = Listening::start(&[], &[]);
    for sender in catalog::senders() {
        let name = sender.name();
        let url = format!("http://{}/webhooks/{name}", listening.address);
        // Braintree signs a field of a form; the others take JSON.
        let body = if name == "braintree" { "bt_payload=e30" } else { "{}" };
        let other = run("", &["secret", "--scheme", name]).out;
        let secrets = [(listening.secret(sender.layout().key_form()), true), (other, false)];
        for (secret, is_valid) in secrets {
            let scheme = sender.signature(secret.trim()).expect("a secret");
            let scheme = scheme.with_public_url(&url).expect("a URL");
            let request = signed(&scheme, &format!("/webhooks/{name}?data.id=1"), body);
            let answer = send(&listening.address, request.as_bytes());
            let line = listening.line();
            assert_eq!(line["sender"], name);
            let seen = (line["valid"].as_bool(), line["status"].as_u64());
            let expected = if is_valid { 200 } else { 401 };
            assert_eq!(seen, (Some(is_valid), Some(expected)), "{name}: {line}");
            assert!(answer.starts_with(&format!("HTTP/1.1 {expected}")), "{name}: {answer}");
        }
    }
}

#[test]
fn every_sample_of_a_sender_is_heard_as_its_kind() {
    let mut listening = Listening::start(&[], &[]);
    let token = listening.secret(KeyForm::Text);
    for sample in samples::all().filter(|sample| sample.sender != "standard_webhooks") {
        let query = sample.query.map(|query| format!("?{query}")).unwrap_or_default();
        let media = sample.content_type.map(|media| format!("content-type: {media}\r\n"));
        let head = format!(
            "{} /webhooks/{}{query} HTTP/1.1\r\nhost: a\r\nauthorization: {token}\r\n{}\
             content-length: {}\r\n\r\n",
            sample.method,
            sample.sender,
            media.unwrap_or_default(),
            sample.body.len()
        );
        let answer = send(&listening.address, &[head.as_bytes(), sample.body].concat());
        let line = listening.line();
        assert_eq!(line["valid"], true, "{}/{}: {line} {answer}", sample.sender, sample.name);
        let kinds = run("", &["list", "kinds"]).out;
        let kind = line["kind"].as_str().expect("a kind");
        assert!(kinds.lines().any(|row| row.ends_with(kind)), "{kind}");
    }
}

#[test]
fn a_secret_of_ones_own_counts_and_the_line_says_what_is_wrong() {
    let environment = [("RECEIVER_SECRET_GITHUB", "correct horse ")];
    let mut listening = Listening::start(&[], &environment);
    let github = catalog::find("github").expect("a row");
    let mut deliver = |secret: &str| {
        let scheme = github.signature(secret).expect("a secret");
        let request = signed(&scheme, "/webhooks/github?token=marker-55d1", r#"{"type":"ping"}"#);
        send(&listening.address, request.as_bytes());
        listening.line()
    };
    let line = deliver("correct horse ");
    assert_eq!(
        (&line["valid"], &line["kind"], &line["key"]),
        (&true.into(), &"ping".into(), &"1".into())
    );
    assert_eq!((&line["reason"], &line["path"]), (&"accepted".into(), &"/webhooks/github".into()));
    let line = deliver("correct horse");
    assert_eq!((&line["valid"], &line["reason"]), (&false.into(), &"signature_mismatch".into()));
    assert!(
        line["why"].to_string().contains("would verify if the secret had no white space"),
        "{line}"
    );

    let printed = listening.stop();
    assert!(printed.contains("set: RECEIVER_SECRET_GITHUB"), "{printed}");
    assert!(!printed.contains("correct horse") && !printed.contains("marker"), "{printed}");
}

#[test]
fn what_is_no_delivery_is_told() {
    let mut listening = Listening::start(&["--body-limit", "10"], &[]);
    let mut check = |request: &str, status: u64, reason: &str| {
        let answer = send(&listening.address, request.as_bytes());
        let line = listening.line();
        assert_eq!((&line["status"], &line["reason"]), (&status.into(), &reason.into()), "{line}");
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{answer}");
    };
    let post = |path: &str, body: &str| {
        let length = body.len();
        format!("POST {path} HTTP/1.1\r\nhost: a\r\ncontent-length: {length}\r\n\r\n{body}")
    };
    check(&post("/webhooks/github", "{}"), 401, "missing_credential");
    check(&post("/webhooks/githb", "{}"), 404, "no_endpoint");
    check(&post("/", "{}"), 404, "no_endpoint");
    check(&post("/webhooks/github", "0123456789a"), 413, "too_large");
    check("DELETE /webhooks/cmmshere HTTP/1.1\r\nhost: a\r\n\r\n", 405, "method");
}

#[test]
fn what_would_come_back_for_ever_is_refused_at_the_start() {
    let free = || std::net::TcpListener::bind("127.0.0.1:0")?.local_addr();
    let port = free().expect("a port").port();
    let address = format!("127.0.0.1:{port}");
    let tunnel = "https://Hooks.example.com:443/in";
    for (address, url) in [
        (address.clone(), format!("http://{address}")),
        (address.clone(), format!("http://localhost:{port}/hooks")),
        (address.clone(), format!("http://0.0.0.0:{port}")),
        (format!("0.0.0.0:{port}"), format!("http://127.0.0.2:{port}")),
        (address.clone(), "https://hooks.example.com".to_owned()),
    ] {
        let arguments = ["listen", "--address", &address, "--public-url", tunnel];
        let mut command = command(&[&arguments[..], &["--forward", &url]].concat());
        // Where it is not refused, it ends all the same.
        let ran = run_with(command.env("RECEIVER_SECRET_GITHUB", ""), b"");
        assert_eq!((ran.status, ran.out.as_str()), (2, ""), "{url}: {ran:?}");
        assert!(ran.err.contains("where this listens itself"), "{url}: {ran:?}");
    }
}

#[test]
fn a_delivery_is_recorded_and_sent_on_byte_for_byte() {
    let folder = Folder::new();
    let (record, service) = (folder.path("recorded.jsonl"), Service::answering(TEAPOT));
    let arguments = ["--record", &record, "--forward", &service.url()];
    let mut listening = Listening::start(&arguments, &[]);
    let answer = send(&listening.address, ODD);

    // What the service says is what the sender is told, but for the headers of the connection.
    assert!(answer.starts_with("HTTP/1.1 418"), "{answer}");
    assert!(
        answer.contains("x-answer: 1\r\nx-answer: 2\r\n") && answer.ends_with("short"),
        "{answer}"
    );
    assert!(!answer.contains("keep-alive"), "{answer}");
    let line = listening.line();
    assert_eq!(
        (&line["valid"], &line["forwarded"]["status"]),
        (&false.into(), &418.into()),
        "{line}"
    );

    let (head, body) = service.request();
    check_odd(&head, &body, "POST /webhooks/github?a=%20b&token=t HTTP/1.1", &service.url());

    // What was recorded is sent again alike.
    let ran = run("", &["replay", &record, &service.url()]);
    assert_eq!((ran.status, &*ran.out), (1, "418  1  POST /webhooks/github\n"), "{ran:?}");
    let (head, body) = service.request();
    check_odd(&head, &body, "POST /webhooks/github?a=%20b&token=t HTTP/1.1", &service.url());
    let other = Service::answering(OK);
    let ran = run("", &["replay", &record, &format!("{}/own/path", other.url())]);
    assert_eq!(ran.status, 0, "{ran:?}");
    let (head, body) = other.request();
    check_odd(&head, &body, "POST /own/path?a=%20b&token=t HTTP/1.1", &other.url());

    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(&record).expect("a file").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}

/// Repeated headers, bytes that are no UTF-8, headers of the connection.
const ODD: &[u8] = b"POST /webhooks/github?a=%20b&token=t HTTP/1.1\r\nHost: sender.example\r\n\
    X-Twice: 1\r\nUser-Agent: GitHub-Hookshot\r\nX-Twice:  2\r\nX-Odd: \xe7\xff\r\nX-Mine: 1\r\n\
    Connection: x-mine, close\r\nTE: trailers\r\nTransfer-Encoding: chunked\r\n\r\n\
    4\r\n\0\xff\r\n\r\n1\r\n!\r\n0\r\n\r\n";

#[track_caller]
fn check_odd(head: &[Vec<u8>], body: &[u8], first: &str, url: &str) {
    assert_eq!(body, b"\0\xff\r\n!");
    assert_eq!(head[0], first.as_bytes());
    let host = format!("host: {}", url.trim_start_matches("http://"));
    let mut expected: Vec<&[u8]> = vec![
        b"content-length: 5",
        host.as_bytes(),
        b"user-agent: GitHub-Hookshot",
        b"x-odd: \xe7\xff",
        b"x-twice: 1",
        b"x-twice: 2",
    ];
    let mut lines: Vec<&[u8]> = head[1..].iter().map(Vec::as_slice).collect();
    assert!(
        lines.iter().position(|line| *line == b"x-twice: 1")
            < lines.iter().position(|line| *line == b"x-twice: 2")
    );
    lines.sort_unstable();
    expected.sort_unstable();
    let text = |lines: &[&[u8]]| {
        lines.iter().map(|line| line.escape_ascii().to_string()).collect::<Vec<_>>()
    };
    assert_eq!(text(&lines), text(&expected));
}

#[test]
fn a_service_that_is_not_there_is_a_502() {
    let mut listening = Listening::start(&["--forward", "http://127.0.0.1:1"], &[]);
    let answer = send(&listening.address, b"POST /webhooks/github HTTP/1.1\r\nhost: a\r\n\r\n");
    assert!(answer.starts_with("HTTP/1.1 502"), "{answer}");
    assert!(listening.line()["forwarded"]["error"].is_string());
}

#[test]
fn who_can_reach_it_is_said() {
    let note = "others on the network can reach this";
    assert!(Listening::start_at("0.0.0.0:0", &[], &[]).printed.contains(note));
    assert!(!Listening::start(&[], &[]).printed.contains(note));
}

/// What a sender would send to this path.
fn signed(scheme: &Signature, target: &str, body: &str) -> String {
    let none: [(&str, &str); 0] = [];
    let draft = Request::new("POST", target, &none).with_body(body);
    let signed = scheme.sign_request(&draft, "msg_1", SystemTime::now()).expect("it is signed");
    let query = signed.query.map(|query| format!("?{query}")).unwrap_or_default();
    let headers = signed.headers.iter().map(|(name, value)| format!("{name}: {value}\r\n"));
    let (headers, path) = (headers.collect::<String>(), draft.path());
    let body = String::from_utf8(signed.body).expect("text");
    let length = body.len();
    format!(
        "POST {path}{query} HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\n{headers}\
         content-length: {length}\r\n\r\n{body}"
    )
}

/// The program while it listens. It is killed when this is dropped.
pub(crate) struct Listening {
    child: Child,
    pub(crate) address: String,
    /// What was made up for the run, by its form.
    secrets: HashMap<String, String>,
    lines: BufReader<ChildStdout>,
    printed: String,
}

impl Listening {
    pub(crate) fn start(arguments: &[&str], environment: &[(&str, &str)]) -> Self {
        Self::start_at("127.0.0.1:0", arguments, environment)
    }

    fn start_at(address: &str, arguments: &[&str], environment: &[(&str, &str)]) -> Self {
        let mut command = command(&[&["listen", "--address", address], arguments].concat());
        command.envs(environment.iter().copied());
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("it starts");
        let lines = BufReader::new(child.stdout.take().expect("its output"));
        let mut said = BufReader::new(child.stderr.take().expect("what it says"));
        let (mut printed, mut secrets) = (String::new(), HashMap::new());
        while !printed.contains("\ntry: ") {
            let mut line = String::new();
            assert!(said.read_line(&mut line).expect("text") > 0, "it ends: {printed}");
            if let [form, secret] = line.split_whitespace().collect::<Vec<_>>()[..] {
                secrets.insert(form.to_owned(), secret.to_owned());
            }
            printed += &line;
        }
        thread::spawn(move || said.read_to_string(&mut String::new()));
        let address = printed.lines().find_map(|line| line.strip_prefix("listening on http://"));
        let address = address.expect("an address").to_owned();
        Self { child, address, secrets, lines, printed }
    }

    pub(crate) fn secret(&self, form: KeyForm) -> String {
        let form = match form {
            KeyForm::Base64 => "base64",
            KeyForm::Whsec => "whsec",
            KeyForm::Hex => "hex",
            _ => "text",
        };
        self.secrets[form].clone()
    }

    /// The next line about a delivery.
    pub(crate) fn line(&mut self) -> Value {
        let mut line = String::new();
        self.lines.read_line(&mut line).expect("a line");
        self.printed += &line;
        serde_json::from_str(&line).expect("JSON")
    }

    /// Ends it as Ctrl-C does, and gives all that it printed.
    fn stop(&mut self) -> String {
        let pid = self.child.id().to_string();
        let told = std::process::Command::new("kill").args(["-INT", &pid]).status();
        assert!(told.expect("kill").success());
        assert_eq!(self.child.wait().expect("it ends").code(), Some(0));
        self.printed.clone()
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

const TEAPOT: &str = "HTTP/1.1 418 I'm a teapot\r\nx-answer: 1\r\nx-answer: 2\r\nkeep-alive: 5\r\n\
                      content-length: 5\r\nconnection: close\r\n\r\nshort";
