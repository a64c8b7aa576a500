//! The one log line of a request.

use std::fmt::{self, Write as _};
use std::sync::Arc;
use std::time::SystemTime;

use http::StatusCode;

use crate::Proof;

/// What is known of a request so far. It is logged once: when the request is answered, or when
/// whoever should have answered drops it.
///
/// The fields are stable: `sender`, `kind`, `status`, `reason`, `scheme`, `key_id`, `bytes`,
/// `elapsed_ms`. Nothing else of a request is ever logged, and what a sender chose is escaped and
/// cut.
pub(crate) struct Record {
    pub(crate) sender: Arc<str>,
    pub(crate) kind: String,
    pub(crate) proof: Option<Proof>,
    pub(crate) bytes: usize,
    received_at: SystemTime,
    is_logged: bool,
}

impl Record {
    pub(crate) fn new(sender: Arc<str>, received_at: SystemTime) -> Self {
        let (kind, proof, bytes) = (String::new(), None, 0);
        Self { sender, kind, proof, bytes, received_at, is_logged: false }
    }

    /// Logs the answer: accepted at `INFO`, everything else at `WARN`.
    pub(crate) fn log(&mut self, status: StatusCode, reason: &str, now: SystemTime) {
        let elapsed = now.duration_since(self.received_at).unwrap_or_default();
        let elapsed = u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX);
        self.emit(Some(status), reason, Some(elapsed));
    }

    fn emit(&mut self, status: Option<StatusCode>, reason: &str, elapsed_ms: Option<u64>) {
        self.is_logged = true;
        // A tracing call site has one level, so there are two.
        macro_rules! event {
            ($level:ident) => {
                tracing::event!(
                    target: "receiver",
                    tracing::Level::$level,
                    sender = %Cut(&self.sender),
                    kind = %Cut(&self.kind),
                    status = status.map(|status| status.as_u16()),
                    reason,
                    scheme = self.proof.as_ref().map(Proof::scheme),
                    key_id = self.proof.as_ref().map(|proof| Cut(proof.key().as_str())).map(tracing::field::display),
                    bytes = self.bytes,
                    elapsed_ms,
                    "delivery"
                )
            };
        }
        match status {
            Some(status) if status.is_success() => event!(INFO),
            _ => event!(WARN),
        }
    }
}

impl fmt::Debug for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Record")
            .field("sender", &self.sender)
            .field("kind", &Cut(&self.kind).to_string())
            .field("proof", &self.proof)
            .field("bytes", &self.bytes)
            .finish_non_exhaustive()
    }
}

/// A handler that panicked, was cancelled or answered in its own way leaves a line too.
impl Drop for Record {
    fn drop(&mut self) {
        if !self.is_logged {
            self.emit(None, "unanswered", None);
        }
    }
}

/// A text that a sender chose, safe for a log: control characters escaped, at most 256 characters.
struct Cut<'t>(&'t str);

impl fmt::Display for Cut<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.chars().take(256).flat_map(char::escape_debug).try_for_each(|c| f.write_char(c))
    }
}
