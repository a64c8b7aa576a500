//! The event that asks, and that its sender is proven.

use serde::de::DeserializeOwned;

use super::Cause;
use crate::{Delivery, Proof, Received, json};

/// A request whose sender is proven: a [`Delivery`] or a [`Received`], and nothing else.
pub trait Proven: sealed::Sealed {
    /// The body's bytes as received.
    fn body(&self) -> &[u8];

    /// By what the sender is proven.
    fn proof(&self) -> &Proof;
}

impl Proven for Delivery<'_> {
    fn body(&self) -> &[u8] {
        self.request().body()
    }

    fn proof(&self) -> &Proof {
        self.proof()
    }
}

impl<E> Proven for Received<E> {
    fn body(&self) -> &[u8] {
        &self.body
    }

    fn proof(&self) -> &Proof {
        &self.proof
    }
}

/// Reads the event that asks: the one whose `member` is `kind`.
pub(super) fn read<T: DeserializeOwned>(
    asked: &impl Proven,
    member: &str,
    kind: &str,
) -> Result<T, Cause> {
    let body = asked.body();
    // Most events ask nothing, so this looks at their first bytes only.
    let peeked = std::str::from_utf8(body).ok().and_then(|text| json::peek(text, member));
    if peeked.as_deref() != Some(kind) {
        return Err(Cause::NotAsked);
    }
    let text = json::check(body).map_err(|_| Cause::Unfit)?;
    json::read(text).map_err(|_| Cause::Unfit)
}

mod sealed {
    pub trait Sealed {}

    impl Sealed for crate::Delivery<'_> {}
    impl<E> Sealed for crate::Received<E> {}
}
