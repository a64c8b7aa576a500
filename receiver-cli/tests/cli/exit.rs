//! Exit statuses that scripts can use, and errors that say what to do.

use std::process::Stdio;

use crate::program::{Folder, command, run, run_with};

#[test]
fn each_failure_has_status_2_and_says_what_to_do() {
    let folder = Folder::new();
    let good = folder.write("good.http", "POST / HTTP/1.1\nx-a: 1\n\n{}");
    let bad = folder.write("bad.json", r#"{"schemes": {"a": {"sorce": 1}}}"#);
    let typo = folder.write("typo.json", r#"{"schemes": {}, "secrets": {}}"#);
    let missing = folder.path("missing");
    let check = |arguments: &[&str], part: &str| {
        let ran = run("secret", arguments);
        assert_eq!((ran.status, ran.out.as_str()), (2, ""), "{arguments:?}: {ran:?}");
        assert!(ran.err.contains(part), "{arguments:?}: {ran:?}");
    };
    check(&["verify", &good], "--scheme <NAME>");
    check(&["verify", "--scheme", "githb", &good], "did you mean github");
    check(&["verify", "--scheme", "paypal", &good], "PayPal cannot be verified here");
    check(&["verify", "--scheme", "twilio", &good], "say which with --url");
    check(&["verify", "--scheme", "twilio", "--url", "x", &good], "--url: the public URL");
    check(&["verify", "--scheme", "github"], "give a FILE");
    check(&["verify", "--scheme", "github", &missing], "No such file");
    check(&["verify", "--scheme", "github", &good, "--body", "a"], "cannot be used with");
    check(&["verify", "--scheme", "github", "--header", "a"], "NAME: VALUE");
    check(&["verify", "--scheme", "github", "--now", "x", &good], "seconds since 1970");
    check(&["verify", "--scheme", "github", "--secret", "", &good], "the secret is empty");
    check(&["verify", "--scheme", "github", "--secret-env", "NONE", &good], "NONE is not set");
    check(&["verify", "--scheme", "github", "--secret-file", &missing, &good], "No such file");
    check(&["verify", "--scheme", "onfleet", &good], "RECEIVER_SECRET cannot be used");
    check(&["verify", "--scheme", "a", "--config", &bad, &good], "unknown field `sorce`");
    check(&["verify", "--scheme", "a", "--config", &typo, &good], "unknown field `secrets`");
    check(&["sign", "--scheme", "twilio-json", "--url", "https://a.b/"], "--request");
    check(&["secret", "--bytes", "16"], "24..=64");
    check(&["sign", "--scheme", "github", "--method", "POST /\r\nx:"], "--method is no method");
    check(&["sign", "--scheme", "github", "--target", "/\r\nx: y"], "--target is no path");
    check(&["sign", "--scheme", "github", "--target", "/a b"], "--target is no path");
    check(&["sign", "--scheme", "slack", "--target", "a"], "--target is no path");
    let svix = ["sign", "--scheme", "svix", "--secret", "whsec_YW5vdGhlciBrZXkgb2YgYSB0ZXN0"];
    check(&[&svix[..], &["--id", "a\r\nx: y"]].concat(), "the id cannot stand in a header");
    check(&["listen", "--forward", "example.com"], "http:// or https://");
    check(&["listen", "--forward", "http://127.0.0.1/?a=b"], "no query");
    check(&["listen", "--address", "127.0.0.1:0", "--public-url", "example.com"], "--public-url");
    check(&["listen", "--address", "0.0.0.0"], "invalid socket address");
    check(&["replay", &missing, "http://127.0.0.1:1"], "No such file");
    check(&["replay", &good, "ftp://127.0.0.1:1"], "http:// or https://");
    check(&["replay", &good, "http://127.0.0.1:1", "--entry", "2"], "the file has 1");
    check(
        &["replay", &good, "http://127.0.0.1:1", "--timeout", "18446744073709551615"],
        "1..=3600",
    );
    check(&["replay", &good, "http://u:p@127.0.0.1:1"], "no user name and no password");
    check(&["verify", "--scheme", "github", "\u{1b}[2J"], r"\u{1b}[2J: No such file");
    let half = folder.write("half.jsonl", format!("{RECORD}\n{{broken"));
    check(&["replay", &half, "http://127.0.0.1:1"], "line 2 of the recording");
    check(&["man", "brew"], "no command \"brew\"");
    check(&["completions", "tcsh"], "possible values");
}

#[test]
fn without_any_secret_it_is_told_how_to_give_one() {
    let arguments = ["verify", "--scheme", "github", "--body", "a"];
    let ran = run_with(&mut command(&arguments), b"");
    assert_eq!(ran.status, 2);
    assert!(ran.err.contains("set RECEIVER_SECRET"), "{ran:?}");
}

#[test]
fn a_secret_is_read_from_standard_input_and_nothing_else_is() {
    let signature = "x-hub-signature-256: \
                     sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
    let fixed = ["verify", "--scheme", "github", "--secret", "-", "--header", signature, "--body"];
    let verify = |body, input: &str| {
        run_with(&mut command(&[&fixed[..], &[body]].concat()), input.as_bytes())
    };
    assert_eq!(verify("Hello, World!", "It's a Secret to Everybody\n").status, 0);
    assert_eq!(verify("Hello, World!", "It's a Secret to Everybody \n").status, 1);
    assert_eq!(verify("Hello, World!", "").status, 2);
    let ran = verify("@-", "It's a Secret to Everybody\nHello, World!");
    assert_eq!(ran.status, 2);
    assert!(ran.err.contains("cannot both be read from standard input"), "{ran:?}");
    let sign = ["sign", "--scheme", "github", "--secret", "-", "--body", "@-"];
    let ran = run_with(&mut command(&sign), b"a\nb");
    assert_eq!(ran.status, 2);
    assert!(ran.err.contains("cannot both be read from standard input"), "{ran:?}");
}

/// As with `| head`.
#[test]
fn a_reader_that_has_gone_changes_no_status_and_is_no_error() {
    let check = |arguments: &[&str], status| {
        let mut child = command(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it starts");
        drop(child.stdout.take());
        let ended = child.wait_with_output().expect("it ends");
        let said = String::from_utf8_lossy(&ended.stderr);
        assert_eq!((ended.status.code(), &*said), (Some(status), ""), "{arguments:?}");
    };
    check(&["list", "schemes", "--json"], 0);
    check(&["completions", "bash"], 0);
    check(&["verify", "--scheme", "github", "--secret", "a", "--body", "a"], 1);
}

#[test]
fn colour_is_for_terminals_and_never_with_no_color() {
    let arguments = ["verify", "--scheme", "github", "--secret", "a", "--body", "a"];
    let out = |environment: &[(&str, &str)]| {
        run_with(command(&arguments).envs(environment.iter().copied()), b"").out
    };
    assert!(!out(&[]).contains('\u{1b}'));
    assert!(out(&[("CLICOLOR_FORCE", "1")]).contains("\u{1b}[31m"));
    assert!(!out(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]).contains('\u{1b}'));
}

#[test]
fn every_list_is_a_table_and_json() {
    for what in ["senders", "schemes", "samples", "kinds"] {
        let table = run("", &["list", what]).out;
        let json = run("", &["list", what, "--json"]).out;
        let json: Vec<serde_json::Value> = serde_json::from_str(&json).expect("an array");
        assert_eq!(table.lines().count(), json.len() + 1, "{what}");
        assert!(json.len() > 5, "{what}");
        for (line, object) in table.lines().skip(1).zip(&json) {
            let first = object.as_object().expect("an object");
            let cells = first.values().filter_map(serde_json::Value::as_str);
            for cell in cells {
                assert!(line.contains(cell), "{what}: {line}: {cell}");
            }
        }
    }
}

#[test]
fn completions_and_manual_pages_name_the_commands() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let ran = run("", &["completions", shell]);
        assert!(ran.status == 0 && ran.out.contains("replay"), "{shell}: {ran:?}");
    }
    let page = run("", &["man"]).out;
    assert!(page.contains(".TH receiver 1") && page.contains("verify"), "{page}");
    let page = run("", &["man", "verify"]).out;
    assert!(page.contains("secret\\-env") && page.contains("Exit status"), "{page}");
}

const RECORD: &str =
    r#"{"receiver_record":1,"method":"PUT","target":"/","headers":[],"body":"e30="}"#;
