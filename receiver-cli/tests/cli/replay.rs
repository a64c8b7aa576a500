//! `receiver replay`: which deliveries are sent, and what the exit status says.

use crate::program::{Folder, run};
use crate::service::{OK, Service};

#[test]
fn deliveries_are_sent_in_their_order_or_only_one() {
    let folder = Folder::new();
    let line = |number: u32| {
        format!(
            r#"{{"receiver_record":1,"method":"PUT","target":"/{number}","headers":[],"body":"e30="}}"#
        )
    };
    let file = folder.write("three.jsonl", [line(1), line(2), line(3)].join("\n"));
    let service = Service::answering(OK);
    let ran = run("", &["replay", &file, &service.url()]);
    assert_eq!(ran.status, 0, "{ran:?}");
    assert_eq!(ran.out, "200  1  PUT /1\n200  2  PUT /2\n200  3  PUT /3\n");
    for number in 1..=3 {
        let (head, body) = service.request();
        assert_eq!(head[0], format!("PUT /{number} HTTP/1.1").as_bytes());
        assert_eq!(body, b"{}");
    }
    let ran = run("", &["replay", &file, &service.url(), "--entry", "2"]);
    assert_eq!(ran.out, "200  2  PUT /2\n");
}

#[test]
fn a_get_without_a_body_is_sent_without_one() {
    let folder = Folder::new();
    let file = folder.write("get.http", "GET /a?b=c HTTP/1.1\nX-A: 1\n\n");
    let service = Service::answering(OK);
    assert_eq!(run("", &["replay", &file, &service.url()]).status, 0);
    let (head, body) = service.request();
    assert_eq!((head[0].as_slice(), body), (b"GET /a?b=c HTTP/1.1".as_slice(), Vec::new()));
    assert_eq!(head.len(), 3, "{head:?}");
}

#[test]
fn what_is_answered_is_the_exit_status_and_no_redirect_is_followed() {
    let folder = Folder::new();
    let file = folder.write("one.http", "POST /a HTTP/1.1\n\n{}");
    let moved = Service::answering(
        "HTTP/1.1 307 Moved\r\nlocation: /b\r\ncontent-length: 0\r\nconnection: close\r\n\r\n",
    );
    let ran = run("", &["replay", &file, &moved.url()]);
    assert_eq!((ran.status, ran.out.as_str()), (1, "307  1  POST /a\n"), "{ran:?}");
    let ran = run("", &["replay", &file, "http://127.0.0.1:1"]);
    assert!(ran.status == 1 && ran.out.starts_with("---  1  POST /a: "), "{ran:?}");
}

/// A recording may be somebody else's: it cannot choose who is sent the credentials in it.
#[test]
fn a_target_cannot_name_another_host() {
    let folder = Folder::new();
    let other = Service::answering(OK);
    let authority = other.url().replace("http://", "@");
    for target in [format!("{authority}/a"), "a".to_owned(), "*".to_owned(), String::new()] {
        let record = format!(
            r#"{{"receiver_record":1,"method":"POST","target":"{target}","headers":[],"body":""}}"#
        );
        let file = folder.write("one.jsonl", record);
        let ran = run("", &["replay", &file, "http://127.0.0.1:1"]);
        assert_eq!(ran.status, 1, "{ran:?}");
        assert!(ran.out.contains("a target that cannot be sent"), "{target}: {ran:?}");
    }
}
