//! Slack: an event of the type `url_verification`, signed as any other.
//!
//! Source: Slack's documentation, "Events API", `url_verification`.

use serde::{Deserialize, Serialize};

use super::asked::{Proven, read};
use super::word::Word;
use super::{Cause, Refused};
use crate::Content;

/// Echoes the challenge: `{"challenge":"…"}`, for
/// [`Receipt::accepted_with`](crate::Receipt::accepted_with). The endpoint's receiver has verified
/// the request before; make it with the row `slack` of the [catalogue](crate::scheme::catalog).
///
/// # Errors
///
/// [`Refused`], most often because it is another event ([`Cause::NotAsked`]).
pub fn answer(asked: &impl Proven) -> Result<Content, Refused> {
    echo(asked).map_err(|cause| Refused::new("slack", cause))
}

fn echo(asked: &impl Proven) -> Result<Content, Cause> {
    let Challenge { challenge } = read(asked, "type", "url_verification")?;
    Word::new(&challenge)?;
    Content::json(&Challenge { challenge }).map_err(|_| Cause::Unfit)
}

/// What Slack asks with, and what it is answered with.
#[derive(Deserialize, Serialize)]
struct Challenge {
    challenge: String,
}
