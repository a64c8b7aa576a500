//! Reads the words of a JSON text: whitespace, strings, numbers and literals.

use super::Fault;

/// What is left of a text, from some place on.
///
/// It is taken by value and given back further on, so that it stays in registers.
#[derive(Clone, Copy)]
pub(super) struct Cursor<'t>(&'t [u8]);

/// What is between the quotes of a string, as the text has it.
pub(super) struct Quoted<'t> {
    pub(super) text: &'t [u8],
    pub(super) has_escapes: bool,
}

/// A fault, and how much of the text is left at it.
pub(super) struct Stop {
    pub(super) fault: Fault,
    pub(super) left: usize,
}

impl<'t> Cursor<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self(text.as_bytes())
    }

    pub(super) fn left(self) -> usize {
        self.0.len()
    }

    #[cold]
    pub(super) fn stop<T>(self, fault: Fault) -> Result<T, Stop> {
        Err(Stop { fault, left: self.left() })
    }

    #[inline]
    pub(super) fn peek(self) -> Option<u8> {
        self.0.first().copied()
    }

    #[inline]
    pub(super) fn skip(self, bytes: usize) -> Self {
        Self(self.0.get(bytes..).unwrap_or_default())
    }

    /// The cursor behind `word`, if that is what comes next.
    #[inline]
    pub(super) fn after(self, word: &[u8]) -> Option<Self> {
        self.0.strip_prefix(word).map(Self)
    }

    /// RFC 8259 section 2: spaces, tabs, line feeds and carriage returns, and nothing else.
    #[inline]
    pub(super) fn skip_whitespace(mut self) -> Self {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.peek() {
            self = self.skip(1);
            // Most of it is the indentation of a text made for people.
            while let Some(rest) = self.after(b"  ") {
                self = rest;
            }
        }
        self
    }

    /// RFC 8259 section 3.
    #[inline]
    pub(super) fn literal(self, word: &[u8]) -> Result<Self, Stop> {
        self.after(word).map_or_else(|| self.stop(Fault::Syntax), Ok)
    }

    /// RFC 8259 section 7, from behind the opening quote to behind the closing one.
    #[inline]
    pub(super) fn string(self) -> Result<(Quoted<'t>, Self), Stop> {
        let mut end = self.skip_plain();
        let mut has_escapes = false;
        loop {
            if let [b'"', rest @ ..] = end.0 {
                let text = self.0.get(..self.left().wrapping_sub(end.left())).unwrap_or_default();
                return Ok((Quoted { text, has_escapes }, Self(rest)));
            }
            end = end.skip_escapes()?;
            has_escapes = true;
        }
    }

    /// Skips what stands in a string as it is: all but quotes, backslashes and control characters.
    #[inline]
    fn skip_plain(mut self) -> Self {
        while let Some((eight, rest)) = self.0.split_first_chunk() {
            let special = special(u64::from_le_bytes(*eight));
            if special != 0 {
                return self.skip((special.trailing_zeros() >> 3) as usize);
            }
            self = Self(rest);
        }
        self.skip_last_plain()
    }

    /// The same for the last seven bytes of the text.
    #[cold]
    fn skip_last_plain(self) -> Self {
        let special = |&byte: &u8| byte < b' ' || byte == b'"' || byte == b'\\';
        self.skip(self.0.iter().position(special).unwrap_or(self.left()))
    }

    /// Goes on in a string up to its closing quote, from where it has something special.
    #[cold]
    fn skip_escapes(mut self) -> Result<Self, Stop> {
        while self.peek() != Some(b'"') {
            self = self.escape()?.skip_plain();
        }
        Ok(self)
    }

    fn escape(self) -> Result<Self, Stop> {
        match self.0 {
            [b'\\', b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't', rest @ ..] => {
                Ok(Self(rest))
            }
            [b'\\', b'u', digits @ ..] => {
                let (unit, rest) = Self(digits).code_unit()?;
                if !matches!(unit, 0xd800..=0xdfff) {
                    return Ok(rest);
                }
                // RFC 8259 section 8.2: it takes a high one, and right behind it a low one.
                if unit < 0xdc00
                    && let [b'\\', b'u', digits @ ..] = rest.0
                {
                    let (unit, rest) = Self(digits).code_unit()?;
                    if matches!(unit, 0xdc00..=0xdfff) {
                        return Ok(rest);
                    }
                }
                self.stop(Fault::LoneSurrogate)
            }
            [b'\\', ..] => self.skip(1).stop(Fault::Syntax),
            _ => self.stop(Fault::Syntax),
        }
    }

    /// Reads the four hexadecimal digits of an escape.
    fn code_unit(mut self) -> Result<(u32, Self), Stop> {
        let mut unit = 0;
        for _ in 0..4 {
            let Some(digit) = self.peek().and_then(|byte| char::from(byte).to_digit(16)) else {
                return self.stop(Fault::Syntax);
            };
            unit = unit << 4 | digit;
            self = self.skip(1);
        }
        Ok((unit, self))
    }

    /// Skips one value. Of what is in brackets it looks at nothing but brackets and strings.
    #[inline]
    pub(super) fn value(self) -> Option<Self> {
        match self.peek()? {
            b'"' => Some(self.skip(1).string().ok()?.1),
            b'[' | b'{' => self.skip(1).closing(),
            _ => self.word(),
        }
    }

    /// Goes on behind the bracket that closes what this is in.
    pub(super) fn closing(mut self) -> Option<Self> {
        let mut depth = 1_usize;
        while depth > 0 {
            self = match self.peek()? {
                b'"' => self.skip(1).string().ok()?.1,
                b'[' | b'{' => {
                    depth = depth.saturating_add(1);
                    self.skip(1)
                }
                b']' | b'}' => {
                    depth = depth.saturating_sub(1);
                    self.skip(1)
                }
                _ => self.skip(1),
            };
        }
        Some(self)
    }

    /// A number or a literal, up to what ends it.
    #[inline]
    fn word(self) -> Option<Self> {
        let is_end = |byte: &u8| matches!(byte, b',' | b']' | b'}' | b' ' | b'\t' | b'\n' | b'\r');
        let length = self.0.iter().position(is_end).unwrap_or(self.left());
        (length > 0).then_some(self.skip(length))
    }

    /// RFC 8259 section 6, from the minus or the first digit on.
    pub(super) fn number(self) -> Result<Self, Stop> {
        let mut end = self.after(b"-").unwrap_or(self);
        // A zero in front stands alone.
        end = end.after(b"0").map_or_else(|| end.digits(), Ok)?;
        if let Some(fraction) = end.after(b".") {
            end = fraction.digits()?;
        }
        if let Some(b'e' | b'E') = end.peek() {
            end = end.skip(1);
            if let Some(b'+' | b'-') = end.peek() {
                end = end.skip(1);
            }
            end = end.digits()?;
        }
        Ok(end)
    }

    /// Skips one digit or more.
    fn digits(mut self) -> Result<Self, Stop> {
        if !matches!(self.peek(), Some(b'0'..=b'9')) {
            return self.stop(Fault::Syntax);
        }
        while let Some(b'0'..=b'9') = self.peek() {
            self = self.skip(1);
        }
        Ok(self)
    }
}

/// Marks the first quote, backslash or control character of eight bytes in its highest bit.
///
/// All eight are looked at in one go. Subtracting from a byte that is too small for it borrows,
/// which sets the highest bit; a byte that had this bit before is none that we look for. The xor
/// turns a backslash into 0, and a quote into a space with the control characters still below it.
/// Marks behind the first one can be wrong: a borrow reaches into the next byte.
#[inline]
const fn special(eight: u64) -> u64 {
    let backslash = (eight ^ repeat(b'\\')).wrapping_sub(repeat(1));
    let quote_or_control = (eight ^ repeat(b'"' ^ b' ')).wrapping_sub(repeat(b' ' + 1));
    (backslash | quote_or_control) & !eight & repeat(0x80)
}

const fn repeat(byte: u8) -> u64 {
    u64::from_ne_bytes([byte; 8])
}

/// Whether a text is one number, and nothing else.
pub(crate) fn is_number(text: &str) -> bool {
    Cursor::new(text).number().is_ok_and(|end| end.left() == 0)
}

#[cfg(test)]
mod tests {
    use super::special;

    #[test]
    fn the_first_special_byte_of_eight_is_marked() {
        // Every pair of bytes, in the places where the first could mislead about the second.
        for (first, second) in (0..=u16::MAX).map(u16::to_le_bytes).map(<(u8, u8)>::from) {
            let eight = [b'a', b'a', first, second, b'a', b'"', 0, b'\\'];
            let expected = eight.iter().position(|&byte| byte < b' ' || b"\"\\".contains(&byte));
            let marked = special(u64::from_le_bytes(eight)).trailing_zeros() >> 3;
            assert_eq!(Some(marked as usize), expected, "{eight:x?}");
        }
        for plain in [[b' '; 8], [0x7f; 8], [0x80; 8], [0xa2; 8], [0xdc; 8], [0xff; 8]] {
            assert_eq!(special(u64::from_le_bytes(plain)), 0);
        }
    }
}
