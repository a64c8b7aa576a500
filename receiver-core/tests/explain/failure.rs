//! A request as a sender signed it, and as it arrived.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use receiver_core::explain::{Change, Explain, Explanation, Hypothesis};
use receiver_core::scheme::{Layout, Signature};
use receiver_core::{Request, Secret};

#[derive(Clone, Debug)]
pub(crate) struct Failure {
    pub(crate) target: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
    pub(crate) now: SystemTime,
}

impl Failure {
    /// What a sender of this layout sends at `NOW`.
    pub(crate) fn signed(layout: &Layout, key: Secret, body: impl Into<Vec<u8>>) -> Self {
        Self::by(&Signature::new(layout.clone(), key), "/hooks", body)
    }

    pub(crate) fn by(sender: &Signature, target: &str, body: impl Into<Vec<u8>>) -> Self {
        let (nothing, body) = (http::HeaderMap::new(), body.into());
        let draft = Request::new("POST", target, &nothing).with_body(&body);
        let signed = sender.sign_request(&draft, "id-1", at(NOW)).expect("a signed request");
        let headers = signed.headers.into_iter().map(|(name, value)| (name.to_string(), value));
        let (path, _) = target.split_once('?').unwrap_or((target, ""));
        let target = signed.query.map_or(path.to_owned(), |query| format!("{path}?{query}"));
        Self { target, headers: headers.collect(), body: signed.body, now: at(NOW) }
    }

    /// The same with another body.
    pub(crate) fn arriving_as(self, body: impl Into<Vec<u8>>) -> Self {
        Self { body: body.into(), ..self }
    }

    /// The same with its last header, the signature's, edited.
    pub(crate) fn spelled(mut self, edit: impl FnOnce(&str) -> String) -> Self {
        let (_, value) = self.headers.last_mut().expect("a header");
        *value = edit(value);
        self
    }

    pub(crate) fn explained_by(&self, explain: &Explain) -> Explanation {
        let request = Request::new("POST", &self.target, &self.headers).with_body(&self.body);
        explain.request(&request, self.now)
    }
}

/// What is sent with the sender's key would verify with these changes and no others; what is sent
/// with another key would not verify with any.
#[track_caller]
pub(crate) fn check(
    explain: &Explain,
    sender_key: &str,
    send: impl Fn(Secret) -> Failure,
    expected: &[&[Change]],
) {
    let explanation = send(secret(sender_key)).explained_by(explain);
    let found: Vec<_> = explanation.hypotheses().iter().map(Hypothesis::changes).collect();
    assert_eq!(found, expected, "{explanation}");
    assert!(explanation.verdict().is_err());

    let control = send(secret("quite-another-key-5d0e")).explained_by(explain);
    assert_eq!(control.hypotheses(), [], "{control}");
    assert!(control.verdict().is_err());
}

pub(crate) fn secret(text: &str) -> Secret {
    Secret::new(text).expect("a secret")
}

pub(crate) fn at(seconds: u64) -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(seconds)
}

pub(crate) const NOW: u64 = 1_767_225_600;

pub(crate) const KEY: &str = "signing-key-c2d9";
