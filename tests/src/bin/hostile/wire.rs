//! A client of one connection that counts what it is answered.

use std::collections::BTreeMap;
use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::timeout;

/// Whom good traffic comes from.
pub(crate) const GOOD: Ipv4Addr = Ipv4Addr::LOCALHOST;
/// Whom attacks come from.
pub(crate) const BAD: Ipv4Addr = Ipv4Addr::new(127, 0, 0, 2);

/// A right delivery, with its connection kept.
pub(crate) const DELIVERY: &[u8] = b"POST /webhooks/own HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer own-token-77f2\r\nContent-Type: application/json\r\nContent-Length: 21\r\n\r\n{\"id\":\"1\",\"type\":\"x\"}";
/// A delivery with the wrong credentials.
pub(crate) const FORGERY: &[u8] = b"POST /webhooks/own HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer wrong\r\nContent-Type: application/json\r\nContent-Length: 21\r\n\r\n{\"id\":\"1\",\"type\":\"x\"}";

/// Connects from an address of this machine. It gives up after three seconds.
pub(crate) async fn connect(from: Ipv4Addr, to: SocketAddr) -> io::Result<TcpStream> {
    let socket = TcpSocket::new_v4()?;
    socket.set_reuseaddr(true)?;
    socket.bind((IpAddr::V4(from), 0).into())?;
    let stream = timeout(Duration::from_secs(3), socket.connect(to)).await??;
    stream.set_nodelay(true)?;
    Ok(stream)
}

/// Sends a request and reads its answer, in at most five seconds.
pub(crate) async fn ask(stream: &mut TcpStream, request: &[u8]) -> io::Result<Counter> {
    timeout(Duration::from_secs(5), async {
        stream.write_all(request).await?;
        answer(stream).await
    })
    .await?
}

/// Reads an answer.
pub(crate) async fn answer(stream: &mut TcpStream) -> io::Result<Counter> {
    let mut counter = Counter::default();
    let mut bytes = [0; 4096];
    while !counter.is_whole {
        let count = stream.read(&mut bytes).await?;
        if count == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        counter.read(bytes.get(..count).unwrap_or_default());
    }
    Ok(counter)
}

/// Counts answers by status, in whatever pieces they come. All of them are small.
#[derive(Debug, Default)]
pub(crate) struct Counter {
    pub(crate) statuses: BTreeMap<u16, usize>,
    /// Refusals that say when to come again.
    pub(crate) retries: usize,
    /// Whether the last answer is whole.
    is_whole: bool,
    rest: Vec<u8>,
}

impl Counter {
    pub(crate) fn read(&mut self, bytes: &[u8]) {
        self.rest.extend(bytes);
        self.is_whole = false;
        while let Some(end) = self.rest.windows(4).position(|window| window == b"\r\n\r\n") {
            let head = self.rest.get(..end).unwrap_or_default().to_ascii_lowercase();
            let head = String::from_utf8_lossy(&head).into_owned();
            let length = head.split("content-length: ").nth(1).map_or(0, |rest| {
                rest.lines().next().and_then(|length| length.parse().ok()).unwrap_or(0)
            });
            let whole = end + 4 + length;
            if self.rest.len() < whole {
                return;
            }
            self.rest.drain(..whole);
            let status = head.split(' ').nth(1).and_then(|status| status.parse().ok());
            *self.statuses.entry(status.unwrap_or(0)).or_default() += 1;
            self.retries += usize::from(head.contains("retry-after: "));
            self.is_whole = self.rest.is_empty();
        }
    }

    pub(crate) fn add(&mut self, other: &Self) {
        for (status, count) in &other.statuses {
            *self.statuses.entry(*status).or_default() += count;
        }
        self.retries += other.retries;
    }

    pub(crate) fn of(&self, status: u16) -> usize {
        self.statuses.get(&status).copied().unwrap_or(0)
    }

    /// What may not be answered to too much: anything but 200, 429 and 503, or these without a time.
    pub(crate) fn wrong(&self) -> Vec<String> {
        let others = self.statuses.iter().filter(|(status, _)| ![200, 429, 503].contains(*status));
        let mut wrong: Vec<_> = others.map(|(status, n)| format!("{n} times {status}")).collect();
        if self.retries != self.of(429) + self.of(503) {
            wrong.push("no Retry-After".to_owned());
        }
        wrong
    }
}

impl std::fmt::Display for Counter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let counts = self.statuses.iter().map(|(status, count)| format!("{count} x {status}"));
        f.write_str(&counts.collect::<Vec<_>>().join(", "))
    }
}
