//! `Clock`: a clock that stands until a test moves it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// A clock that stands until a test moves it. A clone is the same clock.
///
/// ```
/// use std::time::Duration;
/// use receiver_core::scheme::Bearer;
/// use receiver_core::testing::Clock;
/// use receiver_core::{Json, Receiver, Secret};
///
/// let clock = Clock::default();
/// let receiver = Receiver::<Json<u32>>::new(Bearer::new(Secret::new("correct-horse")?)?)
///     .with_clock(clock.reader());
/// clock.advance(Duration::from_secs(301));
/// # Ok::<(), receiver_core::InvalidSecret>(())
/// ```
#[derive(Clone, Debug)]
pub struct Clock(Arc<Mutex<SystemTime>>);

impl Clock {
    /// A clock that stands at this time.
    #[must_use]
    pub fn at(now: SystemTime) -> Self {
        Self(Arc::new(Mutex::new(now)))
    }

    /// Where it stands.
    #[must_use]
    pub fn now(&self) -> SystemTime {
        *self.hand()
    }

    /// Sets it to this time, be it earlier or later.
    pub fn set(&self, now: SystemTime) {
        *self.hand() = now;
    }

    /// Moves it on by this time; past the end of all time, not at all.
    pub fn advance(&self, by: Duration) {
        let mut hand = self.hand();
        *hand = hand.checked_add(by).unwrap_or(*hand);
    }

    /// What reads it, for [`Receiver::with_clock`](crate::Receiver::with_clock).
    pub fn reader(&self) -> impl Fn() -> SystemTime + Send + Sync + 'static {
        let clock = self.clone();
        move || clock.now()
    }

    /// A test that failed while it held the hand has left it at a time all the same.
    fn hand(&self) -> MutexGuard<'_, SystemTime> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The first second of 2026.
impl Default for Clock {
    fn default() -> Self {
        let new_year = UNIX_EPOCH.checked_add(Duration::from_secs(1_767_225_600));
        Self::at(new_year.unwrap_or(UNIX_EPOCH))
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

    use super::Clock;

    #[test]
    fn it_stands_until_it_is_moved_and_a_clone_is_the_same() {
        let clock = Clock::default();
        let read = clock.reader();
        let stands_at = |millis| {
            let since = read().duration_since(UNIX_EPOCH).expect("a time").as_millis();
            assert_eq!(since, millis);
        };
        stands_at(1_767_225_600_000);
        clock.clone().advance(Duration::from_millis(1500));
        stands_at(1_767_225_601_500);
        clock.advance(Duration::MAX);
        stands_at(1_767_225_601_500);
        clock.set(UNIX_EPOCH);
        assert_eq!(read(), UNIX_EPOCH);
    }
}
