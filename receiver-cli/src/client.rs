//! `Client`: sends a kept request to a service as it was received.

use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Response, Uri, header};
use ureq::Agent;

use crate::Failure;
use crate::message::Message;

/// Sends requests to one service: method, query, body and the headers' values byte for byte.
///
/// Not sent on are the headers that belong to one connection (RFC 9110, section 7.6.1), `Expect`,
/// and `Host`, which is the service's own. `Content-Length` is the body's. Nothing is added, no
/// redirect is followed and no proxy is used.
pub(crate) struct Client {
    agent: Agent,
    origin: String,
    /// The path that takes the place of each request's own, if there is one.
    path: Option<String>,
}

impl Client {
    pub(crate) fn new(url: &str, timeout: Duration) -> Result<Self, Failure> {
        let wrong = || Failure::new("the service's URL must be http:// or https://, and no query");
        let uri: Uri = url.parse().map_err(|_| wrong())?;
        let scheme = uri.scheme_str().filter(|it| matches!(*it, "http" | "https"));
        let origin = scheme.zip(uri.authority()).map(|(scheme, host)| format!("{scheme}://{host}"));
        if uri.query().is_some() {
            return Err(wrong());
        }
        no_user(&uri)?;
        let path = Some(uri.path()).filter(|path| !matches!(*path, "" | "/")).map(str::to_owned);
        let agent = Agent::config_builder()
            .timeout_global(Some(timeout))
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .allow_non_standard_methods(true)
            .proxy(None)
            .user_agent("")
            .accept("")
            .accept_encoding("")
            .build();
        Ok(Self { agent: agent.into(), origin: origin.ok_or_else(wrong)?, path })
    }

    /// Sends it, and gives what the service answers.
    pub(crate) fn send(&self, message: &Message) -> Result<Response<Bytes>, String> {
        let method = message.method.as_str();
        let mut request = http::Request::builder()
            .method(method)
            .uri(self.url(message).ok_or(UNSENDABLE)?)
            .body(message.body.as_slice())
            .map_err(|_| UNSENDABLE)?;
        *request.headers_mut() = headers(message)?;
        // A slice is sent with any method, and its length is said even if it is none.
        let has_no_body = message.body.is_empty() && matches!(method, "GET" | "HEAD" | "OPTIONS");
        let answer =
            if has_no_body { self.agent.run(request.map(|_| ())) } else { self.agent.run(request) };
        let (head, mut body) = answer.map_err(|error| error.to_string())?.into_parts();
        let body = body.read_to_vec().map_err(|error| error.to_string())?;
        Ok(Response::from_parts(head, Bytes::from(body)))
    }

    /// Where it goes, which is never to another host: behind the origin, a target that does not
    /// begin with a slash could make one of it, as in `http://127.0.0.1@example.com`.
    fn url(&self, message: &Message) -> Option<String> {
        let (origin, target) = (&self.origin, &message.target);
        Some(match (&self.path, target.split_once('?')) {
            (Some(path), Some((_, query))) => format!("{origin}{path}?{query}"),
            (Some(path), None) => format!("{origin}{path}"),
            (None, _) => target.starts_with('/').then(|| format!("{origin}{target}"))?,
        })
    }
}

/// Refuses a URL with a user name: it would be shown with the URL, and not be sent.
pub(crate) fn no_user(uri: &Uri) -> Result<(), Failure> {
    let has_user = uri.authority().is_some_and(|authority| authority.as_str().contains('@'));
    let told = "the URL must hold no user name and no password: others on this machine see it";
    if has_user { Err(Failure::new(told)) } else { Ok(()) }
}

fn headers(message: &Message) -> Result<HeaderMap, &'static str> {
    let mut all = HeaderMap::new();
    for (name, value) in &message.headers {
        let name = HeaderName::try_from(name).map_err(|_| "a header has a name that is none")?;
        let value = HeaderValue::from_bytes(value);
        all.append(name, value.map_err(|_| "a header has a value that cannot be sent")?);
    }
    let mut all = of_the_message(all);
    for own in OF_THE_SENDER {
        all.remove(own);
    }
    Ok(all)
}

/// The headers without those of one connection.
pub(crate) fn of_the_message(mut headers: HeaderMap) -> HeaderMap {
    let named = headers.get_all(header::CONNECTION).iter();
    let named = named.filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(','));
    let named = named.filter_map(|name| HeaderName::try_from(name.trim()).ok());
    let named: Vec<_> = named.collect();
    for name in named.into_iter().chain(OF_THE_CONNECTION) {
        headers.remove(name);
    }
    headers
}

/// Whether it is a header that is not sent on.
pub(crate) fn is_own(name: &str) -> bool {
    let mut own = OF_THE_CONNECTION.into_iter().chain(OF_THE_SENDER);
    own.any(|own| own.as_str().eq_ignore_ascii_case(name))
}

const UNSENDABLE: &str = "the request has a method or a target that cannot be sent";

/// What whoever sends says anew.
const OF_THE_SENDER: [HeaderName; 3] = [header::HOST, header::CONTENT_LENGTH, header::EXPECT];

const OF_THE_CONNECTION: [HeaderName; 8] = [
    header::CONNECTION,
    HeaderName::from_static("keep-alive"),
    HeaderName::from_static("proxy-connection"),
    header::PROXY_AUTHORIZATION,
    header::TE,
    header::TRAILER,
    header::TRANSFER_ENCODING,
    header::UPGRADE,
];
