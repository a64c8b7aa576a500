//! Reads a text into a type, in one go. An error names the member by its path, and never quotes the text.

use std::borrow::Cow;
use std::iter::once;

use serde::de::value::{BorrowedStrDeserializer, MapAccessDeserializer, MapDeserializer};
use serde::de::{Deserializer, Expected, IntoDeserializer, Visitor};

use self::inside::{Items, Members};
use self::text::Text;
use super::cursor::Cursor;
use super::misfit::{Misfit, VARIANT};
use super::{RESERVED, SCALAR};

mod inside;
mod text;

/// What is left of a text. It comes to an end on any, and does not look again for what the strict pass refuses, which
/// everything has passed that is read into a type.
///
/// No whitespace is in front of a value when one is asked for. Behind it the reader goes on, also where the value does
/// not fit: a type may read a member leniently, and take nothing for what is wrong.
///
/// A value is what it is for `serde_json`, but for two things: a struct is read from an object alone, where serde's
/// derived types would take an array as their members in order; and a number is told as one of 64 bits, unless 128 are
/// asked for, whatever features `serde_json` was built with.
pub(super) struct Reader<'de> {
    whole: &'de str,
    rest: Cursor<'de>,
}

impl<'de> Reader<'de> {
    pub(super) fn new(whole: &'de str) -> Self {
        Self { whole, rest: Cursor::new(whole).skip_whitespace() }
    }

    /// Nothing is left.
    pub(super) fn end(self) -> Result<(), Misfit> {
        self.rest.skip_whitespace().peek().map_or(Ok(()), |_| Err(Misfit::invalid()))
    }

    /// The first byte of the value that comes next.
    #[inline]
    fn peek(&self) -> Option<u8> {
        self.rest.peek()
    }

    /// Goes on behind this byte, and the whitespace around it, if it comes next.
    ///
    /// A function of its own: it is called so often that the processor would not have room for all of its copies.
    #[inline(never)]
    pub(super) fn skip(&mut self, byte: u8) -> bool {
        let next = self.rest.skip_whitespace();
        let is_next = next.peek() == Some(byte);
        if is_next {
            self.rest = next.skip(1).skip_whitespace();
        }
        is_next
    }

    /// What is between two places, the second of which is further on.
    #[inline]
    fn between(&self, start: Cursor<'de>, end: Cursor<'de>) -> &'de str {
        let place = |cursor: Cursor<'_>| self.whole.len().saturating_sub(cursor.left());
        self.whole.get(place(start)..place(end)).unwrap_or_default()
    }

    /// The JSON text of the next value.
    #[inline]
    pub(super) fn value(&mut self) -> Option<&'de str> {
        let start = self.rest;
        self.rest = start.value()?;
        Some(self.between(start, self.rest))
    }

    #[inline]
    fn expect_value(&mut self) -> Result<&'de str, Misfit> {
        self.value().ok_or_else(Misfit::invalid)
    }

    /// The next value, if it is a string, unescaped.
    #[inline]
    pub(super) fn string(&mut self) -> Option<Cow<'de, str>> {
        let start = self.rest;
        let (quoted, end) = start.after(b"\"")?.string().ok()?;
        self.rest = end;
        if quoted.has_escapes {
            return serde_json::from_str(self.between(start, end)).ok();
        }
        let place = self.whole.len().saturating_sub(start.left()).saturating_add(1);
        self.whole.get(place..place.saturating_add(quoted.text.len())).map(Cow::Borrowed)
    }

    #[inline]
    fn expect_string(&mut self) -> Result<Text<'de>, Misfit> {
        self.string().map(Text).ok_or_else(Misfit::invalid)
    }

    /// Leaves a value behind that is not what was asked for.
    #[cold]
    fn unfit<T>(&mut self, wanted: &dyn Expected) -> Result<T, Misfit> {
        self.value();
        Err(Misfit::new(wanted))
    }

    fn null<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Misfit> {
        match self.expect_value()? {
            "null" => visitor.visit_unit(),
            _ => Err(Misfit::new(&visitor)),
        }
    }

    fn boolean<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Misfit> {
        match self.expect_value()? {
            "true" => visitor.visit_bool(true),
            "false" => visitor.visit_bool(false),
            _ => Err(Misfit::new(&visitor)),
        }
    }

    fn number<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Misfit> {
        match self.peek() {
            Some(b'-' | b'0'..=b'9') => tell_number(self.expect_value()?, visitor),
            _ => self.unfit(&visitor),
        }
    }

    #[inline]
    fn text<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Misfit> {
        match self.string() {
            Some(text) => Text(text).deserialize_str(visitor),
            None => self.unfit(&visitor),
        }
    }

    fn bytes<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Misfit> {
        match self.string() {
            Some(text) => Text(text).deserialize_bytes(visitor),
            None => self.array(visitor),
        }
    }

    fn array<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Misfit> {
        if !self.skip(b'[') {
            return self.unfit(&visitor);
        }
        let read = visitor.visit_seq(Items { reader: self, index: 0 });
        self.close(b']', read, &"fewer items")
    }

    #[inline]
    fn object<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Misfit> {
        if !self.skip(b'{') {
            return self.unfit(&visitor);
        }
        let read = visitor.visit_map(Members { reader: self, name: None });
        self.close(b'}', read, &"fewer members")
    }

    /// Leaves an array or an object behind. What its type did not take, of one that fits or not, is skipped once:
    /// what is around goes on from there.
    #[inline]
    fn close<T>(
        &mut self,
        bracket: u8,
        read: Result<T, Misfit>,
        wanted: &dyn Expected,
    ) -> Result<T, Misfit> {
        if self.skip(bracket) {
            return read;
        }
        self.rest = self.rest.closing().unwrap_or(self.rest);
        read.and_then(|_| Err(Misfit::new(wanted)))
    }
}

impl<'de> Deserializer<'de> for &mut Reader<'de> {
    type Error = Misfit;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        match self.peek() {
            Some(b'"') => self.text(visitor),
            Some(b'{') => self.object(visitor),
            Some(b'[') => self.array(visitor),
            Some(b't' | b'f') => self.boolean(visitor),
            Some(b'n') => self.null(visitor),
            _ => self.number(visitor),
        }
    }

    #[inline]
    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        match self.peek() {
            Some(b'n') => self.expect_value().and_then(|_| visitor.visit_none()),
            _ => visitor.visit_some(self),
        }
    }

    #[inline]
    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        match (name, self.peek()) {
            (SCALAR, Some(b'"' | b'n')) => self.deserialize_any(visitor),
            (SCALAR, Some(b'-' | b'0'..=b'9')) => {
                visitor.visit_borrowed_bytes(self.expect_value()?.as_bytes())
            }
            (SCALAR, _) => self.unfit(&visitor),
            _ if name.starts_with(RESERVED) => {
                raw(name, BorrowedStrDeserializer::new(self.expect_value()?), visitor)
            }
            _ => visitor.visit_newtype_struct(self),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        match self.peek() {
            Some(b'"') => self.expect_string()?.deserialize_enum(name, variants, visitor),
            Some(b'{') => {
                self.skip(b'{');
                let member = MapAccessDeserializer::new(Members { reader: self, name: None });
                let read = visitor.visit_enum(member);
                self.close(b'}', read, &VARIANT)
            }
            _ => self.unfit(&VARIANT),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        self.expect_value()?;
        visitor.visit_unit()
    }

    fn deserialize_i128<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        match self.expect_value()?.parse() {
            Ok(value) => visitor.visit_i128(value),
            Err(_) => Err(Misfit::new(&visitor)),
        }
    }

    fn deserialize_u128<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        match self.expect_value()?.parse() {
            Ok(value) => visitor.visit_u128(value),
            Err(_) => Err(Misfit::new(&visitor)),
        }
    }

    // A visitor is told nothing but what it asked for. It might take it: a derived one takes an array for a struct, and a
    // number for the name of a variant.
    ask! { null: deserialize_unit() deserialize_unit_struct(&'static str) }
    ask! { boolean: deserialize_bool() }
    ask! { number: deserialize_i8() deserialize_i16() deserialize_i32() deserialize_i64() }
    ask! { number: deserialize_u8() deserialize_u16() deserialize_u32() deserialize_u64() }
    ask! { number: deserialize_f32() deserialize_f64() }
    ask! { text: deserialize_char() deserialize_str() deserialize_string() deserialize_identifier() }
    ask! { bytes: deserialize_bytes() deserialize_byte_buf() }
    ask! { array: deserialize_seq() deserialize_tuple(usize) deserialize_tuple_struct(&'static str, usize) }
    ask! { object: deserialize_map() deserialize_struct(&'static str, &'static [&'static str]) }
}

macro_rules! ask {
    ($kind:ident: $($method:ident($($argument:ty),*))*) => {$(
        #[inline]
        fn $method<V: Visitor<'de>>(self, $(_: $argument,)* visitor: V) -> Result<V::Value, Misfit> {
            self.$kind(visitor)
        }
    )*};
}
use ask;

/// Tells a number, as `serde_json` does: a whole one as that, if it fits.
fn tell_number<'de, V: Visitor<'de>>(digits: &str, visitor: V) -> Result<V::Value, Misfit> {
    if let Ok(value) = digits.parse() {
        return visitor.visit_u64(value);
    }
    if digits != "-0"
        && let Ok(value) = digits.parse()
    {
        return visitor.visit_i64(value);
    }
    // The standard library's is exact, and for some texts of few bytes takes a hundred times as long.
    match serde_json::from_str(digits) {
        Ok(value) => visitor.visit_f64(value),
        Err(_) => Err(Misfit::new(&"a number in the range of a 64-bit float")),
    }
}

/// Tells the JSON text of a value, as a `RawValue` of `serde_json` asks for it: under the name that it gives itself.
fn raw<'de, V: Visitor<'de>>(
    name: &'static str,
    json: impl IntoDeserializer<'de, Misfit>,
    visitor: V,
) -> Result<V::Value, Misfit> {
    visitor.visit_map(MapDeserializer::new(once((name, json))))
}

#[cfg(test)]
mod tests;
