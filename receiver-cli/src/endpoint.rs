//! Endpoints for every sender that is known, each under its name.

use std::collections::BTreeMap;
use std::time::SystemTime;

use bytes::Bytes;
use http::{HeaderValue, Method, Response, header};
use receiver_core::explain::Explain;
use receiver_core::samples::Sample;
use receiver_core::scheme::{InvalidUrl, KeyForm, Signature, catalog};
use receiver_core::{
    Delivery, Event, EventKey, InvalidSecret, ParseError, Receiver, Rejection, Request,
};

use crate::Failure;
use crate::config::Config;

pub(crate) use built_in::{BUILT_IN, BuiltIn};

mod built_in;

/// How deliveries are judged at one path.
pub(crate) struct Endpoint {
    judge: Box<Judge>,
    /// For senders that sign.
    explain: Option<Explain>,
}

type Judge = dyn Fn(&Request<'_>, SystemTime) -> Verdict + Send + Sync;

/// What becomes of a delivery.
pub(crate) struct Verdict {
    pub(crate) is_valid: bool,
    /// What happened, in the sender's words.
    pub(crate) kind: Option<String>,
    /// The name of the key that matched.
    pub(crate) key_id: Option<String>,
    /// By what a redelivery is recognised.
    pub(crate) event_key: Option<String>,
    /// The word that a log would have for it.
    pub(crate) reason: &'static str,
    /// What is wrong, and for a signature what would make it right.
    pub(crate) why: Vec<String>,
    pub(crate) response: Response<Bytes>,
}

impl Endpoint {
    /// An endpoint that reads this event.
    fn reading<E: Event + 'static>(receiver: Receiver<E>) -> Self {
        let judge = move |request: &Request<'_>, now| match receiver.receive(request, now) {
            Ok(accepted) => Verdict {
                is_valid: true,
                kind: Some(accepted.kind().to_owned()),
                key_id: Some(accepted.proof.key().to_string()),
                event_key: accepted.key().map(|key| key.to_string()),
                reason: "accepted",
                why: Vec::new(),
                response: accepted.receipt.accepted().into_http(now),
            },
            Err(rejection) => refused(rejection, now),
        };
        Self { judge: Box::new(judge), explain: None }
    }

    /// An endpoint for any content that is signed so.
    fn signed(name: &str, scheme: Signature) -> Self {
        let receiver = Receiver::<Anything>::new(scheme).with_sender(name);
        let judge = move |request: &Request<'_>, now| {
            let verified = receiver.verify(request, now);
            let proven = verified.map(|it| (kind_of(&it), it.proof().key().to_string()));
            match proven {
                Ok((kind, key)) => Verdict {
                    is_valid: true,
                    kind,
                    key_id: Some(key),
                    event_key: None,
                    reason: "accepted",
                    why: Vec::new(),
                    response: accepted(),
                },
                Err(rejection) => refused(rejection, now),
            }
        };
        Self { judge: Box::new(judge), explain: None }
    }

    pub(crate) fn judge(&self, request: &Request<'_>, now: SystemTime) -> Verdict {
        let mut verdict = (self.judge)(request, now);
        if let Some(explain) = self.explain.as_ref().filter(|_| !verdict.is_valid) {
            verdict.why.extend(crate::scheme::reasons(&explain.request(request, now)));
        }
        verdict
    }
}

/// What the SDK answers to a delivery that is accepted.
fn accepted() -> Response<Bytes> {
    let mut response = Response::new(Bytes::from_static(br#"{"status":"accepted"}"#));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

fn refused(rejection: Rejection, now: SystemTime) -> Verdict {
    Verdict {
        is_valid: false,
        kind: None,
        key_id: None,
        event_key: None,
        reason: rejection.cause().reason(),
        why: vec![rejection.to_string()],
        response: rejection.into_http(now),
    }
}

/// The endpoints of all senders: the built-in ones, the catalogue's, the configuration's own.
///
/// `secret` gives the secret of a name, in the form of its key.
pub(crate) fn all(
    config: Config,
    public_url: &str,
    secret: impl Fn(&str, KeyForm) -> Result<String, Failure>,
) -> Result<BTreeMap<String, Endpoint>, Failure> {
    let mut endpoints = BTreeMap::new();
    let unusable = |name: &str, error: InvalidSecret| {
        Failure::new(format!("the secret of {name} cannot be used: {error}"))
    };
    for it in BUILT_IN {
        let secret = secret(it.name, it.key_form)?;
        let endpoint = (it.make)(&secret).map_err(|error| unusable(it.name, error))?;
        endpoints.insert(it.name.to_owned(), endpoint);
    }
    let rows = catalog::senders().map(|row| (row.name().to_owned(), row.layout().clone()));
    let rows = rows.filter(|(name, _)| BUILT_IN.iter().all(|it| it.name != name));
    for (name, layout) in rows.chain(config.schemes) {
        let text = secret(&name, layout.key_form())?;
        let key = layout.secret(&text).map_err(|error| unusable(&name, error))?;
        let url = format!("{public_url}/webhooks/{name}");
        let scheme = Signature::new(layout.clone(), key.clone());
        let scheme = scheme.with_public_url(&url).map_err(about_url)?;
        let explain = Explain::new(layout, key).with_public_url(&url).map_err(about_url)?;
        let endpoint = Endpoint { explain: Some(explain), ..Endpoint::signed(&name, scheme) };
        endpoints.insert(name, endpoint);
    }
    Ok(endpoints)
}

fn about_url(error: InvalidUrl) -> Failure {
    Failure::new(format!("--public-url: {error}"))
}

/// What kind of event a sample is.
pub(crate) fn kind(sample: &Sample) -> Result<String, Failure> {
    let of_sender = BUILT_IN.iter().find(|it| it.sample_name() == sample.sender);
    let mut headers = vec![("webhook-id", "msg_1")];
    headers.extend(sample.content_type.map(|media| ("content-type", media)));
    let request = Request::new(sample.method, "/", &headers).with_query(sample.query);
    let request = request.with_body(sample.body);
    let verdict = of_sender.map(|it| (it.open)().judge(&request, SystemTime::UNIX_EPOCH));
    verdict.and_then(|verdict| verdict.kind).ok_or_else(|| {
        Failure::new(format!("the sample {}/{} cannot be read", sample.sender, sample.name))
    })
}

/// What is signed by a sender whose events this program does not read.
struct Anything;

impl Event for Anything {
    type Options = ();

    const SENDER: &'static str = "signed";

    const METHODS: &'static [Method] =
        &[Method::POST, Method::PUT, Method::PATCH, Method::GET, Method::DELETE];

    fn from_delivery(_: &Delivery<'_>, (): &()) -> Result<Self, ParseError> {
        Ok(Self)
    }

    fn kind(&self) -> &'static str {
        "signed"
    }

    fn key(&self, _: EventKey) -> Option<EventKey> {
        None
    }
}

/// What happened, where senders usually say so: in a header, or in a member of the body.
fn kind_of(delivery: &Delivery<'_>) -> Option<String> {
    let mut in_header = None;
    delivery.request().headers().visit(&mut |name, value| {
        if KIND_HEADERS.iter().any(|it| it.eq_ignore_ascii_case(name)) {
            in_header = std::str::from_utf8(value).ok().map(str::to_owned);
        }
    });
    let body: Option<serde_json::Value> = delivery.json().ok();
    let member = |name: &&str| Some(body.as_ref()?.get(name)?.as_str()?.to_owned());
    in_header.or_else(|| KIND_MEMBERS.iter().find_map(member))
}

const KIND_HEADERS: [&str; 4] =
    ["x-github-event", "x-gitea-event", "x-shopify-topic", "x-wc-webhook-topic"];

const KIND_MEMBERS: [&str; 5] = ["type", "event", "event_type", "event_name", "topic"];
