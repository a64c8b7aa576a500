//! A secret with a name, and the ring of those that are valid at once.

use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;

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
    label: Label,
    secret: Secret,
}

impl Key {
    /// A key without a name: the scheme numbers it by its place, `1` for the first.
    #[must_use]
    pub fn new(secret: Secret) -> Self {
        Self { label: Label::default(), secret }
    }

    /// The secret.
    #[must_use]
    pub fn secret(&self) -> &Secret {
        &self.secret
    }

    pub(crate) fn label(&self) -> &Label {
        &self.label
    }
}

/// Gives a key of either kind, a secret or a public one, what its label holds.
macro_rules! labelled {
    ($key:ident) => {
        impl $key {
            /// The same key under a name. The name is logged: it must not be the secret.
            #[must_use]
            pub fn with_id(mut self, id: &str) -> Self {
                self.label.id = Some(KeyId::new(id));
                self
            }

            /// The same key, which counts only from this time on.
            #[must_use]
            pub fn with_not_before(mut self, time: SystemTime) -> Self {
                self.label.not_before = Some(time);
                self
            }

            /// The same key, which counts up to this time and not after it: the end of a rotation.
            #[must_use]
            pub fn with_not_after(mut self, time: SystemTime) -> Self {
                self.label.not_after = Some(time);
                self
            }

            /// The name, if one was given.
            #[must_use]
            pub fn id(&self) -> Option<&KeyId> {
                self.label.id.as_ref()
            }

            /// From when on it counts, if that was said.
            #[must_use]
            pub fn not_before(&self) -> Option<SystemTime> {
                self.label.not_before
            }

            /// Up to when it counts, if that was said.
            #[must_use]
            pub fn not_after(&self) -> Option<SystemTime> {
                self.label.not_after
            }
        }
    };
}
#[cfg(feature = "ed25519")]
pub(crate) use labelled;

labelled!(Key);

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

/// What is said of a key beside the key: its name, and from when on and up to when it counts, both
/// included.
#[derive(Clone, Debug, Default)]
pub(crate) struct Label {
    pub(crate) id: Option<KeyId>,
    pub(crate) not_before: Option<SystemTime>,
    pub(crate) not_after: Option<SystemTime>,
}

impl Label {
    fn holds(&self, now: SystemTime) -> bool {
        let has_begun = self.not_before.is_none_or(|time| time <= now);
        has_begun && self.not_after.is_none_or(|time| now <= time)
    }
}

/// What a scheme keeps of each key, under the key's name and with its times. Never empty.
pub(crate) struct Ring<T>(Vec<(KeyId, Label, T)>);

impl<T> Ring<T> {
    pub(crate) fn new(label: &Label, entry: T) -> Self {
        let mut ring = Self(Vec::with_capacity(1));
        ring.push(label, entry);
        ring
    }

    pub(crate) fn push(&mut self, label: &Label, entry: T) {
        let number = self.0.len().saturating_add(1);
        let id = label.id.clone().unwrap_or_else(|| KeyId::new(&number.to_string()));
        self.0.push((id, label.clone(), entry));
    }

    /// The entries whose time it is, in order.
    ///
    /// # Errors
    ///
    /// [`NoMatch::Inactive`] if there are none.
    pub(crate) fn active(
        &self,
        now: SystemTime,
    ) -> Result<impl Iterator<Item = (&KeyId, &T)>, NoMatch> {
        let active = move |(_, label, _): &&(KeyId, Label, T)| label.holds(now);
        if !self.0.iter().any(|entry| active(&entry)) {
            return Err(NoMatch::Inactive);
        }
        Ok(self.0.iter().filter(active).map(|(id, _, entry)| (id, entry)))
    }

    /// The name of the entry that matches. All whose time it is are tried, whichever does.
    pub(crate) fn matching(
        &self,
        now: SystemTime,
        matches: impl Fn(&T) -> Choice,
    ) -> Result<&KeyId, NoMatch> {
        let mut found = Err(NoMatch::Wrong);
        for (id, entry) in self.active(now)? {
            if bool::from(matches(entry)) {
                found = found.or(Ok(id));
            }
        }
        found
    }
}

/// Prints the names of the keys and nothing of what is kept for them.
impl<T> fmt::Debug for Ring<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.iter().map(|(id, ..)| id.as_str())).finish()
    }
}

/// Why no key of a ring matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NoMatch {
    /// It is the time of none of them.
    Inactive,
    /// None is right.
    Wrong,
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime, UNIX_EPOCH};

    use super::{Key, KeyId, NoMatch, Ring};
    use crate::Secret;

    fn at(seconds: u64) -> SystemTime {
        UNIX_EPOCH.checked_add(Duration::from_secs(seconds)).expect("a time")
    }

    #[track_caller]
    fn check(ring: &Ring<()>, now: u64, expected: &[&str]) {
        let active = ring.active(at(now)).map(|keys| keys.map(|(id, ())| id.as_str()).collect());
        match active {
            Ok::<Vec<_>, _>(active) => assert_eq!(active, expected, "at {now}"),
            Err(error) => assert!(expected.is_empty() && error == NoMatch::Inactive, "at {now}"),
        }
        let matching = ring.matching(at(now), |()| 1.into()).map(KeyId::as_str);
        assert_eq!(matching.ok(), expected.first().copied(), "at {now}");
    }

    #[test]
    fn a_key_counts_from_its_first_to_its_last_second() {
        let key = || Key::new(Secret::new("correct horse").expect("a secret"));
        let mut ring = Ring::new(key().with_id("old").with_not_after(at(20)).label(), ());
        ring.push(key().with_id("new").with_not_before(at(10)).with_not_after(at(30)).label(), ());
        check(&ring, 0, &["old"]);
        check(&ring, 9, &["old"]);
        check(&ring, 10, &["old", "new"]);
        check(&ring, 20, &["old", "new"]);
        check(&ring, 21, &["new"]);
        check(&ring, 30, &["new"]);
        check(&ring, 31, &[]);
    }

    #[test]
    fn a_wrong_key_is_told_from_one_whose_time_it_is_not() {
        let key = Key::new(Secret::new("correct horse").expect("a secret"));
        let ring = Ring::new(key.with_not_before(at(10)).label(), ());
        assert_eq!(ring.matching(at(10), |()| 0.into()), Err(NoMatch::Wrong));
        assert_eq!(ring.matching(at(9), |()| 1.into()), Err(NoMatch::Inactive));
    }
}
