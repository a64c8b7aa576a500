//! `Way`: where and how a request holds a secret.

use http::HeaderName;

use super::Credential;
use crate::scheme::{Layout, Strength, catalog};
use crate::sender::WAYS;
use crate::{InvalidSecret, Secret};

/// Where and how a request holds a secret.
#[non_exhaustive]
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(
    not(feature = "ed25519"),
    expect(
        clippy::large_enum_variant,
        reason = "there are few, and senders have them as constants"
    )
)]
pub enum Way {
    /// User name and password as `Authorization: Basic`.
    Basic,
    /// Behind this word in `Authorization`, such as `Bearer`.
    Word(&'static str),
    /// As the whole value of this header.
    Header(HeaderName),
    /// As this query parameter.
    Query(&'static str),
    /// The user name as the first of these headers, the password as the second.
    Pair(HeaderName, HeaderName),
    /// Not at all: a signature of this layout is made with it.
    Signature(Layout),
    /// Not at all: it is the 32 bytes of a private key, and an Ed25519 signature of this layout is
    /// made with it.
    #[cfg(feature = "ed25519")]
    Ed25519(Layout),
}

impl Way {
    /// A credential of this kind with the secret that a sender's settings show as this text.
    ///
    /// # Errors
    ///
    /// Those of [`Layout::secret`] for a signature, else those of [`Secret::new`].
    pub fn credential(&self, secret: &str) -> Result<Credential, InvalidSecret> {
        let secret = match self {
            Self::Signature(layout) => layout.secret(secret)?,
            _ => Secret::new(secret)?,
        };
        Ok(Credential::new(self.clone(), secret))
    }

    /// What a request that holds the secret so proves.
    #[must_use]
    pub fn strength(&self) -> Strength {
        self.layout().map_or(Strength::SharedToken, Layout::strength)
    }

    /// How a signature is laid out, if it is one.
    pub(super) fn layout(&self) -> Option<&Layout> {
        match self {
            Self::Signature(layout) => Some(layout),
            #[cfg(feature = "ed25519")]
            Self::Ed25519(layout) => Some(layout),
            _ => None,
        }
    }

    /// How `Authorization: Bearer` has it.
    pub(crate) const BEARER: Self = Self::Word("Bearer");

    /// The bare token that is the whole `Authorization` value.
    pub(crate) const AUTHORIZATION: Self = Self::Header(http::header::AUTHORIZATION);
}

/// The ways in which the sender of this name proves itself, the usual one first: a sender that has
/// samples, or a row of the [`catalog`]. None if there is no such sender.
///
/// ```
/// use receiver_core::testing::{Way, ways};
///
/// assert_eq!(ways("sintegre").first(), Some(&Way::Basic));
/// let credential = ways("stripe")[0].credential("whsec_5f0c7d52a9")?;
/// # Ok::<(), receiver_core::InvalidSecret>(())
/// ```
#[must_use]
pub fn ways(sender: &str) -> Vec<Way> {
    let own = WAYS.iter().find(|(name, _)| *name == sender).map(|(_, ways)| ways.to_vec());
    let row = || catalog::find(sender).map(|row| vec![Way::Signature(row.layout().clone())]);
    own.or_else(row).unwrap_or_default()
}
