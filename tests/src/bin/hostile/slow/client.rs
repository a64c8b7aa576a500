//! One slow client.

use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::{self, AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::{Instant, sleep, timeout};

use super::kind::Kind;
use crate::wire::{BAD, Counter, DELIVERY, ask, connect_with};

/// How it ended for a slow client.
#[derive(Debug)]
pub(crate) struct Stay {
    /// How many seconds after its deadline the server closed; nothing if it did not. Who is not served at
    /// all is closed at once.
    pub(crate) gone: Option<f64>,
    /// What it was answered.
    pub(crate) told: Counter,
}

/// Is slow until the server closes, or should have.
pub(crate) async fn stay(kind: Kind, to: SocketAddr) -> Stay {
    let mut told = Counter::default();
    let gone = gone(kind, to, &mut told).await;
    Stay { gone, told }
}

async fn gone(kind: Kind, to: SocketAddr, told: &mut Counter) -> Option<f64> {
    let deadline = Duration::from_secs(kind.deadline);
    let Ok(mut stream) = open(kind, to, told).await else { return Some(-deadline.as_secs_f64()) };
    let start = Instant::now();
    let closed = async {
        if kind.reads {
            linger(&mut stream, kind, told).await;
        } else {
            pour(&mut stream, kind).await;
        }
    };
    timeout(deadline + kind.patience(), closed).await.ok()?;
    Some(start.elapsed().as_secs_f64() - deadline.as_secs_f64())
}

/// Connects, and sends the beginning.
async fn open(kind: Kind, to: SocketAddr, told: &mut Counter) -> io::Result<TcpStream> {
    let socket = TcpSocket::new_v4()?;
    if !kind.reads {
        // The system's smallest: it takes next to no answers off the server.
        socket.set_recv_buffer_size(2048)?;
    }
    let mut stream = connect_with(socket, BAD, to).await?;
    if kind.first == DELIVERY {
        // Nobody is idle who was not served.
        told.add(&ask(&mut stream, DELIVERY).await?);
    } else {
        stream.write_all(kind.first).await?;
        io::copy(&mut io::repeat(b' ').take(kind.spaces), &mut stream).await?;
    }
    Ok(stream)
}

/// Sends something each second and reads, until the server has closed.
async fn linger(stream: &mut TcpStream, kind: Kind, told: &mut Counter) {
    let (mut reader, mut writer) = stream.split();
    let mut bytes = [0; 1024];
    let send = async {
        loop {
            sleep(Duration::from_secs(1)).await;
            let _ = writer.write_all(kind.then).await;
        }
    };
    let receive = async {
        while let Ok(count @ 1..) = reader.read(&mut bytes).await {
            told.read(bytes.get(..count).unwrap_or_default());
        }
    };
    tokio::select! {
        () = send => {}
        () = receive => {}
    }
}

/// Sends on and reads nothing, until the server has closed.
async fn pour(stream: &mut TcpStream, kind: Kind) {
    let mut sent = stream.write_all(&kind.first.repeat(kind.times - 1)).await;
    while sent.is_ok() {
        sleep(Duration::from_secs(1)).await;
        sent = stream.write_all(kind.then).await;
    }
}
