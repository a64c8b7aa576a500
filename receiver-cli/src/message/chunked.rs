//! The chunked coding (RFC 9112, section 7.1).

use httparse::Status;

/// The body that was sent in these chunks; none where they are no chunks to their end.
pub(super) fn decode(mut bytes: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let Ok(Status::Complete((start, size))) = httparse::parse_chunk_size(bytes) else {
            return None;
        };
        let rest = bytes.get(start..)?;
        if size == 0 {
            // Trailers may follow, up to a blank line.
            return (rest.starts_with(b"\r\n") || rest.ends_with(b"\r\n\r\n")).then_some(body);
        }
        let (chunk, rest) = rest.split_at_checked(usize::try_from(size).ok()?)?;
        body.extend_from_slice(chunk);
        bytes = rest.strip_prefix(b"\r\n")?;
    }
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[track_caller]
    fn check(chunks: &str, expected: Option<&str>) {
        assert_eq!(decode(chunks.as_bytes()).as_deref(), expected.map(str::as_bytes), "{chunks:?}");
    }

    #[test]
    fn chunks_are_put_together() {
        check("0\r\n\r\n", Some(""));
        check("3\r\nabc\r\nA;note=1\r\n0123456789\r\n0\r\n\r\n", Some("abc0123456789"));
        check("1\r\na\r\n0\r\nx-sum: 1\r\n\r\n", Some("a"));
    }

    #[test]
    fn what_breaks_off_is_no_body() {
        check("", None);
        check("{}", None);
        check("3\r\nab", None);
        check("3\r\nabcd\r\n0\r\n\r\n", None);
        check("3\r\nabc\r\n", None);
        check("3\r\nabc..0\r\n\r\n", None);
        check("0\r\n", None);
        check("ffffffffffffffff\r\na", None);
    }
}
