//! A signed time in another unit, or too far from now.

use std::cmp::Ordering;
use std::fmt;
use std::time::{Duration, SystemTime};

use crate::Request;
use crate::scheme::{Layout, Presented, Unit};

/// What would have to be otherwise with the signed time.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeChange {
    /// It is written in this unit.
    Unit(Unit),
    /// It is so long before now: a clock is wrong, or the delivery was held up or is sent again.
    Before(Duration),
    /// It is so long after now: a clock is wrong.
    After(Duration),
    /// It is written in none of the ways that we read, and the signature is right.
    Unreadable,
}

impl fmt::Display for TimeChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unit(unit) => write!(f, "the time were read as {unit}"),
            Self::Before(by) => write!(
                f,
                "the time were not {} before now: the signature itself is right; the sender's \
                 clock or yours is off, or the delivery was held up or is sent again",
                Span(*by)
            ),
            Self::After(by) => write!(
                f,
                "the time were not {} after now: the signature itself is right; the sender's \
                 clock or yours is off",
                Span(*by)
            ),
            Self::Unreadable => f.write_str("the time were not judged: it cannot be read"),
        }
    }
}

/// What is wrong with a time whose signature is right.
pub(super) fn changes(layout: &Layout, request: &Request<'_>, now: SystemTime) -> Vec<TimeChange> {
    let Some(timestamp) = layout.timestamp() else { return Vec::new() };
    let Some(tolerance) = timestamp.tolerance() else { return Vec::new() };
    let headers = layout.source().headers();
    let text = Presented::read(layout.source(), &headers, request).and_then(|presented| {
        timestamp.text(layout.grammar(), request, &presented).map(<[u8]>::to_vec)
    });
    let Ok(text) = text else { return Vec::new() };

    let own = timestamp.unit();
    let readings = || {
        [own, Unit::Seconds, Unit::Milliseconds, Unit::Rfc3339, Unit::HttpDate]
            .into_iter()
            .filter_map(|unit| Some((unit, unit.read(&text)?, unit.of(now).unwrap_or_default())))
    };
    // Seconds that are read as milliseconds are a time in 1970, which nobody signed.
    let likely = readings().find(|(_, signed, _)| *signed >= YEAR_2000);
    let Some((unit, signed, now)) = likely.or_else(|| readings().next()) else {
        return vec![TimeChange::Unreadable];
    };
    let by = signed.abs_diff(now);
    let apart = tolerance.check(signed, now).err().map(|_| match signed.cmp(&now) {
        Ordering::Greater => TimeChange::After(by),
        _ => TimeChange::Before(by),
    });
    let other = (unit != own).then_some(TimeChange::Unit(unit));
    other.into_iter().chain(apart).collect()
}

const YEAR_2000: Duration = Duration::from_secs(946_684_800);

/// A span of time in the two largest units it has.
pub(super) struct Span(pub(super) Duration);

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.0.as_secs();
        let (days, hours, minutes) = (seconds / 86_400, seconds / 3_600 % 24, seconds / 60 % 60);
        match (days, seconds / 3_600, seconds / 60) {
            (0, 0, 0) if seconds == 0 => write!(f, "{} ms", self.0.as_millis()),
            (0, 0, 0) => write!(f, "{seconds} s"),
            (0, 0, _) => write!(f, "{minutes} min {} s", seconds % 60),
            (0, _, _) => write!(f, "{hours} h {minutes} min"),
            (1, _, _) => write!(f, "1 day {hours} h"),
            _ => write!(f, "{days} days {hours} h"),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::Span;

    #[track_caller]
    fn check(milliseconds: u64, expected: &str) {
        assert_eq!(Span(Duration::from_millis(milliseconds)).to_string(), expected);
    }

    #[test]
    fn a_span_is_told_in_the_two_largest_units_it_has() {
        check(120, "120 ms");
        check(1_999, "1 s");
        check(61_000, "1 min 1 s");
        check(3_600_000, "1 h 0 min");
        check(10_859_000, "3 h 0 min");
        check(86_400_000, "1 day 0 h");
        check(277_200_000, "3 days 5 h");
    }
}
