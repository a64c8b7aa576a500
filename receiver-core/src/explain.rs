//! Why a signature was refused, and what would make it right: for the operator, apart from the
//! receive path.
//!
//! It changes one thing of the request or of the configuration at a time and verifies again, so
//! that "would verify if" is what [`Signature`] says itself. Never put it behind a route: whoever can
//! ask which changes help learns about the secret what no sender may know.
//! An [`Explanation`] prints as lines for people. For a program, what would have to be otherwise is a
//! [`Change`], and what can be seen to be wrong without trying is a [`Finding`]:
//!
//! ```
//! use std::time::SystemTime;
//! use receiver_core::explain::{
//!     BodyChange, Change, Explain, Explanation, Finding, Hypothesis, KeyChange, LayoutChange, Letters,
//!     SecretChange, Spacing, TimeChange, UrlChange,
//! };
//! use receiver_core::scheme::{Layout, Signature};
//! use receiver_core::{Request, Secret};
//!
//! fn advice(change: &Change) -> &'static str {
//!     match change {
//!         Change::Secret(SecretChange::Trimmed) => "take the line break off the secret's file",
//!         Change::Key(KeyChange::Ended(_)) => "the sender still signs with the old key",
//!         Change::Layout(LayoutChange::Sender(_)) => "take another row of the catalogue",
//!         Change::Url(UrlChange::OtherScheme) => "the public URL begins with https://",
//!         Change::Body(BodyChange::Json { spacing: Spacing::None, letters: Letters::AsSent, .. }) => {
//!             "something before the receiver reads the body and writes it anew"
//!         }
//!         Change::Time(TimeChange::Before(_)) => "look at the clocks",
//!         _ => "read the line",
//!     }
//! }
//!
//! // Signed as `{"id":1}`, and a middleware has made it pretty.
//! let sender = Signature::new(Layout::GITHUB, Secret::new("correct horse")?);
//! let headers = sender.sign("", SystemTime::now(), br#"{"id":1}"#);
//! let request = Request::new("POST", "/", &headers).with_body(r#"{"id": 1}"#);
//!
//! let explain = Explain::new(Layout::GITHUB, Secret::new("correct horse")?);
//! let explanation: Explanation = explain.request(&request, SystemTime::now());
//! let first: &Hypothesis = &explanation.hypotheses()[0];
//! assert_eq!(first.changes().len(), 1);
//! assert_eq!(
//!     advice(&first.changes()[0]),
//!     "something before the receiver reads the body and writes it anew",
//! );
//!
//! // And here it has read the body and left none.
//! let explanation = explain.request(&request.with_body(""), SystemTime::now());
//! assert_eq!(explanation.findings(), [Finding::EmptyBody]);
//! # Ok::<(), receiver_core::InvalidSecret>(())
//! ```

use std::fmt;
use std::iter;
use std::time::SystemTime;

use crate::scheme::{AuthError, InvalidUrl, Layout, Signature, Tolerance};
use crate::{Key, KeyId, Request, Scheme};

pub use body::{BodyChange, Letters, Spacing};
pub use change::Change;
pub use explanation::{Explanation, Hypothesis};
pub use finding::Finding;
pub use key::KeyChange;
pub use layout::LayoutChange;
pub use secret::SecretChange;
pub use time::TimeChange;
pub use url::UrlChange;

mod body;
mod change;
mod explanation;
mod finding;
mod json;
mod key;
mod layout;
mod search;
mod secret;
mod time;
mod url;

/// What a [`Signature`] is made of, to explain with: a layout, its keys, perhaps a public URL.
///
/// A `Signature` keeps no secret, so they are given anew.
///
/// ```
/// use std::time::SystemTime;
/// use receiver_core::explain::Explain;
/// use receiver_core::scheme::Layout;
/// use receiver_core::{Request, Secret};
///
/// let headers = vec![(
///     "X-Hub-Signature-256",
///     "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17",
/// )];
/// let request = Request::new("POST", "/", &headers).with_body("Hello, World!");
///
/// let pasted = Secret::new("It's a Secret to Everybody\n")?;
/// let explanation = Explain::new(Layout::GITHUB, pasted).request(&request, SystemTime::now());
/// assert_eq!(
///     explanation.to_string(),
///     "refused: the signature does not match the request\n\
///      would verify if the secret had no white space around it (key 1)",
/// );
/// # Ok::<(), receiver_core::InvalidSecret>(())
/// ```
pub struct Explain {
    layout: Layout,
    first: Key,
    more: Vec<Key>,
    public_url: Option<String>,
}

impl Explain {
    /// Signatures of this layout, made with this key.
    #[must_use]
    pub fn new(layout: Layout, key: impl Into<Key>) -> Self {
        Self { layout, first: key.into(), more: Vec::new(), public_url: None }
    }

    /// One more key. An older one helps to see who still signs with it.
    #[must_use]
    pub fn with(mut self, key: impl Into<Key>) -> Self {
        self.more.push(key.into());
        self
    }

    /// As [`Signature::with_tolerance`].
    #[must_use]
    pub fn with_tolerance(mut self, tolerance: Tolerance) -> Self {
        self.layout.timestamp = self.layout.timestamp.map(|timestamp| timestamp.within(tolerance));
        self
    }

    /// As [`Signature::with_public_url`].
    ///
    /// # Errors
    ///
    /// [`InvalidUrl`], for what no sender can be given.
    pub fn with_public_url(mut self, url: &str) -> Result<Self, InvalidUrl> {
        self.public_url = Some(url.to_owned());
        self.signature().map(|_| self)
    }

    /// Explains why this request was refused when it was received, which is `now`.
    ///
    /// It takes at most [`MOST_MACS`](Self::MOST_MACS) signatures over the request for each key, and
    /// twice that for a layout that takes a URL with and without its port. Usual are some hundred.
    #[must_use]
    pub fn request(&self, request: &Request<'_>, now: SystemTime) -> Explanation {
        let scheme = self.signature().map_err(|_| AuthError::NoPublicUrl);
        let verdict = scheme.and_then(|scheme| scheme.verify(request, now));
        let Err(error) = verdict else {
            return Explanation { verdict, findings: Vec::new(), hypotheses: Vec::new(), macs: 0 };
        };
        let findings = finding::all(self, error, request, now);
        let (hypotheses, macs) = search::hypotheses(self, request, now);
        Explanation { verdict, findings, hypotheses, macs }
    }

    /// How many signatures it takes at most for each key.
    pub const MOST_MACS: usize = search::MOST_ATTEMPTS.saturating_mul(secret::MOST);

    fn signature(&self) -> Result<Signature, InvalidUrl> {
        let scheme = Signature::new(self.layout.clone(), self.first.clone());
        let scheme = self.more.iter().cloned().fold(scheme, Signature::with);
        match &self.public_url {
            Some(url) => scheme.with_public_url(url),
            None => Ok(scheme),
        }
    }

    /// The keys under the names that the log has for them.
    fn keys(&self) -> impl Iterator<Item = (KeyId, &Key)> {
        let keys = iter::once(&self.first).chain(&self.more);
        keys.zip(1_usize..).map(|(key, number)| {
            (key.id().cloned().unwrap_or_else(|| KeyId::new(&number.to_string())), key)
        })
    }
}

/// Prints the names of the keys; no URL, because one may hold a password.
impl fmt::Debug for Explain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let keys: Vec<_> = self.keys().map(|(id, _)| id.to_string()).collect();
        f.debug_struct("Explain")
            .field("layout", &self.layout)
            .field("keys", &keys)
            .finish_non_exhaustive()
    }
}
