//! `DownloadLink`: where a published file can be fetched, and what the link says about it.

use std::fmt;

use base64::Engine as _;
use http::Uri;
use jiff::Timestamp;
use serde_json::{Map, Value};

use crate::scheme::encoding::URL_SAFE;

/// The domains ONS serves files from; names below them count too.
pub const ONS_DOMAINS: &[&str] = &["ons.org.br"];

/// Where the published file can be downloaded without a login, for 24 hours.
///
/// The link is a credential: whoever has it has the file, and its token holds the subscriber's
/// e-mail address. So it does not print; [`expose`](Self::expose) it to fetch the file.
///
/// The token is a JWT that only ONS can verify. What it says is read leniently and is **not**
/// trusted: it is good for telling files apart, not for deciding what may be done.
#[derive(Clone, PartialEq, Eq)]
pub struct DownloadLink(String);

impl DownloadLink {
    /// The link itself. The name is there to be searched for in a review.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// The link's host in lower case, if the link is a URL.
    #[must_use]
    pub fn host(&self) -> Option<String> {
        let uri: Uri = self.0.parse().ok()?;
        uri.host().map(str::to_ascii_lowercase)
    }

    /// Whether the link leads to ONS over https. Ask before fetching: the body says where to go.
    #[must_use]
    pub fn is_at_ons(&self) -> bool {
        self.is_within(ONS_DOMAINS)
    }

    /// Whether the link leads, over https and the usual port, to one of these domains or a name
    /// below one of them.
    ///
    /// ```
    /// use receiver_core::sintegre::{DownloadLink, ONS_DOMAINS};
    ///
    /// let link = DownloadLink::from("https://mirror.example/file?token=abc".to_owned());
    /// assert!(!link.is_at_ons());
    /// assert!(link.is_within(&[ONS_DOMAINS, &["mirror.example"]].concat()));
    /// ```
    #[must_use]
    pub fn is_within(&self, domains: &[&str]) -> bool {
        let Ok(uri) = self.0.parse::<Uri>() else { return false };
        let Some(authority) = uri.authority() else { return false };
        let host = authority.host().to_ascii_lowercase();
        // Only what every URL parser reads alike: no user part, no escapes, no trailing dot.
        let is_plain = !authority.as_str().contains('@')
            && matches!(authority.port_u16(), None | Some(443))
            && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.'));
        let is_below = |domain: &&str| {
            let domain = domain.to_ascii_lowercase();
            host.strip_suffix(&domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
        };
        uri.scheme_str() == Some("https") && is_plain && domains.iter().any(is_below)
    }

    /// When the link stops working (claim `exp`), as far as its token can be read.
    #[must_use]
    pub fn expires_at(&self) -> Option<Timestamp> {
        let seconds = self.claims()?.get("exp")?.as_i64()?;
        Timestamp::from_second(seconds).ok()
    }

    /// ONS's number for the product, which stays when the name changes.
    #[must_use]
    pub fn product_id(&self) -> Option<String> {
        let url = self.file_url()?;
        let mut segments = url.split('/').skip_while(|segment| *segment != "Produtos").skip(1);
        segments.next().filter(|id| !id.is_empty()).map(str::to_owned)
    }

    /// The file's name, for a link to one file. It is never a path, nor anything but letters, digits,
    /// spaces and the marks that names have: no drive, no stream, no mark that turns the direction of
    /// writing.
    #[must_use]
    pub fn file_name(&self) -> Option<String> {
        if !self.is_file()? {
            return None;
        }
        let url = self.file_url()?;
        let name = url.rsplit(['/', '\\']).next()?;
        let is_of_name = |c: char| c.is_alphanumeric() || " -_.,()[]{}+=@#$%&'!~^".contains(c);
        let is_a_name = !name.starts_with('.') && !name.is_empty() && name.chars().all(is_of_name);
        is_a_name.then(|| name.to_owned())
    }

    /// Whether the link gives one file, or a folder packed as a zip (claim `IsFile`).
    #[must_use]
    pub fn is_file(&self) -> Option<bool> {
        match self.claims()?.get("IsFile")? {
            Value::Bool(is_file) => Some(*is_file),
            Value::String(text) if text.eq_ignore_ascii_case("true") => Some(true),
            Value::String(text) if text.eq_ignore_ascii_case("false") => Some(false),
            _ => None,
        }
    }

    /// The file's or folder's address at ONS (claim `URL`): the same for each delivery of the same
    /// publication, unlike the link.
    #[must_use]
    pub fn file_url(&self) -> Option<String> {
        let url = self.claims()?.get("URL")?.as_str()?.to_owned();
        Some(url).filter(|url| !url.is_empty())
    }

    /// The claims of the JWT in the query parameter `token` (RFC 7519), unverified.
    fn claims(&self) -> Option<Map<String, Value>> {
        let (_, query) = self.0.split_once('?')?;
        let (_, token) =
            form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "token")?;
        let payload = URL_SAFE.decode(token.split('.').nth(1)?).ok()?;
        serde_json::from_slice(&payload).ok()
    }
}

impl From<String> for DownloadLink {
    fn from(url: String) -> Self {
        Self(url)
    }
}

/// Prints the host at most.
impl fmt::Debug for DownloadLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DownloadLink").field("host", &self.host()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::DownloadLink;

    fn link(url: &str) -> DownloadLink {
        DownloadLink::from(url.to_owned())
    }

    fn with_claims(claims: &str) -> DownloadLink {
        use base64::Engine as _;
        let payload = super::URL_SAFE.encode(claims);
        link(&format!("https://apps08.ons.org.br/x/webhook?token=e30.{payload}.sig"))
    }

    #[track_caller]
    fn check_within(url: &str, expected: bool) {
        assert_eq!(link(url).is_at_ons(), expected, "{url}");
    }

    #[test]
    fn only_https_below_ons_is_at_ons() {
        check_within("https://apps08.ons.org.br/ONS.Sintegre.Proxy/webhook?token=a.b.c", true);
        check_within("https://ONS.org.BR/", true);
        check_within("https://ons.org.br:443/", true);
        check_within("http://apps08.ons.org.br/", false);
        check_within("https://ons.org.br:8443/", false);
        check_within("https://evilons.org.br/", false);
        check_within("https://ons.org.br.evil.example/", false);
        check_within("https://ons.org.br@evil.example/", false);
        check_within("https://evil.example@ons.org.br/", false);
        check_within("https://evil.example\\@ons.org.br/", false);
        check_within("https://evil.example#@ons.org.br/", false);
        check_within("https://evil.example%2f.ons.org.br/", false);
        check_within("https://ons.org.br./", false);
        check_within("https://\tons.org.br/", false);
        check_within("//ons.org.br/", false);
        check_within("/ons.org.br", false);
        check_within("ons.org.br", false);
        check_within("https://[::1]/", false);
        check_within("file:///etc/passwd", false);
    }

    #[test]
    fn the_claims_tell_file_and_expiry() {
        let file = with_claims(
            r#"{"URL":"https://sintegre.ons.org.br/sites/9/99/Produtos/900/Previsão 1.zip","IsFile":"True","exp":1768565040}"#,
        );
        assert_eq!(file.product_id().as_deref(), Some("900"));
        assert_eq!(file.file_name().as_deref(), Some("Previsão 1.zip"));
        assert_eq!(file.is_file(), Some(true));
        assert_eq!(
            file.expires_at().map(|at| at.to_string()).as_deref(),
            Some("2026-01-16T12:04:00Z")
        );

        let folder =
            with_claims(r#"{"URL":"/sites/9/Produtos/901/15-01-2026_120600","IsFile":"False"}"#);
        assert_eq!(folder.product_id().as_deref(), Some("901"));
        assert_eq!((folder.is_file(), folder.file_name()), (Some(false), None));
    }

    #[test]
    fn unreadable_claims_are_no_claims() {
        for url in ["", "x", "https://ons.org.br/?token=", "https://ons.org.br/?token=a.!.c"] {
            assert_eq!((link(url).file_url(), link(url).expires_at()), (None, None), "{url}");
        }
        for claims in ["[]", "{", r#"{"URL":1,"exp":"soon","IsFile":3}"#, r#"{"exp":1e400}"#] {
            let link = with_claims(claims);
            assert_eq!((link.file_url(), link.expires_at(), link.is_file()), (None, None, None));
        }
        assert_eq!(with_claims(r#"{"exp":9223372036854775807}"#).expires_at(), None);
    }

    #[test]
    fn a_file_name_is_never_a_path() {
        for (url, name) in [
            ("/a/..", None),
            ("/a/", None),
            ("/a/x\\u0000.zip", None),
            ("/a/C:boot.ini", None),
            ("/a/x.zip:stream", None),
            ("/a/\\u202egpj.exe", None),
            ("/a/.bashrc", None),
            ("/a/a|b", None),
            ("/a/Previsão (1) - 2_b,c.zip", Some("Previsão (1) - 2_b,c.zip")),
            ("/a/..\\\\..\\\\boot.ini", Some("boot.ini")),
            ("/a/../../etc/passwd", Some("passwd")),
        ] {
            let link = with_claims(&format!(r#"{{"URL":"{url}","IsFile":"True"}}"#));
            assert_eq!(link.file_name().as_deref(), name, "{url}");
        }
    }

    #[test]
    fn the_link_does_not_print() {
        let link = link("https://apps08.ons.org.br/secret-path?token=marker");
        let printed = format!("{link:?} {link:#?}");
        assert!(printed.contains("apps08.ons.org.br"));
        assert!(!printed.contains("marker") && !printed.contains("secret-path"), "{printed}");
    }
}
