//! What is sent: a sample, or bytes of one's own.

use std::ffi::OsString;

use receiver_core::samples::{self, Sample};
use receiver_core::scheme::Part;
use receiver_core::testing::{Outgoing, Way};
use serde_json::Value;

use super::set::Set;
use super::target::Target;
use crate::client::is_own;
use crate::message::{bytes, headers};
use crate::{Failure, endpoint};

/// What is sent.
#[derive(clap::Args)]
pub(super) struct PayloadArgs {
    /// The sample, by its name in `receiver list samples` or its kind in `receiver list kinds`; of
    /// several, one after the other is sent [default: the sender's first]
    #[arg(long, value_name = "KIND", conflicts_with = "data")]
    kind: Vec<String>,

    /// The body, instead of a sample: a file, or `-` for standard input
    #[arg(long, value_name = "FILE")]
    data: Option<OsString>,

    /// A member of the JSON body, such as `data.id=17`: a dotted path, and JSON or else text. The
    /// body is then written anew, and signed after that
    #[arg(long, value_name = "MEMBER=VALUE")]
    set: Vec<Set>,

    /// A header besides; a `Content-Type` takes the place of the body's own
    #[arg(long, value_name = "NAME: VALUE")]
    header: Vec<OsString>,
}

/// A request without its credential.
pub(super) struct Payload {
    method: &'static str,
    query: Option<&'static str>,
    headers: Vec<(String, Vec<u8>)>,
    body: Vec<u8>,
}

impl PayloadArgs {
    /// What is sent in turn; `is_stdin_taken` when a secret is read from there.
    pub(super) fn all(
        &self,
        sender: &str,
        ways: &[Way],
        is_stdin_taken: bool,
    ) -> Result<Vec<Payload>, Failure> {
        let payloads = match &self.data {
            Some(file) if file == "-" && is_stdin_taken => {
                return Err(Failure::new(
                    "secret and body cannot both be read from standard input",
                ));
            }
            Some(file) => vec![Payload::json(bytes(file)?)],
            None => self.samples(sender, ways)?,
        };
        payloads.into_iter().map(|payload| self.finish(payload)).collect()
    }

    fn samples(&self, sender: &str, ways: &[Way]) -> Result<Vec<Payload>, Failure> {
        let name = sender.replace('-', "_");
        let all: Vec<_> = samples::all().filter(|sample| sample.sender == name).collect();
        match (self.kind.as_slice(), all.first()) {
            ([], Some(first)) => Ok(vec![Payload::sample(first)]),
            ([], None) => Ok(vec![Payload::ping(ways)]),
            (kinds, _) => kinds.iter().map(|kind| find(sender, &all, kind)).collect(),
        }
    }

    fn finish(&self, mut payload: Payload) -> Result<Payload, Failure> {
        if !self.set.is_empty() {
            let no_json = |_| Failure::new("--set is for JSON, and the body is none");
            let mut body: Value = serde_json::from_slice(&payload.body).map_err(no_json)?;
            for set in &self.set {
                set.put(&mut body).map_err(|why| Failure::new(format!("--set: {why}")))?;
            }
            payload.body = body.to_string().into_bytes();
        }
        let own = headers(&self.header)?;
        if let Some((name, _)) = own.iter().find(|(name, _)| is_own(name)) {
            return Err(Failure::new(format!(
                "--header: {name} is the connection's, which the URL and the body say"
            )));
        }
        if own.iter().any(|(name, _)| name.eq_ignore_ascii_case("content-type")) {
            payload.headers.clear();
        }
        payload.headers.extend(own);
        Ok(payload)
    }
}

impl Payload {
    fn sample(sample: &Sample) -> Self {
        let media = sample.content_type.map(|media| ("content-type".to_owned(), media.into()));
        Self {
            method: sample.method,
            query: sample.query,
            headers: media.into_iter().collect(),
            body: sample.body.to_vec(),
        }
    }

    /// For schemes, which have no samples: what is signed may be anything, unless it is a form.
    fn ping(ways: &[Way]) -> Self {
        let content = match ways.first() {
            Some(Way::Signature(layout)) => layout.content(),
            _ => &[],
        };
        let field = content.iter().find_map(|part| match part {
            Part::FormField(name) => Some(name.as_ref()),
            Part::Form => Some("type"),
            _ => None,
        });
        match field {
            Some(name) => {
                Self::post("application/x-www-form-urlencoded", format!("{name}=ping").into())
            }
            None => Self::json(br#"{"type":"ping"}"#.to_vec()),
        }
    }

    fn json(body: Vec<u8>) -> Self {
        Self::post("application/json", body)
    }

    fn post(media: &str, body: Vec<u8>) -> Self {
        let media = ("content-type".to_owned(), media.into());
        Self { method: "POST", query: None, headers: vec![media], body }
    }

    pub(super) fn outgoing(self, to: &Target) -> Outgoing {
        let query = [to.query.as_deref(), self.query].into_iter().flatten().collect::<Vec<_>>();
        let target = if query.is_empty() {
            to.path.clone()
        } else {
            format!("{}?{}", to.path, query.join("&"))
        };
        let outgoing = Outgoing::new(self.method, &target).with_body(self.body);
        self.headers
            .iter()
            .fold(outgoing, |outgoing, (name, value)| outgoing.with_header(name, value))
    }
}

/// The sample of this name, or else the first of this kind.
fn find(sender: &str, all: &[&'static Sample], wanted: &str) -> Result<Payload, Failure> {
    let exact = all.iter().find(|sample| sample.name == wanted);
    let of_kind =
        || all.iter().find(|sample| endpoint::kind(sample).is_ok_and(|kind| kind == wanted));
    let sample = exact.or_else(of_kind).ok_or_else(|| {
        let names: Vec<_> = all.iter().map(|sample| sample.name).collect();
        Failure::new(match names.as_slice() {
            [] => format!("there are no samples of {sender}: give a body with --data"),
            names => format!("{sender} has no {wanted:?}, but {}", names.join(", ")),
        })
    })?;
    Ok(Payload::sample(sample))
}
