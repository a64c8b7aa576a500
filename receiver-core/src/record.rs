//! The one log line of a request, and under the feature `metrics` its figures.

use std::fmt::{self, Write as _};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use http::StatusCode;

use crate::Proof;

/// What is known of a request so far. It is logged once: when the request is answered, or when
/// whoever should have answered drops it.
///
/// The fields are stable: `sender`, `kind`, `status`, `reason`, `error`, `scheme`, `key_id`, `tenant`,
/// `bytes`, `elapsed_ms`. Nothing else of a request is ever logged, and what a sender or a handler chose is
/// escaped and cut.
pub(crate) struct Record {
    pub(crate) sender: Arc<str>,
    pub(crate) kind: Option<String>,
    pub(crate) proof: Option<Proof>,
    pub(crate) bytes: usize,
    /// What became of the request; for one that is dropped, why it came that far only.
    pub(crate) reason: &'static str,
    /// What the handler said went wrong.
    pub(crate) error: Option<String>,
    pub(crate) clock: Option<Clock>,
    pub(crate) received_at: SystemTime,
    is_logged: bool,
}

/// A clock instead of the system's.
pub(crate) type Clock = Arc<dyn Fn() -> SystemTime + Send + Sync>;

impl Record {
    /// In a box: it goes all the way of the request, from hand to hand.
    pub(crate) fn new(sender: Arc<str>, received_at: SystemTime) -> Box<Self> {
        Box::new(Self {
            sender,
            kind: None,
            proof: None,
            bytes: 0,
            reason: "unanswered",
            error: None,
            clock: None,
            received_at,
            is_logged: false,
        })
    }

    /// Logs what became of the request, with the status it was answered with: a success at `INFO`,
    /// everything else at `WARN`.
    pub(crate) fn log(&mut self, status: StatusCode, now: SystemTime) {
        let elapsed = now.duration_since(self.received_at).unwrap_or_default();
        self.emit(Some(status), Some(elapsed), status.is_success());
    }

    /// Logs that a sender is proven, where that is all that is asked.
    pub(crate) fn log_verified(&mut self) {
        self.reason = "verified";
        self.emit(None, None, true);
    }

    fn emit(&mut self, status: Option<StatusCode>, elapsed: Option<Duration>, is_success: bool) {
        self.is_logged = true;
        #[cfg(feature = "metrics")]
        crate::metrics::record(self, status, elapsed);
        let elapsed_ms =
            elapsed.map(|elapsed| u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX));
        let cut = |text| tracing::field::display(Cut(text));
        // A tracing call site has one level, so there are two.
        macro_rules! event {
            ($level:ident) => {
                tracing::event!(
                    target: "receiver",
                    tracing::Level::$level,
                    sender = cut(&self.sender),
                    kind = self.kind.as_deref().map(cut),
                    status = status.map(|status| status.as_u16()),
                    reason = self.reason,
                    error = self.error.as_deref().map(cut),
                    scheme = self.proof.as_ref().map(Proof::scheme),
                    key_id = self.proof.as_ref().map(|proof| cut(proof.key().as_str())),
                    tenant = self.proof.as_ref().and_then(Proof::tenant).map(cut),
                    bytes = self.bytes,
                    elapsed_ms,
                    "delivery"
                )
            };
        }
        if is_success { event!(INFO) } else { event!(WARN) }
    }
}

impl fmt::Debug for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Record")
            .field("sender", &self.sender)
            .field("kind", &self.kind.as_deref().map(|kind| Cut(kind).to_string()))
            .field("proof", &self.proof)
            .field("bytes", &self.bytes)
            .field("reason", &self.reason)
            .finish_non_exhaustive()
    }
}

/// A handler that panicked, was cancelled or answered in its own way leaves a line too, without a
/// status.
impl Drop for Record {
    fn drop(&mut self) {
        if !self.is_logged {
            self.emit(None, None, false);
        }
    }
}

/// A text that somebody else chose, safe for a log: what cannot be printed is escaped, and there are
/// at most 256 characters.
pub(crate) struct Cut<'t>(pub(crate) &'t str);

impl fmt::Display for Cut<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.chars().flat_map(char::escape_debug).take(256).try_for_each(|c| f.write_char(c))
    }
}
