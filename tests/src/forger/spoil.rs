//! Every class of wrong credential that can be made of a right letter.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

use super::knows::is_plain;
use super::{Knows, Letter};

/// The letter, spoiled in each way. Some are right still, which is for [`Knows::holds`] to say.
pub(super) fn all(right: &Letter, knows: &Knows) -> Vec<Letter> {
    let mut spoiled = Vec::new();
    for (place, (name, value)) in right.headers.iter().enumerate() {
        if is_plain(name) {
            continue;
        }
        let with = |headers: &[(String, Vec<u8>)]| {
            let mut letter = right.clone();
            drop(letter.headers.splice(place..=place, headers.iter().cloned()));
            letter
        };
        let line = |value: &[u8]| (name.clone(), value.to_vec());
        spoiled.push(with(&[]));
        for other in values(value) {
            spoiled.push(with(&[line(&other)]));
            if other.len() < 40 {
                spoiled.push(with(&[line(&other), line(value)]));
                spoiled.push(with(&[line(value), line(&other)]));
            }
        }
        for elsewhere in
            ["x-authorization", "proxy-authorization", "cookie", "authorization", "x-token"]
        {
            if !name.eq_ignore_ascii_case(elsewhere) {
                spoiled.push(with(&[(elsewhere.to_owned(), value.clone())]));
            }
        }
    }
    if let Some(query) = &right.query {
        let with = |query: Option<String>| Letter { query, ..right.clone() };
        let texts = values(query.as_bytes()).into_iter().flat_map(String::from_utf8);
        spoiled.extend(texts.map(|text| with(Some(text))));
        spoiled.extend([with(None), with(Some(format!("{query}&{query}")))]);
    }
    if knows.covers_body() {
        let bodies = values(&right.body).into_iter();
        spoiled.extend(bodies.map(|body| Letter { body, ..right.clone() }));
    }
    spoiled
}

/// A value, cut at every length and from both sides, with every bit flipped, with every odd byte
/// before, in and behind it, doubled, re-encoded, and replaced by what careless programs send.
fn values(right: &[u8]) -> Vec<Vec<u8>> {
    let mut values: Vec<Vec<u8>> = Vec::new();
    for place in 0..right.len() {
        let (before, after) = right.split_at(place);
        values.extend([before.to_vec(), after.to_vec()]);
        for bit in 0..8 {
            let mut flipped = right.to_vec();
            flipped.extend(flipped.get(place).map(|byte| byte ^ (1_u8 << bit)));
            let _ = flipped.swap_remove(place);
            values.push(flipped);
        }
        values.push([before, after.get(1..).unwrap_or_default()].concat());
    }
    for odd in ODD {
        let middle = right.split_at(right.len().div_euclid(2));
        values.push([odd, right].concat());
        values.push([right, odd].concat());
        values.push([middle.0, odd, middle.1].concat());
        values.push([right, odd, right].concat());
        values.push([odd, right, odd].concat());
    }
    for word in CARELESS {
        values.push(word.as_bytes().to_vec());
        values.push([word.as_bytes(), b" ", right].concat());
        values.push([right, b" ", word.as_bytes()].concat());
    }
    let text = String::from_utf8_lossy(right);
    let wide = |c: char| {
        let wide = u32::from(c).checked_add(0xfee0).and_then(char::from_u32);
        if c.is_ascii_graphic() { wide.unwrap_or(c) } else { c }
    };
    let escaped = right.iter().map(|byte| format!("%{byte:02x}")).collect::<Vec<_>>().concat();
    let hex = right.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat();
    values.extend([
        right.to_ascii_uppercase(),
        right.to_ascii_lowercase(),
        right.iter().rev().copied().collect(),
        text.chars().map(wide).collect::<String>().into_bytes(),
        BASE64_STANDARD.encode(right).into_bytes(),
        escaped.into_bytes(),
        hex.into_bytes(),
        right.repeat(100),
        b"A".repeat(10_000),
        vec![b'A'; right.len()],
        vec![0; right.len()],
    ]);
    values
}

const ODD: [&[u8]; 24] = [
    b"",
    b" ",
    b"  ",
    b"\t",
    b"\n",
    b"\r\n",
    b"\0",
    b"\x7f",
    b"\x80",
    b"\xff",
    b"\"",
    b"'",
    b",",
    b", ",
    b";",
    b":",
    b"=",
    b"==",
    b".",
    b"%00",
    b"%20",
    b"&",
    b"\xc2\xa0",
    b"\xe2\x80\x8b",
];

/// What is sent by programs whose configuration got lost, and by those who try their luck.
const CARELESS: [&str; 36] = [
    "null",
    "undefined",
    "None",
    "nil",
    "true",
    "false",
    "0",
    "1",
    "NaN",
    "[object Object]",
    "${TOKEN}",
    "{{token}}",
    "%s",
    "token",
    "secret",
    "password",
    "admin",
    "Basic",
    "Bearer",
    "Token",
    "Digest",
    "Negotiate",
    "HMAC",
    "Basic Og==",
    "Basic OnBhc3N3b3Jk",
    "Bearer null",
    "sha1=",
    "sha256=",
    "sha512=",
    "v0=",
    "v1,",
    "v1=",
    "v1,AAAA",
    "t=0,v1=",
    "' OR '1'='1",
    "../../etc/passwd",
];
