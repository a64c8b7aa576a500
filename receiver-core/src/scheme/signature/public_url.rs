//! The URL a sender was given: what it signs, and never what a header of the request says.

use std::fmt;

/// Why a URL cannot be the one a sender was given.
///
/// ```
/// use receiver_core::scheme::{InvalidUrl, catalog};
///
/// let square = || catalog::find("square").unwrap().signature("the key as Square shows it");
/// assert!(square()?.with_public_url("https://example.com/webhooks/square").is_ok());
/// let wrong = square()?.with_public_url("example.com/webhooks/square").unwrap_err();
/// assert_eq!(wrong, InvalidUrl::NotHttp);
/// # Ok::<(), receiver_core::InvalidSecret>(())
/// ```
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InvalidUrl {
    /// It does not begin with `https://` or `http://`.
    NotHttp,
    /// It names no host.
    NoHost,
    /// It holds a character that no URL holds, such as a space.
    NotAscii,
}

impl fmt::Display for InvalidUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotHttp => "the public URL does not begin with https:// or http://",
            Self::NoHost => "the public URL names no host",
            Self::NotAscii => "the public URL holds a character that no URL holds",
        })
    }
}

impl std::error::Error for InvalidUrl {}

/// The URL up to its query: a request brings its own.
pub(super) fn base(url: &str) -> Result<&str, InvalidUrl> {
    let base = url.split(['?', '#']).next().unwrap_or_default();
    if !base.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(InvalidUrl::NotAscii);
    }
    let (_, authority, _) = split(base).ok_or(InvalidUrl::NotHttp)?;
    let host = authority.rsplit('@').next().unwrap_or_default();
    if host.is_empty() || host.starts_with(':') {
        return Err(InvalidUrl::NoHost);
    }
    Ok(base)
}

/// The same URL without its port, or with its scheme's own port if it names none.
pub(crate) fn other_port(base: &str) -> Option<String> {
    let (scheme, authority, path) = split(base)?;
    let port = if scheme.eq_ignore_ascii_case("https://") { ":443" } else { ":80" };
    let (host, end) = authority.rsplit_once(':').unwrap_or((authority, ""));
    let names_port = !end.is_empty() && end.bytes().all(|byte| byte.is_ascii_digit());
    Some(if names_port {
        format!("{scheme}{host}{path}")
    } else {
        format!("{scheme}{authority}{port}{path}")
    })
}

/// Scheme with its `://`, authority, and what is left.
fn split(base: &str) -> Option<(&str, &str, &str)> {
    let (scheme, rest) = base.split_at_checked(base.find("://")?.saturating_add(3))?;
    let known = ["https://", "http://"].iter().any(|known| scheme.eq_ignore_ascii_case(known));
    let (authority, path) = rest.split_at_checked(rest.find('/').unwrap_or(rest.len()))?;
    known.then_some((scheme, authority, path))
}

#[cfg(test)]
mod tests {
    use super::{InvalidUrl, base, other_port};

    #[track_caller]
    fn check(url: &str, expected: Result<&str, InvalidUrl>) {
        assert_eq!(base(url), expected, "{url}");
    }

    #[test]
    fn a_url_ends_where_its_query_begins() {
        check("https://example.com/hooks?a=1#b", Ok("https://example.com/hooks"));
        check("http://answer.url", Ok("http://answer.url"));
        check("HTTPS://user:pass@example.com:8443/", Ok("HTTPS://user:pass@example.com:8443/"));
    }

    #[test]
    fn what_is_no_url_of_a_web_server() {
        check("", Err(InvalidUrl::NotHttp));
        check("example.com/hooks", Err(InvalidUrl::NotHttp));
        check("ftp://example.com", Err(InvalidUrl::NotHttp));
        check("https://", Err(InvalidUrl::NoHost));
        check("https:///hooks", Err(InvalidUrl::NoHost));
        check("https://:443/hooks", Err(InvalidUrl::NoHost));
        check("https://user@/hooks", Err(InvalidUrl::NoHost));
        check(" https://example.com", Err(InvalidUrl::NotAscii));
        check("https://exämple.com", Err(InvalidUrl::NotAscii));
        check("https://example.com\n", Err(InvalidUrl::NotAscii));
    }

    #[test]
    fn with_and_without_its_port() {
        let other = |url| other_port(url).expect("a URL");
        assert_eq!(other("https://example.com/a:1"), "https://example.com:443/a:1");
        assert_eq!(other("https://example.com:443/a"), "https://example.com/a");
        assert_eq!(other("http://example.com"), "http://example.com:80");
        assert_eq!(other("http://u:p@example.com:8080/"), "http://u:p@example.com/");
        assert_eq!(other("https://[::1]/"), "https://[::1]:443/");
        assert_eq!(other("https://[::1]:8443/"), "https://[::1]/");
        assert_eq!(other("https://user:pw@[::1]/"), "https://user:pw@[::1]:443/");
    }
}
