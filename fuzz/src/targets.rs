//! What is fuzzed, as plain functions of any bytes: libFuzzer calls them here, and proptest in
//! `receiver-core/tests/fuzzed.rs`.
//!
//! Each signs something first, so that what is spoiled was right and the deep paths are reached.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use base64::Engine as _;
use base64::prelude::{BASE64_STANDARD, BASE64_STANDARD_NO_PAD, BASE64_URL_SAFE_NO_PAD};
use http::HeaderName;
use receiver_core::jiff::Timestamp as Instant;
use receiver_core::jiff::fmt::rfc2822;
use receiver_core::scheme::{
    Basic, Bearer, Encoding, Grammar, Hash, KeyForm, Layout, Part, Signature, Strength, Timestamp,
    Unit, catalog,
};
use receiver_core::{Request, Scheme, Secret};

use crate::message::{self, Message};

/// A value of this grammar, raw, with any text in its place, before or behind it, and with one bit flipped.
pub fn grammar(grammar: &Grammar, input: &[u8]) {
    let [kind, bit, cut, rest @ ..] = input else { return };
    let (junk, body) = rest.split_at(usize::from(*cut).min(rest.len()));
    let encoding = ENCODINGS[usize::from(*kind) % 3];
    let mut layout = Layout::body(HEADER, Hash::Sha256, encoding).with_grammar(grammar.clone());
    let has_time = matches!(
        grammar,
        Grammar::Fields { .. } | Grammar::Groups { .. } | Grammar::Positional { .. }
    );
    if has_time {
        let unit = [Unit::Seconds, Unit::Milliseconds, Unit::Rfc3339][usize::from(*kind / 3) % 3];
        layout = layout.with_timestamp(Timestamp::beside(unit)).with_content(TIME_BODY);
    }
    let scheme = Signature::new(layout, key());
    let value = scheme.sign("", now(), body).remove(0).1.into_bytes();
    let accepts = |value: &[u8], body: &[u8]| accepts(&scheme, value, body);
    assert!(accepts(&value, body), "what was signed");
    assert!(!accepts(&value, &[body, b"."].concat()), "another body");

    // The signature is the last in every grammar.
    let separators: &[u8] = b" ,=|";
    let text = value.rsplit(|byte| separators.contains(byte) && *byte != b'=').next();
    let text = text.unwrap_or_default();
    let text = text.strip_prefix(b"sha256=").or(text.strip_prefix(b"v1=")).unwrap_or(text);
    let text = trimmed(text);
    let still_holds =
        |value: &[u8]| value.windows(text.len()).any(|part| same(encoding, part, text));
    let mut flipped = value.clone();
    let at = usize::from(*bit) * 8 + usize::from(*cut) % 8;
    let at = at % (flipped.len() * 8);
    flipped[at / 8] ^= 1 << (at % 8);
    // libFuzzer learns from comparisons, and so it does find the signature one day.
    for spoiled in [junk.to_vec(), flipped, [junk, &value].concat(), [&value, junk].concat()] {
        if accepts(&spoiled, body) {
            assert!(still_holds(&spoiled), "accepted without the signature: {spoiled:?}");
        }
        assert!(!accepts(&spoiled, &[body, b"."].concat()), "another body");
    }

    let separator = separator(grammar);
    let behind = [&value, separator.as_bytes(), junk].concat();
    let before = [junk, separator.as_bytes(), &value].concat();
    match grammar {
        Grammar::Bare | Grammar::Prefix(_) | Grammar::Word(_) => {
            assert!(!accepts(&behind, body), "one signature and no list");
        }
        // A second timestamp is refused, and may stand in the text.
        _ if has_time && junk.windows(2).any(|part| part == b"t=") => {}
        _ => {
            assert!(accepts(&behind, body), "what else is in a list is passed over");
            let is_time_first = matches!(grammar, Grammar::Positional { .. });
            assert!(is_time_first || accepts(&before, body), "wherever it stands");
        }
    }
}

/// A signature with any of its bytes replaced, cut or made longer.
pub fn encoding(input: &[u8]) {
    let [kind, length, edits @ ..] = input else { return };
    let encoding = ENCODINGS[usize::from(*kind) % 3];
    let hash = [Hash::Sha1, Hash::Sha256, Hash::Sha384, Hash::Sha512][usize::from(*kind / 3) % 4];
    let scheme = Signature::new(Layout::body(HEADER, hash, encoding), key());
    let right = scheme.sign("", now(), b"{}").remove(0).1.into_bytes();
    assert!(accepts(&scheme, trimmed(&right), b"{}"), "without its padding");
    for length in 0..trimmed(&right).len() {
        assert!(!accepts(&scheme, &right[..length], b"{}"), "cut");
    }
    let mut text = right.clone();
    text.resize(usize::from(*length) % 200, b'=');
    for edit in edits.chunks_exact(2) {
        if let Some(byte) = text.get_mut(usize::from(edit[0])) {
            *byte = edit[1];
        }
    }
    let is_right = same(encoding, trimmed(&text), trimmed(&right));
    assert!(!accepts(&scheme, &text, b"{}") || is_right, "another signature");
}

/// Any text as a key, and any bytes as a key in every form.
pub fn key_form(input: &[u8]) {
    let blank = |bytes: &[u8]| std::str::from_utf8(bytes).is_ok_and(|it| it.trim().is_empty());
    for form in [KeyForm::Text, KeyForm::Base64, KeyForm::Whsec, KeyForm::Hex, KeyForm::Sha1] {
        let Ok(text) = std::str::from_utf8(input) else { continue };
        if let Ok(secret) = form.read(text) {
            assert!(!secret.expose().is_empty() && !text.is_empty(), "an empty key");
            assert!(secret.expose() != [0; 1] && secret.expose() != b" ", "a blank key");
            let scheme = Signature::new(Layout::GITHUB, secret);
            let headers = scheme.sign("", now(), input);
            let request = Request::new("POST", "/", &headers).with_body(input);
            assert!(scheme.verify(&request, now()).is_ok());
        } else if form == KeyForm::Text {
            assert!(blank(input) || input.contains(&0), "a text is a key");
        }
    }
    let Ok(secret) = Secret::new(input) else { return };
    let hex: String = input.iter().copied().flat_map(message::hex).collect();
    let whsec = format!("whsec_{}", BASE64_STANDARD.encode(input));
    for (form, text) in [
        (KeyForm::Hex, hex),
        (KeyForm::Base64, BASE64_STANDARD.encode(input)),
        (KeyForm::Base64, BASE64_STANDARD_NO_PAD.encode(input)),
        (KeyForm::Base64, BASE64_URL_SAFE_NO_PAD.encode(input)),
        (KeyForm::Whsec, format!("v1,{whsec}")),
        (KeyForm::Whsec, whsec),
    ] {
        let read = form.read(&text).expect("a key");
        assert_eq!(read.expose(), secret.expose(), "{form:?}");
    }
}

/// Any JSON as a layout: one that is taken holds to what it covers.
pub fn config(input: &[u8]) {
    let Ok(layout) = serde_json::from_slice::<Layout>(input) else { return };
    let said = format!("{layout} {} {:?}", layout.grammar(), layout.source());
    assert!(!said.is_empty());
    let scheme =
        Signature::new(layout, key()).with_public_url("https://example.com/").expect("a URL");
    let nothing = http::HeaderMap::new();
    let body = b"payload=1".as_slice();
    let draft = Request::new("POST", "/", &nothing).with_query(Some("a=b")).with_body(body);
    let signed = scheme.sign_request(&draft, "id-1", now()).expect("signed");
    let judge = |scheme: &Signature, body: &[u8]| {
        let request = Request::new("POST", "/", &signed.headers)
            .with_query(signed.query.as_deref())
            .with_body(body);
        scheme.verify(&request, now()).is_ok()
    };
    if judge(&scheme, &signed.body) && scheme.layout().strength() == Strength::Body {
        assert!(!judge(&scheme, &[b"payload=2&", &*signed.body].concat()), "another body");
    }
    let other = Signature::new(scheme.layout().clone(), Secret::new("another-key").expect("a key"));
    let other = other.with_public_url("https://example.com/").expect("a URL");
    assert!(!judge(&other, &signed.body), "another key");
}

/// Any row of the catalogue: what it signs is accepted, and spoiled by one byte it is refused.
pub fn signature(input: &[u8]) {
    let [row, place, at, to, body @ ..] = input else { return };
    let number = usize::from(*row) % catalog::senders().count();
    let Some(sender) = catalog::senders().nth(number) else { return };
    let scheme = message::scheme(sender, "signing-key-c2d9");
    let message = Message::signed(sender, &scheme, "id-1", body, now());
    assert_eq!(message.judged_by(&scheme), Ok(()), "{}", sender.name());

    let mut other = message.clone();
    let headers = other.headers.len();
    if let Some((_, value)) = other.headers.get_mut(usize::from(*place) % (headers + 1)) {
        let mut bytes = value.clone().into_bytes();
        let at = usize::from(*at) % bytes.len();
        // What ends a member in the place of padding, or of the end of a prefix that may be missing: the signature
        // stands there whole.
        let is_list = matches!(sender.layout().grammar(), Grammar::List { .. });
        let is_end = is_list || bytes[at..].iter().all(|&byte| byte == b'=');
        if bytes[at] == b'=' && is_end && b",; \t".contains(to) {
            return;
        }
        // A space parts groups as a comma does their members: both say the same.
        let is_gap = |byte: &u8| b", ".contains(byte);
        let is_group = matches!(sender.layout().grammar(), Grammar::Groups { .. });
        if is_group && is_gap(&bytes[at]) && is_gap(to) {
            return;
        }
        bytes[at] = *to;
        let Ok(text) = String::from_utf8(bytes) else { return };
        if text.eq_ignore_ascii_case(value) {
            return;
        }
        *value = text;
    } else {
        let is_form = |part: &Part| matches!(part, Part::Form | Part::FormField(_));
        let content = sender.layout().content();
        if scheme.layout().strength() != Strength::Body || content.iter().any(is_form) {
            return;
        }
        other.body.insert(usize::from(*at) % (other.body.len() + 1), *to);
    }
    assert!(other.judged_by(&scheme).is_err(), "{}: {other:?}", sender.name());
}

/// Any value of `Authorization`, and any password in it.
pub fn credentials(input: &[u8]) {
    let basic = Basic::new("erp", key()).expect("credentials");
    let bearer = Bearer::new(key()).expect("a token");
    let judge = |scheme: &dyn Scheme, value: &[u8]| {
        let headers = [("authorization", value)];
        scheme.verify(&Request::new("POST", "/", &headers), now()).is_ok()
    };
    let behind = |word: &[u8]| {
        let (start, rest) = input.split_at_checked(word.len())?;
        start.eq_ignore_ascii_case(word).then(|| rest.trim_ascii())
    };
    if judge(&bearer, input) {
        assert_eq!(behind(b"bearer "), Some(SECRET.as_bytes()));
    }
    if judge(&basic, input) {
        let right = BASE64_STANDARD.encode(format!("erp:{SECRET}"));
        assert_eq!(behind(b"basic ").map(trimmed), Some(trimmed(right.as_bytes())));
    }
    let sent = |user: &str, password: &[u8]| {
        let pair = [user.as_bytes(), b":", password].concat();
        format!("Basic {}", BASE64_STANDARD.encode(pair)).into_bytes()
    };
    assert_eq!(judge(&basic, &sent("erp", input)), input == SECRET.as_bytes());
    if let Ok(scheme) = Secret::new(input).and_then(|password| Basic::new("erp", password)) {
        assert!(judge(&scheme, &sent("erp", input)), "its own password");
    }
}

/// Any text as a timestamp that is signed: a layout with an id in its place makes the right signature.
pub fn timestamp(input: &[u8]) {
    let [kind, text @ ..] = input else { return };
    let Ok(text) = std::str::from_utf8(text) else { return };
    let units = [Unit::Seconds, Unit::Milliseconds, Unit::Rfc3339, Unit::HttpDate];
    let unit = units[usize::from(*kind) % 4];
    let layout = Layout::body(HEADER, Hash::Sha256, Encoding::Hex);
    let with_id = Signature::new(layout.clone().with_id(TIME).with_content(ID_BODY), key());
    let timestamp = Timestamp::in_header(TIME, unit);
    let scheme = Signature::new(layout.with_timestamp(timestamp).with_content(TIME_BODY), key());
    let headers = with_id.sign(text, now(), b"{}");
    let request = Request::new("POST", "/", &headers).with_body("{}");
    if scheme.verify(&request, now()).is_ok() {
        let number = || {
            let number: i64 = text.parse().expect("a number");
            assert_eq!(number.to_string(), text, "another spelling");
            number
        };
        let seconds = match unit {
            Unit::Rfc3339 => text.parse::<Instant>().expect("a date").as_second(),
            Unit::HttpDate => rfc2822::parse(text).expect("a date").timestamp().as_second(),
            Unit::Milliseconds => number().div_euclid(1000),
            _ => number(),
        };
        assert!(seconds.abs_diff(NOW) <= 301, "{text} is too far");
    }
}

fn accepts(scheme: &Signature, value: &[u8], body: &[u8]) -> bool {
    let headers = [("x-signature", value)];
    scheme.verify(&Request::new("POST", "/", &headers).with_body(body), now()).is_ok()
}

/// Base64 may come without its padding.
fn trimmed(mut text: &[u8]) -> &[u8] {
    while let [rest @ .., b'='] = text {
        text = rest;
    }
    text
}

fn same(encoding: Encoding, a: &[u8], b: &[u8]) -> bool {
    if encoding == Encoding::Hex { a.eq_ignore_ascii_case(b) } else { a == b }
}

fn separator(grammar: &Grammar) -> String {
    match grammar {
        Grammar::List { separator, .. }
        | Grammar::Fields { separator, .. }
        | Grammar::Positional { separator }
        | Grammar::Named { separator, .. } => separator.to_string(),
        Grammar::Groups { .. } => " ".to_owned(),
        _ => ",".to_owned(),
    }
}

fn key() -> Secret {
    Secret::new(SECRET).expect("a secret")
}

fn now() -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(NOW.unsigned_abs())
}

const NOW: i64 = 1_767_225_600;
const SECRET: &str = "correct-horse-6b1f";
const HEADER: HeaderName = HeaderName::from_static("x-signature");
const TIME: HeaderName = HeaderName::from_static("x-time");
const ENCODINGS: [Encoding; 3] = [Encoding::Hex, Encoding::Base64, Encoding::Base64Url];
const TIME_BODY: &[Part] = &[Part::Timestamp, Part::literal("|"), Part::Body];
const ID_BODY: &[Part] = &[Part::Id, Part::literal("|"), Part::Body];

/// One of each, spelled as senders do.
pub const GRAMMARS: [(&str, Grammar); 8] = [
    ("bare", Grammar::Bare),
    ("prefix", Grammar::prefix("sha256=")),
    ("word", Grammar::word("HMAC")),
    ("list", Grammar::list(' ', "v1,")),
    ("fields", Grammar::fields(',', "t", "v1")),
    ("groups", Grammar::groups("t", "v1")),
    ("positional", Grammar::Positional { separator: ',' }),
    ("named", Grammar::Named { separator: '&', joint: '|' }),
];
