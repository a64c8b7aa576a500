//! Figures of all rounds, and what is made of them.

use receiver_measured::subject::Subject;

use crate::middle::Middle;

/// One subject in one round.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Run {
    /// Requests in a second.
    pub(crate) rate: f64,
    /// Microseconds until half of them were answered, and 99 of a hundred.
    pub(crate) p50: f64,
    pub(crate) p99: f64,
    /// Microseconds of the server's processor for each.
    pub(crate) processor: f64,
    /// How much of its core the server used: with less than all of it, something else was the limit.
    pub(crate) busy: f64,
}

/// One subject in all rounds.
#[derive(Debug)]
pub(crate) struct Measured {
    pub(crate) subject: Subject,
    /// What it says it is.
    pub(crate) about: String,
    /// A run for each round, or why there is none.
    pub(crate) runs: Result<Vec<Run>, String>,
}

impl Measured {
    pub(crate) fn runs(&self) -> &[Run] {
        self.runs.as_deref().unwrap_or_default()
    }

    /// The median of a figure; none if it was not measured.
    pub(crate) fn median(&self, figure: impl Fn(&Run) -> f64) -> Option<f64> {
        Middle::of(self.runs().iter().map(figure).collect()).map(|middle| middle.median)
    }

    /// The middle over the rounds of this figure beside the other's in the same round, so that what else the
    /// machine did disturbs both.
    pub(crate) fn beside(&self, other: &Self, figure: impl Fn(&Run) -> f64) -> Option<Middle> {
        let both = self.runs().iter().zip(other.runs());
        Middle::of(both.map(|(own, other)| figure(own) / figure(other)).collect())
    }
}

#[cfg(test)]
mod tests {
    use receiver_measured::subject::{Does, On};

    use super::*;

    fn measured(rates: &[f64]) -> Measured {
        let run = |rate: &f64| Run { rate: *rate, p50: 1.0, p99: 2.0, processor: 3.0, busy: 1.0 };
        let subject = Subject { on: On::Framework("axum"), does: Does::Bare };
        Measured { subject, about: String::new(), runs: Ok(rates.iter().map(run).collect()) }
    }

    #[test]
    fn the_median_stands_in_the_middle_of_the_middle_half() {
        let told = |figures: &[f64]| Middle::of(figures.to_vec()).map(|it| it.to_string());
        assert_eq!(told(&[]), None);
        assert_eq!(told(&[7.0]).as_deref(), Some("7.00"));
        assert_eq!(told(&[9.0, 1.0, 5.0, 7.0, 2.0]).as_deref(), Some("5.00 (2.00 to 7.00)"));
        assert_eq!(told(&[9.0, 1.0, 5.0, 4.0]).as_deref(), Some("4.50 (2.50 to 7.00)"));
    }

    #[test]
    fn a_ratio_is_taken_within_a_round() {
        // The machine slowed down by half in each round; the medians of the rates alone would say 1.
        let (own, other) = (measured(&[80.0, 40.0, 20.0]), measured(&[100.0, 50.0, 25.0]));
        assert_eq!(own.beside(&other, |run| run.rate).map(|it| it.median), Some(0.8));
        assert_eq!(own.median(|run| run.rate), Some(40.0));
    }

    #[test]
    fn what_was_not_measured_has_no_figure() {
        let missing = Measured { runs: Err("not installed".to_owned()), ..measured(&[]) };
        assert_eq!(missing.median(|run| run.rate), None);
        assert_eq!(missing.beside(&measured(&[1.0]), |run| run.rate), None);
    }
}
