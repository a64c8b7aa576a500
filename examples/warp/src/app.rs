//! Webhook endpoints on warp: routes, handlers, credentials. Copy this file.

use std::convert::Infallible;
use std::env::VarError;
use std::future::ready;

use receiver_core::scheme::{Basic, Bearer, Scheme as _, Signature, Token};
use receiver_core::sintegre::ProductPublished;
use receiver_core::standard_webhooks::Message;
use receiver_core::warp::handle;
use receiver_core::{InvalidSecret, Json, Received, Receiver, Reply, Secret};
use receiver_core::{cmmshere, monuv, rabbot, voalle};
use serde::{Deserialize, Deserializer, Serialize, de};
use serde_json::json;
use warp::http::{HeaderName, Method, Response, StatusCode, header};
use warp::path::{self, FullPath, path};
use warp::{Filter, Rejection, any, reject};

/// The routes. Methods are the receivers' business, which answer a wrong one as it should be.
pub fn app(
    receivers: Receivers,
) -> impl Filter<Extract = (impl warp::Reply,), Error = Infallible> + Clone {
    webhook("sintegre")
        .and(handle(receivers.sintegre, product))
        .or(webhook("cmmshere").and(handle(receivers.cmmshere, maintenance)))
        .or(webhook("monuv").and(handle(receivers.monuv, alert)))
        .or(webhook("rabbot").and(handle(receivers.rabbot, fleet)))
        .or(webhook("voalle").and(handle(receivers.voalle, erp)))
        .or(webhook("signed").and(handle(receivers.signed, message)))
        .or(webhook("own").and(handle(receivers.own, own)))
        .or(path("health").and(end()).and(warp::method()).then(health))
        .or(any().then(not_found))
}

/// Matches `/webhooks/NAME`.
fn webhook(name: &'static str) -> impl Filter<Extract = (), Error = Rejection> + Clone {
    path("webhooks").and(path(name)).and(end())
}

/// Matches when nothing is left of the path, not even a slash, with which `path::end` would do.
///
/// It stands behind the path's segments, because `path::full` panics where there is no path, as in
/// `POST host:80`.
fn end() -> impl Filter<Extract = (), Error = Rejection> + Clone {
    let is_exact = |path: FullPath| {
        ready(if path.as_str().ends_with('/') { Err(reject::not_found()) } else { Ok(()) })
    };
    path::end().and(path::full()).and_then(is_exact).untuple_one()
}

/// A data product was published.
async fn product(received: Received<ProductPublished>) -> Reply {
    // Your work goes here. The sender waits and repeats what fails, so do little: store the event,
    // under `received.key()` where it has one, and answer `received.receipt.settle(stored)`,
    // which asks for a repetition when storing failed. Download `received.event.url` later, from
    // what is stored.
    received.receipt.accepted()
}

/// Something happened to a work request, a work order, a client or an asset.
async fn maintenance(received: Received<cmmshere::Event>) -> Reply {
    received.receipt.accepted()
}

/// A camera saw something, or somebody pressed the panic button.
async fn alert(received: Received<monuv::Event>) -> Reply {
    // The answer says what was understood: Monuv's test button shows it.
    let understood = received.event.understood();
    received.receipt.accepted_saying(understood)
}

/// Something happened to a vehicle, or Rabbot asks for a value.
async fn fleet(received: Received<rabbot::Event>) -> Reply {
    if received.event.is_question {
        // What is answered here is what Rabbot stores: look it up by `received.event.fields`.
        return received.receipt.accepted_with(json!({ "condutor": null }));
    }
    received.receipt.accepted()
}

/// Contracts, connections, tickets or titles changed: one, or several at once.
async fn erp(received: Received<voalle::Event>) -> Reply {
    // The ERP's operators read the text in their list of deliveries.
    let changes = received.event.changes.len();
    received.receipt.accepted_saying(format!("{changes} received"))
}

/// A message of any sender that signs as Standard Webhooks says; `received.event.read::<T>()` reads
/// it as a `T`.
async fn message(received: Received<Message>) -> Reply {
    received.receipt.accepted()
}

/// A message of a sender of one's own.
async fn own(received: Received<Json<Own>>) -> Reply {
    received.receipt.accepted()
}

async fn health(method: Method) -> impl warp::Reply {
    if matches!(method, Method::GET | Method::HEAD) {
        answer(StatusCode::OK, header::CONTENT_TYPE, "application/json", r#"{"status":"ok"}"#)
    } else {
        answer(StatusCode::METHOD_NOT_ALLOWED, header::ALLOW, "GET,HEAD", "")
    }
}

async fn not_found() -> impl warp::Reply {
    let problem = r#"{"type":"urn:receiver:problem:not-found","title":"There is no endpoint at this path","status":404}"#;
    answer(StatusCode::NOT_FOUND, header::CONTENT_TYPE, "application/problem+json", problem)
}

fn answer(
    status: StatusCode,
    name: HeaderName,
    value: &'static str,
    body: &'static str,
) -> impl warp::Reply {
    warp::reply::with_status(warp::reply::with_header(Response::new(body), name, value), status)
}

/// What a sender of one's own sends: any type that serde reads is an event. `Serialize` is for
/// storing it.
#[derive(Debug, Deserialize, Serialize)]
pub struct Own {
    /// The event's id, by which a redelivery is recognised.
    #[serde(deserialize_with = "not_empty")]
    pub id: String,
    /// What happened.
    #[serde(rename = "type")]
    pub kind: String,
    /// When it happened.
    pub created: Option<jiff::Timestamp>,
    /// A number.
    pub n: Option<i64>,
    /// Where to read more.
    pub url: Option<url::Url>,
}

fn not_empty<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    let text = String::deserialize(from)?;
    if text.is_empty() {
        return Err(de::Error::invalid_value(de::Unexpected::Str(""), &"non-empty text"));
    }
    Ok(text)
}

/// An endpoint each, with the credentials of its sender.
#[derive(Clone, Debug)]
pub struct Receivers {
    sintegre: Receiver<ProductPublished>,
    cmmshere: Receiver<cmmshere::Event>,
    monuv: Receiver<monuv::Event>,
    rabbot: Receiver<rabbot::Event>,
    voalle: Receiver<voalle::Event>,
    signed: Receiver<Message>,
    own: Receiver<Json<Own>>,
}

impl Receivers {
    /// Takes the credentials from the environment, with [`std::env::var`], or from wherever else
    /// `var` finds them:
    ///
    /// * `SINTEGRE_USERNAME` and `SINTEGRE_PASSWORD`, or `SINTEGRE_TOKEN`, or both;
    /// * `CMMSHERE_TOKEN`, `MONUV_TOKEN`, `RABBOT_TOKEN`;
    /// * `VOALLE_USERNAME` and `VOALLE_PASSWORD`;
    /// * `SIGNED_SECRET`, `whsec_` and base64, several separated by a space;
    /// * `OWN_TOKEN`.
    ///
    /// # Errors
    ///
    /// What is missing or set badly, by its name and without its value.
    pub fn from_env(
        var: impl Fn(&'static str) -> Result<String, VarError>,
    ) -> Result<Self, String> {
        let text = |name| match var(name) {
            Ok(text) => Ok(Some(text)),
            Err(VarError::NotPresent) => Ok(None),
            Err(VarError::NotUnicode(_)) => Err(format!("{name} is not UTF-8")),
        };
        let secret = |name| text(name)?.map(Secret::new).transpose().map_err(bad(name));
        let required = |name| secret(name)?.ok_or_else(|| format!("{name} is not set"));

        let (user, password) = (secret("SINTEGRE_USERNAME")?, secret("SINTEGRE_PASSWORD")?);
        if user.is_some() != password.is_some() {
            return Err("of SINTEGRE_USERNAME and SINTEGRE_PASSWORD only one is set".to_owned());
        }
        let basic = user.zip(password).map(|(user, password)| Basic::new(user.expose(), password));
        let basic = basic.transpose().map_err(bad("SINTEGRE_USERNAME and SINTEGRE_PASSWORD"))?;
        let token = secret("SINTEGRE_TOKEN")?.map(Token::authorization);
        let sintegre = match (basic, token.transpose().map_err(bad("SINTEGRE_TOKEN"))?) {
            (Some(basic), Some(token)) => Receiver::new(basic.or(token)),
            (Some(basic), None) => Receiver::new(basic),
            (None, Some(token)) => Receiver::new(token),
            (None, None) => {
                return Err(
                    "set SINTEGRE_USERNAME and SINTEGRE_PASSWORD, or SINTEGRE_TOKEN".to_owned()
                );
            }
        };

        let cmmshere =
            cmmshere::token(required("CMMSHERE_TOKEN")?).map_err(bad("CMMSHERE_TOKEN"))?;

        // The ids are those that your operators enter at Monuv as "ID externo" of an event.
        let monuv = monuv::token(required("MONUV_TOKEN")?).map_err(bad("MONUV_TOKEN"))?;
        let monuv = monuv.with_options(
            monuv::Options::default()
                .with_kind("E130", monuv::Kind::Analytic)
                .with_kind("E120", monuv::Kind::PanicButton),
        );

        let rabbot = rabbot::token(required("RABBOT_TOKEN")?).map_err(bad("RABBOT_TOKEN"))?;

        let user = required("VOALLE_USERNAME")?;
        let voalle = voalle::username_password(user.expose(), required("VOALLE_PASSWORD")?)
            .map_err(bad("VOALLE_USERNAME and VOALLE_PASSWORD"))?;

        let secrets = text("SIGNED_SECRET")?.ok_or("SIGNED_SECRET is not set")?;
        let mut keys = secrets.split_whitespace().map(Secret::from_whsec);
        let signature = keys.next().unwrap_or(Err(InvalidSecret::Empty)).and_then(|key| {
            let signature = Signature::standard_webhooks(key);
            keys.try_fold(signature, |signature, key| Ok(signature.with(key?)))
        });
        let signed = Receiver::new(signature.map_err(bad("SIGNED_SECRET"))?);

        let own = Bearer::new(required("OWN_TOKEN")?).map_err(bad("OWN_TOKEN"))?;
        let own = Receiver::<Json<Own>>::new(own)
            .with_sender("own")
            .with_kind(|own| &own.kind)
            .with_key(|own, key| key.part("id", &own.id));

        Ok(Self { sintegre, cmmshere, monuv, rabbot, voalle, signed, own })
    }
}

fn bad(name: &'static str) -> impl Fn(InvalidSecret) -> String {
    move |invalid| format!("{name}: {invalid}")
}
