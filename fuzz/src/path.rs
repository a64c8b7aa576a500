//! The whole path, each sender's events, each kind of credential and the strict pass, as plain functions
//! of any bytes.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use http::HeaderName;
use receiver_core::json::{Fault, check};
use receiver_core::scheme::dangerous::Anonymous;
use receiver_core::scheme::{Basic, Bearer, HeaderPair, Layout, Signature, Token};
use receiver_core::{
    Event, Json, Receiver, Request, Scheme, Secret, cmmshere, monuv, rabbot, sintegre,
    standard_webhooks, voalle,
};
use serde_json::Value;

/// A request of which everything is any bytes: nothing is let in, and nothing is the receiver's fault.
pub fn core(input: &[u8]) {
    let message = Message::read(input);
    let request = message.request();
    for sender in SENDERS {
        let status = receive(sender, &request);
        assert!([401, 405, 413, 415].contains(&status), "{sender} said {status}");
    }
}

/// Any body of a sender that is proven: it is an event or it is none, and the same the second time.
pub fn sender(name: &str, input: &[u8]) {
    let [media, body @ ..] = input else { return };
    let media = MEDIA[usize::from(*media) % MEDIA.len()];
    let signed = Signature::standard_webhooks(key()).sign("msg_1", now(), body);
    let token = format!("Bearer {SECRET}");
    let mut headers = vec![("authorization", token.as_str()), ("content-type", media)];
    headers.extend(signed.iter().map(|(name, value)| (name.as_str(), value.as_str())));
    let request = Request::new("POST", "/hooks?event=a", &headers).with_body(body);
    let status = receive(name, &request);
    assert!([200, 400, 415, 422].contains(&status), "{name} said {status}");
    assert_eq!(receive(name, &request), status, "{name} changes its mind");
}

/// What the strict pass takes `serde_json` takes, and the other way round but for what the pass is
/// there for. What both take is read alike.
pub fn json(input: &[u8]) {
    let receiver = Receiver::<Json<Value>>::new(Anonymous::because("it is about the body"));
    let headers = [("content-type", "application/json")];
    let request = Request::new("POST", "/", &headers).with_body(input);
    let read = receiver.receive(&request, now()).map(|received| received.event.into_inner());
    match (check(input), serde_json::from_slice::<Value>(input)) {
        (Ok(text), Ok(value)) => {
            assert_eq!(text.as_bytes(), input);
            assert_eq!(read.ok(), Some(value));
        }
        (Ok(_), Err(error)) => {
            let error = error.to_string();
            // The one number and the one level that `serde_json` has no room for.
            let is_known =
                ["number out of range", "recursion limit"].iter().any(|it| error.starts_with(it));
            assert!(is_known, "only `serde_json` says {error}");
        }
        (Err(malformed), Ok(_)) => {
            let is_stricter =
                matches!(malformed.fault(), Fault::RepeatedMember | Fault::ReservedMember);
            assert!(is_stricter, "only the strict pass says {malformed}");
        }
        (Err(malformed), Err(_)) => assert!(malformed.offset() <= input.len()),
    }
}

/// Any bytes where a credential stands: they are the secret or they are refused.
pub fn schemes(input: &[u8]) {
    let [place, value @ ..] = input else { return };
    let name = HeaderName::from_static("x-token");
    let pair = HeaderPair::username_password("erp", key()).expect("a pair");
    let bearer = || Bearer::new(key()).expect("a token");
    let (scheme, header, right): (Box<dyn Scheme>, _, &[u8]) = match *place % 5 {
        0 => (Box::new(Token::header(name, key()).expect("a token")), "x-token", SECRET.as_bytes()),
        1 => (Box::new(pair), "password", SECRET.as_bytes()),
        2 => {
            (Box::new(bearer().or(Basic::new("erp", key()).expect("a pair"))), "authorization", b"")
        }
        3 => (Box::new(bearer().and(pair)), "authorization", b""),
        _ => (Box::new(Signature::new(Layout::GITHUB, key())), "x-hub-signature-256", b""),
    };
    let headers = [("username", b"erp".as_slice()), (header, value)];
    let request = Request::new("POST", "/", &headers).with_body(input);
    let is_right = match *place % 5 {
        0 | 1 => value == right,
        2 => [b"Bearer ", SECRET.as_bytes()].concat().eq_ignore_ascii_case(value.trim_ascii()),
        // A second proof is missing, and no MAC of these bytes stands in them.
        _ => false,
    };
    let verdict = scheme.verify(&request, now());
    assert!(verdict.is_err() || is_right || *place % 5 == 2, "{}", value.escape_ascii());
    assert!(verdict.is_ok() || !matches!(*place % 5, 0 | 1) || !is_right);
    // In the query, where it is unescaped first.
    let query = String::from_utf8_lossy(value);
    let token = Token::query("token", key()).expect("a token");
    let request = Request::new("POST", "/", &headers).with_query(Some(&query));
    let values: Vec<_> = request.query_values("token").collect();
    let is_right = matches!(&values[..], [value] if value == SECRET);
    assert_eq!(token.verify(&request, now()).is_ok(), is_right, "{query}");
}

/// A request that any bytes are read as.
pub struct Message {
    /// Nearly always `POST`.
    pub method: String,
    /// What stands behind the `?`.
    pub query: String,
    /// Names that are looked at, with any values.
    pub headers: Vec<(&'static str, Vec<u8>)>,
    /// The rest.
    pub body: Vec<u8>,
}

impl Message {
    /// One line a part: the query, then the headers until an empty line, then the body.
    pub fn read(input: &[u8]) -> Self {
        let (method, input) = match input {
            [b'!', rest @ ..] => ("DELETE", rest),
            _ => ("POST", input),
        };
        let mut lines = input.splitn(9, |byte| *byte == b'\n');
        let query = String::from_utf8_lossy(lines.next().unwrap_or_default()).into_owned();
        let mut headers = Vec::new();
        for line in lines.by_ref().take_while(|line| !line.is_empty()) {
            let [name, value @ ..] = line else { continue };
            headers.push((NAMES[usize::from(*name) % NAMES.len()], value.to_vec()));
        }
        let body = lines.next().unwrap_or_default().to_vec();
        Self { method: method.to_owned(), query, headers, body }
    }

    fn request(&self) -> Request<'_> {
        let request = Request::new(&self.method, "/hooks", &self.headers);
        request.with_query(Some(&self.query)).with_body(&self.body)
    }
}

/// The status that this sender's endpoint answers with, all of an event asked for on the way.
pub fn receive(sender: &str, request: &Request<'_>) -> u16 {
    fn by<E: Event>(receiver: &Receiver<E>, request: &Request<'_>) -> u16 {
        let response = match receiver.receive(request, now()) {
            Ok(event) => {
                let key = event.key();
                let told = format!("{event:?} {} {key:?}", event.kind());
                assert!(!told.contains(SECRET), "a secret is printed");
                event.receipt.accepted().into_http(now())
            }
            Err(rejection) => {
                assert!(
                    !format!("{rejection:?} {rejection}").contains(SECRET),
                    "a secret is printed"
                );
                rejection.into_http(now())
            }
        };
        response.status().as_u16()
    }
    let bearer = Bearer::new(key()).expect("a token");
    match sender {
        "cmmshere" => by(&cmmshere::token(key()).expect("a token"), request),
        "monuv" => by(&monuv::token(key()).expect("a token"), request),
        "rabbot" => by(&rabbot::token::<()>(key()).expect("a token"), request),
        "sintegre" => by(&Receiver::<sintegre::ProductPublished>::new(bearer), request),
        "standard_webhooks" => by(&standard_webhooks::receiver(key()), request),
        "voalle" => by(&voalle::token(key()).expect("a token"), request),
        _ => by(&Receiver::<Json<Value>>::new(bearer), request),
    }
}

/// The senders, and JSON of one's own.
pub const SENDERS: [&str; 7] =
    ["cmmshere", "monuv", "rabbot", "sintegre", "standard_webhooks", "voalle", "json"];

fn key() -> Secret {
    Secret::new(SECRET).expect("a secret")
}

fn now() -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(1_767_225_600)
}

/// It is not in the dictionary of the fuzzer, so that no input holds it by chance.
const SECRET: &str = "unguessed-9f27c1d4";

const MEDIA: [&str; 3] = ["application/json", "application/x-www-form-urlencoded", "text/plain"];

const NAMES: [&str; 12] = [
    "authorization",
    "content-encoding",
    "content-length",
    "content-type",
    "password",
    "token",
    "username",
    "webhook-id",
    "webhook-signature",
    "webhook-timestamp",
    "x-api-key",
    "x-hub-signature-256",
];
