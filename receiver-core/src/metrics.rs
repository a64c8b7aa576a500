//! Figures for operators, through the [`metrics`](https://docs.rs/metrics) facade: one count a request,
//! beside its log line.
//!
//! Nothing is kept until the program installs a recorder, such as `metrics-exporter-prometheus`. What an
//! exporter is told of the figures is [`describe`]; how its histograms are cut is [`HISTOGRAMS`].
//!
//! ```
//! use metrics_exporter_prometheus::{Matcher, PrometheusBuilder};
//! use receiver_core::metrics::{HISTOGRAMS, describe};
//!
//! let mut exporter = PrometheusBuilder::new();
//! for (name, buckets) in HISTOGRAMS {
//!     exporter = exporter.set_buckets_for_metric(Matcher::Full(name.to_owned()), buckets)?;
//! }
//! let exporter = exporter.install_recorder()?;
//! describe();
//! // Serve it where only your Prometheus comes.
//! let page = exporter.render();
//! # let _ = page;
//! # Ok::<(), metrics_exporter_prometheus::BuildError>(())
//! ```
//! The names are constants, for a rule or a test of yours:
//!
//! ```
//! use std::time::SystemTime;
//! use metrics_exporter_prometheus::PrometheusBuilder;
//! use receiver_core::metrics::{DELIVERIES, DURATION, SIGNED_AGE, SIGNED_AHEAD};
//! use receiver_core::scheme::{Layout, Signature};
//! use receiver_core::{Json, Receiver, Request, Secret};
//!
//! let recorder = PrometheusBuilder::new().build_recorder();
//! let receiver = Receiver::<Json<u32>>::new(Signature::new(Layout::GITHUB, Secret::new("correct horse")?));
//! metrics::with_local_recorder(&recorder, || {
//!     let headers = http::HeaderMap::new();
//!     let refused = receiver.receive(&Request::new("POST", "/", &headers), SystemTime::now());
//!     refused.unwrap_err().into_http(SystemTime::now())
//! });
//!
//! let page = recorder.handle().render();
//! assert!(page.contains(DELIVERIES) && page.contains(DURATION));
//! // Nobody is proven to have signed anything.
//! assert!(!page.contains(SIGNED_AGE) && !page.contains(SIGNED_AHEAD));
//! # Ok::<(), receiver_core::InvalidSecret>(())
//! ```

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use http::StatusCode;
use metrics::{Unit, counter, describe_counter, describe_histogram, histogram};

use crate::Proof;
use crate::record::Record;
use bounded::Bounded;

mod bounded;

/// How many requests there were, each counted once, when it is logged.
pub const DELIVERIES: &str = "receiver_deliveries_total";

/// How long they took, from their receipt to the answer.
pub const DURATION: &str = "receiver_delivery_duration_seconds";

/// How long before its receipt a proven delivery was signed.
pub const SIGNED_AGE: &str = "receiver_signed_age_seconds";

/// How far after its receipt a proven delivery says that it was signed.
pub const SIGNED_AHEAD: &str = "receiver_signed_ahead_seconds";

/// The histograms, each with the upper bounds of its buckets, in seconds.
pub const HISTOGRAMS: [(&str, &[f64]); 3] = [
    (
        DURATION,
        &[0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0],
    ),
    (SIGNED_AGE, DISTANCE),
    (SIGNED_AHEAD, DISTANCE),
];

/// The tolerance is 5 minutes unless said: what comes near it is told apart, and so is what is far
/// beyond it, where no tolerance is set.
const DISTANCE: &[f64] =
    &[1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 120.0, 180.0, 240.0, 300.0, 3600.0, 86_400.0];

/// Tells the recorder what the figures are and their units. Call it once, after a recorder is installed.
pub fn describe() {
    describe_counter!(
        DELIVERIES,
        Unit::Count,
        "Requests, each counted once, by what became of it."
    );
    describe_histogram!(DURATION, Unit::Seconds, "From the receipt of a request to its answer.");
    describe_histogram!(
        SIGNED_AGE,
        Unit::Seconds,
        "How long before its receipt a verified delivery was signed."
    );
    describe_histogram!(
        SIGNED_AHEAD,
        Unit::Seconds,
        "How far after its receipt a verified delivery says it was signed: a clock is wrong."
    );
}

/// Counts a request, where it is logged.
pub(crate) fn record(record: &Record, status: Option<StatusCode>, elapsed: Option<Duration>) {
    let sender = &record.sender;
    let key_id = record.proof.as_ref().map(|proof| KEYS.name(sender, proof.key().as_str()));
    // What is not known is empty, which Prometheus takes for a label that is not there.
    let labels = [
        ("sender", Arc::clone(sender)),
        ("kind", record.kind.as_deref().map(|kind| KINDS.name(sender, kind)).unwrap_or_default()),
        ("status", status.map(|status| Arc::from(status.as_str())).unwrap_or_default()),
        ("reason", Arc::from(record.reason)),
        ("key_id", key_id.clone().unwrap_or_default()),
    ];
    counter!(DELIVERIES, &labels).increment(1);
    if let Some(elapsed) = elapsed {
        histogram!(DURATION, &labels).record(elapsed);
    }
    if let (Some(signed_at), Some(key_id)) =
        (record.proof.as_ref().and_then(Proof::signed_at), key_id)
    {
        let (name, distance) = distance(signed_at, record.received_at);
        histogram!(name, "sender" => Arc::clone(sender), "key_id" => key_id).record(distance);
    }
}

/// Two histograms and not one of negative values, whose sum could fall: Prometheus takes a sum that
/// falls for a restart.
fn distance(signed_at: SystemTime, received_at: SystemTime) -> (&'static str, Duration) {
    match received_at.duration_since(signed_at) {
        Ok(age) => (SIGNED_AGE, age),
        Err(ahead) => (SIGNED_AHEAD, ahead.duration()),
    }
}

/// What a proven sender writes, or a scheme of one's own: each new one is a new series.
static KINDS: Bounded = Bounded::new();
static KEYS: Bounded = Bounded::new();
