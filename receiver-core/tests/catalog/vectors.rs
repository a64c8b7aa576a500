//! Vectors that senders publish, each of them also spoiled.

use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime};

use http::HeaderName;
use receiver_core::scheme::{Encoding, Hash, KeyForm, Layout, Signature, Strength, catalog};
use receiver_core::{AuthError, Request, Scheme};
use serde::Deserialize;

use crate::message::at;

#[test]
fn signatures_that_senders_publish() {
    for vector in load() {
        let scheme = vector.scheme(&vector.secret);
        assert_eq!(vector.verdict(&scheme), vector.expect, "{}", vector.comment);
        if vector.expect == "accept" {
            vector.is_made_by(&scheme);
            vector.is_refused_when_spoiled(&scheme);
        }
    }
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Vector {
    comment: String,
    sender: Option<String>,
    layout: Option<Spelling>,
    secret: String,
    method: Option<String>,
    url: Option<String>,
    headers: Vec<(String, String)>,
    body: String,
    now: Option<u64>,
    milliseconds: Option<u64>,
    expect: String,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Spelling {
    header: String,
    hash: String,
    encoding: String,
    key: Option<String>,
}

impl Vector {
    fn layout(&self) -> Layout {
        match (&self.sender, &self.layout) {
            (Some(name), None) => catalog::find(name).expect("a row").layout().clone(),
            (None, Some(spelling)) => spelling.layout(),
            _ => panic!("{}: a sender or a layout", self.comment),
        }
    }

    fn scheme(&self, secret: &str) -> Signature {
        let layout = self.layout();
        let secret = layout.secret(secret).expect("a secret");
        let scheme = Signature::new(layout, secret);
        match &self.url {
            Some(url) => scheme.with_public_url(url).expect("a URL"),
            None => scheme,
        }
    }

    fn request(&self) -> Request<'_> {
        let query = self.url.as_ref().and_then(|url| url.split_once('?')).map(|(_, query)| query);
        Request::new(self.method.as_deref().unwrap_or("POST"), "/", &self.headers)
            .with_query(query)
            .with_body(&self.body)
    }

    fn now(&self) -> SystemTime {
        at(self.now.unwrap_or(0)) + Duration::from_millis(self.milliseconds.unwrap_or(0))
    }

    fn verdict(&self, scheme: &Signature) -> &'static str {
        let verdict = scheme.verify(&self.request(), self.now());
        verdict.map_or_else(AuthError::reason, |_| "accept")
    }

    fn header(&self, name: &HeaderName) -> Option<&str> {
        let found = self.headers.iter().find(|(sent, _)| name.as_str().eq_ignore_ascii_case(sent));
        found.map(|(_, value)| value.as_str())
    }

    /// `sign_request` makes the vector; of a header with several signatures, one of them.
    fn is_made_by(&self, scheme: &Signature) {
        let mut draft = self.clone();
        // The sender puts the body's hash there.
        draft.url = draft
            .url
            .map(|url| url.split("&bodySHA256=").next().map_or(url.clone(), str::to_owned));
        let id = scheme.layout().id().and_then(|name| self.header(name)).unwrap_or_default();
        let signed = scheme.sign_request(&draft.request(), id, self.now()).expect("signed");
        assert_eq!(signed.query.as_deref(), self.request().query(), "{}", self.comment);
        for (name, value) in signed.headers {
            let sent = self.header(&name).unwrap_or_default();
            if sent.ends_with("-07:00") {
                // We write the same time in another offset, which is another content.
                return;
            }
            let one = value.rsplit(',').next().unwrap_or_default();
            // One sender writes its signature in capitals.
            let is_other_case = sent.eq_ignore_ascii_case(&value);
            assert!(is_other_case || sent.contains(one), "{}: {name}", self.comment);
        }
    }

    fn is_refused_when_spoiled(&self, scheme: &Signature) {
        let check = |spoiled: &Self, scheme: &Signature, expected: &str, what: &str| {
            assert_eq!(spoiled.verdict(scheme), expected, "{}: {what}", self.comment);
        };
        let other = self.scheme(&self.secret.replace(['a', 'e', '1', 'y'], "2"));
        check(self, &other, "signature_mismatch", "another key");
        if scheme.layout().strength() == Strength::Body {
            let body = format!("{}.", self.body);
            check(&Self { body, ..self.clone() }, scheme, "signature_mismatch", "a byte more");
        }
        if let (Some(url), true) = (&self.url, scheme.layout().needs_public_url()) {
            let url = url.replacen("com", "org", 1).replacen("answer", "question", 1);
            let other = Self { url: Some(url), ..self.clone() }.scheme(&self.secret);
            check(self, &other, "signature_mismatch", "another URL");
        }
        let none = Self { headers: Vec::new(), ..self.clone() };
        check(&none, scheme, "missing_credential", "no headers");
        let twice = [self.headers.clone(), self.headers.clone()].concat();
        check(&Self { headers: twice, ..self.clone() }, scheme, "duplicate_header", "twice");
    }
}

impl Spelling {
    fn layout(&self) -> Layout {
        let header = HeaderName::try_from(&self.header).expect("a header's name");
        let hash = match self.hash.as_str() {
            "sha256" => Hash::Sha256,
            "sha512" => Hash::Sha512,
            other => panic!("no hash is called {other}"),
        };
        let encoding = match self.encoding.as_str() {
            "hex" => Encoding::Hex,
            "base64" => Encoding::Base64,
            other => panic!("no encoding is called {other}"),
        };
        let form = if self.key.as_deref() == Some("hex") { KeyForm::Hex } else { KeyForm::Text };
        Layout::body(header, hash, encoding).with_key_form(form)
    }
}

fn load() -> Vec<Vector> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors/catalog.json");
    let text = fs::read_to_string(path).expect("the file of vectors");
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}"))
}
