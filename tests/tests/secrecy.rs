//! Nothing is printed that must not be: not in the log, not in an answer, not by `Debug` or
//! `Display`.
#![expect(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    reason = "a test that cannot go on fails, and says where"
)]

use std::fmt::{Debug, Display, Write as _};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use base64::Engine as _;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use http::HeaderName;
use receiver_core::scheme::{Basic, Bearer, HeaderPair, Layout, Signature, Token};
use receiver_core::{
    Content, Event, Json, Key, Receiver, Request, Scheme, Secret, cmmshere, monuv, rabbot,
    sintegre, standard_webhooks, voalle,
};
use receiver_tests::case::{Case, load, topics};
use receiver_tests::{endpoints, leak, log, stage};

#[test]
fn a_request_is_one_line_with_known_fields_and_none_of_its_secrets() {
    let stages = stage::all();
    for case in topics().iter().flat_map(|topic| load(topic)) {
        let secrets = secrets_of(&case);
        let secrets: Vec<_> = secrets.iter().map(Vec::as_slice).collect();
        for (stage, play) in &stages {
            let (answer, log) = log::capture(|| play(&case));
            let name = format!("{} ({stage})", case.name);

            assert_eq!(leak::find(&format!("{log:?}"), &secrets), [""; 0], "{name}: {log:?}");
            assert_eq!(leak::find(&format!("{answer:?}"), &secrets), [""; 0], "{name}: {answer:?}");

            assert_eq!(log::complaint(&log), None, "{name}");
            for line in log.iter().filter(|line| line.is_delivery()) {
                let strange = line.names().into_iter().find(|name| !FIELDS.contains(name));
                assert_eq!(strange, None, "{name}: {line:?}");
                let level = match answer.status {
                    200..300 => tracing::Level::INFO,
                    _ => tracing::Level::WARN,
                };
                assert_eq!(line.level(), level, "{name}");
            }
        }
    }
}

/// All causes of a 401 read the same, over all endpoints and frameworks: Voalle's in its own form.
#[test]
fn a_forger_learns_nothing_from_a_refusal() {
    let stages = stage::all();
    let (mut bodies, mut of_voalle) = (Vec::new(), Vec::new());
    for case in topics().iter().flat_map(|topic| load(topic)) {
        if case.expect.status == 401 {
            let form = if case.to.starts_with("voalle") { &mut of_voalle } else { &mut bodies };
            form.extend(stages.iter().map(|(_, play)| play(&case).body));
        }
    }
    for (mut bodies, at_least) in [(bodies, 400), (of_voalle, 60)] {
        assert!(bodies.len() > at_least, "{}", bodies.len());
        bodies.dedup();
        assert_eq!(bodies.len(), 1, "{bodies:?}");
    }
}

#[test]
fn what_a_user_or_a_sender_chose_is_escaped_in_the_log() {
    let ((), log) = log::capture(|| {
        let scheme = receiver_core::scheme::dangerous::Anonymous::because("a\nb\u{1b}[31m");
        let receiver =
            Receiver::<Json<String>>::new(scheme).with_sender("c\nd").with_kind(|text| text);
        let headers = vec![("content-type", "application/json")];
        let request = Request::new("POST", "/", &headers).with_body(r#""e\nf\u0007\u2028""#);
        let event = receiver.receive(&request, UNIX_EPOCH).expect("it is accepted");
        let reply = event.receipt.settle(Err::<(), _>("g\nh"));
        drop(reply.into_http(UNIX_EPOCH));
    });
    let fields = log.iter().flat_map(|line| line.names().into_iter().map(|name| line.field(name)));
    let fields: Vec<_> = fields.flatten().collect();
    assert!(!fields.iter().any(|value| value.contains(char::is_control)), "{fields:?}");
    for escaped in [r"a\nb\u{1b}[31m", r"c\nd", r"e\nf\u{7}\u{2028}", r"g\nh"] {
        assert!(fields.contains(&escaped), "{escaped} is not among {fields:?}");
    }
}

#[test]
fn a_delivery_that_is_never_answered_leaves_a_line_too() {
    let receiver = Receiver::<Json<u8>>::new(bearer());
    let headers =
        vec![("authorization", "Bearer marker-token-5d0c"), ("content-type", "application/json")];
    let request = Request::new("POST", "/", &headers).with_body("1");
    let ((), log) = log::capture(|| drop(receiver.receive(&request, UNIX_EPOCH)));
    let lines: Vec<_> = log.iter().filter(|line| line.is_delivery()).collect();
    assert!(matches!(lines[..], [line] if line.field("reason") == Some("unanswered")), "{log:?}");
}

#[test]
fn nothing_prints_its_secrets() {
    let mut printed = String::new();
    print_schemes(&mut printed);
    let paths: [fn(&mut String); 7] = [
        |to| print_path(to, &Receiver::<Json<serde_json::Value>>::new(bearer()), MARKED_JSON),
        |to| print_path(to, &sintegre::token(key()).expect("a token"), MARKED_PRODUCT),
        |to| print_path(to, &cmmshere::token(key()).expect("a token"), MARKED_EVENT),
        |to| print_path(to, &standard_webhooks::receiver(key()), MARKED_JSON),
        |to| print_path(to, &monuv::token(key()).expect("a token"), MARKED_ALERT),
        |to| print_path(to, &rabbot::token::<()>(key()).expect("a token"), MARKED_JSON),
        |to| print_path(to, &voalle::token(key()).expect("a token"), MARKED_CONTRACT),
    ];
    for print in paths {
        print(&mut printed);
    }
    assert!(printed.len() > 4000, "it has printed too little: {printed}");
    let leaks = printed.lines().filter(|line| !leak::find(line, MARKERS).is_empty());
    assert_eq!(leaks.collect::<Vec<_>>(), [""; 0]);
}

/// The control: what these tests look for is found where it is.
#[test]
fn a_planted_leak_is_found_in_every_spelling() {
    let secret = b"marker/token+5d0c".as_slice();
    for leaked in [
        "marker/token+5d0c",
        "MARKER/TOKEN+5D0C",
        "marker%2Ftoken%2B5d0c",
        "bWFya2VyL3Rva2VuKzVkMGM=",
        "bWFya2VyL3Rva2VuKzVkMGM",
        "6d61726b65722f746f6b656e2b35643063",
        "[109, 97, 114, 107, 101, 114, 47, 116, 111, 107, 101, 110, 43, 53, 100, 48, 99]",
        r#"Basic { user: "a", password: "marker/token+5d0c" }"#,
    ] {
        assert_ne!(leak::find(leaked, &[secret]), [""; 0], "{leaked}");
    }
    assert_eq!(leak::find("marker-token", &[secret]), [""; 0]);

    let ((), log) =
        log::capture(|| tracing::trace!(password = "marker/token+5d0c", "a leak at trace"));
    assert_ne!(leak::find(&format!("{log:?}"), &[secret]), [""; 0]);

    let ((), log) = log::capture(|| tracing_log::log::trace!("marker/token+5d0c, by a library"));
    assert_ne!(leak::find(&format!("{log:?}"), &[secret]), [""; 0]);
}

/// As a password is that stands behind a user's name in `Basic`, with three, one or two bytes before it.
#[test]
fn a_secret_within_a_longer_text_in_base64_is_found() {
    let secret = "~~~/token???>>>".as_bytes();
    for around in ["", "a", "ab", "erp:", "token:"] {
        let text = format!("{around}~~~/token???>>>{around}");
        let (standard, url) = (BASE64_STANDARD.encode(&text), BASE64_URL_SAFE_NO_PAD.encode(&text));
        assert_ne!(standard, url, "one alphabet is like the other");
        for leaked in [standard, url] {
            let line = format!("authorization=Basic {leaked}");
            assert_ne!(leak::find(&line, &[secret]), [""; 0], "{line}");
        }
        let other = BASE64_STANDARD.encode(format!("{around}~~~/word???>>>{around}"));
        assert_eq!(leak::find(&other, &[secret]), [""; 0], "{other}");
    }
}

/// What must not be printed of a case: what the endpoints are configured with, the query, the body,
/// and the values of the headers that may hold a credential.
fn secrets_of(case: &Case) -> Vec<Vec<u8>> {
    let configured = [
        endpoints::ONS_PASSWORD,
        endpoints::ONS_TOKEN,
        endpoints::CMMSHERE_TOKEN,
        endpoints::MONUV_TOKEN,
        endpoints::RABBOT_TOKEN,
        endpoints::VOALLE_PASSWORD,
        endpoints::VOALLE_TOKEN,
        endpoints::OWN_TOKEN,
        endpoints::PASSWORD,
        endpoints::TOKEN,
        endpoints::NEW_TOKEN,
        endpoints::SIGNING_KEY,
        endpoints::WHSEC,
        endpoints::NEW_WHSEC,
    ];
    let mut secrets: Vec<_> = configured.iter().map(|secret| secret.as_bytes().to_vec()).collect();
    secrets.extend(case.query.iter().map(|query| query.clone().into_bytes()));
    let headers =
        case.header_bytes().filter(|(name, _)| !name.eq_ignore_ascii_case("content-type"));
    secrets.extend(headers.map(|(_, value)| value));
    secrets.push(case.body.bytes());
    // A short one stands anywhere by chance; a long one is looked for by its start.
    secrets.retain(|secret| secret.len() >= 8);
    for secret in &mut secrets {
        secret.truncate(64);
    }
    secrets
}

fn print_schemes(to: &mut String) {
    let name = HeaderName::from_static("x-token");
    let schemes: [Box<dyn Scheme>; 8] = [
        Box::new(Basic::new("erp", key()).expect("credentials")),
        Box::new(bearer()),
        Box::new(Token::authorization(key()).expect("a token")),
        Box::new(Token::header(name, key()).expect("a token")),
        Box::new(Token::query("token", key()).expect("a token")),
        Box::new(HeaderPair::username_password("erp", key()).expect("a pair")),
        Box::new(Signature::new(Layout::GITHUB, key()).with(key())),
        Box::new(bearer().or(bearer()).and(bearer())),
    ];
    for scheme in schemes {
        debug(to, &scheme);
        let _ = write!(to, "{}", scheme.challenge());
    }
    debug(to, &key());
    debug(to, key().secret());
    for made in [
        Secret::new("  "),
        Secret::from_hex("marker-token-5d0c"),
        Secret::from_base64("marker token 5d0c"),
    ] {
        let error = made.expect_err("no secret");
        debug(to, &error);
        display(to, &error);
    }
}

/// Prints everything on the path of a request, accepted and refused in every way.
fn print_path<E: Event + Debug>(to: &mut String, endpoint: &Receiver<E>, body: &str) {
    debug(to, endpoint);
    let spoiled = [
        body,
        "{\"marker-body-77f2\":",
        r#"{"a":"marker-body-77f2","a":1}"#,
        r#"["marker-body-77f2"]"#,
    ];
    for body in spoiled {
        let signed = Signature::standard_webhooks(key()).sign("msg_1", now(), body.as_bytes());
        let signed: Vec<_> =
            signed.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        for word in [
            "Bearer marker-token-5d0c",
            "marker-token-5d0c",
            "Basic marker-token-5d0c",
            "marker-other-90aa",
        ] {
            let form = "application/x-www-form-urlencoded";
            for media in ["application/json", form, "text/marker-body-77f2"] {
                let mut headers = vec![
                    ("authorization", word),
                    ("content-type", media),
                    ("x-secret", "marker-other-90aa"),
                ];
                headers.extend(&signed);
                let request = Request::new("POST", "/hooks?token=marker-query-c2d9", &headers)
                    .with_body(body);
                debug(to, &request);
                debug(to, &request.headers());
                match endpoint.verify(&request, now()) {
                    Ok(delivery) => debug(to, &delivery),
                    Err(rejection) => print_error(to, &rejection),
                }
                if let Ok(received) = endpoint.receive(&request, now()) {
                    let content = Content::text("marker-person-83b1");
                    debug(to, &content);
                    debug(to, &received.receipt.accepted_with(content));
                }
                match endpoint.receive(&request, now()) {
                    Ok(received) => {
                        debug(to, &received);
                        debug(to, &received.event);
                        debug(to, &received.key());
                        debug(to, &received.receipt.accepted_saying("marker-person-83b1"));
                    }
                    Err(rejection) => {
                        print_error(to, &rejection);
                        let response = rejection.into_http(now());
                        let _ =
                            write!(to, "{response:?} {}", String::from_utf8_lossy(response.body()));
                    }
                }
            }
        }
    }
}

fn print_error(to: &mut String, rejection: &receiver_core::Rejection) {
    debug(to, rejection);
    display(to, rejection);
    debug(to, rejection.cause());
    display(to, rejection.cause());
    let source = std::error::Error::source(rejection);
    display(to, &source.map(ToString::to_string).unwrap_or_default());
}

fn debug(to: &mut String, value: &dyn Debug) {
    let _ = writeln!(to, "{value:?} {value:#?}");
}

fn display(to: &mut String, value: &dyn Display) {
    let _ = writeln!(to, "{value}");
}

fn bearer() -> Bearer {
    Bearer::new(key()).expect("a token")
}

fn key() -> Key {
    Key::new(Secret::new("marker-token-5d0c").expect("a secret")).with_id("2026")
}

fn now() -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(1_767_225_600)
}

const FIELDS: [&str; 11] = [
    "message",
    "sender",
    "kind",
    "status",
    "reason",
    "error",
    "scheme",
    "key_id",
    "tenant",
    "bytes",
    "elapsed_ms",
];

const MARKERS: &[&[u8]] = &[
    b"marker-token-5d0c",
    b"marker-other-90aa",
    b"marker-query-c2d9",
    b"marker-body-77f2",
    b"marker-link-a41e",
    b"marker-person-83b1",
];

const MARKED_JSON: &str =
    r#"{"type":"paid","token":"marker-body-77f2","email":"marker-person-83b1"}"#;

const MARKED_ALERT: &str = r#"{"event_id":"E130","event_at":"2026-01-15 09:30:12","camera_id":"cam-1",
    "event_description":"marker-person-83b1","camera_name":"marker-person-83b1","user_id":"marker-person-83b1",
    "event_url":"https://exemplo.invalid/?sig=marker-link-a41e","more":"marker-body-77f2"}"#;

const MARKED_CONTRACT: &str = r#"{"CompanyId":1,"CompanyTxId":"marker-person-83b1","ActionType":0,
    "Contract":{"Number":"1042","More":"marker-body-77f2","Client":{"Name":"marker-person-83b1",
    "TxId":"marker-person-83b1","Email":"marker-person-83b1"}},"New":{"Name":"marker-person-83b1"}}"#;

const MARKED_PRODUCT: &str = r#"{"nome":"Exemplo","processo":"p","macroProcesso":"m","dataProduto":"15/01/2026",
    "periodicidade":"2026-01-15T00:00:00","more":"marker-body-77f2",
    "url":"https://apps08.ons.org.br/webhook?token=marker-link-a41e"}"#;

const MARKED_EVENT: &str = r#"{"created":"2026-01-15T12:30:00.000000Z","type":"sol.created","more":"marker-body-77f2",
    "data":{"object":{"id":"sol_1","titulo":"marker-person-83b1","descripcion":"marker-person-83b1"},
    "client":{"id":"cli_1","nombre_legal":"marker-person-83b1","nro_id":"marker-person-83b1","email":"marker-person-83b1"},
    "user":{"id":"cliusu_1","nombre":"marker-person-83b1","email":"marker-person-83b1","username":"marker-person-83b1"},
    "asset":{"id":null}}}"#;
