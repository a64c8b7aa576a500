//! Open enums: the values a sender is known to use, and room for those it will use one day.

use std::fmt;

use serde::de::{Error, Unexpected, Visitor};

/// Makes an enum from a table of variants and what they are on the wire: `: str` for texts, `: i64`
/// for whole-number codes. It adds a variant `Other` that keeps any other value, so that reading
/// never fails for a value being new.
///
/// A text enum has `as_str`, `From<&str>` and `From<String>`; a code enum has `code` and
/// `From<i64>`. Both have `Display` and serde, with the wire's value. A code is read from a number
/// or from digits as text. Known values always become their own variant.
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
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        $visibility enum $name {
            $($(#[$about])* $variant,)+
            /// A code that is not known yet.
            Other(i64),
        }

        impl $name {
            /// The code as it is on the wire.
            #[must_use]
            $visibility fn code(self) -> i64 {
                match self {
                    $(Self::$variant => $code,)+
                    Self::Other(code) => code,
                }
            }
        }

        impl From<i64> for $name {
            fn from(code: i64) -> Self {
                match code {
                    $($code => Self::$variant,)+
                    _ => Self::Other(code),
                }
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Display::fmt(&self.code(), formatter)
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_i64(self.code())
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D>(deserializer: D) -> Result<Self, D::Error>
            where
                D: ::serde::Deserializer<'de>,
            {
                deserializer.deserialize_any($crate::wire::open::WholeNumber).map(Self::from)
            }
        }
    };
}

pub(crate) use open_enum;

/// Reads a whole number, as a number or as digits in text. Its errors do not hold the value.
#[derive(Debug)]
pub(crate) struct WholeNumber;

impl Visitor<'_> for WholeNumber {
    type Value = i64;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a whole number")
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<i64, E> {
        Ok(number)
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<i64, E> {
        i64::try_from(number)
            .map_err(|_| E::invalid_value(Unexpected::Other("a bigger number"), &self))
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<i64, E> {
        Err(E::invalid_type(Unexpected::Other("a fraction or a bigger number"), &self))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<i64, E> {
        text.trim().parse().map_err(|_| E::invalid_value(Unexpected::Other("text"), &self))
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<i64, E> {
        Err(E::invalid_type(Unexpected::Other("a boolean"), &self))
    }
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
    fn check_status(code: i64, status: Status) {
        assert_eq!(Status::from(code), status);
        assert_eq!(status.code(), code);
        assert_eq!(status.to_string(), code.to_string());
        assert_eq!(serde_json::to_string(&status).unwrap(), code.to_string());
        assert_eq!(serde_json::from_str::<Status>(&code.to_string()).unwrap(), status);
        assert_eq!(serde_json::from_str::<Status>(&format!("\" {code}\"")).unwrap(), status);
    }

    #[test]
    fn a_known_code_is_its_variant() {
        check_status(1, Status::Normal);
        check_status(8, Status::Ended);
        check_status(-1, Status::Unset);
    }

    #[test]
    fn an_unknown_code_is_kept() {
        check_status(9, Status::Other(9));
        check_status(i64::MIN, Status::Other(i64::MIN));
        check_status(i64::MAX, Status::Other(i64::MAX));
    }

    #[test]
    fn what_is_neither_is_refused_without_its_value() {
        for json in [
            "271828.5",
            "18446744073709551615",
            "1e300",
            "true",
            "null",
            "\"canary\"",
            "\"\"",
            "[271828]",
        ] {
            let error = serde_json::from_str::<Status>(json).unwrap_err().to_string();
            assert!(error.contains("expected a whole number"), "{error}");
            assert!(
                !error.contains("271828") && !error.contains("canary") && !error.contains("1844"),
                "{error}"
            );
        }
        for json in ["271828", "true", "null", "[]"] {
            let error = serde_json::from_str::<Verb>(json).unwrap_err().to_string();
            assert!(error.contains("expected text") && !error.contains("271828"), "{error}");
        }
    }
}
