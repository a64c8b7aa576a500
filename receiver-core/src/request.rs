//! One HTTP request, borrowed from whatever framework received it.

use std::fmt;

use bytes::Bytes;
use http::HeaderName;

/// One HTTP request: method, path, query, headers and the body's bytes as received.
///
/// It borrows everything, so making one costs nothing, and it is made from the parts every
/// framework can give.
///
/// ```
/// use receiver_core::Request;
///
/// let mut headers = http::HeaderMap::new();
/// headers.insert("x-token", http::HeaderValue::from_static("abc"));
/// let request = Request::new("POST", "/hooks?source=erp", &headers).with_body(b"{}".as_slice());
///
/// assert_eq!(request.path(), "/hooks");
/// assert_eq!(request.query(), Some("source=erp"));
/// ```
#[derive(Clone, Copy)]
pub struct Request<'r> {
    method: &'r str,
    path: &'r str,
    query: Option<&'r str>,
    headers: Headers<'r>,
    payload: Payload<'r>,
}

impl<'r> Request<'r> {
    /// A request without a body. `target` is the path, with the query behind a `?` if there is one.
    #[must_use]
    pub fn new(method: &'r str, target: &'r str, headers: impl Into<Headers<'r>>) -> Self {
        let (path, query) = match target.split_once('?') {
            Some((path, query)) => (path, Some(query)),
            None => (target, None),
        };
        Self::from_parts(method, path, query, headers.into())
    }

    /// The same where path and query are apart already.
    pub(crate) fn from_parts(
        method: &'r str,
        path: &'r str,
        query: Option<&'r str>,
        headers: Headers<'r>,
    ) -> Self {
        Self { method, path, query, headers, payload: Payload::Borrowed(&[]) }
    }

    /// The same request with this body: the bytes as they came over the wire.
    ///
    /// A `&Bytes` is shared with the [`Received`](crate::Received) event, a slice is copied into it.
    #[must_use]
    pub fn with_body(self, body: impl Into<Payload<'r>>) -> Self {
        Self { payload: body.into(), ..self }
    }

    /// The same request with this query, for frameworks that keep it apart from the path.
    #[must_use]
    pub fn with_query(self, query: Option<&'r str>) -> Self {
        Self { query, ..self }
    }

    /// The method, in capitals as HTTP writes it.
    #[must_use]
    pub fn method(&self) -> &'r str {
        self.method
    }

    /// The path, still percent-encoded.
    #[must_use]
    pub fn path(&self) -> &'r str {
        self.path
    }

    /// What stands behind the `?`, still percent-encoded.
    #[must_use]
    pub fn query(&self) -> Option<&'r str> {
        self.query
    }

    /// The headers.
    #[must_use]
    pub fn headers(&self) -> Headers<'r> {
        self.headers
    }

    /// The body's bytes as received.
    #[must_use]
    pub fn body(&self) -> &'r [u8] {
        match self.payload {
            Payload::Borrowed(bytes) => bytes,
            Payload::Shared(bytes) => bytes,
        }
    }

    /// The body to keep: shared when it was given as [`Bytes`], else copied.
    pub(crate) fn keep_body(&self) -> Bytes {
        match self.payload {
            Payload::Borrowed(bytes) => Bytes::copy_from_slice(bytes),
            Payload::Shared(bytes) => bytes.clone(),
        }
    }

    /// The decoded values of a query parameter, in order.
    ///
    /// Decoding is `application/x-www-form-urlencoded` (WHATWG URL, section 5.1).
    pub fn query_values(&self, name: &str) -> impl Iterator<Item = std::borrow::Cow<'r, str>> {
        form_urlencoded::parse(self.query.unwrap_or_default().as_bytes())
            .filter(move |(key, _)| key == name)
            .map(|(_, value)| value)
    }

    /// The decoded value of a query parameter that must stand once.
    pub(crate) fn query_one(&self, name: &str) -> Result<std::borrow::Cow<'r, str>, NotOne> {
        let mut values = self.query_values(name);
        let value = values.next().ok_or(NotOne::Missing)?;
        if values.next().is_some() { Err(NotOne::Repeated) } else { Ok(value) }
    }
}

/// Prints neither query, header values nor body: a credential may stand in each of them.
impl fmt::Debug for Request<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("method", &self.method)
            .field("headers", &self.headers)
            .field("body_bytes", &self.body().len())
            .finish_non_exhaustive()
    }
}

impl<'r, B> From<&'r http::Request<B>> for Request<'r>
where
    &'r B: Into<Payload<'r>>,
{
    fn from(request: &'r http::Request<B>) -> Self {
        let (method, uri) = (request.method().as_str(), request.uri());
        Self::from_parts(method, uri.path(), uri.query(), request.headers().into())
            .with_body(request.body())
    }
}

impl<'r> From<&'r http::request::Parts> for Request<'r> {
    fn from(head: &'r http::request::Parts) -> Self {
        let (path, query) = (head.uri.path(), head.uri.query());
        Self::from_parts(head.method.as_str(), path, query, (&head.headers).into())
    }
}

/// A body as [`Request::with_body`] takes it: `&Bytes`, `&Vec<u8>`, `&[u8]` or `&str`.
#[non_exhaustive]
#[derive(Clone, Copy)]
pub enum Payload<'r> {
    /// Bytes of the caller's, copied when the event is kept.
    Borrowed(&'r [u8]),
    /// Bytes that can be kept without copying them.
    Shared(&'r Bytes),
}

/// Prints how many bytes there are, never the bytes.
impl fmt::Debug for Payload<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let length = match self {
            Self::Borrowed(bytes) => bytes.len(),
            Self::Shared(bytes) => bytes.len(),
        };
        write!(f, "Payload({length} bytes)")
    }
}

impl<'r> From<&'r Bytes> for Payload<'r> {
    fn from(bytes: &'r Bytes) -> Self {
        Self::Shared(bytes)
    }
}

impl<'r> From<&'r [u8]> for Payload<'r> {
    fn from(bytes: &'r [u8]) -> Self {
        Self::Borrowed(bytes)
    }
}

impl<'r> From<&'r Vec<u8>> for Payload<'r> {
    fn from(bytes: &'r Vec<u8>) -> Self {
        Self::Borrowed(bytes)
    }
}

impl<'r> From<&'r str> for Payload<'r> {
    fn from(text: &'r str) -> Self {
        Self::Borrowed(text.as_bytes())
    }
}

impl<'r> From<&'r String> for Payload<'r> {
    fn from(text: &'r String) -> Self {
        Self::Borrowed(text.as_bytes())
    }
}

/// A header map as a framework keeps it.
///
/// Implemented for [`http::HeaderMap`], for vectors and arrays of name-value pairs, and (with the feature) for
/// actix-web's own map, which still speaks `http` 0.2. Implement it to receive from anything else:
/// repeated headers must stay visible, because a repeated credential is refused.
///
/// ```
/// use receiver_core::http::HeaderName;
/// use receiver_core::request::{HeaderMap, NotOne, Payload};
/// use receiver_core::{Bytes, Headers, Request};
///
/// /// What some gateway hands over: `name: value`, a line each.
/// struct Lines(&'static str);
///
/// impl Lines {
///     fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
///         self.0.lines().filter_map(|line| line.split_once(": "))
///     }
/// }
///
/// impl HeaderMap for Lines {
///     fn nth(&self, name: &HeaderName, nth: usize) -> Option<&[u8]> {
///         let named = self.pairs().filter(|(other, _)| other.eq_ignore_ascii_case(name.as_str()));
///         named.map(|(_, value)| value.as_bytes()).nth(nth)
///     }
///
///     fn visit(&self, each: &mut dyn FnMut(&str, &[u8])) {
///         self.pairs().for_each(|(name, value)| each(name, value.as_bytes()));
///     }
/// }
///
/// let lines = Lines("X-Token: abc\nX-Id: 1\nx-id: 2");
/// let body = Bytes::from_static(b"{}");
/// // Shared with what is received, not copied.
/// let request = Request::new("POST", "/", &lines).with_body(Payload::from(&body));
///
/// let headers: Headers<'_> = request.headers();
/// assert_eq!(headers.one(&HeaderName::from_static("x-token")), Ok(b"abc".as_slice()));
/// assert_eq!(headers.one(&HeaderName::from_static("x-id")), Err(NotOne::Repeated));
/// ```
pub trait HeaderMap: Sync {
    /// The `nth` value (from 0) of the header `name`, in the order received.
    fn nth(&self, name: &HeaderName, nth: usize) -> Option<&[u8]>;

    /// Calls `each` with every header's name and value, repeated ones repeatedly.
    fn visit(&self, each: &mut dyn FnMut(&str, &[u8]));

    /// The value of a header that must stand once. Implement it where that is faster.
    ///
    /// # Errors
    ///
    /// Those of [`Headers::one`].
    fn one(&self, name: &HeaderName) -> Result<&[u8], NotOne> {
        let value = self.nth(name, 0).ok_or(NotOne::Missing)?;
        match self.nth(name, 1) {
            Some(_) => Err(NotOne::Repeated),
            None => Ok(value),
        }
    }
}

impl HeaderMap for http::HeaderMap {
    fn nth(&self, name: &HeaderName, nth: usize) -> Option<&[u8]> {
        let value = match nth {
            0 => self.get(name),
            _ => self.get_all(name).iter().nth(nth),
        };
        value.map(http::HeaderValue::as_bytes)
    }

    fn visit(&self, each: &mut dyn FnMut(&str, &[u8])) {
        for (name, value) in self {
            each(name.as_str(), value.as_bytes());
        }
    }

    fn one(&self, name: &HeaderName) -> Result<&[u8], NotOne> {
        let mut values = self.get_all(name).iter();
        let value = values.next().ok_or(NotOne::Missing)?;
        if values.next().is_some() { Err(NotOne::Repeated) } else { Ok(value.as_bytes()) }
    }
}

macro_rules! header_map_of_pairs {
    ($pairs:ty $(, $count:ident)?) => {
        impl<N, V $(, const $count: usize)?> HeaderMap for $pairs
        where
            N: AsRef<str> + Sync,
            V: AsRef<[u8]> + Sync,
        {
            fn nth(&self, name: &HeaderName, nth: usize) -> Option<&[u8]> {
                let is_named =
                    |(other, _): &&(N, V)| other.as_ref().eq_ignore_ascii_case(name.as_str());
                self.iter().filter(is_named).nth(nth).map(|(_, value)| value.as_ref())
            }

            fn visit(&self, each: &mut dyn FnMut(&str, &[u8])) {
                for (name, value) in self {
                    each(name.as_ref(), value.as_ref());
                }
            }
        }
    };
}

header_map_of_pairs!(Vec<(N, V)>);
header_map_of_pairs!([(N, V); COUNT], COUNT);

/// A request's headers, by reference. Names ignore case (RFC 9110, section 5.1).
#[derive(Clone, Copy)]
pub struct Headers<'r>(&'r dyn HeaderMap);

impl<'r> Headers<'r> {
    /// The first value of a header.
    #[must_use]
    pub fn get(self, name: &HeaderName) -> Option<&'r [u8]> {
        self.0.nth(name, 0)
    }

    /// All values of a header, in the order received.
    pub fn get_all(self, name: &HeaderName) -> impl Iterator<Item = &'r [u8]> {
        let map = self.0;
        (0..).map_while(move |nth| map.nth(name, nth))
    }

    /// The value of a header that must stand once.
    ///
    /// # Errors
    ///
    /// [`NotOne::Missing`] without the header; [`NotOne::Repeated`] with two lines of it, because
    /// a check of the first says nothing about what somebody else reads from the second.
    pub fn one(self, name: &HeaderName) -> Result<&'r [u8], NotOne> {
        self.0.one(name)
    }

    /// Calls `each` with every header's name and value, repeated ones repeatedly.
    pub fn visit(self, each: &mut dyn FnMut(&str, &[u8])) {
        self.0.visit(each);
    }
}

/// Prints the names, never a value.
impl fmt::Debug for Headers<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut names = f.debug_list();
        self.0.visit(&mut |name, _| {
            names.entry(&name);
        });
        names.finish()
    }
}

impl<'r, M: HeaderMap> From<&'r M> for Headers<'r> {
    fn from(map: &'r M) -> Self {
        Self(map)
    }
}

/// Why a value that must stand exactly once was not read.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotOne {
    /// It does not stand there.
    Missing,
    /// It stands there more than once.
    Repeated,
}
