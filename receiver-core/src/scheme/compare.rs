//! Comparison that takes the same time whatever the lengths and wherever the difference.

use std::fmt;

use sha2::{Digest as _, Sha256};
use subtle::{Choice, ConstantTimeEq as _};
use zeroize::Zeroize as _;

/// The SHA-256 of a secret or of what a request presents.
///
/// Comparing two of these in constant time hides both the place of the first difference and the
/// length of the secret, and lets a scheme keep the digest instead of the secret.
#[derive(Clone)]
pub(crate) struct Fingerprint([u8; 32]);

impl Fingerprint {
    pub(crate) fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    pub(crate) fn same(&self, other: &Self) -> Choice {
        equal(&self.0, &other.0)
    }
}

/// Whether both are the same: eight bytes at a time, because `subtle` hides each comparison from the
/// compiler, and that takes longer than comparing.
pub(crate) fn equal<const LENGTH: usize>(one: &[u8; LENGTH], other: &[u8; LENGTH]) -> Choice {
    const { assert!(LENGTH.is_multiple_of(8), "no byte is left over") };
    let pairs = one.as_chunks().0.iter().zip(other.as_chunks().0);
    pairs.fold(Choice::from(1), |so_far, (&one, &other)| {
        so_far & u64::from_ne_bytes(one).ct_eq(&u64::from_ne_bytes(other))
    })
}

/// A digest of a short password is as good as the password.
impl Drop for Fingerprint {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Fingerprint(..)")
    }
}
