//! `Tally`: what all answers were, and how long they took.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::time::{Duration, Instant};

use anstyle::Style;
use http::StatusCode;
use serde_json::json;

use super::load::Outcome;
use crate::Failure;
use crate::screen::{BAD, GOOD, Screen, plain};

/// What a fault should be answered with.
#[derive(Clone, Copy)]
pub(super) struct Documented {
    pub(super) fault: &'static str,
    pub(super) status: StatusCode,
}

impl Documented {
    /// Where a receiver accepts, it is the handler that says with which status.
    fn is_met(self, status: StatusCode) -> bool {
        status == self.status || self.status.is_success() && status.is_success()
    }
}

/// Answers, counted.
pub(super) struct Tally {
    documented: Option<Documented>,
    start: Instant,
    statuses: BTreeMap<u16, u64>,
    errors: BTreeMap<String, u64>,
    times: Vec<Duration>,
    is_good: bool,
}

impl Tally {
    pub(super) fn new(documented: Option<Documented>) -> Self {
        Self {
            documented,
            start: Instant::now(),
            statuses: BTreeMap::new(),
            errors: BTreeMap::new(),
            times: Vec::new(),
            is_good: true,
        }
    }

    pub(super) fn add(&mut self, outcome: &Outcome) {
        let count = match &outcome.answer {
            Ok(answer) => {
                let status = answer.status();
                self.is_good &= self.documented.map_or(status.is_success(), |it| it.is_met(status));
                self.times.push(outcome.took);
                self.statuses.entry(status.as_u16()).or_default()
            }
            Err(why) => {
                self.is_good = false;
                self.errors.entry(plain(why)).or_default()
            }
        };
        *count = count.saturating_add(1);
    }

    /// Whether every answer was what it should be.
    pub(super) fn is_good(&self) -> bool {
        self.is_good
    }

    pub(super) fn print(
        &mut self,
        screen: &mut Screen,
        is_json: bool,
        has_several: bool,
    ) -> Result<(), Failure> {
        self.times.sort_unstable();
        let (p50, p99) = (millis(rank(&self.times, 50)), millis(rank(&self.times, 99)));
        let seconds = self.start.elapsed().as_secs_f64();
        if has_several && is_json {
            let summary = json!({
                "statuses": self.statuses, "errors": self.errors, "seconds": seconds,
                "p50_ms": p50, "p99_ms": p99, "documented": self.documented.map(|it| it.status.as_u16()),
                "good": self.is_good,
            });
            writeln!(screen, "{summary}")?;
        } else if has_several {
            for (status, count) in &self.statuses {
                let style = StatusCode::from_u16(*status).map_or(BAD, status_style);
                writeln!(screen, "{style}{status}{style:#}  {count}")?;
            }
            for (why, count) in &self.errors {
                writeln!(screen, "{BAD}---{BAD:#}  {count}: {why}")?;
            }
            writeln!(screen, "p50 {p50} ms, p99 {p99} ms, all in {seconds:.1} s")?;
        }
        if let Some(Documented { fault, status }) = self.documented.filter(|_| !is_json) {
            let (style, word) =
                if self.is_good { (GOOD, "as documented") } else { (BAD, "not as documented") };
            writeln!(screen, "{style}{word}{style:#}: {fault} is answered {}", status.as_u16())?;
        }
        Ok(())
    }
}

pub(super) fn status_style(status: StatusCode) -> Style {
    if status.is_success() { GOOD } else { BAD }
}

/// Milliseconds, to a tenth.
pub(super) fn millis(time: Duration) -> f64 {
    (time.as_secs_f64() * 10_000.0).round() / 10.0
}

/// The time that so many of a hundred are not over.
fn rank(sorted: &[Duration], percent: usize) -> Duration {
    let place = sorted.len().saturating_mul(percent).div_ceil(100).saturating_sub(1);
    sorted.get(place).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::rank;

    #[test]
    fn a_rank_is_a_time_that_was_measured() {
        let times: Vec<_> = (1..=200).map(Duration::from_millis).collect();
        assert_eq!(rank(&times, 50), Duration::from_millis(100));
        assert_eq!(rank(&times, 99), Duration::from_millis(198));
        assert_eq!(rank(&times[..1], 50), Duration::from_millis(1));
        assert_eq!(rank(&[], 99), Duration::ZERO);
    }
}
