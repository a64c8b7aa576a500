//! Why a handshake is not answered.

use std::fmt;
use std::time::SystemTime;

use bytes::Bytes;
use http::{Response, StatusCode};

use crate::request::NotOne;
use crate::{Content, Notice, Problem, reply};

/// A handshake that is not answered: one 403 for every cause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    sender: &'static str,
    cause: Cause,
}

impl Refused {
    pub(super) fn new(sender: &'static str, cause: Cause) -> Self {
        Self { sender, cause }
    }

    /// The cause. It is for the operator, and for a handler to tell a handshake from an event.
    #[must_use]
    pub fn cause(&self) -> Cause {
        self.cause
    }

    /// The whole answer. It is logged, with the cause, as the kind `handshake`.
    #[must_use]
    pub fn into_http(self, now: SystemTime) -> Response<Bytes> {
        let status = StatusCode::FORBIDDEN;
        super::log(self.sender, status, self.cause.reason(), now);
        let problem = Problem::new(status, "handshake", "This handshake is not answered");
        let mut response = reply::answer(status);
        Content::usual(&Notice::Refused(&problem)).put_into(&mut response);
        response
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.cause.fmt(f)
    }
}

impl std::error::Error for Refused {}

/// Why a handshake is not answered.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The request or the event is no handshake.
    NotAsked,
    /// A header or parameter that counts stands there twice.
    Repeated,
    /// The verify token is wrong.
    Token,
    /// The origin is none that may send.
    Origin,
    /// What should be echoed or signed is longer, or of other letters, than any sender's; or it
    /// could be a payload.
    Unfit,
    /// The event is proven by no signature over its body, and the answer would sign what it says.
    Unsigned,
}

impl Cause {
    /// The stable word for it in the log's `reason` field.
    #[must_use]
    pub const fn reason(self) -> &'static str {
        match self {
            Self::NotAsked => "no_handshake",
            Self::Repeated => "repeated_parameter",
            Self::Token => "bad_verify_token",
            Self::Origin => "origin_not_allowed",
            Self::Unfit => "unfit_challenge",
            Self::Unsigned => "unsigned_challenge",
        }
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotAsked => "this is no handshake",
            Self::Repeated => "what must stand once stands twice",
            Self::Token => "the verify token is wrong",
            Self::Origin => "the origin is none that may send",
            Self::Unfit => "the challenge is none that may be echoed or signed",
            Self::Unsigned => "the event that asks is not signed",
        })
    }
}

impl From<NotOne> for Cause {
    fn from(cause: NotOne) -> Self {
        match cause {
            NotOne::Missing => Self::NotAsked,
            NotOne::Repeated => Self::Repeated,
        }
    }
}
