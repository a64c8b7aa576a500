//! `Middle`: what is in the middle of many figures. `tests/measured` has it too.

use std::fmt;

/// The median, and between what the middle half lies.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Middle {
    pub(crate) median: f64,
    from: f64,
    to: f64,
}

impl Middle {
    /// `None` of no figures.
    pub(crate) fn of(mut figures: Vec<f64>) -> Option<Self> {
        figures.sort_by(f64::total_cmp);
        let last = figures.len().checked_sub(1)?;
        // A quarter that falls between two figures lies half-way.
        let quarter = |quarters: usize| {
            let at = last.saturating_mul(quarters);
            Some(f64::midpoint(*figures.get(at / 4)?, *figures.get(at.div_ceil(4))?))
        };
        Some(Self { median: quarter(2)?, from: quarter(1)?, to: quarter(3)? })
    }
}

/// What is counted and not measured.
impl From<f64> for Middle {
    fn from(figure: f64) -> Self {
        Self { median: figure, from: figure, to: figure }
    }
}

impl fmt::Display for Middle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { median, from, to } = self;
        write!(f, "{median:.2}")?;
        if from < to { write!(f, " ({from:.2} to {to:.2})") } else { Ok(()) }
    }
}
