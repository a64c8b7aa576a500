//! `Places`: how many requests are here at once, of all callers, of strangers, and of each network.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::network::Network;

/// Whose a request is, as far as the peer's address tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Guest {
    /// Of an address that never delivered anything to this endpoint.
    Stranger,
    /// Of one that has.
    Known,
    /// Of anybody.
    Proxy,
}

/// The places of all.
#[derive(Debug)]
pub(super) struct Places {
    most: usize,
    most_of_a_stranger: usize,
    here: Mutex<Here>,
}

/// A network of which nobody is here is not in it: it is never larger than there are places.
#[derive(Debug, Default)]
struct Here {
    count: Count,
    of: HashMap<Network, Count>,
}

/// So many requests, and so many of them as a stranger.
#[derive(Clone, Copy, Debug, Default)]
struct Count {
    all: usize,
    strangers: usize,
}

impl Places {
    pub(super) fn new(most: usize, most_of_a_stranger: usize) -> Self {
        Self { most, most_of_a_stranger, here: Mutex::default() }
    }

    /// A place, if there is one for this guest.
    pub(super) fn enter(self: &Arc<Self>, guest: Guest, address: IpAddr) -> Option<Place> {
        // Nobody is to have less because a proxy is in his network.
        let network = (guest != Guest::Proxy).then(|| Network::of(address));
        let mut here = self.here();
        let its = network.and_then(|network| here.of.get(&network).copied()).unwrap_or_default();
        if !self.has_place(guest, here.count, its) {
            return None;
        }
        here.count = here.count.with(guest);
        if let Some(network) = network {
            here.of.insert(network, its.with(guest));
        }
        Some(Place { places: Arc::clone(self), network, guest })
    }

    fn has_place(&self, guest: Guest, here: Count, its: Count) -> bool {
        let free = self.most.saturating_sub(here.all);
        // The last quarter is for those who have less than that, and half of it for no strangers.
        let is_modest = free > self.most / 4 || its.all < self.most / 4;
        match guest {
            Guest::Stranger => {
                is_modest
                    && free > self.most / 8
                    && here.strangers < self.most.div_ceil(2)
                    && its.strangers < self.most_of_a_stranger
            }
            Guest::Known => is_modest && free > 0,
            Guest::Proxy => free > 0,
        }
    }

    fn here(&self) -> MutexGuard<'_, Here> {
        self.here.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Count {
    fn with(self, guest: Guest) -> Self {
        Self {
            all: self.all.saturating_add(1),
            strangers: self.strangers.saturating_add(usize::from(guest == Guest::Stranger)),
        }
    }

    fn without(self, guest: Guest) -> Self {
        Self {
            all: self.all.saturating_sub(1),
            strangers: self.strangers.saturating_sub(usize::from(guest == Guest::Stranger)),
        }
    }
}

/// A place that is taken. It is free when this is dropped.
#[derive(Debug)]
pub(super) struct Place {
    places: Arc<Places>,
    network: Option<Network>,
    guest: Guest,
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut here = self.places.here();
        here.count = here.count.without(self.guest);
        if let Some(network) = self.network
            && let Entry::Occupied(mut its) = here.of.entry(network)
        {
            *its.get_mut() = its.get().without(self.guest);
            if its.get().all == 0 {
                its.remove();
            }
        }
    }
}
