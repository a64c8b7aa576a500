//! What else the sender may have made its key of.

use std::fmt;

use crate::Secret;
use crate::scheme::KeyForm;
use crate::scheme::encoding::Encoding;

/// What else the sender's key may be, made of the secret that was given.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecretChange {
    /// Without the white space or line break around it.
    Trimmed,
    /// With a line break behind it, as in the file that the sender reads.
    WithLineBreak,
    /// Without the quotation marks around it.
    Unquoted,
    /// Without this text before it.
    WithoutPrefix(&'static str),
    /// Read in this form, where it was used as it is.
    Read(KeyForm),
    /// As the text it was decoded from, where it was read in this form.
    AsText(KeyForm),
}

impl fmt::Display for SecretChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Trimmed => f.write_str("the secret had no white space around it"),
            Self::WithLineBreak => f.write_str("the secret ended with a line break"),
            Self::Unquoted => f.write_str("the secret had no quotation marks around it"),
            Self::WithoutPrefix(prefix) => write!(f, "the secret did not begin with `{prefix}`"),
            Self::Read(KeyForm::Sha1) => f.write_str("the key were the SHA-1 of the secret"),
            Self::Read(form) => write!(f, "the secret were decoded from {form} first"),
            Self::AsText(form) => {
                write!(f, "the secret were used as its text ({form}), not decoded")
            }
        }
    }
}

/// The secret as it is, and what else the key may be; none of them twice.
pub(super) fn variants(secret: &Secret) -> Vec<(Option<SecretChange>, Secret)> {
    let mut variants = vec![(None, secret.clone())];
    let bytes = secret.expose();
    if let Ok(text) = std::str::from_utf8(bytes) {
        let trimmed = text.trim();
        let mut text_variant = |change, text: &str| put(&mut variants, change, Secret::new(text));
        text_variant(SecretChange::Trimmed, trimmed);
        for quote in ['"', '\''] {
            let inner = trimmed.strip_prefix(quote).and_then(|it| it.strip_suffix(quote));
            text_variant(SecretChange::Unquoted, inner.unwrap_or_default());
        }
        for prefix in PREFIXES {
            let rest = trimmed.strip_prefix(prefix).unwrap_or_default();
            text_variant(SecretChange::WithoutPrefix(prefix), rest);
        }
        for form in [KeyForm::Base64, KeyForm::Whsec, KeyForm::Hex, KeyForm::Sha1] {
            put(&mut variants, SecretChange::Read(form), form.read(text));
        }
    }
    put(&mut variants, SecretChange::WithLineBreak, Secret::new([bytes, b"\n"].concat()));

    let base64 = Encoding::Base64.encode(bytes);
    let hex = Encoding::Hex.encode(bytes);
    for (form, text) in [
        (KeyForm::Whsec, format!("whsec_{base64}")),
        (KeyForm::Base64, base64.trim_end_matches('=').to_owned()),
        (KeyForm::Base64, base64),
        (KeyForm::Base64, Encoding::Base64Url.encode(bytes)),
        (KeyForm::Hex, hex.to_uppercase()),
        (KeyForm::Hex, hex),
    ] {
        put(&mut variants, SecretChange::AsText(form), Secret::new(text));
    }
    variants
}

fn put<E>(
    variants: &mut Vec<(Option<SecretChange>, Secret)>,
    change: SecretChange,
    secret: Result<Secret, E>,
) {
    let Ok(secret) = secret else { return };
    if variants.iter().all(|(_, other)| other.expose() != secret.expose()) {
        variants.push((Some(change), secret));
    }
}

/// Texts that senders' settings show before a secret.
const PREFIXES: [&str; 2] = ["v1,whsec_", "whsec_"];

/// How many there can be: as it is, trimmed, one of two quotes, one of two prefixes, four forms, a
/// line break, six texts.
pub(super) const MOST: usize = 15;

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{MOST, Secret, variants};

    #[track_caller]
    fn check(text: &str, expected: usize) {
        let variants = variants(&Secret::new(text).expect("a secret"));
        assert!(variants.len() <= MOST);
        let different: BTreeSet<_> = variants.iter().map(|(_, it)| it.expose().to_vec()).collect();
        assert_eq!((variants.len(), different.len()), (expected, expected), "{text}");
    }

    #[test]
    fn no_secret_is_tried_twice_and_there_are_no_more_than_the_most() {
        check("k-!", 7);
        check("abcd\n", 11);
        check("whsec_abcd", 10);
        check("'v1,whsec_abcd' ", 10);
    }
}
