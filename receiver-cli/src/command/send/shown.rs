//! `Shown`: an answer on the screen, without the secret that some services send back.

use std::cmp::Reverse;
use std::io::Write as _;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use form_urlencoded::byte_serialize;
use http::{HeaderName, Response, header};
use serde_json::{Value, json};

use super::load::Outcome;
use super::summary::{millis, status_style};
use crate::Failure;
use crate::screen::{BAD, FAINT, Screen, harmless, json_line, plain};

/// Prints answers.
pub(super) struct Shown<'s> {
    secret: &'s str,
    /// As services write it that send back what they were sent: longest first, so that no part of
    /// one is left.
    spellings: Vec<String>,
}

impl<'s> Shown<'s> {
    pub(super) fn without(secret: &'s str) -> Self {
        let form: String = byte_serialize(secret.as_bytes()).collect();
        let json = Value::from(secret).to_string();
        let json =
            json.strip_prefix('"').and_then(|json| json.strip_suffix('"')).unwrap_or_default();
        let mut spellings = vec![secret.to_owned(), json.to_owned(), json.replace('/', r"\/")];
        spellings.extend([form.replace('+', "%20"), form]);
        spellings.retain(|spelling| !spelling.is_empty());
        spellings.sort_by_key(|spelling| Reverse(spelling.len()));
        Self { secret, spellings }
    }

    pub(super) fn print(
        &self,
        screen: &mut Screen,
        outcome: &Outcome,
        is_json: bool,
    ) -> Result<(), Failure> {
        let took = millis(outcome.took);
        match &outcome.answer {
            Ok(answer) if is_json => {
                let headers = self.headers(answer);
                let (status, body) = (answer.status().as_u16(), self.text(answer.body()));
                let line = json!({"status": status, "headers": headers, "body": body, "ms": took});
                writeln!(screen, "{}", json_line(&line))?;
            }
            Ok(answer) => {
                let (status, style) = (answer.status(), status_style(answer.status()));
                writeln!(screen, "{style}{status}{style:#}  {took} ms")?;
                for (name, value) in self.headers(answer) {
                    writeln!(screen, "{FAINT}{name}: {value}{FAINT:#}")?;
                }
                let body = self.text(answer.body());
                for line in body.lines() {
                    writeln!(screen, "{}", harmless(line))?;
                }
            }
            Err(why) if is_json => {
                let line = json!({"error": self.hide(why), "ms": took});
                writeln!(screen, "{}", json_line(&line))?;
            }
            Err(why) => writeln!(screen, "{BAD}---{BAD:#}  {}", plain(&self.hide(why)))?,
        }
        Ok(())
    }

    fn headers<B>(&self, answer: &Response<B>) -> Vec<(String, String)> {
        let mut headers = Vec::new();
        for name in OF_INTEREST {
            for value in answer.headers().get_all(&name) {
                headers.push((name.to_string(), plain(&self.text(value.as_bytes()))));
            }
        }
        headers
    }

    /// The bytes as text, as far as they are of use.
    fn text(&self, bytes: &[u8]) -> String {
        // First all of it, so that no half of a secret is left at the end.
        let text = self.hide(&String::from_utf8_lossy(bytes));
        match text.char_indices().nth(MOST).and_then(|(end, _)| text.get(..end)) {
            Some(start) => format!("{start}..."),
            None => text,
        }
    }

    fn hide(&self, text: &str) -> String {
        let hide = |text: String, spelling: &String| text.replace(spelling, HIDDEN);
        let hidden = self.spellings.iter().fold(text.to_owned(), hide);
        // Services that show what they were sent show `Authorization: Basic` too.
        let words = hidden.split_inclusive(|c: char| c.is_whitespace() || c == '"');
        words.map(|word| if self.is_basic(word) { HIDDEN } else { word }).collect()
    }

    /// Whether it is a user name and the secret as `Basic` has them.
    fn is_basic(&self, word: &str) -> bool {
        let word = word.trim_end_matches(|c: char| c.is_whitespace() || c == '"');
        let pair = BASE64_STANDARD.decode(word).unwrap_or_default();
        pair.ends_with(format!(":{}", self.secret).as_bytes())
    }
}

const OF_INTEREST: [HeaderName; 7] = [
    header::CONTENT_TYPE,
    header::RETRY_AFTER,
    header::WWW_AUTHENTICATE,
    header::ALLOW,
    header::ACCEPT,
    header::LOCATION,
    HeaderName::from_static("x-request-id"),
];

const HIDDEN: &str = "***";

/// Of a body, in characters.
const MOST: usize = 4096;
