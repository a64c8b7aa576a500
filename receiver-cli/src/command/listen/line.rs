//! `Line`: what is shown of a delivery, to people or to programs.

use std::fmt::Write as _;
use std::time::SystemTime;

use bytes::Bytes;
use http::{Response, StatusCode};
use serde_json::{Value, json};

use crate::endpoint::Verdict;
use crate::message::Message;
use crate::moment;
use crate::screen::{BAD, FAINT, GOOD, plain};

/// What is shown of a delivery. It has no query, no header's value and nothing of the body but the
/// kind.
pub(super) struct Line<'l> {
    pub(super) received_at: SystemTime,
    pub(super) sender: Option<&'l str>,
    pub(super) message: &'l Message,
    pub(super) verdict: &'l Verdict,
    /// What was answered.
    pub(super) status: StatusCode,
    pub(super) forwarded: Option<Forwarded>,
}

/// What became of sending it on.
pub(super) enum Forwarded {
    Answered(u16),
    Failed(String),
}

impl Forwarded {
    pub(super) fn of(sent: &Result<Response<Bytes>, String>) -> Self {
        match sent {
            Ok(answer) => Self::Answered(answer.status().as_u16()),
            Err(why) => Self::Failed(why.clone()),
        }
    }
}

impl Line<'_> {
    pub(super) fn json(&self) -> Value {
        let Verdict { is_valid, kind, key_id, event_key, reason, why, .. } = self.verdict;
        let mut line = json!({
            "received_at": moment::text(self.received_at),
            "sender": self.sender,
            "method": self.message.method,
            "path": self.message.path(),
            "bytes": self.message.body.len(),
            "valid": is_valid,
            "reason": reason,
            "why": why,
            "kind": kind,
            "key": key_id,
            "event_key": event_key,
            "status": self.status.as_u16(),
        });
        let forwarded = match &self.forwarded {
            Some(Forwarded::Answered(status)) => Some(json!({ "status": status })),
            Some(Forwarded::Failed(why)) => Some(json!({ "error": why })),
            None => None,
        };
        if let (Some(forwarded), Some(members)) = (forwarded, line.as_object_mut()) {
            members.insert("forwarded".to_owned(), forwarded);
        }
        line
    }

    /// A line, and one more for each thing that is wrong.
    pub(super) fn text(&self) -> String {
        let verdict = self.verdict;
        let (style, word) = if verdict.is_valid { (GOOD, "valid") } else { (BAD, "not valid") };
        let time = moment::text(self.received_at);
        let time = time.get(11..19).unwrap_or_default();
        let sender = self.sender.unwrap_or_else(|| self.message.path());
        let (sender, status) = (plain(sender), self.status.as_u16());
        let mut text = format!("{FAINT}{time}{FAINT:#}  {status}  {sender}");
        // Writing to memory cannot fail.
        if let Some(kind) = &verdict.kind {
            let _ = write!(text, "  {}", plain(kind));
        }
        let _ = write!(text, "  {style}{word}{style:#}");
        match &verdict.key_id {
            Some(key) => drop(write!(text, "  key {}", plain(key))),
            None => drop(write!(text, "  {FAINT}{}{FAINT:#}", verdict.reason)),
        }
        match &self.forwarded {
            Some(Forwarded::Answered(status)) => drop(write!(text, "  forwarded: {status}")),
            Some(Forwarded::Failed(why)) => drop(write!(text, "  not forwarded: {}", plain(why))),
            None => {}
        }
        text.push('\n');
        for why in &verdict.why {
            let _ = writeln!(text, "          {}", plain(why));
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use std::time::UNIX_EPOCH;

    use super::{Bytes, Forwarded, Line, Message, Response, StatusCode, Verdict};

    #[track_caller]
    fn check(kind: Option<&str>, why: &[&str], forwarded: Option<Forwarded>, expected: &str) {
        let verdict = Verdict {
            is_valid: kind.is_some(),
            kind: kind.map(str::to_owned),
            key_id: kind.map(|_| "1".to_owned()),
            event_key: None,
            reason: "stale",
            why: why.iter().map(ToString::to_string).collect(),
            response: Response::new(Bytes::new()),
        };
        let message = Message {
            method: "POST".to_owned(),
            target: "/webhooks/github?token=t".to_owned(),
            headers: Vec::new(),
            body: Vec::new(),
            received_at: None,
        };
        let line = Line {
            received_at: UNIX_EPOCH,
            sender: kind.map(|_| "github"),
            message: &message,
            verdict: &verdict,
            status: StatusCode::OK,
            forwarded,
        };
        let text = anstream::adapter::strip_str(&line.text()).to_string();
        assert_eq!(text, format!("00:00:00  200  {expected}\n"));
    }

    #[test]
    fn a_line_is_for_people_and_cannot_move_their_cursor() {
        check(Some("push"), &[], None, "github  push  valid  key 1");
        check(Some("a\u{1b}[2J\n"), &[], None, r"github  a\u{1b}[2J\n  valid  key 1");
        let more =
            "/webhooks/github  not valid  stale\n          too old\n          would verify if";
        check(None, &["too old", "would verify if"], None, more);
        let sent = Some(Forwarded::Answered(204));
        check(Some("a"), &[], sent, "github  a  valid  key 1  forwarded: 204");
        let failed = Some(Forwarded::Failed("no\u{1b}".to_owned()));
        check(Some("a"), &[], failed, r"github  a  valid  key 1  not forwarded: no\u{1b}");
    }
}
