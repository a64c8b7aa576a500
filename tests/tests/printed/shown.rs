//! A value of each public type that holds whatever secret it can.
#![expect(
    unused_qualifications,
    reason = "a row names the public path, however its type was imported"
)]

use std::collections::BTreeMap;
use std::fmt::{self, Debug, Display};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use receiver_core::explain::Explain;
use receiver_core::handshake::{cloud_events, meta};
use receiver_core::scheme::dangerous::Anonymous;
use receiver_core::scheme::{
    AllOf, AnyOf, Basic, Bearer, Ed25519, HeaderPair, Layout, PerTenant, Scheme as _, TenantAt,
    Token,
};
use receiver_core::testing::{Credential, Outgoing};
use receiver_core::wire::fields::{Field, FromField, Value};
use receiver_core::wire::{Private, caseless::Caseless};
use receiver_core::{
    Cause, Content, Delivery, Event, EventKey, Headers, Json, Key, NotJson, Notice, ParseError,
    Proof, Receipt, Received, Receiver, Rejection, Reply, Request, Secret, cmmshere, event,
    explain, handshake, json, monuv, rabbot, request, samples, scheme, sintegre, testing, voalle,
    wire,
};
use receiver_tests::marked;

/// What types print, by one of their paths.
#[derive(Default)]
pub(crate) struct Shown(Vec<(String, String)>);

impl Shown {
    pub(crate) fn rows(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }

    pub(crate) fn add(&mut self, path: &str, value: &dyn Debug, displayed: Option<String>) {
        let path = path.split('<').next().unwrap_or(path).to_owned();
        self.0.push((path, format!("{value:?} {value:#?} {}", displayed.unwrap_or_default())));
    }
}

/// Prints a value under the paths of its type, which the compiler checks; with `Display`, if there is
/// one: the method is found on the first `impl` that fits.
macro_rules! show {
    ($to:expr; $($path:ty),+ => $value:expr) => {{
        $(
            let value: &$path = $value;
            $to.add(stringify!($path), value, (&&Print(value)).displayed());
        )+
    }};
}

struct Print<'a, T: ?Sized>(&'a T);

trait Displayed {
    fn displayed(&self) -> Option<String>;
}

impl<T: Display> Displayed for &Print<'_, T> {
    fn displayed(&self) -> Option<String> {
        Some(self.0.to_string())
    }
}

trait NotDisplayed {
    fn displayed(&self) -> Option<String> {
        None
    }
}

impl<T> NotDisplayed for &&Print<'_, T> {}

pub(crate) fn show_all() -> Shown {
    let mut shown = Shown::default();
    show_schemes(&mut shown);
    show_deliveries(&mut shown);
    show_refusals(&mut shown);
    show_events(&mut shown);
    show_tools(&mut shown);
    show_wire(&mut shown);
    shown
}

fn show_schemes(to: &mut Shown) {
    let bearer = || Bearer::new(key()).expect("a token");
    show!(to; Secret => &secret());
    show!(to; Key => &key());
    show!(to; scheme::Basic => &Basic::new(OTHER, key()).expect("credentials"));
    show!(to; scheme::Bearer => &bearer());
    show!(to; scheme::Token => &Token::query("token", key()).expect("a token"));
    show!(to; scheme::HeaderPair => &HeaderPair::username_password(OTHER, key()).expect("a pair"));
    let signature = scheme::Signature::new(Layout::GITHUB, key());
    let signature = signature.with_public_url(marked::LINK).expect("a URL");
    show!(to; scheme::Signature => &signature);
    let request = Request::new("POST", "/hooks", &[("a", "b")]).with_body(TEXT);
    show!(to; scheme::Signed => &signature.sign_request(&request, OTHER, now()).expect("it signs"));
    let public = || scheme::PublicKey::from_hex(PUBLIC).expect("a key");
    show!(to; scheme::PublicKey => &public());
    let ed25519 = Ed25519::discord(public()).with_public_url(marked::LINK);
    show!(to; scheme::Ed25519 => &ed25519.expect("a URL"));
    show!(to; scheme::AnyOf => &(bearer().or(bearer()) as AnyOf));
    show!(to; scheme::AllOf => &(bearer().and(bearer()) as AllOf));
    let tenants = PerTenant::new(
        TenantAt::LastSegment,
        key(),
        |_| Ok(Some(key())),
        |key| Bearer::new(key).expect("a token"),
    );
    show!(to; scheme::PerTenant<_> => &tenants);
}

/// What a delivery that is proven becomes.
fn show_deliveries(to: &mut Shown) {
    let receiver = Receiver::<Json<serde_json::Value>>::new(Bearer::new(key()).expect("a token"));
    let receiver = receiver.with_key(|_, key| key.part("id", "1"));
    let bearer = format!("Bearer {TOKEN}");
    let headers =
        [("authorization", &*bearer), ("content-type", "application/json"), ("x-key", OTHER)];
    let body = format!(r#"{{"email":"{TEXT}"}}"#);
    let request = Request::new("POST", "/hooks?token=marker/query+c2d9", &headers).with_body(&body);
    show!(to; Receiver<_> => &receiver);
    show!(to; Request<'_>, request::Request<'_> => &request);
    show!(to; Headers<'_>, request::Headers<'_> => &request.headers());
    show!(to; request::Payload<'_> => &request::Payload::Borrowed(body.as_bytes()));
    show!(to; Delivery<'_> => &receiver.verify(&request, now()).expect("a proof"));
    let proven = receiver.receive(&request, now()).expect("an event");
    show!(to; Received<_> => &proven);
    show!(to; Json<_>, event::Json<_> => &proven.event);
    show!(to; event::JsonOptions<u8> => &event::JsonOptions::default());
    show!(to; Proof, scheme::Proof => &proven.proof);
    show!(to; Receipt => &proven.receipt);
    show!(to; EventKey, event::EventKey => &proven.key().expect("a key"));
    show!(to; Content => &Content::text(TEXT));
    let unfit = BTreeMap::from([(vec![TEXT], TEXT)]);
    show!(to; NotJson => &Content::json(&unfit).expect_err("a name that is a list"));
    show!(to; Reply => &proven.receipt.accepted_with(Content::text(TEXT)));
}

/// What becomes of one that is not, or is no event.
fn show_refusals(to: &mut Shown) {
    let receiver = Receiver::<Told>::new(Anonymous::because("the test is about what is refused"));
    show!(to; scheme::dangerous::Anonymous => &Anonymous::because("it is"));
    let media = format!("text/{}", TEXT.replace('/', "-"));
    for (media, body) in [
        ("application/json", format!(r#"{{"a":"{TEXT}","#)),
        ("application/json", format!(r#"{{"a":"{TEXT}","a":1}}"#)),
        ("application/json", format!(r#"["{TEXT}"]"#)),
        (&*media, "{}".to_owned()),
    ] {
        let headers = [("content-type", media)];
        let request = Request::new("POST", "/", &headers).with_body(&body);
        let refused = receiver.receive(&request, now()).expect_err("it is no event");
        show!(to; Rejection => &refused);
        show!(to; Cause => refused.cause());
        if let Cause::Parse(error) = refused.cause() {
            show!(to; ParseError => error);
            match error {
                ParseError::Malformed(malformed) => show!(to; json::Malformed => malformed),
                ParseError::Shape(shape) => show!(to; json::Shape => shape),
                _ => {}
            }
        }
        // `Told` answers with what it is given, as it prints itself.
        let notice = String::from_utf8_lossy(refused.into_http(now()).body()).into_owned();
        assert!(notice.contains("Problem {"), "{notice}");
        to.add("Notice", &format_args!("{notice}"), None);
        to.add("Problem", &format_args!("{notice}"), None);
    }
}

/// Every sample of every sender, with a marker in what is somebody's.
fn show_events(to: &mut Shown) {
    for sample in samples::all() {
        let body = String::from_utf8(marked::body(sample, is_personal)).expect("text");
        let Some((_, event)) = marked::read(sample.sender, &body) else { continue };
        let name = match sample.sender {
            "sintegre" => "ProductPublished",
            "standard_webhooks" => "Message",
            _ => "Event",
        };
        to.add(&format!("{}::{name}", sample.sender), &event, None);
    }
    let new = format!(r#"{{"CompanyId":1,"ActionType":0,"New":{{"Name":"{TEXT}"}}}}"#);
    show!(to; voalle::Event => &marked::event::<voalle::Event>(&new).expect("an event"));
    let new = format!(
        r#"{{"created":"2026-01-15T12:30:00Z","type":"new.created","data":{{"object":{{"id":"1","a":"{TEXT}"}}}}}}"#
    );
    let event = marked::event::<cmmshere::Event>(&new).expect("an event");
    if let cmmshere::Subject::Other(unread) = &event.subject {
        show!(to; cmmshere::Subject => &event.subject);
        show!(to; wire::Unread => unread);
    }
    let link = sintegre::DownloadLink::from(marked::LINK.to_owned());
    show!(to; sintegre::DownloadLink => &link);
    let body = format!(r#"{{"checklist":"x","cliente":"{TEXT}"}}"#);
    let event = marked::event::<rabbot::Event<()>>(&body).expect("an event");
    show!(to; wire::fields::Fields => &event.fields);
    let Printed(value) = event.fields.read(Field::new(&["cliente"])).expect("a value");
    to.add("wire::fields::Value", &format_args!("{value}"), None);
    show!(to; rabbot::Plate => &PLATE.parse().expect("a plate"));
    show!(to; monuv::Options => &monuv::Options::default().with_token_parameter("key"));
    show!(to; rabbot::Options => &rabbot::Options::default().with_token_parameter("key"));
    show!(to; rabbot::NotPlate => &TEXT.parse::<rabbot::Plate>().expect_err("no plate"));
    show!(to; monuv::UnknownKind => &TEXT.parse::<monuv::Kind>().expect_err("no kind"));
}

/// What explains, what asks before it sends, and what tests send.
fn show_tools(to: &mut Shown) {
    let headers = [("x-hub-signature-256", OTHER), ("x-tenant", TOKEN)];
    let request = Request::new("POST", "/hooks?token=marker/query+c2d9", &headers).with_body(TEXT);
    let explain = Explain::new(Layout::GITHUB, key());
    show!(to; explain::Explain => &explain);
    let explanation = explain.request(&request, now());
    show!(to; explain::Explanation => &explanation);
    explanation.findings().iter().for_each(|found| show!(to; explain::Finding => found));
    let signed = scheme::Signature::new(Layout::GITHUB, key()).sign("", now(), TEXT.as_bytes());
    let changed = format!("{TEXT}\n");
    let request = Request::new("POST", "/", &signed).with_body(&changed);
    for found in explain.request(&request, now()).hypotheses() {
        show!(to; explain::Hypothesis => found);
        found.changes().iter().for_each(|change| show!(to; explain::Change => change));
    }

    let asked = |token: &str| {
        let query =
            format!("/?hub.mode=subscribe&hub.challenge={CHALLENGE}&hub.verify_token={token}");
        let none: [(&str, &str); 0] = [];
        meta::answer(&Request::new("GET", &query, &none), &Secret::new(META).expect("a secret"))
    };
    show!(to; handshake::Answer => &asked(META).expect("an answer"));
    show!(to; handshake::Refused => &asked(CHALLENGE).expect_err("another token"));
    show!(to; handshake::cloud_events::Allowed => &cloud_events::Allowed::origins(["a.example"]));

    let credential = Credential::basic(OTHER, secret()).with_public_url(marked::LINK);
    show!(to; testing::Credential => &credential);
    let outgoing =
        Outgoing::json("/hooks?token=marker/query+c2d9", TEXT).with_header("x-key", OTHER);
    show!(to; testing::Outgoing => &outgoing.clone().with_credential(credential));
    let error = outgoing.with_header("x\n", OTHER).request(now()).expect_err("no header");
    show!(to; testing::Unsendable => &error);
}

fn show_wire(to: &mut Shown) {
    let private = || Private::from(TEXT.to_owned());
    show!(to; wire::Private => &private());
    show!(to; wire::caseless::Caseless<_> => &Caseless(private()));
    show!(to; wire::decimal::NotDecimal => &TEXT.parse::<wire::decimal::Decimal>().expect_err("none"));
}

/// The control: a type that leaks by its `Display` alone.
pub(crate) fn show_planted(to: &mut Shown) {
    #[derive(Debug)]
    struct Planted;
    impl Display for Planted {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(TOKEN)
        }
    }
    show!(to; Planted => &Planted);
}

/// Whether a text names somebody, tells where to find them, or holds a link. The place of a company is
/// the provider's own.
fn is_personal(place: &str) -> bool {
    let mut names = place.rsplit('/').filter(|name| name.parse::<usize>().is_err());
    let name = names.next().unwrap_or_default().to_ascii_lowercase();
    PERSONAL.split(' ').any(|known| known == name) && !place.ends_with("CompanyPlace/Name")
}

/// What a field's value prints.
struct Printed(String);

impl FromField for Printed {
    const EXPECTED: &str = "a value";

    fn from_value(value: &Value) -> Option<Self> {
        Some(Self(format!("{value:?} {value:#?}")))
    }
}

/// Answers with what it is told, as it prints itself.
#[derive(Debug)]
struct Told;

impl Event for Told {
    type Options = ();
    const SENDER: &'static str = "told";

    fn from_delivery(delivery: &Delivery<'_>, (): &()) -> Result<Self, ParseError> {
        #[derive(serde::Deserialize)]
        struct Body {}
        delivery.json::<Body>().map(|Body {}| Self)
    }

    fn kind(&self) -> &'static str {
        "none"
    }

    fn key(&self, _: EventKey) -> Option<EventKey> {
        None
    }

    fn answer(notice: &Notice<'_>) -> Content {
        Content::text(format!("{notice:?} {notice:#?}"))
    }
}

fn secret() -> Secret {
    Secret::new(TOKEN).expect("a secret")
}

fn key() -> Key {
    Key::new(secret()).with_id("2026")
}

fn now() -> SystemTime {
    UNIX_EPOCH.checked_add(Duration::from_secs(1_767_225_600)).expect("a time")
}

pub(crate) const MARKERS: [&str; 8] =
    [TOKEN, OTHER, TEXT, marked::LINKED, META, CHALLENGE, PLATE, "marker/query+c2d9"];

const TOKEN: &str = "marker/token+5d0c";
const OTHER: &str = "marker/other+90aa";
const TEXT: &str = marked::TEXT;
const META: &str = "marker-verify-1d07";
const CHALLENGE: &str = "marker-challenge-77f2";

const PLATE: &str = "QZX9W87";

/// RFC 8032, section 7.1, test 1.
const PUBLIC: &str = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";

/// Members of the senders' bodies that name somebody, tell where to find them, or hold a link.
const PERSONAL: &str = "ap_materno ap_paterno caracteristicas ciudad descripcion direccion email nombre \
    nombre_comercial nombre_legal nro_id pais telefono titulo username camera_name \
    event_description event_thumb event_url user_id placa condutor url addresslist cellphone \
    city citycode clientname clienttxid companyplacetxid companytxid complement \
    contractdescription login mac name neighborhood parentcontract password phone postalcode \
    report state street title txid user token";
