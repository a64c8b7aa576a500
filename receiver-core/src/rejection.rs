//! Why a request was turned away, and with which status: all of them in one table.

use std::fmt;
use std::time::SystemTime;

use bytes::Bytes;
use http::{HeaderValue, Response, StatusCode, header};

use crate::json::{Malformed, Shape};
use crate::record::Record;
use crate::reply::{Notice, Problem, Wording, answer};
use crate::scheme::AuthError;

/// A request that was turned away.
///
/// It knows its whole answer: status, headers and body in the form this sender reads. A handler
/// that takes `Result<Received<E>, Rejection>` can look at the cause and answer itself: what it drops
/// is logged with the cause and without a status.
///
/// ```
/// use std::time::SystemTime;
/// use receiver_core::scheme::Bearer;
/// use receiver_core::{AuthError, Cause, Json, ParseError, Receiver, Rejection, Request, Secret};
///
/// let receiver = Receiver::<Json<u32>>::new(Bearer::new(Secret::new("correct-horse")?)?);
/// let refused = |headers: &Vec<(&str, &str)>, body: &str| -> Rejection {
///     let request = Request::new("POST", "/", headers).with_body(body);
///     receiver.receive(&request, SystemTime::now()).unwrap_err()
/// };
///
/// // The operator is told why, the sender is not.
/// let json = ("content-type", "application/json");
/// let forged = refused(&vec![json, ("authorization", "Bearer wrong")], "42");
/// assert_eq!(forged.cause(), &Cause::Auth(AuthError::Mismatch));
/// assert_eq!(forged.cause().reason(), "bad_credentials");
/// let answer = forged.into_http(SystemTime::now());
/// assert_eq!(answer.status(), 401);
/// assert_eq!(answer.headers()["www-authenticate"], "Bearer realm=\"webhook\"");
///
/// // A sender that is proven is told what is wrong with its body.
/// let misshapen = refused(&vec![json, ("authorization", "Bearer correct-horse")], "true");
/// assert!(matches!(misshapen.cause(), Cause::Parse(ParseError::Shape(_))));
/// assert_eq!(misshapen.status(), 422);
/// assert_eq!(misshapen.to_string(), "expected a whole number from 0 to 4294967295");
/// # Ok::<(), receiver_core::InvalidSecret>(())
/// ```
#[derive(Debug)]
pub struct Rejection(Box<Inner>);

#[derive(Debug)]
struct Inner {
    cause: Cause,
    wording: Wording,
    challenge: HeaderValue,
    allow: HeaderValue,
    record: Box<Record>,
}

impl Rejection {
    pub(crate) fn new(
        cause: Cause,
        wording: Wording,
        challenge: HeaderValue,
        allow: HeaderValue,
        mut record: Box<Record>,
    ) -> Self {
        record.reason = cause.reason();
        Self(Box::new(Inner { cause, wording, challenge, allow, record }))
    }

    /// The service has no receiver for this event: its own mistake, never the sender's.
    #[cfg(feature = "actix-web")]
    pub(crate) fn unconfigured<E: crate::Event>(now: SystemTime) -> Self {
        let nothing = HeaderValue::from_static("");
        let mut record = Record::new(std::sync::Arc::from(E::SENDER), now);
        let advice = "no receiver for this event in app_data; add .app_data(receiver)";
        record.error = Some(advice.to_owned());
        Self::new(Cause::Unconfigured, Wording(E::answer), nothing.clone(), nothing, record)
    }

    /// The cause. It is for the operator: [`Cause::Auth`] must not reach the sender.
    #[must_use]
    pub fn cause(&self) -> &Cause {
        &self.0.cause
    }

    /// The status the sender is answered with.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.0.cause.status()
    }

    /// The whole answer, by the clock that the request was received by.
    #[cfg(any(feature = "axum", feature = "actix-web", feature = "warp"))]
    pub(crate) fn answer(self) -> Response<Bytes> {
        let now = crate::body::now(self.0.record.clock.as_ref());
        self.into_http(now)
    }

    /// The whole answer. It is logged with the time since the request was received until `now`.
    #[must_use]
    pub fn into_http(mut self, now: SystemTime) -> Response<Bytes> {
        let inner = &mut *self.0;
        let status = inner.cause.status();
        inner.record.log(status, now);

        let mut response = answer(status);
        inner.wording.of(&Notice::Refused(&inner.cause.problem())).put_into(&mut response);
        let headers = response.headers_mut();
        match status {
            StatusCode::UNAUTHORIZED => {
                headers.insert(header::WWW_AUTHENTICATE, inner.challenge.clone());
            }
            StatusCode::METHOD_NOT_ALLOWED => {
                headers.insert(header::ALLOW, inner.allow.clone());
            }
            StatusCode::SERVICE_UNAVAILABLE => {
                headers.insert(header::RETRY_AFTER, HeaderValue::from_static("30"));
            }
            _ => {}
        }
        response
    }
}

impl fmt::Display for Rejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.cause.fmt(f)
    }
}

impl std::error::Error for Rejection {}

/// Why a request was turned away, in the order of the path.
#[non_exhaustive]
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The method is none this sender uses: 405.
    Method,
    /// The body is content-coded (gzip and the like): 415. A signature covers the bytes as sent,
    /// and a small body must not be able to become a large one.
    ContentCoding,
    /// The body is longer than the limit: 413.
    TooLarge,
    /// The body did not arrive within the deadline: 408.
    TooSlow,
    /// The body broke off or could not be read: 400.
    Incomplete,
    /// The sender is not proven: 401, or 503 where that could not be found out.
    Auth(AuthError),
    /// The sender is proven and the body cannot be read: 400, 415 or 422.
    Parse(ParseError),
    /// The service was put together without a receiver for this event: 500.
    Unconfigured,
}

impl Cause {
    /// The status it is answered with.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        match self {
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Auth(AuthError::LookUpFailed) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Auth(_) => StatusCode::UNAUTHORIZED,
            Self::ContentCoding | Self::Parse(ParseError::MediaType) => {
                StatusCode::UNSUPPORTED_MEDIA_TYPE
            }
            Self::Incomplete | Self::Parse(ParseError::Malformed(_)) => StatusCode::BAD_REQUEST,
            Self::Parse(ParseError::Shape(_)) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Unconfigured => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The stable word for it in the log's `reason` field.
    #[must_use]
    pub fn reason(&self) -> &'static str {
        match self {
            Self::Method => "method",
            Self::ContentCoding => "unsupported_coding",
            Self::TooLarge => "too_large",
            Self::TooSlow => "timeout",
            Self::Incomplete => "incomplete_body",
            Self::Auth(error) => error.reason(),
            Self::Parse(ParseError::MediaType) => "content_type",
            Self::Parse(ParseError::Malformed(malformed)) => malformed.fault().reason(),
            Self::Parse(ParseError::Shape(_)) => "bad_field",
            Self::Unconfigured => "unconfigured",
        }
    }

    /// What the sender is told. All causes of a 401 read the same.
    fn problem(&self) -> Problem {
        let (name, title) = match self {
            Self::Method => ("method-not-allowed", "This endpoint does not take this method"),
            Self::ContentCoding => {
                ("content-coding", "The body must be sent without content coding")
            }
            Self::TooLarge => ("too-large", "The body is too large"),
            Self::TooSlow => ("too-slow", "The body did not arrive in time"),
            Self::Incomplete => ("incomplete", "The body could not be read to its end"),
            Self::Auth(AuthError::LookUpFailed) => {
                ("retry-later", "The delivery cannot be handled now; send it again later")
            }
            Self::Auth(_) => ("unauthorized", "The credentials are missing or not valid"),
            Self::Parse(ParseError::MediaType) => {
                ("media-type", "The content type is not supported")
            }
            Self::Parse(ParseError::Malformed(_)) => ("malformed", "The body cannot be read"),
            Self::Parse(ParseError::Shape(_)) => {
                ("shape", "The body does not have the expected shape")
            }
            Self::Unconfigured => ("unconfigured", "The endpoint is not set up"),
        };
        let problem = Problem::new(self.status(), name, title);
        match self {
            Self::Parse(ParseError::Malformed(malformed)) => {
                problem.with_detail(malformed.to_string())
            }
            Self::Parse(ParseError::Shape(shape)) => problem.with_shape(shape),
            _ => problem,
        }
    }
}

impl std::error::Error for Cause {}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Auth(error) => error.fmt(f),
            Self::Parse(error) => error.fmt(f),
            _ => f.write_str(self.problem().title()),
        }
    }
}

/// Why the body of a proven sender is not an event.
#[non_exhaustive]
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParseError {
    /// The content type is none this sender uses: 415.
    MediaType,
    /// The body is not what its content type says, such as broken JSON: 400.
    Malformed(Malformed),
    /// The body is well formed and a member is not as expected: 422.
    Shape(Shape),
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MediaType => f.write_str("the content type is not supported"),
            Self::Malformed(malformed) => malformed.fmt(f),
            Self::Shape(shape) => shape.fmt(f),
        }
    }
}

impl std::error::Error for ParseError {}

impl From<AuthError> for Cause {
    fn from(error: AuthError) -> Self {
        Self::Auth(error)
    }
}

impl From<Malformed> for ParseError {
    fn from(malformed: Malformed) -> Self {
        Self::Malformed(malformed)
    }
}

impl From<Shape> for ParseError {
    fn from(shape: Shape) -> Self {
        Self::Shape(shape)
    }
}
