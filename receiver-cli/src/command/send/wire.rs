//! A request whose body comes in pieces: slow, as over a bad line, or so large that it is answered
//! before it has come, which a client that only writes would not hear.

use std::io::{self, Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::uri::Authority;
use http::{Request, Response};

/// Sends the body over this time, and stops where an answer comes before that.
pub(super) fn send(
    to: &Authority,
    request: &Request<Bytes>,
    over: Duration,
    timeout: Duration,
) -> Result<Response<Bytes>, String> {
    let answer = exchange(to, request, over, timeout).map_err(|error| error.to_string())?;
    read(&answer).ok_or_else(|| "no answer that is HTTP".to_owned())
}

fn exchange(
    to: &Authority,
    request: &Request<Bytes>,
    over: Duration,
    timeout: Duration,
) -> io::Result<Vec<u8>> {
    let host = to.host().trim_matches(['[', ']']);
    let mut stream = TcpStream::connect((host, to.port_u16().unwrap_or(80)))?;
    stream.set_write_timeout(Some(timeout))?;
    stream.write_all(&head(to, request))?;
    let size = request.body().len().div_ceil(PIECES).max(1);
    let pieces = request.body().chunks(size);
    let count = u32::try_from(pieces.len()).unwrap_or(u32::MAX);
    let pause = over.checked_div(count).unwrap_or(over);
    let mut answer = Vec::new();
    for piece in pieces {
        stream.set_read_timeout(Some(pause.max(Duration::from_millis(1))))?;
        // To wait for an answer is the pause.
        if take(&mut stream, &mut answer)? {
            break;
        }
        // Whoever does not listen any more may have answered.
        if stream.write_all(piece).is_err() {
            break;
        }
    }
    // A service that drips, or never ends, is not waited for without an end.
    let start = Instant::now();
    while !is_whole(&answer) && answer.len() < MOST {
        let left = timeout.saturating_sub(start.elapsed());
        if left.is_zero() {
            break;
        }
        stream.set_read_timeout(Some(left))?;
        match take(&mut stream, &mut answer) {
            Ok(true) => {}
            // It is closed, or nothing comes any more: what has come is the answer.
            Ok(false) | Err(_) => break,
        }
    }
    Ok(answer)
}

/// Whether something came in time.
fn take(stream: &mut TcpStream, answer: &mut Vec<u8>) -> io::Result<bool> {
    let mut more = [0; 4096];
    match stream.read(&mut more) {
        Ok(count) => {
            answer.extend(more.iter().take(count));
            Ok(count > 0)
        }
        Err(error)
            if matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut) =>
        {
            Ok(false)
        }
        Err(error) => Err(error),
    }
}

fn head(to: &Authority, request: &Request<Bytes>) -> Vec<u8> {
    let length = request.body().len();
    let mut head = format!(
        "{} {} HTTP/1.1\r\nhost: {to}\r\ncontent-length: {length}\r\nconnection: close\r\n",
        request.method(),
        request.uri()
    )
    .into_bytes();
    for (name, value) in request.headers() {
        head.extend([name.as_str().as_bytes(), b": ", value.as_bytes(), b"\r\n"].concat());
    }
    head.extend(b"\r\n");
    head
}

fn is_whole(answer: &[u8]) -> bool {
    read(answer).is_some_and(|response| {
        let length = response.headers().get(http::header::CONTENT_LENGTH);
        let length = length.and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
        length.is_some_and(|length| response.body().len() >= length)
    })
}

fn read(answer: &[u8]) -> Option<Response<Bytes>> {
    let mut headers = [httparse::EMPTY_HEADER; 64];
    let mut head = httparse::Response::new(&mut headers);
    let httparse::Status::Complete(end) = head.parse(answer).ok()? else { return None };
    let mut response = Response::builder().status(head.code?);
    for header in head.headers.iter() {
        response = response.header(header.name, header.value);
    }
    response.body(Bytes::copy_from_slice(answer.get(end..)?)).ok()
}

/// How many bytes of an answer are read.
const MOST: usize = 1024 * 1024;

/// Into how many the body is cut, if it is long enough.
const PIECES: usize = 60;
