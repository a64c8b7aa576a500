//! `DataProduto`: the reference date as SINtegre shows it to people.

use std::fmt;

use jiff::civil::Date;

use crate::wire::date::{Month, day, month};

/// The reference date of a product as shown to people. For logic, the period is the better source.
///
/// ```
/// use receiver_core::jiff::civil::date;
/// use receiver_core::sintegre::DataProduto;
///
/// let weekly = DataProduto::from("10/01/2026 - 16/01/2026".to_owned());
/// assert_eq!(weekly, DataProduto::Range(date(2026, 1, 10), date(2026, 1, 16)));
/// // What is new is no error.
/// let new = DataProduto::from("1º trimestre".to_owned());
/// assert_eq!(new.to_string(), "1º trimestre");
/// ```
#[non_exhaustive]
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DataProduto {
    /// `15/01/2026`, of a daily product.
    Day(Date),
    /// `01/2026`, of a monthly product.
    Month(Month),
    /// `10/01/2026 - 16/01/2026`, of a weekly product: first and last day.
    Range(Date, Date),
    /// Anything else, as sent.
    Other(String),
}

impl From<String> for DataProduto {
    fn from(text: String) -> Self {
        let trimmed = text.trim();
        let range = || {
            let (first, last) = trimmed.split_once(" - ")?;
            Some(Self::Range(day(first.trim())?, day(last.trim())?))
        };
        let day = || day(trimmed).map(Self::Day);
        let month = || month(trimmed).map(Self::Month);
        day().or_else(month).or_else(range).unwrap_or(Self::Other(text))
    }
}

/// The form SINtegre uses.
impl fmt::Display for DataProduto {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(day) => f.write_str(&day.strftime("%d/%m/%Y").to_string()),
            Self::Month(month) => write!(f, "{:02}/{:04}", month.month(), month.year()),
            Self::Range(first, last) => {
                write!(f, "{} - {}", first.strftime("%d/%m/%Y"), last.strftime("%d/%m/%Y"))
            }
            Self::Other(text) => f.write_str(text),
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::DataProduto;

    #[track_caller]
    fn check(text: &str, expected: &DataProduto) {
        let read = DataProduto::from(text.to_owned());
        assert_eq!(&read, expected);
        assert_eq!(read.to_string(), text.trim());
    }

    #[test]
    fn every_form_that_was_seen_is_read() {
        check("15/01/2026", &DataProduto::Day(date(2026, 1, 15)));
        check(" 15/01/2026 ", &DataProduto::Day(date(2026, 1, 15)));
        check("10/01/2026 - 16/01/2026", &DataProduto::Range(date(2026, 1, 10), date(2026, 1, 16)));
        let month = DataProduto::from("01/2026".to_owned());
        assert!(matches!(month, DataProduto::Month(month) if month.month() == 1), "{month:?}");
        assert_eq!(month.to_string(), "01/2026");
    }

    #[test]
    fn anything_else_is_kept() {
        for text in
            ["2026", "31/02/2026", "13/2026", "Jan/26", "15/01/2026 -", "15/01/2026-16/01/2026"]
        {
            check(text, &DataProduto::Other(text.to_owned()));
        }
    }
}
