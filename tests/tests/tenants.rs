//! One endpoint for several tenants, in every framework.
#![expect(clippy::expect_used, reason = "a test that cannot go on fails, and says where")]

use std::future::{Future, pending};
use std::io;
use std::time::{Duration, UNIX_EPOCH};

use http_body_util::Full;
use receiver_core::scheme::{Layout, Signature, TenantAt};
use receiver_core::testing::{Credential, Outgoing};
use receiver_core::{Bytes, Json, Receiver, Request, Secret};
use receiver_tests::answer::Answer;
use receiver_tests::client::{by_actix, by_axum, by_warp};
use receiver_tests::leak;
use receiver_tests::log::{Line, capture};
use tokio::time::Instant;

type Any = Json<serde_json::Value>;

#[test]
fn a_tenant_is_proven_by_its_own_secret_and_named_in_the_log() {
    for tenant in ["acme", "zeta"] {
        for (framework, answer, line, _) in play(&receiver(), tenant, tenant) {
            assert_eq!(answer.status, 200, "{framework}: {answer:?}");
            assert_eq!(line.field("tenant"), Some(tenant), "{framework}: {line:?}");
        }
    }
}

/// A receiver that is changed while another holds the same one is copied.
#[test]
fn a_changed_copy_asks_for_its_tenants() {
    let shared = receiver();
    let copy = shared.clone().with_body_limit(1024);
    for receiver in [shared, copy] {
        for (framework, answer, line, _) in play(&receiver, "acme", "acme") {
            assert_eq!(answer.status, 200, "{framework}: {answer:?}");
            assert_eq!(line.field("tenant"), Some("acme"), "{framework}: {line:?}");
        }
    }
}

/// The same to the last byte; the log says which it was.
#[test]
fn an_unknown_tenant_is_answered_as_a_wrong_secret_is() {
    let cases = [
        ("acme", "zeta", "signature_mismatch"),
        ("nobody", "acme", "unknown_tenant"),
        // Whoever finds out nobody's secret has found nothing.
        ("nobody", "decoy", "unknown_tenant"),
        ("", "acme", "unknown_tenant"),
        ("acm%65", "acme", "unknown_tenant"),
        (&"x".repeat(129), "acme", "unknown_tenant"),
    ];
    let mut answers = Vec::new();
    for (tenant, secret, reason) in cases {
        for (framework, answer, line, _) in play(&receiver(), tenant, secret) {
            assert_eq!(answer.status, 401, "{framework}, {tenant}: {answer:?}");
            assert_eq!(line.field("reason"), Some(reason), "{framework}, {tenant}: {line:?}");
            assert_eq!(line.field("tenant"), None, "{framework}, {tenant}: {line:?}");
            answers.push(answer);
        }
    }
    answers.dedup();
    assert_eq!(answers.len(), 1, "{answers:?}");
}

#[test]
fn a_look_up_that_fails_is_503_and_its_error_in_the_log() {
    let receiver = tenants(|_| async { Err(io::Error::other("the database\nis away")) });
    for (framework, answer, line, _) in play(&receiver, "acme", "acme") {
        assert_unavailable(framework, &answer);
        assert_eq!(line.field("reason"), Some("look_up_failed"), "{framework}: {line:?}");
        assert_eq!(line.field("error"), Some(r"the database\nis away"), "{framework}: {line:?}");
    }
}

#[test]
fn a_look_up_that_never_ends_is_503_at_its_deadline() {
    let forever = || tenants(|_| pending());
    let quick = Duration::from_millis(250);
    for (receiver, after) in
        [(forever(), Duration::from_secs(5)), (forever().with_look_up_deadline(quick), quick)]
    {
        for (framework, answer, _, took) in play(&receiver, "acme", "acme") {
            assert_unavailable(framework, &answer);
            let late = took.saturating_sub(after);
            assert!(took >= after && late < Duration::from_millis(5), "{framework} took {took:?}");
        }
    }
}

/// Nothing can be looked up without waiting, and that is nobody's wrong secret.
#[test]
fn whoever_does_not_wait_is_told_503() {
    let receiver = receiver();
    let headers: [(&str, &str); 0] = [];
    let request = Request::new("POST", "/hooks/acme", &headers);
    let rejection = receiver.receive(&request, UNIX_EPOCH).expect_err("a refusal");
    assert_eq!(rejection.status().as_u16(), 503);
    assert_eq!(receiver.verify(&request, UNIX_EPOCH).expect_err("a refusal").status(), 503);
}

#[test]
fn two_tenants_share_no_key() {
    let key_for = |tenant| {
        let (head, body) = request(tenant, tenant, "17").into_parts();
        let receiver = receiver().with_key(|number, key| key.part("number", number.to_string()));
        let reading = receiver.receive_body(Request::from(&head), Full::new(body));
        let event = run(reading).0.expect("an event");
        event.key().expect("a key")
    };
    assert_eq!(key_for("acme"), key_for("acme"));
    assert_ne!(key_for("acme"), key_for("zeta"));
}

#[track_caller]
fn assert_unavailable(framework: &str, answer: &Answer) {
    assert_eq!(answer.status, 503, "{framework}: {answer:?}");
    let retry = ("retry-after".to_owned(), "30".to_owned());
    assert!(answer.headers.contains(&retry), "{framework}: {answer:?}");
    assert!(!answer.text().contains("database"), "{framework}: {answer:?}");
}

fn receiver() -> Receiver<Any> {
    tenants(
        |tenant| async move { Ok(["acme", "zeta"].contains(&tenant.as_str()).then_some(tenant)) },
    )
}

fn tenants<F, Found>(look_up: F) -> Receiver<Any>
where
    F: Fn(String) -> Found + Send + Sync + 'static,
    Found: Future<Output = io::Result<Option<String>>> + Send + 'static,
{
    let nobody = "decoy".to_owned();
    Receiver::for_tenants(TenantAt::LastSegment, nobody, look_up, |tenant| signature(&tenant))
}

fn signature(tenant: &str) -> Signature {
    Signature::new(Layout::GITHUB, key(tenant))
}

fn key(tenant: &str) -> Secret {
    Secret::new(format!("signing-key-of-{tenant}")).expect("a secret")
}

/// What each framework answers to a delivery for this tenant with that one's signature, its log
/// line, and how long it took by a clock that stands while anything can be done.
fn play(receiver: &Receiver<Any>, tenant: &str, secret: &str) -> Vec<Played> {
    let request = request(tenant, secret, "{}");
    let by = |framework, work: &dyn Fn() -> (Answer, Duration)| {
        let ((answer, took), mut log) = capture(work);
        let secrets = ["signing-key-of-acme", "signing-key-of-zeta", "signing-key-of-decoy"];
        let printed = format!("{log:?} {answer:?}");
        assert_eq!(leak::find(&printed, &secrets.map(str::as_bytes)), [""; 0], "{printed}");
        log.retain(Line::is_delivery);
        assert_eq!(log.len(), 1, "{framework}: {log:?}");
        (framework, answer, log.remove(0), took)
    };
    vec![
        by("axum", &|| run(by_axum(receiver.clone(), request.clone()))),
        by("actix-web", &|| run(by_actix(receiver.clone(), request.clone()))),
        by("warp", &|| run(by_warp(receiver.clone(), request.clone()))),
    ]
}

type Played = (&'static str, Answer, Line, Duration);

/// A delivery for this tenant with that one's signature.
fn request(tenant: &str, secret: &str, body: &'static str) -> http::Request<Bytes> {
    let outgoing = Outgoing::json(&format!("/hooks/{tenant}"), body)
        .with_credential(Credential::signature(Layout::GITHUB, key(secret)));
    outgoing.request(UNIX_EPOCH).expect("a request")
}

fn run<T>(work: impl Future<Output = T>) -> (T, Duration) {
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    let runtime = runtime.enable_time().start_paused(true).build().expect("a runtime");
    runtime.block_on(async {
        let start = Instant::now();
        (work.await, start.elapsed())
    })
}
