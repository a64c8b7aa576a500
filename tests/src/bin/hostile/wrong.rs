//! Callers with the wrong credentials.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use futures_util::future::join_all;
use receiver_tests::server::Server;
use tokio::time::{Instant, interval};

use crate::load::deliver;
use crate::process::memory;
use crate::report::Row;
use crate::stream::per_second;
use crate::verdict::Verdict;
use crate::wire::{BAD, Counter, FORGERY, ask, connect};

/// A thousand a second from one address, beside good traffic from another.
pub(crate) async fn one_address(name: &str, server: &Server, time: Duration) -> Row {
    let to = server.address();
    let clients = join_all((0..CONNECTIONS).map(|_| forge(to, time)));
    let (told, good) = tokio::join!(clients, deliver(to, time));
    let mut counter = Counter::default();
    for told in &told {
        counter.add(told);
    }

    let mut verdict = Verdict::default();
    let rate = per_second(counter.total(), time);
    verdict.hold(rate >= 900, "less than 900 a second were answered", rate);
    verdict.hold(counter.of(200) == 0, "it lets them in", counter.of(200));
    let looked = counter.total() - counter.of(429);
    let allowed = 100 + usize::try_from(time.as_secs()).unwrap_or(0) / 10 + 1;
    verdict.hold(looked <= allowed, "it looks at too many", looked);
    counter.hold_retries(&mut verdict);
    counter.hold_secrets(&mut verdict);
    verdict.hold(good.failed == 0, "good deliveries failed", good.failed);
    let p99 = good.p99().as_secs_f64() * 1e3;
    let figures =
        format!("{rate} a second: {counter}; good p99 {p99:.1} ms, {} failed", good.failed);
    Row::new("1,000 wrong credentials a second", name, figures, verdict)
}

/// One connection's share of a thousand a second.
async fn forge(to: SocketAddr, time: Duration) -> Counter {
    let (start, mut counter) = (Instant::now(), Counter::default());
    let (mut ticks, mut kept) = (interval(EACH), None);
    while start.elapsed() < time {
        ticks.tick().await;
        let mut told = None;
        if let Some(stream) = &mut kept {
            told = ask(stream, FORGERY).await.ok();
        }
        // A connection may be closed behind a refusal. Then there is another, as of any client.
        if told.is_none() {
            kept = connect(BAD, to).await.ok();
            if let Some(stream) = &mut kept {
                told = ask(stream, FORGERY).await.ok();
            }
        }
        counter.add(&told.unwrap_or_default());
    }
    counter
}

/// One from each of many addresses, more than are remembered.
pub(crate) async fn many_addresses(name: &str, server: &Server, count: u32) -> Row {
    let to = server.address();
    let before = memory(server);
    let mut counter = Counter::default();
    for number in 0..count {
        let from = Ipv4Addr::from_bits(Ipv4Addr::new(127, 1, 0, 0).to_bits() + number);
        if let Ok(mut stream) = connect(from, to).await
            && let Ok(told) = ask(&mut stream, FORGERY).await
        {
            counter.add(&told);
        }
    }
    let growth = memory(server) - before;
    let good = deliver(to, Duration::from_secs(1)).await;

    let mut verdict = Verdict::default();
    let refused = counter.of(401) + counter.of(429);
    let is_each = refused == usize::try_from(count).unwrap_or(0);
    verdict.hold(is_each, "not each is refused", format!("{refused} of {count}"));
    counter.hold_secrets(&mut verdict);
    verdict.hold(growth <= 16.0, "it grows by over 16 MiB", format!("{growth:.0}"));
    verdict.hold(good.failed == 0, "good deliveries failed", good.failed);
    let figures = format!("{counter}; {growth:+.1} MiB");
    Row::new("wrong credentials from many addresses", name, figures, verdict)
}

/// Those who are wrong a thousand times a second, and when each of them is.
const CONNECTIONS: usize = 8;
const EACH: Duration = Duration::from_millis(8);
