//! What the examples' pages show is what the examples say.
#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on fails, and says where"
)]

use std::fs;
use std::path::Path;

use receiver_tests::answer::Answer;
use receiver_tests::server::{EXAMPLES, Server};
use receiver_tests::socket::{Connection, head};

#[test]
fn the_output_on_the_examples_pages_is_theirs() {
    for example in EXAMPLES {
        let folder = example.strip_prefix("example-").expect("an example");
        let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples").join(folder);
        let page = fs::read_to_string(page.join("README.md")).expect("a page");
        let server = Server::start(example, &[("OWN_TOKEN", "correct-horse")]);

        let shown = shown(&page);
        assert!(shown.len() > 1, "{example} shows {shown:?}");
        for (command, expected) in &shown {
            let got = run(&server, command);
            assert_eq!(&got, expected, "{example}: {command}");
        }
        server.terminate();
        let log = server.wait().log;
        for line in fenced(&page, "text").lines() {
            let known: Vec<_> = line.split(' ').filter(|word| word.contains('=')).collect();
            assert!(known.len() > 6, "{line}");
            let is_logged = |logged: &str| known.iter().all(|field| holds(logged, field));
            assert!(log.lines().any(is_logged), "{example}: {line}\n{log}");
        }
    }
}

/// The commands in the page, and the answers below them.
fn shown(page: &str) -> Vec<(String, Answer)> {
    let console = fenced(page, "console");
    let shown = console.split("$ curl -i ").skip(1).map(|block| {
        let (command, answer) = block.split_once('\n').expect("a command");
        let (head, body) = answer.split_once("\n\n").expect("an answer with a body");
        let mut lines = head.lines();
        let status = lines.next().and_then(|line| line.split(' ').nth(1)?.parse().ok());
        let headers = lines.filter_map(|line| line.split_once(": "));
        let body = body.trim_end().to_owned().into();
        (command.to_owned(), Answer::new(status.expect("a status"), headers, body))
    });
    shown.collect()
}

/// Does what curl does with `URL -H 'name: value' -d 'body'`.
fn run(server: &Server, command: &str) -> Answer {
    let (url, options) = command.split_once(' ').expect("a URL");
    let target = url.strip_prefix("http://127.0.0.1:3000").expect("the example's own address");
    let (mut headers, mut body) = (Vec::new(), "");
    for option in options.split(" -").map(|option| option.trim_start_matches('-')) {
        match option.split_once(" '").map(|(name, value)| (name, value.trim_end_matches('\''))) {
            Some(("H", header)) => headers.push(header.split_once(": ").expect("a header")),
            Some(("d", text)) => body = text,
            other => panic!("{other:?} in {command}"),
        }
    }
    let length = body.len().to_string();
    headers.push(("content-length", &length));
    let headers: Vec<_> = headers.iter().map(|(name, value)| (*name, value.as_bytes())).collect();
    Connection::to(server.address()).write(head("POST", target, &headers)).write(body).answer()
}

/// The example writes its log as JSON where it is not a terminal, and the page shows it as text.
fn holds(json: &str, field: &str) -> bool {
    let (name, value) = field.split_once('=').expect("a field");
    let line: serde_json::Value = serde_json::from_str(json).unwrap_or_default();
    let logged = line.get(name).map(|value| match value.as_str() {
        Some(text) => text.to_owned(),
        None => value.to_string(),
    });
    logged.as_deref() == Some(value.trim_matches('"')) || name == "elapsed_ms"
}

/// What stands in the page's block of this kind.
fn fenced<'p>(page: &'p str, kind: &str) -> &'p str {
    let (_, rest) = page.split_once(&format!("```{kind}\n")).expect("a block");
    rest.split_once("```").expect("the block's end").0
}
