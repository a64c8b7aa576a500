//! A raw HTTP/1.1 request: head, blank line, body.

use httparse::Status;

use super::{Message, chunked, target};
use crate::Failure;
use crate::screen::note;

/// Reads head and body. The lines of the head may end in LF alone, as editors leave them; the body
/// is what follows, to the last byte.
pub(super) fn read(bytes: &[u8]) -> Result<Message, Failure> {
    let mut headers = vec![httparse::EMPTY_HEADER; MOST_HEADERS];
    let mut head = httparse::Request::new(&mut headers);
    let length = match head.parse(bytes) {
        Ok(Status::Complete(length)) => length,
        Ok(Status::Partial) => {
            return Err(Failure::new(
                "the request breaks off in its head: behind the headers there must be a blank line",
            ));
        }
        Err(httparse::Error::Version) => {
            return Err(Failure::new(
                "the request's first line must end in HTTP/1.1: write it so whatever was there",
            ));
        }
        Err(error) => {
            return Err(Failure::new(format!(
                "this is no saved request ({error}): it begins with a line such as \
                 `POST /path HTTP/1.1`, then come the headers, a blank line, the body"
            )));
        }
    };
    let headers = head.headers.iter().map(|it| (it.name.to_owned(), it.value.to_vec())).collect();
    let mut message = Message {
        method: head.method.unwrap_or_default().to_owned(),
        target: target(head.path.unwrap_or_default()),
        headers,
        body: bytes.get(length..).unwrap_or_default().to_vec(),
        received_at: None,
    };
    decode_chunks(&mut message);
    compare_length(&message);
    Ok(message)
}

/// A capture from the network has the body in chunks, which is not what is signed; what a proxy or a
/// service saved often has the header and no chunks any more.
fn decode_chunks(message: &mut Message) {
    let is_chunked = |value: &[u8]| value.to_ascii_lowercase().ends_with(b"chunked");
    if !message.values("transfer-encoding").any(is_chunked) {
        return;
    }
    match chunked::decode(&message.body) {
        Some(body) => {
            message.body = body;
            note("the body is in chunks (Transfer-Encoding): they were put together");
        }
        None => note("the head says that the body is in chunks and it is not: it is read as it is"),
    }
}

/// An editor that adds a line break at the end of a file makes another body of it.
fn compare_length(message: &Message) {
    let said = message.values("content-length").next();
    let said = said.and_then(|value| std::str::from_utf8(value).ok()?.trim().parse::<usize>().ok());
    let length = message.body.len();
    if let Some(said) = said.filter(|said| *said != length) {
        note(&format!("the body has {length} bytes and Content-Length says {said}: as it is"));
    }
}

/// No server takes that many.
const MOST_HEADERS: usize = 1024;

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn a_request_is_read_to_the_last_byte() {
        for end in ["\r\n", "\n"] {
            let head = ["POST /a?b=c HTTP/1.1", "X-A: 1", "x-a: 2", "X-B:  \u{e7} ", "", ""];
            let bytes = [head.join(end).as_bytes(), b"\xff{}\r\n\n".as_slice()].concat();
            let message = read(&bytes).expect("a request");
            assert_eq!((message.method.as_str(), message.target.as_str()), ("POST", "/a?b=c"));
            let values: Vec<_> = message.values("X-A").collect();
            assert_eq!(values, [b"1", b"2"]);
            assert_eq!(message.values("x-b").next(), Some("\u{e7}".as_bytes()));
            assert_eq!(message.body, b"\xff{}\r\n\n");
        }
    }

    #[test]
    fn values_that_are_no_utf_8_are_kept() {
        let message = read(b"POST / HTTP/1.1\nx-a: \xe7\xff\n\n").expect("a request");
        assert_eq!(message.values("x-a").next(), Some(b"\xe7\xff".as_slice()));
    }

    #[test]
    fn chunks_are_put_together() {
        let head = "POST / HTTP/1.1\r\nTransfer-Encoding: gzip, Chunked\r\n\r\n";
        let body = |chunks: &str| read(format!("{head}{chunks}").as_bytes()).expect("one").body;
        assert_eq!(body("2\r\n{\"\r\n3\r\na\"}\r\n0\r\n\r\n"), b"{\"a\"}");
        assert_eq!(body("{\"a\"}"), b"{\"a\"}");
    }

    #[test]
    fn what_is_no_request_is_told() {
        let why = |text: &str| read(text.as_bytes()).err().map(|it| it.to_string());
        let check = |text, part: &str| {
            let why = why(text).expect("an error");
            assert!(why.contains(part), "{text}: {why}");
        };
        check("POST / HTTP/1.1\nx-a: 1\n", "blank line");
        check("POST / HTTP/2\nx-a: 1\n\n", "must end in HTTP/1.1");
        check("hello, world!\n\n", "no saved request");
    }
}
