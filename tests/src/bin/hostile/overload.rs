//! Five times what a server can take.

use std::io;
use std::time::{Duration, Instant};

use futures_util::future::join_all;
use receiver_tests::server::Server;
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::load::{RECOVERY, recovery};
use crate::report::Row;
use crate::stream::{self, CONNECTIONS, offer, per_second};
use crate::verdict::Verdict;
use crate::wire::{Counter, DELIVERY, answer, apart, ask, connect};

/// Deliveries at five times the rate that it answers, however many of them are answered.
pub(crate) async fn rate(name: &str, server: &Server, time: Duration) -> Row {
    let to = server.address();
    let mut capacity = 0;
    // The best of some turns: whatever else the machine does only takes away.
    for _ in 0..TURNS {
        capacity = capacity.max(stream::capacity(to, time / TURNS).await);
    }
    let offered = offer(to, capacity * 5, time).await;

    let (rate, lost) =
        (per_second(offered.sent, time), offered.sent.saturating_sub(offered.counter.total()));
    let answered = per_second(offered.counter.total(), time + offered.after);
    let mut verdict = Verdict::default();
    // Whoever answers much more than was measured was not offered five times what it can take.
    let is_enough = rate * 2 >= capacity * 9 && rate >= answered * 3;
    let seen = format!("{rate} a second");
    verdict.hold(is_enough, "less than four and a half times was offered", seen);
    hold(&mut verdict, &offered.counter, lost, offered.again);
    let figures = format!(
        "{capacity} a second are answered; {rate} a second sent by {CONNECTIONS} connections for {:.1} s: {}, {lost} without an answer; the last {:.1} s after, which is {answered} a second; others are answered as ever {:.1} s after",
        time.as_secs_f64(),
        offered.counter,
        offered.after.as_secs_f64(),
        offered.again.as_secs_f64(),
    );
    Row::new("five times the rate", name, figures, verdict)
}

/// More deliveries at once than there are places, each of them a second long, from four addresses: for one the last
/// quarter is not.
pub(crate) async fn places(name: &str, server: &Server, count: usize) -> Row {
    let to = server.address();
    recovery(to).await;
    // Who never delivered anything has few places.
    let addresses = [0, 1, 2, 3].map(|number| apart(number, to));
    for from in addresses {
        let known = async { ask(&mut connect(from, to).await?, DELIVERY).await };
        assert_eq!(known.await.unwrap_or_default().of(200), 1, "it delivers");
    }
    let start = Instant::now();
    let clients = addresses.into_iter().cycle().take(count);
    let clients = clients.map(|from| async move { one(connect(from, to).await?).await });
    let (mut counter, mut lost) = (Counter::default(), 0);
    for told in join_all(clients).await {
        match told {
            Ok(told) => counter.add(&told),
            Err(_) => lost += 1,
        }
    }
    let took = start.elapsed();
    let again = recovery(to).await;

    let mut verdict = Verdict::default();
    verdict.hold(counter.of(503) > 0, "nobody is refused", &counter);
    hold(&mut verdict, &counter, lost, again);
    let figures = format!(
        "{count} deliveries at once, {lost} without an answer: {counter}; over after {:.1} s, well again after {:.1} s",
        took.as_secs_f64(),
        again.as_secs_f64(),
    );
    Row::new("more than there are places", name, figures, verdict)
}

/// What must be so after too much, of whatever kind.
fn hold(verdict: &mut Verdict, counter: &Counter, lost: usize, again: Duration) {
    counter.hold_overload(verdict);
    verdict.hold(lost == 0, "without an answer", lost);
    let seen = format!("{:.1} s", again.as_secs_f64());
    verdict.hold(again <= RECOVERY, "it does not recover", seen);
}

/// A delivery whose body comes in two parts, the second after a second.
async fn one(mut stream: TcpStream) -> io::Result<Counter> {
    let (first, second) = DELIVERY.split_at(DELIVERY.len() - 10);
    stream.write_all(first).await?;
    // Whoever is refused is told before the rest.
    match timeout(Duration::from_secs(1), answer(&mut stream)).await {
        Ok(refused) => refused,
        Err(_) => ask(&mut stream, second).await,
    }
}

/// How often the rate is measured.
const TURNS: u32 = 5;
