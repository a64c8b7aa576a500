//! What else the sender may have been given as its URL.

use std::fmt;

use http::header::HOST;

use super::Change;
use crate::Request;
use crate::scheme::{Layout, other_port};

/// What else the sender may have signed as its URL. No URL is told: one may hold a password.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UrlChange {
    /// The public URL without its port, or with its scheme's own port.
    OtherPort,
    /// The public URL with `http` for `https`, or the other way round.
    OtherScheme,
    /// The public URL with a slash at its end.
    WithSlash,
    /// The public URL without the slash at its end.
    WithoutSlash,
    /// The public URL with the path of the request.
    RequestPath,
    /// `https`, and the host and the path of the request.
    RequestHost,
    /// Without the query.
    WithoutQuery,
    /// With the query's percent escapes decoded.
    DecodedQuery,
    /// With the query that stands in the public URL.
    GivenQuery,
}

impl fmt::Display for UrlChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::OtherPort => {
                "the public URL had no port, or the port of its scheme if it has none"
            }
            Self::OtherScheme => {
                "the public URL began with http:// where it has https://, or the other way round"
            }
            Self::WithSlash => "the public URL ended with a slash",
            Self::WithoutSlash => "the public URL did not end with a slash",
            Self::RequestPath => "the path of the public URL were the one of the request",
            Self::RequestHost => {
                "the public URL were https:// with the host and the path of the request"
            }
            Self::WithoutQuery => "the query of the request were not there",
            Self::DecodedQuery => "the query of the request were decoded",
            Self::GivenQuery => "the query of the request were that of the public URL",
        })
    }
}

/// A URL to try, in the two parts that a request has it in.
pub(super) struct Variant {
    pub(super) changes: Vec<Change>,
    pub(super) base: String,
    pub(super) query: Option<String>,
}

/// Every base with every query, but for those that are as they were.
pub(super) fn variants(
    layout: &Layout,
    public_url: Option<&str>,
    request: &Request<'_>,
) -> Vec<Variant> {
    if !layout.needs_public_url() {
        return Vec::new();
    }
    let queries = queries(public_url, request);
    let mut variants = Vec::new();
    for (of_base, base) in bases(public_url, request) {
        for (of_query, query) in &queries {
            let changes: Vec<_> =
                of_base.iter().chain(of_query).copied().map(Change::Url).collect();
            if !changes.is_empty() {
                variants.push(Variant { changes, base: base.clone(), query: query.clone() });
            }
        }
    }
    variants
}

fn bases(public_url: Option<&str>, request: &Request<'_>) -> Vec<(Option<UrlChange>, String)> {
    let mut bases = Vec::new();
    if let Some(url) = public_url {
        let base = url.split(['?', '#']).next().unwrap_or_default();
        bases.push((None, base.to_owned()));
        bases.extend(other_port(base).map(|url| (Some(UrlChange::OtherPort), url)));
        let other = match base.split_once("://") {
            Some((scheme, rest)) if scheme.eq_ignore_ascii_case("https") => {
                format!("http://{rest}")
            }
            Some((_, rest)) => format!("https://{rest}"),
            None => String::new(),
        };
        bases.push((Some(UrlChange::OtherScheme), other));
        bases.push(match base.strip_suffix('/') {
            Some(rest) => (Some(UrlChange::WithoutSlash), rest.to_owned()),
            None => (Some(UrlChange::WithSlash), format!("{base}/")),
        });
        let end = base.match_indices('/').nth(2).map_or(base.len(), |(place, _)| place);
        let origin = base.get(..end).unwrap_or_default();
        bases.push((Some(UrlChange::RequestPath), format!("{origin}{}", request.path())));
    }
    if let Ok(Ok(host)) = request.headers().one(&HOST).map(std::str::from_utf8) {
        bases.push((Some(UrlChange::RequestHost), format!("https://{host}{}", request.path())));
    }
    bases
}

fn queries(
    public_url: Option<&str>,
    request: &Request<'_>,
) -> Vec<(Option<UrlChange>, Option<String>)> {
    let sent = request.query();
    let mut queries = vec![(None, sent.map(str::to_owned))];
    if let Some(query) = sent {
        queries.push((Some(UrlChange::WithoutQuery), None));
        let pairs = form_urlencoded::parse(query.as_bytes());
        let decoded: Vec<_> = pairs.map(|(name, value)| format!("{name}={value}")).collect();
        queries.push((Some(UrlChange::DecodedQuery), Some(decoded.join("&"))));
    }
    let given = public_url.and_then(|url| url.split('#').next()?.split_once('?'));
    if let Some((_, given)) = given {
        queries.push((Some(UrlChange::GivenQuery), Some(given.to_owned())));
    }
    queries
}

/// Six bases with four queries, but for the one as it was.
pub(super) const MOST: usize = 23;
