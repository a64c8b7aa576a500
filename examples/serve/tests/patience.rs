//! How long a server waits, over real sockets, with limits that a test can wait for.
#![expect(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on fails, and its times are short"
)]

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use example_serve::{Limits, Signals, serve};
use http::{Request, Response};
use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::service::service_fn;
use socket2::SockRef;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::{Instant, sleep, timeout};

const HEAD: Duration = Duration::from_millis(300);
const IDLE: Duration = Duration::from_millis(1500);
const LATE: Duration = Duration::from_millis(900);
const ANSWER: Duration = Duration::from_millis(600);
/// `HTTP/1.1 200 OK`, a length of nothing, a date.
const ANSWER_BYTES: usize = 75;
/// More requests than have room, with their answers, in the buffers between two who do not read.
const MANY: usize = 2_000;
const REQUEST: &str = "GET / HTTP/1.1\r\nhost: here\r\n\r\n";
const HALF: &str = "GET / HTTP/1.1\r\nhost: he";

#[tokio::test]
async fn a_silent_connection_is_closed() {
    let mut client = Client::new().await;
    client.is_closed_after(HEAD).await;
}

#[tokio::test]
async fn half_a_head_is_closed() {
    let mut client = Client::new().await;
    client.send(HALF).await;
    client.is_closed_after(HEAD).await;
}

#[tokio::test]
async fn a_head_that_trickles_is_closed() {
    let mut client = Client::new().await;
    let start = Instant::now();
    let mut bytes = HALF.chars().cycle();
    while client.stream.write_all(&[bytes.next().map_or(b'x', |c| c as u8)]).await.is_ok() {
        assert!(start.elapsed() < HEAD + LATE, "still open");
        sleep(Duration::from_millis(20)).await;
    }
    assert!(start.elapsed() > HEAD);
}

#[tokio::test]
async fn an_idle_connection_may_wait_longer_and_is_closed() {
    let mut client = Client::new().await;
    client.asks(REQUEST, 200).await;
    client.is_closed_after(IDLE).await;
}

#[tokio::test]
async fn each_answer_starts_the_wait_anew() {
    let mut client = Client::new().await;
    for _ in 0..3 {
        client.asks(REQUEST, 200).await;
        sleep(IDLE.mul_f32(0.6)).await;
    }
    client.asks(REQUEST, 200).await;
    client.is_closed_after(IDLE).await;
}

#[tokio::test]
async fn half_a_later_head_is_closed_as_the_first_is() {
    let mut client = Client::new().await;
    client.asks(REQUEST, 200).await;
    sleep(IDLE.mul_f32(0.8)).await;
    client.send(HALF).await;
    client.is_closed_after(HEAD).await;
}

#[tokio::test]
async fn a_handler_may_take_longer_than_all_of_it() {
    let mut client = Client::new().await;
    client.asks("POST /slow HTTP/1.1\r\nhost: here\r\n\r\n", 200).await;
    client.asks(REQUEST, 200).await;
}

#[tokio::test]
async fn who_closes_one_direction_is_answered() {
    let mut client = Client::new().await;
    client.send("POST /slow HTTP/1.1\r\nhost: here\r\n\r\n").await;
    client.stream.shutdown().await.expect("shut down");
    client.asks("", 200).await;
}

#[tokio::test]
async fn a_panic_ends_its_own_connection_only() {
    let mut client = Client::new().await;
    client.send("GET /panic HTTP/1.1\r\nhost: here\r\n\r\n").await;
    client.is_closed_after(Duration::ZERO).await;
    Client::to(client.server).await.asks(REQUEST, 200).await;
}

#[tokio::test]
async fn a_head_without_end_is_refused() {
    let mut client = Client::new().await;
    client.asks(&format!("GET / HTTP/1.1\r\nlong: {}", "x".repeat(64 * 1024)), 431).await;
}

#[tokio::test]
async fn who_reads_no_answer_is_closed() {
    let mut client = Client::new().await;
    client.asks_without_end().await;
    sleep(ANSWER + LATE).await;
    client.is_closed_behind_answers().await;
}

#[tokio::test]
async fn who_reads_a_long_answer_little_by_little_is_closed_too() {
    let mut client = Client::new().await;
    client.send("GET /long HTTP/1.1\r\nhost: here\r\n\r\n").await;
    let start = Instant::now();
    while client.stream.read(&mut [0; 8192]).await.is_ok_and(|bytes| bytes > 0) {
        assert!(start.elapsed() < ANSWER + LATE, "still open");
        sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test]
async fn who_reads_late_and_in_time_gets_every_answer() {
    let mut client = Client::new().await;
    for _ in 0..3 {
        client.reads_late(MANY, ANSWER.mul_f32(0.6)).await;
    }
    client.asks(REQUEST, 200).await;
}

struct Client {
    server: SocketAddr,
    stream: TcpStream,
}

impl Client {
    /// A client of a server of its own.
    async fn new() -> Self {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        let server = listener.local_addr().expect("an address");
        // Its connections inherit it: a little that is read makes room for a little more.
        SockRef::from(&listener).set_send_buffer_size(2048).expect("a small buffer");
        let limits =
            Limits { head: HEAD, idle: IDLE, answer: ANSWER, drain: HEAD, ..Limits::default() };
        let signals = Signals::new().expect("signals");
        tokio::spawn(serve(listener, service_fn(answer), limits, signals));
        Self::to(server).await
    }

    async fn to(server: SocketAddr) -> Self {
        let socket = TcpSocket::new_v4().expect("a socket");
        socket.set_recv_buffer_size(2048).expect("a small buffer");
        Self { server, stream: socket.connect(server).await.expect("a connection") }
    }

    /// Sends requests and reads no answer, until the server takes no more.
    async fn asks_without_end(&mut self) {
        let requests = REQUEST.repeat(100);
        while timeout(HEAD, self.stream.write_all(requests.as_bytes())).await.is_ok() {}
    }

    /// Sends so many requests, reads nothing for a while and then as many answers.
    async fn reads_late(&mut self, count: usize, wait: Duration) {
        let (mut reader, mut writer) = self.stream.split();
        let requests = REQUEST.repeat(count);
        let asking = writer.write_all(requests.as_bytes());
        let reading = async {
            sleep(wait).await;
            let (mut left, mut answer) = (count, vec![0; ANSWER_BYTES]);
            while left > 0 {
                reader.read_exact(&mut answer).await.expect("an answer");
                assert!(answer.starts_with(b"HTTP/1.1 200 ") && answer.ends_with(b"\r\n\r\n"));
                left -= 1;
            }
        };
        let (sent, ()) = tokio::join!(asking, reading);
        sent.expect("sent");
    }

    /// Closed, however many answers were on their way.
    async fn is_closed_behind_answers(&mut self) {
        let mut answers = Vec::new();
        let end = timeout(LATE, self.stream.read_to_end(&mut answers)).await;
        assert!(end.is_ok(), "open, and {} bytes more", answers.len());
    }

    async fn send(&mut self, text: &str) {
        self.stream.write_all(text.as_bytes()).await.expect("sent");
    }

    /// Sends and expects this status.
    async fn asks(&mut self, text: &str, status: u16) {
        self.send(text).await;
        let mut answer = [0; 1024];
        let length = self.stream.read(&mut answer).await.expect("an answer");
        let answer = String::from_utf8_lossy(answer.get(..length).unwrap_or_default());
        assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")), "{answer}");
    }

    async fn is_closed_after(&mut self, wait: Duration) {
        let start = Instant::now();
        let closed = timeout(wait + LATE, self.stream.read(&mut [0; 1024])).await;
        let closed = closed.unwrap_or_else(|_| panic!("open after {:?}", start.elapsed()));
        // A close with bytes unread is a reset.
        let reset = closed.as_ref().is_err_and(|e| e.kind() == io::ErrorKind::ConnectionReset);
        assert!(reset || closed.is_ok_and(|bytes| bytes == 0), "an answer");
        let early = Duration::from_millis(20);
        assert!(start.elapsed() + early >= wait, "closed after {:?}", start.elapsed());
    }
}

async fn answer(request: Request<Incoming>) -> Result<Response<Full<Bytes>>, Infallible> {
    match request.uri().path() {
        "/long" => return Ok(Response::new(Full::from(vec![b'x'; 1 << 20]))),
        "/slow" => sleep(IDLE + HEAD + LATE).await,
        "/panic" => panic!("as it is told to"),
        _ => {}
    }
    Ok(Response::new(Full::default()))
}
