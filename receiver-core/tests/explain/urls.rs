//! The sender was given another URL than the receiver was told.

use receiver_core::Secret;
use receiver_core::explain::{Change, Explain, Finding, UrlChange};
use receiver_core::scheme::{Layout, Signature, catalog};

use crate::failure::{Failure, KEY, check as check_all, secret};

fn square() -> Layout {
    catalog::find("square").expect("a row").layout().clone()
}

/// Signed for this URL and query, as the sender knows them.
fn sent(url: &str, target: &str, key: Secret) -> Failure {
    let sender = Signature::new(square(), key).with_public_url(url).expect("a URL");
    Failure::by(&sender, target, "{}")
}

#[track_caller]
fn check(sender: &str, given: &str, expected: &[UrlChange]) {
    check_query([sender, "/h"], [given, "/h"], expected);
}

/// URL and target as the sender has them, and URL and target as the receiver has them.
#[track_caller]
fn check_query(sender: [&str; 2], given: [&str; 2], expected: &[UrlChange]) {
    let explain = Explain::new(square(), secret(KEY)).with_public_url(given[0]).expect("a URL");
    let send = |key| Failure { target: given[1].to_owned(), ..sent(sender[0], sender[1], key) };
    let expected: Vec<_> = expected.iter().copied().map(Change::Url).collect();
    check_all(&explain, KEY, send, &[&expected]);
    assert_eq!(send(secret(KEY)).explained_by(&explain).findings(), []);
}

#[test]
fn port_scheme_slash_and_path() {
    check("https://a.example/x", "https://a.example:443/x", &[UrlChange::OtherPort]);
    check("https://a.example:443/x", "https://a.example/x", &[UrlChange::OtherPort]);
    check("https://a.example/x", "https://a.example:8443/x", &[UrlChange::OtherPort]);
    check("http://a.example:80/x", "http://a.example/x", &[UrlChange::OtherPort]);
    check("https://a.example/x", "http://a.example/x", &[UrlChange::OtherScheme]);
    check("http://a.example/x", "https://a.example/x", &[UrlChange::OtherScheme]);
    check("https://a.example/x/", "https://a.example/x", &[UrlChange::WithSlash]);
    check("https://a.example/x", "https://a.example/x/", &[UrlChange::WithoutSlash]);
    check("https://a.example", "https://a.example/", &[UrlChange::WithoutSlash]);
    check("https://a.example/h", "https://a.example/v1/x", &[UrlChange::RequestPath]);
    check("https://a.example/h", "https://a.example", &[UrlChange::RequestPath]);
}

#[test]
fn the_query() {
    let url = "https://a.example/x";
    check_query([url, "/x"], [url, "/x?a=1"], &[UrlChange::WithoutQuery]);
    check_query([url, "/x?a=b/c"], [url, "/x?a=b%2Fc"], &[UrlChange::DecodedQuery]);
    let with_query = "https://a.example/x?token=1";
    check_query([url, "/x?token=1"], [with_query, "/x"], &[UrlChange::GivenQuery]);
    let both = [UrlChange::WithSlash, UrlChange::WithoutQuery];
    check_query(["https://a.example/x/", "/x/"], [url, "/x?a=1"], &both);
}

#[test]
fn no_url_at_all() {
    let explain = Explain::new(square(), secret(KEY));
    let send = |key| {
        let mut failure = sent("https://a.example/h", "/h?a=1", key);
        failure.headers.push(("host".to_owned(), "a.example".to_owned()));
        failure
    };
    check_all(&explain, KEY, send, &[&[Change::Url(UrlChange::RequestHost)]]);
    let explanation = send(secret(KEY)).explained_by(&explain);
    assert_eq!(explanation.findings(), [Finding::NoPublicUrl]);
}

/// The host that a request names is a hint for the operator, and no more.
#[test]
fn a_host_that_is_no_host_is_passed_over() {
    let explain = Explain::new(square(), secret(KEY));
    for host in ["", " ", "a b", "?", "\u{e4}"] {
        let mut failure = sent("https://a.example/h", "/h", secret(KEY));
        failure.headers.push(("host".to_owned(), host.to_owned()));
        assert_eq!(failure.explained_by(&explain).hypotheses(), [], "{host:?}");
    }
}

#[test]
fn a_url_that_is_not_signed_is_not_blamed() {
    let explain = Explain::new(Layout::GITHUB, secret(KEY));
    let told = Explain::new(Layout::GITHUB, secret(KEY)).with_public_url("https://a.example");
    let failure = Failure::signed(&Layout::GITHUB, secret("another-key-77"), "{}");
    let told = failure.explained_by(&told.expect("a URL"));
    assert_eq!(failure.explained_by(&explain).macs(), told.macs());
}

#[test]
fn what_is_no_url_is_refused() {
    assert!(Explain::new(square(), secret(KEY)).with_public_url("a.example/h").is_err());
}
