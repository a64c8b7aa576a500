//! What is measured.

use crate::delivery::{ACCEPTED, Authorization, Delivery};
use crate::process::Process;

/// A server and what it does with a delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Subject {
    /// On what it is built.
    pub on: On,
    /// What it does.
    pub does: Does,
}

/// On what a subject is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum On {
    /// One of the three frameworks, by name.
    Framework(&'static str),
    /// Another one, by the name of its program.
    Other(&'static str),
}

/// What a subject does with a delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Does {
    /// It reads the body.
    Bare,
    /// It verifies the signature and reads the event, written by hand.
    Hand,
    /// The same, and before the event is read the strict JSON pass.
    Strict,
    /// The same, by the receiver.
    Receiver,
    /// By the receiver: a bearer token, and the body stays unread.
    Bearer,
    /// By the receiver: user and password, and the body stays unread.
    Basic,
    /// The started example, with all its limits: the signature, and the event stays a text.
    Example,
    /// Others' way to verify the signature and read the event.
    Peer,
}

impl Subject {
    /// How a delivery to it is authorised.
    #[must_use]
    pub fn authorization(self) -> Authorization {
        if self.does == Does::Basic { Authorization::Basic } else { Authorization::Bearer }
    }

    /// Whether it takes what is right, and nothing else unless it is bare.
    ///
    /// # Errors
    ///
    /// What it does instead.
    pub fn check(self, process: &Process) -> Result<(), String> {
        let send = |delivery: Delivery| {
            delivery.send(process.address()).map_err(|error| format!("no answer: {error}"))
        };
        let right = send(Delivery::right(self.authorization()))?;
        if right != (200, ACCEPTED.to_owned()) {
            return Err(format!("what is right is answered {} {}", right.0, right.1));
        }
        let (wrong, _) = send(Delivery::wrong(self.authorization()))?;
        let expected = if self.does == Does::Bare { 200 } else { 401 };
        if wrong == expected { Ok(()) } else { Err(format!("what is wrong is answered {wrong}")) }
    }
}

impl Does {
    /// The word for it, as the program `subject` takes it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Bare => "bare",
            Self::Hand => "hand",
            Self::Strict => "strict",
            Self::Receiver => "receiver",
            Self::Bearer => "bearer",
            Self::Basic => "basic",
            Self::Example => "example",
            Self::Peer => "peer",
        }
    }
}

/// Those of the three frameworks, by framework.
#[must_use]
pub fn of_frameworks() -> Vec<Subject> {
    let all = FRAMEWORKS.map(|name| OWN.map(|does| Subject { on: On::Framework(name), does }));
    all.concat()
}

/// The started examples.
#[must_use]
pub fn examples() -> Vec<Subject> {
    FRAMEWORKS.map(|name| Subject { on: On::Framework(name), does: Does::Example }).into()
}

/// The others, the first of which is on a framework of ours.
#[must_use]
pub fn peers() -> Vec<Subject> {
    let peer = |on| Subject { on, does: Does::Peer };
    [On::Framework("axum")].into_iter().chain(OTHERS.map(On::Other)).map(peer).collect()
}

/// The frameworks that the receiver has an adapter for.
pub const FRAMEWORKS: [&str; 3] = ["axum", "actix", "warp"];
const OWN: [Does; 6] =
    [Does::Bare, Does::Hand, Does::Strict, Does::Receiver, Does::Bearer, Does::Basic];
/// The programs of others.
pub const OTHERS: [&str; 4] = ["go", "fastify", "express", "fastapi"];
