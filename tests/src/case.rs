//! `Case`: one row of the conformance table, read from a data file.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use bytes::Bytes;
use serde::Deserialize;

use crate::answer::Answer;
use crate::log::Line;

/// One request, the time it arrives, and the answer it must get in every framework.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// What the case shows, in a sentence.
    pub name: String,
    /// The endpoint, which is also the path: see [`crate::endpoints`].
    pub to: String,
    /// The method.
    #[serde(default = "post")]
    pub method: String,
    /// What stands behind the `?`.
    pub query: Option<String>,
    /// The headers as a list: a repeated one stands there twice.
    #[serde(default)]
    pub headers: Vec<(String, Content)>,
    /// The body.
    #[serde(default)]
    pub body: Content,
    /// The time in seconds since 1970; the first second of 2026 unless the case is about time.
    #[serde(default = "new_year")]
    pub now: u64,
    /// The answer.
    pub expect: Expected,
}

/// The answer a case must get.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expected {
    /// The status.
    pub status: u16,
    /// The exact body, or `@` and its name in `answers.json`.
    pub body: String,
    /// All headers but `cache-control`, which is the same everywhere, and the content type, where
    /// that is what it is for JSON.
    #[serde(default)]
    pub headers: BTreeMap<String, String>,
    /// Fields that the log line must have.
    #[serde(default)]
    pub log: BTreeMap<String, String>,
}

/// A header's value or a body.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub enum Content {
    /// Text, used as its UTF-8 bytes.
    Text(String),
    /// Any bytes.
    Base64 {
        /// The bytes as base64.
        base64: String,
    },
    /// A text, many times.
    Repeat {
        /// The text and how many times.
        repeat: (String, usize),
    },
    /// A file of `receiver-core/samples`.
    Sample {
        /// The file's path below it.
        sample: String,
    },
    /// Several of them, one after the other.
    All(Vec<Self>),
    /// Bytes that no file holds.
    #[serde(skip)]
    Bytes(Vec<u8>),
}

impl Default for Content {
    fn default() -> Self {
        Self::Text(String::new())
    }
}

impl Content {
    /// The bytes.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        match self {
            Self::Text(text) => text.clone().into_bytes(),
            Self::Base64 { base64 } => BASE64_STANDARD.decode(base64).expect("base64"),
            Self::Repeat { repeat: (text, times) } => text.repeat(*times).into_bytes(),
            Self::Sample { sample } => read(&core_dir().join("samples").join(sample)),
            Self::All(parts) => parts.iter().flat_map(Self::bytes).collect(),
            Self::Bytes(bytes) => bytes.clone(),
        }
    }
}

impl Case {
    /// Path and query.
    #[must_use]
    pub fn target(&self) -> String {
        match &self.query {
            Some(query) => format!("/{}?{query}", self.to),
            None => format!("/{}", self.to),
        }
    }

    /// The headers, as bytes.
    pub fn header_bytes(&self) -> impl Iterator<Item = (&str, Vec<u8>)> {
        self.headers.iter().map(|(name, value)| (name.as_str(), value.bytes()))
    }

    /// When the request arrives.
    #[must_use]
    pub fn now(&self) -> SystemTime {
        UNIX_EPOCH.checked_add(Duration::from_secs(self.now)).expect("a time that can be told")
    }

    /// The request for the frameworks that speak `http` 1.
    #[must_use]
    pub fn http_request(&self) -> http::Request<Bytes> {
        let builder = http::Request::builder().method(self.method.as_str()).uri(self.target());
        let builder = self.header_bytes().fold(builder, |builder, (name, value)| {
            builder.header(name, http::HeaderValue::from_bytes(&value).expect("a header's value"))
        });
        builder.body(self.body.bytes().into()).expect("a request")
    }

    /// What is wrong with this answer, if anything is.
    #[must_use]
    pub fn judge(&self, answer: &Answer, answers: &Answers) -> Option<String> {
        let (body, media) = answers.find(&self.expect.body);
        let mut headers: Vec<_> = self.expect.headers.clone().into_iter().collect();
        headers.extend(media.map(|media| ("content-type".to_owned(), media.to_owned())));
        headers.push(("cache-control".to_owned(), "no-store".to_owned()));
        headers.sort();
        // An answer to HEAD has no content (RFC 9110, section 9.3.2); whether the framework or the
        // server drops it is theirs to choose.
        let body = if self.method == "HEAD" { answer.body.clone() } else { body.into() };
        let expected = Answer { status: self.expect.status, headers, body };
        (*answer != expected).then(|| format!("expected {expected:?}\n     got {answer:?}"))
    }

    /// What is wrong with the lines that were logged meanwhile, if anything is.
    #[must_use]
    pub fn judge_log(&self, log: &[Line]) -> Option<String> {
        let deliveries: Vec<_> = log.iter().filter(|line| line.is_delivery()).collect();
        let [line] = deliveries.as_slice() else {
            return Some(format!("expected one line in the log, got {deliveries:?}"));
        };
        let status = ("status".to_owned(), self.expect.status.to_string());
        // The clock stands.
        let elapsed = ("elapsed_ms".to_owned(), "0".to_owned());
        let known = [(&status.0, &status.1), (&elapsed.0, &elapsed.1)];
        let mut fields = self.expect.log.iter().chain(known);
        let wrong = fields.find(|(name, value)| line.field(name) != Some(value.as_str()));
        wrong.map(|(name, value)| format!("expected {name}={value} in the log, got {line:?}"))
    }
}

/// The bodies that many cases share, by name.
#[derive(Debug, Deserialize)]
pub struct Answers(BTreeMap<String, String>);

impl Answers {
    /// Reads `answers.json`.
    #[must_use]
    pub fn load() -> Self {
        parse(&table_dir().join("answers.json"))
    }

    /// The exact body, and the media type if it is one of the crate's own.
    fn find(&self, body: &str) -> (String, Option<&'static str>) {
        let named = body.strip_prefix('@').map(|name| {
            self.0.get(name).unwrap_or_else(|| panic!("no answer is called {name}")).as_str()
        });
        let text = named.unwrap_or(body);
        let media = match text {
            _ if text.contains("urn:receiver:problem:") => Some("application/problem+json"),
            _ if text.starts_with('{') => Some("application/json"),
            _ => None,
        };
        (text.to_owned(), media)
    }
}

/// Reads the cases of one topic.
#[must_use]
pub fn load(topic: &str) -> Vec<Case> {
    parse(&table_dir().join(topic).with_extension("json"))
}

/// The topics there are, in order.
#[must_use]
pub fn topics() -> Vec<String> {
    let files = fs::read_dir(table_dir()).expect("the table's directory");
    let mut topics: Vec<_> = files
        .map(|file| file.expect("a file").path())
        .filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned()))
        .filter(|topic| topic != "answers")
        .collect();
    topics.sort();
    topics
}

/// The workspace's directory.
#[must_use]
pub fn workspace_dir() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn core_dir() -> PathBuf {
    workspace_dir().join("receiver-core")
}

fn table_dir() -> PathBuf {
    core_dir().join("tests/conformance")
}

pub(crate) fn parse<T: serde::de::DeserializeOwned>(path: &Path) -> T {
    serde_json::from_slice(&read(path))
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn read(path: &Path) -> Vec<u8> {
    fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn post() -> String {
    "POST".to_owned()
}

fn new_year() -> u64 {
    1_767_225_600
}
