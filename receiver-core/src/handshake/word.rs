//! The only text that is echoed or signed.

use super::Cause;
use crate::scheme::hmac_sha256;
use crate::{Secret, json};

/// A challenge of a sender's: letters, digits and what base64 and base64url have beside them. No
/// markup, no separator of any signed content.
pub(super) struct Word<'t>(&'t str);

impl<'t> Word<'t> {
    pub(super) fn new(text: &'t str) -> Result<Self, Cause> {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_+/".contains(&byte);
        // Only where base64 has it: elsewhere it would make a form.
        let letters = text.strip_suffix('=').map_or(text, |it| it.strip_suffix('=').unwrap_or(it));
        let is_word = (1..=LONGEST).contains(&text.len()) && letters.bytes().all(plain);
        is_word.then_some(Self(text)).ok_or(Cause::Unfit)
    }

    pub(super) fn as_str(&self) -> &'t str {
        self.0
    }

    /// The HMAC-SHA256 over it.
    ///
    /// Who asks chose the word, and the same secret signs deliveries. So a word that is a whole
    /// JSON text, such as `1` or `null`, is not signed: it could be sent as a body. Every other
    /// JSON text, and every content with a timestamp, holds a character that no word holds.
    pub(super) fn signed(&self, secret: &Secret) -> Result<[u8; 32], Cause> {
        if json::check(self.0.as_bytes()).is_ok() {
            return Err(Cause::Unfit);
        }
        Ok(hmac_sha256(secret, self.0.as_bytes()))
    }
}

/// Longer than any challenge that senders document, in bytes.
const LONGEST: usize = 256;
