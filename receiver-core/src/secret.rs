//! Key material: never empty, never printed, wiped on drop.

use std::fmt;

use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use zeroize::Zeroizing;

/// A secret shared with a sender: a password, a token, or the key of a signature.
///
/// It cannot be empty or blank, does not print, does not serialise, and is wiped when dropped.
///
/// ```
/// use receiver_core::{InvalidSecret, Secret};
///
/// let secret = Secret::new("correct horse")?;
/// assert_eq!(format!("{secret:?}"), "Secret(..)");
/// assert_eq!(Secret::new("").unwrap_err(), InvalidSecret::Empty);
/// assert_eq!(Secret::from_hex("correct horse").unwrap_err(), InvalidSecret::NotHex);
/// # Ok::<(), InvalidSecret>(())
/// ```
#[derive(Clone)]
pub struct Secret(Zeroizing<Vec<u8>>);

impl Secret {
    /// A secret used as it is: text is used as its UTF-8 bytes.
    ///
    /// # Errors
    ///
    /// [`InvalidSecret::Empty`] and [`InvalidSecret::Blank`].
    pub fn new(bytes: impl Into<Vec<u8>>) -> Result<Self, InvalidSecret> {
        let bytes = Zeroizing::new(bytes.into());
        if bytes.is_empty() {
            return Err(InvalidSecret::Empty);
        }
        // A no-break space or a NUL is what is left of a value lost on its way out of a
        // configuration file; it is as blank as a space. A vertical tab is none: nobody types one,
        // and keys in bytes may hold it, as in RFC 4231's first test.
        let blank = |c: char| c == '\0' || (c.is_whitespace() && !matches!(c, '\x0b' | '\x0c'));
        if std::str::from_utf8(&bytes).is_ok_and(|text| text.chars().all(blank)) {
            return Err(InvalidSecret::Blank);
        }
        Ok(Self(bytes))
    }

    /// A secret given as base64 or base64url text, with or without padding.
    ///
    /// # Errors
    ///
    /// [`InvalidSecret::NotBase64`], and those of [`Secret::new`].
    pub fn from_base64(text: &str) -> Result<Self, InvalidSecret> {
        let text = nonblank(text)?;
        let bytes = STANDARD.decode(text).or_else(|_| URL_SAFE.decode(text));
        Self::new(bytes.map_err(|_| InvalidSecret::NotBase64)?)
    }

    /// A secret given as hexadecimal text, in either case.
    ///
    /// # Errors
    ///
    /// [`InvalidSecret::NotHex`], and those of [`Secret::new`].
    pub fn from_hex(text: &str) -> Result<Self, InvalidSecret> {
        let text = nonblank(text)?;
        let mut bytes = Zeroizing::new(vec![0; text.len().div_ceil(2)]);
        let decoded = crate::scheme::encoding::hex(text.as_bytes(), &mut bytes);
        decoded.ok_or(InvalidSecret::NotHex)?;
        Self::new(std::mem::take(&mut *bytes))
    }

    /// A Standard Webhooks secret, `whsec_` and base64.
    ///
    /// What people paste is read too: without the prefix, with `v1,` before it, without padding,
    /// with white space around it. Source: the Standard Webhooks specification, "Signature scheme".
    ///
    /// # Errors
    ///
    /// Those of [`Secret::from_base64`].
    pub fn from_whsec(text: &str) -> Result<Self, InvalidSecret> {
        let text = nonblank(text)?;
        let text = text.strip_prefix("v1,").unwrap_or(text);
        Self::from_base64(text.strip_prefix("whsec_").unwrap_or(text))
    }

    /// The secret's bytes. The name is there to be searched for in a review.
    #[must_use]
    pub fn expose(&self) -> &[u8] {
        &self.0
    }

    /// Another secret, for a test of what is done with a wrong one.
    #[cfg(feature = "testing")]
    pub(crate) fn other(&self) -> Self {
        // Of the same length, because a private key has one.
        let mut other = self.0.clone();
        if let Some(first) = other.first_mut() {
            *first = if *first == b'x' { b'y' } else { b'x' };
        }
        Self(other)
    }

    /// Refuses what cannot stand in a header value: such a secret would never match, and the usual
    /// cause is a line break at the end of the file it was read from.
    pub(crate) fn check_visible(&self) -> Result<(), InvalidSecret> {
        let padded = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_whitespace);
        if padded(self.0.first()) || padded(self.0.last()) {
            return Err(InvalidSecret::Padded);
        }
        check_no_control(&self.0)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(..)")
    }
}

/// Why a secret, a user name or a password cannot be used. None of them is printed.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InvalidSecret {
    /// Nothing was given.
    Empty,
    /// Only white space was given.
    Blank,
    /// White space stands before or after it, which no header can carry.
    Padded,
    /// A control character stands in it, which no header can carry.
    ControlCharacter,
    /// A user name for Basic holds a colon, which ends the user name (RFC 7617, section 2).
    ColonInUser,
    /// A bearer token holds a space, which ends the token (RFC 6750, section 2.1).
    SpaceInToken,
    /// It is longer than the 1,024 bytes that user name and password may have together.
    TooLong,
    /// It is not base64.
    NotBase64,
    /// It is not hexadecimal.
    NotHex,
}

impl fmt::Display for InvalidSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "the secret is empty",
            Self::Blank => "the secret is blank",
            Self::Padded => "the secret has white space (or a line break) before or after it",
            Self::ControlCharacter => "the secret holds a control character",
            Self::ColonInUser => "the user name holds a colon",
            Self::SpaceInToken => "the token holds a space",
            Self::TooLong => "user name and password are longer than 1024 bytes",
            Self::NotBase64 => "the secret is not base64",
            Self::NotHex => "the secret is not hexadecimal",
        })
    }
}

impl std::error::Error for InvalidSecret {}

/// Refuses control characters, which RFC 7617 (section 2) forbids in user names and passwords and
/// RFC 9110 (section 5.5) in every header value.
pub(crate) fn check_no_control(bytes: &[u8]) -> Result<(), InvalidSecret> {
    if bytes.iter().any(u8::is_ascii_control) {
        return Err(InvalidSecret::ControlCharacter);
    }
    Ok(())
}

fn nonblank(text: &str) -> Result<&str, InvalidSecret> {
    match text.trim() {
        "" if text.is_empty() => Err(InvalidSecret::Empty),
        "" => Err(InvalidSecret::Blank),
        trimmed => Ok(trimmed),
    }
}

const LENIENT: GeneralPurposeConfig =
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
const STANDARD: GeneralPurpose = GeneralPurpose::new(&alphabet::STANDARD, LENIENT);
const URL_SAFE: GeneralPurpose = GeneralPurpose::new(&alphabet::URL_SAFE, LENIENT);

#[cfg(test)]
mod tests {
    use super::{InvalidSecret, Secret};

    #[track_caller]
    fn check(made: Result<Secret, InvalidSecret>, expected: Result<&[u8], InvalidSecret>) {
        assert_eq!(made.map(|secret| secret.expose().to_vec()), expected.map(<[u8]>::to_vec));
    }

    #[test]
    fn a_secret_without_content_cannot_be_made() {
        check(Secret::new(""), Err(InvalidSecret::Empty));
        check(Secret::new(" \t\r\n"), Err(InvalidSecret::Blank));
        check(Secret::new("\u{a0}"), Err(InvalidSecret::Blank));
        check(Secret::new("\0\0"), Err(InvalidSecret::Blank));
        check(Secret::from_base64(""), Err(InvalidSecret::Empty));
        check(Secret::from_base64("===="), Err(InvalidSecret::NotBase64));
        check(Secret::from_hex("  "), Err(InvalidSecret::Blank));
        check(Secret::from_whsec("whsec_"), Err(InvalidSecret::Empty));
        check(Secret::from_whsec("v1,whsec_"), Err(InvalidSecret::Empty));
    }

    #[test]
    fn an_undecodable_secret_cannot_be_made() {
        check(Secret::from_base64("a b c"), Err(InvalidSecret::NotBase64));
        check(Secret::from_hex("abc"), Err(InvalidSecret::NotHex));
        check(Secret::from_hex("zz"), Err(InvalidSecret::NotHex));
        check(Secret::from_whsec("whsec_!"), Err(InvalidSecret::NotBase64));
    }

    #[test]
    fn a_pasted_secret_is_read_in_its_variants() {
        for text in ["whsec_a2V5+w==", "whsec_a2V5+w", "v1,whsec_a2V5+w==", " a2V5+w==\n", "a2V5-w"]
        {
            check(Secret::from_whsec(text), Ok(b"key\xfb"));
        }
        check(Secret::from_hex("6B65 79".replace(' ', "").as_str()), Ok(b"key"));
    }

    #[test]
    fn a_secret_does_not_print() {
        let secret = Secret::new("marker-7c1f").expect("not empty");
        assert!(!format!("{secret:?} {secret:#?}").contains("marker"));
    }
}
