//! The signed timestamp: where it is, its unit, and how far from now it may be.

use std::time::{Duration, SystemTime};

use http::HeaderName;

use super::{Grammar, Presented, Unit};
use crate::Request;
use crate::scheme::{AuthError, Tolerance};

/// The signed timestamp: where it is, its unit, and how far from now it may be.
#[derive(Clone, Debug, PartialEq)]
pub struct Timestamp {
    pub(crate) place: Place,
    pub(crate) unit: Unit,
    pub(crate) tolerance: Option<Tolerance>,
}

impl Timestamp {
    /// In this header; 5 minutes from now at most, unless said.
    #[must_use]
    pub const fn in_header(name: HeaderName, unit: Unit) -> Self {
        Self { place: Place::Header(name), unit, tolerance: Some(Tolerance::DEFAULT) }
    }

    /// Beside the signature, where the [`Grammar`](super::Grammar) has it; 5 minutes from now at
    /// most, unless said.
    #[must_use]
    pub const fn beside(unit: Unit) -> Self {
        Self { place: Place::Beside, unit, tolerance: Some(Tolerance::DEFAULT) }
    }

    /// The same with this tolerance. Zero means zero.
    #[must_use]
    pub const fn within(mut self, tolerance: Tolerance) -> Self {
        self.tolerance = Some(tolerance);
        self
    }

    /// The same without a limit: the timestamp is signed and not judged. For senders that do not
    /// say what it may be; a delivery can be sent again at any time. In a content of one's own, put a
    /// fixed text between it and an id: of digits side by side it is not signed which are whose.
    #[must_use]
    pub const fn unenforced(mut self) -> Self {
        self.tolerance = None;
        self
    }

    /// Where it is.
    #[must_use]
    pub const fn place(&self) -> &Place {
        &self.place
    }

    /// How it is written.
    #[must_use]
    pub const fn unit(&self) -> Unit {
        self.unit
    }

    /// How far from now it may be; `None` where that is not judged.
    #[must_use]
    pub const fn tolerance(&self) -> Option<Tolerance> {
        self.tolerance
    }

    /// Its text in a request, which stands there once.
    pub(crate) fn text<'v>(
        &self,
        grammar: &Grammar,
        request: &Request<'v>,
        presented: &'v Presented<'_>,
    ) -> Result<&'v [u8], AuthError> {
        match &self.place {
            Place::Header(name) => Ok(request.headers().one(name)?),
            Place::Beside => {
                let mut values = presented.values();
                let first = grammar.timestamp(values.next().unwrap_or_default())?;
                for other in values {
                    // One of two timestamps would be judged and the other signed.
                    if grammar.timestamp(other)? != first {
                        return Err(AuthError::Repeated);
                    }
                }
                Ok(first)
            }
        }
    }

    /// Refuses what is not fresh. What it says, as time since 1970; for one that is not judged, if it
    /// is in its unit.
    pub(super) fn check(
        &self,
        text: &[u8],
        now: SystemTime,
    ) -> Result<Option<Duration>, AuthError> {
        let Some(tolerance) = self.tolerance else {
            // Letters that only a body has must not wander into the timestamp.
            let plain = |&byte: &u8| byte.is_ascii_digit() || b"-:.+TZ".contains(&byte);
            let is_plain = !text.is_empty() && text.len() <= 40 && text.iter().all(plain);
            let is_date = || Unit::HttpDate.read(text).is_some();
            let is_sound = is_plain || is_date();
            return is_sound.then(|| self.unit.read(text)).ok_or(AuthError::BadTimestamp);
        };
        let signed = self.unit.read(text).ok_or(AuthError::BadTimestamp)?;
        // A clock before 1970 is a broken clock: nothing is fresh by it.
        tolerance.check(signed, self.unit.of(now).ok_or(AuthError::Future)?)?;
        Ok(Some(signed))
    }
}

/// Where the timestamp is.
#[non_exhaustive]
#[derive(Clone, Debug, PartialEq)]
pub enum Place {
    /// In this header.
    Header(HeaderName),
    /// Beside the signature, in the same value.
    Beside,
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

    use super::{AuthError, Timestamp, Unit};

    #[test]
    fn a_clock_before_1970_accepts_nothing() {
        let now = UNIX_EPOCH - Duration::from_secs(1);
        for (unit, text) in [(Unit::Seconds, "0"), (Unit::Rfc3339, "1970-01-01T00:00:00Z")] {
            let timestamp = Timestamp::beside(unit);
            assert_eq!(timestamp.check(text.as_bytes(), now), Err(AuthError::Future));
        }
    }

    #[test]
    fn what_is_not_judged_is_still_a_timestamp() {
        let timestamp = Timestamp::beside(Unit::Milliseconds).unenforced();
        let millisecond = Some(Duration::from_millis(1));
        assert_eq!(timestamp.check(b"1", UNIX_EPOCH), Ok(millisecond));
        assert_eq!(timestamp.check(b"2020-01-01T07:00:00+01:00", UNIX_EPOCH), Ok(None));
        assert_eq!(timestamp.check(b"Sun, 06 Nov 1994 08:49:37 GMT", UNIX_EPOCH), Ok(None));
        let behind = "Sun, 06 Nov 1994 08:49:37 GMT1";
        for text in ["", "}1", "1 ", "\"1", behind, &"1".repeat(41)] {
            let verdict = timestamp.check(text.as_bytes(), UNIX_EPOCH);
            assert_eq!(verdict, Err(AuthError::BadTimestamp), "{text}");
        }
    }
}
