//! `Failure`: what keeps a command from being done, and the exit status for it.

use std::fmt;
use std::io::{self, Write as _};
use std::process::ExitCode;

use crate::screen::harmless;

/// Wrong usage, or something the command needs and cannot have. The text says what to do and holds
/// no secret.
#[derive(Debug)]
pub(crate) struct Failure(String);

impl Failure {
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// Says it on standard error. The status is that of clap's own errors.
    pub(crate) fn exit(self) -> ExitCode {
        let _ = writeln!(io::stderr(), "error: {}", harmless(&self.0));
        ExitCode::from(2)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Standard output, which is all that is written to with `?`, cannot be written to.
impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self(format!("cannot write to standard output: {error}"))
    }
}
