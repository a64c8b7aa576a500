//! A sender's event is an object: JSON of any other kind is refused, whatever it holds.
#![expect(clippy::expect_used, reason = "a test that cannot go on fails, and says where")]

use std::time::UNIX_EPOCH;

use receiver_core::{Event, Receiver, Request, Secret, cmmshere, sintegre};

#[test]
fn what_is_no_object_is_no_product() {
    let receiver = sintegre::token(secret()).expect("a token");
    for body in [
        "null",
        "17",
        r#""text""#,
        "true",
        "[]",
        "[{}]",
        // The members' values in the order in which the type declares them.
        r#"["nome","processo","macro","15/01/2026","2026-01-15","2026-01-15","https://x.invalid/"]"#,
        r#"["nome","processo","macro","15/01/2026","2026-01-15",null,"https://x.invalid/"]"#,
    ] {
        check(&receiver, body);
    }
}

#[test]
fn what_is_no_object_is_no_event_of_cmmshere() {
    let receiver = cmmshere::token(secret()).expect("a token");
    for body in [
        "null",
        "17",
        r#""text""#,
        "true",
        "[]",
        "[{}]",
        r#"["2026-01-15T12:30:00Z","con.created",{}]"#,
        r#"["2026-01-15T12:30:00Z","sol.created",{"object":{"id":"sol_1"}}]"#,
        r#"{"created":"2026-01-15T12:30:00Z","type":"sol.created","data":[{"id":"sol_1"}]}"#,
        r#"{"created":"2026-01-15T12:30:00Z","type":"sol.created","data":{"object":["sol_1"]}}"#,
    ] {
        check(&receiver, body);
    }
}

#[track_caller]
fn check<E: Event>(receiver: &Receiver<E>, body: &str) {
    let headers = vec![("authorization", "correct-horse-6b1f")];
    let request = Request::new("POST", "/", &headers).with_body(body);
    let status =
        receiver.receive(&request, UNIX_EPOCH).map(drop).map_err(|it| it.status().as_u16());
    assert_eq!(status, Err(422), "{body}");
}

fn secret() -> Secret {
    Secret::new("correct-horse-6b1f").expect("a secret")
}
