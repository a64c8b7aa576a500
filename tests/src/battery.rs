//! `Row`: what is written to a server byte by byte, and what it must answer. Read from `tests/battery`.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::thread::sleep;
use std::time::Duration;

use serde::Deserialize;

use crate::answer::Answer;
use crate::case::{Content, parse, workspace_dir};
use crate::leak;
use crate::socket::{Connection, Turn};

/// One connection to one server.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// What is tried.
    pub name: String,
    send: Vec<Step>,
    expect: Expected,
    /// Why this is the right answer.
    pub because: String,
    /// Why one of the servers answers otherwise.
    #[serde(default)]
    pub differs: String,
}

/// What is done to the connection.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Step {
    /// Nothing, for so many milliseconds.
    Pause { pause: u64 },
    /// No more is sent, and the answer is awaited.
    Finish {
        #[expect(dead_code, reason = "it is there or it is not")]
        finish: bool,
    },
    /// So many chunks of 64 KiB.
    Chunks { chunks: usize },
    /// Bytes; `@` and a name are a piece that many rows share.
    Send(Content),
}

/// What comes back: the same from all servers, or not.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Expected {
    Same(Vec<Outcome>),
    Each(BTreeMap<String, Vec<Outcome>>),
}

/// Answers by their status, and what became of the connection behind the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum Outcome {
    /// An answer.
    Status(u16),
    /// No more answers.
    End(End),
}

/// How the answers end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum End {
    /// The server closed the connection.
    Closed,
    /// It waits for more.
    Open,
}

impl Row {
    /// What a server must answer.
    ///
    /// # Panics
    ///
    /// When the row says nothing of this server.
    #[must_use]
    pub fn expected(&self, server: &str) -> &[Outcome] {
        match &self.expect {
            Expected::Same(outcomes) => outcomes,
            Expected::Each(each) => each.get(server).expect("an answer for this server"),
        }
    }

    /// Whether the servers answer it differently.
    #[must_use]
    pub fn is_different(&self) -> bool {
        matches!(self.expect, Expected::Each(_))
    }

    /// Plays it: what came back.
    ///
    /// # Errors
    ///
    /// What is wrong with it: another answer, one that does not say what its status must, or one that
    /// tells a marker.
    pub fn judge(
        &self,
        server: &str,
        address: SocketAddr,
        pieces: &Pieces,
    ) -> Result<Vec<Answer>, String> {
        let expected = self.expected(server);
        let (played, answers) = self.play(address, expected, pieces);
        let Self { name, because, .. } = self;
        if played != expected {
            return Err(format!("{name}: expected {expected:?}, got {played:?} ({because})"));
        }
        if let Some(header) = answers.iter().find_map(missing) {
            return Err(format!("{name}: no {header} in {answers:?}"));
        }
        let leaks = leak::find(&format!("{answers:?}"), &MARKERS.map(str::as_bytes));
        if leaks.is_empty() {
            Ok(answers)
        } else {
            Err(format!("{name}: {leaks:?} in {answers:?}"))
        }
    }

    /// What came back, and the answers among it.
    fn play(
        &self,
        address: SocketAddr,
        expected: &[Outcome],
        pieces: &Pieces,
    ) -> (Vec<Outcome>, Vec<Answer>) {
        let mut connection = Connection::to(address);
        // What stands together is written at once: a server may treat a body that is there with its
        // head otherwise than one that is not.
        let mut bytes = Vec::new();
        for step in &self.send {
            match step {
                Step::Send(content) => bytes.extend(pieces.bytes(content)),
                Step::Chunks { chunks } => {
                    let chunk = format!("10000\r\n{}\r\n", " ".repeat(0x10000));
                    bytes.extend(chunk.repeat(*chunks).into_bytes());
                }
                Step::Pause { pause } => {
                    connection.write(std::mem::take(&mut bytes));
                    sleep(Duration::from_millis(*pause));
                }
                Step::Finish { .. } => {
                    connection.write(std::mem::take(&mut bytes)).finish();
                }
            }
        }
        connection.write(bytes);
        let is_head = self.send.first().is_some_and(
            |step| matches!(step, Step::Send(content) if content.bytes().starts_with(b"HEAD ")),
        );
        let (mut outcomes, mut answers) = (Vec::new(), Vec::new());
        loop {
            // What is expected is waited for; that nothing comes is believed sooner.
            let patience = match expected.get(outcomes.len()) {
                Some(Outcome::End(End::Open)) | None => Duration::from_millis(1500),
                Some(_) => Duration::from_secs(9),
            };
            outcomes.push(match connection.turn(patience, is_head) {
                Turn::Answer(answer) => {
                    let status = answer.status;
                    answers.push(answer);
                    Outcome::Status(status)
                }
                Turn::Closed => Outcome::End(End::Closed),
                Turn::Silence => Outcome::End(End::Open),
            });
            if matches!(outcomes.last(), Some(Outcome::End(_))) {
                return (outcomes, answers);
            }
        }
    }
}

/// The header that an answer of this status must have (RFC 9110; of 429 and 503 it is our own rule), and has
/// not.
fn missing(answer: &Answer) -> Option<&'static str> {
    let header = match answer.status {
        401 => "www-authenticate",
        405 => "allow",
        429 | 503 => "retry-after",
        _ => return None,
    };
    answer.header(header).is_none().then_some(header)
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

/// The pieces of requests, by name.
#[derive(Debug, Deserialize)]
pub struct Pieces(BTreeMap<String, String>);

impl Pieces {
    /// Reads `pieces.json`.
    #[must_use]
    pub fn load() -> Self {
        parse(&folder().join("pieces.json"))
    }

    fn bytes(&self, content: &Content) -> Vec<u8> {
        match content {
            Content::Text(text) => match text.strip_prefix('@') {
                Some(name) => self.0.get(name).expect("a piece of this name").clone().into_bytes(),
                None => text.clone().into_bytes(),
            },
            content => content.bytes(),
        }
    }
}

/// All rows.
#[must_use]
pub fn rows() -> Vec<Row> {
    let files = fs::read_dir(folder()).expect("the battery");
    let paths = files.map(|file| file.expect("a file").path());
    let paths = paths.filter(|path| path.file_stem().is_some_and(|stem| stem != "pieces"));
    paths.flat_map(|path| parse::<Vec<Row>>(&path)).collect()
}

fn folder() -> PathBuf {
    workspace_dir().join("tests/battery")
}

/// The token that servers are given.
pub const TOKEN: &str = "own-token-77f2";

/// What nobody may be told: the token, what rows send instead of it, and what stands in their bodies.
pub const MARKERS: [&str; 3] = [TOKEN, "guess-token-90aa", "marker-83b17"];
