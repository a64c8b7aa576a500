//! One signature fits one reading of the signed content.

use std::borrow::Cow;

use http::HeaderName;
use receiver_core::scheme::{Layout, Part, Signature, UrlForm, catalog};
use receiver_core::{AuthError, Request, Scheme, Secret};

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
    let time = recut("lob", b"2.{}", b"{}", &|time| format!("{time}.2"));
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

/// A field's value is as long as its sender likes, so a text between two must end the first.
#[test]
fn a_field_does_not_hold_the_text_that_ends_it() {
    const CONTENT: &[Part] = &[field("amount"), Part::literal("."), field("currency")];
    let scheme =
        Signature::new(Layout::GITHUB.with_content(CONTENT), Secret::new(SEED).expect("a secret"));
    let verify = |body: &str| {
        let nothing: [(&str, &str); 0] = [];
        let draft = Request::new("POST", "/", &nothing).with_body(body);
        let signed = scheme.sign_request(&draft, "", at(NOW)).expect("signed");
        let request = Request::new("POST", "/", &signed.headers).with_body(body);
        scheme.verify(&request, at(NOW)).map(drop)
    };
    assert_eq!(verify("amount=1&currency=USD"), Ok(()));
    assert_eq!(verify("amount=1.0&currency=USD"), Err(AuthError::Malformed));
    assert_eq!(verify("amount=1&amount=2&currency=USD"), Err(AuthError::Repeated));
}

/// Two values side by side, and a query before one: the same signature would fit another cut.
#[test]
fn values_side_by_side_are_refused() {
    const ID: HeaderName = HeaderName::from_static("x-id");
    const URL: Part = Part::Url(UrlForm::Full);
    const TWO_FIELDS: &[Part] = &[field("amount"), field("currency")];
    const URL_ID: &[Part] = &[URL, Part::Id];
    const URL_FIELD: &[Part] = &[URL, field("amount")];
    const FORM_ID: &[Part] = &[Part::Form, Part::Id];
    const FORM_URL: &[Part] = &[Part::Form, URL];
    let verify = |content: &'static [Part], query: Option<&str>| {
        let layout = Layout::GITHUB.with_content(content);
        let has_id = content.contains(&Part::Id);
        let layout = if has_id { layout.with_id(ID) } else { layout };
        let scheme = Signature::new(layout, Secret::new(SEED).expect("a secret"));
        let scheme = scheme.with_public_url("https://example.com/hooks").expect("a URL");
        let nothing: [(&str, &str); 0] = [];
        let draft = Request::new("POST", "/", &nothing).with_query(query);
        let draft = draft.with_body("amount=1&currency=2");
        let signed = scheme.sign_request(&draft, "7", at(NOW)).expect("signed");
        let request = Request::new("POST", "/", &signed.headers).with_query(query);
        scheme.verify(&request.with_body("amount=1&currency=2"), at(NOW)).map(drop)
    };
    let refused = Err(AuthError::Malformed);
    assert_eq!(verify(TWO_FIELDS, None), refused);
    assert_eq!(verify(FORM_ID, None), refused);
    assert_eq!(verify(URL_ID, Some("a=1")), refused);
    assert_eq!(verify(URL_FIELD, Some("a=1")), refused);
    assert_eq!(verify(FORM_URL, Some("a=1")), refused);
    // Without a query the URL ends where it was said.
    assert_eq!(verify(URL_ID, None), Ok(()));
    assert_eq!(verify(URL_FIELD, None), Ok(()));
    assert_eq!(verify(FORM_URL, None), Ok(()));
}

/// A JSON object's edge is a brace. Of any other body nobody knows where it ends and an id begins.
#[test]
fn a_body_whose_edge_could_be_its_neighbours_is_refused() {
    for (name, body, is_clear) in [
        ("framer", "{}", true),
        ("framer", "{}\n", true),
        ("framer", "", true),
        ("framer", "{}i", false),
        ("square", "{}", true),
        ("square", " {}", true),
        ("square", "2{}", false),
        ("square", "?{}", false),
        ("hubspot-v3", "a=1", false),
        ("hubspot-v3", "", true),
    ] {
        let sender = catalog::find(name).expect("a row");
        let scheme = scheme(sender, SEED);
        let verdict = |query| {
            let nothing: [(&str, &str); 0] = [];
            let draft = Request::new("POST", "/", &nothing).with_query(query).with_body(body);
            let signed = scheme.sign_request(&draft, "id-1", at(NOW)).expect("signed");
            let request = Request::new("POST", "/", &signed.headers).with_query(query);
            scheme.verify(&request.with_body(body), at(NOW)).map(drop)
        };
        let expected = if is_clear { Ok(()) } else { Err(AuthError::Malformed) };
        assert_eq!(verdict(Some("a=1")), expected, "{name}, {body}");
        let is_url = name != "framer" && !body.starts_with('?');
        let expected = if is_url { Ok(()) } else { expected };
        assert_eq!(verdict(None), expected, "{name}, {body}, without a query");
    }
}

const fn field(name: &'static str) -> Part {
    Part::FormField(Cow::Borrowed(name))
}

/// Bytes that are no text all decode to the same mark, and a form without end is sorted for nothing.
#[test]
fn a_form_that_is_signed_is_text_and_has_an_end() {
    for name in ["twilio", "mandrill"] {
        let sender = catalog::find(name).expect("a row");
        let scheme = scheme(sender, SEED);
        let verdict = |body: &str| {
            let nothing: [(&str, &str); 0] = [];
            let draft = Request::new("POST", "/", &nothing).with_body(body);
            let signed = scheme.sign_request(&draft, "", at(NOW)).expect("signed");
            let request = Request::new("POST", "/", &signed.headers).with_body(body);
            scheme.verify(&request, at(NOW)).map(drop)
        };
        assert_eq!(verdict("a=%C3%A7"), Ok(()), "{name}");
        assert_eq!(verdict("a=%FF"), Err(AuthError::Malformed), "{name}");
        assert_eq!(verdict(&"a&".repeat(1000)), Err(AuthError::Malformed), "{name}");
    }
}
