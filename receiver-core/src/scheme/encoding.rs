//! How bytes are spelled as text: hexadecimal, base64, base64url.

use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

/// How a signature is spelled as text.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// Hexadecimal, in either case (RFC 4648, section 8).
    Hex,
    /// Base64, with or without padding (RFC 4648, section 4).
    Base64,
    /// Base64 with `-` and `_`, with or without padding (RFC 4648, section 5).
    Base64Url,
}

impl Encoding {
    /// Decodes into `out` and gives the part that was filled; `None` for what is not so encoded or
    /// does not fit.
    pub(crate) fn decode<'o>(self, text: &[u8], out: &'o mut [u8]) -> Option<&'o [u8]> {
        let length = match self {
            Self::Hex => hex(text, out)?,
            Self::Base64 => STANDARD.decode_slice(text, out).ok()?,
            Self::Base64Url => URL_SAFE.decode_slice(text, out).ok()?,
        };
        out.get(..length)
    }

    /// Encodes: hexadecimal in lower case, base64 with padding, base64url without.
    pub(crate) fn encode(self, bytes: &[u8]) -> String {
        match self {
            Self::Hex => bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]).map(digit).collect(),
            Self::Base64 => STANDARD.encode(bytes),
            Self::Base64Url => URL_SAFE.encode(bytes),
        }
    }
}

fn digit(value: u8) -> char {
    char::from_digit(value.into(), 16).unwrap_or_default()
}

/// Decodes hexadecimal into `out` and says how many bytes were filled.
///
/// Without a branch for a digit: whether it is a letter is anybody's guess, the processor's too.
#[expect(clippy::needless_bitwise_bool, reason = "a short circuit is a branch")]
pub(crate) fn hex(text: &[u8], out: &mut [u8]) -> Option<usize> {
    let digit = |byte: u8| {
        let (decimal, letter) = (byte.wrapping_sub(b'0'), (byte | 0x20).wrapping_sub(b'a'));
        let is_digit = (decimal < 10) | (letter < 6);
        (if decimal < 10 { decimal } else { letter.wrapping_add(10) }, is_digit)
    };
    let (pairs, odd) = text.as_chunks::<2>();
    if !odd.is_empty() {
        return None;
    }
    let mut are_digits = true;
    for (&[high, low], byte) in pairs.iter().zip(out.get_mut(..pairs.len())?) {
        let ((high, is_first), (low, is_second)) = (digit(high), digit(low));
        *byte = high << 4 | low;
        are_digits &= is_first & is_second;
    }
    are_digits.then_some(pairs.len())
}

const LENIENT: GeneralPurposeConfig =
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
pub(crate) const STANDARD: GeneralPurpose = GeneralPurpose::new(&alphabet::STANDARD, LENIENT);
pub(crate) const URL_SAFE: GeneralPurpose =
    GeneralPurpose::new(&alphabet::URL_SAFE, LENIENT.with_encode_padding(false));

#[cfg(test)]
mod tests {
    use super::Encoding;

    #[track_caller]
    fn check(encoding: Encoding, text: &str, expected: Option<&[u8]>) {
        assert_eq!(encoding.decode(text.as_bytes(), &mut [0; 4]), expected);
    }

    #[test]
    fn hexadecimal_in_either_case() {
        check(Encoding::Hex, "00fF7a", Some(b"\x00\xff\x7a"));
        check(Encoding::Hex, "", Some(b""));
        check(Encoding::Hex, "0", None);
        check(Encoding::Hex, "0g", None);
        check(Encoding::Hex, "+1", None);
        // What stands beside the digits and the letters in ASCII.
        for beside in ["/0", ":0", "0@", "0G", "0`", "0g"] {
            check(Encoding::Hex, beside, None);
        }
        check(Encoding::Hex, "0011223344", None);
    }

    #[test]
    fn base64_with_or_without_padding() {
        check(Encoding::Base64, "+/8=", Some(b"\xfb\xff"));
        check(Encoding::Base64, "+/8", Some(b"\xfb\xff"));
        check(Encoding::Base64, "-_8", None);
        check(Encoding::Base64, "+/9=", None);
        check(Encoding::Base64, "AAAAAAAA", None);
        check(Encoding::Base64Url, "-_8=", Some(b"\xfb\xff"));
        check(Encoding::Base64Url, "+/8", None);
    }

    #[test]
    fn what_is_encoded_is_decoded() {
        for encoding in [Encoding::Hex, Encoding::Base64, Encoding::Base64Url] {
            check(encoding, &encoding.encode(b"\xfb\xff\x00"), Some(b"\xfb\xff\x00"));
        }
    }
}
