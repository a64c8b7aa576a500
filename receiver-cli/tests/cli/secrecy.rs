//! No secret is printed, whatever goes wrong, and nothing of a body.

use crate::program::{Folder, command, run_with};

#[test]
fn no_secret_and_nothing_of_a_request_is_printed() {
    let folder = Folder::new();
    let key = folder.write("key", format!("{CANARY}-file\n"));
    let request = format!(
        "POST /?token={CANARY}-query HTTP/1.1\nx-hub-signature-256: sha256={CANARY}-sig\n\
         authorization: Bearer {CANARY}-auth\n\n{{\"a\":\"{CANARY}-body\"}}"
    );
    let raw = folder.write("raw.http", &request);
    let broken = folder.write("broken.http", request.replace("HTTP/1.1", "HTTP/9"));
    let har = format!(r#"{{"request":{{"method":"POST","url":"/","headers":"{CANARY}-har"}}}}"#);
    let har = folder.write("broken.har", har);
    let line = format!(r#"{{"receiver_record":1,"method":"{CANARY}-record"}}"#);
    let record = folder.write("broken.jsonl", line);
    let secret = format!("{CANARY}-argument");
    let dashed = format!("-{CANARY}-argument");
    let refused = "http://127.0.0.1:1/";
    for (arguments, status) in [
        (vec!["verify", "--scheme", "github", &raw], 1),
        (vec!["verify", "--scheme", "github", "--json", &raw], 1),
        (vec!["verify", "--scheme", "stripe", "--secret", &secret, &raw], 1),
        (vec!["verify", "--scheme", "stripe", "--secret", &dashed, &raw], 1),
        (vec!["verify", "--scheme", "github", "--secret-file", &key, &raw], 1),
        (vec!["verify", "--scheme", "github", "--secret-env", "OTHER", &raw], 1),
        (vec!["verify", "--scheme", "onfleet", &raw], 2),
        (vec!["verify", "--scheme", "onfleet", "--secret", &secret, &raw], 2),
        (vec!["verify", "--scheme", "onfleet", "--secret-file", &key, &raw], 2),
        (vec!["verify", "--scheme", "onfleet", "--secret-env", "OTHER", &raw], 2),
        (vec!["verify", "--scheme", "github", &broken], 2),
        (vec!["verify", "--scheme", "github", &har], 2),
        (vec!["verify", "--scheme", "github", &record], 2),
        (vec!["sign", "--scheme", "github", "--body", "{}"], 0),
        (vec!["sign", "--scheme", "github", "--secret", &secret, "--wrong"], 2),
        (vec!["replay", &raw, refused], 1),
        (vec!["replay", &broken, refused], 2),
    ] {
        let mut command = command(&arguments);
        command.env("RECEIVER_SECRET", format!("{CANARY}-default"));
        command.env("OTHER", format!("{CANARY}-other"));
        let ran = run_with(&mut command, b"");
        assert_eq!(ran.status, status, "{arguments:?}: {ran:?}");
        assert!(!format!("{}{}", ran.out, ran.err).contains(CANARY), "{arguments:?}: {ran:?}");
    }
}

const CANARY: &str = "canary-4f1d";
