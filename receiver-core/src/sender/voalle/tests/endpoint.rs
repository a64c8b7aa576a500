//! Who is let in, and how it is answered.

use std::time::Duration;

use http::Response;

use super::*;
use crate::sender::voalle::{token, username_password};
use crate::{Bytes, Receiver, Reply, Secret};

const CONTRACT: &str = sample!("contract.updated");

fn secret(text: &str) -> Secret {
    Secret::new(text).unwrap()
}

fn pair() -> Receiver<Event> {
    username_password("erp", secret("correct horse")).unwrap()
}

fn status(of: &Receiver<Event>, headers: &[(&str, &str)]) -> u16 {
    let headers = [headers, &[("content-type", "application/json; charset=utf-8")]].concat();
    let request = Request::new("POST", "/", &headers).with_body(CONTRACT);
    match of.receive(&request, UNIX_EPOCH) {
        Ok(received) => received.receipt.accepted().status().as_u16(),
        Err(rejection) => rejection.status().as_u16(),
    }
}

#[test]
fn user_name_and_password_are_both_needed() {
    let check = |headers: &[(&str, &str)], expected| {
        assert_eq!(status(&pair(), headers), expected, "{headers:?}");
    };
    check(&[("username", "erp"), ("password", "correct horse")], 200);
    check(&[("UserName", "erp"), ("Password", "correct horse")], 200);
    check(&[("username", "erp"), ("password", "wrong")], 401);
    check(&[("username", "other"), ("password", "correct horse")], 401);
    check(&[("username", "erp")], 401);
    check(&[("password", "correct horse")], 401);
    check(&[("username", "erp"), ("username", "erp"), ("password", "correct horse")], 401);
    check(&[("authorization", "Bearer correct horse")], 401);
    check(&[], 401);
}

#[test]
fn a_token_is_found_in_every_place_partners_have_it() {
    let receiver = token(secret("correct-horse")).unwrap();
    let check = |headers: &[(&str, &str)], expected| {
        assert_eq!(status(&receiver, headers), expected, "{headers:?}");
    };
    check(&[("authorization", "Bearer correct-horse")], 200);
    check(&[("authorization", "correct-horse")], 200);
    check(&[("x-api-key", "correct-horse"), ("idp", "7")], 200);
    check(&[("Token", "correct-horse")], 200);
    check(&[("Token", "wrong")], 401);
    check(&[("x-api-key", "wrong")], 401);
    check(&[("password", "correct-horse")], 401);
    check(&[("authorization", "Basic correct-horse")], 401);
    check(&[], 401);
}

#[test]
fn secrets_that_cannot_be_sent_are_refused_at_once() {
    assert!(token(secret("two words")).is_err());
    assert!(username_password("erp\n", secret("x")).is_err());
    assert!(username_password("erp", secret("x\n")).is_err());
}

#[test]
fn post_and_put_are_taken() {
    let headers = vec![("content-type", "application/json")];
    for (method, taken) in
        [("POST", true), ("PUT", true), ("GET", false), ("DELETE", false), ("PATCH", false)]
    {
        let request = Request::new(method, "/", &headers).with_body(CONTRACT);
        let received = receiver(Anonymous::because("a test")).receive(&request, UNIX_EPOCH);
        assert_eq!(received.is_ok(), taken, "{method}");
    }
}

#[track_caller]
fn check_answer(response: &Response<Bytes>, status: u16, content: &str) {
    assert_eq!(response.status(), status);
    assert_eq!(response.headers()["content-type"], "application/json");
    let answer: serde_json::Value = serde_json::from_slice(response.body()).unwrap();
    let expected = serde_json::json!({ "StatusCode": status.to_string(), "Content": content });
    assert_eq!(answer, expected);
}

#[track_caller]
fn check_reply(reply: impl FnOnce(Received<Event>) -> Reply, status: u16, content: &str) {
    let response = reply(receive(CONTRACT).unwrap()).into_http(UNIX_EPOCH);
    check_answer(&response, status, content);
}

#[test]
fn the_answer_has_the_code_and_the_text_that_operators_read() {
    check_reply(|received| received.receipt.accepted(), 200, "accepted");
    check_reply(|received| received.receipt.duplicate(), 200, "duplicate");
    check_reply(|received| received.receipt.queued(), 202, "queued");
    let said = "Contrato 1042: \"bloqueado\"\n";
    check_reply(|received| received.receipt.accepted_saying(said), 200, said);
    let later = "The delivery cannot be handled now; send it again later";
    check_reply(|received| received.receipt.retry_later(Duration::from_secs(5)), 503, later);
    check_reply(|received| received.receipt.gone(), 410, "This endpoint is closed");
}

#[test]
fn the_bytes_of_an_answer_are_those_of_the_guide() {
    let response = receive(CONTRACT).unwrap().receipt.accepted_saying("ok").into_http(UNIX_EPOCH);
    assert_eq!(&**response.body(), br#"{"StatusCode":"200","Content":"ok"}"#);
}

#[test]
fn refusals_have_the_same_form_and_name_the_member() {
    let answer = |body: &str| receive(body).unwrap_err().into_http(UNIX_EPOCH);
    let content = "The body does not have the expected shape: \
                   expected an amount such as 1234.56 at `Contract.Amount`";
    let body = enveloped(0, r#""Contract":{"Number":1,"Amount":"canary"}"#);
    check_answer(&answer(&body), 422, content);
    let response = answer("{");
    let answer: serde_json::Value = serde_json::from_slice(response.body()).unwrap();
    assert_eq!((response.status().as_u16(), &answer["StatusCode"]), (400, &"400".into()));

    let request = vec![("content-type", "application/json")];
    let request = Request::new("POST", "/", &request).with_body(CONTRACT);
    let response = pair().receive(&request, UNIX_EPOCH).unwrap_err().into_http(UNIX_EPOCH);
    check_answer(&response, 401, "The credentials are missing or not valid");
}
