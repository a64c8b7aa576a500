//! The stages a case is played on: the bare core and every framework's real service.

use crate::answer::Answer;
use crate::case::Case;

mod actix;
mod axum;
mod bare;
mod warp;

/// Plays a case and gives the answer.
pub type Stage = Box<dyn Fn(&Case) -> Answer>;

/// All stages, by name, each with its own receivers.
#[must_use]
pub fn all() -> [(&'static str, Stage); 4] {
    [
        ("the bare core", bare::stage()),
        ("axum", axum::stage()),
        ("actix-web", actix::stage()),
        ("warp", warp::stage()),
    ]
}

/// A runtime on this thread, so that the log of a request is logged on it.
fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime")
}
