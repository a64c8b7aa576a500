//! `Trouble`: what `--fault` names.

use http::StatusCode;
use receiver_core::scheme::Strength;
use receiver_core::testing::Fault;

/// What goes wrong.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Trouble {
    /// With the request.
    Fault(Fault),
    /// With the connection: the bytes are right and come in pieces.
    Slow,
}

impl Trouble {
    pub(super) fn names() -> impl Iterator<Item = &'static str> {
        Self::all().map(Self::as_str)
    }

    pub(super) fn find(name: &str) -> Result<Self, &'static str> {
        Self::all().find(|it| it.as_str() == name).ok_or("there is no such fault")
    }

    pub(super) fn fault(self) -> Option<Fault> {
        match self {
            Self::Fault(fault) => Some(fault),
            Self::Slow => None,
        }
    }

    /// What a receiver answers, with a handler that accepts.
    pub(super) fn status(self, strength: Strength) -> StatusCode {
        self.fault().map_or(StatusCode::REQUEST_TIMEOUT, |fault| fault.status(strength))
    }

    pub(super) fn as_str(self) -> &'static str {
        self.fault().map_or("slow", Fault::as_str)
    }

    fn all() -> impl Iterator<Item = Self> {
        Fault::ALL.into_iter().map(Self::Fault).chain([Self::Slow])
    }
}
