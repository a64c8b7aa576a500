//! How the parts of a layout are written in configuration.

use std::borrow::Cow;
use std::time::Duration;

use http::HeaderName;
use serde::de::{Deserialize, Deserializer, Error as _};

use crate::scheme::{
    Encoding, Grammar, Hash, KeyForm, Part, Place, Source, Timestamp, Tolerance, Unit, UrlForm,
};

pub(super) struct Name(pub(super) HeaderName);

impl<'de> Deserialize<'de> for Name {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = HeaderName::try_from(String::deserialize(deserializer)?);
        name.map(Self).map_err(|_| D::Error::custom("this is no name of a header"))
    }
}

/// Declares how an enum without content is written.
macro_rules! words {
    ($name:ident for $known:ident: $($word:ident)*) => {
        #[derive(serde::Deserialize)]
        #[serde(rename_all = "lowercase")]
        pub(super) enum $name { $($word,)* }

        impl From<$name> for $known {
            fn from(name: $name) -> Self {
                match name { $($name::$word => Self::$word,)* }
            }
        }
    };
}

words!(Letters for Encoding: Hex Base64 Base64Url);
words!(Made for Hash: Sha1 Sha256 Sha384 Sha512 PlainSha256);
words!(Given for KeyForm: Text Base64 Whsec Hex Sha1);
words!(Measure for Unit: Seconds Milliseconds Rfc3339 HttpDate);

#[derive(serde::Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum Where {
    Header(Name),
    Headers(Name, Name),
    Numbered { stem: Name, last: u8 },
    Query(String),
    Form(String),
}

impl From<Where> for Source {
    fn from(place: Where) -> Self {
        match place {
            Where::Header(name) => Self::Header(name.0),
            Where::Headers(first, second) => Self::Headers(first.0, second.0),
            Where::Numbered { stem, last } => Self::Numbered { stem: stem.0, last },
            Where::Query(name) => Self::Query(Cow::Owned(name)),
            Where::Form(name) => Self::Form(Cow::Owned(name)),
        }
    }
}

#[derive(Default, serde::Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum Spelling {
    #[default]
    Bare,
    Prefix(String),
    Word(String),
    List {
        separator: char,
        #[serde(default)]
        prefix: String,
        #[serde(default)]
        optional: bool,
    },
    Fields {
        separator: char,
        timestamp: String,
        signature: String,
    },
    Groups {
        timestamp: String,
        signature: String,
    },
    Positional {
        separator: char,
    },
    Named {
        separator: char,
        joint: char,
    },
}

impl From<Spelling> for Grammar {
    fn from(spelling: Spelling) -> Self {
        match spelling {
            Spelling::Bare => Self::Bare,
            Spelling::Prefix(prefix) => Self::Prefix(Cow::Owned(prefix)),
            Spelling::Word(word) => Self::Word(Cow::Owned(word)),
            Spelling::List { separator, prefix, optional } => {
                Self::List { separator, prefix: Cow::Owned(prefix), optional }
            }
            Spelling::Fields { separator, timestamp, signature } => Self::Fields {
                separator,
                timestamp: Cow::Owned(timestamp),
                signature: Cow::Owned(signature),
            },
            Spelling::Groups { timestamp, signature } => {
                Self::Groups { timestamp: Cow::Owned(timestamp), signature: Cow::Owned(signature) }
            }
            Spelling::Positional { separator } => Self::Positional { separator },
            Spelling::Named { separator, joint } => Self::Named { separator, joint },
        }
    }
}

#[derive(serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Piece {
    Literal(String),
    Body,
    BodySha256,
    BodySha256InQuery(String),
    Id,
    Timestamp,
    Method,
    Url,
    UrlWithoutQuery,
    UrlWithEitherPort,
    SortedForm,
    FormField(String),
    Query(String),
}

impl From<Piece> for Part {
    fn from(piece: Piece) -> Self {
        match piece {
            Piece::Literal(text) => Self::Literal(Cow::Owned(text)),
            Piece::Body => Self::Body,
            Piece::BodySha256 => Self::BodySha256,
            Piece::BodySha256InQuery(name) => Self::BodySha256InQuery(Cow::Owned(name)),
            Piece::Id => Self::Id,
            Piece::Timestamp => Self::Timestamp,
            Piece::Method => Self::Method,
            Piece::Url => Self::Url(UrlForm::Full),
            Piece::UrlWithoutQuery => Self::Url(UrlForm::WithoutQuery),
            Piece::UrlWithEitherPort => Self::Url(UrlForm::EitherPort),
            Piece::SortedForm => Self::Form,
            Piece::FormField(name) => Self::FormField(Cow::Owned(name)),
            Piece::Query(name) => Self::Query(Cow::Owned(name)),
        }
    }
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Time {
    header: Option<Name>,
    unit: Measure,
    past: Option<u64>,
    future: Option<u64>,
    judged: Option<bool>,
}

impl From<Time> for Timestamp {
    fn from(time: Time) -> Self {
        let seconds =
            |given: Option<u64>, unless: Duration| given.map_or(unless, Duration::from_secs);
        let past = seconds(time.past, Tolerance::DEFAULT.past());
        let future = seconds(time.future, Tolerance::DEFAULT.future());
        Self {
            place: time.header.map_or(Place::Beside, |name| Place::Header(name.0)),
            unit: time.unit.into(),
            tolerance: time.judged.unwrap_or(true).then_some(Tolerance::new(past, future)),
        }
    }
}
