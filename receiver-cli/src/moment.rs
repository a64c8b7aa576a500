//! Times: of `--now`, and as people and files write them.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use receiver_core::jiff::Timestamp;

/// Reads the seconds of `--now`.
pub(crate) fn from_seconds(text: &str) -> Result<SystemTime, &'static str> {
    let seconds = text.parse().map_err(|_| "not a number of seconds since 1970")?;
    UNIX_EPOCH.checked_add(Duration::from_secs(seconds)).ok_or("later than this machine can say")
}

/// Reads a time as RFC 3339 writes it.
pub(crate) fn from_text(text: &str) -> Option<SystemTime> {
    SystemTime::try_from(text.parse::<Timestamp>().ok()?).ok()
}

/// The time as RFC 3339 writes it, to the millisecond.
pub(crate) fn text(time: SystemTime) -> String {
    Timestamp::try_from(time).map(|time| format!("{time:.3}")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

    use super::{from_seconds, from_text, text};

    #[test]
    fn a_time_is_written_as_it_is_read() {
        let time = from_text("2026-01-15T12:30:00.250Z").expect("a time");
        assert_eq!(text(time), "2026-01-15T12:30:00.250Z");
        assert_eq!(from_text("2026-01-15T09:30:00.250-03:00"), Some(time));
        assert_eq!(from_text("yesterday"), None);
    }

    #[test]
    fn now_is_a_number_of_seconds() {
        assert_eq!(from_seconds("86400"), Ok(UNIX_EPOCH + Duration::from_secs(86400)));
        assert!(from_seconds("-1").is_err());
        assert!(from_seconds("12h").is_err());
        assert!(from_seconds("18446744073709551615").is_err());
    }
}
