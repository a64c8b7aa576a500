//! Whatever arrives: no panic, no 5xx, and nothing accepted that is not proven.
#![expect(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on fails, and says where"
)]

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use http::{HeaderName, Response};
use proptest::collection::vec;
use proptest::prelude::{
    Just, ProptestConfig, Strategy, any, prop_assert, prop_assert_eq, proptest,
};
use proptest::prop_oneof;
use receiver_core::scheme::{Basic, Bearer, Encoding, Hash, HeaderPair, Layout, Signature, Token};
use receiver_core::{Bytes, Event, Json, Receiver, Request, Scheme, Secret};
use receiver_core::{cmmshere, monuv, rabbot, sintegre, standard_webhooks, voalle};

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..Default::default() })]

    #[test]
    fn any_request_at_all_is_refused_in_order(
        method in method(), target in ".{0,40}", headers in headers(), body in body(), now in time(),
    ) {
        let request = Request::new(&method, &target, &headers).with_body(&body);
        for (name, answer) in receivers() {
            let status = answer(&request, now).status().as_u16();
            prop_assert!([401, 405, 413, 415].contains(&status), "{name} said {status}");
        }
    }

    #[test]
    fn any_body_of_a_proven_sender_is_read_or_refused(body in body(), media in media()) {
        for (name, answer) in receivers() {
            for headers in right_credentials(&body) {
                let headers = [headers, vec![("content-type".to_owned(), media.to_vec())]].concat();
                let request = Request::new("POST", "/", &headers).with_body(&body);
                let status = answer(&request, now()).status().as_u16();
                prop_assert!([200, 400, 401, 415, 422].contains(&status), "{name} said {status}");
            }
        }
    }

    #[test]
    fn what_is_signed_is_verified(
        key in secret(), id in "[!-\\-/-~]{1,40}", body in vec(any::<u8>(), 0..200), now in time(),
    ) {
        for layout in layouts() {
            let is_timed = layout.timestamp().is_some();
            let scheme = Signature::new(layout, Secret::new(key.clone()).expect("a secret"));
            let headers = scheme.sign(&id, now, &body);
            let request = Request::new("POST", "/", &headers).with_body(&body);
            let proof = scheme.verify(&request, now);
            prop_assert_eq!(proof.map(|it| it.signed_at()), Ok(is_timed.then_some(now)));
        }
    }

    #[test]
    fn what_is_signed_for_one_body_or_key_is_refused_for_another(
        key in secret(), other_key in secret(),
        body in vec(any::<u8>(), 0..200), other_body in vec(any::<u8>(), 0..200),
    ) {
        for layout in layouts() {
            let scheme = |key: &Vec<u8>| {
                Signature::new(layout.clone(), Secret::new(key.clone()).expect("a secret"))
            };
            let headers = scheme(&key).sign("msg_1", now(), &body);
            let is_accepted = |key, body: &Vec<u8>| {
                let request = Request::new("POST", "/", &headers).with_body(body);
                scheme(key).verify(&request, now()).is_ok()
            };
            prop_assert_eq!(is_accepted(&key, &other_body), body == other_body);
            // HMAC fills a short key up with zeros (RFC 2104, section 2), so two keys that differ in
            // zeros at their end are one.
            prop_assert_eq!(is_accepted(&other_key, &body), filled(&key) == filled(&other_key));
        }
    }

    #[test]
    fn a_token_is_accepted_exactly_when_it_is_the_secret(
        secret in "[!-~]{1,40}", presented in prop_oneof!["[!-~]{1,40}", Just(String::new())],
    ) {
        let key = || Secret::new(secret.as_str()).expect("a secret");
        let name = HeaderName::from_static("x-token");
        let schemes: [(&str, String, Box<dyn Scheme>); 4] = [
            ("authorization", "Bearer ".to_owned(), Box::new(Bearer::new(key()).expect("a token"))),
            ("authorization", String::new(), Box::new(Token::authorization(key()).expect("a token"))),
            ("x-token", String::new(), Box::new(Token::header(name, key()).expect("a token"))),
            ("password", String::new(),
                Box::new(HeaderPair::username_password("erp", key()).expect("a pair"))),
        ];
        for (header, word, scheme) in schemes {
            for (text, is_right) in [(&secret, true), (&presented, presented == secret)] {
                let headers = vec![("username", "erp".to_owned()), (header, format!("{word}{text}"))];
                let verdict = scheme.verify(&Request::new("POST", "/", &headers), now());
                prop_assert_eq!(verdict.is_ok(), is_right, "{:?} with {}", scheme, text);
            }
        }
    }

    #[test]
    fn basic_is_accepted_exactly_when_both_halves_are_right(
        user in "[^:\\p{Cc}]{0,20}", password in "[^\\p{Cc}]{1,20}",
        other_user in "[^:\\p{Cc}]{0,20}", other_password in "[^\\p{Cc}]{1,20}",
    ) {
        let Ok(secret) = Secret::new(password.as_str()) else { return Ok(()) };
        let scheme = Basic::new(&user, secret).expect("credentials");
        for (u, p) in [
            (&user, &password), (&other_user, &password), (&user, &other_password),
            (&other_user, &other_password),
        ] {
            let headers = vec![("authorization", basic(u, p))];
            let verdict = scheme.verify(&Request::new("POST", "/", &headers), now());
            prop_assert_eq!(verdict.is_ok(), (u, p) == (&user, &password));
        }
    }
}

type Answer = Box<dyn Fn(&Request<'_>, SystemTime) -> Response<Bytes>>;

fn receivers() -> Vec<(&'static str, Answer)> {
    fn answer<E: Event + 'static>(receiver: Receiver<E>) -> Answer {
        Box::new(move |request, now| match receiver.receive(request, now) {
            Ok(event) => event.receipt.accepted().into_http(now),
            Err(rejection) => rejection.into_http(now),
        })
    }
    let github = Signature::new(Layout::GITHUB, key());
    let pair = HeaderPair::username_password("erp", key()).expect("a pair");
    let query = Token::query("token", key()).expect("a token");
    vec![
        ("sintegre", answer(sintegre::basic_or_token("erp", key(), key()).expect("secrets"))),
        ("cmmshere", answer(cmmshere::token(key()).expect("a secret"))),
        ("monuv", answer(monuv::token(key()).expect("a secret"))),
        ("rabbot", answer(rabbot::token::<()>(key()).expect("a secret"))),
        ("voalle", answer(voalle::token(key()).expect("a secret"))),
        ("standard_webhooks", answer(standard_webhooks::receiver(key()))),
        ("github", answer(Receiver::<Json<serde_json::Value>>::new(github))),
        ("pair", answer(Receiver::<Json<Vec<u8>>>::new(pair.and(query)))),
    ]
}

/// Headers that prove the sender to one receiver or another.
fn right_credentials(body: &[u8]) -> Vec<Vec<(String, Vec<u8>)>> {
    let text = String::from_utf8(SECRET.to_vec()).expect("text");
    let signed = |layout| {
        let headers = Signature::new(layout, key()).sign("msg_1", now(), body).into_iter();
        headers.map(|(name, value)| (name.to_string(), value.into_bytes())).collect()
    };
    vec![
        vec![("authorization".to_owned(), basic("erp", &text).into_bytes())],
        vec![("authorization".to_owned(), SECRET.to_vec())],
        signed(Layout::GITHUB),
        signed(Layout::STANDARD_WEBHOOKS),
    ]
}

fn method() -> impl Strategy<Value = String> {
    prop_oneof![8 => Just("POST".to_owned()), 1 => "[A-Z]{1,8}", 1 => ".{0,8}"]
}

/// Names that are looked at, with values that are nearly right or any bytes at all.
fn headers() -> impl Strategy<Value = Vec<(String, Vec<u8>)>> {
    let name = prop_oneof![
        9 => proptest::sample::select(NAMES.to_vec()).prop_map(str::to_owned),
        1 => "[a-zA-Z-]{1,12}",
    ];
    let value = prop_oneof![
        vec(any::<u8>(), 0..60),
        proptest::sample::select(STARTS.to_vec()).prop_flat_map(|start| {
            vec(any::<u8>(), 0..40).prop_map(move |rest| [start.as_bytes(), &rest].concat())
        }),
        "[ -~]{0,60}".prop_map(String::into_bytes),
        any::<i64>().prop_map(|number| number.to_string().into_bytes()),
    ];
    vec((name, value), 0..8)
}

/// Any bytes, and pieces of JSON in any order.
fn body() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        vec(any::<u8>(), 0..200),
        vec(proptest::sample::select(PIECES.to_vec()), 0..24)
            .prop_map(|pieces| pieces.concat().into_bytes()),
        vec(proptest::sample::select(MEMBERS.to_vec()), 0..12).prop_map(|members| format!(
            "{{{}}}",
            members.join(",")
        )
        .into_bytes()),
    ]
}

fn media() -> impl Strategy<Value = &'static [u8]> {
    proptest::sample::select(vec![
        &b"application/json"[..],
        b"application/x-www-form-urlencoded",
        b"text/plain",
        b"application/json;\xff",
    ])
}

/// From 1970 to a time of twelve digits, which is what a signed timestamp may have.
fn time() -> impl Strategy<Value = SystemTime> {
    (0..1_000_000_000_000_u64).prop_map(|seconds| UNIX_EPOCH + Duration::from_secs(seconds))
}

fn secret() -> impl Strategy<Value = Vec<u8>> {
    let bytes = vec(any::<u8>(), 1..150);
    bytes.prop_filter("a blank text is no secret", |bytes| Secret::new(bytes.clone()).is_ok())
}

fn filled(key: &[u8]) -> &[u8] {
    key.iter().rposition(|&byte| byte != 0).map_or(&[], |last| &key[..=last])
}

fn layouts() -> [Layout; 4] {
    let header = || HeaderName::from_static("x-signature");
    [
        Layout::GITHUB,
        Layout::STANDARD_WEBHOOKS,
        Layout::body(header(), Hash::Sha1, Encoding::Base64Url),
        Layout::body(header(), Hash::Sha512, Encoding::Base64),
    ]
}

fn basic(user: &str, password: &str) -> String {
    use base64::Engine as _;
    let credentials = base64::prelude::BASE64_STANDARD.encode(format!("{user}:{password}"));
    format!("Basic {credentials}")
}

fn key() -> Secret {
    Secret::new(SECRET).expect("a secret")
}

fn now() -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(1_767_225_600)
}

const SECRET: &[u8] = b"correct-horse-6b1f";

const NAMES: [&str; 11] = [
    "authorization",
    "content-encoding",
    "content-length",
    "content-type",
    "password",
    "username",
    "webhook-id",
    "webhook-signature",
    "webhook-timestamp",
    "x-hub-signature-256",
    "x-token",
];

const STARTS: [&str; 8] =
    ["Basic ", "basic  QQ", "Bearer ", "bearer", "sha256=", "sha256=0", "v1,", "v1,AAAA v1,"];

const PIECES: [&str; 20] = [
    "{",
    "}",
    "[",
    "]",
    "\"",
    ":",
    ",",
    "null",
    "true",
    "1e400",
    "-0.0",
    "\\u0000",
    "\\ud800",
    "\"id\"",
    "\"type\"",
    " ",
    "\n",
    "\u{feff}",
    "99999999999999999999",
    "\"é\"",
];

const MEMBERS: [&str; 24] = [
    r#""nome":"a""#,
    r#""nome":null"#,
    r#""processo":"""#,
    r#""macroProcesso":"b""#,
    r#""dataProduto":"15/01/2026""#,
    r#""dataProduto":"99/99/9999 - ""#,
    r#""periodicidade":"2026-01-15T00:00:00""#,
    r#""periodicidade":-1e999"#,
    r#""url":"https://apps08.ons.org.br/x?token=e30.e30.""#,
    r#""url":"http://[::""#,
    r#""created":"2022-07-26T16:01:03.000000Z""#,
    r#""created":"-9999-99-99T99:99:99Z""#,
    r#""type":"sol.created""#,
    r#""type":"...""#,
    r#""data":{"object":{"id":"sol_1","object":"solicitud_trabajo"},"client":{"id":null}}"#,
    r#""data":[]"#,
    r#""ActionType":0"#,
    r#""ActionType":"\ud83d\ude00""#,
    r#""CompanyId":-1e999"#,
    r#""Contract":[{"Number":1,"Amount":"1.234,5","Status":{"Code":"x"}},{}]"#,
    r#""contractS":{"number":"","Services":[[]],"Client":7}"#,
    r#""event_at":"2026-13-45 99:99""#,
    r#""Event_Id":1e999"#,
    r#""placa":[{"a":[]}]"#,
];
