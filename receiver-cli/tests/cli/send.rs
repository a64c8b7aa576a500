//! `receiver send`: what it sends is what `receiver listen` and any other service receive.

use std::io::Write as _;
use std::net::TcpListener;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use receiver_core::samples;
use receiver_core::scheme::{KeyForm, Strength, catalog};
use receiver_core::testing::{Fault, ways};
use serde_json::Value;

use crate::listen::Listening;
use crate::program::{Folder, Ran, command, run, run_with};
use crate::service::{OK, Service};

#[test]
fn every_sample_of_every_sender_is_heard_as_what_it_is() {
    let mut listening = Listening::start(&[], &[]);
    let kinds = run("", &["list", "kinds"]).out;
    for sample in samples::all() {
        let sender = sample.sender.replace('_', "-");
        let url = url(&listening, &sender);
        let secret = listening.secret(form(&sender));
        let ran = run(&secret, &["send", &sender, &url, "--kind", sample.name]);
        assert_eq!(ran.status, 0, "{}: {ran:?}", sample.name);
        assert!(ran.out.starts_with("200 OK  ") && ran.out.contains("accepted"), "{ran:?}");
        let line = listening.line();
        let kind = line["kind"].as_str().expect("a kind");
        assert_eq!((&line["valid"], &line["sender"]), (&true.into(), &sender.as_str().into()));
        assert!(kinds.lines().any(|row| row.ends_with(kind)), "{line}");
        // A kind names a sample too.
        let ran = run(&secret, &["send", &sender, &url, "--kind", kind]);
        assert_eq!((ran.status, listening.line()["kind"].as_str()), (0, Some(kind)), "{ran:?}");
    }
}

#[test]
fn every_way_of_a_sender_is_heard() {
    let mut listening = Listening::start(&[], &[]);
    let token = listening.secret(KeyForm::Text);
    for (sender, names) in [
        ("cmmshere", &["bearer", "authorization", "query"][..]),
        ("monuv", &["bearer", "authorization", "token", "query"]),
        ("rabbot", &["authorization", "bearer", "query"]),
        ("sintegre", &["basic", "authorization"]),
        ("voalle", &["pair", "bearer", "authorization", "x-api-key", "token"]),
    ] {
        assert_eq!(ways(sender).len(), names.len(), "{sender}");
        for name in names {
            let ran = run(&token, &["send", sender, &url(&listening, sender), "--way", name]);
            assert_eq!(ran.status, 0, "{sender} {name}: {ran:?}");
            assert_eq!(listening.line()["valid"], true, "{sender} {name}");
        }
    }
}

#[test]
fn every_scheme_of_the_catalogue_is_heard() {
    let mut listening = Listening::start(&[], &[]);
    for sender in catalog::senders() {
        let name = sender.name();
        let url = format!("{}?data.id=1", url(&listening, name));
        let secret = listening.secret(sender.layout().key_form());
        let ran = run(&secret, &["send", name, &url]);
        assert_eq!((ran.status, &listening.line()["valid"]), (0, &true.into()), "{name}: {ran:?}");
    }
}

#[test]
fn each_fault_is_answered_as_is_documented() {
    let mut listening = Listening::start(&[], &[]);
    for sender in ["cmmshere", "standard-webhooks", "sintegre", "voalle", "rabbot", "stripe"] {
        let secret = listening.secret(form(sender));
        let is_signed = catalog::find(sender).is_some();
        let strength = if is_signed { Strength::Body } else { Strength::SharedToken };
        for fault in Fault::ALL {
            let url = url(&listening, sender);
            let ran = run(&secret, &["send", sender, &url, "--fault", fault.as_str()]);
            let has_time = matches!(fault, Fault::StaleTimestamp | Fault::FutureTimestamp);
            if has_time && !is_signed {
                assert_eq!((ran.status, ran.out.as_str()), (2, ""), "{sender} {fault}: {ran:?}");
                continue;
            }
            // Of a scheme without a sender, `listen` takes any content that is signed.
            let is_any = sender == "stripe" && fault == Fault::WrongContentType;
            let documented = fault.status(strength).as_u16();
            let (verdict, status) =
                if is_any { ("not as documented", 200) } else { ("as documented", documented) };
            assert_eq!(ran.status == 1, is_any, "{sender} {fault}: {ran:?}");
            let said = format!("{verdict}: {fault} is answered {documented}");
            assert!(ran.out.lines().any(|line| line == said), "{ran:?}");
            let times = if matches!(fault, Fault::Duplicate | Fault::Reordered) { 2 } else { 1 };
            for _ in 0..times {
                assert_eq!(listening.line()["status"], status, "{sender} {fault}");
            }
        }
    }
}

#[test]
fn a_slow_body_is_waited_for_as_long_as_is_documented() {
    let mut listening = Listening::start(&[], &[]);
    let token = listening.secret(KeyForm::Text);
    let url = url(&listening, "cmmshere");
    let ran = run(&token, &["send", "cmmshere", &url, "--fault", "slow"]);
    assert_eq!((ran.status, &listening.line()["status"]), (0, &408.into()), "{ran:?}");
    // Slow, and yet in time: it is not what is documented.
    let ran = run(&token, &["send", "cmmshere", &url, "--fault", "slow", "--timeout", "2"]);
    assert_eq!((ran.status, &listening.line()["status"]), (1, &200.into()), "{ran:?}");
    assert!(ran.out.contains("not as documented: slow is answered 408"), "{ran:?}");
}

#[test]
fn a_duplicate_is_the_same_to_the_last_byte_and_another_order_is_one() {
    let folder = Folder::new();
    let record = folder.path("recorded.jsonl");
    let mut listening = Listening::start(&["--record", &record], &[]);
    let whsec = listening.secret(KeyForm::Whsec);
    let url_of = |sender| url(&listening, sender);
    let (signed, plain) = (url_of("standard-webhooks"), url_of("cmmshere"));
    let ran = run(&whsec, &["send", "standard-webhooks", &signed, "--fault", "duplicate"]);
    assert_eq!(ran.status, 0, "{ran:?}");
    assert_eq!(listening.line()["key"], listening.line()["key"]);
    let recorded = std::fs::read_to_string(&record).expect("a recording");
    let sent: Vec<Value> =
        recorded.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!((&sent[0]["headers"], &sent[0]["body"]), (&sent[1]["headers"], &sent[1]["body"]));

    let kinds = ["--kind", "sol.created", "--kind", "ot.created", "--fault", "reordered"];
    let token = listening.secret(KeyForm::Text);
    let ran = run(&token, &[&["send", "cmmshere", &plain], &kinds[..]].concat());
    assert_eq!(ran.status, 0, "{ran:?}");
    let heard = [listening.line(), listening.line()].map(|line| line["kind"].clone());
    assert_eq!(heard, ["ot.created", "sol.created"]);
}

#[test]
fn many_are_sent_at_a_rate_and_summed_up() {
    let mut listening = Listening::start(&[], &[]);
    let whsec = listening.secret(KeyForm::Whsec);
    let url = url(&listening, "standard-webhooks");
    let arguments = ["send", "standard-webhooks", &url, "--count", "21", "--rate", "20"];
    let ran = run(&whsec, &[&arguments[..], &["--concurrency", "4", "--json"]].concat());
    assert_eq!((ran.status, ran.err.as_str()), (0, ""), "{ran:?}");
    let summary: Value = serde_json::from_str(&ran.out).expect("JSON");
    assert_eq!(summary["statuses"], serde_json::json!({"200": 21}));
    assert!(summary["seconds"].as_f64().is_some_and(|it| (1.0..20.0).contains(&it)), "{summary}");
    assert!(summary["p50_ms"].as_f64() <= summary["p99_ms"].as_f64(), "{summary}");
    let keys: std::collections::BTreeSet<_> =
        (0..21).map(|_| listening.line()["event_key"].to_string()).collect();
    assert_eq!(keys.len(), 21, "each has its own id");

    let ran = run("whsec_YW5vdGhlciBrZXkgb2YgYSB0ZXN0", &arguments);
    assert_eq!(ran.status, 1, "{ran:?}");
    assert!(ran.out.starts_with("401  21\np50 "), "{ran:?}");
    let ran = run("a", &["send", "github", "http://127.0.0.1:1", "--count", "3"]);
    assert!(ran.status == 1 && ran.out.starts_with("---  3: "), "{ran:?}");
}

#[test]
fn what_is_sent_can_be_changed_and_is_signed_after_that() {
    let mut listening = Listening::start(&[], &[]);
    let (whsec, token) = (listening.secret(KeyForm::Whsec), listening.secret(KeyForm::Text));
    let signed = url(&listening, "standard-webhooks");
    let set = ["send", "standard-webhooks", &signed, "--set", "type=order.shipped"];
    assert_eq!(run(&whsec, &set).status, 0);
    let line = listening.line();
    assert_eq!((&line["valid"], &line["kind"]), (&true.into(), &"order.shipped".into()));

    let github = url(&listening, "github");
    let data = ["send", "github", &github, "--data", "-", "--header", "X-GitHub-Event: push"];
    let ran = run_with(command(&data).env("RECEIVER_SECRET", &token), b"{}");
    assert_eq!((ran.status, &listening.line()["kind"]), (0, &"push".into()), "{ran:?}");
}

#[test]
fn a_credential_is_what_the_options_or_the_environment_say() {
    let check = |environment: &[(&str, &str)], arguments: &[&str], input: &str, header: &str| {
        let service = Service::answering(OK);
        let url = service.url();
        let all = [&["send"], &arguments[..1], &[&url], &arguments[1..]].concat();
        let ran = run_with(command(&all).envs(environment.iter().copied()), input.as_bytes());
        assert_eq!(ran.status, 0, "{ran:?}");
        let (head, _) = service.request();
        let head = String::from_utf8(head.join(&b"\n"[..])).expect("text");
        assert!(head.lines().any(|line| line == header), "{header}: {head}");
    };
    let both = [("RECEIVER_TOKEN", "t"), ("RECEIVER_PASSWORD", "p"), ("RECEIVER_SECRET", "s")];
    check(&both, &["cmmshere"], "", "authorization: Bearer t");
    check(&both[2..], &["cmmshere"], "", "authorization: Bearer s");
    check(&both, &["cmmshere", "--token", "o"], "", "authorization: Bearer o");
    check(&both, &["cmmshere", "--secret", "-"], "typed\n", "authorization: Bearer typed");
    check(&both, &["voalle", "--token", "-"], "typed\n", "authorization: Bearer typed");
    check(&both, &["voalle"], "", "username: voalle");
    check(&both, &["voalle", "--user", "u"], "", "username: u");
    check(&both, &["voalle"], "", "password: p");
    check(&both, &["sintegre"], "", "authorization: Basic c2ludGVncmU6cA==");
    check(&both, &["sintegre", "--user", "u"], "", "authorization: Basic dTpw");
    check(
        &[("RECEIVER_USER", "u")],
        &["sintegre", "--password", "p"],
        "",
        "authorization: Basic dTpw",
    );
}

#[test]
fn the_printed_curl_sends_the_same() {
    let listening = Listening::start(&[], &[]);
    let folder = Folder::new();
    for (sender, way) in [
        ("cmmshere", "bearer"),
        ("monuv", "query"),
        ("sintegre", "basic"),
        ("voalle", "pair"),
        ("standard-webhooks", "signature"),
        ("stripe", "signature"),
    ] {
        let secret = listening.secret(form(sender));
        let url = url(&listening, sender);
        for (fault, status) in
            [(None, "200"), (Some("repeated-credential"), "401"), (Some("huge-body"), "413")]
        {
            let mut arguments = vec!["send", sender, &url, "--way", way, "--dry-run"];
            arguments.extend(fault.iter().flat_map(|fault| ["--fault", fault]));
            let ran = run(&secret, &arguments);
            assert_eq!(ran.status, 0, "{sender}: {ran:?}");
            assert!(!ran.out.contains(&secret), "{sender}: {}", ran.out);
            // As a file, because it may be longer than an argument can be.
            let script = folder.write("curl.sh", ran.out.replace("curl -i", "curl -si"));
            let mut shell = Command::new("sh");
            // Where the command ran, what it prints runs too.
            shell.arg(&script).env("RECEIVER_SECRET", &secret);
            let answer = run_with(&mut shell, b"").out;
            let last =
                answer.lines().rfind(|line| line.starts_with("HTTP/1.1 ") && !line.contains("100"));
            assert!(last.is_some_and(|line| line.contains(status)), "{sender} {fault:?}: {answer}");
        }
    }
}

#[test]
fn no_secret_is_shown_though_the_service_says_it() {
    let echo = "HTTP/1.1 401 No\r\ncontent-length: 49\r\nconnection: close\r\nwww-authenticate: \
                canary-7c\r\n\r\n{\"a\":\"canary-7c\",\"b\":\"Basic dTpjYW5hcnktN2M=\"}\x1b[2J";
    for arguments in [&[][..], &["--json"], &["--fault", "wrong-secret"], &["--count", "2"]] {
        let service = Service::answering(echo);
        let url = service.url();
        let all = [&["send", "sintegre", &url, "--user", "u"], arguments].concat();
        let Ran { status, out, err } = run("canary-7c", &all);
        assert!(status < 2 && err.is_empty(), "{out} {err}");
        assert!(!out.contains("canary") && !out.contains("dTpj") && !out.contains('\x1b'), "{out}");
    }
}

#[test]
fn what_cannot_be_sent_is_told() {
    let check = |arguments: &[&str], part: &str| {
        let ran = run("secret", &[&["send"], arguments].concat());
        assert_eq!((ran.status, ran.out.as_str()), (2, ""), "{arguments:?}: {ran:?}");
        assert!(ran.err.contains(part), "{arguments:?}: {ran:?}");
    };
    let url = "http://127.0.0.1:1";
    check(&["cmmsher", url], "did you mean cmmshere");
    check(&["github", "ftp://127.0.0.1"], "http:// or https://");
    check(&["github", "http://u:p@127.0.0.1", "--dry-run"], "no user name and no password");
    check(&["cmmshere", url, "--kind", "x"], "but act.updated");
    check(&["github", url, "--header", "Host: a"], "Host is the connection's");
    check(&["github", url, "--header", "content-length: 9"], "content-length is the connection's");
    check(&["github", url, "--header", "X: a\r\nY: b"], "none of HTTP's");
    check(&["github", url, "--fault", "reordered", "--count", "4000000000"], "1000 or less");
    check(&["cmmshere", url, "--dry-run", "--secret-env", "A`id`"], "no variable of that name");
    check(&["github", url, "--kind", "x"], "--data");
    check(&["github", url, "--set", "x"], "MEMBER=VALUE");
    check(&["github", url, "--set", "type.x=1"], "type.x cannot be set");
    check(&["rabbot", url, "--kind", "status.form", "--set", "a=1"], "--set is for JSON");
    check(&["github", url, "--token", "x"], "proves itself by: signature");
    check(&["cmmshere", url, "--way", "pair"], "bearer, authorization, query");
    check(&["cmmshere", url, "--password", "x"], "bearer, authorization, query");
    check(&["cmmshere", url, "--token", "x", "--secret", "y"], "cannot be used with");
    check(&["cmmshere", url, "--token", "a\nb"], "cannot be sent");
    check(&["github", url, "--secret", "-", "--data", "-"], "standard input");
    check(&["cmmshere", url, "--fault", "stale-timestamp"], "nothing here can be stale-timestamp");
    check(&["cmmshere", url, "--fault", "late"], "possible values");
    check(&["cmmshere", "https://127.0.0.1:1", "--fault", "slow"], "http:// only");
    check(&["cmmshere", url, "--fault", "slow", "--dry-run"], "no curl");
    check(&["monuv", url, "--kind", "panic_button.query", "--fault", "slow"], "no body");
    check(&["cmmshere", url, "--fault", "reordered", "--count", "1"], "2 or more");
    check(&["cmmshere", url, "--fault", "reordered", "--concurrency", "2"], "no order");
    check(&["cmmshere", url, "--rate", "0"], "0 is not in");
}

fn url(listening: &Listening, sender: &str) -> String {
    format!("http://{}/webhooks/{sender}", listening.address)
}

/// The form of the sender's secret.
fn form(sender: &str) -> KeyForm {
    catalog::find(sender).map_or(KeyForm::Text, |row| row.layout().key_form())
}

/// As a query, a JSON text and a form have them.
#[test]
fn a_secret_is_hidden_however_it_is_spelled() {
    let echo = "HTTP/1.1 401 No\r\ncontent-length: 63\r\nconnection: close\r\nlocation: \
                /?token=ca%2Fna+ry%22\r\n\r\n[\"ca/na ry\\\"\",\"ca\\/na ry\\\"\"] ca%2Fna+ry%22 \
                ca%2Fna%20ry%22 done";
    let service = Service::answering(echo);
    let Ran { out, .. } = run("ca/na ry\"", &["send", "cmmshere", &service.url()]);
    assert!(out.contains("location: /?token=***\n"), "{out}");
    assert!(!out.contains("na ry") && !out.contains("%2F") && out.contains("[\"***\""), "{out}");
}

#[test]
fn an_answer_that_does_not_end_is_not_waited_for() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("a client");
        let _ = stream.write_all(b"HTTP/1.1 413 No\r\n\r\n");
        // For longer than is waited for, and no longer than until the client has gone.
        for _ in 0..300 {
            thread::sleep(Duration::from_millis(100));
            if stream.write_all(b"a").is_err() {
                return;
            }
        }
    });
    let start = Instant::now();
    let huge = ["send", "github", &url, "--fault", "huge-body", "--timeout", "2"];
    let ran = run("a", &huge);
    assert!(start.elapsed() < Duration::from_secs(15), "{ran:?}");
    assert!(ran.out.starts_with("413 "), "{ran:?}");
}

/// What a shell, or curl itself, would take for something else.
#[test]
fn the_printed_curl_says_what_curl_would_not_guess() {
    let dry = ["send", "github", "http://127.0.0.1:1/a[1-2]", "--dry-run", "--header", "X-A:"];
    let ran = run("a", &dry);
    assert!(ran.out.starts_with("curl -i -X POST -g 'http://127.0.0.1:1/a[1-2]' "), "{ran:?}");
    assert!(ran.out.contains(" -H 'x-a;' "), "{ran:?}");
}
