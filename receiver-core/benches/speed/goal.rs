//! A figure that should be so much. `tests/measured` tells its goals with this file too.

use std::fmt;

use crate::middle::Middle;

#[derive(Debug)]
pub(crate) struct Goal {
    pub(crate) name: &'static str,
    pub(crate) figure: String,
    /// None for what is no goal, and worth to be known beside one.
    pub(crate) bound: Option<Bound>,
    pub(crate) measured: Middle,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Bound {
    AtMost(f64),
    AtLeast(f64),
}

impl Bound {
    pub(crate) fn holds(self, measured: f64) -> bool {
        match self {
            Self::AtMost(most) => measured <= most,
            Self::AtLeast(least) => measured >= least,
        }
    }
}

impl fmt::Display for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AtMost(most) => write!(f, "≤ {most}"),
            Self::AtLeast(least) => write!(f, "≥ {least}"),
        }
    }
}

/// A line of a table.
impl fmt::Display for Goal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, figure, bound, measured } = self;
        let verdict = match bound {
            None => "",
            Some(bound) if bound.holds(measured.median) => "met",
            Some(_) => "**not met**",
        };
        let bound = bound.map(|bound| bound.to_string()).unwrap_or_default();
        write!(f, "| {name} | {figure} | {bound} | {measured} | {verdict} |")
    }
}
