//! What the sender is told when the handler is done: all reply statuses in one table.

use std::fmt;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::{HeaderValue, Response, StatusCode, header};
use serde::Serialize;

use crate::Content;
use crate::json::Shape;
use crate::record::Record;

/// The right to answer one delivery, once.
///
/// Only a [`Receiver`](crate::Receiver) makes one, after the sender is proven and the event read, so
/// there is no way to accept a delivery that was not verified. Turn it into a [`Reply`]:
///
/// | method | status | for |
/// |---|---|---|
/// | [`accepted`](Self::accepted) | 200 | the event is handled or safely stored |
/// | [`accepted_saying`](Self::accepted_saying) | 200 | the same, with words for the sender's operator |
/// | [`accepted_with`](Self::accepted_with) | 200 | the same, with a body of your own |
/// | [`duplicate`](Self::duplicate) | 200 | it was handled before |
/// | [`queued`](Self::queued) | 202 | it will be handled later |
/// | [`no_content`](Self::no_content) | 204 | accepted, without a body |
/// | [`retry_later`](Self::retry_later) | 503 | it cannot be handled now: the sender should send it again |
/// | [`gone`](Self::gone) | 410 | the endpoint is closed: some senders then stop for good |
///
/// A receipt that is dropped is logged as `unanswered`, at `WARN`.
///
/// ```
/// use std::time::SystemTime;
/// use receiver_core::scheme::Bearer;
/// use receiver_core::{Json, Receipt, Receiver, Reply, Request, Secret};
///
/// fn answer(receipt: Receipt, stored: Result<(), std::io::Error>) -> Reply {
///     receipt.settle(stored) // 200, or 503 and the error in the log
/// }
///
/// let receiver = Receiver::<Json<u32>>::new(Bearer::new(Secret::new("correct-horse")?)?);
/// let headers = vec![
///     ("authorization", "Bearer correct-horse"),
///     ("content-type", "application/json"),
/// ];
/// let request = Request::new("POST", "/", &headers).with_body("42");
/// let receipt = || Ok::<_, receiver_core::Rejection>(receiver.receive(&request, SystemTime::now())?.receipt);
///
/// let reply = answer(receipt()?, Ok(()));
/// assert_eq!(reply.into_http(SystemTime::now()).body(), r#"{"status":"accepted"}"#);
///
/// let reply = answer(receipt()?, Err(std::io::Error::other("the disk is full")));
/// let answer = reply.into_http(SystemTime::now());
/// assert_eq!(answer.status(), 503);
/// assert_eq!(answer.headers()["retry-after"], "30");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use = "the sender waits for an answer"]
#[derive(Debug)]
pub struct Receipt {
    wording: Wording,
    record: Box<Record>,
}

impl Receipt {
    pub(crate) fn new(wording: Wording, record: Box<Record>) -> Self {
        Self { wording, record }
    }

    /// 200: the event is handled, or stored where it is safe.
    pub fn accepted(self) -> Reply {
        self.reply(StatusCode::OK, "accepted", Body::Notice(None))
    }

    /// 200, with words for whoever reads the sender's list of deliveries.
    pub fn accepted_saying(self, message: impl Into<String>) -> Reply {
        self.reply(StatusCode::OK, "accepted", Body::Notice(Some(message.into())))
    }

    /// 200, with a body of your own instead of this sender's usual one.
    pub fn accepted_with(self, content: impl Into<Content>) -> Reply {
        self.reply(StatusCode::OK, "accepted", Body::Own(content.into()))
    }

    /// 200: this delivery was handled before.
    pub fn duplicate(self) -> Reply {
        self.reply(StatusCode::OK, "duplicate", Body::Notice(None))
    }

    /// 202: the event is safe and will be handled later.
    pub fn queued(self) -> Reply {
        self.reply(StatusCode::ACCEPTED, "queued", Body::Notice(None))
    }

    /// 204: accepted, and there is nothing to say.
    pub fn no_content(self) -> Reply {
        self.reply(StatusCode::NO_CONTENT, "accepted", Body::None)
    }

    /// 503 with `Retry-After`: this cannot be handled now. Parts of a second are rounded up.
    pub fn retry_later(self, after: Duration) -> Reply {
        self.reply(StatusCode::SERVICE_UNAVAILABLE, "retry_later", Body::Retry(after))
    }

    /// 410: this endpoint takes no more deliveries.
    pub fn gone(self) -> Reply {
        self.reply(StatusCode::GONE, "gone", Body::Notice(None))
    }

    /// [`accepted`](Self::accepted) when the work went well, else
    /// [`retry_later`](Self::retry_later) in 30 seconds, with the error in the log, cut after 256
    /// characters. Mind that it must hold no secret.
    ///
    /// A handler's error is never answered as if the sender's credentials were wrong.
    pub fn settle<T>(mut self, result: Result<T, impl fmt::Display>) -> Reply {
        match result {
            Ok(_) => self.accepted(),
            Err(error) => {
                self.record.error = Some(error.to_string());
                self.retry_later(Duration::from_secs(30))
            }
        }
    }

    fn reply(mut self, status: StatusCode, outcome: &'static str, body: Body) -> Reply {
        self.record.reason = outcome;
        Reply { status, body, wording: self.wording, record: self.record }
    }
}

/// The answer to a proven delivery, in the form its sender reads. Made from a [`Receipt`].
#[must_use = "the sender waits for an answer"]
pub struct Reply {
    status: StatusCode,
    body: Body,
    wording: Wording,
    record: Box<Record>,
}

impl Reply {
    /// The status the sender is answered with.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The whole answer, by the clock that the request was received by.
    #[cfg(any(feature = "axum", feature = "actix-web", feature = "warp"))]
    pub(crate) fn answer(self) -> Response<Bytes> {
        let now = crate::body::now(self.record.clock.as_ref());
        self.into_http(now)
    }

    /// The whole answer. It is logged with the time since the request was received until `now`.
    #[must_use]
    pub fn into_http(mut self, now: SystemTime) -> Response<Bytes> {
        self.record.log(self.status, now);

        let mut response = answer(self.status);
        let mut retry_after = None;
        let content = match self.body {
            Body::None => None,
            Body::Own(content) => Some(content),
            Body::Notice(_) if self.status == StatusCode::GONE => {
                let problem = Problem::new(self.status, "gone", "This endpoint is closed");
                Some(self.wording.of(&Notice::Refused(&problem)))
            }
            Body::Notice(message) => {
                let (outcome, message) = (self.record.reason, message.as_deref());
                Some(self.wording.of(&Notice::Accepted { status: self.status, outcome, message }))
            }
            Body::Retry(after) => {
                let seconds = after.as_secs().saturating_add(u64::from(after.subsec_nanos() > 0));
                retry_after = Some(HeaderValue::from(seconds.max(1)));
                let title = "The delivery cannot be handled now; send it again later";
                let problem = Problem::new(self.status, "retry-later", title);
                Some(self.wording.of(&Notice::Refused(&problem)))
            }
        };
        if let Some(content) = content {
            content.put_into(&mut response);
        }
        if let Some(seconds) = retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, seconds);
        }
        response
    }
}

/// Prints the status, never what is said with it.
impl fmt::Debug for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reply")
            .field("status", &self.status)
            .field("record", &self.record)
            .finish_non_exhaustive()
    }
}

/// An empty answer that no cache between here and the sender may keep: a kept answer to a GET would
/// accept the next event in our name.
pub(crate) fn answer(status: StatusCode) -> Response<Bytes> {
    let mut response = Response::new(Bytes::new());
    *response.status_mut() = status;
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

enum Body {
    None,
    Own(Content),
    Notice(Option<String>),
    Retry(Duration),
}

/// What a sender is to be told, for [`Event::answer`](crate::Event::answer) to put into the words
/// and the form this sender reads.
///
/// ```
/// use std::time::SystemTime;
/// use receiver_core::scheme::Bearer;
/// use receiver_core::{Content, Delivery, Event, EventKey, Notice, ParseError, Problem};
/// use receiver_core::{Receiver, Request, Secret};
///
/// struct Beat; // Of a sender that shows its operators a line of text.
///
/// impl Event for Beat {
///     type Options = ();
///     const SENDER: &'static str = "pacemaker";
///
///     fn from_delivery(_: &Delivery<'_>, (): &()) -> Result<Self, ParseError> {
///         Ok(Self)
///     }
///
///     fn kind(&self) -> &str {
///         "beat"
///     }
///
///     fn key(&self, _: EventKey) -> Option<EventKey> {
///         None
///     }
///
///     fn answer(notice: &Notice<'_>) -> Content {
///         let line = |problem: &Problem| format!("NOT OK {}", problem.title());
///         match notice {
///             Notice::Accepted { message, .. } => Content::text(message.unwrap_or("OK")),
///             Notice::Refused(problem) => Content::text(line(problem)),
///             _ => Content::usual(notice),
///         }
///     }
/// }
///
/// let receiver = Receiver::<Beat>::new(Bearer::new(Secret::new("correct-horse")?)?);
/// let headers = http::HeaderMap::new();
/// let refused = receiver.receive(&Request::new("POST", "/", &headers), SystemTime::now());
/// let answer = refused.unwrap_err().into_http(SystemTime::now());
/// assert_eq!(answer.body(), "NOT OK The credentials are missing or not valid");
/// # Ok::<(), receiver_core::InvalidSecret>(())
/// ```
#[non_exhaustive]
#[derive(Clone, Copy, Debug)]
pub enum Notice<'a> {
    /// The delivery is accepted.
    #[non_exhaustive]
    Accepted {
        /// 200 or 202.
        status: StatusCode,
        /// `accepted`, `duplicate` or `queued`.
        outcome: &'a str,
        /// The handler's own words.
        message: Option<&'a str>,
    },
    /// The delivery is refused, or cannot be taken now.
    Refused(&'a Problem),
}

/// What may be told about a refusal: the problem details of RFC 9457.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    r#type: String,
    title: &'static str,
    #[serde(serialize_with = "as_number")]
    status: StatusCode,
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    member: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expected: Option<String>,
}

impl Problem {
    pub(crate) fn new(status: StatusCode, name: &str, title: &'static str) -> Self {
        let r#type = format!("urn:receiver:problem:{name}");
        Self { r#type, title, status, detail: None, member: None, expected: None }
    }

    pub(crate) fn with_detail(self, detail: String) -> Self {
        Self { detail: Some(detail), ..self }
    }

    pub(crate) fn with_shape(self, shape: &Shape) -> Self {
        let (member, expected) = (shape.member().to_owned(), shape.expected().to_owned());
        Self {
            member: Some(member),
            expected: Some(expected),
            ..self.with_detail(shape.to_string())
        }
    }

    /// The stable URI that names the kind of problem, `urn:receiver:problem:` and a word.
    #[must_use]
    pub fn type_uri(&self) -> &str {
        &self.r#type
    }

    /// The kind of problem in a sentence.
    #[must_use]
    pub fn title(&self) -> &'static str {
        self.title
    }

    /// The status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// What exactly is wrong, without any value from the request.
    #[must_use]
    pub fn detail(&self) -> Option<&str> {
        self.detail.as_deref()
    }

    /// The path of the member that does not fit, for a 422.
    #[must_use]
    pub fn member(&self) -> Option<&str> {
        self.member.as_deref()
    }

    /// What was expected there, for a 422.
    #[must_use]
    pub fn expected(&self) -> Option<&str> {
        self.expected.as_deref()
    }
}

/// How one kind of event words its answers: a pointer to [`Event::answer`](crate::Event::answer).
#[derive(Clone, Copy)]
pub(crate) struct Wording(pub(crate) fn(&Notice<'_>) -> Content);

impl Wording {
    pub(crate) fn of(self, notice: &Notice<'_>) -> Content {
        (self.0)(notice)
    }
}

impl fmt::Debug for Wording {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Wording")
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde's form for serialize_with")]
fn as_number<S: serde::Serializer>(status: &StatusCode, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_u16(status.as_u16())
}
