//! Finds a member name that its object had before.

use std::borrow::Cow;
use std::collections::HashSet;

/// The member names of the objects that are open.
///
/// An object's first names are listed, because for a few it is quickest to compare them one by
/// one. Further ones are hashed, with keys that a sender cannot know: so the time stays linear.
pub(super) struct Names<'t> {
    innermost: Object,
    outer: Vec<Object>,
    listed: Vec<&'t [u8]>,
    hashed: Option<HashSet<(usize, Cow<'t, [u8]>)>>,
}

/// An object that is open.
#[derive(Clone, Copy, Default)]
struct Object {
    /// What tells it from all others.
    id: usize,
    /// How many names were listed before its own.
    listed_before: usize,
    /// How many more names will be listed.
    room: usize,
    /// The bits of the names it has had: a name whose bit is missing is new.
    seen: u64,
}

impl<'t> Names<'t> {
    /// With room for the names of an ordinary body.
    pub(super) fn new() -> Self {
        Self {
            innermost: Object::default(),
            outer: Vec::with_capacity(8),
            listed: Vec::with_capacity(LISTED),
            hashed: None,
        }
    }

    /// An object begins; it needs an id of its own.
    #[inline]
    pub(super) fn open(&mut self, id: usize) {
        self.outer.push(self.innermost);
        self.innermost = Object { id, listed_before: self.listed.len(), room: LISTED, seen: 0 };
    }

    /// The innermost object ends.
    #[inline]
    pub(super) fn close(&mut self) {
        self.listed.truncate(self.innermost.listed_before);
        self.innermost = self.outer.pop().unwrap_or_default();
    }

    /// Adds a name to the innermost object. Whether it is new there.
    #[inline]
    pub(super) fn insert(&mut self, name: Cow<'t, [u8]>) -> bool {
        let bit = bit(&name);
        let is_new = self.innermost.seen & bit == 0;
        self.innermost.seen |= bit;
        if !is_new && self.is_listed(&name) {
            return false;
        }
        match (name, self.innermost.room.checked_sub(1)) {
            (Cow::Borrowed(name), Some(room)) => {
                self.innermost.room = room;
                self.listed.push(name);
                true
            }
            (name, _) => self.hash(name),
        }
    }

    #[cold]
    fn is_listed(&self, name: &[u8]) -> bool {
        self.listed.get(self.innermost.listed_before..).unwrap_or_default().contains(&name)
    }

    #[cold]
    fn hash(&mut self, name: Cow<'t, [u8]>) -> bool {
        // From here on no name is listed, so that each is in one place.
        self.innermost.room = 0;
        self.hashed.get_or_insert_default().insert((self.innermost.id, name))
    }
}

/// One of 64 bits, much as chance would choose it for ordinary names.
#[inline]
fn bit(name: &[u8]) -> u64 {
    let ends = match (name.first_chunk(), name.last_chunk()) {
        (Some(first), Some(last)) => {
            u64::from(u32::from_le_bytes(*first)) << 32 | u64::from(u32::from_le_bytes(*last))
        }
        _ => name.iter().fold(0, |word, byte| word << 8 | u64::from(*byte)),
    };
    let mixed = (ends ^ name.len() as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    1 << (mixed >> 58)
}

/// How many names of an object are listed.
const LISTED: usize = 32;

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::{LISTED, Names, bit};

    #[track_caller]
    fn check(names: &mut Names<'static>, name: &'static [u8], is_new: bool) {
        assert_eq!(names.insert(Cow::Borrowed(name)), is_new, "{}", name.escape_ascii());
    }

    #[test]
    fn each_object_has_names_of_its_own() {
        // Of one bit, so that it is the names that count.
        let (a, b) = (b"aaaaaaaa1aaaaaaaa", b"aaaaaaaa2aaaaaaaa");
        assert_eq!(bit(a), bit(b));
        let mut names = Names::new();
        names.open(1);
        check(&mut names, a, true);
        names.open(2);
        check(&mut names, a, true);
        check(&mut names, b, true);
        check(&mut names, a, false);
        names.close();
        check(&mut names, b, true);
        names.open(3);
        check(&mut names, b, true);
        names.close();
        check(&mut names, a, false);
    }

    #[test]
    fn names_are_told_apart_whether_listed_or_hashed() {
        // Of one bit again.
        let all: Vec<_> = (0..3 * LISTED).map(|n| format!("aaaaaaaa{n:04}aaaaaaaa")).collect();
        let mut names = Names::new();
        for object in 1..3 {
            names.open(object);
            assert!(all.iter().all(|name| bit(name.as_bytes()) == bit(b"aaaaaaaa0000aaaaaaaa")));
            for (at, name) in all.iter().enumerate() {
                for known in &all[..at] {
                    assert!(!names.insert(Cow::Borrowed(known.as_bytes())));
                }
                assert!(names.insert(Cow::Borrowed(name.as_bytes())));
            }
        }
    }

    #[test]
    fn a_name_with_escapes_is_the_name_without() {
        for before in [0, 1, LISTED - 1, LISTED, LISTED + 1] {
            let others: Vec<_> = (0..before).map(|n| format!("other {n}")).collect();
            for escaped_first in [true, false] {
                let mut spellings = [Cow::Owned(b"name".to_vec()), Cow::Borrowed(&b"name"[..])];
                spellings.sort_by_key(|name| matches!(name, Cow::Owned(_)) != escaped_first);
                let mut names = Names::new();
                names.open(1);
                assert!(others.iter().all(|name| names.insert(Cow::Borrowed(name.as_bytes()))));
                let [first, second] = spellings;
                assert!(names.insert(first));
                assert!(!names.insert(second));
            }
        }
    }
}
