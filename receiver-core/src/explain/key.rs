//! A key whose time it is not.

use std::fmt;
use std::time::{Duration, SystemTime};

use super::time::Span;
use crate::Key;

/// A key whose time it is not.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyChange {
    /// Its time ended so long ago: the sender still signs with an older key.
    Ended(Duration),
    /// Its time begins in so long: the sender signs with a newer key already.
    NotYet(Duration),
}

impl fmt::Display for KeyChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ended(ago) => write!(f, "its key had not ended {} ago", Span(*ago)),
            Self::NotYet(until) => write!(f, "its key did not begin only in {}", Span(*until)),
        }
    }
}

/// What is wrong with the key's time.
pub(super) fn change(key: &Key, now: SystemTime) -> Option<KeyChange> {
    let passed = |from: SystemTime, to: SystemTime| to.duration_since(from).ok();
    let ended = key.not_after().and_then(|end| passed(end, now)).map(KeyChange::Ended);
    let not_yet = key.not_before().and_then(|begin| passed(now, begin)).map(KeyChange::NotYet);
    // The last and the first moment are its own.
    let is_off = |change: &KeyChange| match change {
        KeyChange::Ended(by) | KeyChange::NotYet(by) => !by.is_zero(),
    };
    ended.filter(is_off).or(not_yet.filter(is_off))
}
