//! `Delivery`: a request whose sender is proven.

use std::time::SystemTime;

use serde::de::DeserializeOwned;

use crate::json;
use crate::{ParseError, Proof, Request};

/// A request whose sender **is** proven. Outside this crate only
/// [`Receiver::verify`](crate::Receiver::verify) makes one.
///
/// ```compile_fail
/// use receiver_core::{Delivery, Request};
///
/// // The fields are private and there is no constructor.
/// fn forge<'r>(request: Request<'r>) -> Delivery<'r> {
///     Delivery { request }
/// }
/// ```
#[derive(Debug)]
pub struct Delivery<'r> {
    request: Request<'r>,
    sender: &'r str,
    proof: Proof,
    received_at: SystemTime,
}

impl<'r> Delivery<'r> {
    /// Called by `Receiver` alone, which `tests/architecture.rs` holds.
    pub(crate) fn proven(
        request: Request<'r>,
        sender: &'r str,
        proof: Proof,
        received_at: SystemTime,
    ) -> Self {
        Self { request, sender, proof, received_at }
    }

    /// The request.
    #[must_use]
    pub fn request(&self) -> Request<'r> {
        self.request
    }

    /// The name of the sender this endpoint is for.
    #[must_use]
    pub fn sender(&self) -> &str {
        self.sender
    }

    /// By what the sender is proven.
    #[must_use]
    pub fn proof(&self) -> &Proof {
        &self.proof
    }

    pub(crate) fn into_proof(self) -> Proof {
        self.proof
    }

    /// When the request was received.
    #[must_use]
    pub fn received_at(&self) -> SystemTime {
        self.received_at
    }

    /// The body as text that is known to be one sound JSON value: see [`json::check`].
    ///
    /// # Errors
    ///
    /// [`ParseError::Malformed`].
    pub fn json_text(&self) -> Result<&'r str, ParseError> {
        Ok(json::check(self.request.body())?)
    }

    /// The body's JSON as a value, read as in a [`Json`](crate::Json).
    ///
    /// # Errors
    ///
    /// [`ParseError::Malformed`] when the body is not sound JSON; [`ParseError::Shape`], naming the
    /// member and what was expected, when it is and does not fit.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, ParseError> {
        Ok(json::read(self.json_text()?)?)
    }
}
