//! `Credential`: a secret, and the way in which a request holds it.

use std::fmt;
use std::time::SystemTime;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use http::HeaderName;
use http::header::AUTHORIZATION;

use super::outgoing::Draft;
use super::{Unsendable, Way};
use crate::Secret;
#[cfg(feature = "ed25519")]
use crate::scheme::Ed25519;
use crate::scheme::{Layout, Signature};

/// A secret, and the way in which a request holds it.
///
/// There is one constructor for each scheme; [`ways`](super::ways) knows the usual one of a sender.
#[derive(Clone)]
pub struct Credential {
    way: Way,
    user: String,
    secret: Secret,
    public_url: Option<String>,
}

impl Credential {
    /// This secret, held so.
    #[must_use]
    pub fn new(way: Way, secret: Secret) -> Self {
        Self { way, user: String::new(), secret, public_url: None }
    }

    /// For [`Basic`](crate::scheme::Basic).
    #[must_use]
    pub fn basic(user: &str, password: Secret) -> Self {
        Self::new(Way::Basic, password).with_user(user)
    }

    /// For [`Bearer`](crate::scheme::Bearer).
    #[must_use]
    pub fn bearer(token: Secret) -> Self {
        Self::new(Way::BEARER, token)
    }

    /// For [`Token::authorization`](crate::scheme::Token::authorization).
    #[must_use]
    pub fn token(token: Secret) -> Self {
        Self::new(Way::AUTHORIZATION, token)
    }

    /// For [`Token::header`](crate::scheme::Token::header).
    #[must_use]
    pub fn header(name: HeaderName, token: Secret) -> Self {
        Self::new(Way::Header(name), token)
    }

    /// For [`Token::query`](crate::scheme::Token::query).
    #[must_use]
    pub fn query(parameter: &'static str, token: Secret) -> Self {
        Self::new(Way::Query(parameter), token)
    }

    /// For [`HeaderPair::username_password`](crate::scheme::HeaderPair::username_password).
    #[must_use]
    pub fn username_password(user: &str, password: Secret) -> Self {
        let names = [HeaderName::from_static("username"), HeaderName::from_static("password")];
        let [user_header, password_header] = names;
        Self::new(Way::Pair(user_header, password_header), password).with_user(user)
    }

    /// For [`Signature`].
    #[must_use]
    pub fn signature(layout: Layout, secret: Secret) -> Self {
        Self::new(Way::Signature(layout), secret)
    }

    /// For [`Ed25519`], with the 32 bytes of a private key: `Ed25519::discord(key).layout().clone()`
    /// is how Discord signs.
    #[cfg(feature = "ed25519")]
    #[must_use]
    pub fn ed25519(layout: Layout, private_key: Secret) -> Self {
        Self::new(Way::Ed25519(layout), private_key)
    }

    /// The same with this user name, for the ways that have one. It is empty unless said.
    #[must_use]
    pub fn with_user(self, user: &str) -> Self {
        Self { user: user.to_owned(), ..self }
    }

    /// The same with this URL, for senders that sign it: the one that was given to the
    /// [`Signature`].
    #[must_use]
    pub fn with_public_url(self, url: &str) -> Self {
        Self { public_url: Some(url.to_owned()), ..self }
    }

    /// The way in which a request holds it.
    #[must_use]
    pub fn way(&self) -> &Way {
        &self.way
    }

    /// The same with another secret.
    pub(super) fn with_wrong_secret(self) -> Self {
        Self { secret: self.secret.other(), ..self }
    }

    pub(super) fn put(&self, to: &mut Draft, id: &str, now: SystemTime) -> Result<(), Unsendable> {
        let secret = self.secret.expose();
        match &self.way {
            Way::Basic => {
                let pair = [self.user.as_bytes(), b":", secret].concat();
                to.add_secret(AUTHORIZATION, format!("Basic {}", BASE64_STANDARD.encode(pair)))?;
            }
            Way::Word(word) => {
                to.add_secret(AUTHORIZATION, [word.as_bytes(), b" ", secret].concat())?;
            }
            Way::Header(name) => to.add_secret(name.clone(), secret)?,
            Way::Query(parameter) => to.add_to_query(parameter, secret),
            Way::Pair(user, password) => {
                to.add_secret(user.clone(), &self.user)?;
                to.add_secret(password.clone(), secret)?;
            }
            Way::Signature(layout) => {
                let mut scheme = Signature::new(layout.clone(), self.secret.clone());
                if let Some(url) = &self.public_url {
                    scheme = scheme.with_public_url(url).map_err(Unsendable::PublicUrl)?;
                }
                let signed = scheme.sign_request(&to.request(), id, now);
                to.add_signed(signed.map_err(Unsendable::Signature)?)?;
            }
            #[cfg(feature = "ed25519")]
            Way::Ed25519(layout) => {
                let key = secret.try_into().map_err(|_| Unsendable::Malformed)?;
                let mut scheme = Ed25519::of_private_key(layout.clone(), key);
                if let Some(url) = &self.public_url {
                    scheme = scheme.with_public_url(url).map_err(Unsendable::PublicUrl)?;
                }
                let signed = scheme.sign_request(key, &to.request(), id, now);
                to.add_signed(signed.map_err(Unsendable::Signature)?)?;
            }
        }
        Ok(())
    }
}

/// Prints the way; no user name, no secret, and no URL, because one may hold a password.
impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credential").field("way", &self.way).finish_non_exhaustive()
    }
}
