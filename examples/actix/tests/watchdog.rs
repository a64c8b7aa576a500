//! What the watchdog closes, over a real socket.
#![expect(clippy::expect_used, reason = "a test that cannot go on fails, and says where")]

use std::time::{Duration, Instant};

use actix_web::rt::time::timeout;
use actix_web::{App, HttpServer, web};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpSocket, TcpStream};

#[path = "../src/watchdog.rs"]
mod watchdog;

#[actix_web::test]
async fn who_reads_no_answer_is_closed_before_its_time() {
    let mut client = client(LONG).await;
    let requests = REQUEST.repeat(100);
    while timeout(PAUSE, client.write_all(requests.as_bytes())).await.is_ok() {}
    actix_web::rt::time::sleep(Duration::from_secs(4)).await;
    let mut answers = Vec::new();
    let end = timeout(Duration::from_secs(1), client.read_to_end(&mut answers)).await;
    assert!(end.is_ok(), "open, and {} bytes more", answers.len());
}

/// All it sends is read at once, so nothing lies there to be seen.
#[cfg(target_os = "linux")]
#[actix_web::test]
async fn who_reads_no_answer_and_falls_silent_is_too() {
    let mut client = client(LONG).await;
    for _ in 0..4 {
        client.write_all(REQUEST.repeat(1000).as_bytes()).await.expect("sent");
        actix_web::rt::time::sleep(PAUSE).await;
    }
    actix_web::rt::time::sleep(Duration::from_secs(13)).await;
    let mut answers = Vec::new();
    let end = timeout(Duration::from_secs(1), client.read_to_end(&mut answers)).await;
    assert!(end.is_ok(), "open, and {} bytes more", answers.len());
}

/// Of a later head actix-web keeps no time.
#[actix_web::test]
async fn half_a_later_head_is_closed_so_long_after_the_answer() {
    let mut client = client(PAUSE).await;
    asks(&mut client).await;
    client.write_all(b"GET / HT").await.expect("sent");
    let end = timeout(PAUSE.saturating_mul(4), client.read(&mut [0; 64])).await;
    assert!(matches!(end, Ok(Ok(0) | Err(_))), "{end:?}");
}

#[actix_web::test]
async fn who_waits_between_its_requests_is_not() {
    let mut client = client(LONG).await;
    for _ in 0..3 {
        asks(&mut client).await;
        actix_web::rt::time::sleep(Duration::from_secs(2)).await;
    }
}

#[actix_web::test]
async fn who_is_never_idle_is_not() {
    let mut client = client(PAUSE).await;
    let start = Instant::now();
    while start.elapsed() < PAUSE.saturating_mul(3) {
        asks(&mut client).await;
    }
}

async fn asks(client: &mut TcpStream) {
    client.write_all(REQUEST.as_bytes()).await.expect("sent");
    let length = client.read(&mut [0; 1024]).await.expect("an answer");
    assert!(length > 0, "closed");
}

/// A client with little room for answers, of a server that closes a connection that is idle for so long.
async fn client(idle: Duration) -> TcpStream {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    let app = || App::new().wrap_fn(watchdog::tell).route("/", web::get().to(async || "well"));
    let server = HttpServer::new(app)
        .on_connect(move |connection, data| watchdog::watch(connection, data, idle))
        .keep_alive(LONG)
        .workers(1)
        .disable_signals()
        .listen(listener)
        .expect("a server");
    actix_web::rt::spawn(server.run());
    let socket = TcpSocket::new_v4().expect("a socket");
    socket.set_recv_buffer_size(2048).expect("a small buffer");
    socket.connect(address).await.expect("a connection")
}

const REQUEST: &str = "GET / HTTP/1.1\r\nhost: here\r\n\r\n";
const LONG: Duration = Duration::from_secs(20);
/// A server that takes nothing for this time takes nothing.
const PAUSE: Duration = Duration::from_millis(500);
