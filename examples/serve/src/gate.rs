//! `Gate`: who is let in, and who is told to come back later.
//!
//! It knows a path, an address and a status, and no framework. The address is the peer's: a
//! forwarded one can be written by anybody. So behind a proxy all callers are one address, and the
//! proxy is the place to tell them apart; see [`Bounds::proxies`].

use std::fmt;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;

use callers::{Caller, Callers};
use places::{Guest, Place, Places};

mod callers;
mod network;
mod places;

/// How much a [`Gate`] lets in.
#[derive(Clone, Debug)]
pub struct Bounds {
    /// Requests at once. A body that comes in pieces is in a buffer that grows by doubling: one of a
    /// mebibyte may take two. Strangers have half of these places, and none of the last eighth; the
    /// last quarter is for addresses that have less than a quarter, or are a proxy's. So with four or
    /// more nobody else has all.
    pub deliveries: usize,
    /// Requests at once from one address that has not delivered anything to their endpoint.
    pub strangers: usize,
    /// Wrong credentials at once, for each endpoint and address; then one every ten seconds. With 0
    /// they are not counted, and nobody is a stranger.
    pub failures: u32,
    /// Addresses whose callers nobody can tell apart, such as a proxy's: each counts as one that
    /// has delivered something, to every endpoint, and may have all places.
    pub proxies: Vec<IpAddr>,
}

/// 1,024 requests at once, 32 of them from one stranger; 100 wrong credentials; no proxy.
impl Default for Bounds {
    fn default() -> Self {
        Self { deliveries: 1024, strangers: 32, failures: 100, proxies: Vec::new() }
    }
}

/// Limits how many requests are read or handled at once, and how often an address may be wrong.
#[derive(Debug)]
pub struct Gate {
    places: Arc<Places>,
    callers: Option<Callers>,
    proxies: Vec<IpAddr>,
}

impl Gate {
    /// With these bounds.
    #[must_use]
    pub fn new(bounds: Bounds) -> Self {
        let Bounds { deliveries, strangers, failures, proxies } = bounds;
        Self {
            places: Arc::new(Places::new(deliveries, strangers)),
            callers: (failures > 0).then(|| Callers::new(failures)),
            proxies: proxies.iter().map(IpAddr::to_canonical).collect(),
        }
    }

    /// Lets a request in, or says what to answer at once, before its body is read.
    ///
    /// An address that was wrong too often is turned away, unless it has delivered something to
    /// this endpoint or is a proxy's: then it is listened to, so that nobody can lock out a sender
    /// whose address he shares. Its failures are answered by [`Visit::leave`]. For the same reason
    /// half of the places are kept for such addresses, strangers have few each, and nobody has all
    /// but a proxy: whoever sends slowly holds his.
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
        self.admit(method, path, address).inspect_err(|refusal| refusal.log(address, None))
    }

    fn admit(
        self: &Arc<Self>,
        method: &str,
        path: &str,
        address: IpAddr,
    ) -> Result<Visit, Refusal> {
        let known = self.callers.as_ref().map(|callers| (callers, callers.caller(path, address)));
        let guest = if self.proxies.contains(&address.to_canonical()) {
            Guest::Proxy
        } else if known.is_none_or(|(callers, caller)| callers.has_proved(caller)) {
            Guest::Known
        } else {
            Guest::Stranger
        };
        if guest == Guest::Stranger
            && let Some((callers, caller)) = known
            && let Some(wait) = callers.must_wait(caller, Instant::now())
        {
            return Err(Refusal::failures(wait));
        }
        // Whoever looks after the service must be answered just when there is too much to do.
        let place = if ALWAYS.contains(&path) {
            None
        } else {
            Some(self.places.enter(guest, address).ok_or(Refusal::OVERLOAD)?)
        };
        Ok(Visit {
            gate: Arc::clone(self),
            caller: known.map(|(_, caller)| caller),
            address,
            is_delivery: matches!(method, "POST" | "PUT"),
            _place: place,
        })
    }
}

impl Default for Gate {
    fn default() -> Self {
        Self::new(Bounds::default())
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
    _place: Option<Place>,
}

impl Visit {
    /// Tells what the request is answered with.
    ///
    /// # Errors
    ///
    /// What to answer instead: 429 for a failure when there were too many. Whoever made the answer
    /// has logged it by then, so the line of this one says what it replaces.
    pub fn leave(self, status: u16) -> Result<(), Refusal> {
        let Some((callers, caller)) = self.gate.callers.as_ref().zip(self.caller) else {
            return Ok(());
        };
        match status {
            401 => {
                if let Some(wait) = callers.failed(caller, Instant::now()) {
                    let refusal = Refusal::failures(wait);
                    refusal.log(self.address, Some(status));
                    return Err(refusal);
                }
            }
            // Answers to questions prove nothing: some are given to strangers.
            200..=299 if self.is_delivery => callers.proved(caller),
            _ => {}
        }
        Ok(())
    }
}

/// What is answered to a request that was not let in.
#[derive(Clone, Copy, Debug)]
pub struct Refusal {
    status: u16,
    reason: &'static str,
    retry_after: u64,
    body: &'static str,
}

impl Refusal {
    const OVERLOAD: Self =
        Self { status: 503, reason: "overloaded", retry_after: 1, body: OVERLOAD };

    fn failures(wait: Duration) -> Self {
        let seconds = wait.as_secs().saturating_add(u64::from(wait.subsec_nanos() > 0)).max(1);
        Self { status: 429, reason: "auth_rate_limited", retry_after: seconds, body: FAILURES }
    }

    fn log(&self, remote: IpAddr, instead_of: Option<u16>) {
        let Self { status, reason, .. } = self;
        tracing::warn!(target: "receiver", status, reason, instead_of, %remote, "refused");
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
