//! `Message`: a request that was kept, whichever way.

use std::time::SystemTime;

use receiver_core::Request;

use crate::Failure;

pub(crate) use input::{InputArgs, body, bytes, from_file, headers};

mod chunked;
mod har;
mod input;
mod raw;
pub(crate) mod record;

/// A request that was kept: the bytes of its values and body are those that were received.
pub(crate) struct Message {
    pub(crate) method: String,
    /// Path and query.
    pub(crate) target: String,
    /// In the order received; a header that stood there twice stands here twice.
    pub(crate) headers: Vec<(String, Vec<u8>)>,
    pub(crate) body: Vec<u8>,
    /// When it was received, if the file says so.
    pub(crate) received_at: Option<SystemTime>,
}

impl Message {
    pub(crate) fn request(&self) -> Request<'_> {
        Request::new(&self.method, &self.target, &self.headers).with_body(&self.body)
    }

    /// The path alone: a token may stand in the query.
    pub(crate) fn path(&self) -> &str {
        self.target.split('?').next().unwrap_or_default()
    }

    fn values(&self, name: &str) -> impl Iterator<Item = &[u8]> {
        let named = self.headers.iter().filter(move |(other, _)| other.eq_ignore_ascii_case(name));
        named.map(|(_, value)| value.as_slice())
    }
}

/// The requests of a file, of which some may be broken and others wanted.
pub(crate) type Messages = Vec<Result<Message, Failure>>;

/// All requests in these bytes: recordings, the entries of a HAR file, or one raw request.
fn read(bytes: &[u8]) -> Result<Messages, Failure> {
    let json = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes).trim_ascii_start();
    if !json.starts_with(b"{") {
        return raw::read(bytes).map(|message| vec![Ok(message)]);
    }
    if record::is_one(json) { Ok(record::read_all(json)) } else { har::read_all(json) }
}

/// Path and query of what stands in a request line, or in a file, perhaps as a whole URL.
fn target(text: &str) -> String {
    let text = text.split('#').next().unwrap_or_default();
    let Some((_, rest)) = text.split_once("://").filter(|_| !text.starts_with('/')) else {
        return text.to_owned();
    };
    match rest.find(['/', '?']).and_then(|start| rest.get(start..)) {
        Some(query) if query.starts_with('?') => format!("/{query}"),
        Some(path) => path.to_owned(),
        None => "/".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::target;

    #[test]
    fn a_target_is_path_and_query() {
        for (text, expected) in [
            ("/hooks?a=1", "/hooks?a=1"),
            ("https://example.com/hooks?a=1#b", "/hooks?a=1"),
            ("https://example.com", "/"),
            ("https://example.com?a=1", "/?a=1"),
            ("/hooks?to=https://example.com/a", "/hooks?to=https://example.com/a"),
        ] {
            assert_eq!(target(text), expected, "{text}");
        }
    }
}
