//! `Basic` (RFC 7617) and `Bearer` (RFC 6750): credentials behind a scheme word in `Authorization`.

use std::borrow::Cow;
use std::time::SystemTime;

use http::header::AUTHORIZATION;

use super::compare::Fingerprint;
use super::encoding::Encoding;
use super::{AuthError, Proof, Scheme};
use crate::key::Ring;
use crate::secret::check_no_control;
use crate::{InvalidSecret, Key, Request};

/// User name and password, as RFC 7617 sends them.
///
/// Read as real senders spell it: the scheme word in any case, one space or more behind it, base64
/// with or without padding, and the first colon ends the user name, so that a password may hold
/// more of them. Both halves are always compared.
///
/// ```
/// use std::time::SystemTime;
/// use receiver_core::scheme::{Basic, Scheme};
/// use receiver_core::{Request, Secret};
///
/// let scheme = Basic::new("Aladdin", Secret::new("open sesame")?)?;
///
/// let headers = vec![("authorization", "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==")];
/// let request = Request::new("POST", "/", &headers);
/// assert!(scheme.verify(&request, SystemTime::now()).is_ok());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Basic(Ring<(Fingerprint, Fingerprint)>);

impl Basic {
    /// A user name and a password, both compared as bytes: text is used as UTF-8, and a sender
    /// that writes Latin-1 is served by giving Latin-1 bytes.
    ///
    /// # Errors
    ///
    /// [`InvalidSecret::ColonInUser`], [`InvalidSecret::ControlCharacter`] (RFC 7617, section 2) and
    /// [`InvalidSecret::TooLong`].
    pub fn new(user: impl AsRef<[u8]>, password: impl Into<Key>) -> Result<Self, InvalidSecret> {
        let key = password.into();
        let entry = Self::entry(user.as_ref(), &key)?;
        Ok(Self(Ring::new(key.label(), entry)))
    }

    /// One more user name and password that are accepted, as during a rotation.
    ///
    /// # Errors
    ///
    /// Those of [`Basic::new`].
    pub fn with(
        mut self,
        user: impl AsRef<[u8]>,
        password: impl Into<Key>,
    ) -> Result<Self, InvalidSecret> {
        let key = password.into();
        let entry = Self::entry(user.as_ref(), &key)?;
        self.0.push(key.label(), entry);
        Ok(self)
    }

    fn entry(user: &[u8], key: &Key) -> Result<(Fingerprint, Fingerprint), InvalidSecret> {
        let password = key.secret().expose();
        check_no_control(user)?;
        check_no_control(password)?;
        if user.contains(&b':') {
            return Err(InvalidSecret::ColonInUser);
        }
        if user.len().saturating_add(password.len()) >= MAX_CREDENTIALS {
            return Err(InvalidSecret::TooLong);
        }
        Ok((Fingerprint::of(user), Fingerprint::of(password)))
    }
}

impl Scheme for Basic {
    fn verify(&self, request: &Request<'_>, now: SystemTime) -> Result<Proof, AuthError> {
        let value = request.headers().one(&AUTHORIZATION)?;
        let encoded = after_scheme_word(value, b"basic")?;
        let mut decoded = [0; MAX_CREDENTIALS];
        let decoded = Encoding::Base64.decode(encoded, &mut decoded).ok_or(AuthError::Malformed)?;
        let colon = decoded.iter().position(|&byte| byte == b':').ok_or(AuthError::Malformed)?;
        let (user, rest) = decoded.split_at_checked(colon).ok_or(AuthError::Malformed)?;
        let password = rest.get(1..).unwrap_or_default();

        let (user, password) = (Fingerprint::of(user), Fingerprint::of(password));
        let matches = |(known, secret): &(Fingerprint, Fingerprint)| {
            known.same(&user) & secret.same(&password)
        };
        let key = self.0.matching(now, matches)?;
        Ok(Proof::new("basic", key.clone()))
    }

    fn challenge(&self) -> Cow<'static, str> {
        Cow::Borrowed(r#"Basic realm="webhook", charset="UTF-8""#)
    }
}

/// A token behind the word `Bearer`, as RFC 6750 sends it.
///
/// ```
/// use std::time::SystemTime;
/// use receiver_core::scheme::{Bearer, Scheme};
/// use receiver_core::{Key, Request, Secret};
///
/// let scheme = Bearer::new(Key::new(Secret::new("old-token")?).with_id("2025"))?
///     .with(Key::new(Secret::new("new-token")?).with_id("2026"))?;
///
/// let headers = vec![("authorization", "Bearer new-token")];
/// let proof = scheme.verify(&Request::new("POST", "/", &headers), SystemTime::now())?;
/// assert_eq!(proof.key().as_str(), "2026");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Bearer(Ring<Fingerprint>);

impl Bearer {
    /// A token. Its bytes are compared as they are.
    ///
    /// # Errors
    ///
    /// [`InvalidSecret::SpaceInToken`], [`InvalidSecret::Padded`] and
    /// [`InvalidSecret::ControlCharacter`]: such a token could never arrive.
    pub fn new(token: impl Into<Key>) -> Result<Self, InvalidSecret> {
        let key = token.into();
        let entry = Self::entry(&key)?;
        Ok(Self(Ring::new(key.label(), entry)))
    }

    /// One more token that is accepted, as during a rotation.
    ///
    /// # Errors
    ///
    /// Those of [`Bearer::new`].
    pub fn with(mut self, token: impl Into<Key>) -> Result<Self, InvalidSecret> {
        let key = token.into();
        let entry = Self::entry(&key)?;
        self.0.push(key.label(), entry);
        Ok(self)
    }

    fn entry(key: &Key) -> Result<Fingerprint, InvalidSecret> {
        key.secret().check_visible()?;
        let token = key.secret().expose();
        if token.contains(&b' ') {
            return Err(InvalidSecret::SpaceInToken);
        }
        Ok(Fingerprint::of(token))
    }
}

impl Scheme for Bearer {
    fn verify(&self, request: &Request<'_>, now: SystemTime) -> Result<Proof, AuthError> {
        let value = request.headers().one(&AUTHORIZATION)?;
        let presented = Fingerprint::of(after_scheme_word(value, b"bearer")?);
        let key = self.0.matching(now, |token| token.same(&presented))?;
        Ok(Proof::new("bearer", key.clone()))
    }

    fn challenge(&self) -> Cow<'static, str> {
        Cow::Borrowed(r#"Bearer realm="webhook""#)
    }
}

/// What stands behind the scheme word. The word ignores case and one space or more follow it
/// (RFC 9110, section 11.4).
fn after_scheme_word<'r>(value: &'r [u8], word: &[u8]) -> Result<&'r [u8], AuthError> {
    let (start, rest) = value.split_at_checked(word.len()).ok_or(AuthError::Malformed)?;
    if !start.eq_ignore_ascii_case(word) || rest.first() != Some(&b' ') {
        return Err(AuthError::Malformed);
    }
    let credentials = rest.trim_ascii_start();
    if credentials.is_empty() { Err(AuthError::Malformed) } else { Ok(credentials) }
}

/// How many bytes user name, colon and password may have together, so that they are decoded on the
/// stack.
const MAX_CREDENTIALS: usize = 1024;
