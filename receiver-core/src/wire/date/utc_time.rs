//! An instant, in RFC 3339 form.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize, Serializer};

use super::Parts;
use crate::wire::text::Text;

/// An instant in RFC 3339 form, together with the text it was read from:
/// `2026-01-15T12:30:00.000000Z`.
///
/// That is how CMMShere writes time. Any offset will do, and a space in place of the `T`; a time
/// without an offset is no instant and is only text. A leap second (`:60`) is read as the second
/// before it.
///
/// # Examples
///
/// ```
/// use receiver_core::wire::date::UtcTime;
///
/// let time = UtcTime::from("2026-01-15T12:30:00.000001Z");
/// assert_eq!(time.timestamp().unwrap().subsec_microsecond(), 1);
/// assert_eq!(UtcTime::from("2026-01-15T12:30:00").timestamp(), None);
/// ```
#[derive(Clone, PartialEq, Eq, Hash, Deserialize)]
#[serde(from = "Text")]
pub struct UtcTime(String);

impl UtcTime {
    /// The text as the sender wrote it.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.0
    }

    /// The instant, read when it is asked for. `None` when unreadable.
    #[must_use]
    pub fn timestamp(&self) -> Option<Timestamp> {
        let parts = Parts::of(&self.0)?;
        parts.has_offset().then(|| parts.year_first().parse().ok())?
    }
}

impl From<String> for UtcTime {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<&str> for UtcTime {
    fn from(text: &str) -> Self {
        Self::from(text.to_owned())
    }
}

impl From<Text> for UtcTime {
    fn from(text: Text) -> Self {
        Self::from(text.0)
    }
}

impl fmt::Debug for UtcTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UtcTime")
            .field("text", &self.0)
            .field("timestamp", &self.timestamp())
            .finish()
    }
}

/// The text as the sender wrote it.
impl fmt::Display for UtcTime {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&self.0)
    }
}

/// The text as the sender wrote it.
impl Serialize for UtcTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_instant_keeps_its_microseconds() {
        let time = UtcTime::from("2022-07-26T16:01:03.000001Z");
        assert_eq!(time.timestamp().unwrap().as_microsecond(), 1_658_851_263_000_001);
    }

    #[test]
    fn an_instant_has_an_offset() {
        let instant =
            |text: &str| UtcTime::from(text).timestamp().map(|instant| instant.to_string());
        assert_eq!(instant("2026-01-15T09:30:00-03:00").as_deref(), Some("2026-01-15T12:30:00Z"));
        assert_eq!(instant("2026-01-15 12:30:00Z").as_deref(), Some("2026-01-15T12:30:00Z"));
    }

    #[test]
    fn a_leap_second_is_the_second_before() {
        let time = UtcTime::from("2016-12-31T23:59:60Z");
        assert_eq!(time.timestamp().unwrap().as_second(), 1_483_228_799);
    }

    #[test]
    fn what_is_no_instant_is_only_text() {
        for text in [
            "",
            "2026-01-15T12:30:00",
            "2026-01-15",
            "2026-01-15Z",
            "2026-02-31T12:30:00Z",
            "2026-01-15T12:30:61Z",
            "9999-12-31T23:59:59Z",
            "+002026-01-15T12:30:00Z",
            "-002026-01-15T12:30:00Z",
            "Thu, 15 Jan 2026 12:30:00 GMT",
            "2026-01-15T12:30:00Z[America/Sao_Paulo]",
            "２０２６-01-15T12:30:00Z",
            "1768480200",
        ] {
            let time = UtcTime::from(text);
            assert_eq!((time.text(), time.timestamp()), (text, None));
        }
        let padded = format!("{:65}", "2026-01-15T12:30:00Z");
        assert_eq!(UtcTime::from(padded).timestamp(), None);
    }

    #[test]
    fn json_goes_in_and_out_as_text() {
        for text in ["\"2026-01-15T12:30:00.000000Z\"", "\"mañana\"", "\"\""] {
            let time: UtcTime = serde_json::from_str(text).unwrap();
            assert_eq!(serde_json::to_string(&time).unwrap(), text);
            assert_eq!(format!("\"{time}\""), text);
        }
    }

    #[test]
    fn json_that_is_not_text_is_refused_without_its_value() {
        for json in ["271828", "true", "null", "[271828]"] {
            let error = serde_json::from_str::<UtcTime>(json).unwrap_err().to_string();
            assert!(error.contains("expected text") && !error.contains("271828"), "{error}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_kept(text in any::<String>()) {
            prop_assert_eq!(UtcTime::from(text.as_str()).to_string(), text);
        }

        #[test]
        fn no_text_like_an_instant_panics(
            date in "[0-9+-]{1,5}-[0-9]{2}-[0-9]{2,4}",
            rest in "[Tt ][0-9:.,]{0,20}[Zz+-][0-9:]{0,8}",
        ) {
            let _ = UtcTime::from(format!("{date}{rest}")).timestamp();
        }
    }
}
