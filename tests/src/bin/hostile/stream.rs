//! Deliveries one behind the other, on connections that wait for no answer.

use std::cell::Cell;
use std::net::SocketAddr;
use std::time::Duration;

use futures_util::future::join_all;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::net::tcp::{ReadHalf, WriteHalf};
use tokio::time::{Instant, interval_at, sleep, sleep_until, timeout_at};

use crate::load::recovery;
use crate::wire::{Counter, DELIVERY, GOOD, connect};

/// What became of what was offered.
#[derive(Debug, Default)]
pub(crate) struct Offered {
    /// Deliveries that were sent in time.
    pub(crate) sent: usize,
    /// What all of them were answered, in time and afterwards.
    pub(crate) counter: Counter,
    /// From the end of the time to the last answer.
    pub(crate) after: Duration,
    /// From the end of the time until somebody else is answered as ever, though those may still wait.
    pub(crate) again: Duration,
}

/// How many are answered a second when there are always some on the way.
pub(crate) async fn capacity(to: SocketAddr, time: Duration) -> usize {
    let batch = DELIVERY.repeat(AHEAD);
    let clients = (0..MEASURING).map(|_| async {
        let Ok(mut stream) = connect(GOOD, to).await else { return 0 };
        let (start, mut counter, mut bytes) = (Instant::now(), Counter::default(), vec![0; BUFFER]);
        while start.elapsed() < time && stream.write_all(&batch).await.is_ok() {
            let due = counter.total() + AHEAD;
            while counter.total() < due {
                match stream.read(&mut bytes).await {
                    Ok(count) if count > 0 => counter.read(bytes.get(..count).unwrap_or_default()),
                    _ => return counter.total(),
                }
            }
        }
        counter.total()
    });
    let start = Instant::now();
    let answered: usize = join_all(clients).await.into_iter().sum();
    per_second(answered, start.elapsed())
}

/// Sends so many a second, each when it is due, whether or not those before it were answered. What is
/// on the way then is waited for.
pub(crate) async fn offer(to: SocketAddr, rate: usize, time: Duration) -> Offered {
    let streams = join_all((0..CONNECTIONS).map(|_| connect(GOOD, to))).await;
    let start = Instant::now();
    let last = Cell::new(start);
    let clients = streams.into_iter().enumerate().map(|(number, stream)| {
        let schedule = Schedule { start, end: start + time, rate, number };
        let last = &last;
        async move {
            let mut stream = stream.ok()?;
            let (sent, counter) = play(&mut stream, schedule, last).await;
            // All hang up together.
            Some((stream, sent, counter))
        }
    });
    let (clients, again) = tokio::join!(join_all(clients), async {
        sleep_until(start + time).await;
        recovery(to).await
    });
    let mut offered = Offered { again, ..Offered::default() };
    for (_, sent, counter) in clients.iter().flatten() {
        offered.sent += sent;
        offered.counter.add(counter);
    }
    offered.after = last.get().saturating_duration_since(start + time);
    offered
}

/// What one connection sends.
#[derive(Clone, Copy)]
struct Schedule {
    start: Instant,
    end: Instant,
    /// Of all connections, a second.
    rate: usize,
    number: usize,
}

impl Schedule {
    /// So many are due by now.
    fn due(&self) -> usize {
        let passed = Instant::now().min(self.end).duration_since(self.start).as_micros();
        let all =
            usize::try_from(passed).unwrap_or(usize::MAX).saturating_mul(self.rate) / 1_000_000;
        // Each has its turn, so that few a second are not sent by all at once.
        (all + self.number) / CONNECTIONS
    }
}

/// How many were sent, and what was answered.
async fn play(
    stream: &mut TcpStream,
    schedule: Schedule,
    last: &Cell<Instant>,
) -> (usize, Counter) {
    let (reader, writer) = stream.split();
    let (sent, is_over) = (Cell::new(0), Cell::new(false));
    let ((), counter) = tokio::join!(
        async {
            send(writer, schedule, &sent).await;
            is_over.set(true);
        },
        receive(reader, last, |count| is_over.get() && count >= sent.get()),
    );
    (sent.get(), counter)
}

/// Writes what is due. Half a delivery counts for nothing.
async fn send(mut writer: WriteHalf<'_>, schedule: Schedule, sent: &Cell<usize>) {
    let batch = DELIVERY.repeat(AHEAD);
    let lag = TURN * u32::try_from(schedule.number).unwrap_or(0);
    let mut ticks = interval_at(schedule.start + lag, EACH);
    let mut written = 0;
    while Instant::now() < schedule.end {
        ticks.tick().await;
        while written < schedule.due() * DELIVERY.len() {
            let rest = schedule.due() * DELIVERY.len() - written;
            let next = batch.get(written % DELIVERY.len()..).unwrap_or_default();
            let next = next.get(..rest).unwrap_or(next);
            match timeout_at(schedule.end, writer.write(next)).await {
                Ok(Ok(count)) => written += count,
                _ => return,
            }
            sent.set(written / DELIVERY.len());
        }
    }
}

/// Counts answers until all are there, or none came to anybody for long.
async fn receive(
    mut reader: ReadHalf<'_>,
    last: &Cell<Instant>,
    is_all: impl Fn(usize) -> bool,
) -> Counter {
    let (mut counter, mut bytes) = (Counter::default(), vec![0; BUFFER]);
    while !is_all(counter.total()) {
        tokio::select! {
            read = reader.read(&mut bytes) => match read {
                Ok(count) if count > 0 => {
                    counter.read(bytes.get(..count).unwrap_or_default());
                    last.set(Instant::now());
                }
                _ => break,
            },
            () = sleep(Duration::from_millis(200)) => if last.get().elapsed() > SILENCE { break },
        }
    }
    counter
}

pub(crate) fn per_second(count: usize, time: Duration) -> usize {
    let time = usize::try_from(time.as_micros()).unwrap_or(usize::MAX).max(1);
    count.saturating_mul(1_000_000) / time
}

/// Connections of those who offer too much.
pub(crate) const CONNECTIONS: usize = 512;
/// As many as keep a server busy, and so many ahead of the answers on each.
const MEASURING: usize = 32;
const AHEAD: usize = 16;
/// Each connection sends so often.
const EACH: Duration = Duration::from_millis(50);
/// One after the other, so that there is always one whose turn it is.
const TURN: Duration = Duration::from_micros(97);
/// When nobody was answered for so long, nobody will be.
const SILENCE: Duration = Duration::from_secs(5);
const BUFFER: usize = 16 * 1024;
