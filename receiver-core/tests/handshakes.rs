//! Setup handshakes: what senders document, what is refused, and that no answer signs a payload.
#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on fails, and says where"
)]

#[path = "handshakes/domains.rs"]
mod domains;
#[path = "handshakes/events.rs"]
mod events;
#[path = "handshakes/kit.rs"]
mod kit;
#[path = "handshakes/requests.rs"]
mod requests;
#[path = "handshakes/vectors.rs"]
mod vectors;
