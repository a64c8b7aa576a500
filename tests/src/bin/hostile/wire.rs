//! A client of one connection that counts what it is answered.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::time::Duration;

use httparse::{EMPTY_HEADER, Response, Status};
use receiver_tests::battery::MARKERS;
use receiver_tests::leak;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::timeout;

use crate::verdict::Verdict;

/// Whom good traffic comes from.
pub(crate) const GOOD: Ipv4Addr = Ipv4Addr::LOCALHOST;
/// Whom attacks come from.
pub(crate) const BAD: Ipv4Addr = Ipv4Addr::new(127, 0, 0, 2);

/// One of the addresses that nobody else comes from to this server, nor to another: of one that thousands come
/// from, the system finds free ports ever more slowly.
pub(crate) fn apart(number: u8, to: SocketAddr) -> Ipv4Addr {
    let [high, low] = to.port().to_be_bytes();
    Ipv4Addr::new(127, 1 + number, high, low)
}

/// A right delivery, with its connection kept.
pub(crate) const DELIVERY: &[u8] = b"POST /webhooks/own HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer own-token-77f2\r\nContent-Type: application/json\r\nContent-Length: 32\r\n\r\n{\"id\":\"marker-83b17\",\"type\":\"x\"}";
/// A delivery with the wrong credentials.
pub(crate) const FORGERY: &[u8] = b"POST /webhooks/own HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer guess-token-90aa\r\nContent-Type: application/json\r\nContent-Length: 32\r\n\r\n{\"id\":\"marker-83b17\",\"type\":\"x\"}";

/// Connects from an address of this machine. It gives up after three seconds.
pub(crate) async fn connect(from: Ipv4Addr, to: SocketAddr) -> io::Result<TcpStream> {
    connect_with(TcpSocket::new_v4()?, from, to).await
}

/// The same with a socket that was set up before.
pub(crate) async fn connect_with(
    socket: TcpSocket,
    from: Ipv4Addr,
    to: SocketAddr,
) -> io::Result<TcpStream> {
    // Where nothing is bound the system takes this one anyway, and finds a port much sooner.
    if from != Ipv4Addr::LOCALHOST {
        socket.set_reuseaddr(true)?;
        socket.bind((IpAddr::V4(from), 0).into())?;
    }
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
    let mut bytes = [0; 1024];
    while !counter.is_whole {
        let count = stream.read(&mut bytes).await?;
        if count == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        counter.read(bytes.get(..count).unwrap_or_default());
    }
    Ok(counter)
}

/// Counts answers by status, in whatever pieces they come. All of them are small. What is none has the status 0.
#[derive(Debug, Default)]
pub(crate) struct Counter {
    pub(crate) statuses: BTreeMap<u16, usize>,
    /// Refusals that say when to come again.
    pub(crate) retries: usize,
    /// Answers that tell a marker.
    pub(crate) leaks: usize,
    /// Whether the last answer is whole.
    is_whole: bool,
    rest: Vec<u8>,
}

impl Counter {
    pub(crate) fn read(&mut self, bytes: &[u8]) {
        self.rest.extend(bytes);
        let mut read = 0;
        while let Some(count) = self.count(read) {
            read += count;
        }
        self.rest.drain(..read);
        self.is_whole = read > 0 && self.rest.is_empty();
    }

    /// Counts the answer that begins there, if it is whole, and says how long it is.
    fn count(&mut self, from: usize) -> Option<usize> {
        let bytes = self.rest.get(from..)?;
        let mut headers = [EMPTY_HEADER; 32];
        let mut head = Response::new(&mut headers);
        let end = match head.parse(bytes) {
            Ok(Status::Complete(end)) => end,
            Ok(Status::Partial) => return None,
            Err(_) => bytes.len(),
        };
        let header = |name: &str| head.headers.iter().find(|it| it.name.eq_ignore_ascii_case(name));
        let length = header("content-length").and_then(|it| str::from_utf8(it.value).ok());
        let whole = end + length.and_then(|it| it.parse::<usize>().ok()).unwrap_or(0);
        if bytes.len() < whole {
            return None;
        }
        *self.statuses.entry(head.code.unwrap_or(0)).or_default() += 1;
        self.leaks += usize::from(tells(&bytes[..whole]));
        self.retries += usize::from(header("retry-after").is_some());
        Some(whole)
    }

    pub(crate) fn add(&mut self, other: &Self) {
        for (status, count) in &other.statuses {
            *self.statuses.entry(*status).or_default() += count;
        }
        self.retries += other.retries;
        self.leaks += other.leaks;
    }

    pub(crate) fn of(&self, status: u16) -> usize {
        self.statuses.get(&status).copied().unwrap_or(0)
    }

    pub(crate) fn total(&self) -> usize {
        self.statuses.values().sum()
    }

    /// Whether no answer tells a marker.
    pub(crate) fn hold_secrets(&self, verdict: &mut Verdict) {
        verdict.hold(self.leaks == 0, "it tells a marker", self.leaks);
    }

    /// Whether each refusal says when to come again.
    pub(crate) fn hold_retries(&self, verdict: &mut Verdict) {
        let refused = self.of(429) + self.of(503);
        let seen = format!("{} of {refused}", refused - self.retries.min(refused));
        verdict.hold(self.retries == refused, "no Retry-After", seen);
    }

    /// What may be answered to too much: 200, 429 and 503, and these with a time.
    pub(crate) fn hold_overload(&self, verdict: &mut Verdict) {
        let others = self.statuses.iter().filter(|(status, _)| ![200, 429, 503].contains(*status));
        let others: Vec<_> = others.map(|(status, count)| format!("{count} x {status}")).collect();
        verdict.hold(others.is_empty(), "neither an answer nor a refusal", others.join(", "));
        self.hold_retries(verdict);
        self.hold_secrets(verdict);
    }
}

/// Whether an answer tells a marker, in any spelling. Most answers are one that was looked at before.
fn tells(answer: &[u8]) -> bool {
    thread_local! {
        static KNOWN: RefCell<HashMap<Vec<u8>, bool>> = RefCell::default();
    }
    KNOWN.with_borrow_mut(|known| {
        if let Some(tells) = known.get(answer) {
            return *tells;
        }
        let text = String::from_utf8_lossy(answer);
        let tells = !leak::find(&text, &MARKERS.map(str::as_bytes)).is_empty();
        known.insert(answer.to_vec(), tells);
        tells
    })
}

impl std::fmt::Display for Counter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let counts = self.statuses.iter().map(|(status, count)| format!("{count} x {status}"));
        f.write_str(&counts.collect::<Vec<_>>().join(", "))
    }
}
