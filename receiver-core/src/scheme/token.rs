//! `Token`: a bare token, without a scheme word, in the place where a sender puts it.

use std::borrow::Cow;
use std::time::SystemTime;

use http::HeaderName;
use http::header::AUTHORIZATION;

use super::compare::Fingerprint;
use super::{AuthError, Proof, Scheme};
use crate::key::Ring;
use crate::{InvalidSecret, Key, Request};

/// A bare token: the whole value of a header, or a query parameter.
///
/// ```
/// use std::time::SystemTime;
/// use receiver_core::scheme::{Scheme, Token};
/// use receiver_core::{Request, Secret};
///
/// let scheme = Token::header(
///     http::HeaderName::from_static("x-gitlab-token"),
///     Secret::new("correct-horse")?,
/// )?;
///
/// let headers = vec![("X-Gitlab-Token", "correct-horse")];
/// assert!(scheme.verify(&Request::new("POST", "/", &headers), SystemTime::now()).is_ok());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Token {
    place: Place,
    ring: Ring<Fingerprint>,
}

impl Token {
    /// The token is the whole `Authorization` value, without a scheme word.
    ///
    /// # Errors
    ///
    /// [`InvalidSecret::Padded`] and [`InvalidSecret::ControlCharacter`]: no header carries those.
    pub fn authorization(token: impl Into<Key>) -> Result<Self, InvalidSecret> {
        Self::header(AUTHORIZATION, token)
    }

    /// The token is the whole value of this header.
    ///
    /// # Errors
    ///
    /// Those of [`Token::authorization`].
    pub fn header(name: HeaderName, token: impl Into<Key>) -> Result<Self, InvalidSecret> {
        Self::at(Place::Header(name), &token.into())
    }

    /// The token is the value of this query parameter.
    ///
    /// A URL ends in the logs of every proxy on its way: use it only for a sender that can do
    /// nothing else. This crate never logs a query.
    ///
    /// # Errors
    ///
    /// Those of [`Token::authorization`].
    pub fn query(name: &str, token: impl Into<Key>) -> Result<Self, InvalidSecret> {
        Self::at(Place::Query(name.to_owned()), &token.into())
    }

    /// One more token that is accepted in the same place, as during a rotation.
    ///
    /// # Errors
    ///
    /// Those of [`Token::authorization`].
    pub fn with(mut self, token: impl Into<Key>) -> Result<Self, InvalidSecret> {
        let key = token.into();
        key.secret().check_visible()?;
        self.ring.push(key.label(), Fingerprint::of(key.secret().expose()));
        Ok(self)
    }

    fn at(place: Place, key: &Key) -> Result<Self, InvalidSecret> {
        key.secret().check_visible()?;
        let ring = Ring::new(key.label(), Fingerprint::of(key.secret().expose()));
        Ok(Self { place, ring })
    }
}

impl Scheme for Token {
    fn verify(&self, request: &Request<'_>, now: SystemTime) -> Result<Proof, AuthError> {
        let presented = match &self.place {
            Place::Header(name) => Fingerprint::of(request.headers().one(name)?),
            Place::Query(name) => Fingerprint::of(request.query_one(name)?.as_bytes()),
        };
        let key = self.ring.matching(now, |token| token.same(&presented))?;
        Ok(Proof::new("token", key.clone()))
    }

    fn challenge(&self) -> Cow<'static, str> {
        Cow::Borrowed(r#"Token realm="webhook""#)
    }
}

#[derive(Debug)]
enum Place {
    Header(HeaderName),
    Query(String),
}
