//! Reads a JSON text from its first byte to its last, without recursion.

use std::borrow::Cow;

use super::cursor::{Cursor, Quoted, Stop};
use super::names::Names;
use super::{Fault, MAX_DEPTH, RESERVED};

/// Reads one value, and the end of the text after it.
pub(super) fn read(text: &str) -> Result<(), Stop> {
    let mut names = Names::new();
    let mut nesting = Nesting::default();
    let mut cursor = Cursor::new(text).skip_whitespace();
    if cursor.peek().is_none() {
        return cursor.stop(Fault::Empty);
    }
    'value: loop {
        if nesting.innermost() == Some(Container::Object) {
            cursor = name(cursor, &mut names)?;
        }
        cursor = match cursor.peek() {
            Some(b'"') => cursor.skip(1).string()?.1,
            Some(b'-' | b'0'..=b'9') => cursor.number()?,
            Some(b't') => cursor.literal(b"true")?,
            Some(b'f') => cursor.literal(b"false")?,
            Some(b'n') => cursor.literal(b"null")?,
            Some(b'[') => {
                let inside = nesting.open(cursor, Container::Array)?;
                if inside.peek() != Some(b']') {
                    cursor = inside;
                    continue 'value;
                }
                inside
            }
            Some(b'{') => {
                let inside = nesting.open(cursor, Container::Object)?;
                names.open(cursor.left());
                if inside.peek() != Some(b'}') {
                    cursor = inside;
                    continue 'value;
                }
                inside
            }
            _ => return cursor.stop(Fault::Syntax),
        };
        // A value is complete, and with it perhaps what it is the last of.
        loop {
            cursor = cursor.skip_whitespace();
            match (nesting.innermost(), cursor.peek()) {
                (Some(_), Some(b',')) => {
                    cursor = cursor.skip(1).skip_whitespace();
                    continue 'value;
                }
                (Some(Container::Array), Some(b']')) => nesting.close(),
                (Some(Container::Object), Some(b'}')) => {
                    nesting.close();
                    names.close();
                }
                (None, None) => return Ok(()),
                _ => return cursor.stop(Fault::Syntax),
            }
            cursor = cursor.skip(1);
        }
    }
}

/// Reads the name of a member, and its colon.
#[inline]
fn name<'t>(cursor: Cursor<'t>, names: &mut Names<'t>) -> Result<Cursor<'t>, Stop> {
    let Some(inside) = cursor.after(b"\"") else {
        return cursor.stop(Fault::Syntax);
    };
    let (quoted, end) = inside.string()?;
    let name = unescaped(quoted);
    if name.starts_with(RESERVED.as_bytes()) {
        return cursor.stop(Fault::ReservedMember);
    }
    if !names.insert(name) {
        return cursor.stop(Fault::RepeatedMember);
    }
    let end = end.skip_whitespace();
    match end.after(b":") {
        Some(behind) => Ok(behind.skip_whitespace()),
        None => end.stop(Fault::Syntax),
    }
}

#[inline]
fn unescaped(Quoted { text, has_escapes }: Quoted<'_>) -> Cow<'_, [u8]> {
    if has_escapes { Cow::Owned(unescape(text)) } else { Cow::Borrowed(text) }
}

/// Unescapes as the reader of the event will, because it does.
#[cold]
fn unescape(text: &[u8]) -> Vec<u8> {
    let quoted = [b"\"", text, b"\""].concat();
    serde_json::from_slice(&quoted).map_or_else(|_| quoted, String::into_bytes)
}

/// The arrays and objects that are open.
#[derive(Default)]
struct Nesting {
    depth: usize,
    /// What they are: a bit each, the innermost lowest.
    containers: u128,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Container {
    Array,
    Object,
}

impl Nesting {
    /// Opens an array or object, and goes to what is in it.
    #[inline]
    fn open<'t>(&mut self, cursor: Cursor<'t>, container: Container) -> Result<Cursor<'t>, Stop> {
        if self.depth >= MAX_DEPTH {
            return cursor.stop(Fault::TooDeep);
        }
        self.depth = self.depth.saturating_add(1);
        self.containers = self.containers << 1 | container as u128;
        Ok(cursor.skip(1).skip_whitespace())
    }

    #[inline]
    fn close(&mut self) {
        self.depth = self.depth.saturating_sub(1);
        self.containers >>= 1;
    }

    #[inline]
    fn innermost(&self) -> Option<Container> {
        match self {
            Self { depth: 0, .. } => None,
            Self { containers, .. } if containers & 1 == Container::Array as u128 => {
                Some(Container::Array)
            }
            _ => Some(Container::Object),
        }
    }
}
