//! Measures several things in turns, so that whatever else the machine does disturbs all alike.

use std::time::{Duration, Instant};

use crate::middle::Middle;

/// What is measured: it is called many times over.
pub(crate) type Case<'c> = &'c mut dyn FnMut();

/// Nanoseconds for each case, a round each.
pub(crate) struct Rounds<const N: usize>(Vec<[f64; N]>);

impl<const N: usize> Rounds<N> {
    /// Measures each case once a round, right after its neighbour.
    pub(crate) fn of(mut cases: [Case<'_>; N]) -> Self {
        let times = cases.each_mut().map(|case| repetitions(*case));
        let round = |_| {
            let mut at = 0..;
            cases.each_mut().map(|case| {
                let times = at.next().and_then(|at: usize| times.get(at)).copied().unwrap_or(1);
                time(*case, times).as_secs_f64() * 1e9 / f64::from(times)
            })
        };
        Self((0..ROUNDS).map(round).collect())
    }

    /// The middle of what is made of each round's figures.
    pub(crate) fn middle(&self, figure: impl Fn([f64; N]) -> f64) -> Middle {
        let figures = self.0.iter().map(|round| figure(*round)).collect();
        Middle::of(figures).unwrap_or(f64::NAN.into())
    }

    pub(crate) fn median(&self, figure: impl Fn([f64; N]) -> f64) -> f64 {
        self.middle(figure).median
    }
}

/// How often a case is called for a measurement that a clock can tell.
fn repetitions(case: Case<'_>) -> u32 {
    let mut times = 1;
    while time(case, times) < SHORTEST {
        times *= 2;
    }
    times
}

fn time(case: Case<'_>, times: u32) -> Duration {
    let start = Instant::now();
    for _ in 0..times {
        case();
    }
    start.elapsed()
}

const SHORTEST: Duration = Duration::from_micros(150);
const ROUNDS: usize = 101;
