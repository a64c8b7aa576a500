//! Who is let in, and who is told to come back later; the clock stands.
#![expect(clippy::expect_used, reason = "a test that cannot go on fails")]

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::time::Duration;

use example_serve::gate::{Bounds, Gate, Refusal, Visit};
use tokio::time::advance;

const HERE: &str = "192.0.2.1";
const ELSEWHERE: &str = "192.0.2.2";
const ELSEWHERE_6: &str = "2001:db8:ffff::1";
const NETWORK: &str = "2001:db8::1";
const NETWORK_TOO: &str = "2001:db8::2";
const PROXY: &str = "192.0.2.3";
const SENDER: &str = "192.0.2.4";
const PATH: &str = "/webhooks/own";

#[tokio::test(start_paused = true)]
async fn whoever_is_wrong_too_often_is_turned_away_at_the_door() {
    let gate = gate(8, 3);
    for _ in 0..3 {
        assert_eq!(visit(&gate, HERE, 401), "401");
    }
    for _ in 0..1000 {
        assert_eq!(visit(&gate, HERE, 401), "429 at the door, again after 10");
    }
}

#[tokio::test(start_paused = true)]
async fn turned_away_is_one_address_at_one_endpoint() {
    let gate = gate(8, 3);
    exhaust(&gate, HERE);
    assert_eq!(visit(&gate, ELSEWHERE, 401), "401");
    assert!(gate.enter("POST", "/webhooks/monuv", address(HERE)).is_ok());
}

#[tokio::test(start_paused = true)]
async fn a_failure_is_forgiven_every_ten_seconds_and_no_more_than_there_were() {
    let gate = gate(8, 3);
    exhaust(&gate, HERE);
    advance(Duration::from_millis(9_100)).await;
    assert_eq!(visit(&gate, HERE, 401), "429 at the door, again after 1");
    advance(Duration::from_millis(900)).await;
    assert_eq!(visit(&gate, HERE, 401), "401");
    assert_eq!(visit(&gate, HERE, 401), "429 at the door, again after 10");
    advance(Duration::from_hours(1)).await;
    exhaust(&gate, HERE);
}

/// Behind a proxy everybody has one address: strangers must not be able to lock out the sender.
#[tokio::test(start_paused = true)]
async fn an_address_that_delivered_is_listened_to_and_its_failures_are_still_limited() {
    let gate = gate(8, 3);
    assert_eq!(visit(&gate, HERE, 200), "200");
    for _ in 0..3 {
        assert_eq!(visit(&gate, HERE, 401), "401");
    }
    assert_eq!(visit(&gate, HERE, 401), "429 instead, again after 10");
    assert_eq!(visit(&gate, HERE, 200), "200");
}

#[tokio::test(start_paused = true)]
async fn an_answer_to_a_question_is_no_delivery() {
    let gate = gate(8, 3);
    for method in ["GET", "OPTIONS", "HEAD"] {
        let visit = gate.enter(method, PATH, address(HERE)).expect("let in");
        assert!(visit.leave(200).is_ok());
    }
    exhaust(&gate, HERE);
}

#[tokio::test(start_paused = true)]
async fn other_refusals_are_no_failures() {
    let gate = gate(8, 3);
    for status in [400, 404, 405, 408, 413, 415, 422, 500, 503].repeat(10) {
        assert_eq!(visit(&gate, HERE, status), status.to_string());
    }
}

#[tokio::test(start_paused = true)]
async fn a_network_of_version_6_is_one_caller_and_an_address_has_one_spelling() {
    let gate = gate(8, 3);
    exhaust(&gate, "2001:db8::1");
    assert_eq!(visit(&gate, "2001:db8::ffff:0:1", 401), "429 at the door, again after 10");
    assert_eq!(visit(&gate, "2001:db8:0:1::1", 401), "401");
    exhaust(&gate, HERE);
    assert_eq!(visit(&gate, "::ffff:192.0.2.1", 401), "429 at the door, again after 10");
}

/// Behind a proxy everybody has one address, from the first request after a start.
#[tokio::test(start_paused = true)]
async fn a_proxy_is_listened_to_from_the_start_and_its_failures_are_still_limited() {
    let cases = [
        ("192.0.2.1", "192.0.2.1", true),
        ("192.0.2.1", "::ffff:192.0.2.1", true),
        ("::ffff:192.0.2.1", "192.0.2.1", true),
        ("2001:db8::1", "2001:db8::1", true),
        ("192.0.2.1", "192.0.2.2", false),
        // Nobody but the proxy is believed, not even beside it.
        ("2001:db8::1", "2001:db8::2", false),
    ];
    for (proxy, from, is_proxy) in cases {
        let proxies = vec![address(ELSEWHERE_6), address(proxy)];
        let gate = Arc::new(Gate::new(Bounds { proxies, ..bounds(8, 3) }));
        for _ in 0..3 {
            assert_eq!(visit(&gate, from, 401), "401", "{from} behind {proxy}");
        }
        let (wrong, right) = if is_proxy {
            ("429 instead, again after 10", "200")
        } else {
            ("429 at the door, again after 10", "429 at the door, again after 10")
        };
        assert_eq!(visit(&gate, from, 401), wrong, "{from} behind {proxy}");
        assert_eq!(visit(&gate, from, 200), right, "{from} behind {proxy}");
        assert_eq!(visit(&gate, from, 401), wrong, "{from} behind {proxy}");
    }
}

/// What is remembered is bounded, and is not pushed out by mere asking.
#[tokio::test(start_paused = true)]
async fn only_failures_and_deliveries_are_remembered() {
    let gate = gate(8, 3);
    exhaust(&gate, HERE);
    for number in 0..100_000 {
        let path = format!("/{number}");
        let visit = gate.enter("GET", &path, address(HERE)).expect("let in");
        assert!(visit.leave(404).is_ok());
    }
    assert_eq!(visit(&gate, HERE, 401), "429 at the door, again after 10");

    // A real flood of addresses does push it out.
    for number in 0..20_000 {
        let visit = gate.enter("POST", PATH, Ipv4Addr::from_bits(number).into()).expect("let in");
        assert!(visit.leave(401).is_ok());
    }
    assert_eq!(visit(&gate, HERE, 401), "401");
}

/// Only whoever has a right credential could push out those that had one.
#[tokio::test(start_paused = true)]
async fn an_address_that_delivered_is_not_forgotten_for_others_that_are_wrong() {
    let gate = gate(8, 3);
    assert_eq!(visit(&gate, HERE, 200), "200");
    for number in 0..20_000 {
        let visit = gate.enter("POST", PATH, Ipv4Addr::from_bits(number).into()).expect("let in");
        assert!(visit.leave(401).is_ok());
    }
    for _ in 0..3 {
        assert_eq!(visit(&gate, HERE, 401), "401");
    }
    assert_eq!(visit(&gate, HERE, 401), "429 instead, again after 10");
    assert_eq!(visit(&gate, HERE, 200), "200");
}

#[tokio::test(start_paused = true)]
async fn without_failures_none_are_counted() {
    let gate = gate(8, 0);
    for _ in 0..1000 {
        assert_eq!(visit(&gate, HERE, 401), "401");
    }
}

#[tokio::test(start_paused = true)]
async fn as_many_as_there_are_places_are_let_in() {
    let gate = gate(2, 3);
    assert_eq!(visit(&gate, HERE, 200), "200");
    let enter = |path| gate.enter("POST", path, address(HERE));
    let (first, second) = (enter(PATH).expect("a place"), enter(PATH).expect("a place"));
    let refusal = enter(PATH).expect_err("no place");
    assert_eq!(said(&refusal), "503, again after 1");
    assert!(enter("/health").is_ok(), "whoever looks after it is answered");
    drop(first);
    let third = enter(PATH).expect("a place");
    assert!(enter(PATH).is_err());
    assert!(second.leave(200).is_ok());
    assert!(enter(PATH).is_ok());
    drop(third);
}

/// Strangers can hold a place for as long as a body may take, and so can whoever shares the address
/// of a sender.
#[tokio::test(start_paused = true)]
async fn nobody_takes_the_places_of_all_others() {
    // Of 16 places: who comes where, in turn, and how many he is given.
    let cases: &[&[(&str, &str, usize)]] = &[
        // Strangers have half, and whoever delivered has a quarter at least.
        &[(ELSEWHERE, PATH, 8), (HERE, PATH, 4), (SENDER, PATH, 4)],
        // Whoever delivered leaves a quarter to other senders, of which strangers may have half.
        &[(HERE, PATH, 12), (SENDER, PATH, 4), (ELSEWHERE, PATH, 0)],
        &[(HERE, PATH, 12), (ELSEWHERE, PATH, 2), (SENDER, PATH, 2)],
        &[(SENDER, PATH, 12), (HERE, PATH, 4)],
        &[(NETWORK, PATH, 12), (NETWORK_TOO, PATH, 0), (HERE, PATH, 4)],
        // He is no other where he is a stranger.
        &[(HERE, PATH, 12), (HERE, "/webhooks/monuv", 0), (SENDER, PATH, 4)],
        &[(HERE, "/webhooks/monuv", 8), (HERE, PATH, 4), (SENDER, PATH, 4)],
        // Whose callers nobody can tell apart has all.
        &[(PROXY, PATH, 16), (HERE, PATH, 0)],
        &[(HERE, PATH, 12), (PROXY, PATH, 4)],
    ];
    for case in cases {
        let bounds = Bounds { proxies: vec![address(PROXY)], ..bounds(16, 3) };
        let gate = Arc::new(Gate::new(bounds));
        for known in [HERE, SENDER, NETWORK] {
            assert_eq!(visit(&gate, known, 200), "200");
        }
        let mut here = Vec::new();
        for (from, path, expected) in *case {
            let before = here.len();
            here.extend((0..17).filter_map(|_| gate.enter("POST", path, address(from)).ok()));
            assert_eq!(here.len().saturating_sub(before), *expected, "{from} of {case:?}");
        }
        drop(here);
        let again = (0..17).filter_map(|_| gate.enter("POST", PATH, address(HERE)).ok());
        assert_eq!(again.collect::<Vec<_>>().len(), 12, "after {case:?}");
    }
}

/// Or one of them could hold all that strangers have, and a sender's first delivery finds none.
#[tokio::test(start_paused = true)]
async fn a_stranger_takes_few_places_at_all_endpoints_together() {
    let cases = [
        (HERE, HERE, 2),
        (HERE, "::ffff:192.0.2.1", 2),
        (HERE, ELSEWHERE, 4),
        ("2001:db8::1", "2001:db8::2", 2),
        ("2001:db8::1", "2001:db8:0:1::1", 4),
        // Whom nobody can tell apart from others, and whoever delivered to this endpoint.
        (HERE, PROXY, 6),
        (HERE, SENDER, 6),
    ];
    for (one, other, expected) in cases {
        let proxies = vec![address(PROXY)];
        let gate = Arc::new(Gate::new(Bounds { strangers: 2, proxies, ..bounds(64, 3) }));
        assert_eq!(visit(&gate, SENDER, 200), "200");
        // What came and went has left its place.
        for _ in 0..100 {
            assert_eq!(visit(&gate, one, 404), "404");
        }
        let enter = |from, path| gate.enter("POST", path, address(from)).ok();
        let mut here: Vec<_> = [PATH, "/webhooks/monuv", PATH, "/webhooks/rabbot"]
            .into_iter()
            .filter_map(|path| enter(one, path))
            .collect();
        here.extend((0..4).filter_map(|_| enter(other, PATH)));
        assert_eq!(here.len(), expected, "{one}, {other}");
        assert!(enter(one, "/health").is_some(), "whoever looks after it is answered");
        drop(here.remove(0));
        assert!(enter(one, PATH).is_some(), "{one}");
    }
}

/// What it delivers to one endpoint does not keep it from its first delivery to another.
#[tokio::test(start_paused = true)]
async fn whoever_delivered_elsewhere_has_the_places_of_a_stranger_besides() {
    let gate = Arc::new(Gate::new(Bounds { strangers: 2, ..bounds(64, 3) }));
    assert_eq!(visit(&gate, SENDER, 200), "200");
    let enter = |path| {
        let here = (0..4).filter_map(|_| gate.enter("POST", path, address(SENDER)).ok());
        here.collect::<Vec<_>>()
    };
    let (here, new) = (enter(PATH), enter("/webhooks/monuv"));
    assert_eq!((here.len(), new.len()), (4, 2));
}

#[tokio::test(start_paused = true)]
async fn a_proxy_takes_nothing_from_who_is_beside_it() {
    let bounds = Bounds { proxies: vec![address(NETWORK_TOO)], ..bounds(16, 3) };
    let gate = Arc::new(Gate::new(bounds));
    assert_eq!(visit(&gate, NETWORK, 200), "200");
    let enter = |from, count| {
        let here = (0..count).filter_map(|_| gate.enter("POST", PATH, address(from)).ok());
        here.collect::<Vec<_>>()
    };
    let (proxy, beside) = (enter(NETWORK_TOO, 12), enter(NETWORK, 5));
    assert_eq!((proxy.len(), beside.len()), (12, 4));
    drop(proxy);
    assert_eq!(enter(NETWORK, 16).len(), 8);
}

#[tokio::test(start_paused = true)]
async fn where_there_is_one_place_a_stranger_may_have_it() {
    assert_eq!(visit(&gate(1, 3), HERE, 200), "200");
}

#[tokio::test(start_paused = true)]
async fn a_stranger_takes_32_places_unless_said() {
    let gate = Arc::new(Gate::default());
    let here: Vec<_> =
        (0..600).filter_map(|_| gate.enter("POST", PATH, address(HERE)).ok()).collect();
    assert_eq!(here.len(), 32);
    assert_eq!(visit(&gate, ELSEWHERE, 200), "200");
}

#[tokio::test(start_paused = true)]
async fn strangers_leave_no_trace() {
    let gate = gate(8, 3);
    let before = format!("{gate:?}");
    for number in 0..1000 {
        let visit = gate.enter("POST", PATH, Ipv4Addr::from_bits(number).into()).expect("let in");
        assert!(visit.leave(404).is_ok());
    }
    assert_eq!(format!("{gate:?}"), before);
}

#[tokio::test(start_paused = true)]
async fn a_refusal_is_a_problem_that_no_cache_keeps() {
    let full = gate(0, 3).enter("POST", PATH, address(HERE)).expect_err("no place");
    let gate = gate(8, 3);
    exhaust(&gate, HERE);
    let wrong = gate.enter("POST", PATH, address(HERE)).expect_err("too often");
    for refusal in [full, wrong] {
        let headers = refusal.headers().map(|(name, value)| format!("{name}: {value}"));
        assert!(headers.contains(&"cache-control: no-store".to_owned()), "{headers:?}");
        assert!(headers.contains(&"content-type: application/problem+json".to_owned()));
        let status = format!(r#""status":{}}}"#, refusal.status());
        assert!(refusal.body().starts_with(r#"{"type":"urn:receiver:problem:"#), "{refusal}");
        assert!(refusal.body().ends_with(&status), "{refusal}");
    }
}

fn gate(deliveries: usize, failures: u32) -> Arc<Gate> {
    Arc::new(Gate::new(bounds(deliveries, failures)))
}

fn bounds(deliveries: usize, failures: u32) -> Bounds {
    Bounds { deliveries, failures, ..Bounds::default() }
}

/// Three failures, and no fourth.
#[track_caller]
fn exhaust(gate: &Arc<Gate>, from: &str) {
    for _ in 0..3 {
        assert_eq!(visit(gate, from, 401), "401");
    }
    assert!(visit(gate, from, 401).starts_with("429 at the door"));
}

/// What a caller is told for whom the service has this status.
fn visit(gate: &Arc<Gate>, from: &str, status: u16) -> String {
    match gate.enter("POST", PATH, address(from)).map(|visit: Visit| visit.leave(status)) {
        Ok(Ok(())) => status.to_string(),
        Ok(Err(refusal)) => said(&refusal).replace(',', " instead,"),
        Err(refusal) => said(&refusal).replace(',', " at the door,"),
    }
}

fn said(refusal: &Refusal) -> String {
    let [.., (_, after)] = refusal.headers();
    format!("{}, again after {after}", refusal.status())
}

fn address(text: &str) -> IpAddr {
    text.parse().expect("an address")
}
