//! `Strangers`: how many of them are here at once, of all networks and of each.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::network::Network;

/// The places of those who never delivered anything.
#[derive(Debug)]
pub(super) struct Strangers {
    most: usize,
    most_of_each: usize,
    here: Mutex<Here>,
}

/// A network of which nobody is here is not in it: it is never larger than there are places.
#[derive(Debug, Default)]
struct Here {
    count: usize,
    of: HashMap<Network, usize>,
}

impl Strangers {
    pub(super) fn new(most: usize, most_of_each: usize) -> Self {
        Self { most, most_of_each, here: Mutex::default() }
    }

    /// A place, if there is one.
    pub(super) fn enter(self: &Arc<Self>, address: IpAddr) -> Option<Stranger> {
        let network = Network::of(address);
        let mut here = self.here();
        let count = here.of.get(&network).copied().unwrap_or(0);
        if here.count >= self.most || count >= self.most_of_each {
            return None;
        }
        here.count = here.count.saturating_add(1);
        here.of.insert(network, count.saturating_add(1));
        Some(Stranger { strangers: Arc::clone(self), network })
    }

    fn here(&self) -> MutexGuard<'_, Here> {
        self.here.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A place that is taken. It is free when this is dropped.
#[derive(Debug)]
pub(super) struct Stranger {
    strangers: Arc<Strangers>,
    network: Network,
}

impl Drop for Stranger {
    fn drop(&mut self) {
        let mut here = self.strangers.here();
        here.count = here.count.saturating_sub(1);
        if let Entry::Occupied(mut count) = here.of.entry(self.network) {
            *count.get_mut() = count.get().saturating_sub(1);
            if *count.get() == 0 {
                count.remove();
            }
        }
    }
}
