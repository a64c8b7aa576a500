//! Messages of Standard Webhooks under another scheme than a signature.

use receiver_core::scheme::Bearer;
use receiver_core::standard_webhooks::Message;
use receiver_core::{Cause, ParseError, Receiver, Request, Secret};

use super::TOKEN;

#[test]
fn an_id_is_the_key_under_the_name_that_the_endpoint_has() {
    let key = |sender: &str, id: &'static str| {
        let received = receive(sender, &[id.as_bytes()]).expect("a message");
        received.key().expect("a key").to_string()
    };
    assert_eq!(key("erp", "msg_1"), key("erp", "msg_1"));
    assert_ne!(key("erp", "msg_1"), key("erp", "msg_2"));
    assert_ne!(key("erp", "msg_1"), key("shop", "msg_1"));
    assert!(key("erp", "msg_1").starts_with("erp:"));
    let longest = receive("erp", &[&[b'x'; 256]]).expect("a message");
    assert_eq!(longest.event.id().len(), 256);
}

/// All of them would have one key, or one that no log and no database shows right.
#[test]
fn a_message_without_a_usable_id_is_refused() {
    let wrong: [&[&[u8]]; 8] = [
        &[],
        &[b""],
        &[b"msg_1", b"msg_1"],
        &[b"msg 1"],
        &[b"msg\x001"],
        &[b"msg_\xff"],
        &["msg_é".as_bytes()],
        &[&[b'x'; 257]],
    ];
    for ids in wrong {
        let rejection = receive("erp", ids).expect_err("no message");
        let Cause::Parse(ParseError::Shape(shape)) = rejection.cause() else {
            panic!("{ids:?}: {rejection}")
        };
        assert_eq!((shape.member(), rejection.status().as_u16()), ("webhook-id", 422), "{ids:?}");
    }
}

type Received = receiver_core::Received<Message>;

fn receive(sender: &str, ids: &[&[u8]]) -> Result<Received, receiver_core::Rejection> {
    let scheme = Bearer::new(Secret::new(TOKEN).expect("a secret")).expect("a token");
    let receiver = Receiver::<Message>::new(scheme).with_sender(sender);
    let bearer = format!("Bearer {TOKEN}");
    let mut headers = vec![("authorization", bearer.as_bytes()), ("content-type", b"text/json")];
    headers.extend(ids.iter().map(|id| ("webhook-id", *id)));
    receiver.receive(&Request::new("POST", "/", &headers).with_body("{}"), std::time::UNIX_EPOCH)
}
