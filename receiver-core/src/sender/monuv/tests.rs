//! What Monuv sends, member by member, and what it must not be able to do.

use std::time::SystemTime;

use http::StatusCode;

use super::*;
use crate::{Event as _, Received, Rejection, Request};

const TOKEN: &str = "monuv-test-token";

fn receiver() -> Receiver<Event> {
    token(Secret::new(TOKEN).unwrap()).unwrap().with_options(
        Options::default()
            .with_kind("E130", Kind::Analytic)
            .with_kind("E140", Kind::CameraAlert)
            .with_kind("E150", Kind::QrCode)
            .with_kind("E120", Kind::PanicButton)
            .with_kind("160", Kind::CameraStatus),
    )
}

fn receive(method: &str, target: &str, body: &str) -> Result<Received<Event>, Rejection> {
    let headers = vec![("authorization", TOKEN)];
    let request = Request::new(method, target, &headers).with_body(body);
    receiver().receive(&request, SystemTime::UNIX_EPOCH)
}

fn read(json: &str) -> Event {
    receive("POST", "/monuv", json).unwrap().event
}

/// Every member in the order of the type.
#[track_caller]
fn check(event: &Event, kind: &str, members: [Option<&str>; 9]) {
    let read = [
        event.event_id.as_deref(),
        event.event_description.as_deref(),
        event.event_at.as_ref().map(LocalTime::text),
        event.camera_id.as_deref(),
        event.camera_name.as_deref(),
        event.client_id.as_deref(),
        event.user_id.as_deref(),
        event.event_url.as_deref(),
        event.event_thumb.as_deref(),
    ];
    assert_eq!((event.kind(), read), (kind, members));
}

#[test]
fn every_sample_is_read_member_by_member() {
    let (client, user) = (Some("CLI-7"), Some("u-15"));
    let (camera, name) = (Some("cam-042"), Some("Portaria"));
    let (url, thumb) =
        (Some("https://exemplo.invalid/eventos/1"), Some("https://exemplo.invalid/eventos/1.jpg"));
    let (said, at) = (Some("Pessoa detectada na área"), Some("2026-01-15 09:30:12"));
    let analytic = [Some("E130"), said, at, camera, name, client, None, url, thumb];
    let event = read(include_str!("../../../samples/monuv/analytic.json"));
    check(&event, "analytic", analytic);
    let instant = event.event_at.unwrap().timestamp().unwrap();
    assert_eq!(instant.to_string(), "2026-01-15T12:30:12Z", "three hours behind UTC");

    let form = include_str!("../../../samples/monuv/analytic.form");
    let without_thumb = [Some("E130"), said, at, camera, name, client, None, url, None];
    check(&read(form), "analytic", without_thumb);

    let event = read(include_str!("../../../samples/monuv/camera_alert.json"));
    let (said, at) = (Some("Alerta da câmera"), Some("2026-01-15 02:14:55"));
    let url = Some("https://exemplo.invalid/eventos/2");
    let thumb = Some("https://exemplo.invalid/eventos/2.jpg");
    let (id, camera, name) = (Some("E140"), Some("90210"), Some("Estacionamento"));
    check(&event, "camera_alert", [id, said, at, camera, name, client, None, url, thumb]);

    let event = read(include_str!("../../../samples/monuv/qr_code.json"));
    let (said, at) = (Some("QR Code: Ronda - Ponto 4"), Some("2026-01-15 03:00:07"));
    check(&event, "qr_code", [Some("E150"), said, at, None, None, client, user, None, None]);

    let panic = include_str!("../../../samples/monuv/panic_button.json");
    let query = include_str!("../../../samples/monuv/panic_button.query");
    let (said, at) = (Some("Botão de pânico"), Some("2026-01-15 22:10:00"));
    let members = [Some("E120"), said, at, None, None, client, user, None, None];
    check(&read(panic), "panic_button", members);
    check(&receive("PUT", "/monuv", panic).unwrap().event, "panic_button", members);
    let got = receive("GET", &format!("/monuv?{query}"), "").unwrap().event;
    check(&got, "panic_button", members);

    let event = read(include_str!("../../../samples/monuv/camera_status.json"));
    let (said, at) = (Some("Câmera offline"), Some("2026-01-15 23:59:59"));
    let (camera, client) = (Some("cam-042"), Some("7"));
    let name = Some("Portaria");
    let members = [Some("160"), said, at, camera, name, client, None, None, None];
    check(&event, "camera_status", members);

    let event = read(include_str!("../../../samples/monuv/minimal.json"));
    let (at, camera) = (Some("2026-01-15 09:30:12"), Some("90210"));
    check(&event, "other", [None, None, at, camera, None, None, None, None, None]);

    let event = read(include_str!("../../../samples/monuv/other.json"));
    let (id, said, at) = (Some("E900"), Some("Portão aberto"), Some("hoje cedo"));
    check(&event, "other", [id, said, at, None, None, Some("CLI-7"), None, None, None]);
    assert!(event.fields.names().any(|name| name == "gate"), "what is new is kept");
}

#[test]
fn a_member_may_have_another_name() {
    let event =
        read(r#"{"external_event_id":"E120","ID_CLIENTE":7,"Id_Usuário":"u","dataEvento":1}"#);
    check(
        &event,
        "panic_button",
        [Some("E120"), None, None, None, None, Some("7"), Some("u"), None, None],
    );
}

#[track_caller]
fn check_refused(method: &str, target: &str, body: &str, status: u16, says: &str) {
    let rejection = receive(method, target, body).unwrap_err();
    assert_eq!(rejection.status().as_u16(), status, "{rejection}");
    let answer = rejection.into_http(SystemTime::UNIX_EPOCH).into_body();
    let answer = String::from_utf8(answer.to_vec()).unwrap();
    assert!(answer.contains(says) && !answer.contains("canary"), "{answer}");
}

#[test]
fn what_names_no_event_is_refused_and_told_what_was_expected() {
    for body in ["{}", r#"{"canary":1}"#, r#"{"event_id":" ","camera_id":null}"#, "canary=1", ""] {
        check_refused("POST", "/monuv", body, 422, "at least one of event_id, event_at, camera_id");
    }
    check_refused("GET", "/monuv?token=canary", "", 422, "at least one of");
    check_refused("POST", "/monuv", r#"["canary"]"#, 422, "an object");
    check_refused("POST", "/monuv", r#"{"canary":"#, 400, "malformed");
    check_refused("DELETE", "/monuv?event_id=1", "", 405, "method");
}

#[test]
fn a_member_of_the_wrong_type_is_named() {
    for name in ["event_id", "event_at", "camera_id", "client_id", "user_id", "event_url"] {
        for value in [r#"["canary"]"#, r#"{"canary":1}"#, "true"] {
            let says = format!(r#""member":"{name}","expected":"text or a number""#);
            check_refused("POST", "/monuv", &format!(r#"{{"{name}":{value}}}"#), 422, &says);
        }
    }
    check_refused("GET", "/?camera_id=canary&Camera_Id=b", "", 422, r#""member":"camera_id""#);
    check_refused("GET", "/?camera_id=canary%ff", "", 422, r#""member":"camera_id""#);
}

fn key(json: &str) -> Option<EventKey> {
    read(json).key(EventKey::of("monuv"))
}

#[test]
fn a_redelivery_has_the_same_key_whichever_way_it_comes() {
    let json = key(include_str!("../../../samples/monuv/panic_button.json"));
    let query = include_str!("../../../samples/monuv/panic_button.query");
    let target = format!("/other/path?{query}&token=rotated");
    assert!(json.is_some());
    assert_eq!(receive("GET", &target, "").unwrap().key(), json);
    let minted = |url| key(&format!(r#"{{"event_at":"a","camera_id":1,"event_url":"{url}"}}"#));
    assert_eq!(minted("https://exemplo.invalid/?sig=1"), minted("https://exemplo.invalid/?sig=2"));
}

#[test]
fn two_occurrences_have_two_keys() {
    let members = ["client_id", "camera_id", "user_id", "event_id", "event_at"];
    let of = |odd: &str| {
        let member = |name| format!(r#""{name}":"{}""#, if name == odd { "2" } else { "1" });
        key(&format!("{{{}}}", members.map(member).join(","))).unwrap()
    };
    let mut keys: Vec<_> = members.iter().map(|odd| of(odd).to_string()).collect();
    keys.push(of("").to_string());
    keys.sort();
    keys.dedup();
    assert_eq!(keys.len(), 6);
    // The same text in another member is another event.
    let at = r#""event_at":"2026-01-15 09:30:12""#;
    assert_ne!(
        key(&format!(r#"{{{at},"client_id":"7"}}"#)),
        key(&format!(r#"{{{at},"user_id":"7"}}"#))
    );
}

#[test]
fn what_cannot_be_told_apart_has_no_key() {
    assert_eq!(key(r#"{"event_id":"E130","client_id":"CLI-7","camera_id":"cam-042"}"#), None);
    assert_eq!(key(r#"{"event_at":"2026-01-15 09:30:12"}"#), None);
    assert_eq!(key(r#"{"event_at":"2026-01-15 09:30:12","event_description":"x"}"#), None);
}

#[test]
fn the_answer_says_what_was_understood_and_repeats_nothing() {
    let said = |json: &str| read(json).understood();
    assert_eq!(
        said(include_str!("../../../samples/monuv/panic_button.json")),
        "panic_button; read: event_id, event_description, event_at, client_id, user_id"
    );
    assert_eq!(
        said(r#"{"event_id":"canary","event_at":"canary","canary":1,"Câmera":2,"cameraId":3}"#),
        "other; read: event_id, event_at, camera_id; kept: 2 more; no kind is declared for this \
         event_id; event_at is no date and is kept as text"
    );
    assert_eq!(said(r#"{"camera_id":"canary"}"#), "other; read: camera_id");
}

#[test]
fn a_hundred_thousand_parameters_are_understood() {
    let names: Vec<_> = (0..100_000).map(|n| format!("{n}=")).collect();
    let event = read(&format!("event_id=E130&{}", names.join("&")));
    assert_eq!(event.understood(), "analytic; read: event_id; kept: 100000 more");
}

#[test]
fn no_two_members_share_a_name() {
    let mut names: Vec<_> = KNOWN.iter().flat_map(|field| field.names()).collect();
    names.sort();
    let before = names.len();
    names.dedup_by(|a, b| crate::wire::fold::same(a, b));
    assert_eq!(names.len(), before);
}

#[track_caller]
fn check_token(header: (&str, &str), target: &str, status: Option<StatusCode>) {
    let headers = vec![header];
    let request = Request::new("GET", target, &headers);
    let refused = receiver().receive(&request, SystemTime::UNIX_EPOCH).err();
    assert_eq!(refused.map(|rejection| rejection.status()), status, "{header:?} {target}");
}

#[test]
fn the_token_may_stand_wherever_monuv_puts_it() {
    let authorization = |value| ("authorization", value);
    for value in ["Bearer monuv-test-token", "monuv-test-token", "Token monuv-test-token"] {
        check_token(authorization(value), "/?event_id=1", None);
    }
    check_token(("x", "y"), "/?event_id=1&token=monuv-test-token", None);

    let no = Some(StatusCode::UNAUTHORIZED);
    for value in
        ["", "Token", "Token ", "Token x", "Tokenmonuv-test-token", "Basic monuv-test-token"]
    {
        check_token(authorization(value), "/?event_id=1", no);
    }
    check_token(("x-api-key", TOKEN), "/?event_id=1", no);
    for query in ["token=", "token=x", "token=monuv-test-token&token=x", "Token=monuv-test-token"] {
        check_token(("x", "y"), &format!("/?event_id=1&{query}"), no);
    }
}

#[test]
fn a_token_in_a_header_of_ones_own_stands_there_only() {
    let receiver = token_in_header(HeaderName::from_static("x-api-key"), key_of_test()).unwrap();
    for (name, is_proven) in [("X-Api-Key", true), ("authorization", false)] {
        let headers = vec![(name, TOKEN)];
        let request = Request::new("GET", "/?event_id=1", &headers);
        assert_eq!(receiver.receive(&request, SystemTime::UNIX_EPOCH).is_ok(), is_proven);
    }
}

fn key_of_test() -> Key {
    Key::new(Secret::new(TOKEN).unwrap()).with_id("2026")
}

#[test]
fn the_name_of_the_key_is_kept_with_the_word_token_too() {
    assert_eq!(after_the_word_token(&key_of_test()).unwrap().id().unwrap().as_str(), "2026");
}

#[test]
fn no_link_no_person_and_no_token_is_printed() {
    let target = "/?event_id=E130&user_id=canary-1&event_url=canary-2&event_thumb=canary-3\
                  &event_description=canary-4&new=canary-5&token=canary-6";
    let event = receive("GET", target, "").unwrap().event;
    let printed = format!("{event:?} {event:#?}");
    assert!(printed.contains("E130") && !printed.contains("canary"), "{printed}");
    assert!(!serde_json::to_string(&event.fields).unwrap().contains("canary-6"));
}
