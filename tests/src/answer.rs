//! `Answer`: what a sender is told, whichever framework told it.

use std::fmt;

use bytes::Bytes;

/// Status, headers and body of an answer.
///
/// The headers are sorted, and those that a server adds to every answer are left out: what is left
/// must be the same in every framework.
#[derive(Clone, PartialEq, Eq)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The headers, sorted, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Bytes,
}

impl Answer {
    /// An answer made of the parts that every framework gives.
    #[must_use]
    pub fn new<N: fmt::Display, V: AsRef<[u8]>>(
        status: u16,
        headers: impl IntoIterator<Item = (N, V)>,
        body: Bytes,
    ) -> Self {
        let text = |value: V| String::from_utf8_lossy(value.as_ref()).into_owned();
        let mut headers: Vec<_> = headers
            .into_iter()
            .map(|(name, value)| (name.to_string().to_ascii_lowercase(), text(value)))
            .filter(|(name, _)| !OF_THE_SERVER.contains(&name.as_str()))
            .collect();
        headers.sort();
        Self { status, headers, body }
    }

    /// The same, out of a response whose body is already read.
    #[must_use]
    pub fn of(response: http::Response<Bytes>) -> Self {
        let (head, body) = response.into_parts();
        Self::new(head.status.as_u16(), &head.headers, body)
    }

    /// The first value of a header.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut values = self.headers.iter().filter(|(candidate, _)| candidate == name);
        values.next().map(|(_, value)| value.as_str())
    }

    /// The body as text.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {:?} {}", self.status, self.headers, self.text())
    }
}

/// What the server adds, not the receiver.
const OF_THE_SERVER: [&str; 4] = ["connection", "content-length", "date", "transfer-encoding"];
