//! `EventKey`: what makes a redelivery recognisable.

use std::fmt;

use sha2::{Digest as _, Sha256};

/// What makes a redelivery recognisable, where a sender gives no unique event id.
///
/// It is built from declared parts. Each part's name and value go into a SHA-256 with their lengths,
/// so that no two lists of parts give the same bytes; the key is short, of one length, and holds
/// nothing that must not be stored or logged.
///
/// ```
/// use receiver_core::EventKey;
///
/// let key = EventKey::of("acme").part("order", "17").part("state", "paid");
/// assert_eq!(
///     key.to_string(),
///     "acme:1418f92ee0d58138267b72c2d69b0ae0614156e436d0f32217c2ac99c84a7ed2",
/// );
/// assert_ne!(key, EventKey::of("acme").part("order", "17paid").part("state", ""));
/// ```
#[derive(Clone)]
pub struct EventKey {
    sender: String,
    hash: Sha256,
}

impl EventKey {
    /// A key for this sender's events, to be followed by its parts.
    #[must_use]
    pub fn of(sender: &str) -> Self {
        Self { sender: sender.to_owned(), hash: Sha256::new() }
    }

    /// The same key with one more part.
    #[must_use]
    pub fn part(mut self, name: &str, value: impl AsRef<[u8]>) -> Self {
        for bytes in [name.as_bytes(), value.as_ref()] {
            // A usize has at most 64 bits on every platform Rust knows.
            self.hash.update((bytes.len() as u64).to_be_bytes());
            self.hash.update(bytes);
        }
        self
    }

    /// The same key with one more part if there is one. Absent and empty are not the same.
    #[must_use]
    pub fn optional(self, name: &str, value: Option<impl AsRef<[u8]>>) -> Self {
        match value {
            Some(value) => self.part(name, value),
            None => self,
        }
    }

    /// The digest over the parts, without the sender's name.
    #[must_use]
    pub fn digest(&self) -> [u8; 32] {
        self.hash.clone().finalize().into()
    }

    /// The sender's name.
    #[must_use]
    pub fn sender(&self) -> &str {
        &self.sender
    }
}

impl PartialEq for EventKey {
    fn eq(&self, other: &Self) -> bool {
        self.sender == other.sender && self.digest() == other.digest()
    }
}

impl Eq for EventKey {}

impl std::hash::Hash for EventKey {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        (&self.sender, self.digest()).hash(state);
    }
}

/// The sender's name, a colon, and the digest in hexadecimal.
impl fmt::Display for EventKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:", self.sender)?;
        self.digest().iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for EventKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "EventKey({self})")
    }
}
