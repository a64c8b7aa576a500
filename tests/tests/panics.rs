//! A handler that panics while it holds a delivery: neither what it says, nor the log, nor what is
//! answered holds a secret.
#![expect(clippy::panic, reason = "the test is about panics")]
#![expect(clippy::expect_used, reason = "a test that cannot go on fails, and says where")]

use std::cell::RefCell;
use std::fmt::Debug;
use std::future::{Future, ready};
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::Once;

use actix_web::dev::Service as _;
use actix_web::test::init_service;
use actix_web::{App, web};
use axum::Router;
use axum::routing::any;
use bytes::Bytes;
use http_body_util::Full;
use receiver_core::testing::{Credential, Outgoing, to_actix};
use receiver_core::{
    Delivery, Event, EventKey, Json, ParseError, Received, Receiver, Reply, Secret, cmmshere,
};
use receiver_tests::{leak, log, marked};
use serde_json::Value;
use tower::ServiceExt as _;
use warp::Filter as _;

#[test]
fn a_handler_that_panics_tells_no_secret() {
    for (name, play) in frameworks::<Json<Value>>() {
        for panic in panics() {
            assert_eq!(complaint(|| play(panic, MARKED)), None, "{name}");
        }
    }
    for (name, play) in frameworks::<cmmshere::Event>() {
        for panic in panics() {
            assert_eq!(complaint(|| play(panic, MARKED_EVENT)), None, "{name}");
        }
    }
}

#[test]
fn an_event_whose_reading_panics_tells_no_secret() {
    for (name, play) in frameworks::<Broken>() {
        assert_eq!(complaint(|| play(|_| panic!("it is not called"), MARKED)), None, "{name}");
    }
}

/// The controls: a panic that tells what it holds, one that logs it, and none.
#[test]
fn a_panic_that_tells_a_secret_is_found() {
    let tells: [Handler<Json<Value>>; 4] = [
        |received| panic!("{}", String::from_utf8_lossy(&received.body)),
        |received| panic!("{:?}", received.body.to_vec()),
        |received| panic!("{:?}", received.event.get("email")),
        |received| {
            tracing::trace!(body = ?received.body, "about to panic");
            panic!("a mistake")
        },
    ];
    for (name, play) in frameworks() {
        for panic in tells {
            let found = complaint(|| play(panic, MARKED));
            assert!(found.is_some_and(|it| it.contains("a secret")), "{name}");
        }
        let found = complaint(|| play(|received| received.receipt.accepted(), MARKED));
        assert!(found.is_some_and(|it| it.contains("no panic")), "{name}");
    }
}

/// What is wrong with what was said and logged while this panicked, if anything is.
fn complaint(work: impl FnOnce()) -> Option<String> {
    let ((ended, said), log) = log::capture(|| panicking(work));
    let told = format!("{said}\n{log:?}");
    if ended || !said.contains("panicked at") {
        return Some(format!("no panic: {told}"));
    }
    if !leak::find(&told, &[TOKEN, marked::TEXT, marked::LINKED, QUERY].map(str::as_bytes))
        .is_empty()
    {
        return Some(format!("a secret in {told}"));
    }
    let unanswered = log.iter().filter(|line| line.field("reason") == Some("unanswered")).count();
    log::complaint(&log).or_else(|| (unanswered != 1).then(|| format!("not unanswered: {told}")))
}

/// Whether it ended, and all that the panics of this thread said meanwhile.
fn panicking(work: impl FnOnce()) -> (bool, String) {
    static HOOK: Once = Once::new();
    thread_local! {
        static SAID: RefCell<Option<Vec<String>>> = const { RefCell::new(None) };
    }
    HOOK.call_once(|| {
        let usual = take_hook();
        set_hook(Box::new(move |panic| {
            SAID.with_borrow_mut(|said| match said {
                Some(said) => said.push(panic.to_string()),
                None => usual(panic),
            });
        }));
    });
    SAID.set(Some(Vec::new()));
    let ended = catch_unwind(AssertUnwindSafe(work)).is_ok();
    (ended, SAID.take().unwrap_or_default().join("\n"))
}

type Handler<E> = fn(Received<E>) -> Reply;

/// What handlers panic with.
fn panics<E: Event + Debug>() -> [Handler<E>; 4] {
    [
        |_| panic!("a mistake"),
        |received| panic!("{received:?} {received:#?}"),
        |received| panic!("{:?} {:#?}", received.event, received.event),
        |received| panic!("{:?} {:?}", received.receipt, received.key()),
    ]
}

/// Delivers a body to a handler.
type Play<E> = fn(Handler<E>, &'static str);

fn frameworks<E: Event + Debug + Send + 'static>() -> [(&'static str, Play<E>); 3] {
    [
        ("axum", |handler, body| {
            run(async move {
                let handler = any(move |received: Received<E>| ready(handler(received)));
                let app = Router::new().fallback_service(handler.with_state(receiver::<E>()));
                let request = request(body).map(axum::body::Body::from);
                drop(app.oneshot(request).await.expect("infallible"));
            });
        }),
        ("actix-web", |handler, body| {
            run(async move {
                let handler = web::to(move |received: Received<E>| ready(handler(received)));
                let app = App::new().app_data(receiver::<E>()).default_service(handler);
                let request = to_actix(request(body)).to_request();
                drop(init_service(app).await.call(request).await);
            });
        }),
        ("warp", |handler, body| {
            run(async move {
                let handler = move |received| ready(handler(received));
                let filter = warp::any().and(receiver_core::warp::handle(receiver::<E>(), handler));
                let request = request(body).map(Full::new);
                drop(warp::service(filter).oneshot(request).await.expect("infallible"));
            });
        }),
    ]
}

fn run(work: impl Future<Output = ()>) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build();
    runtime.expect("a runtime").block_on(work);
}

fn receiver<E: Event>() -> Receiver<E> {
    Receiver::new(receiver_core::scheme::Bearer::new(secret()).expect("a token"))
}

fn request(body: &'static str) -> http::Request<Bytes> {
    let outgoing = Outgoing::json("/?key=marker-query-c2d9", body);
    let outgoing = outgoing.with_credential(Credential::bearer(secret()));
    outgoing.request(std::time::SystemTime::now()).expect("a request")
}

fn secret() -> Secret {
    Secret::new(TOKEN).expect("a secret")
}

/// A reader that prints what it was given.
#[derive(Debug)]
struct Broken;

impl Event for Broken {
    type Options = ();
    const SENDER: &'static str = "broken";

    fn from_delivery(delivery: &Delivery<'_>, (): &()) -> Result<Self, ParseError> {
        panic!("{delivery:?} {delivery:#?}")
    }

    fn kind(&self) -> &'static str {
        "none"
    }

    fn key(&self, _: EventKey) -> Option<EventKey> {
        None
    }
}

const TOKEN: &str = "marker-token-5d0c";
const QUERY: &str = "marker-query-c2d9";

const MARKED: &str = r#"{"type":"paid","email":"marker/person+83b1","url":"https://a.invalid/?sig=marker/link+a41e"}"#;

const MARKED_EVENT: &str = r#"{"created":"2026-01-15T12:30:00.000000Z","type":"sol.created",
    "more":"marker/link+a41e","data":{"object":{"id":"sol_1","titulo":"marker/person+83b1"},
    "client":{"id":"cli_1","nombre_legal":"marker/person+83b1","email":"marker/person+83b1"}}}"#;
