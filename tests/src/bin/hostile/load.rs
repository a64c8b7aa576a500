//! Good traffic: two hundred deliveries a second on four kept connections.

use std::net::SocketAddr;
use std::time::Duration;

use tokio::time::{Instant, interval};

use crate::wire::{DELIVERY, GOOD, ask, connect};

/// How good traffic fared.
#[derive(Debug, Default)]
pub(crate) struct Fared {
    /// The time from when a delivery was due until it was answered, sorted.
    times: Vec<Duration>,
    /// Deliveries that were not answered with 200.
    pub(crate) failed: usize,
}

impl Fared {
    /// Both, as if they were one.
    pub(crate) fn and(mut self, other: Self) -> Self {
        self.times.extend(other.times);
        self.times.sort();
        Self { times: self.times, failed: self.failed + other.failed }
    }

    pub(crate) fn p99(&self) -> Duration {
        self.times.get(self.times.len() * 99 / 100).copied().unwrap_or_default()
    }
}

/// Delivers for so long. A delivery that comes late is late by the time it was due, so that a server
/// that stands still is not spared.
pub(crate) async fn deliver(to: SocketAddr, time: Duration) -> Fared {
    let clients = (0..4).map(|_| async move {
        let (start, mut fared) = (Instant::now(), Fared::default());
        let (mut ticks, mut stream) = (interval(Duration::from_millis(20)), None);
        while start.elapsed() < time {
            let due = ticks.tick().await;
            if stream.is_none() {
                stream = connect(GOOD, to).await.ok();
            }
            let answered = match &mut stream {
                Some(stream) => ask(stream, DELIVERY)
                    .await
                    .is_ok_and(|told| told.of(200) == 1 && told.leaks == 0),
                None => false,
            };
            if answered {
                fared.times.push(due.elapsed());
            } else {
                fared.failed += 1;
                stream = None;
            }
        }
        fared
    });
    futures_util::future::join_all(clients).await.into_iter().fold(Fared::default(), Fared::and)
}

/// How long it takes until ten deliveries in a row are answered at once, or somewhat more than it may.
pub(crate) async fn recovery(to: SocketAddr) -> Duration {
    let start = Instant::now();
    let mut well = 0;
    while well < 10 && start.elapsed() < RECOVERY + Duration::from_secs(1) {
        let asked = Instant::now();
        let told = match connect(GOOD, to).await {
            Ok(mut stream) => ask(&mut stream, DELIVERY).await.ok(),
            Err(_) => None,
        };
        let is_well = told.is_some_and(|told| told.of(200) == 1)
            && asked.elapsed() < Duration::from_millis(250);
        well = if is_well { well + 1 } else { 0 };
    }
    start.elapsed()
}

/// How long it may take to be well again.
pub(crate) const RECOVERY: Duration = Duration::from_secs(5);
