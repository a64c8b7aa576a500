//! Five times what a server can take.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use receiver_tests::server::Server;
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;
use tokio::time::{Instant, MissedTickBehavior, interval, timeout};

use crate::load::recovery;
use crate::report::Row;
use crate::wire::{Counter, DELIVERY, GOOD, answer, ask, connect};

/// Deliveries at five times the rate that it answers, on connections that wait for no answer.
pub(crate) async fn rate(name: &str, server: &Server, seconds: u64) -> Row {
    let (to, time) = (server.address(), Duration::from_secs(seconds));
    let clients = (0..CONNECTIONS).map(|_| async move {
        let Ok(mut stream) = connect(GOOD, to).await else { return 0 };
        let (start, mut answered) = (Instant::now(), 0);
        while start.elapsed() < time && ask(&mut stream, DELIVERY).await.is_ok() {
            answered += 1;
        }
        answered
    });
    let answered: u32 = futures_util::future::join_all(clients).await.into_iter().sum();
    let capacity = answered / u32::try_from(seconds).unwrap_or(1);

    let clients = (0..SENDERS).map(|_| offer(to, time, capacity * 5));
    let (mut counter, mut lost) = (Counter::default(), 0);
    for (told, its) in futures_util::future::join_all(clients).await {
        counter.add(&told);
        lost += its;
    }
    let again = recovery(to).await;

    let mut wrong = counter.wrong();
    if lost > 0 {
        wrong.push(format!("{lost} without an answer"));
    }
    if again > RECOVERY {
        wrong.push("it does not recover".to_owned());
    }
    let figures = format!(
        "{capacity} a second are answered; with {} a second offered by {SENDERS} connections: {counter}, {lost} without an answer; well again after {:.1} s",
        capacity * 5,
        again.as_secs_f64(),
    );
    Row { check: "five times the rate".to_owned(), server: name.to_owned(), figures, wrong }
}

/// One connection's share of so many deliveries a second. It sends one at a time, so what comes due
/// while it waits is held back, as by a sender that has so many connections and no more.
async fn offer(to: SocketAddr, time: Duration, rate: u32) -> (Counter, usize) {
    let (mut counter, mut lost, mut stream) = (Counter::default(), 0, None);
    let share = Duration::from_secs_f64(f64::from(SENDERS) / f64::from(rate.max(1)));
    let (start, mut ticks) = (Instant::now(), interval(share));
    ticks.set_missed_tick_behavior(MissedTickBehavior::Skip);
    while start.elapsed() < time {
        ticks.tick().await;
        if stream.is_none() {
            stream = connect(GOOD, to).await.ok();
        }
        let Some(open) = &mut stream else {
            lost += 1;
            continue;
        };
        let told = ask(open, DELIVERY).await.ok();
        // Who is refused before his body was read may have to connect again.
        if told.as_ref().is_none_or(|told| told.of(200) == 0) {
            stream = None;
        }
        lost += usize::from(told.is_none());
        counter.add(&told.unwrap_or_default());
    }
    (counter, lost)
}

/// More deliveries at once than there are places, each of them a second long.
pub(crate) async fn places(name: &str, server: &Server, count: usize) -> Row {
    let to = server.address();
    let start = Instant::now();
    let clients = (0..count).map(|_| async move { one(connect(GOOD, to).await?).await });
    let (mut counter, mut lost) = (Counter::default(), 0);
    for told in futures_util::future::join_all(clients).await {
        match told {
            Ok(told) => counter.add(&told),
            Err(_) => lost += 1,
        }
    }
    let took = start.elapsed();
    let again = recovery(to).await;

    let mut wrong = counter.wrong();
    if lost > 0 {
        wrong.push(format!("{lost} without an answer"));
    }
    if again > RECOVERY {
        wrong.push("it does not recover".to_owned());
    }
    let figures = format!(
        "{count} deliveries at once, {lost} without an answer: {counter}; over after {:.1} s, well again after {:.1} s",
        took.as_secs_f64(),
        again.as_secs_f64(),
    );
    Row { check: "more than there are places".to_owned(), server: name.to_owned(), figures, wrong }
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

/// As many as keep both sides busy.
const CONNECTIONS: usize = 32;
/// Connections of those who offer too much.
const SENDERS: u32 = 512;
/// How long it may take to be well again.
const RECOVERY: Duration = Duration::from_secs(5);
