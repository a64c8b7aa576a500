//! `Scale`: how much of everything.

use std::time::Duration;

/// What a mode plays.
#[derive(Debug)]
pub(crate) struct Scale {
    /// Connections of each slow kind.
    pub(crate) slow: usize,
    /// One kind after the other, and those too that last half a minute.
    pub(crate) is_thorough: bool,
    /// Connections to a server that has no more file descriptors.
    pub(crate) flood: usize,
    /// How long five times the rate is offered.
    pub(crate) overload: Duration,
    /// Deliveries at once to a server that takes 1,024.
    pub(crate) places: usize,
    /// How long one address is wrong.
    pub(crate) wrong: Duration,
    /// Addresses that are wrong once.
    pub(crate) addresses: u32,
}

impl Scale {
    pub(crate) const LONG: Self = Self {
        slow: 500,
        is_thorough: true,
        flood: 10_000,
        overload: Duration::from_secs(3),
        places: 5 * 1024,
        wrong: Duration::from_secs(10),
        addresses: 30_000,
    };
    /// Controls have no more than this in any mode: it is enough to find them.
    pub(crate) const SHORT: Self = Self {
        slow: 60,
        is_thorough: false,
        flood: 600,
        overload: Duration::from_millis(300),
        places: 2_000,
        wrong: Duration::from_secs(3),
        addresses: 1_000,
    };
}
