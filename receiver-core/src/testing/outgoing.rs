//! `Outgoing`: a request as a sender would send it.

use std::fmt;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderName, HeaderValue};

use super::{Credential, Fault, Unsendable};
use crate::Request;
use crate::samples::Sample;
use crate::scheme::{Layout, Signed, Strength};

/// A request as a sender would send it, before it is signed.
///
/// Nothing is checked until [`Outgoing::request`] makes it. A clone is another request.
#[derive(Clone)]
pub struct Outgoing {
    method: String,
    path: String,
    query: Option<String>,
    headers: Vec<(String, Vec<u8>)>,
    body: Bytes,
    credentials: Vec<Credential>,
    id: String,
    fault: Option<Fault>,
}

impl Outgoing {
    /// A request without a body. `target` is the path, with the query behind a `?` if there is one.
    #[must_use]
    pub fn new(method: &str, target: &str) -> Self {
        let (path, query) = match target.split_once('?') {
            Some((path, query)) => (path, Some(query.to_owned())),
            None => (target, None),
        };
        Self {
            method: method.to_owned(),
            path: path.to_owned(),
            query,
            headers: Vec::new(),
            body: Bytes::new(),
            credentials: Vec::new(),
            id: "msg1".to_owned(),
            fault: None,
        }
    }

    /// A `POST` of this JSON text.
    #[must_use]
    pub fn json(target: &str, text: impl Into<Bytes>) -> Self {
        Self::new("POST", target).with_header("content-type", "application/json").with_body(text)
    }

    /// A synthetic payload, as its sender sends it, to `/`.
    #[must_use]
    pub fn sample(sample: &Sample) -> Self {
        let outgoing = Self::new(sample.method, "/").with_body(sample.body);
        let outgoing = Self { query: sample.query.map(str::to_owned), ..outgoing };
        match sample.content_type {
            Some(media) => outgoing.with_header("content-type", media),
            None => outgoing,
        }
    }

    /// The same to this path.
    #[must_use]
    pub fn to(self, path: &str) -> Self {
        Self { path: path.to_owned(), ..self }
    }

    /// The same with this header too: one of the same name stays.
    #[must_use]
    pub fn with_header(mut self, name: &str, value: impl AsRef<[u8]>) -> Self {
        self.headers.push((name.to_owned(), value.as_ref().to_vec()));
        self
    }

    /// The same with this body.
    #[must_use]
    pub fn with_body(self, body: impl Into<Bytes>) -> Self {
        Self { body: body.into(), ..self }
    }

    /// The same with this id, for signatures that cover one; `msg1` unless said.
    #[must_use]
    pub fn with_id(self, id: &str) -> Self {
        Self { id: id.to_owned(), ..self }
    }

    /// The same with this credential too. A signature covers what was there before it.
    #[must_use]
    pub fn with_credential(mut self, credential: Credential) -> Self {
        self.credentials.push(credential);
        self
    }

    /// The same with this fault, and no other.
    #[must_use]
    pub fn with_fault(self, fault: Fault) -> Self {
        Self { fault: Some(fault), ..self }
    }

    /// What the strongest of its credentials covers.
    #[must_use]
    pub fn strength(&self) -> Strength {
        let strengths = self.credentials.iter().map(|credential| credential.way().strength());
        strengths.max().unwrap_or(Strength::Unproven)
    }

    /// The request, signed at this time where its sender signs.
    ///
    /// The values of its credentials' headers are marked as sensitive, so that they are not printed;
    /// those in the query and the body are printed by `http`.
    ///
    /// # Errors
    ///
    /// [`Unsendable`]: what HTTP cannot carry, what cannot be signed, and a fault that cannot happen
    /// to this request.
    pub fn request(&self, now: SystemTime) -> Result<http::Request<Bytes>, Unsendable> {
        let mut draft = self.draft()?;
        if let Some(fault) = self.fault.filter(|fault| !self.can_be(*fault)) {
            return Err(Unsendable::Inapplicable(fault));
        }
        match self.fault {
            Some(Fault::WrongContentType) => {
                draft.headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/plain"));
            }
            Some(Fault::HugeBody) => {
                let mut body = draft.body.to_vec();
                body.resize(body.len().max(HUGE), b' ');
                draft.body = body.into();
            }
            _ => {}
        }
        let signed_at = match self.fault {
            Some(Fault::StaleTimestamp) => now.checked_sub(A_DAY).unwrap_or(UNIX_EPOCH),
            Some(Fault::FutureTimestamp) => now.checked_add(A_DAY).unwrap_or(now),
            _ => now,
        };
        let times = match self.fault {
            Some(Fault::MissingCredential) => 0,
            Some(Fault::RepeatedCredential) => 2,
            _ => 1,
        };
        for credential in self.credentials.iter().cloned() {
            let credential = match self.fault {
                Some(Fault::WrongSecret) => credential.with_wrong_secret(),
                _ => credential,
            };
            for _ in 0..times {
                credential.put(&mut draft, &self.id, signed_at)?;
            }
        }
        match self.fault {
            Some(Fault::TamperedBody) => {
                // Before what a credential has put behind it, which need not cover itself.
                let end = self.body.len().min(draft.body.len());
                let (body, behind) = draft.body.split_at(end);
                draft.body = [body, b" ", behind].concat().into();
            }
            Some(Fault::TruncatedBody) => {
                // White space at the end is not what is missed.
                draft.body.truncate(draft.body.trim_ascii_end().len() / 2);
            }
            _ => {}
        }
        draft.finish()
    }

    fn draft(&self) -> Result<Draft, Unsendable> {
        let mut headers = HeaderMap::new();
        for (name, value) in &self.headers {
            let name = HeaderName::try_from(name).map_err(|_| Unsendable::Malformed)?;
            let value = HeaderValue::from_bytes(value).map_err(|_| Unsendable::Malformed)?;
            headers.append(name, value);
        }
        Ok(Draft {
            method: self.method.clone(),
            path: self.path.clone(),
            query: self.query.clone(),
            headers,
            body: self.body.clone(),
        })
    }

    /// Whether the fault can happen to it, and be told.
    fn can_be(&self, fault: Fault) -> bool {
        let has_body = !self.body.is_empty();
        match fault {
            Fault::WrongSecret | Fault::MissingCredential | Fault::RepeatedCredential => {
                !self.credentials.is_empty()
            }
            Fault::StaleTimestamp | Fault::FutureTimestamp => {
                self.credentials.iter().any(judges_time)
            }
            Fault::TamperedBody => has_body,
            Fault::TruncatedBody => {
                let is_json = matches!(self.body.trim_ascii_start(), [b'{' | b'[', ..]);
                has_body && (is_json || self.strength() == Strength::Body)
            }
            Fault::Duplicate | Fault::Reordered | Fault::WrongContentType | Fault::HugeBody => true,
        }
    }
}

/// Prints neither query, header values nor body: a credential may stand in each of them.
impl fmt::Debug for Outgoing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let headers: Vec<_> = self.headers.iter().map(|(name, _)| name).collect();
        f.debug_struct("Outgoing")
            .field("method", &self.method)
            .field("headers", &headers)
            .field("body_bytes", &self.body.len())
            .field("credentials", &self.credentials)
            .field("fault", &self.fault)
            .finish_non_exhaustive()
    }
}

/// A request that credentials are put into.
pub(super) struct Draft {
    method: String,
    path: String,
    pub(super) query: Option<String>,
    headers: HeaderMap,
    pub(super) body: Bytes,
}

impl Draft {
    pub(super) fn request(&self) -> Request<'_> {
        Request::new(&self.method, &self.path, &self.headers)
            .with_query(self.query.as_deref())
            .with_body(&self.body)
    }

    pub(super) fn add_secret(
        &mut self,
        name: HeaderName,
        value: impl AsRef<[u8]>,
    ) -> Result<(), Unsendable> {
        let value = HeaderValue::from_bytes(value.as_ref());
        let mut value = value.map_err(|_| Unsendable::Malformed)?;
        value.set_sensitive(true);
        self.headers.append(name, value);
        Ok(())
    }

    pub(super) fn add_signed(&mut self, signed: Signed) -> Result<(), Unsendable> {
        for (name, value) in signed.headers {
            self.add_secret(name, value)?;
        }
        (self.query, self.body) = (signed.query, signed.body.into());
        Ok(())
    }

    pub(super) fn add_to_query(&mut self, name: &str, value: &[u8]) {
        let mut query = self.query.take().map(|query| query + "&").unwrap_or_default();
        query.extend(form_urlencoded::byte_serialize(name.as_bytes()));
        query.push('=');
        query.extend(form_urlencoded::byte_serialize(value));
        self.query = Some(query);
    }

    fn finish(self) -> Result<http::Request<Bytes>, Unsendable> {
        let target = match self.query {
            Some(query) => format!("{}?{query}", self.path),
            None => self.path,
        };
        let request = http::Request::builder().method(&*self.method).uri(target).body(self.body);
        let mut request = request.map_err(|_| Unsendable::Malformed)?;
        *request.headers_mut() = self.headers;
        Ok(request)
    }
}

fn judges_time(credential: &Credential) -> bool {
    let timestamp = credential.way().layout().and_then(Layout::timestamp);
    timestamp.is_some_and(|timestamp| timestamp.tolerance().is_some())
}

/// Longer than any tolerance that is of use.
const A_DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// A byte more than a receiver's limit.
const HUGE: usize = 1024 * 1024 + 1;
