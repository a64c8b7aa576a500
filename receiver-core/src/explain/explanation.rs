//! The answer: what is wrong with a request, and what would make it right.

use std::fmt;

use super::{Change, Finding};
use crate::KeyId;
use crate::scheme::{AuthError, Proof};

/// What is wrong with a request, and what would make it right.
///
/// As text it has a line for each. Neither text nor `Debug` holds a secret, a signature, a URL or a
/// byte of the body; the names of keys and headers they do hold.
#[derive(Clone, Debug)]
pub struct Explanation {
    pub(super) verdict: Result<Proof, AuthError>,
    pub(super) findings: Vec<Finding>,
    pub(super) hypotheses: Vec<Hypothesis>,
    pub(super) macs: usize,
}

impl Explanation {
    /// The verdict on the request as it is.
    ///
    /// # Errors
    ///
    /// Why it is refused.
    pub fn verdict(&self) -> Result<&Proof, AuthError> {
        self.verdict.as_ref().map_err(|error| *error)
    }

    /// What can be seen to be wrong without knowing what the sender did.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// What would make it right: each is enough. Without any, the secret is likely to be another, or
    /// the request was changed on its way.
    #[must_use]
    pub fn hypotheses(&self) -> &[Hypothesis] {
        &self.hypotheses
    }

    /// How many signatures over the request were made at most.
    #[must_use]
    pub fn macs(&self) -> usize {
        self.macs
    }
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.verdict {
            Ok(proof) => return write!(f, "verifies (key {})", proof.key()),
            Err(error) => write!(f, "refused: {error}")?,
        }
        for finding in &self.findings {
            write!(f, "\n{finding}")?;
        }
        for hypothesis in &self.hypotheses {
            write!(f, "\n{hypothesis}")?;
        }
        if self.hypotheses.is_empty() {
            f.write_str("\nnothing that was tried would make it verify")?;
            if self.findings.is_empty() {
                f.write_str(": the secret is another one, or the request was changed on its way")?;
            }
        }
        Ok(())
    }
}

/// The changes with which the request would verify, all of them together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hypothesis {
    pub(super) changes: Vec<Change>,
    pub(super) key: KeyId,
}

impl Hypothesis {
    /// What would have to be otherwise.
    #[must_use]
    pub fn changes(&self) -> &[Change] {
        &self.changes
    }

    /// The name of the key it would verify with.
    #[must_use]
    pub fn key(&self) -> &KeyId {
        &self.key
    }
}

impl fmt::Display for Hypothesis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("would verify if ")?;
        for (place, change) in self.changes.iter().enumerate() {
            let joint = if place == 0 { "" } else { ", and if " };
            write!(f, "{joint}{change}")?;
        }
        write!(f, " (key {})", self.key)
    }
}
