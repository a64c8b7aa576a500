//! `Desk`: what is done with a delivery: it is recorded, judged, sent on, shown.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Write as _;
use std::sync::Mutex;
use std::time::SystemTime;

use bytes::Bytes;
use http::{Response, StatusCode, header};

use super::line::{Forwarded, Line};
use super::service::empty;
use crate::client::Client;
use crate::endpoint::{Endpoint, Verdict};
use crate::message::{Message, record};
use crate::screen::{Screen, json_line, note};

/// What is done with deliveries.
pub(super) struct Desk {
    pub(super) endpoints: BTreeMap<String, Endpoint>,
    pub(super) record: Option<Mutex<File>>,
    pub(super) client: Option<Client>,
    pub(super) is_json: bool,
}

impl Desk {
    /// Takes a delivery, and gives its answer. What did not arrive whole is `broken`: it is shown,
    /// and neither recorded nor sent on.
    pub(super) fn take(
        &self,
        message: &Message,
        received_at: SystemTime,
        broken: Option<(StatusCode, &'static str)>,
    ) -> Response<Bytes> {
        let name = message.path().strip_prefix("/webhooks/").map(|name| name.trim_end_matches('/'));
        let endpoint = name.and_then(|name| self.endpoints.get_key_value(name));
        let (verdict, forwarded) = if let Some((status, reason)) = broken {
            (unread(status, reason), None)
        } else {
            self.record(message, received_at);
            let verdict = match endpoint {
                Some((_, endpoint)) => endpoint.judge(&message.request(), received_at),
                None => unread(StatusCode::NOT_FOUND, "no_endpoint"),
            };
            (verdict, self.client.as_ref().map(|client| client.send(message)))
        };
        let outcome = forwarded.as_ref().map(Forwarded::of);
        let answered = match forwarded {
            None => verdict.response.clone(),
            Some(Ok(answer)) => answer,
            Some(Err(_)) => empty(StatusCode::BAD_GATEWAY),
        };
        let line = Line {
            received_at,
            sender: endpoint.map(|(name, _)| name.as_str()),
            message,
            verdict: &verdict,
            status: answered.status(),
            forwarded: outcome,
        };
        self.show(&line);
        answered
    }

    fn record(&self, message: &Message, received_at: SystemTime) {
        let Some(file) = &self.record else { return };
        // A line is written in one go, also by a thread after one that panicked.
        let mut file = file.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Err(error) = file.write_all(&record::line(message, received_at)) {
            note(&format!("a delivery could not be recorded: {error}"));
        }
    }

    fn show(&self, line: &Line<'_>) {
        let mut screen = Screen::new();
        let text =
            if self.is_json { format!("{}\n", json_line(&line.json())) } else { line.text() };
        let shown = screen.write_all(text.as_bytes()).and_then(|()| screen.flush());
        if let Err(error) = shown {
            note(&format!("a delivery could not be shown: {error}"));
        }
    }
}

/// What is said of a request that no sender's endpoint has read.
fn unread(status: StatusCode, reason: &'static str) -> Verdict {
    let mut response = empty(status);
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, http::HeaderValue::from_static("no-store"));
    let why = match reason {
        "no_endpoint" => "no sender has this path: it is /webhooks/NAME",
        "too_large" => "the body is over the limit: --body-limit",
        "timeout" => "the body did not arrive in time",
        _ => "the body broke off",
    };
    Verdict {
        is_valid: false,
        kind: None,
        key_id: None,
        event_key: None,
        reason,
        why: vec![why.to_owned()],
        response,
    }
}
