//! How a timestamp is written: seconds, milliseconds, RFC 3339, as HTTP writes dates.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use jiff::fmt::rfc2822;

/// How a timestamp is written.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Seconds since 1970, in at most 12 digits.
    Seconds,
    /// Milliseconds since 1970, in at most 15 digits.
    Milliseconds,
    /// A date and time with its offset (RFC 3339, section 5.6), judged to the millisecond.
    Rfc3339,
    /// A date as HTTP's own headers have it, `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110, section 5.6.7,
    /// `IMF-fixdate`).
    HttpDate,
}

impl Unit {
    /// The time since 1970 that a text says.
    pub(crate) fn read(self, text: &[u8]) -> Option<Duration> {
        match self {
            Self::Seconds => canonical_decimal(text, 12).map(Duration::from_secs),
            Self::Milliseconds => canonical_decimal(text, 15).map(Duration::from_millis),
            Self::Rfc3339 => {
                let instant: jiff::Timestamp = rfc_3339(text)?.parse().ok()?;
                // Before 1970 is as stale as 1970.
                Some(Duration::from_millis(u64::try_from(instant.as_millisecond()).unwrap_or(0)))
            }
            Self::HttpDate => {
                let text = std::str::from_utf8(text).ok()?;
                let instant = rfc2822::DateTimeParser::new().parse_timestamp(text).ok()?;
                // Mail has many spellings of a date, HTTP has one.
                let is_spelled_so = http_date(instant).is_some_and(|date| date == text);
                let since = u64::try_from(instant.as_second()).unwrap_or(0);
                is_spelled_so.then_some(Duration::from_secs(since))
            }
        }
    }

    /// The time since 1970, as exactly as this unit says it; `None` before 1970.
    pub(crate) fn of(self, time: SystemTime) -> Option<Duration> {
        let since = time.duration_since(UNIX_EPOCH).ok()?;
        Some(match self {
            Self::Seconds | Self::HttpDate => Duration::from_secs(since.as_secs()),
            Self::Milliseconds | Self::Rfc3339 => {
                Duration::from_millis(u64::try_from(since.as_millis()).unwrap_or(u64::MAX))
            }
        })
    }

    /// The time as text.
    pub(super) fn write(self, time: SystemTime) -> String {
        let since = self.of(time).unwrap_or_default();
        let instant = || {
            let milliseconds = i64::try_from(since.as_millis()).ok();
            let instant = milliseconds.and_then(|it| jiff::Timestamp::from_millisecond(it).ok());
            instant.unwrap_or(jiff::Timestamp::MAX)
        };
        match self {
            Self::Seconds => since.as_secs().to_string(),
            Self::Milliseconds => since.as_millis().to_string(),
            Self::Rfc3339 => instant().to_string(),
            Self::HttpDate => http_date(instant()).unwrap_or_default(),
        }
    }
}

fn http_date(instant: jiff::Timestamp) -> Option<String> {
    rfc2822::DateTimePrinter::new().timestamp_to_rfc9110_string(&instant).ok()
}

/// A decimal number in its one spelling: digits only, no sign, no leading zero. At most 19 digits fit.
fn canonical_decimal(text: &[u8], digits: usize) -> Option<u64> {
    let is_one = matches!(text, [b'0'] | [b'1'..=b'9', ..])
        && text.len() <= digits
        && text.iter().all(u8::is_ascii_digit);
    let push = |number: u64, digit: &u8| number.wrapping_mul(10).wrapping_add((digit & 15).into());
    is_one.then(|| text.iter().fold(0, push))
}

/// The text if it has the form of RFC 3339: jiff reads more, such as a time zone's name.
fn rfc_3339(text: &[u8]) -> Option<&str> {
    let (start, rest) = text.split_at_checked(SHAPE.len())?;
    let is_like = |(&byte, &like): (&u8, &u8)| match like {
        b'0' => byte.is_ascii_digit(),
        _ => byte == like,
    };
    let digits = rest
        .strip_prefix(b".")
        .map_or(0, |fraction| fraction.iter().take_while(|byte| byte.is_ascii_digit()).count());
    let rest = match digits {
        0 => rest,
        1..=9 => rest.get(digits.saturating_add(1)..)?,
        _ => return None,
    };
    let is_offset = match rest {
        b"Z" => true,
        [b'+' | b'-', offset @ ..] => {
            offset.len() == OFFSET.len() && offset.iter().zip(OFFSET).all(is_like)
        }
        _ => false,
    };
    let is_shaped = is_offset && start.iter().zip(SHAPE).all(is_like);
    std::str::from_utf8(text).ok().filter(|_| is_shaped)
}

const SHAPE: &[u8] = b"0000-00-00T00:00:00";
const OFFSET: &[u8] = b"00:00";

#[cfg(test)]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

    use super::Unit;

    #[track_caller]
    fn check(unit: Unit, text: &str, expected: Option<Duration>) {
        assert_eq!(unit.read(text.as_bytes()), expected, "{text}");
    }

    #[test]
    fn a_number_has_one_spelling() {
        check(Unit::Seconds, "1700000000", Some(Duration::from_secs(1_700_000_000)));
        check(Unit::Seconds, "0", Some(Duration::ZERO));
        check(Unit::Seconds, "999999999999", Some(Duration::from_secs(999_999_999_999)));
        check(Unit::Milliseconds, "1700000000123", Some(Duration::from_millis(1_700_000_000_123)));
        check(Unit::Milliseconds, "1000000000000000", None);
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
            check(Unit::Seconds, text, None);
        }
    }

    #[test]
    fn a_date_is_rfc_3339_and_nothing_else_jiff_reads() {
        let expected = Some(Duration::from_secs(1_577_862_000));
        check(Unit::Rfc3339, "2020-01-01T00:00:00-07:00", expected);
        check(Unit::Rfc3339, "2020-01-01T07:00:00Z", expected);
        check(Unit::Rfc3339, "2020-01-01T07:00:00.000999999Z", expected);
        check(Unit::Rfc3339, "1969-12-31T23:59:59Z", Some(Duration::ZERO));
        for text in [
            "",
            "2020-01-01",
            "2020-01-01T07:00:00",
            "2020-01-01T07:00Z",
            "20200101T070000Z",
            "2020-01-01 07:00:00Z",
            "2020-01-01t07:00:00z",
            "2020-01-01T07:00:00.Z",
            "2020-01-01T07:00:00.0000000000Z",
            "2020-01-01T07:00:00Z[UTC]",
            "2020-01-01T07:00:00+00:00[Europe/London]",
            "2020-01-01T07:00:00+0000",
            "2020-13-01T07:00:00Z",
            "2020-02-30T07:00:00Z",
            "2020-01-01T07:00:00+99:99",
            "+002020-01-01T07:00:00Z",
            "1577862000",
        ] {
            check(Unit::Rfc3339, text, None);
        }
    }

    #[test]
    fn a_date_of_http_has_one_spelling() {
        let expected = Some(Duration::from_secs(784_111_777));
        check(Unit::HttpDate, "Sun, 06 Nov 1994 08:49:37 GMT", expected);
        check(Unit::HttpDate, "Thu, 01 Jan 1970 00:00:00 GMT", Some(Duration::ZERO));
        check(Unit::HttpDate, "Wed, 31 Dec 1969 23:59:59 GMT", Some(Duration::ZERO));
        for text in [
            "",
            "784111777",
            "1994-11-06T08:49:37Z",
            "Mon, 06 Nov 1994 08:49:37 GMT",
            "Sun, 6 Nov 1994 08:49:37 GMT",
            "Sun,  06 Nov 1994 08:49:37 GMT",
            " Sun, 06 Nov 1994 08:49:37 GMT",
            "Sun, 06 Nov 1994 08:49:37 GMT ",
            "sun, 06 nov 1994 08:49:37 gmt",
            "Sun, 06 Nov 1994 08:49:37 +0000",
            "Sun, 06 Nov 1994 08:49:37 EST",
            "Sun, 06 Nov 1994 08:49 GMT",
            "Sun, 06 Nov 94 08:49:37 GMT",
            "06 Nov 1994 08:49:37 GMT",
            "Sun, 06 Nov 1994 08:49:37 (now) GMT",
            "Sunday, 06-Nov-94 08:49:37 GMT",
            "Sun Nov  6 08:49:37 1994",
        ] {
            check(Unit::HttpDate, text, None);
        }
    }

    #[test]
    fn what_is_written_is_read_to_the_units_last_digit() {
        let now = UNIX_EPOCH + Duration::new(1_700_000_000, 123_456_789);
        for (unit, expected) in [
            (Unit::Seconds, "1700000000"),
            (Unit::Milliseconds, "1700000000123"),
            (Unit::Rfc3339, "2023-11-14T22:13:20.123Z"),
            (Unit::HttpDate, "Tue, 14 Nov 2023 22:13:20 GMT"),
        ] {
            assert_eq!(unit.write(now), expected);
            assert_eq!(unit.read(expected.as_bytes()), unit.of(now));
        }
    }
}
