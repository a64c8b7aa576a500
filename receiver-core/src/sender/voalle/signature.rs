//! Electronic signatures of a contract (assinaturas eletrônicas).

use std::fmt;

use serde::Deserialize;

use super::contract::Contract;
use crate::wire::open::open_enum;
use crate::wire::{Private, text};

/// Who is to sign a contract, and how far that has come. Sent again at each change, if updates are
/// among the events chosen.
///
/// ```
/// use std::time::SystemTime;
/// use receiver_core::voalle::{
///     self, ElectronicSignature, Signature, SignatureStatus, SigningLink, Subject,
/// };
/// use receiver_core::{Request, Secret};
///
/// /// The links of those who have not signed yet.
/// fn open(signature: &Signature) -> Vec<&SigningLink> {
///     let waits = |it: &&ElectronicSignature| {
///         !it.status.as_ref().is_some_and(SignatureStatus::is_done)
///     };
///     signature.electronic_signatures.iter().filter(waits).filter_map(|it| it.url.as_ref()).collect()
/// }
///
/// let body = r#"{"ActionType": 0, "Contract": {"ElectronicSignatures": [
///     {"Code": "ASS-77", "Url": "https://exemplo.invalid/assinatura/77", "Status": 2},
///     {"Code": "ASS-78", "Url": "https://exemplo.invalid/assinatura/78", "Status": 7}
/// ]}}"#;
/// let headers = vec![
///     ("authorization", "Bearer correct-horse"),
///     ("content-type", "application/json"),
/// ];
/// let request = Request::new("POST", "/", &headers).with_body(body);
/// let received = voalle::token(Secret::new("correct-horse")?)?.receive(&request, SystemTime::now())?;
///
/// let Subject::Signature(signature) = &received.event.changes[0].subject else {
///     return Err("no signature".into());
/// };
/// let open = open(signature);
/// assert_eq!(open.len(), 1);
/// assert_eq!(open[0].expose(), "https://exemplo.invalid/assinatura/77");
/// // Whoever has it can sign.
/// assert_eq!(format!("{:?}", open[0]), "SigningLink(..)");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[non_exhaustive]
#[derive(Clone, Debug)]
pub struct Signature {
    /// The negotiation that the contract came from.
    pub negotiation_id: Option<String>,
    /// The signatures.
    pub electronic_signatures: Vec<ElectronicSignature>,
    /// The contract itself, should the message have its number too.
    pub contract: Option<Box<Contract>>,
}

/// One signature.
#[non_exhaustive]
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase", expecting = "an object")]
pub struct ElectronicSignature {
    /// Its code.
    #[serde(deserialize_with = "text::id")]
    pub code: String,
    /// The name of whoever is to sign.
    #[serde(default, deserialize_with = "text::optional")]
    pub name: Option<Private>,
    /// Their e-mail address.
    #[serde(default, deserialize_with = "text::optional")]
    pub email: Option<Private>,
    /// Their telephone number.
    #[serde(default, deserialize_with = "text::optional_id")]
    pub phone: Option<Private>,
    /// Where it can be signed.
    #[serde(default, deserialize_with = "text::optional")]
    pub url: Option<SigningLink>,
    /// How far it has come.
    #[serde(default, deserialize_with = "text::optional_id")]
    pub status: Option<SignatureStatus>,
}

/// Where a contract can be signed. Whoever has the link can sign: it does not print.
#[derive(Clone, PartialEq, Eq)]
pub struct SigningLink(String);

impl SigningLink {
    /// The link itself. The name is there to be searched for in a review.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl From<String> for SigningLink {
    fn from(url: String) -> Self {
        Self(url)
    }
}

impl fmt::Debug for SigningLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SigningLink(..)")
    }
}

open_enum! {
    /// How far a signature has come, from the guide's table.
    pub enum SignatureStatus: i64 {
        /// It is being put together.
        Building = 1,
        /// It waits for those who are to sign.
        Waiting = 2,
        /// Done. The guide has two numbers for it: see [`SignatureStatus::is_done`].
        Done = 3,
        /// It was put away.
        Archived = 4,
        /// It was cancelled.
        Cancelled = 5,
        /// It was not signed in time.
        Expired = 6,
        /// Done, under the other number.
        Concluded = 7,
        /// It is pending.
        Pending = 8,
    }
}

impl SignatureStatus {
    /// Whether it is done, under either number.
    #[must_use]
    pub fn is_done(&self) -> bool {
        matches!(self, Self::Done | Self::Concluded)
    }
}
