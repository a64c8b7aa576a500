//! What the pages show of the examples is what the examples say.
#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on fails, and says where"
)]

use receiver_tests::answer::Answer;
use receiver_tests::page::Page;
use receiver_tests::server::Server;
use receiver_tests::socket::{Connection, head};

/// The pages that show what an example answers and logs.
const PAGES: [(&str, &str); 4] = [
    ("examples/axum/README.md", "example-axum"),
    ("examples/actix/README.md", "example-actix"),
    ("examples/warp/README.md", "example-warp"),
    ("docs/how-to/watch.md", "example-axum"),
];

#[test]
fn the_output_on_the_pages_is_the_examples() {
    for (path, example) in PAGES {
        let page = Page::read(path);
        let server = Server::start(example, &[("OWN_TOKEN", "correct-horse")]);

        let shown = shown(&fenced(&page, "console").expect("commands"));
        assert!(shown.len() > 1, "{path} shows {shown:?}");
        for (command, expected) in &shown {
            let got = run(&server, command);
            assert_eq!(&got, expected, "{path}: {command}");
        }
        server.terminate();
        let log = server.wait().log;
        let lines = ["text", "json"].map(|kind| fenced(&page, kind).unwrap_or_default());
        assert!(lines.iter().any(|lines| lines.lines().count() > 1), "{path} shows no log");
        for line in lines[0].lines() {
            let known: Vec<_> = line.split(' ').filter(|word| word.contains('=')).collect();
            assert!(known.len() > 6, "{line}");
            let is_logged = |logged: &str| known.iter().all(|field| holds(logged, field));
            assert!(log.lines().any(is_logged), "{path}: {line}\n{log}");
        }
        let logged: Vec<_> = log.lines().map(timeless).collect();
        for line in lines[1].lines() {
            assert!(logged.contains(&timeless(line)), "{path}: {line}\n{log}");
        }
    }
}

/// The page of plain hyper shows the line that the example prints.
#[test]
fn the_line_on_the_page_is_what_hyper_prints() {
    let page = Page::read("examples/hyper/README.md");
    let console = fenced(&page, "console").expect("commands");
    let server = Server::start("example-hyper", &[("SIGNED_SECRET", "whsec_c3ludGhldGljLXRlc3Q=")]);
    let address = server.address().to_string();

    let (signed, unsigned) = console.split_once("$ curl -i ").expect("a line without a signature");
    let shown = shown(&format!("$ curl -i {unsigned}"));
    for (command, expected) in &shown {
        assert_eq!(&run(&server, command), expected, "{command}");
    }
    assert_eq!(shown.len(), 1);
    server.terminate();
    let printed = server.wait().output.replace(&address, "127.0.0.1:3000");
    let line = signed.lines().next().and_then(|line| line.strip_prefix("$ ")).expect("a line");
    let line = line.replace("whsec_...", "$SIGNED_SECRET");
    assert!(printed.lines().any(|printed| printed == line), "{line}\n{printed}");
}

/// The commands in the page, and the answers below them.
fn shown(console: &str) -> Vec<(String, Answer)> {
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

/// A line of the log, without what is another each time.
fn timeless(line: &str) -> serde_json::Value {
    let mut line: serde_json::Value = serde_json::from_str(line).expect("JSON");
    for name in ["timestamp", "elapsed_ms"] {
        let removed = line.as_object_mut().and_then(|line| line.remove(name));
        assert!(removed.is_some() || name != "timestamp", "{line} has no {name}");
    }
    line
}

/// What stands in the page's first block of this kind.
fn fenced(page: &Page, kind: &str) -> Option<String> {
    page.blocks().into_iter().find(|block| block.language == kind).map(|block| block.text)
}
