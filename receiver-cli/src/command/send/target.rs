//! `Target`: the URL that is sent to.

use http::Uri;
use http::uri::Authority;

use crate::Failure;
use crate::client::no_user;

/// A URL, in its parts.
pub(super) struct Target {
    /// Scheme and host, without a slash behind them.
    pub(super) origin: String,
    pub(super) authority: Authority,
    pub(super) path: String,
    pub(super) query: Option<String>,
    /// What the sender was given, unless that was another: a query does not count.
    pub(super) public: String,
    pub(super) is_tls: bool,
}

impl Target {
    pub(super) fn new(url: &str) -> Result<Self, Failure> {
        let wrong = || Failure::new("the URL must be http:// or https://");
        let uri: Uri = url.parse().map_err(|_| wrong())?;
        let scheme = uri.scheme_str().filter(|it| matches!(*it, "http" | "https"));
        let (scheme, authority) = scheme.zip(uri.authority()).ok_or_else(wrong)?;
        no_user(&uri)?;
        let origin = format!("{scheme}://{authority}");
        Ok(Self {
            public: format!("{origin}{}", uri.path()),
            authority: authority.clone(),
            path: uri.path().to_owned(),
            query: uri.query().map(str::to_owned),
            is_tls: scheme == "https",
            origin,
        })
    }
}
