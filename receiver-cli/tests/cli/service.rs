//! A service that keeps what it is sent, and a client that sends what it is told: no library between
//! the test and the bytes.

use std::io::{Read, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

/// A service on this machine.
pub(crate) struct Service {
    address: SocketAddr,
    requests: Receiver<Vec<u8>>,
}

impl Service {
    /// Answers every request with this.
    pub(crate) fn answering(answer: &'static str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address");
        let (sender, requests) = channel();
        thread::spawn(move || {
            for mut stream in listener.incoming().flatten() {
                let request = message(&mut stream);
                let _ = stream.write_all(answer.as_bytes());
                if sender.send(request).is_err() {
                    return;
                }
            }
        });
        Self { address, requests }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The next request: the lines of its head, and its body.
    pub(crate) fn request(&self) -> (Vec<Vec<u8>>, Vec<u8>) {
        let bytes = self.requests.recv_timeout(Duration::from_secs(20)).expect("a request");
        let end = end_of_head(&bytes).expect("a head");
        let head = bytes[..end - 4].split(|byte| *byte == b'\n');
        let lines = head.map(|line| line.strip_suffix(b"\r").unwrap_or(line).to_vec());
        (lines.collect(), bytes[end..].to_vec())
    }
}

/// Sends this, and gives the whole answer.
pub(crate) fn send(address: &str, request: &[u8]) -> String {
    let mut stream = TcpStream::connect(address).expect("a server");
    stream.write_all(request).expect("it is read");
    String::from_utf8(message(&mut stream)).expect("text")
}

/// Reads a head, and a body of as many bytes as the head says.
fn message(stream: &mut TcpStream) -> Vec<u8> {
    stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a timeout");
    let (mut bytes, mut more) = (Vec::new(), [0; 4096]);
    loop {
        if let Some(end) = end_of_head(&bytes) {
            let head = String::from_utf8_lossy(&bytes[..end]).to_lowercase();
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
            let length: usize = length.map_or(0, |length| length.parse().expect("a length"));
            if bytes.len() >= end + length {
                return bytes;
            }
        }
        let count = stream.read(&mut more).expect("more, in time");
        assert!(count > 0, "it breaks off: {:?}", String::from_utf8_lossy(&bytes));
        bytes.extend(&more[..count]);
    }
}

fn end_of_head(bytes: &[u8]) -> Option<usize> {
    bytes.windows(4).position(|four| four == b"\r\n\r\n").map(|start| start + 4)
}

pub(crate) const OK: &str = "HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
