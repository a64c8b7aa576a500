//! `Letter`: a request that can be spoiled.

use std::fmt;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use receiver_core::Request;

use crate::case::{Case, Content, Expected};

/// A request, and the second it arrives.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Letter {
    /// The path without its first slash.
    pub to: String,
    /// The method.
    pub method: String,
    /// What stands behind the `?`.
    pub query: Option<String>,
    /// The headers, in order.
    pub headers: Vec<(String, Vec<u8>)>,
    /// The body.
    pub body: Vec<u8>,
    /// The second.
    pub now: u64,
}

impl Letter {
    /// The request of a case.
    #[must_use]
    pub fn of(case: &Case) -> Self {
        Self {
            to: case.to.clone(),
            method: case.method.clone(),
            query: case.query.clone(),
            headers: case.header_bytes().map(|(name, value)| (name.to_owned(), value)).collect(),
            body: case.body.bytes(),
            now: case.now,
        }
    }

    /// As a case that is refused.
    #[must_use]
    pub fn case(&self) -> Case {
        let headers = self.headers.iter();
        Case {
            name: String::new(),
            to: self.to.clone(),
            method: self.method.clone(),
            query: self.query.clone(),
            headers: headers.map(|(name, it)| (name.clone(), Content::Bytes(it.clone()))).collect(),
            body: Content::Bytes(self.body.clone()),
            now: self.now,
            expect: Expected::default(),
        }
    }

    /// As the core takes it.
    #[must_use]
    pub fn request(&self) -> Request<'_> {
        let request = Request::new(&self.method, &self.to, &self.headers);
        request.with_query(self.query.as_deref()).with_body(&self.body)
    }

    /// When it arrives.
    #[must_use]
    pub fn now(&self) -> SystemTime {
        UNIX_EPOCH.checked_add(Duration::from_secs(self.now)).unwrap_or(UNIX_EPOCH)
    }

    /// Whether HTTP can carry it: a server answers the rest before anybody sees it.
    #[must_use]
    pub fn is_http(&self) -> bool {
        let builder = http::Request::builder().method(&*self.method).uri(self.case().target());
        let builder = self
            .headers
            .iter()
            .fold(builder, |it, (name, value)| it.header(name.as_str(), value.as_slice()));
        // A server takes the white space off, as HTTP says.
        let is_trimmed = |(_, value): &(String, Vec<u8>)| value.trim_ascii() == value.as_slice();
        let is_query = |byte: u8| byte.is_ascii_graphic() && !b"\"#<>\\^`{|}".contains(&byte);
        builder.body(Bytes::new()).is_ok()
            && self.headers.iter().all(is_trimmed)
            && self.query.iter().flat_map(|query| query.bytes()).all(is_query)
    }

    /// The values of a header.
    #[must_use]
    pub fn values(&self, name: &str) -> Vec<&[u8]> {
        let named = self.headers.iter().filter(|(other, _)| other.eq_ignore_ascii_case(name));
        named.map(|(_, value)| value.as_slice()).collect()
    }
}

impl fmt::Debug for Letter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} /{}?{:?}", self.method, self.to, self.query)?;
        for (name, value) in &self.headers {
            write!(f, " | {name}: {}", value.escape_ascii())?;
        }
        write!(f, " | {}", self.body.escape_ascii())
    }
}
