//! Callers with the wrong credentials.

use std::net::Ipv4Addr;
use std::time::Duration;

use receiver_tests::server::Server;
use tokio::time::{Instant, interval};

use crate::load::deliver;
use crate::process::memory;
use crate::report::Row;
use crate::wire::{BAD, Counter, FORGERY, ask, connect};

/// A thousand a second from one address, beside good traffic from another.
pub(crate) async fn one_address(name: &str, server: &Server, seconds: u64) -> Row {
    let (to, time) = (server.address(), Duration::from_secs(seconds));
    let client = async {
        let (start, mut counter) = (Instant::now(), Counter::default());
        let (mut ticks, mut stream) = (interval(Duration::from_millis(1)), None);
        while start.elapsed() < time {
            ticks.tick().await;
            if stream.is_none() {
                stream = connect(BAD, to).await.ok();
            }
            match &mut stream {
                Some(open) => match ask(open, FORGERY).await {
                    Ok(told) => counter.add(&told),
                    Err(_) => stream = None,
                },
                None => break,
            }
        }
        counter
    };
    let (counter, good) = tokio::join!(client, deliver(to, time));

    let mut wrong = Vec::new();
    let allowed = 100 + usize::try_from(seconds).unwrap_or(0) / 10 + 1;
    if counter.of(401) > allowed || counter.of(200) > 0 || counter.of(429) == 0 {
        wrong.push(format!("{} were looked at", counter.of(401)));
    }
    if counter.retries != counter.of(429) {
        wrong.push("no Retry-After".to_owned());
    }
    if good.failed > 0 {
        wrong.push(format!("{} good deliveries failed", good.failed));
    }
    let p99 = good.p99().as_secs_f64() * 1e3;
    let figures = format!("{counter}; good p99 {p99:.1} ms, {} failed", good.failed);
    let check = "1,000 wrong credentials a second".to_owned();
    Row { check, server: name.to_owned(), figures, wrong }
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

    let mut wrong = Vec::new();
    let refused = counter.of(401) + counter.of(429);
    if refused != usize::try_from(count).unwrap_or(0) {
        wrong.push(format!("{refused} of {count} are refused"));
    }
    if growth > 16.0 {
        wrong.push("over 16 MiB".to_owned());
    }
    if good.failed > 0 {
        wrong.push(format!("{} good deliveries failed", good.failed));
    }
    let figures = format!("{counter}; {growth:+.1} MiB");
    Row {
        check: "wrong credentials from many addresses".to_owned(),
        server: name.to_owned(),
        figures,
        wrong,
    }
}
