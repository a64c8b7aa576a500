//! `Gate`: who is let in, and who is told to come back later.
//!
//! It knows a path, an address and a status, and no framework. The address is the peer's: a
//! forwarded one can be written by anybody. So behind a proxy all callers are one address, and the
//! proxy is the place to tell them apart; see [`Gate::enter`] for what that costs.

use std::fmt;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::Instant;

use callers::{Caller, Callers};

mod callers;
mod network;

/// Limits how many requests are read or handled at once, and how often an address may be wrong.
#[derive(Debug)]
pub struct Gate {
    deliveries: Arc<Semaphore>,
    /// Half of them, for those who never delivered anything.
    strangers: Arc<Semaphore>,
    callers: Option<Callers>,
}

impl Gate {
    /// So many requests at once: with bodies of a mebibyte, at most a gibibyte of them.
    pub const DELIVERIES: usize = 1024;
    /// So many wrong credentials, for each endpoint and address; then one every ten seconds.
    pub const FAILURES: u32 = 100;

    /// With no failures, none are counted.
    #[must_use]
    pub fn new(deliveries: usize, failures: u32) -> Self {
        let places = |count: usize| Arc::new(Semaphore::new(count.min(Semaphore::MAX_PERMITS)));
        Self {
            deliveries: places(deliveries),
            strangers: places(deliveries.div_ceil(2)),
            callers: (failures > 0).then(|| Callers::new(failures)),
        }
    }

    /// Lets a request in, or says what to answer at once, before its body is read.
    ///
    /// An address that was wrong too often is turned away, unless it has delivered something to
    /// this endpoint: then it is listened to, so that nobody can lock out a sender whose address
    /// (a proxy's) he shares. His own failures are answered by [`Visit::leave`]. For the same reason
    /// half of the places are kept for such addresses: strangers can hold theirs by sending slowly.
    ///
    /// # Errors
    ///
    /// 503 when too many requests are here, 429 after too many failures.
    pub fn enter(
        self: &Arc<Self>,
        method: &str,
        path: &str,
        address: IpAddr,
    ) -> Result<Visit, Refusal> {
        let caller = self.callers.as_ref().map(|callers| callers.caller(path, address));
        if let Some((callers, caller)) = self.callers.as_ref().zip(caller)
            && !callers.has_proved(caller)
            && let Some(wait) = callers.must_wait(caller, Instant::now())
        {
            return Err(Refusal::failures(wait, address));
        }
        // Whoever looks after the service must be answered just when there is too much to do.
        let places = if ALWAYS.contains(&path) { Some(Vec::new()) } else { self.places(caller) };
        let Some(places) = places else { return Err(Refusal::overload(address)) };
        let is_delivery = matches!(method, "POST" | "PUT");
        Ok(Visit { gate: Arc::clone(self), caller, address, is_delivery, _places: places })
    }

    fn places(&self, caller: Option<Caller>) -> Option<Vec<OwnedSemaphorePermit>> {
        let known = self.callers.as_ref().zip(caller);
        let is_stranger = known.is_some_and(|(callers, caller)| !callers.has_proved(caller));
        let places = [Some(&self.deliveries), is_stranger.then_some(&self.strangers)];
        places.into_iter().flatten().map(|places| places.clone().try_acquire_owned().ok()).collect()
    }
}

impl Default for Gate {
    fn default() -> Self {
        Self::new(Self::DELIVERIES, Self::FAILURES)
    }
}

/// A request that was let in. Another may come when it is dropped.
#[derive(Debug)]
#[must_use = "whether the credentials were wrong is told by the status"]
pub struct Visit {
    gate: Arc<Gate>,
    caller: Option<Caller>,
    address: IpAddr,
    is_delivery: bool,
    _places: Vec<OwnedSemaphorePermit>,
}

impl Visit {
    /// Tells what the request is answered with.
    ///
    /// # Errors
    ///
    /// What to answer instead: 429 for a failure when there were too many.
    pub fn leave(self, status: u16) -> Result<(), Refusal> {
        let Some((callers, caller)) = self.gate.callers.as_ref().zip(self.caller) else {
            return Ok(());
        };
        match status {
            401 => match callers.failed(caller, Instant::now()) {
                Some(wait) => Err(Refusal::failures(wait, self.address)),
                None => Ok(()),
            },
            // Answers to questions prove nothing: some are given to strangers.
            200..=299 if self.is_delivery => {
                callers.proved(caller);
                Ok(())
            }
            _ => Ok(()),
        }
    }
}

/// What is answered to a request that was not let in. It is logged when it is made.
#[derive(Clone, Copy, Debug)]
pub struct Refusal {
    status: u16,
    retry_after: u64,
    body: &'static str,
}

impl Refusal {
    fn overload(address: IpAddr) -> Self {
        let refusal = Self { status: 503, retry_after: 1, body: OVERLOAD };
        refusal.log("overloaded", address)
    }

    fn failures(wait: Duration, address: IpAddr) -> Self {
        let seconds = wait.as_secs().saturating_add(u64::from(wait.subsec_nanos() > 0)).max(1);
        let refusal = Self { status: 429, retry_after: seconds, body: FAILURES };
        refusal.log("auth_rate_limited", address)
    }

    fn log(self, reason: &str, remote: IpAddr) -> Self {
        tracing::warn!(target: "receiver", status = self.status, reason, %remote, "refused");
        self
    }

    /// The status.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.status
    }

    /// The headers.
    #[must_use]
    pub fn headers(&self) -> [(&'static str, String); 3] {
        [
            ("cache-control", "no-store".to_owned()),
            ("content-type", "application/problem+json".to_owned()),
            ("retry-after", self.retry_after.to_string()),
        ]
    }

    /// The body.
    #[must_use]
    pub fn body(&self) -> &'static str {
        self.body
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, again after {} s", self.status, self.retry_after)
    }
}

impl std::error::Error for Refusal {}

/// The paths that are no deliveries.
const ALWAYS: [&str; 2] = ["/health", "/metrics"];

const OVERLOAD: &str = r#"{"type":"urn:receiver:problem:retry-later","title":"The delivery cannot be handled now; send it again later","status":503}"#;

const FAILURES: &str = r#"{"type":"urn:receiver:problem:too-many-failures","title":"Too many wrong credentials came from this address; send it again later","status":429}"#;
