//! `Network`: whose an address is.

use std::net::{IpAddr, Ipv6Addr};

/// An address in its one spelling; of version 6 the 2^64 beside it too, because whoever has one of
/// them has them all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Network(Ipv6Addr);

impl Network {
    pub(super) fn of(address: IpAddr) -> Self {
        Self(match address.to_canonical() {
            IpAddr::V4(address) => address.to_ipv6_mapped(),
            IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX)),
        })
    }
}
