//! Finds a secret in a text, in every spelling that a careless program prints it in.

use base64::Engine as _;
use base64::engine::GeneralPurpose;
use base64::prelude::{BASE64_STANDARD_NO_PAD, BASE64_URL_SAFE_NO_PAD};

/// The spellings of these secrets that stand in the text: none, it is hoped.
#[must_use]
pub fn find(text: &str, secrets: &[&[u8]]) -> Vec<String> {
    let text = text.to_ascii_lowercase();
    let spellings = secrets.iter().flat_map(|secret| spellings(secret));
    spellings.filter(|spelling| text.contains(&spelling.to_ascii_lowercase())).collect()
}

/// As it is, as hexadecimal, as the bytes' decimal list of a derived `Debug`, as a URL writes it,
/// and as base64 of either alphabet, alone or within something longer.
fn spellings(secret: &[u8]) -> Vec<String> {
    let plain = String::from_utf8_lossy(secret).into_owned();
    let list = |each: fn(&u8) -> String, between| {
        secret.iter().map(each).collect::<Vec<_>>().join(between)
    };
    let url = |byte: &u8| match byte {
        b'-' | b'_' | b'.' | b'~' | b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => {
            char::from(*byte).into()
        }
        _ => format!("%{byte:02x}"),
    };
    let mut spellings = vec![
        list(url, ""),
        list(|byte| format!("%{byte:02x}"), ""),
        list(|byte| format!("{byte:02x}"), ""),
        list(u8::to_string, ", "),
        plain,
    ];
    for alphabet in [BASE64_STANDARD_NO_PAD, BASE64_URL_SAFE_NO_PAD] {
        let before = [(&[][..], 0), (&[0], 2), (&[0; 2], 3)];
        spellings.extend(before.map(|(bytes, letters)| within(&alphabet, bytes, letters, secret)));
    }
    spellings
}

/// The letters that are the secret's alone where something stands before it and behind it, as a user's
/// name does in `Basic`: three bytes are four letters, and one that a neighbour has bits of is left out.
fn within(alphabet: &GeneralPurpose, before: &[u8], shared: usize, secret: &[u8]) -> String {
    let bytes = [before, secret].concat();
    let mut text = alphabet.encode(&bytes);
    if !bytes.len().is_multiple_of(3) {
        text.pop();
    }
    text.chars().skip(shared).collect()
}
