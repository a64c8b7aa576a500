//! A request as the `curl` that sends it.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderValue, Request};
use receiver_core::testing::Way;

use super::credentials::Chosen;
use super::target::Target;
use crate::Failure;

/// The command, for a POSIX shell. Where a secret stands in the request, a variable does here.
pub(super) fn command(
    request: &Request<Bytes>,
    target: &Target,
    chosen: &Chosen,
) -> Result<String, Failure> {
    let mut words = vec![format!("curl -i -X {}", request.method())];
    if request.uri().path_and_query().is_some_and(|it| it.as_str().contains(['[', ']', '{', '}'])) {
        // curl would make several URLs of it.
        words.push("-g".to_owned());
    }
    let placeholder = format!("={}", chosen.placeholder.replace('$', "%24"));
    let is_held =
        |pair: &&str| matches!(chosen.way(), Way::Query(_)) && pair.ends_with(&placeholder);
    let (held, open): (Vec<_>, Vec<_>) =
        request.uri().query().into_iter().flat_map(|query| query.split('&')).partition(is_held);
    let query = if open.is_empty() { String::new() } else { format!("?{}", open.join("&")) };
    words.push(quoted(&format!("{}{}{query}", target.origin, request.uri().path())));
    for pair in held {
        let name = pair.strip_suffix(&placeholder).unwrap_or(pair);
        words.push(format!("--url-query \"{name}={}\"", chosen.placeholder));
    }
    for (name, value) in request.headers() {
        let text = text(value)?;
        let is_held = value.is_sensitive() && !chosen.is_signature;
        words.push(match chosen.way() {
            Way::Basic if is_held => format!("-H \"{name}: {}\"", basic(text)),
            // It holds a variable, which single quotes would keep from being one.
            _ if is_held => format!("-H \"{name}: {text}\""),
            // With a colon, curl would leave it out.
            _ if text.is_empty() => format!("-H {}", quoted(&format!("{name};"))),
            _ => format!("-H {}", quoted(&format!("{name}: {text}"))),
        });
    }
    if request.body().is_empty() {
        return Ok(words.join(" "));
    }
    if !request.headers().contains_key(CONTENT_TYPE) {
        // curl would say that it is a form.
        words.push("-H 'content-type:'".to_owned());
    }
    let is_word =
        |body: &&str| body.len() <= MOST && !body.contains('\0') && !body.starts_with('@');
    if let Some(body) = std::str::from_utf8(request.body()).ok().filter(is_word) {
        words.push(format!("--data-binary {}", quoted(body)));
    } else {
        let body = BASE64_STANDARD.encode(request.body());
        words.insert(0, format!("printf %s {body} | base64 -d |"));
        words.push("--data-binary @-".to_owned());
    }
    Ok(words.join(" "))
}

fn text(value: &HeaderValue) -> Result<&str, Failure> {
    std::str::from_utf8(value.as_bytes())
        .map_err(|_| Failure::new("a header is no text, which a command cannot have"))
}

/// The value, made of the variables when the command runs.
fn basic(value: &str) -> String {
    let pair = value.strip_prefix("Basic ").and_then(|pair| BASE64_STANDARD.decode(pair).ok());
    let pair = String::from_utf8(pair.unwrap_or_default()).unwrap_or_default();
    format!("Basic $(printf %s \"{pair}\" | base64 | tr -d '\\n')")
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// What an argument may have.
const MOST: usize = 100_000;
