//! The senders in the wild whose signatures a [`Layout`] can say: one row each.
//!
//! ```
//! use receiver_core::scheme::catalog;
//!
//! let stripe = catalog::find("stripe").unwrap();
//! let scheme = stripe.signature("whsec_5f0c7d52a9")?;
//! # Ok::<(), receiver_core::InvalidSecret>(())
//! ```
//!
//! What a row is, and what no row can say:
//!
//! ```
//! use receiver_core::scheme::catalog::{self, Evidence, Sender, UNCOVERED, Uncovered};
//!
//! let sure = catalog::senders().filter(|sender| sender.evidence() == Evidence::Documented);
//! let names: Vec<&str> = sure.map(Sender::name).collect();
//! assert!(names.contains(&"stripe"));
//!
//! let reason = |title: &str| {
//!     let row: Option<&Uncovered> = UNCOVERED.iter().find(|it| it.title == title);
//!     row.map(|it| it.because)
//! };
//! assert_eq!(reason("GitLab"), Some("no signature but a token in a header: use `Token`"));
//! ```
//! The rows as a table: `docs/signatures.md`.

use super::{Layout, Signature};
use crate::{InvalidSecret, Secret};

pub use uncovered::{UNCOVERED, Uncovered};

mod body;
mod composed;
mod row;
mod timed;
mod uncovered;

/// A sender, and how it signs.
#[derive(Debug)]
pub struct Sender {
    name: &'static str,
    title: &'static str,
    layout: Layout,
    evidence: Evidence,
    source: &'static str,
    note: &'static str,
}

impl Sender {
    /// The name to look it up by, such as `github-sha1`.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The name it goes by.
    #[must_use]
    pub const fn title(&self) -> &'static str {
        self.title
    }

    /// How it signs.
    #[must_use]
    pub const fn layout(&self) -> &Layout {
        &self.layout
    }

    /// How sure that is.
    #[must_use]
    pub const fn evidence(&self) -> Evidence {
        self.evidence
    }

    /// Where that is from.
    #[must_use]
    pub const fn source(&self) -> &'static str {
        self.source
    }

    /// What else there is to know; empty if nothing.
    #[must_use]
    pub const fn note(&self) -> &'static str {
        self.note
    }

    /// Makes the key of the text that the sender's settings show.
    ///
    /// # Errors
    ///
    /// Those of [`Layout::secret`].
    pub fn secret(&self, text: &str) -> Result<Secret, InvalidSecret> {
        self.layout.secret(text)
    }

    /// Signatures as this sender makes them, with the key that its settings show as this text.
    ///
    /// # Errors
    ///
    /// Those of [`Layout::secret`].
    pub fn signature(&self, secret: &str) -> Result<Signature, InvalidSecret> {
        Ok(Signature::new(self.layout.clone(), self.secret(secret)?))
    }
}

/// How sure it is that a sender signs so.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// The sender says so, in its documentation or its own libraries.
    Documented,
    /// Others who receive from it do so.
    Likely,
}

/// The sender of this name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Sender> {
    senders().find(|sender| sender.name == name)
}

/// All senders.
pub fn senders() -> impl Iterator<Item = &'static Sender> {
    body::SENDERS.iter().chain(&timed::SENDERS).chain(&composed::SENDERS)
}

#[cfg(test)]
mod tests {
    use super::{Sender, find, senders};
    use crate::scheme::{Part, Place, Strength, Timestamp};

    #[test]
    fn names_are_kebab_case_and_stand_once() {
        let mut names: Vec<_> = senders().map(Sender::name).collect();
        assert!(names.len() >= 60, "{}", names.len());
        names.sort_unstable();
        for pair in names.windows(2) {
            assert_ne!(pair[0], pair[1]);
        }
        let plain = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit();
        for name in names {
            assert!(name.split('-').all(|word| !word.is_empty() && word.chars().all(plain)));
            assert_eq!(find(name).map(Sender::name), Some(name));
        }
        assert!(find("no-such-sender").is_none());
    }

    #[test]
    fn every_row_has_a_source() {
        for sender in senders() {
            assert!(!sender.source().is_empty() && !sender.title().is_empty(), "{}", sender.name());
        }
    }

    /// What stands in the request is signed, and what is signed stands there.
    #[test]
    fn no_row_says_half_of_it() {
        for sender in senders() {
            let (layout, name) = (sender.layout(), sender.name());
            let holds = |part| layout.content().contains(&part);
            assert_eq!(layout.id().is_some(), holds(Part::Id), "{name}");
            assert_eq!(layout.timestamp().is_some(), holds(Part::Timestamp), "{name}");
            let is_beside = layout.timestamp().is_some_and(|it| *it.place() == Place::Beside);
            assert_eq!(layout.grammar().has_timestamp(), is_beside, "{name}");
            assert!(layout.strength() >= Strength::Metadata, "{name}");
        }
    }

    #[test]
    fn a_row_that_does_not_judge_its_time_says_so() {
        let is_judged = |it: &Timestamp| it.tolerance().is_some();
        for sender in senders().filter(|it| !it.layout().timestamp().is_none_or(is_judged)) {
            assert!(sender.note().contains("not judged"), "{}", sender.name());
        }
    }

    #[test]
    fn a_row_that_does_not_cover_the_body_says_so() {
        for sender in senders().filter(|it| it.layout().strength() < Strength::Body) {
            assert!(sender.note().contains("not signed"), "{}", sender.name());
        }
    }
}
