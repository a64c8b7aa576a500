//! Dates and times as senders spell them: with or without a zone, day first or year first.
//!
//! A date that cannot be read is kept as text and is never an error: a proven sender is not turned
//! away for an odd date.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;

pub use local_time::LocalTime;
pub use utc_time::UtcTime;

mod local_time;
mod utc_time;

/// A month of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    first_day: Date,
}

impl Month {
    /// The year, 0 to 9999.
    #[must_use]
    pub fn year(self) -> i16 {
        self.first_day.year()
    }

    /// The month of the year, 1 to 12.
    #[must_use]
    pub fn month(self) -> i8 {
        self.first_day.month()
    }

    /// The first day of the month.
    #[must_use]
    pub fn first_day(self) -> Date {
        self.first_day
    }

    /// The last day of the month.
    #[must_use]
    pub fn last_day(self) -> Date {
        self.first_day.last_of_month()
    }
}

/// Reads a day: `15/01/2026`, `15-01-2026` or `2026-01-15`, with white space around it or not.
///
/// # Examples
///
/// ```
/// use receiver_core::wire::date::day;
///
/// assert_eq!(day("15/01/2026"), day("2026-01-15"));
/// assert_eq!(day("31/02/2026"), None);
/// ```
#[must_use]
pub fn day(text: &str) -> Option<Date> {
    let text = text.trim();
    let separator = if text.contains('/') { '/' } else { '-' };
    let mut parts = text.split(separator);
    let (first, month, last) = (parts.next()?, parts.next()?, parts.next()?);
    match (first.len(), last.len(), separator, parts.next()) {
        (4, 2, '-', None) => date(first, month, last),
        (2, 4, _, None) => date(last, month, first),
        _ => None,
    }
}

/// Reads a month: `01/2026` or `01-2026`, with white space around it or not.
///
/// # Examples
///
/// ```
/// use receiver_core::wire::date::{Month, month};
///
/// let month: Month = month("02/2028").unwrap();
/// assert_eq!(month.to_string(), "2028-02");
/// assert_eq!(month.last_day().day(), 29);
/// ```
#[must_use]
pub fn month(text: &str) -> Option<Month> {
    let (month, year) = text.trim().split_once(['/', '-'])?;
    date(year, month, "01").map(|first_day| Month { first_day })
}

/// Year first: `2026-01`.
impl fmt::Display for Month {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:04}-{:02}", self.year(), self.month())
    }
}

/// A text with a date in front, in either order, and what stands behind it.
struct Parts<'a> {
    date: Date,
    rest: &'a str,
}

impl<'a> Parts<'a> {
    fn of(text: &'a str) -> Option<Self> {
        if text.len() > LONGEST {
            return None;
        }
        let (date, rest) = text.trim().split_at_checked(DATE)?;
        // jiff also reads `[zone]` annotations, which may name another clock than the one meant.
        let annotated = rest.contains('[');
        (!annotated).then_some(Self { date: day(date)?, rest })
    }

    fn has_offset(&self) -> bool {
        self.rest.contains(['Z', 'z', '+', '-'])
    }

    /// The text with its date turned year first, which is what jiff reads.
    fn year_first(&self) -> String {
        format!("{}{}", self.date, self.rest)
    }
}

fn date(year: &str, month: &str, day: &str) -> Option<Date> {
    Date::new(number(year, 4)?, number(month, 2)?, number(day, 2)?).ok()
}

/// A number of exactly so many ASCII digits; `parse` alone would take a sign.
fn number<T: FromStr>(text: &str, digits: usize) -> Option<T> {
    let plain = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.parse().ok())?
}

/// The bytes of a date, whichever way around.
const DATE: usize = 10;

/// The bytes of the longest text that is looked at: twice what a date and time with nanoseconds and
/// an offset needs.
const LONGEST: usize = 64;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_day_is_day_first_or_year_first() {
        let expected = Some(Date::constant(2026, 1, 15));
        for spelling in ["15/01/2026", "15-01-2026", "2026-01-15", " 15/01/2026\n"] {
            assert_eq!(day(spelling), expected, "{spelling}");
        }
    }

    #[test]
    fn what_is_no_day_is_nothing() {
        for text in
            ["", "--", "31/02/2026", "15/01/2026/", "2026-01-15-", "15/01/2026 09:30", "2026/01/15"]
        {
            assert_eq!(day(text), None, "{text}");
        }
    }

    #[track_caller]
    fn check_month(text: &str, expected: Option<(i16, i8)>) {
        assert_eq!(month(text).map(|month| (month.year(), month.month())), expected, "{text}");
    }

    #[test]
    fn a_month_is_two_digits_and_a_year() {
        check_month("01/2026", Some((2026, 1)));
        check_month("12-2025", Some((2025, 12)));
        check_month(" 12-2025 ", Some((2025, 12)));
        for text in [
            "",
            "/",
            "13/2026",
            "00/2026",
            "1/2026",
            "01/26",
            "2026-01",
            "01/2026/",
            "+1/2026",
            "15/01/2026",
        ] {
            check_month(text, None);
        }
    }

    #[test]
    fn a_month_has_a_first_and_a_last_day() {
        let days = |text| month(text).map(|month| (month.first_day(), month.last_day())).unwrap();
        assert_eq!(days("01/2026"), (day("2026-01-01").unwrap(), day("2026-01-31").unwrap()));
        assert_eq!(days("12/9999"), (day("9999-12-01").unwrap(), day("9999-12-31").unwrap()));
        assert!(month("12/2025") < month("01/2026"));
    }

    proptest! {
        #[test]
        fn both_ways_around_are_one_day(year in 0i16..=9999, month in 1i8..=12, day in 1i8..=31) {
            let read = super::day(&format!("{day:02}/{month:02}/{year:04}"));
            prop_assert_eq!(read, Date::new(year, month, day).ok());
            prop_assert_eq!(read, super::day(&format!("{year:04}-{month:02}-{day:02}")));
        }

        #[test]
        fn no_text_panics(text in any::<String>(), like in "[0-9+/-]{0,12}") {
            let _ = (day(&text), month(&text), day(&like), month(&like));
        }
    }
}
