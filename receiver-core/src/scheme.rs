//! How a sender proves itself: the `Scheme` trait and the ways to combine schemes.
//!
//! A scheme knows credentials, not payloads: nothing below names a sender or reads a body.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;

use crate::key::NoMatch;
use crate::request::NotOne;
use crate::{KeyId, Request};

pub use authorization::{Basic, Bearer};
pub use combined::{AllOf, AnyOf};
pub use freshness::Tolerance;
pub use pair::HeaderPair;
#[cfg(feature = "ed25519")]
pub use signature::{Ed25519, InvalidPublicKey, PublicKey};
pub use signature::{
    Encoding, Grammar, Hash, InvalidUrl, KeyForm, Layout, Part, Place, Signature, Signed, Source,
    Timestamp, Unit, UrlForm,
};
pub(crate) use signature::{Presented, other_port};
pub use strength::Strength;
pub use tenant::{LookUpFailed, PerTenant, TenantAt};
pub use token::Token;

mod authorization;
pub mod catalog;
mod combined;
mod compare;
pub mod dangerous;
pub(crate) mod encoding;
mod freshness;
mod pair;
mod signature;
mod strength;
pub(crate) mod tenant;
mod token;

pub(crate) use compare::Fingerprint;
pub(crate) use signature::hmac_sha256;

/// How a sender proves itself.
///
/// Implement it for a proof of your own, such as a header that your gateway sets; the schemes here
/// show the form. Compare in constant time, refuse a credential that stands twice, and never
/// accept because something is missing.
///
/// ```
/// use std::borrow::Cow;
/// use std::time::SystemTime;
/// use receiver_core::http::HeaderName;
/// use receiver_core::scheme::Strength;
/// use receiver_core::{AuthError, KeyId, Proof, Request, Scheme};
///
/// /// A gateway has verified the client's certificate. It sets this header, and drops one that it is sent.
/// #[derive(Debug)]
/// struct ByGateway;
///
/// const VERIFIED: HeaderName = HeaderName::from_static("x-client-verified");
///
/// impl Scheme for ByGateway {
///     fn verify(&self, request: &Request<'_>, _: SystemTime) -> Result<Proof, AuthError> {
///         match request.headers().one(&VERIFIED)? {
///             b"SUCCESS" => Ok(Proof::new("mtls", KeyId::new("gateway"))),
///             _ => Err(AuthError::Mismatch),
///         }
///     }
///
///     fn challenge(&self) -> Cow<'static, str> {
///         Cow::Borrowed("Mutual")
///     }
/// }
///
/// let headers = vec![("x-client-verified", "SUCCESS")];
/// let proof = ByGateway.verify(&Request::new("POST", "/", &headers), SystemTime::now())?;
/// assert_eq!((proof.key().as_str(), proof.strength()), ("gateway", Strength::SharedToken));
///
/// let twice = vec![("x-client-verified", "FAILED"), ("x-client-verified", "SUCCESS")];
/// let refused = ByGateway.verify(&Request::new("POST", "/", &twice), SystemTime::now());
/// assert_eq!(refused.unwrap_err(), AuthError::Repeated);
/// # Ok::<(), AuthError>(())
/// ```
pub trait Scheme: fmt::Debug + Send + Sync {
    /// Proves the request's sender, judging signed timestamps against `now`.
    ///
    /// # Errors
    ///
    /// Why the sender is not proven. It goes to the operator's log and never to the sender.
    fn verify(&self, request: &Request<'_>, now: SystemTime) -> Result<Proof, AuthError>;

    /// What the `WWW-Authenticate` header of a refusal says (RFC 9110, section 11.6.1). It depends
    /// on the configuration only, so that it tells nothing about the cause. What no header can hold
    /// is replaced by the word `Unknown`.
    fn challenge(&self) -> Cow<'static, str>;

    /// This scheme, or else the other: either is enough.
    #[must_use]
    fn or(self, other: impl Scheme + 'static) -> AnyOf
    where
        Self: Sized + 'static,
    {
        AnyOf::new(self, other)
    }

    /// This scheme and the other too: both are needed.
    #[must_use]
    fn and(self, other: impl Scheme + 'static) -> AllOf
    where
        Self: Sized + 'static,
    {
        AllOf::new(self, other)
    }
}

impl<S: Scheme + ?Sized> Scheme for Box<S> {
    fn verify(&self, request: &Request<'_>, now: SystemTime) -> Result<Proof, AuthError> {
        (**self).verify(request, now)
    }

    fn challenge(&self) -> Cow<'static, str> {
        (**self).challenge()
    }
}

impl<S: Scheme + ?Sized> Scheme for Arc<S> {
    fn verify(&self, request: &Request<'_>, now: SystemTime) -> Result<Proof, AuthError> {
        (**self).verify(request, now)
    }

    fn challenge(&self) -> Cow<'static, str> {
        (**self).challenge()
    }
}

/// That a sender is proven, and by what: the scheme, the name of the key that matched, and how much
/// of the request that covers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
    scheme: &'static str,
    key: KeyId,
    strength: Strength,
    tenant: Option<Arc<str>>,
    signed_at: Option<SystemTime>,
}

impl Proof {
    /// A proof by a scheme of one's own. `scheme` is a stable name for logs, such as `mtls`. Unless
    /// said, it is as strong as a shared token.
    #[must_use]
    pub fn new(scheme: &'static str, key: KeyId) -> Self {
        Self { scheme, key, strength: Strength::SharedToken, tenant: None, signed_at: None }
    }

    /// The same proof of this strength.
    #[must_use]
    pub fn with_strength(self, strength: Strength) -> Self {
        Self { strength, ..self }
    }

    /// The same proof by this tenant.
    #[must_use]
    pub fn with_tenant(self, tenant: &str) -> Self {
        Self { tenant: Some(Arc::from(tenant)), ..self }
    }

    /// The same proof, of something that was signed then.
    #[must_use]
    pub fn with_signed_at(self, signed_at: SystemTime) -> Self {
        Self { signed_at: Some(signed_at), ..self }
    }

    /// The scheme: `basic`, `bearer`, `token`, `header_pair`, `signature`, `ed25519`, `all_of`,
    /// `anonymous`.
    #[must_use]
    pub fn scheme(&self) -> &'static str {
        self.scheme
    }

    /// The name of the key that matched, never the key.
    #[must_use]
    pub fn key(&self) -> &KeyId {
        &self.key
    }

    /// What it covers.
    #[must_use]
    pub fn strength(&self) -> Strength {
        self.strength
    }

    /// The tenant whose key it is, where an endpoint has several.
    #[must_use]
    pub fn tenant(&self) -> Option<&str> {
        self.tenant.as_deref()
    }

    /// When the sender says it signed, by its own clock and as exactly as its unit says it, where a
    /// timestamp is signed.
    #[must_use]
    pub fn signed_at(&self) -> Option<SystemTime> {
        self.signed_at
    }
}

/// Why a sender is not proven. For the operator: the sender is told none of it.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuthError {
    /// No credential of the expected kind stands in the request.
    Missing,
    /// A credential, or a header that is signed, stands there twice.
    Repeated,
    /// The credential cannot be read.
    Malformed,
    /// The credential is well formed and wrong.
    Mismatch,
    /// No signature of a known version stands among those sent.
    UnknownVersion,
    /// The signature is well formed and not over this content by a known key.
    SignatureMismatch,
    /// The signed timestamp is not written as it must be.
    BadTimestamp,
    /// The signed timestamp is too far in the past.
    Stale,
    /// The signed timestamp is too far in the future.
    Future,
    /// It is the time of none of the keys: all are not valid yet, or no more.
    NoActiveKey,
    /// The sender signs its URL, and the scheme was not told which.
    NoPublicUrl,
    /// There is no such tenant, or the request names none.
    UnknownTenant,
    /// The tenant's secret could not be looked up. The one of these that is answered 503 and not 401.
    LookUpFailed,
}

impl AuthError {
    /// The stable word for it in the log's `reason` field.
    #[must_use]
    pub const fn reason(self) -> &'static str {
        match self {
            Self::Missing => "missing_credential",
            Self::Repeated => "duplicate_header",
            Self::Malformed => "malformed_credential",
            Self::Mismatch => "bad_credentials",
            Self::UnknownVersion => "no_matching_version",
            Self::SignatureMismatch => "signature_mismatch",
            Self::BadTimestamp => "bad_timestamp",
            Self::Stale => "stale",
            Self::Future => "future",
            Self::NoActiveKey => "no_active_key",
            Self::NoPublicUrl => "no_public_url",
            Self::UnknownTenant => "unknown_tenant",
            Self::LookUpFailed => "look_up_failed",
        }
    }
}

impl fmt::Display for AuthError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Missing => "the request holds no credential of the expected kind",
            Self::Repeated => "a credential stands in the request more than once",
            Self::Malformed => "the credential cannot be read",
            Self::Mismatch => "the credential is wrong",
            Self::UnknownVersion => "no signature of a known version",
            Self::SignatureMismatch => "the signature does not match the request",
            Self::BadTimestamp => "the signed timestamp is not written as it must be",
            Self::Stale => "the signed timestamp is too old",
            Self::Future => "the signed timestamp is in the future",
            Self::NoActiveKey => "no key is valid at this time",
            Self::NoPublicUrl => "the sender signs its URL, and the scheme was not told which",
            Self::UnknownTenant => "there is no such tenant",
            Self::LookUpFailed => "the tenant's secret could not be looked up",
        })
    }
}

impl std::error::Error for AuthError {}

impl From<NotOne> for AuthError {
    fn from(cause: NotOne) -> Self {
        match cause {
            NotOne::Missing => Self::Missing,
            NotOne::Repeated => Self::Repeated,
        }
    }
}

impl From<NoMatch> for AuthError {
    fn from(cause: NoMatch) -> Self {
        match cause {
            NoMatch::Inactive => Self::NoActiveKey,
            NoMatch::Wrong => Self::Mismatch,
        }
    }
}
