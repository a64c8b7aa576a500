//! What a layout says, in words: for documentation and for the operator.

use std::fmt;

use super::{
    Encoding, Grammar, Hash, KeyForm, Layout, Part, Place, Source, Timestamp, Unit, UrlForm,
};

/// What is signed: the parts in their order.
impl fmt::Display for Layout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, part) in self.content.iter().enumerate() {
            let space = if place == 0 { "" } else { " " };
            write!(f, "{space}{part}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Header(name) => write!(f, "{name}"),
            Self::Headers(first, second) => write!(f, "{first}, {second}"),
            Self::Numbered { stem, last } => write!(f, "{stem}-1 to -{last}"),
            Self::Query(name) => write!(f, "query {name}"),
            Self::Form(name) => write!(f, "form field {name}"),
        }
    }
}

impl fmt::Display for Grammar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bare => f.write_str("<sig>"),
            Self::Prefix(prefix) => write!(f, "{prefix}<sig>"),
            Self::Word(word) => write!(f, "{word} <sig>"),
            Self::List { separator, prefix, optional } => {
                let (open, close) = if *optional { ("[", "]") } else { ("", "") };
                let one = format!("{open}{prefix}{close}<sig>");
                write!(f, "{one}[{separator}{one}…]")
            }
            Self::Fields { separator, timestamp, signature } => {
                let one = format!("{separator}{signature}=<sig>");
                write!(f, "{timestamp}=<ts>{one}[{one}…]")
            }
            Self::Groups { timestamp, signature } => {
                let one = format!("{timestamp}=<ts>,{signature}=<sig>");
                write!(f, "{one}[ {one}…]")
            }
            Self::Positional { separator } => write!(f, "<ts>{separator}<sig>[{separator}<sig>…]"),
            Self::Named { separator, joint } => {
                write!(f, "<key>{joint}<sig>[{separator}<key>{joint}<sig>…]")
            }
        }
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Literal(text) => write!(f, "\"{}\"", text.escape_debug()),
            Self::Body => f.write_str("body"),
            Self::BodySha256 => f.write_str("sha256(body)"),
            Self::BodySha256InQuery(name) => write!(f, "(query {name} = sha256(body))"),
            Self::Id => f.write_str("id"),
            Self::Timestamp => f.write_str("timestamp"),
            Self::Method => f.write_str("method"),
            Self::Url(UrlForm::Full) => f.write_str("url"),
            Self::Url(UrlForm::WithoutQuery) => f.write_str("(url without query)"),
            Self::Url(UrlForm::EitherPort) => f.write_str("(url with or without port)"),
            Self::Form => f.write_str("(sorted form)"),
            Self::FormField(name) => write!(f, "(form field {name})"),
            Self::Query(name) => write!(f, "(query {name})"),
        }
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Sha1 => "HMAC-SHA1",
            Self::Sha256 => "HMAC-SHA256",
            Self::Sha384 => "HMAC-SHA384",
            Self::Sha512 => "HMAC-SHA512",
            Self::PlainSha256 => "SHA-256 of key and content",
        })
    }
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Hex => "hex",
            Self::Base64 => "base64",
            Self::Base64Url => "base64url",
        })
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Seconds => "seconds",
            Self::Milliseconds => "milliseconds",
            Self::Rfc3339 => "RFC 3339",
            Self::HttpDate => "a date of HTTP",
        })
    }
}

impl fmt::Display for KeyForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Text => "text",
            Self::Base64 => "base64",
            Self::Whsec => "whsec_ and base64",
            Self::Hex => "hex",
            Self::Sha1 => "SHA-1 of the text",
        })
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.place {
            Place::Header(name) => write!(f, "{name}, ")?,
            Place::Beside => f.write_str("beside the signature, ")?,
        }
        f.write_str(match self.unit {
            Unit::Seconds => "s, ",
            Unit::Milliseconds => "ms, ",
            Unit::Rfc3339 => "RFC 3339, ",
            Unit::HttpDate => "HTTP date, ",
        })?;
        match self.tolerance {
            None => f.write_str("not judged"),
            Some(it) if it.past() == it.future() => write!(f, "±{} s", it.past().as_secs()),
            Some(it) => write!(f, "-{} +{} s", it.past().as_secs(), it.future().as_secs()),
        }
    }
}
