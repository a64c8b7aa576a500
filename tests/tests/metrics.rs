//! What is counted of a request, in the core and by the three example binaries.
#![expect(
    clippy::expect_used,
    clippy::arithmetic_side_effects,
    reason = "a test that cannot go on fails, and says where"
)]

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use metrics_exporter_prometheus::{Matcher, PrometheusBuilder};
use receiver_core::metrics::{HISTOGRAMS, describe};
use receiver_core::scheme::{Bearer, Layout, Part, Scheme, Signature, Timestamp, Unit};
use receiver_core::{Json, Key, Receiver, Request, Secret};
use receiver_tests::endpoints::{OWN_TOKEN, WHSEC};
use receiver_tests::leak;
use receiver_tests::own::Anything;
use receiver_tests::server::{EXAMPLES, Server};
use receiver_tests::socket::{Connection, head};

#[test]
fn each_request_is_counted_once_by_what_became_of_it() {
    let page = figures(|| {
        let receiver = receiver();
        let accepted = receiver.receive(&request("Bearer right"), now()).expect("an event");
        let _ = accepted.receipt.accepted().into_http(now() + Duration::from_millis(20));
        let refused = receiver.receive(&request("Bearer wrong"), now()).expect_err("a refusal");
        let _ = refused.into_http(now());
        drop(receiver.receive(&request("Bearer right"), now()));
        drop(receiver.receive(&request("Bearer wrong"), now()));
        drop(receiver.verify(&request("Bearer right"), now()));
    });
    let count = |kind: &str, status: &str, reason: &str, key: &str| {
        format!(
            r#"receiver_deliveries_total{{sender="anything",kind="{kind}",status="{status}",reason="{reason}",key_id="{key}"}} 1"#
        )
    };
    let mut expected = vec![
        count("something", "200", "accepted", "2026"),
        count("", "401", "bad_credentials", ""),
        count("something", "", "unanswered", "2026"),
        count("", "", "bad_credentials", ""),
        count("", "", "verified", "2026"),
    ];
    let mut counted = lines(&page, "receiver_deliveries_total{");
    counted.sort_unstable();
    expected.sort_unstable();
    assert_eq!(counted, expected, "{page}");

    // What has no answer took no time to it.
    assert_eq!(lines(&page, "receiver_delivery_duration_seconds_count").len(), 2, "{page}");
    let accepted = lines(
        &page,
        r#"receiver_delivery_duration_seconds_bucket{sender="anything",kind="something""#,
    );
    let holds = |bound: &str, count: &str| {
        accepted.iter().any(|line| line.ends_with(&format!("le=\"{bound}\"}} {count}")))
    };
    assert!(holds("0.01", "0") && holds("0.025", "1"), "{page}");
    assert!(page.contains("# TYPE receiver_deliveries_total counter"), "{page}");
    assert!(page.contains("# HELP receiver_delivery_duration_seconds "), "{page}");
}

#[test]
fn the_age_of_what_is_proven_is_measured_both_ways() {
    let old = Duration::from_secs(250);
    check_age(now() - old, now(), ("receiver_signed_age_seconds", "250", "receiver_signed_ahead"));
    check_age(now() + old, now(), ("receiver_signed_ahead_seconds", "250", "receiver_signed_age"));
    check_age(now(), now(), ("receiver_signed_age_seconds", "0", "receiver_signed_ahead"));
}

#[track_caller]
fn check_age(signed_at: SystemTime, at: SystemTime, (name, sum, other): (&str, &str, &str)) {
    let page = figures(|| {
        let (receiver, headers) = signed(signed_at, "right");
        let request = Request::new("POST", "/", &headers).with_body("{}");
        drop(receiver.verify(&request, at).expect("a delivery"));
    });
    let of = r#"{sender="json",key_id="1"}"#;
    assert_eq!(lines(&page, &format!("{name}_sum")), [format!("{name}_sum{of} {sum}")], "{page}");
    assert_eq!(lines(&page, &format!("{name}_count")), [format!("{name}_count{of} 1")], "{page}");
    assert_eq!(lines(&page, other), [""; 0], "{page}");
}

/// Whoever forges a request writes any time.
#[test]
fn the_age_of_what_is_not_proven_is_not_measured() {
    for (signed_at, secret) in [(now(), "wrong"), (now() - Duration::from_secs(301), "right")] {
        let page = figures(|| {
            let (receiver, headers) = signed(signed_at, secret);
            let request = Request::new("POST", "/", &headers).with_body("{}");
            drop(receiver.verify(&request, now()).expect_err("a refusal"));
        });
        assert_eq!(lines(&page, "receiver_signed_"), [""; 0], "{page}");
        assert_eq!(lines(&page, "receiver_deliveries_total{").len(), 1, "{page}");
    }
}

#[test]
fn a_proof_says_when_it_was_signed_only_where_that_is_signed() {
    let secret = || Secret::new("right").expect("a secret");
    let timed = |content: &'static [Part]| {
        let at = Timestamp::in_header(http::HeaderName::from_static("x-at"), Unit::Seconds);
        Signature::new(Layout::GITHUB.with_timestamp(at).with_content(content), secret())
    };
    let signed_at = |scheme: Box<dyn Scheme>, signer: Signature| {
        let headers = signer.sign("", now(), b"{}");
        let mut headers: Vec<_> =
            headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        if !headers.iter().any(|(name, _)| *name == "x-at") {
            headers.push(("x-at", "1700000000"));
        }
        headers.push(("authorization", "Bearer right"));
        let request = Request::new("POST", "/", &headers).with_body("{}");
        scheme.verify(&request, now()).expect("a proof").signed_at()
    };
    let bearer = || Bearer::new(secret()).expect("a token");
    assert_eq!(signed_at(Box::new(timed(TIMED)), timed(TIMED)), Some(now()));
    assert_eq!(signed_at(Box::new(bearer().and(timed(TIMED))), timed(TIMED)), Some(now()));
    assert_eq!(signed_at(Box::new(timed(UNTIMED)), timed(UNTIMED)), None);
    assert_eq!(signed_at(Box::new(bearer()), timed(TIMED)), None);
}

/// After one good and one forged delivery.
#[test]
fn the_examples_serve_the_same_figures_and_nothing_else_there() {
    let body = br#"{"id":"1","type":"greeting","url":"https://example.com/SYNTHETIC"}"#;
    let mut pages = Vec::new();
    for example in EXAMPLES {
        let server = Server::start(example, &[("OWN_TOKEN", OWN_TOKEN), ("SIGNED_SECRET", WHSEC)]);
        for (token, status) in [(OWN_TOKEN, 200), ("forged-77f2", 401)] {
            let (bearer, length) = (format!("Bearer {token}"), body.len().to_string());
            let headers = [
                ("authorization", bearer.as_bytes()),
                ("content-type", b"application/json"),
                ("content-length", length.as_bytes()),
            ];
            let mut connection = Connection::to(server.address());
            connection.write(head("POST", "/webhooks/own", &headers)).write(body);
            assert_eq!(connection.answer().status, status, "{example}");
        }
        let secret = Secret::from_whsec(WHSEC).expect("a secret");
        let signed = Signature::standard_webhooks(secret).sign(
            "msg_1",
            SystemTime::now() - Duration::from_secs(90),
            br#"{"type":"greeting"}"#,
        );
        let signed = signed.iter().map(|(name, value)| (name.as_str(), value.as_bytes()));
        let rest: [(&str, &[u8]); 2] =
            [("content-type", b"application/json"), ("content-length", b"19")];
        let headers: Vec<_> = signed.chain(rest).collect();
        let mut connection = Connection::to(server.address());
        connection.write(head("POST", "/webhooks/signed", &headers));
        assert_eq!(connection.write(r#"{"type":"greeting"}"#).answer().status, 200, "{example}");

        let get = |path: &str| {
            let mut connection = Connection::to(server.figures());
            connection.write(head("GET", path, &[])).answer()
        };
        assert_eq!(get("/").status, 404, "{example}");
        let answer = get("/metrics");
        assert_eq!(answer.status, 200, "{example}");
        let page = answer.text();
        let secrets = [OWN_TOKEN, WHSEC, "forged-77f2", "SYNTHETIC"].map(str::as_bytes);
        assert_eq!(leak::find(&page, &secrets), [""; 0], "{example}: {page}");
        let aged = r#"receiver_signed_age_seconds_bucket{sender="standard_webhooks",key_id="1",le="120"} 1"#;
        assert!(page.contains(aged), "{example}: {page}");
        // Where it listens to the world, nobody is told.
        let mut connection = Connection::to(server.address());
        let answer = connection.write(head("GET", "/metrics", &[])).answer();
        assert_eq!(answer.status, 404, "{example}");
        let mut counted = lines(&page, "receiver_deliveries_total{");
        counted.sort_unstable();
        assert_eq!(counted.len(), 3, "{example}: {page}");
        pages.push(counted.join("\n"));
    }
    let [axum, actix, warp] = &*pages else { panic!("{pages:?}") };
    assert!(
        axum.contains(
            r#"sender="own",kind="greeting",status="200",reason="accepted",key_id="1"} 1"#
        ),
        "{axum}"
    );
    assert!(
        axum.contains(r#"sender="own",kind="",status="401",reason="bad_credentials",key_id=""} 1"#),
        "{axum}"
    );
    assert_eq!((axum, axum), (actix, warp));
}

/// What is counted meanwhile, as Prometheus reads it.
fn figures(work: impl FnOnce()) -> String {
    let mut exporter = PrometheusBuilder::new();
    for (name, buckets) in HISTOGRAMS {
        let name = Matcher::Full(name.to_owned());
        exporter = exporter.set_buckets_for_metric(name, buckets).expect("buckets");
    }
    let recorder = exporter.build_recorder();
    let figures = recorder.handle();
    metrics::with_local_recorder(&recorder, || {
        describe();
        work();
    });
    figures.render()
}

fn lines(page: &str, start: &str) -> Vec<String> {
    page.lines().filter(|line| line.starts_with(start)).map(str::to_owned).collect()
}

fn signed(at: SystemTime, secret: &str) -> (Receiver<Json<u32>>, Vec<(http::HeaderName, String)>) {
    let signature =
        |secret: &str| Signature::standard_webhooks(Secret::new(secret).expect("a secret"));
    (Receiver::new(signature("right")), signature(secret).sign("msg_1", at, b"{}"))
}

fn request(credential: &'static str) -> Request<'static> {
    let headers: &'static [(&str, &str); 1] = Box::leak(Box::new([("authorization", credential)]));
    Request::new("POST", "/", headers)
}

fn receiver() -> Receiver<Anything> {
    let key = Key::new(Secret::new("right").expect("a secret")).with_id("2026");
    Receiver::new(Bearer::new(key).expect("a token"))
}

fn now() -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(1_700_000_000)
}

const TIMED: &[Part] = &[Part::Timestamp, Part::literal("."), Part::Body];
const UNTIMED: &[Part] = &[Part::Body];
