//! `receiver sign`: what a sender would send with a body.

use std::ffi::OsString;
use std::io::Write as _;
use std::process::ExitCode;
use std::time::SystemTime;

use receiver_core::Request;
use receiver_core::scheme::{Signature, Signed};

use crate::Failure;
use crate::message::body;
use crate::scheme::{SchemeArgs, about_url};
use crate::screen::Screen;
use crate::secrets::SecretArgs;

/// Print the headers that a sender would send with a body
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Sign {
    #[command(flatten)]
    scheme: SchemeArgs,

    #[command(flatten)]
    secrets: SecretArgs,

    /// The delivery's id, for senders that sign one [default: made up]
    #[arg(long, value_name = "ID")]
    id: Option<String>,

    /// The method, for senders that sign it
    #[arg(long, value_name = "METHOD", default_value = "POST")]
    method: String,

    /// Path and query, for senders that sign them
    #[arg(long, value_name = "/PATH?QUERY", default_value = "/")]
    target: String,

    /// Print the whole request (head, blank line, body) as `receiver verify` reads it
    #[arg(long)]
    request: bool,

    /// The body; @FILE is read from there, @- from standard input
    #[arg(long, value_name = "BODY", default_value = "", allow_hyphen_values = true)]
    body: OsString,
}

impl Sign {
    pub(crate) fn run(&self) -> Result<ExitCode, Failure> {
        let layout = self.scheme.layout()?;
        let keys = self.secrets.keys(&layout)?;
        let has_id = layout.id().is_some();
        // A sender signs with one key: the first.
        let key = keys.into_iter().next().ok_or_else(|| Failure::new("there is no secret"))?;
        let mut scheme = Signature::new(layout, key);
        if let Some(url) = self.scheme.url()? {
            scheme = scheme.with_public_url(url).map_err(about_url)?;
        }
        if self.body == "@-" && self.secrets.takes_stdin() {
            return Err(Failure::new("secret and body cannot both be read from standard input"));
        }
        let body = body(&self.body)?;
        let id = match &self.id {
            Some(id) => id.clone(),
            None if has_id => crate::random::id()?,
            None => String::new(),
        };
        let none: [(&str, &str); 0] = [];
        let draft = Request::new(&self.method, &self.target, &none).with_body(&body);
        let signed = scheme
            .sign_request(&draft, &id, self.scheme.now.unwrap_or_else(SystemTime::now))
            .map_err(|error| Failure::new(format!("it cannot be signed: {error}")))?;
        self.check(&signed)?;
        self.print(&signed, &draft)?;
        Ok(ExitCode::SUCCESS)
    }

    /// Refuses what would make other lines of the head than those that are meant.
    fn check(&self, signed: &Signed) -> Result<(), Failure> {
        let is_line = |text: &str| !text.chars().any(char::is_control);
        let is_word = |text: &str| is_line(text) && !text.is_empty() && !text.contains(' ');
        let told = if !signed.headers.iter().all(|(_, value)| is_line(value)) {
            "the id cannot stand in a header"
        } else if !is_word(&self.method) {
            "--method is no method"
        } else if !is_word(&self.target) || !self.target.starts_with('/') {
            "--target is no path: it begins with / and has no spaces"
        } else {
            return Ok(());
        };
        Err(Failure::new(told))
    }

    fn print(&self, signed: &Signed, draft: &Request<'_>) -> Result<(), Failure> {
        let mut screen = Screen::new();
        let is_in_headers = signed.query.as_deref() == draft.query() && signed.body == draft.body();
        if self.request {
            let query = signed.query.as_ref().map(|query| format!("?{query}")).unwrap_or_default();
            write!(screen, "{} {}{query} HTTP/1.1\r\n", self.method, draft.path())?;
            write!(screen, "content-length: {}\r\n", signed.body.len())?;
        } else if !is_in_headers {
            return Err(Failure::new(format!(
                "{} puts more than headers into a request: --request prints all of it",
                self.scheme.scheme
            )));
        }
        let end = if self.request { "\r\n" } else { "\n" };
        for (name, value) in &signed.headers {
            write!(screen, "{name}: {value}{end}")?;
        }
        if self.request {
            screen.write_all(b"\r\n")?;
            screen.write_all(&signed.body)?;
        }
        Ok(screen.flush()?)
    }
}

const EXAMPLES: &str = "\
Examples:
  receiver sign --scheme github --secret-env GITHUB --body '{}'
  receiver sign --scheme standard-webhooks --secret-file key --body @body.json
  receiver sign --scheme stripe --secret-env KEY --body @body.json --request > request.http";
