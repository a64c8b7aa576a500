//! HAR files, as browsers and proxies save them: all entries, or one of them.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde::Deserialize;
use serde::de::IgnoredAny;

use super::{Message, Messages, target};
use crate::{Failure, moment};

/// Reads a HAR file, an entry of one, or the request of an entry.
pub(super) fn read_all(json: &[u8]) -> Result<Messages, Failure> {
    let parts: Parts = parse(json)?;
    if parts.log.is_some() {
        let file: File = parse(json)?;
        Ok(file.log.entries.into_iter().map(Entry::message).collect())
    } else if parts.request.is_some() {
        Ok(vec![parse::<Entry>(json)?.message()])
    } else {
        let entry = Entry { started: None, request: parse(json)? };
        Ok(vec![entry.message()])
    }
}

fn parse<'j, T: Deserialize<'j>>(json: &'j [u8]) -> Result<T, Failure> {
    serde_json::from_slice(json).map_err(|error| {
        // The message can hold what stands there, which can be a credential.
        let (line, column) = (error.line(), error.column());
        Failure::new(format!(
            "this begins as JSON and is neither a recording nor a HAR entry (line {line}, column \
             {column})"
        ))
    })
}

/// What the outermost object has.
#[derive(Deserialize)]
struct Parts {
    log: Option<IgnoredAny>,
    request: Option<IgnoredAny>,
}

#[derive(Deserialize)]
struct File {
    log: Log,
}

#[derive(Deserialize)]
struct Log {
    entries: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    #[serde(rename = "startedDateTime")]
    started: Option<String>,
    request: Sent,
}

#[derive(Deserialize)]
struct Sent {
    method: String,
    url: String,
    headers: Vec<Header>,
    #[serde(rename = "postData")]
    body: Option<Body>,
}

#[derive(Deserialize)]
struct Header {
    name: String,
    value: String,
}

#[derive(Deserialize)]
struct Body {
    text: Option<String>,
    encoding: Option<String>,
}

impl Entry {
    fn message(self) -> Result<Message, Failure> {
        // HTTP/2 keeps the request line in headers that begin with a colon.
        let headers = self.request.headers.into_iter().filter(|it| !it.name.starts_with(':'));
        Ok(Message {
            method: self.request.method,
            target: target(&self.request.url),
            headers: headers.map(|it| (it.name, it.value.into_bytes())).collect(),
            body: self.request.body.map_or(Ok(Vec::new()), Body::bytes)?,
            received_at: self.started.and_then(|text| moment::from_text(&text)),
        })
    }
}

impl Body {
    fn bytes(self) -> Result<Vec<u8>, Failure> {
        let text = self.text.ok_or_else(|| {
            Failure::new("the HAR entry has the fields of a form and not the body's text")
        })?;
        match self.encoding.as_deref() {
            None | Some("") => Ok(text.into_bytes()),
            Some("base64") => BASE64_STANDARD
                .decode(text)
                .map_err(|_| Failure::new("the body in the HAR entry is not base64")),
            Some(_) => Err(Failure::new("the body in the HAR entry is neither text nor base64")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::read_all;

    const REQUEST: &str = r#"{"method":"POST","url":"https://example.com/hooks?a=1",
        "headers":[{"name":":authority","value":"example.com"},{"name":"X-A","value":"1"},
                   {"name":"X-A","value":"2"}],
        "postData":{"mimeType":"application/json","text":"{}"}}"#;

    #[test]
    fn a_file_an_entry_and_a_request_say_the_same() {
        let entry = format!(r#"{{"startedDateTime":"2026-01-15T12:30:00Z","request":{REQUEST}}}"#);
        let file = format!(r#"{{"log":{{"version":"1.2","entries":[{entry},{entry}]}}}}"#);
        for (text, count, is_timed) in [(REQUEST, 1, false), (&entry, 1, true), (&file, 2, true)] {
            let messages = read_all(text.as_bytes()).expect("messages");
            assert_eq!(messages.len(), count);
            for message in messages {
                let message = message.expect("a message");
                assert_eq!(message.target, "/hooks?a=1");
                assert_eq!(
                    message.headers,
                    [("X-A".into(), b"1".into()), ("X-A".into(), b"2".into())]
                );
                assert_eq!(message.body, b"{}");
                assert_eq!(message.received_at.is_some(), is_timed);
            }
        }
    }

    #[test]
    fn a_body_is_text_or_base64() {
        let body = |data: &str| {
            let text = REQUEST.replace(r#""mimeType":"application/json","text":"{}""#, data);
            let message = read_all(text.as_bytes()).expect("entries").pop().expect("an entry");
            message.map(|it| it.body).map_err(|failure| failure.to_string())
        };
        assert_eq!(body(r#""text":"/w==","encoding":"base64""#), Ok(b"\xff".to_vec()));
        assert!(body(r#""text":"!","encoding":"base64""#).is_err());
        assert!(body(r#""text":"a","encoding":"gzip""#).is_err());
        assert!(body(r#""params":[{"name":"a","value":"b"}]"#).is_err());
    }

    #[test]
    fn an_error_does_not_repeat_what_stands_there() {
        let failure = read_all(br#"{"method":"POST","url":"/","headers":"marker-1f2e"}"#)
            .err()
            .expect("an error");
        assert!(!failure.to_string().contains("marker"), "{failure}");
        assert!(failure.to_string().contains("neither a recording nor a HAR entry"), "{failure}");
    }
}
