//! `Callers`: who was wrong how often and who was right, in a bounded memory.

use std::hash::{BuildHasher as _, RandomState};
use std::net::IpAddr;
use std::num::NonZeroUsize;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use lru::LruCache;
use tokio::time::Instant;

use super::network::Network;

/// An endpoint and a network, as a number that nobody outside can foresee: of a fixed size, however
/// long the path is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Caller(u64);

/// The callers that were wrong last and, apart from them, those that were right: nobody can push
/// these out by being wrong. Who is forgotten begins anew.
#[derive(Debug)]
pub(super) struct Callers {
    /// When a budget is whole again: each failure moves it on.
    wrong: Mutex<LruCache<Caller, Instant>>,
    right: Mutex<LruCache<Caller, ()>>,
    hasher: RandomState,
    /// How far ahead a budget may be spent.
    ahead: Duration,
}

impl Callers {
    pub(super) fn new(budget: u32) -> Self {
        Self {
            wrong: Mutex::new(LruCache::new(CALLERS)),
            right: Mutex::new(LruCache::new(CALLERS)),
            hasher: RandomState::new(),
            ahead: EACH.saturating_mul(budget),
        }
    }

    pub(super) fn caller(&self, path: &str, address: IpAddr) -> Caller {
        Caller(self.hasher.hash_one((path, Network::of(address))))
    }

    /// Whether this caller has delivered something.
    pub(super) fn has_proved(&self, caller: Caller) -> bool {
        lock(&self.right).contains(&caller)
    }

    /// Remembers that this caller has delivered something.
    pub(super) fn proved(&self, caller: Caller) {
        lock(&self.right).put(caller, ());
    }

    /// How long this caller has to wait until it may be wrong again. Asking leaves no trace, so that
    /// nobody can push out what is known by asking in many names.
    pub(super) fn must_wait(&self, caller: Caller, now: Instant) -> Option<Duration> {
        let whole_at = lock(&self.wrong).get(&caller).copied()?;
        self.wait(whole_at, now)
    }

    /// Counts a failure, or says how long to wait when there were too many.
    pub(super) fn failed(&self, caller: Caller, now: Instant) -> Option<Duration> {
        let mut wrong = lock(&self.wrong);
        let whole_at = wrong.get_or_insert_mut(caller, || now);
        let wait = self.wait(*whole_at, now);
        if wait.is_none() {
            *whole_at = (*whole_at).max(now).checked_add(EACH).unwrap_or(now);
        }
        wait
    }

    fn wait(&self, whole_at: Instant, now: Instant) -> Option<Duration> {
        let spent = whole_at.saturating_duration_since(now).saturating_add(EACH);
        spent.checked_sub(self.ahead).filter(|wait| !wait.is_zero())
    }
}

fn lock<T>(known: &Mutex<T>) -> MutexGuard<'_, T> {
    known.lock().unwrap_or_else(PoisonError::into_inner)
}

/// After this time one failure is forgiven.
const EACH: Duration = Duration::from_secs(10);

/// How many callers are remembered of each kind: about a mebibyte of them.
const CALLERS: NonZeroUsize = NonZeroUsize::MIN.saturating_add(16 * 1024 - 1);
