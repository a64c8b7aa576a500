//! How far a signed timestamp may be from now.

use std::time::Duration;

use super::AuthError;

/// How far a signed timestamp may lie in the past and in the future: 5 minutes each unless said.
///
/// Zero means zero, not "off". Source of the default: the Standard Webhooks specification.
///
/// ```
/// use std::time::{Duration, SystemTime};
/// use receiver_core::scheme::{Scheme, Signature, Tolerance};
/// use receiver_core::{AuthError, Request, Secret};
///
/// let tolerance = Tolerance::new(Duration::from_secs(60), Duration::from_secs(5));
/// let scheme = Signature::standard_webhooks(Secret::new("correct horse")?).with_tolerance(tolerance);
///
/// let now = SystemTime::now();
/// let headers = scheme.sign("msg1", now - Duration::from_secs(90), b"{}");
/// let request = Request::new("POST", "/", &headers).with_body("{}");
/// assert_eq!(scheme.verify(&request, now).unwrap_err(), AuthError::Stale);
/// # Ok::<(), receiver_core::InvalidSecret>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tolerance {
    past: Duration,
    future: Duration,
}

impl Tolerance {
    /// The same tolerance both ways. The comparison is as exact as the timestamp's unit.
    #[must_use]
    pub const fn both(tolerance: Duration) -> Self {
        Self { past: tolerance, future: tolerance }
    }

    /// A tolerance for each way.
    #[must_use]
    pub const fn new(past: Duration, future: Duration) -> Self {
        Self { past, future }
    }

    /// How far in the past.
    #[must_use]
    pub const fn past(self) -> Duration {
        self.past
    }

    /// How far in the future.
    #[must_use]
    pub const fn future(self) -> Duration {
        self.future
    }

    /// 5 minutes each way.
    pub const DEFAULT: Self = Self::both(Duration::from_secs(300));

    /// Judges a time against now, both as what passed since 1970.
    pub(crate) fn check(self, signed: Duration, now: Duration) -> Result<(), AuthError> {
        if now.saturating_sub(signed) > self.past {
            return Err(AuthError::Stale);
        }
        if signed.saturating_sub(now) > self.future {
            return Err(AuthError::Future);
        }
        Ok(())
    }
}

impl Default for Tolerance {
    fn default() -> Self {
        Self::DEFAULT
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{AuthError, Tolerance};

    const NOW: Duration = Duration::from_secs(1_700_000_000);

    #[track_caller]
    fn check(tolerance: Tolerance, signed: u64, expected: Result<(), AuthError>) {
        assert_eq!(tolerance.check(Duration::from_secs(signed), NOW), expected, "{signed}");
    }

    #[test]
    fn the_tolerance_ends_to_the_second_on_both_sides() {
        let tolerance = Tolerance::new(Duration::from_secs(300), Duration::from_secs(60));
        check(tolerance, 1_700_000_000, Ok(()));
        check(tolerance, 1_699_999_700, Ok(()));
        check(tolerance, 1_699_999_699, Err(AuthError::Stale));
        check(tolerance, 1_700_000_060, Ok(()));
        check(tolerance, 1_700_000_061, Err(AuthError::Future));
        check(tolerance, 0, Err(AuthError::Stale));
        check(tolerance, u64::MAX, Err(AuthError::Future));
    }

    #[test]
    fn zero_tolerance_is_not_off() {
        let tolerance = Tolerance::both(Duration::ZERO);
        check(tolerance, 1_700_000_000, Ok(()));
        check(tolerance, 1_699_999_999, Err(AuthError::Stale));
        check(tolerance, 1_700_000_001, Err(AuthError::Future));
    }

    #[test]
    fn the_widest_tolerance_does_not_overflow() {
        let tolerance = Tolerance::both(Duration::MAX);
        check(tolerance, 0, Ok(()));
        check(tolerance, u64::MAX, Ok(()));
    }
}
