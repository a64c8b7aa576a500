//! Which request a command is about: a file, standard input, or what the command line says.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::io::{self, Read as _};
use std::path::Path;

use super::{Message, Messages, read};
use crate::Failure;

/// The request.
#[derive(clap::Args)]
pub(crate) struct InputArgs {
    /// A saved request (`-` for standard input): raw HTTP/1.1 (head, blank line, body), a HAR file
    /// or an entry of one, or what `receiver listen --record` wrote
    #[arg(value_name = "FILE", conflicts_with_all = ["header", "body", "method", "target"])]
    file: Option<OsString>,

    /// Which request of a file that holds several, counted from 1
    #[arg(long, value_name = "NUMBER", requires = "file")]
    entry: Option<usize>,

    /// A header, instead of a file; once for each line
    #[arg(long, value_name = "NAME: VALUE")]
    header: Vec<OsString>,

    /// The body, instead of a file; @FILE is read from there, @- from standard input
    #[arg(long, value_name = "BODY", allow_hyphen_values = true)]
    body: Option<OsString>,

    /// The method, where no file says it [default: POST]
    #[arg(long, value_name = "METHOD")]
    method: Option<String>,

    /// Path and query, where no file says them [default: those of --url, else /]
    #[arg(long, value_name = "/PATH?QUERY")]
    target: Option<String>,
}

impl InputArgs {
    /// The request, to this URL where that is known; `is_stdin_taken` when a secret is read from
    /// there.
    pub(crate) fn message(
        &self,
        url: Option<&str>,
        is_stdin_taken: bool,
    ) -> Result<Message, Failure> {
        let is_stdin = self.file.as_deref() == Some(OsStr::new("-"))
            || self.body.as_deref() == Some(OsStr::new("@-"));
        if is_stdin && is_stdin_taken {
            return Err(Failure::new(
                "secret and request cannot both be read from standard input: use --secret-env or \
                 --secret-file",
            ));
        }
        match &self.file {
            Some(file) => one(from_file(file)?, self.entry),
            None if self.header.is_empty() && self.body.is_none() => Err(Failure::new(
                "there is no request: give a FILE (`-` for standard input), or --header and --body",
            )),
            None => self.said(url),
        }
    }

    fn said(&self, url: Option<&str>) -> Result<Message, Failure> {
        Ok(Message {
            method: self.method.clone().unwrap_or_else(|| "POST".to_owned()),
            target: super::target(self.target.as_deref().or(url).unwrap_or("/")),
            headers: headers(&self.header)?,
            body: body(self.body.as_deref().unwrap_or_default())?,
            received_at: None,
        })
    }
}

/// All requests of a file, or of standard input.
pub(crate) fn from_file(file: &OsStr) -> Result<Messages, Failure> {
    let messages = read(&bytes(file)?);
    let name = file.display();
    messages.map_err(|failure| Failure::new(format!("{name}: {failure}")))
}

fn one(messages: Messages, entry: Option<usize>) -> Result<Message, Failure> {
    let count = messages.len();
    let wanted = match (entry, count) {
        (None, 0 | 1) => 1,
        (None, _) => {
            return Err(Failure::new(format!(
                "the file holds {count} requests: say which with --entry"
            )));
        }
        (Some(number), _) => number,
    };
    let found = wanted.checked_sub(1).and_then(|place| messages.into_iter().nth(place));
    found.ok_or_else(|| Failure::new(format!("there is no request {wanted}, there are {count}")))?
}

/// The bytes of `--body`, or of the file it names.
pub(crate) fn body(given: &OsStr) -> Result<Vec<u8>, Failure> {
    match given.as_encoded_bytes().strip_prefix(b"@") {
        None => Ok(given.as_encoded_bytes().to_vec()),
        Some(file) => {
            let file = std::str::from_utf8(file)
                .map_err(|_| Failure::new("the name of the file for --body is no UTF-8"))?;
            bytes(OsStr::new(file))
        }
    }
}

/// What each `--header` says.
pub(crate) fn headers(lines: &[OsString]) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    let headers = lines.iter().map(|line| header(line.as_encoded_bytes()));
    headers
        .collect::<Option<_>>()
        .ok_or_else(|| Failure::new("a --header has no colon: it is written 'NAME: VALUE'"))
}

/// The bytes of a file, or of standard input.
pub(crate) fn bytes(file: &OsStr) -> Result<Vec<u8>, Failure> {
    let read = if file == "-" {
        let mut bytes = Vec::new();
        io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes)
    } else {
        fs::read(Path::new(file))
    };
    read.map_err(|error| Failure::new(format!("{}: {error}", file.display())))
}

fn header(line: &[u8]) -> Option<(String, Vec<u8>)> {
    let colon = line.iter().position(|byte| *byte == b':')?;
    let (name, value) = line.split_at_checked(colon)?;
    let name = std::str::from_utf8(name).ok()?.trim();
    let value = value.strip_prefix(b":")?.trim_ascii();
    (!name.is_empty()).then(|| (name.to_owned(), value.to_vec()))
}

#[cfg(test)]
mod tests {
    use super::header;

    #[test]
    fn a_header_is_a_name_and_the_bytes_behind_its_colon() {
        let read = |line: &[u8]| header(line);
        assert_eq!(read(b"X-A: b: c "), Some(("X-A".into(), b"b: c".into())));
        assert_eq!(read(b"x-a:\xff"), Some(("x-a".into(), b"\xff".into())));
        assert_eq!(read(b"x-a"), None);
        assert_eq!(read(b": b"), None);
    }
}
