//! A client that writes what it is told to a socket: no library between the test and the bytes.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use crate::answer::Answer;
use crate::case::Case;

/// A connection to a started server.
#[derive(Debug)]
pub struct Connection {
    stream: TcpStream,
    /// What was read and belongs to the next answer.
    read: Vec<u8>,
}

impl Connection {
    /// Connects. Waiting for an answer ends after twenty seconds, with a failed test.
    #[must_use]
    pub fn to(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).expect("a server");
        stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a timeout");
        Self { stream, read: Vec::new() }
    }

    /// Writes bytes. A server that has answered and closed meanwhile is no failure.
    pub fn write(&mut self, bytes: impl AsRef<[u8]>) -> &mut Self {
        let _ = self.stream.write_all(bytes.as_ref());
        self
    }

    /// Reads one answer.
    pub fn answer(&mut self) -> Answer {
        let end = loop {
            match self.read.windows(4).position(|window| window == b"\r\n\r\n") {
                Some(end) => break end,
                None => assert!(self.read_more(), "closed in the head: {:?}", self.read),
            }
        };
        let rest = self.read.split_off(end.saturating_add(4));
        let head = String::from_utf8(std::mem::replace(&mut self.read, rest)).expect("text");
        let mut lines = head.lines();
        let status = lines.next().and_then(|line| line.split(' ').nth(1)?.parse().ok());
        let headers: Vec<_> = lines.filter_map(|line| line.split_once(": ")).collect();
        let mut answer = Answer::new(status.expect("a status"), headers.clone(), "".into());
        let length = headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("content-length"));
        let length = length.map_or(0, |(_, length)| length.parse().expect("a length"));
        while self.read.len() < length {
            assert!(self.read_more(), "closed in the body");
        }
        let rest = self.read.split_off(length);
        answer.body = std::mem::replace(&mut self.read, rest).into();
        answer
    }

    fn read_more(&mut self) -> bool {
        let mut bytes = [0; 4096];
        let count = self.stream.read(&mut bytes).expect("an answer in time");
        self.read.extend(bytes.iter().take(count));
        count > 0
    }
}

/// The head of a request, with `Content-Length` only if the headers hold it.
#[must_use]
pub fn head(method: &str, target: &str, headers: &[(&str, &[u8])]) -> Vec<u8> {
    let mut bytes = format!("{method} {target} HTTP/1.1\r\nHost: localhost\r\n").into_bytes();
    for (name, value) in headers {
        bytes.extend([name.as_bytes(), b": ", value, b"\r\n"].concat());
    }
    bytes.extend(b"\r\n");
    bytes
}

/// A case as bytes on the wire, at a path below `/webhooks`.
#[must_use]
pub fn request(case: &Case) -> Vec<u8> {
    let (values, body) = (case.header_bytes().collect::<Vec<_>>(), case.body.bytes());
    let length = body.len().to_string().into_bytes();
    let mut headers: Vec<_> =
        values.iter().map(|(name, value)| (*name, value.as_slice())).collect();
    if !headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("content-length")) {
        headers.push(("content-length", &length));
    }
    let target = format!("/webhooks{}", case.target());
    [head(&case.method, &target, &headers), body].concat()
}
