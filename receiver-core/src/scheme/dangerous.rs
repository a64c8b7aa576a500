//! What weakens security, under a name that says so.

use std::borrow::Cow;
use std::time::SystemTime;

use super::{AuthError, Proof, Scheme, Strength};
use crate::{KeyId, Request};

/// No proof at all: whoever finds the URL is believed.
///
/// For senders that offer no credential, behind something else that keeps strangers out. Making one
/// logs a warning.
///
/// ```
/// use std::time::SystemTime;
/// use receiver_core::scheme::{Strength, dangerous::Anonymous};
/// use receiver_core::{Json, Receiver, Request};
///
/// let scheme = Anonymous::because("only the VPN reaches this port");
/// let receiver = Receiver::<Json<u32>>::new(scheme);
///
/// let headers = vec![("content-type", "application/json")];
/// let request = Request::new("POST", "/", &headers).with_body("42");
/// let received = receiver.receive(&request, SystemTime::now())?;
/// assert_eq!(received.proof.strength(), Strength::Unproven);
/// # Ok::<(), receiver_core::Rejection>(())
/// ```
#[derive(Debug)]
pub struct Anonymous(KeyId);

impl Anonymous {
    /// Accepts every request, and warns once that it will. `reason` says in the log why that is
    /// safe here, such as `"only the VPN reaches this port"`.
    #[must_use]
    pub fn because(reason: &str) -> Self {
        tracing::warn!(
            target: "receiver",
            because = reason.escape_debug().to_string(),
            "an endpoint accepts requests without any proof of who sent them"
        );
        Self(KeyId::new("none"))
    }
}

impl Scheme for Anonymous {
    fn verify(&self, _: &Request<'_>, _: SystemTime) -> Result<Proof, AuthError> {
        Ok(Proof::new("anonymous", self.0.clone()).with_strength(Strength::Unproven))
    }

    fn challenge(&self) -> Cow<'static, str> {
        Cow::Borrowed("Anonymous")
    }
}
