//! `Kind`: the ways to be slow.

use std::time::Duration;

use crate::verdict::Verdict;
use crate::wire::DELIVERY;

/// A way to be slow.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Kind {
    pub(crate) name: &'static str,
    /// What is sent at once, and how often.
    pub(crate) first: &'static [u8],
    pub(crate) times: usize,
    /// So many spaces behind it, at once.
    pub(crate) spaces: u64,
    /// What is sent each second.
    pub(crate) then: &'static [u8],
    /// Whether it reads what it is answered.
    pub(crate) reads: bool,
    /// After so many seconds the server must have closed.
    pub(crate) deadline: u64,
    /// So much sooner is right, in seconds; without it, as soon as the server likes.
    sooner: Option<f64>,
    /// And so much later.
    later: f64,
    /// More of them at once are another attack.
    pub(crate) most: usize,
}

/// All of them, those that wait longest last.
pub(crate) const KINDS: [Kind; 10] = [
    Kind { name: "silent", ..SLOW },
    Kind { name: "half a head", first: HEAD, ..SLOW },
    Kind { name: "a head, a byte a second", first: HEAD, then: b"x", ..SLOW },
    Kind { name: "half a body", first: BODY, deadline: 15, ..SLOW },
    Kind { name: "a body, a byte a second", first: BODY, then: b" ", deadline: 15, ..SLOW },
    Kind { name: "unfinished chunks", first: CHUNKS, then: b"1\r\n \r\n", deadline: 15, ..SLOW },
    // Its deadline is counted from the head, and this from the last byte.
    Kind {
        name: "a body but for its last byte",
        first: LARGE,
        spaces: SPACES,
        deadline: 15,
        sooner: Some(5.0),
        ..SLOW
    },
    Kind { name: "idle after an answer", first: DELIVERY, deadline: 30, ..SLOW },
    // actix-web keeps no time of it, so the example's own watchdog does: from the answer, and not from the
    // first byte as the others do.
    Kind {
        name: "a later head, a byte a second",
        first: DELIVERY,
        then: b"P",
        deadline: 30,
        sooner: None,
        ..SLOW
    },
    // Who asks on and reads nothing is nobody's sender, and may be hung up on at any time.
    Kind {
        name: "answers are not read",
        first: QUESTION,
        times: 40_000,
        spaces: 0,
        then: QUESTION,
        reads: false,
        deadline: 30,
        sooner: None,
        later: 5.0,
        most: 1,
    },
];

/// What most have.
const SLOW: Kind = Kind {
    name: "",
    first: b"",
    times: 1,
    spaces: 0,
    then: b"",
    reads: true,
    deadline: 10,
    sooner: Some(1.0),
    later: 1.0,
    most: usize::MAX,
};

impl Kind {
    /// Judges when they were closed, in seconds from the deadline.
    pub(crate) fn hold(&self, gone: &[Option<f64>], verdict: &mut Verdict) {
        let late = gone.iter().filter(|gone| gone.is_none_or(|gone| gone > self.later)).count();
        let seen = format!("{late} of {}", gone.len());
        verdict.hold(late == 0, format!("closed late: {}", self.name), seen);
        if let Some(sooner) = self.sooner {
            let early = gone.iter().flatten().filter(|gone| **gone < -sooner).count();
            let seen = format!("{early} of {}", gone.len());
            verdict.hold(early == 0, format!("closed early: {}", self.name), seen);
        }
    }

    /// How long after its deadline a close is still waited for.
    pub(crate) fn patience(&self) -> Duration {
        Duration::from_secs_f64(self.later + 4.0)
    }
}

const HEAD: &[u8] = b"POST /webhooks/own HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer own-token-77f2\r\nX: ";
/// The largest body there may be, but for a byte.
const LARGE: &[u8] = b"POST /webhooks/own HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer own-token-77f2\r\nContent-Type: application/json\r\nContent-Length: 1048576\r\n\r\n{\"id\":\"marker-83b17\"";
const SPACES: u64 = 1_048_575 - 20;
/// Half a body, of whoever knows the token.
pub(crate) const BODY: &[u8] = b"POST /webhooks/own HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer own-token-77f2\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{\"id\":\"marker-83b17\"";
const CHUNKS: &[u8] = b"POST /webhooks/own HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer own-token-77f2\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n14\r\n{\"id\":\"marker-83b17\"\r\n";
const QUESTION: &[u8] = b"GET /x HTTP/1.1\r\nHost: a\r\n\r\n";
