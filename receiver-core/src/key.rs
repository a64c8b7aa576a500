//! A secret with a name, and the ring of those that are valid at once.

use std::fmt;
use std::sync::Arc;

use subtle::Choice;

use crate::Secret;

/// A [`Secret`] with a name of the user's, so that a rotation can be watched in the log.
///
/// ```
/// use receiver_core::{Key, Secret};
///
/// let key = Key::new(Secret::new("correct horse")?).with_id("2026-01");
/// assert_eq!(key.id().unwrap().as_str(), "2026-01");
/// # Ok::<(), receiver_core::InvalidSecret>(())
/// ```
#[derive(Clone, Debug)]
pub struct Key {
    id: Option<KeyId>,
    secret: Secret,
}

impl Key {
    /// A key without a name: the scheme numbers it by its place, `1` for the first.
    #[must_use]
    pub fn new(secret: Secret) -> Self {
        Self { id: None, secret }
    }

    /// The same key under a name. The name is logged: it must not be the secret.
    #[must_use]
    pub fn with_id(self, id: &str) -> Self {
        Self { id: Some(KeyId(Arc::from(id))), ..self }
    }

    /// The name, if one was given.
    #[must_use]
    pub fn id(&self) -> Option<&KeyId> {
        self.id.as_ref()
    }

    /// The secret.
    #[must_use]
    pub fn secret(&self) -> &Secret {
        &self.secret
    }
}

impl From<Secret> for Key {
    fn from(secret: Secret) -> Self {
        Self::new(secret)
    }
}

/// The name of a key: what may be logged about which credential matched.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct KeyId(Arc<str>);

impl KeyId {
    /// A name for a credential that is no [`Key`], for a scheme of one's own.
    #[must_use]
    pub fn new(id: &str) -> Self {
        Self(Arc::from(id))
    }

    /// The name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What a scheme keeps of each key, under the key's name. Never empty.
pub(crate) struct Ring<T>(Vec<(KeyId, T)>);

impl<T> Ring<T> {
    pub(crate) fn new(key: &Key, entry: T) -> Self {
        let mut ring = Self(Vec::with_capacity(1));
        ring.push(key, entry);
        ring
    }

    pub(crate) fn push(&mut self, key: &Key, entry: T) {
        let number = self.0.len().saturating_add(1);
        let id = key.id.clone().unwrap_or_else(|| KeyId::new(&number.to_string()));
        self.0.push((id, entry));
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&KeyId, &T)> {
        self.0.iter().map(|(id, entry)| (id, entry))
    }

    /// The name of the entry that matches. All entries are tried, whichever does.
    pub(crate) fn matching(&self, matches: impl Fn(&T) -> Choice) -> Option<&KeyId> {
        let mut found = None;
        for (id, entry) in &self.0 {
            if bool::from(matches(entry)) {
                found = found.or(Some(id));
            }
        }
        found
    }
}

/// Prints the names of the keys and nothing of what is kept for them.
impl<T> fmt::Debug for Ring<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.iter().map(|(id, _)| id.as_str())).finish()
    }
}
