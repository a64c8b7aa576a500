//! How the text an operator is given becomes the key.

use sha1::{Digest as _, Sha1};

use crate::{InvalidSecret, Secret};

/// How the text an operator is given becomes the key.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyForm {
    /// The text's own bytes, even where the text looks like something encoded.
    Text,
    /// Base64 or base64url, with or without padding.
    Base64,
    /// `whsec_` and base64, in the variants that people paste.
    Whsec,
    /// Hexadecimal.
    Hex,
    /// The SHA-1 of the text.
    Sha1,
}

impl KeyForm {
    /// Makes the key of the text.
    ///
    /// # Errors
    ///
    /// Those of [`Secret::new`], [`InvalidSecret::NotBase64`] and [`InvalidSecret::NotHex`].
    pub fn read(self, text: &str) -> Result<Secret, InvalidSecret> {
        match self {
            Self::Text => Secret::new(text),
            Self::Base64 => Secret::from_base64(text),
            Self::Whsec => Secret::from_whsec(text),
            Self::Hex => Secret::from_hex(text),
            Self::Sha1 => Secret::new(Sha1::digest(Secret::new(text)?.expose()).to_vec()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{InvalidSecret, KeyForm, Secret};

    const ALL: [KeyForm; 5] =
        [KeyForm::Text, KeyForm::Base64, KeyForm::Whsec, KeyForm::Hex, KeyForm::Sha1];

    #[track_caller]
    fn check(form: KeyForm, text: &str, expected: Result<&[u8], InvalidSecret>) {
        let read = form.read(text);
        assert_eq!(read.as_ref().map(Secret::expose), expected.as_ref().copied(), "{form:?}");
    }

    #[test]
    fn one_text_is_another_key_in_each_form() {
        check(KeyForm::Text, "whsec_a2V5", Ok(b"whsec_a2V5"));
        check(KeyForm::Whsec, "whsec_a2V5", Ok(b"key"));
        check(KeyForm::Base64, "a2V5", Ok(b"key"));
        check(KeyForm::Hex, "6b6579", Ok(b"key"));
        let sha1 = KeyForm::Hex.read("a9993e364706816aba3e25717850c26c9cd0d89d").expect("a key");
        check(KeyForm::Sha1, "abc", Ok(sha1.expose()));
    }

    #[test]
    fn an_empty_text_is_a_key_in_no_form() {
        for form in ALL {
            check(form, "", Err(InvalidSecret::Empty));
            check(form, " \n", Err(InvalidSecret::Blank));
        }
        check(KeyForm::Whsec, "whsec_", Err(InvalidSecret::Empty));
        check(KeyForm::Base64, "not base64", Err(InvalidSecret::NotBase64));
        check(KeyForm::Hex, "not hex", Err(InvalidSecret::NotHex));
    }
}
