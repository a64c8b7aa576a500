//! What the body may have been before something on its way changed it.

use std::collections::BTreeSet;
use std::fmt;

use sha2::{Digest as _, Sha256};

use super::json;
use crate::json::without_bom;

/// What the body may have been when it was signed.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BodyChange {
    /// With a line break at its end.
    WithLineBreak,
    /// With CRLF at its end.
    WithCrlf,
    /// Without the line break at its end.
    WithoutLineBreak,
    /// With LF where it has CRLF.
    CrlfToLf,
    /// With CRLF where it has LF.
    LfToCrlf,
    /// With a byte order mark before it.
    WithByteOrderMark,
    /// Without the byte order mark before it.
    WithoutByteOrderMark,
    /// Nothing.
    Empty,
    /// The same JSON in another spelling.
    Json {
        /// What stands between its values.
        spacing: Spacing,
        /// Whether the names of an object are sorted.
        sorted: bool,
        /// How letters are written.
        letters: Letters,
    },
}

/// What stands between the values of a JSON text.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spacing {
    /// Nothing: `{"a":1,"b":2}`.
    None,
    /// A space behind each comma and colon: `{"a": 1, "b": 2}`.
    Spaces,
    /// Line breaks, and two spaces for each level.
    Lines,
}

/// How the letters of a JSON text are written.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Letters {
    /// As in the body.
    AsSent,
    /// As themselves wherever that is possible.
    Plain,
    /// Those beyond ASCII as `\u` escapes.
    Escaped,
    /// Those beyond ASCII as `\u` escapes, and `\/` for each slash.
    EscapedWithSlashes,
}

impl fmt::Display for BodyChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (spacing, sorted, letters) = match self {
            Self::WithLineBreak => return f.write_str("the body ended with a line break"),
            Self::WithCrlf => return f.write_str("the body ended with CRLF"),
            Self::WithoutLineBreak => {
                return f.write_str("the body did not end with a line break");
            }
            Self::CrlfToLf => return f.write_str("the body's lines ended with LF, not CRLF"),
            Self::LfToCrlf => return f.write_str("the body's lines ended with CRLF, not LF"),
            Self::WithByteOrderMark => {
                return f.write_str("the body began with a byte order mark");
            }
            Self::WithoutByteOrderMark => {
                return f.write_str("the body did not begin with a byte order mark");
            }
            Self::Empty => return f.write_str("the body were empty"),
            Self::Json { spacing, sorted, letters } => (spacing, sorted, letters),
        };
        f.write_str("the body's JSON were written ")?;
        f.write_str(match spacing {
            Spacing::None => "without spaces",
            Spacing::Spaces => "with a space behind each comma and colon",
            Spacing::Lines => "in lines indented by two spaces",
        })?;
        f.write_str(if *sorted { ", its names sorted" } else { "" })?;
        f.write_str(match letters {
            Letters::AsSent => "",
            Letters::Plain => ", letters beyond ASCII as themselves",
            Letters::Escaped => ", letters beyond ASCII as \\u escapes",
            Letters::EscapedWithSlashes => ", letters beyond ASCII as \\u escapes, slashes as \\/",
        })?;
        f.write_str(": something on its way read it and wrote it anew")
    }
}

/// Other bodies, one at a time, because each can be as large as the body; none twice.
pub(super) fn variants(body: &[u8]) -> impl Iterator<Item = (BodyChange, Vec<u8>)> {
    let lines = LINES.into_iter().filter_map(move |change| Some((change, edited(change, body)?)));
    let json = json::read(without_bom(body));
    let json = json.into_iter().flat_map(move |json| {
        styles().filter_map(move |(spacing, sorted, letters)| {
            let text = json.write(spacing, sorted, letters, body.len())?;
            Some((BodyChange::Json { spacing, sorted, letters }, text.into_bytes()))
        })
    });
    let mut seen = BTreeSet::from([Sha256::digest(body)]);
    lines.chain(json).filter(move |(_, bytes)| seen.insert(Sha256::digest(bytes)))
}

fn edited(change: BodyChange, body: &[u8]) -> Option<Vec<u8>> {
    Some(match change {
        BodyChange::WithLineBreak => [body, b"\n"].concat(),
        BodyChange::WithCrlf => [body, b"\r\n"].concat(),
        BodyChange::WithoutLineBreak => {
            let rest = body.strip_suffix(b"\r\n").or_else(|| body.strip_suffix(b"\n"));
            rest?.to_vec()
        }
        BodyChange::CrlfToLf => with_lf(body),
        BodyChange::LfToCrlf => {
            let lf = with_lf(body);
            let mut lines = Vec::with_capacity(lf.len());
            for byte in lf {
                lines.extend_from_slice(if byte == b'\n' { b"\r" } else { b"" });
                lines.push(byte);
            }
            lines
        }
        BodyChange::WithByteOrderMark => ["\u{feff}".as_bytes(), body].concat(),
        BodyChange::WithoutByteOrderMark => without_bom(body).to_vec(),
        BodyChange::Empty => Vec::new(),
        BodyChange::Json { .. } => return None,
    })
}

fn with_lf(body: &[u8]) -> Vec<u8> {
    let next = body.iter().skip(1).map(Some).chain([None]);
    let pairs = body.iter().zip(next);
    pairs.filter(|pair| *pair != (&b'\r', Some(&b'\n'))).map(|(&byte, _)| byte).collect()
}

fn styles() -> impl Iterator<Item = (Spacing, bool, Letters)> {
    [Spacing::None, Spacing::Spaces, Spacing::Lines].into_iter().flat_map(|spacing| {
        [false, true].into_iter().flat_map(move |sorted| {
            [Letters::AsSent, Letters::Plain, Letters::Escaped, Letters::EscapedWithSlashes]
                .into_iter()
                .map(move |letters| (spacing, sorted, letters))
        })
    })
}

const LINES: [BodyChange; 8] = [
    BodyChange::WithLineBreak,
    BodyChange::WithCrlf,
    BodyChange::WithoutLineBreak,
    BodyChange::CrlfToLf,
    BodyChange::LfToCrlf,
    BodyChange::WithByteOrderMark,
    BodyChange::WithoutByteOrderMark,
    BodyChange::Empty,
];

/// Those of lines, and three spacings, sorted or not, with four kinds of letters.
pub(super) const MOST: usize = LINES.len().saturating_add(24);
