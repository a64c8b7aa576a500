//! `Receiver`: one endpoint, and the one path through it.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::{HeaderValue, Method, header};

use crate::event::Media;
use crate::record::{Clock, Record};
use crate::reply::Wording;
#[cfg(feature = "body")]
use crate::tenants::Tenants;
use crate::{Cause, Delivery, Event, EventKey, Proof, Receipt, Rejection, Request, Scheme};

/// One endpoint: how its sender is proven, how large and slow a body may be, and what is read from it.
///
/// Cloning it is cheap. The path through it, without a framework:
///
/// ```
/// use std::time::SystemTime;
/// use receiver_core::scheme::Bearer;
/// use receiver_core::{Json, Receiver, Request, Secret};
///
/// let receiver = Receiver::<Json<u32>>::new(Bearer::new(Secret::new("correct-horse")?)?);
///
/// let headers = vec![
///     ("authorization", "Bearer correct-horse"),
///     ("content-type", "application/json"),
/// ];
/// let request = Request::new("POST", "/", &headers).with_body("42");
///
/// let answer = match receiver.receive(&request, SystemTime::now()) {
///     Ok(received) => {
///         assert_eq!(*received.event, 42);
///         received.receipt.accepted().into_http(SystemTime::now())
///     }
///     Err(rejection) => rejection.into_http(SystemTime::now()),
/// };
/// assert_eq!(answer.status(), 200);
/// # Ok::<(), receiver_core::InvalidSecret>(())
/// ```
pub struct Receiver<E: Event> {
    inner: Arc<Inner<E>>,
}

impl<E: Event> Receiver<E> {
    /// An endpoint whose sender proves itself by this scheme.
    #[must_use]
    pub fn new(scheme: impl Scheme + 'static) -> Self {
        // A challenge of a scheme of one's own may hold what no header can.
        let challenge = HeaderValue::try_from(&*scheme.challenge());
        Self {
            inner: Arc::new(Inner {
                sender: Arc::from(E::SENDER),
                scheme: Arc::new(scheme),
                challenge: challenge.unwrap_or(HeaderValue::from_static("Unknown")),
                methods: E::METHODS,
                allow: allow(E::METHODS),
                options: E::Options::default(),
                body_limit: 1024 * 1024,
                body_deadline: Duration::from_secs(15),
                clock: None,
                #[cfg(feature = "body")]
                tenants: None,
                event: PhantomData,
            }),
        }
    }

    /// The sender's name in logs and keys, where it is not the event type's own.
    #[must_use]
    pub fn with_sender(self, name: &str) -> Self {
        self.edit(|inner| inner.sender = Arc::from(name))
    }

    /// How the sender's payloads are read.
    #[must_use]
    pub fn with_options(self, options: E::Options) -> Self {
        self.edit(|inner| inner.options = options)
    }

    /// Which methods are taken, where they are not those of the event type: some senders ask a URL by
    /// `HEAD` or `GET` before they send to it.
    #[must_use]
    pub fn with_methods(self, methods: &'static [Method]) -> Self {
        self.edit(|inner| {
            inner.methods = methods;
            inner.allow = allow(methods);
        })
    }

    /// How many bytes a body may have; 1 MiB unless said. Longer ones are answered 413.
    #[must_use]
    pub fn with_body_limit(self, bytes: usize) -> Self {
        self.edit(|inner| inner.body_limit = bytes)
    }

    /// How long reading the whole body may take; 15 seconds unless said. Slower ones are answered
    /// 408. It is the adapters that read bodies: here it is only kept.
    #[must_use]
    pub fn with_body_deadline(self, deadline: Duration) -> Self {
        self.edit(|inner| inner.body_deadline = deadline)
    }

    /// A clock for the adapters instead of the system's, such as a frozen one in tests. Without an
    /// adapter, the time is the argument `now`.
    #[must_use]
    pub fn with_clock(self, clock: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        self.edit(|inner| inner.clock = Some(Arc::new(clock)))
    }

    /// The whole path: proves the sender, then reads the event.
    ///
    /// # Errors
    ///
    /// The [`Rejection`], which knows its whole answer.
    pub fn receive(
        &self,
        request: &Request<'_>,
        now: SystemTime,
    ) -> Result<Received<E>, Rejection> {
        let record = self.record(request, now);
        match self.admit(request) {
            Ok(()) => self.receive_by(&*self.inner.scheme, request, record),
            Err(cause) => Err(self.reject(cause, record)),
        }
    }

    /// The path of a request that was admitted. The record is there from the start, so that whatever
    /// becomes of the request is logged.
    pub(crate) fn receive_by(
        &self,
        scheme: &dyn Scheme,
        request: &Request<'_>,
        mut record: Box<Record>,
    ) -> Result<Received<E>, Rejection> {
        let now = record.received_at;
        let delivery = match self.prove(scheme, request, now) {
            Ok(delivery) => delivery,
            Err(cause) => return Err(self.reject(cause, record)),
        };
        record.proof = Some(delivery.proof().clone());
        let read = Media::check(E::MEDIA, request)
            .and_then(|()| E::from_delivery(&delivery, &self.inner.options));
        match read {
            Ok(event) => {
                record.kind = Some(event.kind().to_owned());
                let (body, proof) = (request.keep_body(), delivery.into_proof());
                let receipt = Receipt::new(Wording(E::answer), record);
                let sender = Arc::clone(&self.inner.sender);
                Ok(Received { event, body, proof, received_at: now, receipt, sender })
            }
            Err(error) => Err(self.reject(Cause::Parse(error), record)),
        }
    }

    /// Proves the sender and reads nothing: the way in for a service that validates only. Success is
    /// logged here, as `verified`: how the request is answered is not known.
    ///
    /// # Errors
    ///
    /// The [`Rejection`], which knows its whole answer.
    pub fn verify<'r>(
        &'r self,
        request: &Request<'r>,
        now: SystemTime,
    ) -> Result<Delivery<'r>, Rejection> {
        let mut record = self.record(request, now);
        let admitted = self.admit(request);
        match admitted.and_then(|()| self.prove(&*self.inner.scheme, request, now)) {
            Ok(delivery) => {
                record.proof = Some(delivery.proof().clone());
                record.log_verified();
                Ok(delivery)
            }
            Err(cause) => Err(self.reject(cause, record)),
        }
    }

    fn prove<'r>(
        &'r self,
        scheme: &dyn Scheme,
        request: &Request<'r>,
        now: SystemTime,
    ) -> Result<Delivery<'r>, Cause> {
        let proof = scheme.verify(request, now)?;
        Ok(Delivery::proven(*request, &self.inner.sender, proof, now))
    }

    /// What can be refused before the body is read: method, content coding and announced length.
    pub(crate) fn admit(&self, request: &Request<'_>) -> Result<(), Cause> {
        let headers = request.headers();
        if !self.inner.methods.iter().any(|method| method.as_str() == request.method()) {
            return Err(Cause::Method);
        }
        let mut codings = headers.get_all(&header::CONTENT_ENCODING);
        if !codings.all(|coding| coding.eq_ignore_ascii_case(b"identity")) {
            return Err(Cause::ContentCoding);
        }
        let announced = headers
            .get(&header::CONTENT_LENGTH)
            .and_then(|length| std::str::from_utf8(length).ok()?.trim().parse::<u64>().ok());
        let limit = u64::try_from(self.inner.body_limit).unwrap_or(u64::MAX);
        let is_announced_too_large = announced.is_some_and(|length| length > limit);
        if is_announced_too_large || request.body().len() > self.inner.body_limit {
            return Err(Cause::TooLarge);
        }
        Ok(())
    }

    pub(crate) fn reject(&self, cause: Cause, record: Box<Record>) -> Rejection {
        let (challenge, allow) = (self.inner.challenge.clone(), self.inner.allow.clone());
        Rejection::new(cause, Wording(E::answer), challenge, allow, record)
    }

    pub(crate) fn record(&self, request: &Request<'_>, now: SystemTime) -> Box<Record> {
        let mut record = Record::new(Arc::clone(&self.inner.sender), now);
        record.bytes = request.body().len();
        record.clock.clone_from(&self.inner.clock);
        record
    }

    #[cfg(feature = "body")]
    pub(crate) fn body_limit(&self) -> usize {
        self.inner.body_limit
    }

    #[cfg(feature = "body")]
    pub(crate) fn body_deadline(&self) -> Duration {
        self.inner.body_deadline
    }

    #[cfg(feature = "body")]
    pub(crate) fn clock(&self) -> Option<&Clock> {
        self.inner.clock.as_ref()
    }

    #[cfg(feature = "body")]
    pub(crate) fn scheme(&self) -> &dyn Scheme {
        &*self.inner.scheme
    }

    #[cfg(feature = "body")]
    pub(crate) fn tenants(&self) -> Option<&Tenants> {
        self.inner.tenants.as_ref()
    }

    #[cfg(feature = "body")]
    pub(crate) fn with_tenants(self, tenants: Tenants) -> Self {
        self.edit(|inner| inner.tenants = Some(tenants))
    }

    pub(crate) fn edit_options(self, edit: impl FnOnce(&mut E::Options)) -> Self {
        self.edit(|inner| edit(&mut inner.options))
    }

    fn edit(mut self, edit: impl FnOnce(&mut Inner<E>)) -> Self {
        edit(Arc::make_mut(&mut self.inner));
        self
    }
}

impl<E: Event> Clone for Receiver<E> {
    fn clone(&self) -> Self {
        Self { inner: Arc::clone(&self.inner) }
    }
}

impl<E: Event> fmt::Debug for Receiver<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Receiver")
            .field("sender", &self.inner.sender)
            .field("scheme", &self.inner.scheme)
            .field("body_limit", &self.inner.body_limit)
            .field("body_deadline", &self.inner.body_deadline)
            .finish_non_exhaustive()
    }
}

/// A typed event whose sender is proven, the bytes it was read from, and the right to answer.
///
/// In axum and actix-web it is the handler's argument; in warp the handler is given it.
#[non_exhaustive]
pub struct Received<E> {
    /// The event.
    pub event: E,
    /// The body's bytes as received.
    pub body: Bytes,
    /// By what the sender is proven.
    pub proof: Proof,
    /// When the request was received.
    pub received_at: SystemTime,
    /// The right to answer: turn it into the handler's [`Reply`](crate::Reply).
    pub receipt: Receipt,
    sender: Arc<str>,
}

impl<E: Event> Received<E> {
    /// What happened, in the sender's words: [`Event::kind`].
    pub fn kind(&self) -> &str {
        self.event.kind()
    }

    /// What makes a redelivery recognisable, under the endpoint's name of the sender and the tenant,
    /// so that two installations of one product do not share keys. `None` where nothing does.
    pub fn key(&self) -> Option<EventKey> {
        self.event.key(EventKey::of(&self.sender).optional("tenant", self.proof.tenant()))
    }
}

/// Prints neither event nor body: both are the sender's data.
impl<E> fmt::Debug for Received<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Received")
            .field("body_bytes", &self.body.len())
            .field("proof", &self.proof)
            .field("receipt", &self.receipt)
            .finish_non_exhaustive()
    }
}

struct Inner<E: Event> {
    sender: Arc<str>,
    scheme: Arc<dyn Scheme>,
    challenge: HeaderValue,
    methods: &'static [Method],
    allow: HeaderValue,
    options: E::Options,
    body_limit: usize,
    body_deadline: Duration,
    clock: Option<Clock>,
    #[cfg(feature = "body")]
    tenants: Option<Tenants>,
    event: PhantomData<fn() -> E>,
}

impl<E: Event> Clone for Inner<E> {
    fn clone(&self) -> Self {
        Self {
            sender: Arc::clone(&self.sender),
            scheme: Arc::clone(&self.scheme),
            challenge: self.challenge.clone(),
            allow: self.allow.clone(),
            options: self.options.clone(),
            clock: self.clock.clone(),
            #[cfg(feature = "body")]
            tenants: self.tenants.clone(),
            ..*self
        }
    }
}

/// The `Allow` header of a 405 (RFC 9110, section 10.2.1).
fn allow(methods: &[Method]) -> HeaderValue {
    let names: Vec<_> = methods.iter().map(Method::as_str).collect();
    HeaderValue::try_from(names.join(", ")).unwrap_or(HeaderValue::from_static("POST"))
}
