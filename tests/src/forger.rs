//! A forger at every door: right letters are spoiled, class by class or at random, and none that is
//! wrong may get in.

use std::collections::BTreeSet;
use std::str::FromStr;

use fastrand::Rng;

use crate::answer::Answer;

pub use bare::{bare, catalog};
pub use door::{Door, table};
pub use knows::Knows;
pub use letter::Letter;

mod bare;
mod door;
mod knows;
mod letter;
mod mutate;
mod spoil;

/// What came of an attack.
#[derive(Debug, Default)]
pub struct Tally {
    /// Letters that prove nothing, and were sent.
    pub wrong: usize,
    /// Letters that were spoiled where it does not matter: the credential stands in them whole.
    pub still_right: usize,
    /// Wrong letters that were let in; the first ones.
    pub accepted: Vec<String>,
    /// Letters that were answered with something else than they must be; the first ones.
    pub odd: Vec<String>,
}

impl Tally {
    /// Both together.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.wrong = self.wrong.saturating_add(other.wrong);
        self.still_right = self.still_right.saturating_add(other.still_right);
        self.accepted.extend(other.accepted);
        self.odd.extend(other.odd);
        self
    }

    /// Nothing wrong was let in, and nothing was answered oddly.
    pub fn assert_clean(&self) {
        assert!(self.accepted.is_empty(), "accepted:\n{}", self.accepted.join("\n"));
        assert!(self.odd.is_empty(), "answered oddly:\n{}", self.odd.join("\n"));
    }

    fn judge(&mut self, door: &Door, letter: &Letter, right: &Letter, refusal: &Answer) {
        let answer = (door.play)(letter);
        let tell = |list: &mut Vec<String>| {
            // The first ones are enough, and there may be a million.
            if list.len() < 20 {
                list.push(format!(
                    "{}: {} for {letter:?}\n  made of {right:?}",
                    door.name, answer.status
                ));
            }
        };
        if door.knows.holds(letter, right) {
            self.still_right = self.still_right.saturating_add(1);
            if answer.status >= 500 {
                tell(&mut self.odd);
            }
            return;
        }
        self.wrong = self.wrong.saturating_add(1);
        if answer.status < 400 {
            tell(&mut self.accepted);
        } else if answer != *refusal {
            tell(&mut self.odd);
        }
    }
}

/// Every class of wrong credential, one in so many of them, at this door.
#[must_use]
pub fn try_classes(door: &Door, one_in: usize) -> Tally {
    let (mut tally, refusal) = (Tally::default(), door.refusal());
    for right in &door.rights {
        for letter in spoiled(door, right, one_in) {
            tally.judge(door, &letter, right, &refusal);
        }
    }
    tally
}

/// A right letter spoiled in every way, one in so many of them, that can get to this door.
pub fn spoiled(door: &Door, right: &Letter, one_in: usize) -> impl Iterator<Item = Letter> {
    let spoiled: BTreeSet<_> = spoil::all(right, &door.knows).into_iter().collect();
    spoiled.into_iter().filter(|letter| door.can_send(letter)).step_by(one_in)
}

/// How much of it is tried: a number in the environment, or as much as a test should.
///
/// # Panics
///
/// When it is no number.
#[must_use]
pub fn setting<T: FromStr>(name: &str, usual: T) -> T {
    let text = std::env::var(name).ok();
    text.map_or(usual, |text| text.parse().ok().expect("a number"))
}

/// So many letters with one to three accidents each, the same for the same seed.
#[must_use]
pub fn mutate(door: &Door, count: usize, seed: u64) -> Tally {
    let (mut tally, refusal) = (Tally::default(), door.refusal());
    let mut rng = Rng::with_seed(seed);
    while tally.wrong < count {
        let Some(right) = rng.choice(&door.rights) else { break };
        let letter = mutate::once(right, &door.knows, &mut rng);
        if door.can_send(&letter) {
            tally.judge(door, &letter, right, &refusal);
        }
    }
    tally
}
