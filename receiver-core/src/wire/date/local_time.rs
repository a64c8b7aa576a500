//! A date and time on the clock in Brazil.

use std::fmt;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{self, Offset};
use serde::{Deserialize, Serialize, Serializer};

use super::Parts;
use crate::wire::text::Text;

/// A date or a date and time on the clock in Brazil, together with the text it was read from.
///
/// | spelling | as in |
/// | --- | --- |
/// | `2026-01-15` | Voalle's contracts |
/// | `2026-01-15T23:59:59` | SINtegre's periods |
/// | `2026-01-15 23:59:59` | Monuv's events, Voalle's reports |
/// | `2026-01-16T02:59:59.000Z`, or an offset | SINtegre's periods after a middle service |
/// | `15/01/2026`, `15-01-2026` | SINtegre's products, Voalle's titles |
/// | `15/01/2026 23:59:59`, `15-01-2026 23:59:59` | Voalle's reports |
///
/// A spelling with a zone is put back on the clock in Brazil: SINtegre's June ends at
/// `2025-07-01T02:59:59Z`, which is 30 June there. That clock is taken to be three hours behind UTC
/// (`America/Sao_Paulo` in the IANA time zone database, without daylight saving time since 2019).
/// For summers before that, and for the states further west, it is an approximation.
///
/// A leap second (`:60`) is read as the second before it. Anything else, such as 31 February, a
/// text of more than 64 bytes or a zone name in brackets, is only text.
///
/// # Examples
///
/// ```
/// use receiver_core::wire::date::LocalTime;
///
/// let time = LocalTime::from("15/01/2026 09:30:12");
/// assert_eq!(time.civil().unwrap().to_string(), "2026-01-15T09:30:12");
/// assert_eq!(time.timestamp().unwrap().to_string(), "2026-01-15T12:30:12Z");
///
/// let odd = LocalTime::from("em breve");
/// assert_eq!((odd.text(), odd.civil()), ("em breve", None));
/// ```
#[derive(Clone, PartialEq, Eq, Hash, Deserialize)]
#[serde(from = "Text")]
pub struct LocalTime(String);

impl LocalTime {
    /// The text as the sender wrote it.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.0
    }

    /// The date and time on the clock in Brazil, read when it is asked for; midnight when the text is
    /// a date alone. `None` when unreadable.
    #[must_use]
    pub fn civil(&self) -> Option<DateTime> {
        let parts = Parts::of(&self.0)?;
        if parts.rest.is_empty() {
            Some(parts.date.to_datetime(Time::midnight()))
        } else if parts.has_offset() {
            // Read as an instant: as a civil time, jiff would drop the offset and keep the wrong hour.
            parts.year_first().parse().ok().map(|instant| BRAZIL.to_datetime(instant))
        } else {
            parts.year_first().parse().ok()
        }
    }

    /// The date on the calendar in Brazil. `None` when unreadable.
    #[must_use]
    pub fn date(&self) -> Option<Date> {
        self.civil().map(DateTime::date)
    }

    /// The instant, with the clock in Brazil three hours behind UTC. `None` when unreadable or
    /// beyond the year 9999.
    #[must_use]
    pub fn timestamp(&self) -> Option<Timestamp> {
        self.civil().and_then(|civil| BRAZIL.to_timestamp(civil).ok())
    }
}

impl From<String> for LocalTime {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<&str> for LocalTime {
    fn from(text: &str) -> Self {
        Self::from(text.to_owned())
    }
}

impl From<Text> for LocalTime {
    fn from(text: Text) -> Self {
        Self::from(text.0)
    }
}

impl fmt::Debug for LocalTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LocalTime").field("text", &self.0).field("civil", &self.civil()).finish()
    }
}

/// The text as the sender wrote it.
impl fmt::Display for LocalTime {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&self.0)
    }
}

/// The text as the sender wrote it.
impl Serialize for LocalTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

/// The IANA time zone database has it for `America/Sao_Paulo` since 2019.
const BRAZIL: Offset = tz::offset(-3);

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check_local(text: &str, civil: &str) {
        let time = LocalTime::from(text);
        assert_eq!(time.text(), text);
        assert_eq!(time.civil().map(|civil| civil.to_string()).as_deref(), Some(civil));
    }

    #[track_caller]
    fn check_only_text(text: &str) {
        let time = LocalTime::from(text);
        assert_eq!(
            (time.text(), time.civil(), time.date(), time.timestamp()),
            (text, None, None, None)
        );
    }

    #[test]
    fn a_date_alone_is_midnight() {
        for spelling in ["2026-01-15", "15/01/2026", "15-01-2026", " 15/01/2026\t"] {
            check_local(spelling, "2026-01-15T00:00:00");
        }
    }

    #[test]
    fn a_time_without_zone_is_local() {
        check_local("2026-01-15T23:59:59", "2026-01-15T23:59:59");
        check_local("2026-01-15 09:30:12", "2026-01-15T09:30:12");
        check_local("2026-01-15T09:30:12.25", "2026-01-15T09:30:12.25");
        check_local("2026-01-15T09:30", "2026-01-15T09:30:00");
        check_local("15/01/2026 09:30:12", "2026-01-15T09:30:12");
        check_local("15-01-2026 09:30:12", "2026-01-15T09:30:12");
        check_local("15/01/2026T09:30:12.123456789", "2026-01-15T09:30:12.123456789");
    }

    #[test]
    fn a_time_with_zone_is_put_on_the_clock_in_brazil() {
        check_local("2025-06-01T03:00:00.000Z", "2025-06-01T00:00:00");
        check_local("2025-07-01T02:59:59.000Z", "2025-06-30T23:59:59");
        check_local("2026-01-15t12:30:00z", "2026-01-15T09:30:00");
        check_local("2026-01-15T09:30:00-03:00", "2026-01-15T09:30:00");
        check_local("2026-01-15 09:30:00-0300", "2026-01-15T09:30:00");
        check_local("2026-01-15T22:30:00+10:00", "2026-01-15T09:30:00");
        check_local("2026-01-01T00:00:00Z", "2025-12-31T21:00:00");
    }

    #[test]
    fn a_local_time_is_three_hours_behind_utc() {
        let instant = |text: &str| LocalTime::from(text).timestamp().unwrap().to_string();
        assert_eq!(instant("2026-01-15 21:30:00"), "2026-01-16T00:30:00Z");
        assert_eq!(instant("2026-01-15T09:30:00+00:00"), "2026-01-15T09:30:00Z");
    }

    #[test]
    fn a_leap_second_is_the_second_before() {
        check_local("2016-12-31T23:59:60Z", "2016-12-31T20:59:59");
        check_local("31/12/2016 20:59:60", "2016-12-31T20:59:59");
    }

    #[test]
    fn the_first_and_last_years_are_read() {
        check_local("0001-01-01T00:00:00", "0001-01-01T00:00:00");
        check_local("01/01/0000", "0000-01-01T00:00:00");
        check_local("9999-12-31T23:59:59.9999999", "9999-12-31T23:59:59.9999999");
        assert_eq!(LocalTime::from("9999-12-31T23:59:59").timestamp(), None);
        check_local("0000-01-01T00:00:00Z", "-000001-12-31T21:00:00");
    }

    #[test]
    fn an_impossible_date_is_only_text() {
        for text in [
            "31/02/2026",
            "29/02/2025",
            "00/01/2026",
            "2026-13-01",
            "0000-00-00",
            "0000-00-00 00:00:00",
            "2026-01-15T24:00:00",
            "2026-01-15T12:60:00",
            "2026-01-15T12:00:61Z",
            "2026-01-15T12:00:00+26:00",
            "9999-12-31T23:59:59Z",
        ] {
            check_only_text(text);
        }
    }

    #[test]
    fn what_is_no_date_is_only_text() {
        for text in [
            "",
            " ",
            "em breve",
            "01/2026",
            "15/01/26",
            "1/1/2026",
            "15.01.2026",
            "15/01-2026",
            "2026/01/15",
            "20260115",
            "12026-01-15",
            "+002026-01-15T00:00:00Z",
            "-002026-01-15",
            "+1/01/2026",
            "2026-+1-15",
            "10/01/2026 - 16/01/2026",
            "2026-01-15T",
            "2026-01-15Z",
            "2026-01-1509:30:00",
            "2026-01-15T09:30:00 PM",
            "2026-01-15T09:30:00[America/Sao_Paulo]",
            "2026-01-15T09:30:00-03:00[America/Sao_Paulo]",
            "2026-01-15T09:30:00\0",
            "２０２６-01-15",
            "١٥/٠١/٢٠٢٦",
            "1五/01/2026",
            "2026-01-15T09:30:00−03:00",
        ] {
            check_only_text(text);
        }
    }

    #[test]
    fn a_long_text_is_not_looked_at() {
        let padded = |bytes| format!("{:bytes$}", "2026-01-15");
        check_local(&padded(64), "2026-01-15T00:00:00");
        check_only_text(&padded(65));
        check_only_text(&format!("2026-01-15T09:30:00.{}", "0".repeat(1 << 20)));
    }

    #[test]
    fn json_goes_in_and_out_as_text() {
        for text in ["\"15/01/2026\"", "\"em breve\"", "\"\""] {
            let time: LocalTime = serde_json::from_str(text).unwrap();
            assert_eq!(serde_json::to_string(&time).unwrap(), text);
            assert_eq!(format!("\"{time}\""), text);
        }
    }

    #[test]
    fn json_that_is_not_text_is_refused_without_its_value() {
        for json in ["271828", "271828.5", "true", "null", "[271828]", "{}"] {
            let error = serde_json::from_str::<LocalTime>(json).unwrap_err().to_string();
            assert!(error.contains("expected text") && !error.contains("271828"), "{error}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_kept(text in any::<String>()) {
            prop_assert_eq!(LocalTime::from(text.as_str()).to_string(), text);
        }

        #[test]
        fn no_text_like_a_date_panics(
            date in "[0-9+-]{1,5}[/-][0-9]{2}[/-][0-9]{2,4}",
            rest in "([T ][0-9:.,+Zz-]{0,24})?",
        ) {
            let _ = LocalTime::from(format!("{date}{rest}")).timestamp();
        }
    }
}
