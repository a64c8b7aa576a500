//! The words the rows are written in.

use std::time::Duration;

use http::HeaderName;

use super::{Evidence, Sender};
use crate::scheme::{
    Encoding, Grammar, Hash, KeyForm, Layout, Part, Source, Timestamp, Tolerance, Unit,
};

impl Sender {
    /// It says so itself, there.
    pub(super) const fn documented(mut self, source: &'static str) -> Self {
        self.evidence = Evidence::Documented;
        self.source = source;
        self
    }

    /// Others do so who receive from it.
    pub(super) const fn likely(mut self, source: &'static str) -> Self {
        self.evidence = Evidence::Likely;
        self.source = source;
        self
    }

    pub(super) const fn noting(mut self, note: &'static str) -> Self {
        self.note = note;
        self
    }
}

pub(super) const fn row(name: &'static str, title: &'static str, layout: Layout) -> Sender {
    Sender { name, title, layout, evidence: Evidence::Likely, source: "", note: "" }
}

/// A signature over the body, bare in this header.
pub(super) const fn over_body(header: &'static str, hash: Hash, encoding: Encoding) -> Layout {
    Layout::body(HeaderName::from_static(header), hash, encoding)
}

/// HMAC-SHA256 over the body in hexadecimal, bare in this header.
pub(super) const fn hex(header: &'static str) -> Layout {
    over_body(header, Hash::Sha256, Encoding::Hex)
}

/// HMAC-SHA256 over the body in base64, bare in this header.
pub(super) const fn base64(header: &'static str) -> Layout {
    over_body(header, Hash::Sha256, Encoding::Base64)
}

/// HMAC-SHA1 over the body in hexadecimal, bare in this header.
pub(super) const fn sha1(header: &'static str) -> Layout {
    over_body(header, Hash::Sha1, Encoding::Hex)
}

/// HMAC-SHA512 over the body in hexadecimal, bare in this header.
pub(super) const fn sha512(header: &'static str) -> Layout {
    over_body(header, Hash::Sha512, Encoding::Hex)
}

/// `t=<timestamp>,<tag>=<signature>` over `timestamp.body`.
pub(super) const fn fields(layout: Layout, tag: &'static str, timestamp: Timestamp) -> Layout {
    layout
        .with_grammar(Grammar::fields(',', "t", tag))
        .with_timestamp(timestamp)
        .with_content(TIME_DOT_BODY)
}

/// As Standard Webhooks, with headers of other names.
pub(super) const fn svix(
    id: &'static str,
    timestamp: &'static str,
    signature: &'static str,
) -> Layout {
    Layout::STANDARD_WEBHOOKS
        .with_source(Source::Header(HeaderName::from_static(signature)))
        .with_id(HeaderName::from_static(id))
        .with_timestamp(seconds(timestamp))
}

/// A timestamp in this header, in seconds.
pub(super) const fn seconds(header: &'static str) -> Timestamp {
    Timestamp::in_header(HeaderName::from_static(header), Unit::Seconds)
}

/// A timestamp in this header, in milliseconds.
pub(super) const fn milliseconds(header: &'static str) -> Timestamp {
    Timestamp::in_header(HeaderName::from_static(header), Unit::Milliseconds)
}

/// A timestamp in this header, as RFC 3339 has it.
pub(super) const fn rfc3339(header: &'static str) -> Timestamp {
    Timestamp::in_header(HeaderName::from_static(header), Unit::Rfc3339)
}

/// A timestamp in this header, as HTTP writes dates.
pub(super) const fn http_date(header: &'static str) -> Timestamp {
    Timestamp::in_header(HeaderName::from_static(header), Unit::HttpDate)
}

/// So many seconds in the past and in the future.
pub(super) const fn limit(past: u64, future: u64) -> Tolerance {
    Tolerance::new(Duration::from_secs(past), Duration::from_secs(future))
}

pub(super) const BASE64: KeyForm = KeyForm::Base64;
pub(super) const HEX: KeyForm = KeyForm::Hex;

/// A timestamp beside the signature, in seconds.
pub(super) const S: Timestamp = Timestamp::beside(Unit::Seconds);
/// A timestamp beside the signature, in milliseconds.
pub(super) const MS: Timestamp = Timestamp::beside(Unit::Milliseconds);

pub(super) const DOT: Part = Part::literal(".");
pub(super) const COLON: Part = Part::literal(":");
pub(super) const TIME_BODY: &[Part] = &[Part::Timestamp, Part::Body];
pub(super) const TIME_DOT_BODY: &[Part] = &[Part::Timestamp, DOT, Part::Body];
pub(super) const TIME_COLON_BODY: &[Part] = &[Part::Timestamp, COLON, Part::Body];
pub(super) const TIME_COMMA_BODY: &[Part] = &[Part::Timestamp, Part::literal(","), Part::Body];
pub(super) const V0_TIME_BODY: &[Part] =
    &[Part::literal("v0:"), Part::Timestamp, COLON, Part::Body];
pub(super) const BODY_TIME: &[Part] = &[Part::Body, Part::Timestamp];
pub(super) const BODY_ID: &[Part] = &[Part::Body, Part::Id];
pub(super) const BODY_ID_TIME: &[Part] = &[Part::Body, DOT, Part::Id, DOT, Part::Timestamp];
pub(super) const ID_TIME_BODY: &[Part] = &[Part::Id, Part::Timestamp, Part::Body];

/// Public registries of webhook senders say so; the sender's own words were not read.
pub(super) const REGISTRY: &str = "public registries of webhook senders";
