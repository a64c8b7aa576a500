//! `Unsendable`: why no request could be made.

use std::fmt;

use super::Fault;
use crate::AuthError;
use crate::scheme::InvalidUrl;

/// Why no request could be made.
///
/// ```
/// use receiver_core::testing::{Clock, Fault, Outgoing, Unsendable, ways};
///
/// // A token says no time, so none can be stale.
/// let token = ways("cmmshere")[0].credential("correct-horse")?;
/// let outgoing = Outgoing::json("/", "{}").with_credential(token).with_fault(Fault::StaleTimestamp);
/// assert_eq!(
///     outgoing.request(Clock::default().now()).unwrap_err(),
///     Unsendable::Inapplicable(Fault::StaleTimestamp),
/// );
/// # Ok::<(), receiver_core::InvalidSecret>(())
/// ```
#[non_exhaustive]
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unsendable {
    /// A method, a target or a header is none that HTTP has.
    Malformed,
    /// The public URL is none that a sender can be given.
    PublicUrl(InvalidUrl),
    /// The request cannot be signed, such as without a public URL.
    Signature(AuthError),
    /// Nothing in the request can go wrong so, such as a stale timestamp where none is judged.
    Inapplicable(Fault),
    /// A header stands there twice, which warp's `RequestBuilder` has no means for.
    RepeatedHeader,
}

impl fmt::Display for Unsendable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed => f.write_str("the method, the target or a header is none of HTTP's"),
            Self::PublicUrl(error) => error.fmt(f),
            Self::Signature(error) => error.fmt(f),
            Self::Inapplicable(fault) => write!(f, "nothing here can be {}", fault.as_str()),
            Self::RepeatedHeader => f.write_str("warp's request builder repeats no header"),
        }
    }
}

impl std::error::Error for Unsendable {}
