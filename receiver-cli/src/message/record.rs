//! Recordings: a request a line, as JSON. The format is described in the crate's README.

use std::time::SystemTime;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde::{Deserialize, Serialize};

use super::{Message, Messages};
use crate::{Failure, moment};

/// The line for a request, with its line break.
pub(crate) fn line(message: &Message, received_at: SystemTime) -> Vec<u8> {
    let headers = message.headers.iter().map(|(name, value)| (name.clone(), Value::new(value)));
    let record = Record {
        version: VERSION,
        received_at: Some(moment::text(received_at)),
        method: message.method.clone(),
        target: message.target.clone(),
        headers: headers.collect(),
        body: BASE64_STANDARD.encode(&message.body),
    };
    // Text in text: it cannot fail.
    let mut line = serde_json::to_vec(&record).unwrap_or_default();
    line.push(b'\n');
    line
}

/// Whether it begins with a recording.
pub(super) fn is_one(json: &[u8]) -> bool {
    let mut values = serde_json::Deserializer::from_slice(json).into_iter::<Mark>();
    matches!(values.next(), Some(Ok(Mark { version: Some(_) })))
}

pub(super) fn read_all(json: &[u8]) -> Messages {
    let lines = (1_usize..).zip(json.split(|byte| *byte == b'\n'));
    let lines = lines.filter(|(_, line)| !line.trim_ascii().is_empty());
    lines.map(|(number, line)| read(line, number)).collect()
}

fn read(line: &[u8], number: usize) -> Result<Message, Failure> {
    let broken = || Failure::new(format!("line {number} of the recording cannot be read"));
    let mark: Mark = serde_json::from_slice(line).map_err(|_| broken())?;
    if let Some(version) = mark.version.filter(|version| *version != VERSION) {
        return Err(Failure::new(format!(
            "line {number} of the recording is of version {version}; this program reads {VERSION}"
        )));
    }
    let record: Record = serde_json::from_slice(line).map_err(|_| broken())?;
    let headers = record.headers.into_iter();
    let headers = headers.map(|(name, value)| Some((name, value.bytes()?)));
    Ok(Message {
        method: record.method,
        target: record.target,
        headers: headers.collect::<Option<_>>().ok_or_else(broken)?,
        body: BASE64_STANDARD.decode(record.body).map_err(|_| broken())?,
        received_at: record.received_at.and_then(|text| moment::from_text(&text)),
    })
}

#[derive(Deserialize)]
struct Mark {
    #[serde(rename = "receiver_record")]
    version: Option<u32>,
}

#[derive(Deserialize, Serialize)]
struct Record {
    #[serde(rename = "receiver_record")]
    version: u32,
    received_at: Option<String>,
    method: String,
    target: String,
    headers: Vec<(String, Value)>,
    body: String,
}

/// A header's value: as text where it is text.
#[derive(Deserialize, Serialize)]
#[serde(untagged)]
enum Value {
    Text(String),
    Bytes { base64: String },
}

impl Value {
    fn new(bytes: &[u8]) -> Self {
        match std::str::from_utf8(bytes) {
            Ok(text) => Self::Text(text.to_owned()),
            Err(_) => Self::Bytes { base64: BASE64_STANDARD.encode(bytes) },
        }
    }

    fn bytes(self) -> Option<Vec<u8>> {
        match self {
            Self::Text(text) => Some(text.into_bytes()),
            Self::Bytes { base64 } => BASE64_STANDARD.decode(base64).ok(),
        }
    }
}

const VERSION: u32 = 1;

#[cfg(test)]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

    use super::{Message, is_one, line, read_all};

    fn message() -> Message {
        Message {
            method: "POST".into(),
            target: "/hooks?a=%20".into(),
            headers: vec![
                ("x-a".into(), b"1".into()),
                ("x-b".into(), b"\xff".into()),
                ("x-a".into(), b"2".into()),
            ],
            body: b"\0\xff\r\n".into(),
            received_at: None,
        }
    }

    /// What is said of the last line.
    fn error(lines: &[u8]) -> String {
        let last = read_all(lines).pop().expect("a line");
        last.err().expect("an error").to_string()
    }

    #[test]
    fn what_is_recorded_is_read_again() {
        let at = UNIX_EPOCH + Duration::from_millis(1_700_000_000_250);
        let lines = [line(&message(), at), b"\n".to_vec(), line(&message(), at)].concat();
        assert!(is_one(&lines));
        let read = read_all(&lines);
        assert_eq!(read.len(), 2);
        for read in read {
            let read = read.expect("a message");
            assert_eq!((read.method, read.target), (message().method, message().target));
            assert_eq!((read.headers, read.body), (message().headers, message().body));
            assert_eq!(read.received_at, Some(at));
        }
    }

    #[test]
    fn a_recording_of_another_version_is_told() {
        let failure = error(br#"{"receiver_record":2}"#);
        assert!(failure.contains("version 2; this program reads 1"), "{failure}");
    }

    #[test]
    fn a_broken_line_is_named_and_not_repeated() {
        let lines = [line(&message(), UNIX_EPOCH), br#"{"marker-1f2e"#.to_vec()].concat();
        assert!(read_all(&lines).first().expect("a line").is_ok());
        let failure = error(&lines);
        assert_eq!(failure, "line 2 of the recording cannot be read");
    }
}
