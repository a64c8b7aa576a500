//! What a refusal leaves in the log: one test, because a process has one log.
#![expect(clippy::expect_used, reason = "a test that cannot go on fails")]

use std::fmt::Debug;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::{Arc, Mutex};

use example_serve::gate::{Bounds, Gate};
use tracing::field::Field;
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

/// Whoever made the answer that is not sent has logged it.
#[test]
fn a_refusal_is_one_line_that_says_what_it_replaces() {
    let log = Log::default();
    tracing::subscriber::set_global_default(log.clone()).expect("no other log");
    let gate = Arc::new(Gate::new(Bounds { deliveries: 2, failures: 1, ..Bounds::default() }));
    let said = |from, status| {
        if let Ok(visit) = gate.enter("POST", "/webhooks/own", from) {
            let _ = visit.leave(status);
        }
        std::mem::take(&mut *log.0.lock().expect("a log"))
    };
    let [wrong, known, late] = [1, 2, 3].map(|number| IpAddr::V4(Ipv4Addr::new(192, 0, 2, number)));

    assert_eq!(said(wrong, 401), [""; 0]);
    let limited = r#"message=refused status=429 reason="auth_rate_limited""#;
    assert_eq!(said(wrong, 401), [format!("{limited} remote=192.0.2.1")]);

    assert_eq!(said(known, 200), [""; 0]);
    assert_eq!(said(known, 401), [""; 0]);
    assert_eq!(said(known, 401), [format!("{limited} instead_of=401 remote=192.0.2.2")]);

    let _stays = gate.enter("POST", "/webhooks/own", late).expect("a place");
    let overloaded = r#"message=refused status=503 reason="overloaded" remote=192.0.2.3"#;
    assert_eq!(said(late, 200), [overloaded]);
}

/// A line each, with all fields.
#[derive(Clone, Debug, Default)]
struct Log(Arc<Mutex<Vec<String>>>);

impl Subscriber for Log {
    fn event(&self, event: &Event<'_>) {
        let mut fields = Vec::new();
        event.record(&mut |field: &Field, value: &dyn Debug| {
            fields.push(format!("{field}={value:?}"));
        });
        self.0.lock().expect("a log").push(fields.join(" "));
    }

    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}
