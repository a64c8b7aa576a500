//! Explaining a refused request: a row for each hypothesis, and with each that another secret has
//! none.
#![expect(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    reason = "a test that cannot go on fails, and says where"
)]

#[path = "explain/bodies.rs"]
mod bodies;
#[path = "explain/bound.rs"]
mod bound;
#[path = "explain/failure.rs"]
mod failure;
#[path = "explain/findings.rs"]
mod findings;
#[path = "explain/layouts.rs"]
mod layouts;
#[path = "explain/secrets.rs"]
mod secrets;
#[path = "explain/silence.rs"]
mod silence;
#[path = "explain/times.rs"]
mod times;
#[path = "explain/urls.rs"]
mod urls;
