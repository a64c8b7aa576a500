//! `Failures`: how often callers were wrong, in a bounded memory.

use std::hash::{BuildHasher as _, RandomState};
use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroUsize;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use lru::LruCache;
use tokio::time::Instant;

/// An endpoint and an address, as a number that nobody outside can foresee: of a fixed size, however
/// long the path is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Caller(u64);

/// What is known of the callers that came last. Who is forgotten begins anew.
#[derive(Debug)]
pub(super) struct Failures {
    known: Mutex<LruCache<Caller, Known>>,
    hasher: RandomState,
    /// How far ahead a budget may be spent.
    ahead: Duration,
}

/// What is known of a caller.
#[derive(Clone, Copy, Debug)]
struct Known {
    /// When its budget is whole again: each failure moves it on.
    whole_at: Instant,
    has_proved: bool,
}

impl Failures {
    pub(super) fn new(budget: u32) -> Self {
        Self {
            known: Mutex::new(LruCache::new(CALLERS)),
            hasher: RandomState::new(),
            ahead: EACH.saturating_mul(budget),
        }
    }

    pub(super) fn caller(&self, path: &str, address: IpAddr) -> Caller {
        let network = match address.to_canonical() {
            IpAddr::V4(address) => address.to_bits().into(),
            // Whoever has one address of version 6 has the 2^64 beside it.
            IpAddr::V6(address) => address.to_bits() & !u128::from(u64::MAX),
        };
        let is_v4 = address.to_canonical().is_ipv4();
        Caller(self.hasher.hash_one((path, is_v4, Ipv6Addr::from_bits(network))))
    }

    /// How long this caller has to wait until it is listened to.
    pub(super) fn must_wait(&self, caller: Caller, now: Instant) -> Option<Duration> {
        let known = self.known(caller).filter(|known| !known.has_proved)?;
        self.wait(&known, now)
    }

    /// Whether this caller has delivered something.
    pub(super) fn has_proved(&self, caller: Caller) -> bool {
        self.known(caller).is_some_and(|known| known.has_proved)
    }

    /// Asking leaves no trace, so that nobody can push out what is known by asking in many names.
    fn known(&self, caller: Caller) -> Option<Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).get(&caller).copied()
    }

    /// Counts a failure, or says how long to wait when there were too many.
    pub(super) fn failed(&self, caller: Caller, now: Instant) -> Option<Duration> {
        self.learn(caller, now, |known| {
            let wait = self.wait(known, now);
            if wait.is_none() {
                known.whole_at = known.whole_at.max(now).checked_add(EACH).unwrap_or(now);
            }
            wait
        })
    }

    /// Remembers that this caller has delivered something.
    pub(super) fn proved(&self, caller: Caller, now: Instant) {
        self.learn(caller, now, |known| known.has_proved = true);
    }

    fn wait(&self, known: &Known, now: Instant) -> Option<Duration> {
        let spent = known.whole_at.saturating_duration_since(now).saturating_add(EACH);
        spent.checked_sub(self.ahead).filter(|wait| !wait.is_zero())
    }

    fn learn<T>(&self, caller: Caller, now: Instant, work: impl FnOnce(&mut Known) -> T) -> T {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        work(known.get_or_insert_mut(caller, || Known { whole_at: now, has_proved: false }))
    }
}

/// After this time one failure is forgiven.
const EACH: Duration = Duration::from_secs(10);

/// How many callers are remembered: about a mebibyte of them.
const CALLERS: NonZeroUsize = NonZeroUsize::MIN.saturating_add(16 * 1024 - 1);
