//! The endpoints of the table: one configured receiver each, mounted in any framework.
//!
//! All credentials are test constants that protect nothing.

use std::time::Duration;

use http::HeaderName;
use receiver_core::scheme::{
    Basic, Bearer, Encoding, Hash, HeaderPair, Layout, Scheme, Signature, Token, Tolerance,
    dangerous::Anonymous,
};
use receiver_core::testing::Clock;
use receiver_core::{
    Content, Event, InvalidSecret, Json, Key, Receipt, Receiver, Reply, Secret, cmmshere, monuv,
    rabbot, sintegre, standard_webhooks, voalle,
};

use crate::checklist::Checklist;
use crate::own::{Anything, Own};

/// What a framework does with an endpoint: it is one method because every endpoint has its own type.
pub trait Mount {
    /// Puts the receiver at `/name`; the handler answers with `reply`.
    fn mount<E>(&mut self, name: &'static str, receiver: Receiver<E>, reply: fn(Receipt) -> Reply)
    where
        E: Event + Send + 'static;
}

/// Mounts every endpoint of the table.
///
/// # Errors
///
/// When one of the constants below is no secret.
pub fn mount_all(clock: &Clock, on: &mut impl Mount) -> Result<(), InvalidSecret> {
    let mut on = Clocked { clock, on };

    on.scheme("basic", Basic::new("Aladdin", key("open sesame")?)?.with("svc", key(PASSWORD)?)?);
    on.scheme("bearer", Bearer::new(named(TOKEN, "2025")?)?.with(named(NEW_TOKEN, "2026")?)?);
    on.scheme("token", Token::authorization(key(TOKEN)?)?.with(key("two words")?)?);
    on.scheme("token-header", Token::header(GITLAB, key(TOKEN)?)?);
    on.scheme("token-query", Token::query("token", key("correct horse+&=")?)?);
    on.scheme("pair", HeaderPair::username_password("erp", key(PASSWORD)?)?);
    on.scheme("any", Bearer::new(key(TOKEN)?)?.or(Token::query("token", key(NEW_TOKEN)?)?));
    on.scheme("all", signature(Layout::GITHUB)?.and(Token::header(GITLAB, key(TOKEN)?)?));
    on.scheme("open", Anonymous::because("the table shows that it is open"));

    on.scheme("github", signature(Layout::GITHUB)?.with(key("the new key")?));
    on.scheme("sha1", signature(layout(Hash::Sha1, Encoding::Hex).with_prefix("sha1="))?);
    on.scheme("sha256", signature(layout(Hash::Sha256, Encoding::Base64))?);
    on.scheme("sha384", signature(layout(Hash::Sha384, Encoding::Base64Url))?);
    on.scheme("sha512", signature(layout(Hash::Sha512, Encoding::Base64))?);

    let signed = |tolerance| -> Result<_, InvalidSecret> {
        let old = Key::new(Secret::from_whsec(WHSEC)?).with_id("old");
        let new = Key::new(Secret::from_whsec(NEW_WHSEC)?).with_id("new");
        Ok(Signature::standard_webhooks(old).with(new).with_tolerance(tolerance))
    };
    let minute = Duration::from_secs(60);
    on.scheme("exact", signed(Tolerance::both(Duration::ZERO))?);
    on.scheme("lopsided", signed(Tolerance::new(minute, Duration::ZERO))?);
    let receiver = Receiver::<standard_webhooks::Message>::new(signed(Tolerance::default())?);
    on.mount("signed", receiver, Receipt::accepted);

    let receiver = sintegre::basic_or_token(ONS_USER, key(ONS_PASSWORD)?, key(ONS_TOKEN)?)?;
    on.mount("sintegre", receiver, Receipt::accepted);
    on.mount("cmmshere", cmmshere::token(key(CMMSHERE_TOKEN)?)?, Receipt::accepted);
    monuv_and_rabbot(&mut on)?;
    let receiver = voalle::username_password("erp", key(VOALLE_PASSWORD)?)?;
    on.mount("voalle", receiver, Receipt::accepted);
    on.mount("voalle-token", voalle::token(key(VOALLE_TOKEN)?)?, Receipt::accepted);
    let receiver = Receiver::<Json<Own>>::new(Bearer::new(key(OWN_TOKEN)?)?).with_sender("acme");
    let receiver =
        receiver.with_kind(|own| &own.r#type).with_key(|own, key| key.part("id", &own.id));
    on.mount("own", receiver, Receipt::accepted);

    let open = || Anonymous::because("the table is about something else");
    on.mount("tiny", Receiver::<Anything>::new(open()).with_body_limit(16), Receipt::accepted);
    on.mount("nothing", Receiver::<Anything>::new(open()).with_body_limit(0), Receipt::accepted);
    on.mount("json", Receiver::<Json<serde_json::Value>>::new(open()), Receipt::accepted);

    let replies: [(_, Handler); 9] = [
        ("saying", |receipt| receipt.accepted_saying("order 17 is \"booked\"\n")),
        ("with", |receipt| receipt.accepted_with(Content::text("OK"))),
        ("duplicate", Receipt::duplicate),
        ("queued", Receipt::queued),
        ("no-content", Receipt::no_content),
        ("retry", |receipt| receipt.retry_later(Duration::from_millis(90_500))),
        ("gone", Receipt::gone),
        ("settled", |receipt| receipt.settle(Ok::<_, &str>(()))),
        ("failed", |receipt| receipt.settle(Err::<(), _>("the database is away"))),
    ];
    for (name, reply) in replies {
        on.mount(name, Receiver::<Anything>::new(Bearer::new(key(TOKEN)?)?), reply);
    }
    Ok(())
}

/// The senders whose operators say where things stand.
fn monuv_and_rabbot(on: &mut Clocked<'_, impl Mount>) -> Result<(), InvalidSecret> {
    let kinds = monuv::Options::default()
        .with_kind("E130", monuv::Kind::Analytic)
        .with_kind("E140", monuv::Kind::CameraAlert)
        .with_kind("E150", monuv::Kind::QrCode)
        .with_kind("E120", monuv::Kind::PanicButton)
        .with_kind("160", monuv::Kind::CameraStatus);
    let receiver = monuv::token(key(MONUV_TOKEN)?)?.with_options(kinds.clone());
    on.mount("monuv", receiver, Receipt::accepted);
    let receiver = monuv::token_in_header(API_KEY, key(MONUV_TOKEN)?)?.with_options(kinds);
    on.mount("monuv-header", receiver, Receipt::accepted);

    let in_path = || rabbot::Options::default().with_name_in_path();
    on.mount("rabbot", rabbot::token::<()>(key(RABBOT_TOKEN)?)?, Receipt::accepted);
    let receiver = rabbot::token_in_header::<()>(API_KEY, key(RABBOT_TOKEN)?)?;
    on.mount("rabbot-header", receiver, Receipt::accepted);
    let receiver = rabbot::token::<Checklist>(key(RABBOT_TOKEN)?)?.with_options(in_path());
    on.mount("checklist", receiver, Receipt::accepted);
    let receiver = rabbot::token::<()>(key(RABBOT_TOKEN)?)?.with_options(in_path());
    on.mount("current-driver", receiver, |receipt| {
        receipt.accepted_with(serde_json::json!({ "condutor": DRIVER }))
    });
    Ok(())
}

/// What a handler does with the right to answer.
type Handler = fn(Receipt) -> Reply;

/// Gives every receiver the test's clock.
struct Clocked<'c, M> {
    clock: &'c Clock,
    on: &'c mut M,
}

impl<M: Mount> Clocked<'_, M> {
    fn scheme(&mut self, name: &'static str, scheme: impl Scheme + 'static) {
        self.mount(name, Receiver::<Anything>::new(scheme), Receipt::accepted);
    }

    fn mount<E>(&mut self, name: &'static str, receiver: Receiver<E>, reply: fn(Receipt) -> Reply)
    where
        E: Event + Send + 'static,
    {
        self.on.mount(name, receiver.with_clock(self.clock.reader()), reply);
    }
}

fn key(secret: &str) -> Result<Key, InvalidSecret> {
    Secret::new(secret).map(Key::new)
}

fn named(secret: &str, id: &str) -> Result<Key, InvalidSecret> {
    Ok(key(secret)?.with_id(id))
}

fn signature(layout: Layout) -> Result<Signature, InvalidSecret> {
    Ok(Signature::new(layout, key(SIGNING_KEY)?))
}

const fn layout(hash: Hash, encoding: Encoding) -> Layout {
    Layout::body(HeaderName::from_static("x-signature"), hash, encoding)
}

const API_KEY: HeaderName = HeaderName::from_static("x-api-key");
/// Who the endpoint `current-driver` says drives.
const DRIVER: &str = "condutor@exemplo.invalid";
const GITLAB: HeaderName = HeaderName::from_static("x-gitlab-token");

/// The user name at the endpoint `sintegre`.
pub const ONS_USER: &str = "ons-user";
/// The password at the endpoint `sintegre`, with colons.
pub const ONS_PASSWORD: &str = "pa:ss:word-83b1";
/// The bare token at the endpoint `sintegre`.
pub const ONS_TOKEN: &str = "sintegre-token-5d0c";
/// The token at the endpoint `cmmshere`.
pub const CMMSHERE_TOKEN: &str = "cmmshere-token-a41e";
/// The token at the endpoints of Monuv.
pub const MONUV_TOKEN: &str = "monuv-token-3e58";
/// The token at the endpoints of Rabbot.
pub const RABBOT_TOKEN: &str = "rabbot-token-81cd";
/// The password at the endpoint `voalle`.
pub const VOALLE_PASSWORD: &str = "voalle pass:word-c64a";
/// The token at the endpoint `voalle-token`.
pub const VOALLE_TOKEN: &str = "voalle-token-2b97";
/// The token at the endpoint `own`.
pub const OWN_TOKEN: &str = "own-token-77f2";
/// The password of the second user of `basic`, and of `pair`.
pub const PASSWORD: &str = "pa:ss:word";
/// The token of most endpoints with one.
pub const TOKEN: &str = "correct-horse-6b1f";
/// The token beside it.
pub const NEW_TOKEN: &str = "battery-staple-90aa";
/// The key of the endpoints that want a signature over the body.
pub const SIGNING_KEY: &str = "signing-key-c2d9";
/// The first key of the endpoint `signed`.
pub const WHSEC: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
/// The second key of the endpoint `signed`.
pub const NEW_WHSEC: &str = "whsec_c3ludGhldGljLXRlc3Qta2V5LW51bWJlci0y";
