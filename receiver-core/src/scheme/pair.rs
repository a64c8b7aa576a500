//! `HeaderPair`: a user name and a password as two plain headers.

use std::borrow::Cow;
use std::time::SystemTime;

use http::HeaderName;

use super::compare::Fingerprint;
use super::{AuthError, Proof, Scheme};
use crate::key::Ring;
use crate::request::NotOne;
use crate::{InvalidSecret, Key, Request, Secret};

/// A user name and a password as two plain headers. Both are needed and both are always compared.
///
/// ```
/// use std::time::SystemTime;
/// use receiver_core::scheme::{HeaderPair, Scheme};
/// use receiver_core::{Request, Secret};
///
/// let scheme = HeaderPair::username_password("erp", Secret::new("correct horse")?)?;
///
/// let headers = vec![("username", "erp"), ("password", "correct horse")];
/// assert!(scheme.verify(&Request::new("POST", "/", &headers), SystemTime::now()).is_ok());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct HeaderPair {
    user: HeaderName,
    password: HeaderName,
    ring: Ring<(Fingerprint, Fingerprint)>,
}

impl HeaderPair {
    /// The headers `username` and `password`.
    ///
    /// # Errors
    ///
    /// Those of [`HeaderPair::new`].
    pub fn username_password(
        user: impl AsRef<[u8]>,
        password: impl Into<Key>,
    ) -> Result<Self, InvalidSecret> {
        let names = (HeaderName::from_static("username"), HeaderName::from_static("password"));
        Self::new(names.0, user, names.1, password)
    }

    /// Two headers of these names.
    ///
    /// # Errors
    ///
    /// [`InvalidSecret::Padded`] and [`InvalidSecret::ControlCharacter`]: no header carries those; and
    /// those of [`Secret::new`] for the user name.
    pub fn new(
        user_header: HeaderName,
        user: impl AsRef<[u8]>,
        password_header: HeaderName,
        password: impl Into<Key>,
    ) -> Result<Self, InvalidSecret> {
        let key = password.into();
        let ring = Ring::new(key.label(), Self::entry(user.as_ref(), &key)?);
        Ok(Self { user: user_header, password: password_header, ring })
    }

    /// One more pair of values that is accepted, as during a rotation.
    ///
    /// # Errors
    ///
    /// Those of [`HeaderPair::new`].
    pub fn with(
        mut self,
        user: impl AsRef<[u8]>,
        password: impl Into<Key>,
    ) -> Result<Self, InvalidSecret> {
        let key = password.into();
        let entry = Self::entry(user.as_ref(), &key)?;
        self.ring.push(key.label(), entry);
        Ok(self)
    }

    fn entry(user: &[u8], key: &Key) -> Result<(Fingerprint, Fingerprint), InvalidSecret> {
        Secret::new(user)?.check_visible()?;
        key.secret().check_visible()?;
        Ok((Fingerprint::of(user), Fingerprint::of(key.secret().expose())))
    }
}

impl Scheme for HeaderPair {
    fn verify(&self, request: &Request<'_>, now: SystemTime) -> Result<Proof, AuthError> {
        let halves = [&self.user, &self.password].map(|name| request.headers().one(name));
        if halves.contains(&Err(NotOne::Repeated)) {
            return Err(AuthError::Repeated);
        }
        let [user, password] = halves;
        let (user, password) = (Fingerprint::of(user?), Fingerprint::of(password?));
        let matches = |(known, secret): &(Fingerprint, Fingerprint)| {
            known.same(&user) & secret.same(&password)
        };
        let key = self.ring.matching(now, matches)?;
        Ok(Proof::new("header_pair", key.clone()))
    }

    fn challenge(&self) -> Cow<'static, str> {
        Cow::Borrowed(r#"HeaderPair realm="webhook""#)
    }
}
