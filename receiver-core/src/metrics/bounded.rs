//! `Bounded`: labels whose values somebody else chooses, and not more of them than a memory holds.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, PoisonError, RwLock};

/// The values of a label, by sender. The first [`MOST`] keep their names and all others share
/// [`OTHER`], so that a sender that writes a new one each time does not fill the memory of the service
/// and of whoever collects its figures.
pub(super) struct Bounded(RwLock<Option<Values>>);

type Values = HashMap<Arc<str>, HashSet<Arc<str>>>;

impl Bounded {
    pub(super) const fn new() -> Self {
        Self(RwLock::new(None))
    }

    /// What stands for this value.
    pub(super) fn name(&self, sender: &Arc<str>, value: &str) -> Arc<str> {
        let is_plain = value.len() <= LONGEST && !value.chars().any(char::is_control);
        if !is_plain {
            return Arc::from(OTHER);
        }
        // A set is whole whenever the lock is free, so one that panicked with it spoils nothing.
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let of_sender = known.as_ref().and_then(|known| known.get(sender));
        if let Some(name) = of_sender.and_then(|values| values.get(value)) {
            return Arc::clone(name);
        }
        if of_sender.is_some_and(|values| values.len() >= MOST) {
            return Arc::from(OTHER);
        }
        drop(known);

        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let values = known.get_or_insert_default().entry(Arc::clone(sender)).or_default();
        // Others may have come between the two locks.
        if values.len() >= MOST && !values.contains(value) {
            return Arc::from(OTHER);
        }
        let name: Arc<str> = Arc::from(value);
        values.insert(Arc::clone(&name));
        name
    }
}

const MOST: usize = 64;
const LONGEST: usize = 64;
const OTHER: &str = "other";

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{Bounded, LONGEST, MOST};

    #[test]
    fn the_first_keep_their_names_and_the_rest_share_one() {
        let (kinds, sender) = (Bounded::new(), Arc::from("sender"));
        for count in 0..MOST {
            let kind = format!("kind {count}");
            assert_eq!(*kinds.name(&sender, &kind), *kind);
        }
        assert_eq!(&*kinds.name(&sender, "one more"), "other");
        assert_eq!(&*kinds.name(&sender, "kind 0"), "kind 0");
        assert_eq!(&*kinds.name(&Arc::from("another"), "one more"), "one more");
    }

    #[test]
    fn what_is_long_or_no_text_takes_no_place() {
        let (kinds, sender) = (Bounded::new(), Arc::from("sender"));
        for kind in ["k".repeat(LONGEST + 1), "a\nb".to_owned(), "\u{1b}[0m".to_owned()] {
            for _ in 0..=MOST {
                assert_eq!(&*kinds.name(&sender, &kind), "other");
            }
        }
        assert_eq!(*kinds.name(&sender, &"k".repeat(LONGEST)), *"k".repeat(LONGEST));
    }
}
