//! A client that writes what it is told to a socket: no library between the test and the bytes.

use std::io::ErrorKind::{ConnectionReset, TimedOut, WouldBlock};
use std::io::{Read as _, Write as _};
use std::net::{Shutdown, SocketAddr, TcpStream};
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
    /// Connects. Waiting for an answer ends after twenty seconds, with a failed test; so does writing
    /// to a server that does not read.
    #[must_use]
    pub fn to(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).expect("a server");
        stream.set_write_timeout(Some(PATIENCE)).expect("a timeout");
        Self { stream, read: Vec::new() }
    }

    /// Writes bytes. A server that has answered and closed meanwhile is no failure.
    pub fn write(&mut self, bytes: impl AsRef<[u8]>) -> &mut Self {
        let _ = self.stream.write_all(bytes.as_ref());
        self
    }

    /// Sends no more.
    pub fn finish(&mut self) {
        let _ = self.stream.shutdown(Shutdown::Write);
    }

    /// Reads one answer.
    pub fn answer(&mut self) -> Answer {
        match self.turn(PATIENCE, false) {
            Turn::Answer(answer) => answer,
            Turn::Closed => panic!("closed: {:?}", self.read),
            Turn::Silence => panic!("no answer in time: {:?}", self.read),
        }
    }

    /// Waits for one answer. That to a HEAD request has no body.
    pub fn turn(&mut self, patience: Duration, to_head: bool) -> Turn {
        let end = loop {
            match self.read.windows(4).position(|window| window == b"\r\n\r\n") {
                Some(end) => break end,
                None => match self.read_more(patience) {
                    Some(true) => {}
                    Some(false) => return Turn::Closed,
                    None => return Turn::Silence,
                },
            }
        };
        let rest = self.read.split_off(end.saturating_add(4));
        let head = String::from_utf8(std::mem::replace(&mut self.read, rest)).expect("text");
        let mut lines = head.lines();
        let status = lines.next().and_then(|line| line.split(' ').nth(1)?.parse().ok());
        let headers: Vec<_> = lines.filter_map(|line| line.split_once(": ")).collect();
        let mut answer = Answer::new(status.expect("a status"), headers.clone(), "".into());
        let length = headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("content-length"));
        let length = length.filter(|_| !to_head);
        let length = length.map_or(0, |(_, length)| length.parse().expect("a length"));
        while self.read.len() < length {
            assert_eq!(self.read_more(patience), Some(true), "closed in the body");
        }
        let rest = self.read.split_off(length);
        answer.body = std::mem::replace(&mut self.read, rest).into();
        Turn::Answer(answer)
    }

    /// Whether there was more, or nothing in time. To be reset is to be closed.
    fn read_more(&mut self, patience: Duration) -> Option<bool> {
        self.stream.set_read_timeout(Some(patience)).expect("a timeout");
        let mut bytes = [0; 4096];
        match self.stream.read(&mut bytes) {
            Ok(count) => {
                self.read.extend(bytes.iter().take(count));
                Some(count > 0)
            }
            Err(error) if matches!(error.kind(), WouldBlock | TimedOut) => None,
            Err(error) if error.kind() == ConnectionReset => Some(false),
            Err(error) => panic!("{error}"),
        }
    }
}

/// What came next on a connection.
#[derive(Debug)]
pub enum Turn {
    /// A whole answer.
    Answer(Answer),
    /// The server closed it.
    Closed,
    /// Nothing, in time.
    Silence,
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

const PATIENCE: Duration = Duration::from_secs(20);
