//! JSON: the strict pass over a whole body, and what is read of it behind that.

use std::fmt;

use serde::de::DeserializeOwned;

use self::cursor::Stop;
use self::reader::Reader;

mod cursor;
mod grammar;
mod misfit;
mod names;
mod peek;
mod reader;
mod shape;

pub(crate) use cursor::is_number;
pub(crate) use peek::peek;
pub use shape::Shape;

/// Checks that a body is one JSON text that every reader understands alike.
///
/// RFC 8259 leaves some texts open, and two readers that take them differently can be played off
/// against each other. What it leaves open is refused here, over the whole body and not only in
/// the members that an event reads:
///
/// * anything but UTF-8 (section 8.1), and a byte order mark in front of it: see [`without_bom`];
/// * anything outside the grammar (sections 2 to 7), and anything after the one value;
/// * more than [`MAX_DEPTH`] arrays and objects inside each other (section 9 lets a reader choose);
/// * a member name that an object repeats (section 4), compared after unescaping: `"a"` and
///   `"\u0061"` are the same name;
/// * half a surrogate pair in an escape (section 8.2);
/// * a member name that is reserved for `serde_json`: see [`Fault::ReservedMember`].
///
/// It takes time linear in the body, whatever the body is, and does not recurse. What it accepts
/// `serde_json` reads as a `Value`, except for a number out of the range of an `f64` and, unless its
/// recursion limit is off, the 128th level.
///
/// # Errors
///
/// [`Malformed`] says what the first fault is and where. Bad UTF-8 anywhere comes before any other.
///
/// # Examples
///
/// ```
/// use receiver_core::json::{Fault, MAX_DEPTH, Malformed, check, without_bom};
///
/// assert_eq!(check(br#"{"paid": true}"#), Ok(r#"{"paid": true}"#));
///
/// let malformed: Malformed = check(br#"{"paid": false, "paid": true}"#).unwrap_err();
/// assert_eq!((malformed.fault(), malformed.offset()), (Fault::RepeatedMember, 16));
///
/// let deep = "[".repeat(MAX_DEPTH + 1);
/// assert_eq!(check(deep.as_bytes()).unwrap_err().fault(), Fault::TooDeep);
///
/// // For a sender that is known to write one, as software on .NET does.
/// let marked = "\u{feff}{}".as_bytes();
/// assert_eq!(check(marked).unwrap_err().fault(), Fault::ByteOrderMark);
/// assert_eq!(check(without_bom(marked)), Ok("{}"));
/// ```
pub fn check(body: &[u8]) -> Result<&str, Malformed> {
    if body.starts_with(BYTE_ORDER_MARK) {
        return Err(Malformed::new(Fault::ByteOrderMark, 0));
    }
    let text = std::str::from_utf8(body)
        .map_err(|error| Malformed::new(Fault::NotUtf8, error.valid_up_to()))?;
    match grammar::read(text) {
        Ok(()) => Ok(text),
        Err(Stop { fault, left }) => Err(Malformed::new(fault, body.len().saturating_sub(left))),
    }
}

/// A body without the byte order mark that its sender is known to put in front of it.
///
/// RFC 8259 section 8.1 forbids to add one and allows to ignore it.
#[must_use]
pub fn without_bom(body: &[u8]) -> &[u8] {
    body.strip_prefix(BYTE_ORDER_MARK).unwrap_or(body)
}

/// How many arrays and objects may be open at once: 128 inside each other are accepted, 129 are
/// refused.
pub const MAX_DEPTH: usize = 128;

/// Why a body is not one JSON text that every reader understands alike.
///
/// It names a place, and never holds or prints what the body says there.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Malformed {
    fault: Fault,
    offset: usize,
}

/// What is wrong with a malformed body.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fault {
    /// Nothing but whitespace, or nothing at all.
    Empty,
    /// A byte sequence that is not UTF-8; UTF-16 shows up as this or as [`Fault::Syntax`].
    NotUtf8,
    /// A UTF-8 byte order mark at the start.
    ByteOrderMark,
    /// A byte where the grammar has no place for it, or an end before the value is complete.
    Syntax,
    /// An array or object inside [`MAX_DEPTH`] others.
    TooDeep,
    /// A member name that its object had before.
    RepeatedMember,
    /// An escape that is half of a surrogate pair.
    LoneSurrogate,
    /// A member name that starts with `$serde_json::private::`.
    ///
    /// `serde_json` reads such an object as something else than an object: a string in it becomes
    /// JSON again, and with that would come in all that this pass keeps out.
    ReservedMember,
}

impl Malformed {
    /// A fault that a reader of one's own found, after so many bytes of the body.
    #[must_use]
    pub const fn new(fault: Fault, offset: usize) -> Self {
        Self { fault, offset }
    }

    /// What is wrong.
    #[must_use]
    pub const fn fault(&self) -> Fault {
        self.fault
    }

    /// Where it is wrong: how many bytes of the body come before that place.
    #[must_use]
    pub const fn offset(&self) -> usize {
        self.offset
    }
}

impl Fault {
    /// A short stable name for logs and metrics.
    #[must_use]
    pub const fn reason(self) -> &'static str {
        match self {
            Self::Empty => "json_empty",
            Self::NotUtf8 => "bad_utf8",
            Self::ByteOrderMark => "json_bom",
            Self::Syntax => "json_syntax",
            Self::TooDeep => "json_depth",
            Self::RepeatedMember => "json_duplicate_key",
            Self::LoneSurrogate => "json_surrogate",
            Self::ReservedMember => "json_reserved_key",
        }
    }
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at byte {}", self.fault, self.offset)
    }
}

impl std::error::Error for Malformed {}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "no value",
            Self::NotUtf8 => "invalid UTF-8",
            Self::ByteOrderMark => "byte order mark",
            Self::Syntax => "syntax error",
            Self::TooDeep => "nesting too deep",
            Self::RepeatedMember => "repeated member name",
            Self::LoneSurrogate => "lone surrogate",
            Self::ReservedMember => "reserved member name",
        })
    }
}

/// Reads a value from text that passed the strict pass.
///
/// # Errors
///
/// [`Shape`]: a text may be sound and not what the type asks for.
pub(crate) fn read<T: DeserializeOwned>(text: &str) -> Result<T, Shape> {
    let mut reader = Reader::new(text);
    let value = T::deserialize(&mut reader)?;
    reader.end()?;
    Ok(value)
}

/// A newtype of this name asks for a scalar: text comes as text, null as a unit, a number as the bytes of its digits.
/// Only [`Reader`] knows it.
pub(crate) const SCALAR: &str = "$receiver_core::Scalar";

/// How `serde_json` begins the names of what stands for something else: of members, and of a newtype, a `RawValue`.
const RESERVED: &str = "$serde_json::private::";

const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

#[cfg(test)]
mod tests {
    use super::{Fault, Malformed, check, without_bom};

    #[test]
    fn a_fault_is_told_without_what_the_body_says() {
        let malformed = check(br#"{"password": "hunter2", "\ud800": 1}"#).unwrap_err();
        assert_eq!(malformed, Malformed::new(Fault::LoneSurrogate, 25));
        assert_eq!(malformed.to_string(), "lone surrogate at byte 25");
        assert_eq!(malformed.fault().reason(), "json_surrogate");
    }

    #[test]
    fn a_byte_order_mark_is_taken_off_once_and_in_front() {
        assert_eq!(without_bom(b"\xef\xbb\xbf{}"), b"{}");
        assert_eq!(without_bom(b"\xef\xbb\xbf\xef\xbb\xbf{}"), b"\xef\xbb\xbf{}");
        for body in [&b""[..], b"{}", b"\xef\xbb", b"\xff\xfe{\0}\0"] {
            assert_eq!(without_bom(body), body);
        }
    }
}
