//! Open enums: the values a sender is known to use, and room for those it will use one day.

use super::decimal::Decimal;

/// Makes an enum from a table of variants and what they are on the wire: `: str` for texts, `: i64`
/// for whole-number codes. It adds a variant `Other` that keeps any other value, so that reading
/// never fails for a value being new.
///
/// A text enum has `as_str`, `From<&str>` and `From<String>`; a code enum has `code`, `From<i64>` and
/// `From<String>`. Both have `Display` and serde, with the wire's value. A code is read from a number
/// or from text. Known values always become their own variant.
///
/// ```text
/// open_enum! {
///     /// What happened to the thing.
///     pub enum Verb: str {
///         /// It is new.
///         Created = "created",
///         /// It is gone.
///         Deleted = "deleted",
///     }
/// }
/// ```
macro_rules! open_enum {
    (
        $(#[$meta:meta])*
        $visibility:vis enum $name:ident: str {
            $($(#[$about:meta])* $variant:ident = $text:literal),+ $(,)?
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        $visibility enum $name {
            $($(#[$about])* $variant,)+
            /// A value that is not known yet, as the sender wrote it.
            Other(String),
        }

        impl $name {
            /// The value as it is on the wire.
            #[must_use]
            $visibility fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)+
                    Self::Other(text) => text,
                }
            }

            fn known(text: &str) -> Option<Self> {
                match text {
                    $($text => Some(Self::$variant),)+
                    _ => None,
                }
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self::known(text).unwrap_or_else(|| Self::Other(text.to_owned()))
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self::known(&text).unwrap_or(Self::Other(text))
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                formatter.pad(self.as_str())
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D>(deserializer: D) -> Result<Self, D::Error>
            where
                D: ::serde::Deserializer<'de>,
            {
                $crate::wire::text::Text::deserialize(deserializer).map(|text| Self::from(text.0))
            }
        }
    };
    (
        $(#[$meta:meta])*
        $visibility:vis enum $name:ident: i64 {
            $($(#[$about:meta])* $variant:ident = $code:literal),+ $(,)?
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        $visibility enum $name {
            $($(#[$about])* $variant,)+
            /// A code that is not known yet, as the sender wrote it.
            Other(String),
        }

        impl $name {
            /// The code as it is on the wire, where it is a whole number.
            #[must_use]
            $visibility fn code(&self) -> Option<i64> {
                match self {
                    $(Self::$variant => Some($code),)+
                    Self::Other(text) => $crate::wire::open::whole_number(text),
                }
            }

            fn known(code: i64) -> Option<Self> {
                match code {
                    $($code => Some(Self::$variant),)+
                    _ => None,
                }
            }
        }

        impl From<i64> for $name {
            fn from(code: i64) -> Self {
                Self::known(code).unwrap_or_else(|| Self::Other(code.to_string()))
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                let known = $crate::wire::open::whole_number(&text).and_then(Self::known);
                known.unwrap_or(Self::Other(text))
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                match self {
                    $(Self::$variant => ::std::fmt::Display::fmt(&$code, formatter),)+
                    Self::Other(text) => formatter.pad(text),
                }
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match (self.code(), self) {
                    (None, Self::Other(text)) => serializer.serialize_str(text),
                    (code, _) => serializer.serialize_i64(code.unwrap_or_default()),
                }
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D>(deserializer: D) -> Result<Self, D::Error>
            where
                D: ::serde::Deserializer<'de>,
            {
                $crate::wire::text::id(deserializer)
            }
        }
    };
}

pub(crate) use open_enum;

/// The whole number that a text stands for: `6`, `06` and `6.0` are the same code.
pub(crate) fn whole_number(text: &str) -> Option<i64> {
    let number = Decimal::parse(text).ok()?.to_scale(0)?;
    i64::try_from(number).ok()
}

#[cfg(test)]
mod tests {
    open_enum! {
        /// What happened.
        enum Verb: str {
            /// It is new.
            Created = "created",
            Deleted = "deleted",
        }
    }

    open_enum! {
        /// How a contract stands.
        enum Status: i64 {
            /// In force.
            Normal = 1,
            Ended = 8,
            Unset = -1,
        }
    }

    #[track_caller]
    fn check_verb(text: &str, verb: &Verb) {
        let json = serde_json::to_string(text).unwrap();
        assert_eq!(&Verb::from(text), verb);
        assert_eq!(&Verb::from(text.to_owned()), verb);
        assert_eq!(&serde_json::from_str::<Verb>(&json).unwrap(), verb);
        assert_eq!(serde_json::to_string(verb).unwrap(), json);
        assert_eq!((verb.as_str(), verb.to_string().as_str()), (text, text));
    }

    #[test]
    fn a_known_text_is_its_variant() {
        check_verb("created", &Verb::Created);
        check_verb("deleted", &Verb::Deleted);
    }

    #[test]
    fn an_unknown_text_is_kept() {
        check_verb("archived", &Verb::Other("archived".to_owned()));
        check_verb("Created", &Verb::Other("Created".to_owned()));
        check_verb("", &Verb::Other(String::new()));
    }

    #[track_caller]
    fn check_status(json: &str, status: &Status, code: Option<i64>) {
        let read: Status = serde_json::from_str(json).unwrap();
        assert_eq!((&read, read.code()), (status, code), "{json}");
        let again = serde_json::to_string(&read).unwrap();
        assert_eq!(&serde_json::from_str::<Status>(&again).unwrap(), status, "{json}");
    }

    #[test]
    fn a_known_code_is_its_variant() {
        for json in ["8", "8.0", r#""8""#, r#"" 08 ""#] {
            check_status(json, &Status::Ended, Some(8));
        }
        check_status("1", &Status::Normal, Some(1));
        check_status("-1", &Status::Unset, Some(-1));
        assert_eq!((Status::from(8), Status::Unset.to_string()), (Status::Ended, "-1".to_owned()));
    }

    #[test]
    fn an_unknown_code_is_kept_as_it_is_written() {
        let other = |text: &str| Status::Other(text.to_owned());
        check_status("9", &other("9"), Some(9));
        check_status(r#""S""#, &other("S"), None);
        check_status("1.5", &other("1.5"), None);
        check_status("18446744073709551617", &other("18446744073709551617"), None);
        check_status(&i64::MIN.to_string(), &Status::from(i64::MIN), Some(i64::MIN));
        assert_eq!(other("S").to_string(), "S");
    }

    #[test]
    fn what_is_neither_is_refused_without_its_value() {
        for json in ["true", "null", "\" \"", "[271828]", r#"{"canary":1}"#] {
            let error = serde_json::from_str::<Status>(json).unwrap_err().to_string();
            assert!(error.contains("expected text or a number"), "{error}");
            assert!(!error.contains("271828") && !error.contains("canary"), "{error}");
        }
        for json in ["271828", "true", "null", "[]"] {
            let error = serde_json::from_str::<Verb>(json).unwrap_err().to_string();
            assert!(error.contains("expected text") && !error.contains("271828"), "{error}");
        }
    }
}
