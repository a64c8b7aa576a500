//! `Places`: how many requests are here at once, of all callers, of strangers, and of each network.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::network::Network;

/// Whose a request is, as far as the peer's address tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
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
    most_of_strangers: usize,
    most_of_a_stranger: usize,
    here: Mutex<Here>,
}

/// A network of which nobody is here is not in it: it is never larger than there are places.
#[derive(Debug, Default)]
struct Here {
    all: usize,
    strangers: usize,
    of: HashMap<(Network, Guest), usize>,
}

impl Places {
    pub(super) fn new(most: usize, most_of_a_stranger: usize) -> Self {
        Self {
            most,
            most_of_strangers: most.div_ceil(2),
            most_of_a_stranger,
            here: Mutex::default(),
        }
    }

    /// A place, if there is one for this guest.
    pub(super) fn enter(self: &Arc<Self>, guest: Guest, address: IpAddr) -> Option<Place> {
        let whose = (Network::of(address), guest);
        let mut here = self.here();
        let its = here.of.get(&whose).copied().unwrap_or(0);
        let (free, quarter) = (self.most.saturating_sub(here.all), self.most / 4);
        let is_full = match guest {
            Guest::Stranger => {
                here.strangers >= self.most_of_strangers || its >= self.most_of_a_stranger
            }
            // The last quarter is for those who have less than that.
            Guest::Known => free <= quarter && its >= quarter,
            Guest::Proxy => false,
        };
        if is_full || free == 0 {
            return None;
        }
        here.all = here.all.saturating_add(1);
        here.strangers = here.strangers.saturating_add(usize::from(guest == Guest::Stranger));
        here.of.insert(whose, its.saturating_add(1));
        Some(Place { places: Arc::clone(self), whose })
    }

    fn here(&self) -> MutexGuard<'_, Here> {
        self.here.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A place that is taken. It is free when this is dropped.
#[derive(Debug)]
pub(super) struct Place {
    places: Arc<Places>,
    whose: (Network, Guest),
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut here = self.places.here();
        let (_, guest) = self.whose;
        here.all = here.all.saturating_sub(1);
        here.strangers = here.strangers.saturating_sub(usize::from(guest == Guest::Stranger));
        if let Entry::Occupied(mut its) = here.of.entry(self.whose) {
            *its.get_mut() = its.get().saturating_sub(1);
            if *its.get() == 0 {
                its.remove();
            }
        }
    }
}
