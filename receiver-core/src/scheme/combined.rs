//! `AnyOf` and `AllOf`: schemes made of schemes.

use std::borrow::Cow;
use std::time::SystemTime;

use super::{AuthError, Proof, Scheme, Strength};
use crate::{KeyId, Request};

/// Several ways to prove the same sender, any of which is enough.
///
/// ```
/// use receiver_core::scheme::{AllOf, AnyOf, Basic, Scheme, Token};
/// use receiver_core::Secret;
/// use receiver_core::http::HeaderName;
///
/// let basic = || Basic::new("ons", Secret::new("correct horse")?);
/// let bare = || Token::authorization(Secret::new("battery staple")?);
/// let api_key = || Token::header(HeaderName::from_static("x-api-key"), Secret::new("17-acme")?);
///
/// let either: AnyOf = basic()?.or(bare()?);
/// let both: AllOf = basic()?.and(api_key()?);
/// // A refusal asks for what it wants.
/// let token = "Token realm=\"webhook\"";
/// assert!(either.challenge().ends_with(token) && both.challenge().ends_with(token));
/// # Ok::<(), receiver_core::InvalidSecret>(())
/// ```
#[derive(Debug)]
pub struct AnyOf(Vec<Box<dyn Scheme>>);

impl AnyOf {
    /// One more scheme that is enough.
    #[must_use]
    pub fn or(mut self, other: impl Scheme + 'static) -> Self {
        self.0.push(Box::new(other));
        self
    }

    /// Either of two schemes. [`Scheme::or`] reads better.
    #[must_use]
    pub fn new(first: impl Scheme + 'static, second: impl Scheme + 'static) -> Self {
        Self(vec![Box::new(first), Box::new(second)])
    }
}

impl Scheme for AnyOf {
    /// A credential that stands there twice is refused whatever else proves the sender: somebody else
    /// may read the other one. Of the other errors the one that says most is kept, and most of all
    /// that it could not be found out.
    fn verify(&self, request: &Request<'_>, now: SystemTime) -> Result<Proof, AuthError> {
        let (mut found, mut error) = (None, AuthError::Missing);
        for scheme in &self.0 {
            match scheme.verify(request, now) {
                Ok(proof) => found = found.or(Some(proof)),
                Err(AuthError::Repeated) => return Err(AuthError::Repeated),
                Err(AuthError::Missing) => {}
                Err(_) if error == AuthError::LookUpFailed => {}
                // A credential of another scheme looks malformed to this one; a mismatch says more.
                Err(AuthError::Malformed) if error != AuthError::Missing => {}
                Err(other) => error = other,
            }
        }
        found.ok_or(error)
    }

    fn challenge(&self) -> Cow<'static, str> {
        challenges(&self.0)
    }
}

/// Several proofs that are all needed, such as a signature and a token.
#[derive(Debug)]
pub struct AllOf(Vec<Box<dyn Scheme>>);

impl AllOf {
    /// One more scheme that is needed too.
    #[must_use]
    pub fn and(mut self, other: impl Scheme + 'static) -> Self {
        self.0.push(Box::new(other));
        self
    }

    /// Both of two schemes. [`Scheme::and`] reads better.
    #[must_use]
    pub fn new(first: impl Scheme + 'static, second: impl Scheme + 'static) -> Self {
        Self(vec![Box::new(first), Box::new(second)])
    }
}

impl Scheme for AllOf {
    /// All are asked, because what stands there twice in one of them is refused whatever the others
    /// say. Of the other errors the first is kept.
    fn verify(&self, request: &Request<'_>, now: SystemTime) -> Result<Proof, AuthError> {
        let verdicts: Vec<_> = self.0.iter().map(|scheme| scheme.verify(request, now)).collect();
        if verdicts.contains(&Err(AuthError::Repeated)) {
            return Err(AuthError::Repeated);
        }
        let (mut keys, mut strength) = (String::new(), Strength::Unproven);
        let (mut tenant, mut signed_at) = (None, None);
        for verdict in verdicts {
            let proof = verdict?;
            if !keys.is_empty() {
                keys.push('+');
            }
            keys.push_str(proof.key().as_str());
            // All of them hold, so the strongest does.
            strength = strength.max(proof.strength());
            tenant = tenant.or(proof.tenant);
            signed_at = signed_at.or(proof.signed_at);
        }
        let proof = Proof::new("all_of", KeyId::new(&keys)).with_strength(strength);
        Ok(Proof { tenant, signed_at, ..proof })
    }

    fn challenge(&self) -> Cow<'static, str> {
        challenges(&self.0)
    }
}

/// One challenge a kind: two bearer tokens ask for one thing.
fn challenges(schemes: &[Box<dyn Scheme>]) -> Cow<'static, str> {
    let mut seen = Vec::with_capacity(schemes.len());
    for scheme in schemes {
        let challenge = scheme.challenge();
        if !seen.contains(&challenge) {
            seen.push(challenge);
        }
    }
    Cow::Owned(seen.join(", "))
}
