//! One signature fits one reading of the signed content.

use receiver_core::scheme::catalog;
use receiver_core::{AuthError, Request, Scheme};

use crate::message::{Message, NOW, at, scheme};
use crate::refusals::SEED;

#[test]
fn an_id_cannot_take_up_a_part_of_its_neighbours() {
    for (name, id) in [
        ("standard-webhooks", ""),
        ("standard-webhooks", "a.b"),
        ("sinch", "a.b"),
        ("twitch", "a}"),
        ("framer", "}1"),
        ("configcat", "a b"),
        ("plivo-v2", "a?b"),
        ("mercado-pago", "1;ts:2"),
    ] {
        let sender = catalog::find(name).expect("a row");
        let scheme = scheme(sender, SEED);
        let message = Message::signed(sender, &scheme, id, b"{}", at(NOW));
        assert_eq!(message.judged_by(&scheme), Err("malformed_credential"), "{name}");
    }
}

/// The same signed bytes, cut in another place.
#[test]
fn a_content_cannot_be_cut_in_another_place() {
    let recut = |name: &str, whole: &[u8], left: &[u8], move_into: &dyn Fn(&str) -> String| {
        let sender = catalog::find(name).expect("a row");
        let scheme = scheme(sender, SEED);
        let mut message = Message::signed(sender, &scheme, "id-1", whole, at(NOW));
        message.body = left.to_vec();
        let value = &mut message.headers[0].1;
        *value = move_into(value);
        message.judged_by(&scheme)
    };
    let time = recut("webflow", b"2:{}", b"{}", &|time| format!("{time}:2"));
    assert_eq!(time, Err("malformed_credential"));
    let time = recut("klaviyo", b"{}", b"{", &|time| format!("}}{time}"));
    assert_eq!(time, Err("bad_timestamp"));
    let id = recut("framer", b"{}", b"{", &|id| format!("}}{id}"));
    assert_eq!(id, Err("malformed_credential"));

    let sender = catalog::find("mercado-pago").expect("a row");
    let scheme = scheme(sender, SEED);
    let nothing = http::HeaderMap::new();
    let query = Some("data.id=1;request-id:2");
    let draft = Request::new("POST", "/", &nothing).with_query(query);
    let headers = scheme.sign_request(&draft, "3", at(NOW)).expect("signed").headers;
    let verdict = scheme.verify(&Request::new("POST", "/", &headers).with_query(query), at(NOW));
    assert_eq!(verdict.map(drop), Err(AuthError::Malformed));
}

/// What begins as the body may not become the end of the query.
#[test]
fn a_query_beside_a_body_holds_no_piece_of_it() {
    let body = br#"{"a":"{",":1,":2,"b":[3]}"#;
    for name in ["square", "trello", "hubspot-v2", "hubspot-v3"] {
        let sender = catalog::find(name).expect("a row");
        let scheme = scheme(sender, SEED);
        let message = Message::signed(sender, &scheme, "id-1", body, at(NOW));
        assert_eq!(message.judged_by(&scheme), Ok(()), "{name}");
        for place in 1..body.len() {
            let (piece, rest) = std::str::from_utf8(body).expect("text").split_at(place);
            let mut recut = message.clone();
            recut.query = recut.query.map(|query| format!("{query}{piece}"));
            recut.body = rest.as_bytes().to_vec();
            assert!(recut.judged_by(&scheme).is_err(), "{name}, {piece}");
        }
        let mut legal = message.clone();
        let query = "a-._~!$&'()*+,;=:@/?%5B1%5D".to_owned();
        legal.query = Some(query.clone());
        assert_eq!(legal.judged_by(&scheme), Err("signature_mismatch"), "{name}");
        for odd in ["{", "}", "[", "]", "\"", "<", "\\", "|", " ", "\n", "\u{e4}"] {
            legal.query = Some(format!("{query}{odd}"));
            assert_eq!(legal.judged_by(&scheme), Err("malformed_credential"), "{name}, {odd}");
        }
    }
}
