//! How far a signed timestamp may be from now.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::AuthError;

/// How far a signed timestamp may lie in the past and in the future: 5 minutes each unless said.
///
/// Zero means zero, not "off". Source of the default: the Standard Webhooks specification.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tolerance {
    past: Duration,
    future: Duration,
}

impl Tolerance {
    /// The same tolerance both ways. Timestamps have whole seconds, and so has the comparison.
    #[must_use]
    pub const fn both(tolerance: Duration) -> Self {
        Self { past: tolerance, future: tolerance }
    }

    /// A tolerance for each way.
    #[must_use]
    pub const fn new(past: Duration, future: Duration) -> Self {
        Self { past, future }
    }

    /// Judges a timestamp, given as text, in seconds since 1970.
    pub(super) fn check(self, timestamp: &[u8], now: SystemTime) -> Result<(), AuthError> {
        let signed = canonical_decimal(timestamp).ok_or(AuthError::BadTimestamp)?;
        // A clock before 1970 is a broken clock: nothing is fresh by it.
        let now = now.duration_since(UNIX_EPOCH).map_err(|_| AuthError::Future)?.as_secs();
        if now.saturating_sub(signed) > self.past.as_secs() {
            return Err(AuthError::Stale);
        }
        if signed.saturating_sub(now) > self.future.as_secs() {
            return Err(AuthError::Future);
        }
        Ok(())
    }
}

impl Default for Tolerance {
    fn default() -> Self {
        Self::both(Duration::from_secs(300))
    }
}

/// A decimal number in its one spelling: digits only, no sign, no leading zero, at most 12 digits.
fn canonical_decimal(text: &[u8]) -> Option<u64> {
    let canonical = matches!(text, [b'0'] | [b'1'..=b'9', ..]) && text.len() <= 12;
    if !canonical || !text.iter().all(u8::is_ascii_digit) {
        return None;
    }
    std::str::from_utf8(text).ok()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime, UNIX_EPOCH};

    use super::{AuthError, Tolerance};

    fn at(seconds: u64) -> SystemTime {
        UNIX_EPOCH.checked_add(Duration::from_secs(seconds)).expect("a time")
    }

    #[track_caller]
    fn check(timestamp: &str, expected: Result<(), AuthError>) {
        let now = at(1_700_000_000);
        let tolerance = Tolerance::new(Duration::from_secs(300), Duration::from_secs(60));
        assert_eq!(tolerance.check(timestamp.as_bytes(), now), expected, "{timestamp}");
    }

    #[test]
    fn the_tolerance_ends_to_the_second_on_both_sides() {
        check("1700000000", Ok(()));
        check("1699999700", Ok(()));
        check("1699999699", Err(AuthError::Stale));
        check("1700000060", Ok(()));
        check("1700000061", Err(AuthError::Future));
    }

    #[test]
    fn a_timestamp_has_one_spelling() {
        for text in [
            "",
            " ",
            "-1",
            "+1700000000",
            "01700000000",
            "1700000000 ",
            "1700000000.0",
            "1.7e9",
            "0x65",
            "-9223372036854775808",
            "9999999999999",
            "18446744073709551616",
            "１７",
            "\0",
        ] {
            check(text, Err(AuthError::BadTimestamp));
        }
        check("999999999999", Err(AuthError::Future));
        check("0", Err(AuthError::Stale));
    }

    #[test]
    fn zero_tolerance_is_not_off() {
        let tolerance = Tolerance::both(Duration::ZERO);
        let now = at(100);
        assert_eq!(tolerance.check(b"100", now), Ok(()));
        assert_eq!(tolerance.check(b"99", now), Err(AuthError::Stale));
        assert_eq!(tolerance.check(b"101", now), Err(AuthError::Future));
    }

    #[test]
    fn a_clock_before_1970_accepts_nothing() {
        let now = UNIX_EPOCH.checked_sub(Duration::from_secs(1)).expect("a time");
        assert_eq!(Tolerance::default().check(b"0", now), Err(AuthError::Future));
    }
}
